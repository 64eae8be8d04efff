"""The engines: how each is called, and how its answer is read."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .environment import ENGINES, SCENARIOS, Peers
from .works import EXACT, HOUR_OF_WEEK, LAYER, Work


@dataclass(frozen=True)
class Answer:
    """An engine's figures, and the processor seconds it took to be ready."""

    figures: dict[str, float]
    start_up: float | None


@dataclass(frozen=True, eq=False)
class Engine:
    """One way to do a work. A command holds `{years}` where the number of years goes.

    `why_not` says why it cannot be run at all.
    """

    name: str
    work: Work
    threads: int
    command: tuple[str, ...]
    read: Callable[[str], Answer]
    why_not: str | None = None
    version: str = ""
    most_years: int | None = None
    # It draws the numbers and does nothing with them.
    floor: bool = False

    @property
    def is_netloss(self) -> bool:
        return self.read is _from_netloss

    def of(self, years: int) -> list[str]:
        return [word.replace("{years}", str(years)) for word in self.command]


@dataclass(frozen=True)
class Netloss:
    """Where netloss is, or why it is not there; and how it is asked for an exact answer."""

    program: Path | None
    why_not: str | None
    exact: list[str]


@dataclass(frozen=True)
class _Makers:
    """Makes engines of what is there."""

    peers: Peers
    netloss: Netloss
    threads: int

    @property
    def counts(self) -> list[int]:
        """Numbers of threads to try."""
        return sorted({1, self.threads})

    def own(self, work: Work, count: int, words: list[str]) -> Engine:
        scenario = str(SCENARIOS / work.scenario)
        program, why_not = str(self.netloss.program), self.netloss.why_not
        command = (program, *(word.replace("{scenario}", scenario) for word in words))
        return Engine("netloss", work, count, command, _from_netloss, why_not)

    def simulated(self, work: Work) -> list[Engine]:
        words = ["simulate", "{scenario}", "--years", "{years}", "--format", "json", "--threads"]
        return [self.own(work, count, [*words, str(count)]) for count in self.counts]

    def peer(
        self,
        name: str,
        work: Work,
        script: str,
        package: str,
        count: int = 1,
        options: tuple[str, ...] = (),
        most_years: int | None = None,
        floor: bool = False,
    ) -> Engine:
        path = str(ENGINES / f"{script}.py")
        command = (str(self.peers.python), path, "--years", "{years}", "--threads", str(count), *options)
        why_not, version = self.peers.why_not(package), self.peers.versions.get(package, "")
        return Engine(name, work, count, command, _from_peer, why_not, version, most_years, floor)


def engines(peers: Peers, netloss: Netloss, threads: int) -> list[Engine]:
    """All engines of all works, on one thread and on so many."""
    make = _Makers(peers, netloss, threads)
    return [*_hour_of_week(make), *_layer(make), *_exact(make)]


_PAL = "proteusllp-actuarial-library"


def _hour_of_week(make: _Makers) -> list[Engine]:
    work, draws = HOUR_OF_WEEK, ("--draws",)
    numpy, numba = "hour_of_week_numpy", "hour_of_week_numba"
    listed = make.simulated(work)
    for count in make.counts:
        listed.append(make.peer("NumPy, in blocks", work, numpy, "numpy", count))
    for count in make.counts:
        listed.append(make.peer("Numba, own generator", work, numba, "numba", count))
    return [
        *listed,
        make.peer("NumPy, one pass", work, numpy, "numpy", options=("--block", "all")),
        make.peer("Polars", work, "hour_of_week_polars", "polars", make.threads),
        make.peer("DuckDB", work, "hour_of_week_duckdb", "duckdb", make.threads),
        make.peer("PAL", work, "hour_of_week_pal", _PAL),
        make.peer("NumPy: draws alone", work, numpy, "numpy", options=draws, floor=True),
        make.peer("Numba: draws alone", work, numba, "numba", options=draws, floor=True),
    ]


def _layer(make: _Makers) -> list[Engine]:
    work, few = LAYER, 1_000_000
    return [
        *make.simulated(work),
        *(make.peer("NumPy, in blocks", work, "layer_numpy", "numpy", count) for count in make.counts),
        make.peer("PAL", work, "layer_pal", _PAL),
        make.peer("prospicio", work, "layer_prospicio", "prospicio", make.threads, most_years=few),
        make.peer("GEMAct", work, "layer_gemact", "gemact", most_years=few),
    ]


def _exact(make: _Makers) -> list[Engine]:
    work, on_grid = EXACT, ("--method", "fft")
    return [
        make.own(work, 1, make.netloss.exact),
        make.peer("prospicio, FFT", work, "layer_prospicio", "prospicio", options=on_grid),
        make.peer("GEMAct, FFT", work, "layer_gemact", "gemact", options=on_grid),
        make.peer("aggregate, FFT", work, "layer_aggregate", "aggregate"),
    ]


def _from_peer(output: str) -> Answer:
    # Some packages print lines of their own before.
    document = json.loads(output.strip().splitlines()[-1])
    return Answer(document["answers"], document["start_up"])


# What the covers and payouts of the scenario files are called among the figures.
_NAMES = {"bi": "bi", "layer": "ceded", "hourly": "parametric"}


def _from_netloss(output: str) -> Answer:
    """Reads `netloss.simulate/1`."""
    document = json.loads(output)
    curves = {name: document.get(name) for name in ("gross", "net")}
    for group in ("covers", "payouts"):
        curves |= {_NAMES[name]: curve for name, curve in document.get(group, {}).items()}
    figures: dict[str, float] = {}
    for name, curve in curves.items():
        # A cover may come with its mean alone.
        known = curve or {}
        figures |= {f"{name}.mean": known["mean"]} if "mean" in known else {}
        for kind in ("var", "tvar"):
            shares = known.get(kind, {})
            figures |= {f"{name}.{kind}.{share}": amount for share, amount in shares.items()}
    return Answer(figures, None)
