"""Hour of week in Polars expressions. Polars draws nothing: the numbers come from NumPy."""

import numpy as np
import polars as pl

from common import SHARES, Run, arguments, rank
from hour_of_week import (
    BEFORE, FREQUENCY, HOURLY, HOURS, INSURED, MEDIAN, MOST_PAID, PER_HOUR, PER_OUTAGE, PER_YEAR,
    PREMIUM, SIGMA, TRIGGER, WAIT, WEEK,
)  # fmt: skip

BLOCK = 2_000_000
BEFORE_HOUR, OF_HOUR = pl.lit(pl.Series(BEFORE)), pl.lit(pl.Series(HOURLY))


def loss_until(hour: pl.Expr) -> pl.Expr:
    week = (hour / HOURS).floor()
    within = hour - week * HOURS
    full = within.cast(pl.UInt32).clip(0, HOURS - 1)
    return week * WEEK + BEFORE_HOUR.gather(full) + (within - full) * OF_HOUR.gather(full)


def outages(random: np.random.Generator, years: int) -> pl.DataFrame:
    counts = random.poisson(FREQUENCY, years)
    number = int(counts.sum())
    return pl.DataFrame({
        "year": np.repeat(np.arange(years, dtype=np.uint32), counts),
        "deviate": random.standard_normal(number),
        "start": random.integers(0, HOURS, number, np.uint32),
    })  # fmt: skip


def by_year(drawn: pl.DataFrame) -> pl.DataFrame:
    """Gross, BI, parametric and net of each year that has an outage."""
    start, duration = pl.col("start"), pl.col("duration")
    beyond = pl.col("until_end") - loss_until(start + WAIT)
    insured = (INSURED * beyond).clip(0.0, PER_OUTAGE)
    return (
        drawn.lazy()
        .with_columns(duration=(pl.col("deviate") * SIGMA).exp() * MEDIAN)
        .with_columns(until_end=loss_until(start + duration))
        .with_columns(
            gross=pl.col("until_end") - BEFORE_HOUR.gather(start),
            bi=pl.when(duration > WAIT).then(insured).otherwise(0.0),
            parametric=((duration - TRIGGER).floor() * PER_HOUR).clip(0.0, MOST_PAID),
        )
        .group_by("year")
        .agg(pl.col("gross", "bi", "parametric").sum())
        .with_columns(bi=pl.col("bi").clip(0.0, PER_YEAR))
        .with_columns(net=pl.col("gross") - pl.col("bi") - pl.col("parametric") + PREMIUM)
        .collect()
    )


def simulate(run: Run) -> dict[str, float]:
    random = np.random.Generator(np.random.SFC64(run.seed))
    parts, insured, paid = [], 0.0, 0.0
    for first in range(0, run.years, BLOCK):
        years = min(BLOCK, run.years - first)
        struck = by_year(outages(random, years))
        insured += struck["bi"].sum()
        paid += struck["parametric"].sum()
        quiet = np.zeros(years - struck.height)
        parts += [struck.select("gross", "net"), pl.DataFrame({"gross": quiet, "net": quiet + PREMIUM})]
    whole = pl.concat(parts)
    return {
        "gross.mean": whole["gross"].mean(),
        "bi.mean": insured / run.years,
        "parametric.mean": paid / run.years,
        "net.mean": whole["net"].mean(),
        **tail("gross", whole["gross"]),
        **tail("net", whole["net"]),
    }


def tail(name: str, amounts: pl.Series) -> dict[str, float]:
    ordered, figures = amounts.sort(), {}
    for label, share in SHARES.items():
        place = rank(share, ordered.len())
        figures[f"{name}.var.{label}"] = ordered[place - 1]
        figures[f"{name}.tvar.{label}"] = ordered[place:].mean()
    return figures


if __name__ == "__main__":
    run = arguments()
    run.begin()
    run.report(simulate(run))
