"""Merchants in NumPy, in blocks; Polars reads and writes the files.  usage: merchants_numpy.py IN OUT"""

import sys

import numpy as np
import polars as pl
from merchants import MONDAY, hours


def main() -> None:
    given, out = sys.argv[1:]
    names, before, of_hour = hours()
    before, of_hour = before.ravel(), of_hour.ravel()
    table = pl.read_csv(given, try_parse_dates=True) if given.endswith(".csv") else pl.read_parquet(given)
    place = table["industry"].replace_strict(names, list(range(8)), return_dtype=pl.Int32).to_numpy() * 337
    column = {name: table[name].to_numpy() for name in table.columns if name not in ("id", "industry")}
    lost, paid = np.empty(len(table)), np.empty(len(table), np.int64)

    def sold(base: np.ndarray, time: np.ndarray) -> np.ndarray:
        hour = (time - MONDAY).astype("timedelta64[m]").astype(np.int64) / 60
        whole = hour.astype(np.int32)
        return before[base + whole] + (hour - whole) * of_hour[base + whole]

    for first in range(0, len(table), 100_000):
        part = slice(first, first + 100_000)
        sales, share, margin = (column[name][part] for name in ("usual_sales", "platform_share", "margin"))
        inside = sold(place[part], column["outage_end"][part]) - sold(place[part], column["outage_start"][part])
        lost[part] = loss = sales * share * inside
        due = np.floor(np.clip(0.8 * loss * np.maximum(margin, 0), 50_000, 1e7) + 0.5)
        paid[part] = np.select([loss <= 0, loss <= 300_000, loss <= 500_000], [0, 30_000, 50_000], due)
    by = [int(paid[place == each * 337].sum()) for each in range(8)]
    table = pl.DataFrame({"id": table["id"], "industry": table["industry"], "lost": lost, "paid": paid})
    table.write_csv(out) if out.endswith(".csv") else table.write_parquet(out, compression="zstd")
    print(sum(by))


main()
