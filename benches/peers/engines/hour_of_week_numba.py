"""Hour of week in Numba, as an expert in speed writes it.

One fused loop over the outages, a generator of its own (xoshiro256++, a stream for each block of
years), normal deviates by Box and Muller, counts by a table, blocks shared out over threads. The
tail is selected among the years above a threshold that the first block suggests. Results do not
depend on the number of threads. Compiled code comes from Numba's cache after the first run.

--draws stops after the random numbers: the floor of this version.
"""

from math import cos, exp, floor, log, pi, sin, sqrt

import numba
import numpy as np
from numba import njit, prange, uint64

from common import SHARES, Run, arguments, rank, tail, tail_of_ordered
from hour_of_week import (
    BEFORE, HOURLY, HOURS, INSURED, MEDIAN, MOST_PAID, PER_HOUR, PER_OUTAGE, PER_YEAR, PREMIUM, SIGMA,
    TRIGGER, WAIT, WEEK, fewer_than,
)  # fmt: skip

BLOCK = 1 << 16
COUNTS = np.array(fewer_than())
# Below this share no figure is asked for; the rest is a margin for the first block's own error.
KEPT_FROM = 0.94


@njit(cache=True, inline="always")
def rotated(bits, by):
    return (bits << uint64(by)) | (bits >> uint64(64 - by))


@njit(cache=True, inline="always")
def draw(state):
    """The next 64 bits of xoshiro256++ (Blackman and Vigna, 2019)."""
    a, b, c, d = state[0], state[1], state[2], state[3]
    bits = rotated(a + d, 23) + a
    shifted = b << uint64(17)
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    state[0], state[1], state[2], state[3] = a, b, c ^ shifted, rotated(d, 45)
    return bits


@njit(cache=True, inline="always")
def unit(state):
    """A number from 0 on and below 1."""
    return float(draw(state) >> uint64(11)) * (1.0 / 9007199254740992.0)


@njit(cache=True)
def stream(seed, block):
    """A block's state: SplitMix64 of its seed and place."""
    state = np.empty(4, np.uint64)
    at = uint64(seed) * uint64(0xD1342543DE82EF95) + uint64(block) * uint64(0xDA942042E4DD58B5)
    for place in range(4):
        at += uint64(0x9E3779B97F4A7C15)
        mixed = (at ^ (at >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> uint64(27))) * uint64(0x94D049BB133111EB)
        state[place] = mixed ^ (mixed >> uint64(31))
    return state


@njit(cache=True, inline="always")
def loss_until(hour):
    week = floor(hour * (1.0 / HOURS))
    within = hour - HOURS * week
    full = min(int(within), HOURS - 1)
    return week * WEEK + BEFORE[full] + (within - full) * HOURLY[full]


@njit(parallel=True, cache=True, fastmath=True)
def simulate(years, seed, draws_only, gross, net):
    """Fills gross and net of each year; gives the sums of BI and of the parametric cover."""
    blocks = (years + BLOCK - 1) // BLOCK
    insured, paid = np.zeros(blocks), np.zeros(blocks)
    for block in prange(blocks):
        state = stream(seed, block)
        spare, has_spare = 0.0, False
        for year in range(block * BLOCK, min(years, (block + 1) * BLOCK)):
            level, count = unit(state), 0
            while level >= COUNTS[count]:
                count += 1
            loss, bi, parametric = 0.0, 0.0, 0.0
            for _ in range(count):
                if has_spare:
                    deviate, has_spare = spare, False
                else:
                    radius, angle = sqrt(-2.0 * log(1.0 - unit(state))), 2.0 * pi * unit(state)
                    deviate, spare, has_spare = radius * cos(angle), radius * sin(angle), True
                start = int(((draw(state) >> uint64(32)) * uint64(HOURS)) >> uint64(32))
                if draws_only:
                    loss += deviate + start
                    continue
                duration = MEDIAN * exp(SIGMA * deviate)
                until_end = loss_until(start + duration)
                loss += until_end - BEFORE[start]
                if duration > WAIT:
                    bi += min(INSURED * (until_end - loss_until(start + WAIT)), PER_OUTAGE)
                    if duration > TRIGGER:
                        parametric += min(PER_HOUR * floor(duration - TRIGGER), MOST_PAID)
            bi = min(bi, PER_YEAR)
            if draws_only:
                insured[block] += loss
                continue
            gross[year] = loss
            net[year] = loss - bi - parametric + PREMIUM
            insured[block] += bi
            paid[block] += parametric
    return insured.sum(), paid.sum()


@njit(cache=True)
def above(amounts, threshold):
    """The amounts above a threshold."""
    kept, count = np.empty(amounts.size // 8), 0
    for amount in amounts:
        if amount > threshold:
            if count == kept.size:
                return kept[:0]
            kept[count] = amount
            count += 1
    return kept[:count]


def selected(name: str, amounts: np.ndarray) -> dict[str, float]:
    """VaR and TVaR, looked for among the largest amounts alone where there are many."""
    first = amounts[:BLOCK]
    threshold = np.partition(first, int(KEPT_FROM * first.size))[int(KEPT_FROM * first.size)]
    kept = above(amounts, threshold)
    left_out = amounts.size - kept.size
    ranks = {label: rank(share, amounts.size) - left_out for label, share in SHARES.items()}
    if min(ranks.values()) < 1:
        return tail(name, amounts)
    kept.partition([place - 1 for place in ranks.values()])
    return tail_of_ordered(name, kept, ranks)


def answers(run: Run) -> dict[str, float]:
    gross, net = np.empty(run.years), np.empty(run.years)
    insured, paid = simulate(run.years, run.seed, False, gross, net)
    return {
        "gross.mean": gross.mean(),
        "bi.mean": insured / run.years,
        "parametric.mean": paid / run.years,
        "net.mean": net.mean(),
        **selected("gross", gross),
        **selected("net", net),
    }


if __name__ == "__main__":
    run = arguments("draws")
    numba.set_num_threads(min(run.threads, numba.config.NUMBA_NUM_THREADS))
    # Compiles, or loads what was compiled, before the work begins.
    few = np.empty(8)
    simulate(few.size, run.seed, run.options.draws, few, few.copy())
    above(few, 0.0)
    run.begin()
    if run.options.draws:
        simulate(run.years, run.seed, True, few, few)
        run.report({})
    else:
        run.report(answers(run))
