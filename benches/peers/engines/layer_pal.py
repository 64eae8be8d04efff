"""The layer in PAL, as one of its excess-of-loss contracts."""

import numpy as np
from pal import FrequencySeverityModel, distributions, set_default_n_sims, set_random_seed
from pal.contracts import XoL
from pal.stats import tvar

from common import SHARES, Run, arguments, rank
from layer import ATTACHMENT, FREQUENCY, LIMIT, MU, PER_YEAR, SIGMA


def simulate(run: Run) -> dict[str, float]:
    set_random_seed(run.seed)
    set_default_n_sims(run.years)
    losses = FrequencySeverityModel(
        distributions.Poisson(FREQUENCY), distributions.LogNormal(MU, SIGMA)
    ).generate()
    contract = XoL("layer", LIMIT, ATTACHMENT, premium=0.0, aggregate_limit=PER_YEAR)
    ceded = contract.apply(losses).recoveries.aggregate().values
    ranks = [rank(share, run.years) - 1 for share in SHARES.values()]
    at_risk = np.partition(ceded, ranks)[ranks]
    beyond = tvar(ceded, [100 * share for share in SHARES.values()])
    return {
        "ceded.mean": ceded.mean(),
        **{f"ceded.var.{label}": at for label, at in zip(SHARES, at_risk, strict=True)},
        **{f"ceded.tvar.{label}": mean for label, mean in zip(SHARES, beyond, strict=True)},
    }


if __name__ == "__main__":
    run = arguments()
    run.begin()
    run.report(simulate(run))
