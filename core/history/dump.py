"""The figures of the history as CSV files, for a spreadsheet or another program."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..plain import plain
from .figures import quoted

OWN: Final = "own_tables"  # the file of tables that are of no platform
# Where a row is from, by the names of the view `latest`; "title" and "grain" may be figures' own.
WHERE_FROM: Final = {
    "from_id": "snapshots.id",
    "from_file": "snapshots.file",
    "from_made": "snapshots.made",
    "from_profile": "tables.profile",
    "from_title": "tables.title",
    "from_grain": "tables.grain",
    "is_total": "figures.is_total",
}
# What spreadsheets take for a formula when a cell begins with it, full-width forms included:
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA: Final = frozenset("=+-@＝＋－＠")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How spreadsheets of a country expect CSV: the French separate by ; and write 12,5."""

    delimiter: str = ","
    decimal: str = "."


def write_figures(database: sqlite3.Connection, target: Path, *, dialect: Dialect) -> list[Path]:
    """Write all figures: one file for a name that ends in .csv, else a folder.

    A post that five exports list is there five times; `from_made` says how old each figure is.
    The folder gets a file for each kind of export, with just the columns that this kind has.

    Files are UTF-8 with a byte order mark, so that Excel reads accents. A text that a spreadsheet
    would take for a formula has an apostrophe put before it, Excel's own sign for text; figures
    stay figures. Ids are written whole, but Excel shows only 15 of their digits: to keep them,
    import them as text (Data > From Text/CSV).

    Raises `FileExistsError` where a file is there already: nothing is overwritten.
    """
    if target.suffix.lower() == ".csv":
        kinds: list[tuple[Path, str]] = [(target, "1")]
    else:
        profiles = database.execute(
            "SELECT DISTINCT profile FROM tables JOIN snapshots ON snapshots.id = snapshot_id "
            "WHERE replaced_by IS NULL ORDER BY profile"
        )
        kinds = [
            (target / f"{re.sub(r'[^A-Za-z0-9_-]', '_', profile or OWN)}.csv",
             f"tables.profile IS {_text(profile)}")
            for (profile,) in profiles
        ]  # fmt: skip
    there = [path for path, _ in kinds if path.exists()]
    if there:
        raise FileExistsError(f"{there[0]} is there already: give another name, or remove it first")
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix.lower() != ".csv":
        target.mkdir(exist_ok=True)
    for path, condition in kinds:
        with path.open("x", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=dialect.delimiter)
            writer.writerows(_lines(database, condition, dialect))
    return [path for path, _ in kinds]


def _text(value: str | None) -> str:
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def _lines(
    database: sqlite3.Connection, condition: str, dialect: Dialect
) -> Iterator[Sequence[str]]:
    there = (
        "FROM figures JOIN tables ON tables.id = figures.table_id "
        "JOIN snapshots ON snapshots.id = tables.snapshot_id "
        f"WHERE snapshots.replaced_by IS NULL AND {condition}"
    )
    names = [row[1] for row in database.execute("PRAGMA table_info (figures)")][3:]
    columns = {name: f"figures.{quoted(name)}" for name in names}
    counts = ", ".join(["0", *(f"count({column})" for column in columns.values())])
    known = database.execute(f"SELECT {counts} {there}").fetchone()[1:]
    used = [name for name, count in zip(names, known, strict=True) if count]
    yield (*WHERE_FROM, *used)
    listed = ", ".join([*WHERE_FROM.values(), *(columns[name] for name in used)])
    rows: Iterable[Sequence[float | str | None]] = database.execute(
        f"SELECT {listed} {there} ORDER BY snapshots.made, snapshots.id, tables.position, "
        "figures.is_total, figures.row_no"
    )
    for row in rows:
        yield [_cell(value, dialect) for value in row]


def _cell(value: float | str | None, dialect: Dialect) -> str:
    """A cell of the CSV.

    >>> [_cell(value, Dialect(";", ",")) for value in (0.1 + 0.2, 3.0, None, "-", "=1+1", "-5 kg")]
    ['0,3', '3', '', "'-", "'=1+1", "'-5 kg"]
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.lstrip()[:1] in FORMULA and value.strip() else value
    number = plain(value)
    return "" if number is None else str(number).replace(".", dialect.decimal)
