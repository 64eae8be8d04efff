"""The work "layer": 5m xs 250k, at most 10m a year, on lognormal losses.

    losses     Poisson, 0.8 a year; lognormal, log-mean 12, log-deviation 1.5
    ceded      what passes 250,000, at most 5m a loss and 10m a year

The numbers are those of `benches/scenarios/layer.toml`. Peers answer for the ceded amount.
"""

FREQUENCY = 0.8
MU, SIGMA = 12.0, 1.5
ATTACHMENT, LIMIT, PER_YEAR = 250e3, 5e6, 10e6

# Grid of the exact engines: 2^17 points of 500 reach 65m, and hold 250k, 5m and 10m.
POINTS_LOG2, STEP = 17, 500.0
