"""How long the report takes to write, against the same rows written by hand with XlsxWriter.

    python benchmarks/workbook.py [ROWS]

Both write 200,000 rows of 20 columns as one Excel table with number formats, in the same process,
one after the other, twice; the better time of each counts. By hand means the typed calls
(`write_number`, `write_string` …) in a plain loop, and no check of any value.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from xlsxwriter import Workbook

from tracksheet.core.report import Column, Report, ReportTable, Tab, Value
from tracksheet.excel_addin import write_workbook

ROWS = 200_000
ROUNDS = 2

COLUMNS = (
    Column("date", "date", "date"),
    *(Column(key, key) for key in ("channel", "account", "campaign", "post_id", "note")),
    *(Column(f"count_{n}", f"count {n}", "count") for n in range(8)),
    *(Column(f"spend_{n}", f"spend {n}", "currency", currency="EUR") for n in range(3)),
    *(Column(f"rate_{n}", f"rate {n}", "ratio") for n in range(3)),
)
FORMATS = {"count": "#,##0", "currency": '#,##0.00 "EUR"', "ratio": "0.00%", "date": "yyyy-mm-dd"}


def sample(rows: int) -> tuple[tuple[Value, ...], ...]:
    """Invented rows in the shape of a long Data tab, with some figures missing."""
    first = date(2024, 1, 1)
    return tuple(
        (
            first + timedelta(days=n % 700),
            ("instagram", "facebook", "linkedin")[n % 3],
            f"account {n % 12}",
            f"campaign {n % 60}",
            str(17_900_000_000_000_000 + n),
            None if n % 5 else "boosted",
            *((n * 37 + k) % 90_000 for k in range(8)),
            *(None if n % 4 == 0 else (n % 9_973) / 100 + k for k in range(3)),
            *((n % 997) / 9_970 for _ in range(3)),
        )
        for n in range(rows)
    )


def ours(rows: tuple[tuple[Value, ...], ...], path: Path) -> None:
    """The report as the project writes it."""
    table = ReportTable("Data", "", COLUMNS, rows)
    write_workbook(Report("Benchmark", "en", [Tab("Data", "", (), (table,))]), path)


def by_hand(rows: tuple[tuple[Value, ...], ...], path: Path) -> None:
    """The same cells with bare XlsxWriter calls."""
    book = Workbook(path)
    sheet = book.add_worksheet("Data")
    formats = [book.add_format({"num_format": FORMATS.get(c.unit, "General")}) for c in COLUMNS]
    headings = [{"header": column.heading} for column in COLUMNS]
    sheet.add_table(0, 0, len(rows), len(COLUMNS) - 1, {"name": "Data", "columns": headings})
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values):
            if value is None:
                sheet.write_blank(row, column, None, formats[column])
            elif isinstance(value, str):
                sheet.write_string(row, column, value, formats[column])
            elif isinstance(value, date):
                sheet.write_datetime(row, column, value, formats[column])
            else:
                sheet.write_number(row, column, value, formats[column])
    book.close()


def seconds(write: Callable[..., None], rows: tuple[tuple[Value, ...], ...], path: Path) -> float:
    """Processor time of one run, which other programs on the machine do not lengthen."""
    start = time.process_time()
    write(rows, path)
    return time.process_time() - start


def main() -> None:
    """Print both times and their ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    rows = sample(count)
    best = {"tracksheet": float("inf"), "by hand": float("inf")}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(ROUNDS):
            for name, write in (("by hand", by_hand), ("tracksheet", ours)):
                best[name] = min(best[name], seconds(write, rows, Path(folder) / "report.xlsx"))
    print(f"{count:,} rows of {len(COLUMNS)} columns")
    for name, taken in best.items():
        print(f"{name:<12}{taken:8.2f} s")
    print(f"ratio       {best['tracksheet'] / best['by hand']:8.2f}")


if __name__ == "__main__":
    main()
