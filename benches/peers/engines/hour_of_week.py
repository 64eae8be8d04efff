"""The work "hour of week": one programme and one year's outages, defined once for all engines.

    outages    Poisson, 0.8 a year; duration d lognormal, median 6 h, sigma 1.2
    start      s uniform on the 168 full hours of the week, hour 0 = Monday 00:00
    gross      60 % of revenue from s to s + d, week after week
    BI         the same from s + 8 h on (a time deductible), less 10 %, at most 5m an outage and
               10m a year
    parametric 250,000 for each full hour beyond 12 h, at most 2m an outage
    net        gross - BI - parametric + 300,000 of premium

The numbers are those of `benches/scenarios/hour-of-week.toml`.
"""

import math

import numpy as np

# Revenue of an hour: 100,000 by weekday and by hour of the day; 16,800,000 a week.
_BY_HOUR = [
    0.45, 0.30, 0.20, 0.15, 0.15, 0.20, 0.40, 0.70, 0.95, 1.10, 1.20, 1.30,
    1.45, 1.40, 1.30, 1.25, 1.25, 1.40, 1.60, 1.65, 1.70, 1.55, 1.35, 1.00,
]  # fmt: skip
_BY_DAY = [0.90, 0.92, 0.94, 0.98, 1.12, 1.16, 0.98]

HOURS = 168
# Loss of each hour of the week, and the loss from Monday 00:00 to the start of each hour.
HOURLY = 0.6 * 100_000 * np.outer(_BY_DAY, _BY_HOUR).ravel()
BEFORE = np.concatenate(([0.0], np.cumsum(HOURLY)))
WEEK = float(BEFORE[HOURS])

FREQUENCY = 0.8
MEDIAN, SIGMA = 6.0, 1.2
WAIT, INSURED, PER_OUTAGE, PER_YEAR = 8.0, 0.9, 5e6, 10e6
TRIGGER, PER_HOUR, MOST_PAID = 12.0, 250_000.0, 2e6
PREMIUM = 300_000.0


def loss_until(hour: np.ndarray) -> np.ndarray:
    """Loss from Monday 00:00 until an hour of this week or of a later one."""
    week = np.floor(hour * (1 / HOURS))
    within = hour - week * HOURS
    # A rounded quotient can leave the remainder at 168 itself.
    full = np.minimum(within.astype(np.int32), HOURS - 1)
    return week * WEEK + BEFORE[full] + (within - full) * HOURLY[full]


def fewer_than() -> list[float]:
    """P(N <= k) for k = 0, 1, …, until nothing is left of a double."""
    term = total = math.exp(-FREQUENCY)
    totals = [total]
    for count in range(1, 24):
        term *= FREQUENCY / count
        total += term
        totals.append(total)
    return totals
