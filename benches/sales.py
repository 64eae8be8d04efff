#!/usr/bin/env python3
"""A hundred million sales through `netloss profile build`: memory, time, and the rhythm found again.

    cargo build --release --example sales --bin netloss
    python3 benches/sales.py [ROWS]

Sales of a known week, season and growth are written to ~/.cache/netloss (or under XDG_CACHE_HOME), read with
/usr/bin/time, and removed. What is found is set beside what was drawn, in units of the standard error that the build gives
each figure. 100,000,000 rows need 3.7 GB of disk.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROWS = int(sys.argv[1].replace("_", "")) if len(sys.argv) > 1 else 100_000_000
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", "target")) / os.environ.get("PROFILE", "release")
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "netloss"


def furthest(found, drawn):
    """The largest deviation in standard errors, and how many figures lie further than two."""
    apart = [abs(figure["value"] - true) / figure["se"] for figure, true in zip(found, drawn)]
    return max(apart), sum(of > 2 for of in apart), len(apart)


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    file = CACHE / "sales.csv"
    try:
        drawn = json.loads(subprocess.check_output([TARGET / "examples/sales", str(ROWS), file]))
        size = file.stat().st_size
        command = [TARGET / "netloss", "profile", "build", file, "--timezone", "Asia/Seoul", "--format", "json"]
        run = subprocess.run(["/usr/bin/time", "-f", "%e %U %M", *command], capture_output=True, text=True, check=True)
    finally:
        file.unlink(missing_ok=True)
    seconds, user, kilobytes = map(float, run.stderr.split()[-3:])
    built = json.loads(run.stdout)
    profile = built["profiles"][0]
    mean = sum(drawn["week"]) / 168
    week = furthest(profile["hours"], [weight / mean for weight in drawn["week"]])
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    average = sum(n * factor for n, factor in zip(days, drawn["months"])) / 365
    months = furthest(profile["season"]["factors"], [factor / average for factor in drawn["months"]])
    growth = profile["growth"]
    print(f"rows            {drawn['rows']:,} ({size / 1e9:.2f} GB), {drawn['rows'] / seconds / 1e6:.2f} million a second")
    print(f"time            {seconds:.1f} s, of which {user:.1f} s of processor")
    print(f"peak memory     {kilobytes / 1024:.0f} MiB")
    print(f"sum             {'exact' if int(profile['sum']) == drawn['total'] else 'WRONG'}: {profile['sum']}")
    for name, (most, beyond, of) in (("week", week), ("season", months)):
        print(f"{name:<15} furthest {most:.2f} standard errors; {beyond} of {of} beyond 2")
    print(f"growth          {growth['per_year']:.5f} ±{growth['se']:.5f}, drawn {drawn['growth']}")


if __name__ == "__main__":
    main()
