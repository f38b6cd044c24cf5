"""From a file on disk to grids of cells: encodings, delimiters, sheets. The reader's only I/O."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from .encodings import decode

Cell = str | int | float | bool | datetime | date | time | timedelta
Row = Sequence[Cell]

TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".tab"})
SHEET_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
DELIMITERS = (",", ";", "\t", "|")
WORKBOOK_STARTS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}  # .xlsb and .ods as .xlsx
_WORKBOOK_PARTS = (b"xl/", b"content.xml")  # names of the files in .xlsx and .ods
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # what a protected .xlsx holds, in an OLE file
_WEB_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|table|\?xml)\b", re.IGNORECASE)
_SEPARATOR_LINE = re.compile(r'"?sep=([^\r\n"]?)\1*"?(?:\r\n|\r|\n|$)', re.IGNORECASE)
SNIFFED_CHARACTERS = 65_536
SNIFFED_ROWS = 60
PIECE = 2**20  # bytes looked at together
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
    """A delimited text. `skipped` lines (a `sep=` line) went before `text` in `data`.

    `decoded` is None where the bytes from `start` on are ASCII: so large a text is kept only once.
    """

    name: str
    data: bytes
    start: int
    decoded: str | None
    encoding: str
    delimiter: str
    skipped: int

    @property
    def text(self) -> str:
        return self.decoded if self.decoded is not None else self.beginning(len(self.data))

    def beginning(self, size: int) -> str:
        """The first so many characters."""
        if self.decoded is not None:
            return self.decoded[:size]
        return self.data[self.start : self.start + size].decode("ascii")

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line each begins on; raises `ExportError` where a quotation is open."""
        previous_limit = csv.field_size_limit(MAX_CELL_CHARACTERS)
        before = self.skipped
        try:
            reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter)
            start = before
            for row in reader:
                yield before + 1, row
                start, before = before, reader.line_num + self.skipped
            if before - start > 1:
                self._check_closed(start)
        except csv.Error:
            raise ExportError(
                f"{self.name}, line {before + 1}: a cell of more than {MAX_CELL_CHARACTERS:,} "
                "characters; a quotation mark is probably missing: export the file again, or mend "
                "that line"
            ) from None
        finally:
            csv.field_size_limit(previous_limit)

    def _check_closed(self, start: int) -> None:
        """The last row begins after line `start`; a quotation it leaves open swallowed others."""
        lines = io.StringIO(self.text, newline="")
        for _ in range(start - self.skipped):
            lines.readline()
        try:
            list(csv.reader(lines, delimiter=self.delimiter, strict=True))
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise ExportError(
                    f"{self.name}, line {start + 1}: a quotation mark opens here and is closed "
                    "nowhere, so all that follows stands in one cell: export the file again (it "
                    "may be cut off), or mend that line"
                ) from None

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
    if not path.exists():
        raise ExportError(f"{path.name}: there is no such file in {path.parent.resolve()}")
    if path.is_dir():
        raise ExportError(f"{path.name}: this is a folder; name the files in it")
    if suffix not in TEXT_SUFFIXES | SHEET_SUFFIXES:
        raise ExportError(
            f"{path.name}: cannot read files that end in {suffix or 'nothing'}; "
            "export as .csv, .tsv, .txt, .xlsx or .xls"
        )
    try:
        data = path.read_bytes()
    except PermissionError:
        raise ExportError(
            f"{path.name}: cannot open the file: another program holds it, or you may not read "
            "it; close it there and try again"
        ) from None
    except OSError as error:
        raise ExportError(f"{path.name}: cannot open the file: {error.strerror}") from None
    if data[:4] in WORKBOOK_STARTS:  # a workbook, whatever its name ends in
        return _load_workbook(path.name, data)
    # Some platforms call a tab-separated text .xls, which Excel opens with a warning.
    start = len(BOM_UTF8) if data.startswith(BOM_UTF8) else 0
    plain = _is_ascii(data, start)
    decoded = decode(data[: start + SNIFFED_CHARACTERS] if plain else data)
    if decoded is None:
        raise ExportError(
            f"{path.name}: this is not a text file, whatever its name says; export it again as "
            ".csv or .xlsx"
        )
    text, encoding = decoded
    if _WEB_PAGE.match(text):
        raise ExportError(
            f"{path.name}: this is a web page, not an export; open it in Excel and save it as "
            ".xlsx, or export it again (a page asking to sign in may have been saved in its place)"
        )
    skipped, delimiter = 0, ""
    if line := _SEPARATOR_LINE.match(text):  # a line for Excel that names the delimiter
        text, skipped, delimiter = text[line.end() :], 1, line[1] or "\t"
        start += len(line[0].encode())
    delimiter = delimiter or sniff_delimiter(text, header_score)
    return TextFile(path.name, data, start, None if plain else text, encoding, delimiter, skipped)


def _is_ascii(data: bytes, start: int) -> bool:
    """Whether a text is ASCII and not, with zeros between, UTF-16."""
    if b"\0" in data[:PIECE]:
        return False
    return all(data[at : at + PIECE].isascii() for at in range(start, len(data), PIECE))


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

    if data.startswith(b"PK") and not any(part in data for part in _WORKBOOK_PARTS):
        raise ExportError(f"{name}: this is a zip archive; unpack it and give the files in it")
    protected = ExportError(f"{name}: protected by a password; save a copy without it")
    if _ENCRYPTED in data:
        raise protected
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            grids = tuple(
                _sheet_grid(sheet.name, book.get_sheet_by_name(sheet.name).to_python(False))
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            )
    except PasswordError:
        raise protected from None
    except (CalamineError, OSError) as error:
        raise ExportError(f"{name}: the workbook is damaged ({error}); export it again") from None
    suffix = Path(name).suffix.lower()
    kind = suffix[1:] if suffix in SHEET_SUFFIXES else WORKBOOK_STARTS[data[:4]]
    return Workbook(kind, grids)


def _sheet_grid(name: str, rows: list[list[Cell]]) -> Grid:
    return Grid(name, rows, range(1, len(rows) + 1))
