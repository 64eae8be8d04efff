"""Merchants: five million shops and one outage, as data and as the peers work it out.

    lost  = week's sales x platform share x the industry's part of the week inside the outage
    paid  = 30,000 up to 300,000; 50,000 up to 500,000; above, 80 % of lost x margin,
            no less than 50,000 and no more than 10,000,000, to the nearest won

benches/scenarios/merchants.toml is the same rule for netloss.
"""

import tomllib
from pathlib import Path

import numpy as np

ROWS = 5_000_000
TOTAL = 216_497_268_998
"""Won, for ROWS merchants."""

SCHEME = Path(__file__).resolve().parents[2] / "scenarios" / "merchants.toml"
COLUMNS = ["id", "industry", "usual_sales", "platform_share", "outage_start", "outage_end", "margin"]
MONDAY = np.datetime64("2022-10-10T00:00")


def hours() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Industries, the part of a week before each hour of two weeks, and that of each hour."""
    given = tomllib.loads(SCHEME.read_text(encoding="utf-8"))["industry_hours"]
    weights = [np.outer(each["days_of_week"], each["hours_of_day"]).ravel().astype(float) for each in given]
    parts = np.array([weight / weight.sum() for weight in weights])
    twice = np.hstack([parts, parts])
    before = np.concatenate([np.zeros((len(parts), 1)), np.cumsum(twice, axis=1)], axis=1)
    of_hour = np.hstack([twice, twice[:, :1]])
    return [each["industries"][0] for each in given], before, of_hour


def make(folder: Path, rows: int) -> None:
    """Writes merchants.csv and merchants.parquet, the same merchants in both."""
    import polars as pl

    draw = np.random.default_rng(20221015)
    names, _, _ = hours()
    place = draw.choice(8, rows, p=[0.24, 0.14, 0.22, 0.12, 0.10, 0.06, 0.07, 0.05]).astype(np.int32)
    sales = np.rint(np.exp(draw.normal(14.6, 1.1, rows))).astype(np.int64)
    share = np.round(draw.beta(1.2, 4.0, rows), 4)
    start = np.round(np.minimum(draw.exponential(1.5, rows), 40.0) * 4) / 4
    lasts = np.minimum(draw.lognormal(3.2, 0.9, rows), 127.5)
    end = np.minimum(np.round((start + lasts) * 4) / 4, 127.5)
    margin = np.round(draw.normal(0.16, 0.10, rows), 4)
    outage = np.datetime64("2022-10-15T15:30")

    def time(hours: np.ndarray) -> np.ndarray:
        return (outage + (hours * 60).astype("timedelta64[m]")).astype("datetime64[us]")

    columns = [np.arange(rows), pl.Series(names).gather(place), sales, share, time(start), time(end), margin]
    table = pl.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
    table.write_csv(folder / "merchants.csv", datetime_format="%Y-%m-%dT%H:%M")
    table.write_parquet(folder / "merchants.parquet", compression="zstd", row_group_size=500_000)
