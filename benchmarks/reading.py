"""How long reading a large export takes, beside plain `pandas.read_csv` of the same file.

Run: uv run --group test python benchmarks/reading.py [rows]
"""

from __future__ import annotations

import csv
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tracksheet.core.exports import read_export

HEADER = [
    "Post ID",
    "Account ID",
    "Account username",
    "Account name",
    "Description",
    "Duration (sec)",
    "Publish time",
    "Permalink",
    "Post type",
    "Data comment",
    "Date",
    "Views",
    "Reach",
    "Likes",
    "Shares",
    "Comments",
    "Saves",
    "Follows",
]
ROUNDS = 5


def write_export(path: Path, rows: int) -> None:
    """Instagram posts in the shape of Meta Business Suite, texts with commas and line feeds."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            reach = chance.randrange(50, 50_000)
            day = f"{chance.randrange(1, 13):02}/{chance.randrange(1, 29):02}/2025"
            writer.writerow(
                [
                    17_900_000_000_000_000 + number,
                    11111111111111111,
                    "sample_account",
                    "Sample",
                    f"Text {number}, with a comma\nand a second line",
                    chance.randrange(0, 90),
                    f"{day} {chance.randrange(24):02}:{chance.randrange(60):02}",
                    f"https://www.instagram.com/p/{number}",
                    chance.choice(["IG reel", "IG image"]),
                    "",
                    "Lifetime",
                    reach * 2,
                    reach,
                    reach // 20,
                    reach // 400,
                    reach // 300,
                    reach // 500,
                    chance.choice(["", "1", "2"]),
                ]
            )


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Jan-01-2025_Dec-31-2025_1.csv"
        write_export(path, rows)
        ours: list[float] = []
        theirs: list[float] = []
        read_export(path)
        pd.read_csv(path)
        for _ in range(ROUNDS):  # in turn, so that a slow moment of the machine hits both
            ours.append(seconds(lambda: read_export(path)))
            theirs.append(seconds(lambda: pd.read_csv(path)))
        table = read_export(path).tables[0]
        assert len(table.frame) == rows
        assert table.frame["reach"].sum() == pd.read_csv(path)["Reach"].sum()
    pairs = [own / other for own, other in zip(ours, theirs, strict=True)]
    print(
        f"{rows:,} rows: read_export {statistics.median(ours):.2f} s, "
        f"pandas.read_csv {statistics.median(theirs):.2f} s, "
        f"ratio {statistics.median(pairs):.2f} (goal: at most 2)"
    )


if __name__ == "__main__":
    main()
