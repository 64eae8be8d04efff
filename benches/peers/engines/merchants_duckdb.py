"""Merchants in DuckDB, one statement.  usage: merchants_duckdb.py IN OUT"""

import os
import sys

import duckdb
import numpy as np
import polars as pl
from merchants import hours


def main() -> None:
    given, out = sys.argv[1:]
    names, before, of_hour = hours()
    connection = duckdb.connect()
    connection.execute(f"SET threads={os.environ.get('POLARS_MAX_THREADS', '2')}; SET preserve_insertion_order=false")
    hour = np.tile(np.arange(337, dtype=np.int32), 8)
    sold = pl.DataFrame(
        {"industry": np.repeat(names, 337), "hour": hour, "before": before.ravel(), "part": of_hour.ravel()}
    )
    connection.execute("CREATE TABLE sold (industry VARCHAR, hour INT, before DOUBLE, part DOUBLE)")
    connection.executemany("INSERT INTO sold VALUES (?, ?, ?, ?)", sold.rows())
    read = f"read_csv('{given}')" if given.endswith(".csv") else f"read_parquet('{given}')"
    form = "FORMAT csv, HEADER" if out.endswith(".csv") else "FORMAT parquet, COMPRESSION zstd"
    connection.execute(f"""
        COPY (
            WITH timed AS (
                SELECT id, industry, usual_sales, platform_share, margin,
                    date_diff('minute', TIMESTAMP '2022-10-10', outage_start) / 60.0::DOUBLE AS since,
                    date_diff('minute', TIMESTAMP '2022-10-10', outage_end) / 60.0::DOUBLE AS until
                FROM {read}
            ), losses AS (
                SELECT id, t.industry, margin, usual_sales * platform_share
                    * (e.before + (until - e.hour) * e.part - s.before - (since - s.hour) * s.part) AS lost
                FROM timed t
                JOIN sold s ON s.industry = t.industry AND s.hour = floor(since)::INT
                JOIN sold e ON e.industry = t.industry AND e.hour = floor(until)::INT
            )
            SELECT id, industry, lost, CASE WHEN lost <= 0 THEN 0 WHEN lost <= 300000 THEN 30000
                WHEN lost <= 500000 THEN 50000
                ELSE floor(least(greatest(50000, 0.8::DOUBLE * lost * greatest(margin, 0)), 1e7) + 0.5)::BIGINT
                END AS paid
            FROM losses
        ) TO '{out}' ({form})""")
    read = f"read_csv('{out}')" if out.endswith(".csv") else f"read_parquet('{out}')"
    by = connection.execute(f"SELECT industry, count(*), sum(lost), sum(paid)::BIGINT FROM {read} GROUP BY 1").fetchall()
    print(sum(paid for *_, paid in by))


main()
