"""The results as Markdown."""

from .machine import Machine
from .results import Result
from .works import EXACT, MOST_ERRORS, Work

_HEADINGS = (
    "engine", "threads", "wall s", "CPU s", "of it start-up", "peak MiB", "wall ÷ netloss",
    "CPU ÷ netloss", "without start-up", "figures", "furthest off",
)  # fmt: skip


def page(results: list[Result], machine: Machine, repetitions: int, floor: float) -> str:
    """All tables, with the machine they were measured on."""
    parts = ["# netloss and its peers", *machine.lines()]
    parts.append(_reading(repetitions, floor))
    groups: dict[tuple[str, int], list[Result]] = {}
    for result in results:
        groups.setdefault((result.engine.work.name, result.years), []).append(result)
    for group in groups.values():
        parts.append(_section(group))
    return "\n\n".join(parts) + "\n"


def _reading(repetitions: int, floor: float) -> str:
    return (
        f"Medians of {repetitions} run(s), each a fresh process, the engines in turn. CPU is user and "
        "system time of the whole process; start-up is what imports and compilation took of it. A ratio "
        "is an engine over netloss on as many threads: above 1 it took more than netloss, whose own "
        "start-up is always counted. Furthest off: the figure furthest from the exact one, in standard "
        f"errors; ✗ beyond {MOST_ERRORS}. Peaks below {floor:.0f} MiB cannot be told apart."
    )


def _section(group: list[Result]) -> str:
    work, years = group[0].engine.work, group[0].years
    title = work.title if work is EXACT else f"{work.title} · {years:,} years"
    measured = [result for result in group if result.runs]
    own = {result.engine.threads: result for result in measured if result.engine.is_netloss}
    lines = [f"## {title}"]
    if measured:
        lines.append("")
        rows = [_HEADINGS, ("---", *["---:"] * (len(_HEADINGS) - 1))]
        rows += [_row(result, own.get(result.engine.threads)) for result in measured]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
    absent = [result for result in group if not result.runs]
    if absent:
        lines += ["", "Not available:", ""]
        lines += [
            f"- {_name(result)}, {result.engine.threads} thread(s): {result.left_out or result.fault}"
            for result in absent
        ]
    return "\n".join(lines)


def _row(result: Result, own: Result | None) -> tuple[str, ...]:
    def ratio(of: str, less: float = 0.0) -> str:
        if own is None or own.median(of) == 0:
            return "–"
        return f"{(result.median(of) - less) / own.median(of):.2f}"

    start_up = result.start_up
    return (
        _name(result),
        str(result.engine.threads),
        f"{result.median('wall'):.2f}",
        f"{result.median('processor'):.2f}",
        "–" if start_up is None else f"{start_up:.2f}",
        f"{result.median('peak'):.0f}",
        ratio("wall"),
        ratio("processor"),
        ratio("processor", start_up or 0.0),
        *_answers(result, result.engine.work),
    )


def _answers(result: Result, work: Work) -> tuple[str, str]:
    """How many figures were checked of those asked for, and the worst of them."""
    off, wrong = result.off(), result.wrong()
    if not off:
        return ("none" if result.engine.floor else f"0 of {len(work.asked)}", "–")
    given = sum(name in off for name in work.asked)
    beyond = len(off) - given
    count = f"{given} of {len(work.asked)}" + (f" + {beyond}" if beyond else "")
    name = max(off, key=lambda each: abs(off[each]))
    worst = f"{off[name]:+.1e}" if work is EXACT else f"{off[name]:+.1f}"
    return count, f"{worst} {name}" + (" ✗" if wrong else "")


def _name(result: Result) -> str:
    return f"{result.engine.name} {result.engine.version}".strip()
