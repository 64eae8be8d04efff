"""What was measured of each engine, and whether its answers are right."""

import statistics
from dataclasses import asdict, dataclass, field
from typing import Any

from .engines import Answer, Engine
from .measure import Measured
from .works import EXACT, MOST_ERRORS

# An exact engine's mean has to be right; its quantiles lie on its grid, a step of 500 apart.
_MEAN_OFF, _GRID_OFF = 1e-6, 5e-4


@dataclass
class Result:
    """An engine on a number of years: its runs so far, why it was left out, and its first fault."""

    engine: Engine
    years: int
    runs: list[Measured] = field(default_factory=list)
    start_ups: list[float] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)
    left_out: str | None = None
    fault: str | None = None

    @property
    def goes_on(self) -> bool:
        return self.left_out is None and self.fault is None

    def add(self, measured: Measured) -> None:
        """Takes in a run; a run that failed ends it."""
        if measured.fault is not None:
            self.fault = measured.fault
            return
        try:
            answer: Answer = self.engine.read(measured.output)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            self.fault = f"its answer cannot be read: {error!r}"
            return
        self.runs.append(measured)
        self.figures = answer.figures
        if answer.start_up is not None:
            self.start_ups.append(answer.start_up)

    def median(self, of: str) -> float:
        values: list[float] = [getattr(run, of) for run in self.runs]
        return statistics.median(values)

    @property
    def start_up(self) -> float | None:
        return statistics.median(self.start_ups) if self.start_ups else None

    def off(self) -> dict[str, float]:
        """How far each figure is off: in standard errors, or as a share where it is exact."""
        known = self.engine.work.figures
        names = [name for name in self.figures if name in known]
        if self.engine.work is EXACT:
            return {name: known[name].share_off(self.figures[name]) for name in names}
        errors = {name: known[name].errors_off(self.figures[name], self.years) for name in names}
        return {name: error for name, error in errors.items() if error is not None}

    def wrong(self) -> list[str]:
        """The figures that are further off than chance or a grid explains."""

        def most(name: str) -> float:
            if self.engine.work is not EXACT:
                return MOST_ERRORS
            return _MEAN_OFF if name.endswith(".mean") else _GRID_OFF

        # Written so that a figure that is no number is wrong.
        return [name for name, off in self.off().items() if not abs(off) <= most(name)]

    def document(self) -> dict[str, Any]:
        engine = self.engine
        return {
            "work": engine.work.name,
            "engine": engine.name,
            "version": engine.version,
            "threads": engine.threads,
            "years": None if engine.work is EXACT else self.years,
            "command": engine.of(self.years),
            "left_out": self.left_out,
            "fault": self.fault,
            "runs": [
                {name: value for name, value in asdict(run).items() if name not in ("output", "fault")}
                for run in self.runs
            ],
            "start_up": self.start_ups,
            "figures": self.figures,
            "off": self.off(),
            "wrong": self.wrong(),
        }
