"""Five million merchants paid by netloss and by its peers, side by side, and one table.

    python3 benches/peers/compensation.py                  makes the data, measures, checks the total
    python3 benches/peers/compensation.py --netloss FILE   a netloss that is built already

Needs the peers' environment of run.py. benches/README.md says how to read the table.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

from runner import environment  # noqa: E402
from runner.machine import Machine, cores  # noqa: E402
from runner.measure import Measured, measure  # noqa: E402

ROWS, TOTAL = 5_000_000, 216_497_268_998
SCHEME = environment.SCENARIOS / "merchants.toml"
ALL = "netloss, with every step"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    say = parser.add_argument
    say("--netloss", type=Path, metavar="FILE", help="a netloss that is built already")
    say("--rows", type=int, default=ROWS, help="merchants; the total is known for 5,000,000")
    say("--reps", type=int, default=3, help="processes for each engine (default 3)")
    say("--threads", type=int, default=cores(), help="threads of each engine (default: the cores)")
    say("--form", choices=["csv", "parquet"], action="append", help="this form of files alone")
    say("--kills", type=int, default=0, help="and kill netloss so often, resume it, compare the bytes")
    return parser.parse_args()


def commands(program: Path, python: Path, form: str, folder: Path, threads: int) -> dict[str, list[str]]:
    """The command of each engine; every one writes a row for each merchant, of the same four
    columns, and netloss once more of all that it has to say."""
    given, out = str(folder / f"merchants.{form}"), str(folder / f"paid.{form}")
    words = ["--scheme", str(SCHEME), "--threads", str(threads), "--format", "json", "--force", "-o", out]
    run = [str(program), "compensate", given, *words]
    listed = {"netloss": [*run, "--columns", "id,industry,loss,amount"], ALL: run}
    for name, script in (("NumPy (files by Polars)", "numpy"), ("Polars", "polars"), ("DuckDB", "duckdb")):
        listed[name] = [str(python), str(environment.ENGINES / f"merchants_{script}.py"), given, out]
    return listed


def total(name: str, taken: Measured) -> int | None:
    """What an engine says is paid."""
    if taken.fault is not None:
        return None
    return json.loads(taken.output)["amount"] if name in ("netloss", ALL) else int(taken.output)


def table(form: str, taken: dict[str, list[Measured]]) -> str:
    """Medians of each engine, and its ratio to netloss."""

    def median(name: str, what: str) -> float:
        return statistics.median(getattr(each, what) for each in taken[name])

    lines = [f"\n{form}", "| engine | CPU s | wall s | MiB | CPU / netloss |", "|---|--:|--:|--:|--:|"]
    for name in taken:
        if not taken[name]:
            lines.append(f"| {name} | failed | | | |")
            continue
        ratio = median(name, "processor") / median("netloss", "processor") if taken["netloss"] else float("nan")
        lines.append(
            f"| {name} | {median(name, 'processor'):.2f} | {median(name, 'wall'):.1f} "
            f"| {median(name, 'peak'):.0f} | {ratio:.2f} |"
        )
    return "\n".join(lines)


def kills(program: Path, folder: Path, wanted: int) -> str:
    """Kills a run at moments spread over its length and goes on with it, until it is done."""
    import random
    import time

    given = str(folder / "merchants.csv")
    said = [str(program), "compensate", given, "--scheme", str(SCHEME), "-o"]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    whole, parts = folder / "whole.csv", folder / "parts.csv"
    began = time.perf_counter()
    subprocess.run([*said, str(whole), "--force"], check=True, **silent)
    lasts = time.perf_counter() - began
    draw, done, resumed = random.Random(), 0, 0
    while True:
        resumed += Path(f"{parts}.journal").exists()
        run = subprocess.Popen([*said, str(parts), "--resume", "--journal", "0"], **silent)
        try:
            # A sixteenth of the run on average, so that the kills are spread over it.
            run.wait(timeout=draw.uniform(0, lasts / 8) if done < wanted else None)
            break
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
            done += 1
    same = subprocess.run(["cmp", "--silent", str(whole), str(parts)]).returncode == 0
    return f"{done} kills, gone on {resumed} times, bytes {'the same' if same else 'DIFFERENT'}"


def main() -> int:
    given = arguments()
    program = given.netloss.resolve() if given.netloss else environment.built()[0]
    if program is None:
        print("error: netloss is not built", file=sys.stderr)
        return 1
    peers = environment.present()
    faults, machine = [], Machine()
    folder = Path(tempfile.mkdtemp(prefix="merchants-", dir=os.environ.get("TMPDIR")))
    try:
        make = f"import sys, pathlib; sys.path.insert(0, {str(environment.ENGINES)!r}); import merchants; "
        make += f"merchants.make(pathlib.Path({str(folder)!r}), {given.rows})"
        subprocess.run([str(peers.python), "-c", make], check=True)
        tables = []
        for form in given.form or ["csv", "parquet"]:
            listed = commands(program, peers.python, form, folder, given.threads)
            taken: dict[str, list[Measured]] = {name: [] for name in listed}
            for _ in range(given.reps):
                for name, command in listed.items():
                    print(f"  {form}: {name}", file=sys.stderr)
                    one = measure(command, environment.variables(given.threads), 600)
                    found = total(name, one)
                    if found is None:
                        faults.append(f"{form}, {name}: {one.fault}")
                    elif given.rows == ROWS and found != TOTAL:
                        faults.append(f"{form}, {name}: {found} won, not {TOTAL}")
                    else:
                        taken[name].append(one)
            tables.append(table(form, taken))
        machine.end()
        print(f"{given.rows:,} merchants, {given.threads} threads, {given.reps} runs each")
        print(json.dumps(machine.document()))
        print("\n".join(tables))
        if given.kills:
            print("\n" + kills(program, folder, given.kills))
    finally:
        shutil.rmtree(folder)
    for fault in dict.fromkeys(faults):
        print(f"error: {fault}", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
