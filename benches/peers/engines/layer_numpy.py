"""The layer in NumPy, in blocks of 100,000 years."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from common import Run, arguments, tail
from layer import ATTACHMENT, FREQUENCY, LIMIT, MU, PER_YEAR, SIGMA

BLOCK = 100_000


def ceded(random: np.random.Generator, years: int) -> np.ndarray:
    counts = random.poisson(FREQUENCY, years)
    losses = random.standard_normal(int(counts.sum()))
    losses *= SIGMA
    losses += MU
    np.exp(losses, out=losses)
    losses -= ATTACHMENT
    np.clip(losses, 0.0, LIMIT, out=losses)
    year = np.repeat(np.arange(years, dtype=np.int32), counts)
    return np.minimum(np.bincount(year, losses, years), PER_YEAR)


def simulate(run: Run) -> dict[str, float]:
    years = np.empty(run.years)

    def fill(first: int) -> None:
        here = years[first : first + BLOCK]
        here[:] = ceded(np.random.Generator(np.random.SFC64([run.seed, first])), here.size)

    with ThreadPoolExecutor(run.threads) as pool:
        list(pool.map(fill, range(0, run.years, BLOCK)))
    return {"ceded.mean": years.mean(), **tail("ceded", years)}


if __name__ == "__main__":
    run = arguments()
    run.begin()
    run.report(simulate(run))
