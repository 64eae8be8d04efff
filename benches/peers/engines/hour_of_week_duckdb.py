"""Hour of week as SQL in DuckDB, random numbers included.

The profile is joined, which is faster here than looking it up in a list. With more than one
thread DuckDB's random numbers are others in every run.
"""

import math

import duckdb

from common import SHARES, Run, arguments, rank
from hour_of_week import (
    BEFORE, HOURLY, HOURS, INSURED, MEDIAN, MOST_PAID, PER_HOUR, PER_OUTAGE, PER_YEAR, PREMIUM, SIGMA,
    TRIGGER, WAIT, WEEK, fewer_than,
)  # fmt: skip


def count_of(level: str) -> str:
    """The Poisson count of a number between 0 and 1, as a CASE."""
    totals = list(enumerate(fewer_than()[:16]))
    steps = "".join(f" WHEN {level} < {total!r} THEN {count}" for count, total in totals)
    return f"CASE{steps} ELSE {len(totals)} END"


MACROS = f"""
CREATE MACRO within(t) AS t - {HOURS} * floor(t / {HOURS});
CREATE MACRO hour_of(t) AS least(floor(within(t)), {HOURS - 1})::INT;
CREATE MACRO loss_until(t, p) AS
    floor(t / {HOURS}) * {WEEK!r} + p.before + (within(t) - p.hour) * p.hourly;
"""

YEARS = f"""
CREATE TABLE years AS WITH
counts AS MATERIALIZED (
    SELECT year, {count_of("level")} AS count
    FROM (SELECT range AS year, random() AS level FROM range($years))
),
outages AS MATERIALIZED (
    SELECT year, floor(random() * {HOURS})::INT AS start, {MEDIAN} * exp({SIGMA}
        * sqrt(-2 * ln(1 - random())) * cos({2 * math.pi!r} * random())) AS duration
    FROM (SELECT year, unnest(range(count)) FROM counts WHERE count > 0)
),
losses AS (
    SELECT year, duration, at_start.before AS until_start,
        loss_until(start + duration, at_end) AS until_end,
        CASE WHEN duration > {WAIT} THEN loss_until(start + {WAIT}, at_wait) END AS until_wait
    FROM outages
    JOIN profile AS at_start ON at_start.hour = start
    JOIN profile AS at_end ON at_end.hour = hour_of(start + duration)
    JOIN profile AS at_wait ON at_wait.hour = hour_of(start + {WAIT})
),
amounts AS (
    SELECT year, until_end - until_start AS gross,
        CASE WHEN duration > {WAIT} THEN least({INSURED} * (until_end - until_wait), {PER_OUTAGE})
            ELSE 0 END AS bi,
        CASE WHEN duration > {TRIGGER} THEN least({PER_HOUR} * floor(duration - {TRIGGER}), {MOST_PAID})
            ELSE 0 END AS parametric
    FROM losses
),
totals AS (
    SELECT year, sum(gross) AS gross, least(sum(bi), {PER_YEAR}) AS bi, sum(parametric) AS parametric
    FROM amounts GROUP BY year
)
SELECT coalesce(gross, 0) AS gross, coalesce(bi, 0) AS bi, coalesce(parametric, 0) AS parametric,
    coalesce(gross - bi - parametric, 0) + {PREMIUM} AS net
FROM counts LEFT JOIN totals USING (year)
"""


def tail(database: duckdb.DuckDBPyConnection, name: str, years: int) -> dict[str, float]:
    """VaR by the discrete quantile; TVaR as the mean beyond it, ties shared out by rank."""
    query = f"SELECT quantile_disc({name}, {list(SHARES.values())}) FROM years"
    quantiles = database.execute(query).fetchone()[0]
    figures = {}
    for (label, share), at in zip(SHARES.items(), quantiles, strict=True):
        query = f"SELECT coalesce(sum({name} - {at!r}), 0) FROM years WHERE {name} > {at!r}"
        excess = database.execute(query).fetchone()[0]
        figures[f"{name}.var.{label}"] = at
        figures[f"{name}.tvar.{label}"] = at + excess / (years - rank(share, years))
    return figures


def simulate(run: Run) -> dict[str, float]:
    database = duckdb.connect()
    database.execute(f"SET threads = {run.threads}; SET preserve_insertion_order = false")
    database.execute(f"SELECT setseed({run.seed / 1000})")
    database.execute(
        "CREATE TABLE profile AS SELECT unnest($hours) AS hour, unnest($before) AS before,"
        " unnest($hourly) AS hourly",
        {"hours": list(range(HOURS)), "before": BEFORE[:HOURS].tolist(), "hourly": HOURLY.tolist()},
    )
    database.execute(MACROS)
    database.execute(YEARS.replace("$years", str(run.years)))
    means = database.execute("SELECT avg(gross), avg(bi), avg(parametric), avg(net) FROM years").fetchone()
    names = ("gross.mean", "bi.mean", "parametric.mean", "net.mean")
    return {
        **dict(zip(names, means, strict=True)),
        **tail(database, "gross", run.years),
        **tail(database, "net", run.years),
    }


if __name__ == "__main__":
    run = arguments()
    run.begin()
    run.report(simulate(run))
