"""The layer in GEMAct: `--method mc` simulates, `--method fft` computes on a grid. It has no TVaR."""

import contextlib
import io
import math

from gemact.lossmodel import Frequency, Layer, LossModel, PolicyStructure, Severity

from common import SHARES, Run, arguments
from layer import ATTACHMENT, FREQUENCY, LIMIT, MU, PER_YEAR, POINTS_LOG2, SIGMA, STEP


def model(run: Run) -> LossModel:
    methods = {
        "mc": {"n_sim": run.years, "random_state": run.seed},
        "fft": {
            "n_aggr_dist_nodes": 1 << POINTS_LOG2,
            "sev_discr_method": "localmoments",
            "n_sev_discr_nodes": int(LIMIT / STEP) + 1,
        },
    }
    return LossModel(
        frequency=Frequency(dist="poisson", par={"mu": FREQUENCY}),
        severity=Severity(dist="lognormal", par={"shape": SIGMA, "scale": math.exp(MU)}),
        policystructure=PolicyStructure(
            layers=Layer(cover=LIMIT, deductible=ATTACHMENT, aggr_cover=PER_YEAR)
        ),
        aggr_loss_dist_method=run.options.method,
        **methods[run.options.method],
    )


if __name__ == "__main__":
    run = arguments(method=["mc", "fft"])
    run.begin()
    # It reports its progress on standard output.
    with contextlib.redirect_stdout(io.StringIO()):
        layer = model(run)
        layer.costing()
        at_risk = {f"ceded.var.{label}": layer.ppf(share) for label, share in SHARES.items()}
    run.report({"ceded.mean": layer.pure_premium_dist[0], **at_risk})
