"""Runs netloss and its peers side by side on the same work, and prints one table.

    python3 benches/peers/run.py            installs the peers, builds netloss, measures
    python3 benches/peers/run.py --smoke    10,000 years of what is there already, nothing installed

Standard library only. benches/README.md says what is measured and how to read it.
"""

import argparse
import json
import shlex
import sys
from pathlib import Path

# The repository stays as it is.
sys.dont_write_bytecode = True

from runner import environment  # noqa: E402
from runner.engines import Engine, Netloss, engines  # noqa: E402
from runner.machine import Machine, cores  # noqa: E402
from runner.measure import measure  # noqa: E402
from runner.results import Result  # noqa: E402
from runner.table import page  # noqa: E402
from runner.works import EXACT, WORKS  # noqa: E402

FEW_YEARS = 10_000


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    say = parser.add_argument
    say("--years", type=_years, nargs="+", default=[1_000_000, 10_000_000], help="years to draw")
    say("--reps", type=int, default=3, help="processes for each engine (default 3)")
    say("--threads", type=int, default=cores(), help="threads beside one (default: the cores)")
    say("--work", choices=[work.name for work in WORKS], action="append", help="this work alone")
    say("--only", metavar="TEXT", action="append", help="engines whose name holds this, and netloss")
    say("--netloss", type=Path, metavar="FILE", help="a netloss that is built already")
    say(
        "--exact",
        type=shlex.split,
        default=["simulate", "{scenario}", "--exact", "--format", "json"],
        metavar="WORDS",
        help="how netloss is asked for the exact answer (default: %(default)s)",
    )
    say("--limit", type=int, default=600, help="processor seconds that a process may take")
    say("--out", type=Path, default=environment.cache(), help="folder for results.md and .json")
    say("--no-install", action="store_true", help="use the peers that are there")
    say("--smoke", action="store_true", help="10,000 years, once, of what is there; writes nothing")
    given = parser.parse_args()
    if given.smoke:
        given.years, given.reps = [FEW_YEARS], 1
    return given


def _years(text: str) -> int:
    years = int(text)
    if years < FEW_YEARS or years % 200:
        raise argparse.ArgumentTypeError(f"give a multiple of 200 from {FEW_YEARS:,} on")
    return years


def prepared(given: argparse.Namespace) -> list[Engine]:
    """The engines that were asked for, with what can be installed and built."""
    use_present = given.smoke or given.no_install
    peers = environment.present() if use_present else environment.installed()
    program, why_not = given.netloss and given.netloss.resolve(), None
    if program is None:
        program, why_not = (None, "not built") if given.smoke else environment.built()
    listed = engines(peers, Netloss(program, why_not, given.exact), given.threads)
    works = given.work or [work.name for work in WORKS]
    return [
        engine
        for engine in listed
        if engine.work.name in works
        and (engine.is_netloss or not given.only or any(text in engine.name for text in given.only))
    ]


def planned(listed: list[Engine], sizes: list[int]) -> list[Result]:
    """An empty result for each engine and size, work by work."""
    results = []
    for work in WORKS:
        for years in sizes[:1] if work is EXACT else sizes:
            for engine in (each for each in listed if each.work is work):
                result = Result(engine, years, left_out=engine.why_not)
                if engine.most_years is not None and years > engine.most_years:
                    result.left_out = f"not run beyond {engine.most_years:,} years"
                results.append(result)
    return results


def take(result: Result, years: int, limit: int) -> None:
    """One run of an engine."""
    engine = result.engine
    print(f"  {engine.work.name}: {engine.name}, {engine.threads} thread(s)", file=sys.stderr)
    result.add(measure(engine.of(years), environment.variables(engine.threads), limit))


def warm_up(results: list[Result], limit: int) -> None:
    """Runs each engine once, unmeasured: compiled code is cached, files are in memory, and an engine
    that cannot do the work is found out."""
    faults: dict[Engine, str | None] = {}
    for result in results:
        if result.left_out is None and result.engine not in faults:
            trial = Result(result.engine, FEW_YEARS)
            take(trial, FEW_YEARS, limit)
            faults[result.engine] = trial.fault
        result.fault = faults.get(result.engine)


def rounds(results: list[Result], repetitions: int, limit: int) -> None:
    """Runs the engines in turn, so that what else the machine does hits all alike; each round starts
    with another one, so that none always follows the same."""
    for nth in range(repetitions):
        print(f"round {nth + 1} of {repetitions}", file=sys.stderr)
        first = nth * len(results) // repetitions
        for result in results[first:] + results[:first]:
            if result.goes_on:
                take(result, result.years, limit)


def faults(results: list[Result]) -> list[str]:
    """What makes a run of the benchmark fail: an engine that is there and breaks or errs."""
    lines = []
    for result in results:
        where = f"{result.engine.work.name}, {result.engine.name}"
        lines += [f"{where}: {result.fault}"] if result.fault else []
        lines += [f"{where}: {name} is off" for name in result.wrong()]
    return list(dict.fromkeys(lines))


def main() -> int:
    given = arguments()
    results = planned(prepared(given), given.years)
    machine = Machine()
    floor = measure(["true"], environment.variables(1), given.limit).peak
    if not given.smoke:
        warm_up(results, given.limit)
    rounds(results, given.reps, given.limit)
    machine.end()
    text = page(results, machine, given.reps, floor)
    print(text, end="")
    if not given.smoke:
        given.out.mkdir(parents=True, exist_ok=True)
        document = {
            "machine": machine.document(),
            "repetitions": given.reps,
            "floor_mib": floor,
            "results": [result.document() for result in results],
        }
        (given.out / "results.md").write_text(text, encoding="utf-8")
        (given.out / "results.json").write_text(json.dumps(document, indent=1), encoding="utf-8")
        print(f"written to {given.out}", file=sys.stderr)
    found = faults(results)
    for line in found:
        print(f"error: {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
