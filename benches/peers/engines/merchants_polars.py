"""Merchants in Polars, lazily.  usage: merchants_polars.py IN OUT"""

import sys

import polars as pl
from merchants import MONDAY, hours


def main() -> None:
    given, out = sys.argv[1:]
    names, before, of_hour = hours()
    before, of_hour = pl.Series(before.ravel()), pl.Series(of_hour.ravel())
    table = pl.scan_csv(given, try_parse_dates=True) if given.endswith(".csv") else pl.scan_parquet(given)
    base = pl.col("industry").replace_strict(names, list(range(8)), return_dtype=pl.UInt32) * 337

    def sold(time: str) -> pl.Expr:
        hour = (pl.col(time) - pl.lit(MONDAY)).dt.total_minutes() / 60
        whole = hour.cast(pl.UInt32)
        return pl.lit(before).gather(base + whole) + (hour - whole) * pl.lit(of_hour).gather(base + whole)

    due = ((0.8 * pl.col("lost") * pl.col("margin").clip(0.0)).clip(50_000.0, 1e7) + 0.5).floor().cast(pl.Int64)
    paid = (
        pl.when(pl.col("lost") <= 0).then(0).when(pl.col("lost") <= 300_000).then(30_000)
        .when(pl.col("lost") <= 500_000).then(50_000).otherwise(due)
    )
    lost = pl.col("usual_sales") * pl.col("platform_share") * (sold("outage_end") - sold("outage_start"))
    table = table.with_columns(lost=lost).with_columns(paid=paid).select("id", "industry", "lost", "paid").collect()
    table.write_csv(out) if out.endswith(".csv") else table.write_parquet(out, compression="zstd")
    by = table.group_by("industry").agg(pl.len(), pl.col("lost", "paid").sum())
    print(by["paid"].sum())


main()
