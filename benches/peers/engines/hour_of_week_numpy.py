"""Hour of week in NumPy, as a quant writes it.

--block 100000 is the version for large runs: its arrays stay in the cache.
--block all is one pass over all years, as in most notebooks.
--draws stops after the random numbers: the floor of any NumPy version.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from common import Run, arguments, tail
from hour_of_week import (
    BEFORE, FREQUENCY, HOURS, INSURED, MEDIAN, MOST_PAID, PER_HOUR, PER_OUTAGE, PER_YEAR, PREMIUM,
    SIGMA, TRIGGER, WAIT, loss_until,
)  # fmt: skip


def draw(random: np.random.Generator, years: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outages of each year, and of each outage its normal deviate and its start."""
    counts = random.poisson(FREQUENCY, years)
    outages = int(counts.sum())
    return counts, random.standard_normal(outages), random.integers(0, HOURS, outages, np.int32)


def block(random: np.random.Generator, years: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Gross, BI and parametric of each year."""
    counts, deviates, start = draw(random, years)
    year = np.repeat(np.arange(years, dtype=np.int32), counts)
    duration = MEDIAN * np.exp(SIGMA * deviates)
    until_end = loss_until(start + duration)
    gross = until_end - BEFORE[start]
    # Two outages in five outlast the wait; the others need no second look-up.
    long = np.flatnonzero(duration > WAIT)
    insured = np.zeros(year.size)
    beyond = until_end[long] - loss_until(start[long] + WAIT)
    insured[long] = np.minimum(INSURED * beyond, PER_OUTAGE)
    paid = np.clip(PER_HOUR * np.floor(duration - TRIGGER), 0.0, MOST_PAID)
    per_year = [np.bincount(year, amounts, years) for amounts in (gross, insured, paid)]
    return per_year[0], np.minimum(per_year[1], PER_YEAR), per_year[2]


def blocks(run: Run, size: int) -> list[tuple[slice, np.random.Generator]]:
    """Blocks of years, each with a stream of its own, so that threads change nothing."""
    firsts = range(0, run.years, size)
    places = (slice(first, min(first + size, run.years)) for first in firsts)
    return [
        (place, np.random.Generator(np.random.SFC64([run.seed, nth]))) for nth, place in enumerate(places)
    ]


def in_threads(run: Run, job: Callable, size: int) -> list[Any]:
    """Does a job for each block. NumPy lets go of the interpreter while it computes."""
    with ThreadPoolExecutor(run.threads) as pool:
        return list(pool.map(lambda each: job(*each), blocks(run, size)))


def simulate(run: Run, size: int) -> dict[str, float]:
    gross, net = np.empty(run.years), np.empty(run.years)

    def fill(here: slice, random: np.random.Generator) -> tuple[float, float]:
        gross[here], bi, parametric = block(random, here.stop - here.start)
        net[here] = gross[here] - bi - parametric + PREMIUM
        return bi.sum(), parametric.sum()

    insured, paid = np.sum(in_threads(run, fill, size), axis=0)
    with ThreadPoolExecutor(run.threads) as pool:
        tails = list(pool.map(tail, ("gross", "net"), (gross, net)))
    return {
        "gross.mean": gross.mean(),
        "bi.mean": insured / run.years,
        "parametric.mean": paid / run.years,
        "net.mean": net.mean(),
        **tails[0],
        **tails[1],
    }


def draw_only(here: slice, random: np.random.Generator) -> None:
    draw(random, here.stop - here.start)


if __name__ == "__main__":
    run = arguments("draws", block=["100000", "all"])
    size = run.years if run.options.block == "all" else int(run.options.block)
    run.begin()
    if run.options.draws:
        in_threads(run, draw_only, size)
        run.report({})
    else:
        run.report(simulate(run, size))
