"""Values of a report into cells: numbers as numbers, text as text.

All cells of a column have one format and one path through this module, which keeps a Data tab of
millions of cells about as fast as bare XlsxWriter calls.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..core.report import Unit, Value
from .names import shorten, utf16_length

# https://support.microsoft.com/office/excel-specifications-and-limits
TEXT_LENGTH = 32_767
LINK_LENGTH = 2_079
LINKS_PER_SHEET = 65_530
DIGITS = 15  # a number keeps 15 digits; a longer id would silently end in zeros

_LARGEST_WHOLE = 10**DIGITS
_DAY_ZERO = datetime(1899, 12, 30)
# Excel believes in 29 February 1900, so serial numbers are only right after it.
_FIRST_DAY = date(1900, 3, 1)
_LINK = re.compile(r"https?://[^\s\"<>\x00-\x20\ud800-\udfff\ufffe\uffff]+", re.IGNORECASE)
_LINE_END = re.compile("\r\n?")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # https://www.w3.org/TR/xml/#charsets
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # half an emoji, which no encoding can write


@dataclass(slots=True)
class Tally:
    """What has been counted on one sheet against Excel's limits."""

    links: int = 0
    not_linked: int = 0
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column from row `top` down, how they look, and their name in messages."""

    sheet: Worksheet
    top: int
    column: int
    style: Format
    name: str
    tally: Tally
    unit: Unit = "text"

    def write(self, values: Sequence[Value], *, start: int, stop: int) -> None:
        """Write `values[start:stop]`; `ValueError` names table, column and row."""
        column, style = self.column, self.style
        write_number, write_blank = self.sheet.write_number, self.sheet.write_blank
        write_string = self._link if self.unit == "url" else self._text
        for row, value in enumerate(values[start:stop], start=self.top + start):
            # The usual kinds first: this loop runs once for every cell of the report.
            if type(value) is float and math.isfinite(value):
                write_number(row, column, value, style)
            elif type(value) is str:
                write_string(row, value)
            elif value is None:
                write_blank(row, column, None, style)
            elif type(value) is int and -_LARGEST_WHOLE < value < _LARGEST_WHOLE:
                write_number(row, column, value, style)
            else:
                self._write_other(row, value)

    def _write_other(self, row: int, value: object) -> None:
        try:
            cell = _plain(value, dated=self.unit in ("date", "datetime"))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{self.name}, row {row - self.top + 1}: {error}") from None
        if isinstance(cell, str):
            self._text(row, cell)
        elif isinstance(cell, bool):
            self.sheet.write_boolean(row, self.column, cell, self.style)
        else:
            self.sheet.write_number(row, self.column, cell, self.style)

    def _text(self, row: int, text: str) -> None:
        self.tally.cut += write_text(self.sheet, row, self.column, text, self.style)

    def _link(self, row: int, text: str) -> None:
        if not is_link(text):
            self._text(row, text)
        elif self.tally.links >= LINKS_PER_SHEET:
            self.tally.not_linked += 1
            self._text(row, text)
        else:
            self.tally.links += 1
            self.sheet.write_url(row, self.column, text, self.style, text)


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> bool:
    """Write text as text whatever it looks like; true when it had to be cut to fit a cell."""
    if not text.isprintable():
        text = legible(text)
    if not text:
        sheet.write_blank(row, column, None, style)
        return False
    cut = len(text) > TEXT_LENGTH // 2 and utf16_length(text) > TEXT_LENGTH
    if cut:
        text = shorten(text, TEXT_LENGTH - 1) + "…"
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a string for its own rich text and would write it unescaped.
        sheet.write_rich_string(row, column, "<", "r", text[2:], style)
    else:
        sheet.write_string(row, column, text, style)
    return cut


def is_link(text: str) -> bool:
    """Whether a text is a web address that a cell can lead to."""
    return len(text) <= LINK_LENGTH and _LINK.fullmatch(text) is not None


def write_led_text(
    sheet: Worksheet, row: int, column: int, parts: tuple[str, str], looks: tuple[Format, ...]
) -> bool:
    """Write a bold beginning and the text after it; true when the text had to be cut.

    `looks` are the formats of the beginning, of the text, and of the cell.
    """
    lead, text = map(legible, parts)
    cut = utf16_length(lead + text) > TEXT_LENGTH
    if cut:
        text = shorten(text, TEXT_LENGTH - utf16_length(lead) - 1) + "…"
    if not lead or not text:
        write_text(sheet, row, column, lead + text, looks[-1])
    else:
        sheet.write_rich_string(row, column, looks[0], lead, looks[1], text, looks[2])
    return cut


def legible(text: str) -> str:
    """The text without the invisible control characters that XML forbids, lines ended by "\\n".

    Excel has an escape for them, but most other readers would show it: "_x000D_".
    """
    text = _NOT_IN_XML.sub("", _LINE_END.sub("\n", text))
    return _HALF_CHARACTER.sub("\ufffd", text)


def _plain(value: object, *, dated: bool) -> str | float | bool:
    """A value of a rarer kind as one that a cell knows.

    Dates become serial numbers where the column is `dated`, so has a date format; elsewhere they
    become text, since a serial number would be read as a figure.
    """
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if -_LARGEST_WHOLE < value < _LARGEST_WHOLE else str(int(value))
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        raise ValueError(f"{value} is no number; a missing value is None")
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return _serial(value) if dated and _day(value) >= _FIRST_DAY else str(value)
    raise TypeError(f"a cell cannot hold a {type(value).__name__} ({value!r})")


def _serial(value: date) -> float:
    if not isinstance(value, datetime):
        return (value - _DAY_ZERO.date()).days
    # The clock is the one the value shows: a cell knows no time zone.
    since = value.replace(tzinfo=None) - _DAY_ZERO
    return since.days + (since.seconds + since.microseconds / 1e6) / 86_400


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
