"""Gets the engines ready: the peers' packages, and netloss itself."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent
ENGINES = PEERS / "engines"
SCENARIOS = PEERS.parent / "scenarios"
REPOSITORY = PEERS.parent.parent

# Settings that would slow the peers alone: linear algebra pinned to an older processor, and Python
# compiling its files anew at every start.
_UNFAIR = (
    "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "NVPL_BLAS_DEBUG_CPU_TYPE", "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip


@dataclass
class Peers:
    """A Python with the peers' packages: which are there, and why others are not."""

    python: Path
    versions: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def why_not(self, package: str) -> str | None:
        """Why a package cannot be used; nothing where it can."""
        if package in self.versions:
            return None
        return self.missing.get(package, "not installed")


def cache() -> Path:
    """The folder that outlives the clone."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "netloss" / "peers"


def present() -> Peers:
    """The peers' environment as it is, or else this Python with what it happens to have."""
    python = _python(cache() / "venv")
    python = python if python.exists() else Path(sys.executable)
    return Peers(python, _versions(python))


def installed() -> Peers:
    """The peers' environment, made where it is missing and completed package by package."""
    folder = cache() / "venv"
    python = _python(folder)
    if not python.exists():
        made = _run([sys.executable, "-m", "venv", str(folder)])
        if made is not None:
            print(f"no environment for the peers: {made}", file=sys.stderr)
            return Peers(Path(sys.executable))
    wanted, versions, missing = _wanted(), _versions(python), {}
    for package, version in wanted.items():
        if versions.get(package) == version:
            continue
        print(f"installing {package} {version}", file=sys.stderr)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        # No peer may move another one's version.
        fault = _run([*pip, "--constraint", str(PEERS / "packages.txt"), f"{package}=={version}"])
        if fault is not None:
            missing[package] = f"not installed: {fault}"
    return Peers(python, _versions(python), missing)


def built() -> tuple[Path | None, str | None]:
    """Builds netloss as a user would; tells where it is, or why it is not there."""
    command = ["cargo", "build", "--release", "--message-format", "json-render-diagnostics"]
    try:
        made = subprocess.run(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    except OSError as error:
        return None, f"cargo: {error.strerror}"
    for line in made.stdout.splitlines() if made.returncode == 0 else []:
        message = json.loads(line)
        if message.get("executable") and message["target"]["name"] == "netloss":
            return Path(message["executable"]), None
    return None, "not built"


def variables(threads: int) -> dict[str, str]:
    """The environment of an engine that may use so many threads."""
    kept = {name: value for name, value in os.environ.items() if name not in _UNFAIR}
    limits = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS")
    return {
        **kept,
        **dict.fromkeys(limits, str(threads)),
        "NUMBA_CACHE_DIR": str(cache() / f"numba-{_digest()}"),
        "PYTHONPYCACHEPREFIX": str(cache() / "bytecode"),
    }


def _digest() -> str:
    """A name for the engines as they are: Numba's cache does not see a changed constant."""
    sources = b"".join(path.read_bytes() for path in sorted(ENGINES.glob("*.py")))
    return hashlib.sha256(sources).hexdigest()[:12]


def _wanted() -> dict[str, str]:
    lines = (PEERS / "packages.txt").read_text(encoding="utf-8").splitlines()
    named = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    return dict(line.split("==") for line in named)


def _versions(python: Path) -> dict[str, str]:
    """What of the wanted packages a Python has."""
    script = (
        "import importlib.metadata as m, json, sys\n"
        "found = {d.metadata['Name'].lower(): d.version for d in m.distributions()}\n"
        "print(json.dumps({n: found[n] for n in sys.argv[1:] if n in found}))"
    )
    listed = subprocess.run([str(python), "-c", script, *_wanted()], capture_output=True, text=True)
    return json.loads(listed.stdout) if listed.returncode == 0 else {}


def _python(folder: Path) -> Path:
    return folder / "bin" / "python"


def _run(command: list[str]) -> str | None:
    """Runs a command; gives the first line of what it complains about, where it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return None
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    named = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return (named or lines[-1:] or [f"ended with {done.returncode}"])[0]
