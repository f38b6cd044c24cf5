"""From a file on disk to grids of cells: encodings, delimiters, sheets. The reader's only I/O."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

Cell = str | int | float | bool | datetime | date | time | timedelta
Row = Sequence[Cell]

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"})
SHEET_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
DELIMITERS = (",", ";", "\t", "|")
# Spreadsheets of other alphabets save "CSV" in the code page of their Windows.
CODE_PAGES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254"]
WORKBOOK_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls
SNIFFED_CHARACTERS = 65_536
SNIFFED_ROWS = 60
MAX_CELL_CHARACTERS = 1_000_000  # a post is at most some 60,000 characters; more is a lost quote


class ExportError(ValueError):
    """A file that cannot be read, or not without guessing; the message says where and the fix."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet. `lines` holds for each row its line (or row) in the file."""

    sheet: str
    rows: list[list[Cell]]
    lines: Sequence[int]


@dataclass(frozen=True, slots=True)
class TextFile:
    """A delimited text. `skipped` lines (a `sep=` line) went before `text` in `data`."""

    name: str
    data: bytes
    text: str
    encoding: str
    delimiter: str
    skipped: int

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line each begins on; raises `ExportError` where a quotation is open."""
        previous_limit = csv.field_size_limit(MAX_CELL_CHARACTERS)
        before = self.skipped
        try:
            reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
            for row in reader:
                yield before + 1, row
                before = reader.line_num + self.skipped
        except csv.Error as error:
            raise ExportError(
                f"{self.name}, line {before + 1}: {error}; a quotation mark is probably missing: "
                "export the file again, or mend that line"
            ) from None
        finally:
            csv.field_size_limit(previous_limit)

    def grid(self) -> Grid:
        """All rows."""
        rows: list[list[Cell]] = []
        lines: list[int] = []
        for line, row in self.rows():
            rows.append(list(row))
            lines.append(line)
        return Grid("", rows, lines)


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a workbook; `format` is how its file name ends: xlsx, xls …"""

    format: str
    grids: tuple[Grid, ...]


def load(path: Path, *, header_score: Callable[[Sequence[str]], int]) -> TextFile | Workbook:
    """Open a .csv, .tsv, .txt, .xlsx or .xls file; raises `ExportError`.

    `header_score` tells how many cells of a row are known headers: it settles the delimiter.
    """
    suffix = path.suffix.lower()
    if suffix not in TEXT_SUFFIXES | SHEET_SUFFIXES:
        raise ExportError(
            f"{path.name}: cannot read files that end in {suffix or 'nothing'}; "
            "export as .csv, .tsv, .txt, .xlsx or .xls"
        )
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ExportError(f"{path.name}: there is no such file") from None
    except OSError as error:
        raise ExportError(f"{path.name}: cannot open the file: {error.strerror}") from None
    if data[:4] in WORKBOOK_STARTS:  # a workbook, whatever its name ends in
        return _load_workbook(path.name, data)
    # Some platforms call a tab-separated text .xls, which Excel opens with a warning.
    text, encoding = decode(data, path.name)
    skipped, delimiter = 0, ""
    if text[:4].lower() == "sep=":  # a line for Excel that names the delimiter
        first, _, text = text.partition("\n")
        delimiter = first.rstrip("\r")[4:5] or "\t"
        skipped = 1
    delimiter = delimiter or sniff_delimiter(text, header_score)
    return TextFile(path.name, data, text, encoding, delimiter, skipped)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Text and encoding of a file's bytes: byte order mark, then UTF-8, then code pages."""
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace"), "utf-8-sig"
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be")):
        if data.startswith(mark):
            return data[2:].decode(encoding, "replace"), encoding
    head = data[:4096]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 4:
        return data.decode("utf-16le", "replace"), "utf-16le"
    if len(head) > 3 and head[0::2].count(0) > len(head) // 4:
        return data.decode("utf-16be", "replace"), "utf-16be"
    if b"\x00" in head:
        raise ExportError(f"{name}: this is not a text file; export it again as .csv or .xlsx")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_code_page(data)


def _decode_code_page(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SNIFFED_CHARACTERS], cp_isolation=CODE_PAGES).best()
    encoding = best.encoding if best is not None else "cp1252"
    return data.decode(encoding, "replace"), encoding


def sniff_delimiter(text: str, header_score: Callable[[Sequence[str]], int]) -> str:
    """The delimiter whose first rows hold most known headers, then the most even rows."""

    def score(delimiter: str) -> tuple[int, float, int]:
        sample = io.StringIO(text[:SNIFFED_CHARACTERS], newline="")
        rows: list[list[str]] = []
        try:
            for row in csv.reader(sample, delimiter=delimiter):
                if any(row):
                    rows.append(row)
                if len(rows) >= SNIFFED_ROWS:
                    break
        except csv.Error:
            return (0, 0.0, 0)
        widths = Counter(len(row) for row in rows)
        if not widths:
            return (0, 0.0, 0)
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        known = max(header_score(row) for row in rows)
        return (known if known > 1 else 0, count / len(rows) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=score)


def _load_workbook(name: str, data: bytes) -> Workbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            grids = tuple(
                _sheet_grid(sheet.name, book.get_sheet_by_name(sheet.name).to_python(False))
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            )
    except PasswordError:
        raise ExportError(f"{name}: protected by a password; save a copy without it") from None
    except (CalamineError, OSError) as error:
        raise ExportError(f"{name}: the workbook is damaged ({error}); export it again") from None
    return Workbook(name.rpartition(".")[2].lower(), grids)


def _sheet_grid(name: str, rows: list[list[Cell]]) -> Grid:
    return Grid(name, rows, range(1, len(rows) + 1))
