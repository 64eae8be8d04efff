"""Runs the code of every notebook on results that netloss has just written.

    python3 tests/notebooks.py path/to/netloss

Standard library only: a notebook that needs more has to say so itself.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCENARIOS = ["kakao-2022", "kakao-2022-tower", "starter"]


def code(notebook: Path) -> str:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def main(netloss: str) -> None:
    notebooks = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert notebooks, "no notebook was found"
    with tempfile.TemporaryDirectory() as folder:
        for scenario in SCENARIOS:
            result, chart = Path(folder) / f"{scenario}.json", Path(folder) / f"{scenario}.svg"
            command = [netloss, "project", scenario, "--format", "json", "-o", str(result)]
            subprocess.run(command, check=True, capture_output=True)
            os.environ.update(NETLOSS_RESULT=str(result), NETLOSS_CHART=str(chart))
            for notebook in notebooks:
                exec(compile(code(notebook), str(notebook), "exec"), {})
                assert chart.read_text(encoding="utf-8").startswith("<svg"), notebook
    print(f"{len(notebooks)} notebook(s) ran on {len(SCENARIOS)} results")


if __name__ == "__main__":
    main(sys.argv[1])
