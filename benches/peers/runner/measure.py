"""Measures a command: wall, processor time and peak memory of a fresh process."""

import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import IO, NoReturn


@dataclass(frozen=True)
class Measured:
    """What a process took, and what it printed. Times in seconds, memory in MiB."""

    wall: float
    processor: float
    peak: float
    output: str
    fault: str | None


def measure(command: list[str], environment: dict[str, str], limit: int) -> Measured:
    """Runs a command to its end, or until it has used so many processor seconds.

    The kernel counts the parent's memory at the fork as the child's: so there is a floor of some 10
    MiB, which is measured as well and printed beside the table.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.perf_counter()
        child = os.fork()
        if child == 0:
            _become(command, environment, limit, output, errors)
        _, status, usage = os.wait4(child, 0)
        wall = time.perf_counter() - began
        code = os.waitstatus_to_exitcode(status)
        return Measured(
            wall=wall,
            processor=usage.ru_utime + usage.ru_stime,
            peak=usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10),
            output=_text(output),
            fault=None if code == 0 else _fault(code, _text(errors), usage.ru_utime >= limit),
        )


def _become(
    command: list[str], environment: dict[str, str], limit: int, output: IO[bytes], errors: IO[bytes]
) -> NoReturn:
    """Replaces the forked child by the command; never comes back to the caller's code."""
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(errors.fileno(), 2)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        os.execvpe(command[0], command, environment)
    except OSError as error:
        os.write(2, f"{command[0]}: {error.strerror}\n".encode())
    finally:
        os._exit(127)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")


def _fault(code: int, errors: str, spent: bool) -> str:
    """Why a command failed, in one line."""
    if spent:
        return "took too long"
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    named = [line for line in lines if line.startswith("error")]
    return (named or lines[-1:] or [f"ended with {code}"])[0]
