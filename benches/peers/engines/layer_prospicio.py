"""The layer in prospicio: `--method mc` simulates, `--method fft` computes on a grid."""

from typing import Any

from prospicio.aggregate import simulate_events
from prospicio.distributions import Grid, Lognormal, Poisson
from prospicio.reinsurance import Layer, Tower

from common import SHARES, Run, arguments
from layer import ATTACHMENT, FREQUENCY, LIMIT, MU, PER_YEAR, POINTS_LOG2, SIGMA, STEP


def simulated(tower: Tower, run: Run) -> Any:
    events = simulate_events(Poisson(FREQUENCY), Lognormal(MU, SIGMA), run.years, run.seed)
    return tower.apply(events).select("kind", ["ceded"])


def on_grid(tower: Tower) -> Any:
    severity, _ = Grid.local_moment(Lognormal(MU, SIGMA), STEP, 1 << POINTS_LOG2)
    return tower.on_grid(Poisson(FREQUENCY), severity, 1 << POINTS_LOG2).ceded[0]


if __name__ == "__main__":
    run = arguments(method=["mc", "fft"])
    run.begin()
    tower = Tower([Layer("layer", LIMIT, ATTACHMENT, aggregate_limit=PER_YEAR)])
    ceded = on_grid(tower) if run.options.method == "fft" else simulated(tower, run)
    # A simulated and a computed distribution name the same figure differently.
    at_risk = ceded.var if hasattr(ceded, "var") else ceded.quantile
    figures = {"ceded.mean": ceded.mean()}
    for label, share in SHARES.items():
        figures[f"ceded.var.{label}"] = at_risk(share)
        figures[f"ceded.tvar.{label}"] = ceded.tvar(share)
    run.report(figures)
