"""What importing the modules behind a cell function costs over starting Python.

Run: uv run --group test python benchmarks/importing.py
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

MODULES = "import tracksheet.core.catalogue, tracksheet.core.formula"
ROUNDS = 21


def milliseconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    extra = [milliseconds(MODULES) - milliseconds("pass") for _ in range(ROUNDS)]
    print(
        f"importing costs {statistics.median(extra):.0f} ms more than starting Python "
        f"(median of {ROUNDS}; goal: under 60)"
    )


if __name__ == "__main__":
    main()
