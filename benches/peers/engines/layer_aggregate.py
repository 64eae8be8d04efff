"""The layer in aggregate, on a grid. Its default, which rescales a severity cut off by the grid, is
0.05 % low; `normalize=False` is the setting that is right, and is timed here."""

from aggregate import build

from common import SHARES, arguments
from layer import ATTACHMENT, FREQUENCY, LIMIT, MU, PER_YEAR, POINTS_LOG2, SIGMA, STEP

PROGRAM = (
    f"agg Layer {FREQUENCY} claims sev exp({MU}) * lognorm {SIGMA}"
    f" occurrence ceded to {LIMIT:.0f} xs {ATTACHMENT:.0f} poisson"
    f" aggregate ceded to {PER_YEAR:.0f} xs 0"
)

if __name__ == "__main__":
    run = arguments()
    run.begin()
    layer = build(PROGRAM, log2=POINTS_LOG2, bs=STEP, normalize=False)
    figures = {"ceded.mean": layer.est_m}
    for label, share in SHARES.items():
        figures[f"ceded.var.{label}"] = layer.q(share)
        figures[f"ceded.tvar.{label}"] = layer.tvar(share)
    run.report(figures)
