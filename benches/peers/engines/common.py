"""What every engine shares: its arguments, the figures it owes, and its one line of output."""

import argparse
import json
import time
from dataclasses import dataclass
from typing import Any

# A year in 20, in 100 and in 200.
SHARES = {"95": 0.95, "99": 0.99, "99.5": 0.995}


@dataclass
class Run:
    """One run of an engine: how much it has to do, and when the work itself began."""

    years: int
    threads: int
    seed: int
    options: argparse.Namespace
    start_up: float = 0.0

    def begin(self) -> None:
        """Ends the start-up: imports and compilation are done, nothing is drawn yet."""
        self.start_up = time.process_time()

    def report(self, answers: dict[str, Any]) -> None:
        """Prints the figures as one line of JSON, with the start-up's processor seconds."""
        plain = {name: float(value) for name, value in answers.items()}
        print(json.dumps({"years": self.years, "start_up": self.start_up, "answers": plain}))


def arguments(*options: str, **choices: list[str]) -> Run:
    """Reads the command line: years, threads and seed, switches, and options with choices."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    for option in options:
        parser.add_argument(f"--{option}", action="store_true")
    for option, allowed in choices.items():
        parser.add_argument(f"--{option}", choices=allowed, default=allowed[0])
    given = parser.parse_args()
    return Run(given.years, given.threads, given.seed, given)


def rank(share: float, years: int) -> int:
    """The place, counted from 1, of the amount that a share of years does not pass."""
    return max(1, -int(-(share * years - 1e-9) // 1))


def tail(name: str, amounts: Any) -> dict[str, float]:
    """VaR and TVaR of a vector of yearly amounts, by one partial sort as NumPy users do it."""
    import numpy as np

    ranks = {label: rank(share, amounts.size) for label, share in SHARES.items()}
    ordered = np.partition(amounts, [place - 1 for place in ranks.values()])
    return tail_of_ordered(name, ordered, ranks)


def tail_of_ordered(name: str, ordered: Any, ranks: dict[str, int]) -> dict[str, float]:
    """The same of amounts whose ranks are in place; the years are a multiple of 200."""
    figures = {}
    for label, place in ranks.items():
        figures[f"{name}.var.{label}"] = ordered[place - 1]
        figures[f"{name}.tvar.{label}"] = ordered[place:].mean()
    return figures
