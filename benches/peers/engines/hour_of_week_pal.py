"""Hour of week in PAL: its frequency-severity container, with the terms as NumPy functions."""

import numpy as np
from pal import FreqSevSims, FrequencySeverityModel, distributions, set_default_n_sims, set_random_seed
from pal.stats import tvar

from common import SHARES, Run, arguments, rank
from hour_of_week import (
    BEFORE, FREQUENCY, HOURS, INSURED, MEDIAN, MOST_PAID, PER_HOUR, PER_OUTAGE, PER_YEAR, PREMIUM,
    SIGMA, TRIGGER, WAIT, loss_until,
)  # fmt: skip


def tail(name: str, amounts: np.ndarray) -> dict[str, float]:
    percents = [100 * share for share in SHARES.values()]
    ranks = [rank(share, amounts.size) - 1 for share in SHARES.values()]
    at_risk = np.partition(amounts, ranks)[ranks]
    beyond = tvar(amounts, percents)
    return {
        **{f"{name}.var.{label}": at for label, at in zip(SHARES, at_risk, strict=True)},
        **{f"{name}.tvar.{label}": mean for label, mean in zip(SHARES, beyond, strict=True)},
    }


def simulate(run: Run) -> dict[str, float]:
    set_random_seed(run.seed)
    set_default_n_sims(run.years)
    lengths = distributions.LogNormal(np.log(MEDIAN), SIGMA)
    durations: FreqSevSims = FrequencySeverityModel(distributions.Poisson(FREQUENCY), lengths).generate()
    start = np.random.Generator(np.random.SFC64(run.seed)).integers(0, HOURS, durations.values.size)

    def insured(duration: np.ndarray) -> np.ndarray:
        covered = loss_until(start + np.maximum(duration, WAIT)) - loss_until(start + WAIT)
        return np.minimum(INSURED * covered, PER_OUTAGE)

    gross = durations.apply(lambda duration: loss_until(start + duration) - BEFORE[start]).aggregate()
    bi = np.minimum(durations.apply(insured).aggregate(), PER_YEAR)
    full_hours = np.maximum(durations - TRIGGER, 0.0).apply(np.floor)
    parametric = np.minimum(PER_HOUR * full_hours, MOST_PAID).aggregate()
    net = gross - bi - parametric + PREMIUM
    return {
        "gross.mean": gross.mean(),
        "bi.mean": bi.mean(),
        "parametric.mean": parametric.mean(),
        "net.mean": net.mean(),
        **tail("gross", gross.values),
        **tail("net", net.values),
    }


if __name__ == "__main__":
    run = arguments()
    run.begin()
    run.report(simulate(run))
