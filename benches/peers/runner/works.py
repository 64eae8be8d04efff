"""The works, and the figures that a right answer comes to.

The figures were found without a simulation. Hour of week: for each of the 168 starts every amount is
piecewise linear in the duration, so that partial moments of the lognormal give the law of one
outage, and a Fourier transform that of a year; means of gross and parametric are closed forms.
Layer: a Fourier transform on grids of 50, 25 and 12.5, and closed forms. They are good to 1 in
10,000,000 for means, and otherwise to 3 in 1,000,000; that is far below the error of a simulation.

A spread is the standard error of one year: an estimate from n years has a standard error of
spread / √n. Those of the means are standard deviations of a year, the others were seen over 1,000
runs of 100,000 years and are good to about 3 %.
"""

import math
from dataclasses import dataclass

# An engine is off where it is further from the figure than this many standard errors. Some 400
# figures are looked at in a run: by chance one in 300 runs or so would be marked.
MOST_ERRORS = 4.5


@dataclass(frozen=True)
class Figure:
    """A right answer, and the spread of an estimate of it; none where the law has an atom there."""

    value: float
    spread: float | None

    def errors_off(self, found: float, years: int) -> float | None:
        """How many standard errors a figure found from so many years is off."""
        if self.spread is not None:
            return (found - self.value) / (self.spread / math.sqrt(years))
        # The estimate hits the atom itself, unless the years are few.
        if years < 100_000:
            return None
        return 0.0 if found == self.value else math.copysign(math.inf, found - self.value)

    def share_off(self, found: float) -> float:
        """How far an exact engine is off, as a share of the figure."""
        return found / self.value - 1.0


@dataclass(frozen=True)
class Work:
    """A work, the scenario file that says it to netloss, and its figures."""

    name: str
    title: str
    scenario: str
    figures: dict[str, Figure]
    # What an engine other than netloss is asked for.
    asked: tuple[str, ...]


_HOUR_OF_WEEK = {
    "gross.mean": Figure(591_676.76, 1_366_777),
    "bi.mean": Figure(276_795.73, 789_700),
    "parametric.mean": Figure(325_621.25, 768_495),
    "net.mean": Figure(289_259.78, 782_395),
    "gross.var.95": Figure(2_680_827.42, 6.46e6),
    "gross.tvar.95": Figure(4_931_141.30, 17.96e6),
    "gross.var.99": Figure(5_983_187.77, 24.4e6),
    "gross.tvar.99": Figure(9_543_447.92, 61.5e6),
    "gross.var.99.5": Figure(7_951_522.81, 46.0e6),
    "gross.tvar.99.5": Figure(12_265_977.91, 103.9e6),
    "net.var.95": Figure(995_353.94, 0.86e6),
    "net.tvar.95": Figure(1_588_214.79, 10.14e6),
    "net.var.99": Figure(1_465_701.54, 3.35e6),
    "net.tvar.99": Figure(3_335_983.60, 48.5e6),
    "net.var.99.5": Figure(1_751_520.48, 7.99e6),
    "net.tvar.99.5": Figure(5_090_459.59, 95.0e6),
}

# The net VaR of 1 year in 100 is left out: an atom at 750,000 ends just there.
_LAYER = {
    "ceded.mean": Figure(238_540.790597, 743_331),
    "ceded.var.95": Figure(1_434_616.7188, 5.92e6),
    "ceded.tvar.95": Figure(3_001_539.7274, 9.44e6),
    "ceded.var.99": Figure(4_659_426.615, 27.6e6),
    "ceded.tvar.99": Figure(5_215_711.676, 8.81e6),
    "ceded.var.99.5": Figure(5_000_000.0, None),
    "ceded.tvar.99.5": Figure(5_470_570.951, 14.1e6),
    "gross.mean": Figure(401_056.040617, 1_381_151.6),
    "gross.var.99": Figure(5_059_239.576, 27.6e6),
    "gross.tvar.99": Figure(9_608_570.344, 93.7e6),
    "gross.var.99.5": Figure(7_308_570.427, 52.9e6),
    "gross.tvar.99.5": Figure(13_214_821.977, 168.0e6),
    "net.mean": Figure(162_515.250020, 931_000),
    "net.tvar.99": Figure(4_488_987.506, 88.8e6),
    "net.var.99.5": Figure(2_016_092.676, 52.1e6),
    "net.tvar.99.5": Figure(7_904_984.373, 167.6e6),
}

HOUR_OF_WEEK = Work(
    "hour-of-week",
    "A year of outages on an hour-of-week profile: time deductible and hourly payout",
    "hour-of-week.toml",
    _HOUR_OF_WEEK,
    tuple(_HOUR_OF_WEEK),
)
LAYER = Work(
    "layer",
    "5m xs 250k, 10m a year, simulated",
    "layer.toml",
    _LAYER,
    tuple(name for name in _LAYER if name.startswith("ceded.")),
)
EXACT = Work("exact", "5m xs 250k, 10m a year, without a simulation", LAYER.scenario, _LAYER, LAYER.asked)

WORKS = (HOUR_OF_WEEK, LAYER, EXACT)
