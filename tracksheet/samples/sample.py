"""One sample file: its text, and what a reader must find in it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

Cell = str | int | float
Rows = Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Truth:
    """One table as it was meant: rows without totals, and the sum of each column by metric id."""

    profile: str
    rows: int
    sums: Mapping[str, float]
    totals: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A file before it is written; `made` is when the platform is said to have exported it."""

    name: str
    content: bytes
    made: datetime
    tables: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A file that was written, and the tables in it."""

    path: Path
    tables: tuple[Truth, ...]


class AllQuoted(csv.excel):
    """Every cell in quotes, as Meta writes its daily files."""

    quoting = csv.QUOTE_ALL


def csv_text(rows: Rows, *, end: str = "\n", quote_all: bool = False) -> str:
    """Rows as comma-separated text, quoted where the platform quotes."""
    text = io.StringIO(newline="")
    dialect = AllQuoted if quote_all else csv.excel
    csv.writer(text, dialect, lineterminator=end).writerows(rows)
    return text.getvalue()


def utf8_bom(text: str) -> bytes:
    """As Meta and TikTok write their lists."""
    return codecs.BOM_UTF8 + text.encode("utf-8")


def utf16(text: str) -> bytes:
    """As Meta writes its daily files: little endian, with a byte order mark."""
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le")


def column_sums(columns: Mapping[str, str], headers: Sequence[str], rows: Rows) -> dict[str, float]:
    """Sums of the columns named by `columns` (metric id → header), empty cells left out."""
    listed = list(rows)
    return {
        metric: sum(
            cell for row in listed if not isinstance(cell := row[headers.index(header)], str)
        )
        for metric, header in columns.items()
    }
