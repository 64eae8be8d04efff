"""The machine that the figures belong to."""

import os
import platform
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from .environment import REPOSITORY


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass
class Machine:
    """Model, size and versions; how busy it was before and after."""

    before: tuple[float, float, float] = field(default_factory=os.getloadavg)
    after: tuple[float, float, float] | None = None
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def end(self) -> None:
        self.after = os.getloadavg()

    def document(self) -> dict[str, object]:
        return {
            "processor": _processor(),
            "cores": cores(),
            "memory_gib": _memory(),
            "system": platform.platform(),
            "python": platform.python_version(),
            "rustc": _first_line(["rustc", "--version"]),
            "revision": _first_line(["git", "describe", "--always", "--dirty"]),
            "began": self.began.isoformat(timespec="seconds"),
            "load_before": self.before,
            "load_after": self.after,
        }

    def lines(self) -> list[str]:
        known = self.document()
        loads = f"load average {self.before[0]:.1f} before"
        if self.after is not None:
            loads += f", {self.after[0]:.1f} after"
        about = (
            f"{known['processor']}, {known['cores']} cores, {known['memory_gib']:.0f} GiB; "
            f"{known['system']}; Python {known['python']}, {known['rustc']}; netloss at "
            f"{known['revision']}; {self.began:%Y-%m-%d}; {loads}."
        )
        # Afterwards the engines themselves are part of the load.
        if self.before[0] > cores() / 3 or (self.after or self.before)[0] > cores() + 1:
            return [about, "**The machine was busy: wall times are too long, CPU times a little.**"]
        return [about]


def _processor() -> str:
    """Model name of the processor, with family and model where the name says too little."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    pairs = (line.split(":", 1) for line in text.splitlines() if ":" in line)
    known = {key.strip(): value.strip() for key, value in reversed(list(pairs))}
    name = known.get("model name", platform.machine())
    if "cpu family" in known:
        name += f" (family {known['cpu family']}, model {known.get('model', '?')})"
    return name


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    except OSError:
        return "unknown"
    return (done.stdout.splitlines() or ["unknown"])[0]
