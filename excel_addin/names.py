"""Names that Excel accepts: of sheets, of tables, of the headings of one table.

Excel does not refuse a workbook with a bad name: it opens with "We found a problem with some
content" and drops the table. So every name is made valid and unique here, before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SHEET_NAME_LENGTH = 31
TABLE_NAME_LENGTH = 255
HEADING_LENGTH = 255

# "History" is kept by Excel for its own change log, under its name in the language of Excel too.
RESERVED_SHEETS = frozenset({"history", "historique"})

_NOT_IN_SHEET = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_NOT_IN_TABLE = re.compile(r"[^\w.]+")
_CELL_LIKE = re.compile(r"[a-z]{1,3}\d+|r\d*(c\d*)?|c\d*", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def sheet_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """Valid sheet names, unique without regard to case, in the same order.

    >>> sheet_names(["Posts: May/June", "History", "posts  May June"])
    ('Posts May June', 'History_', 'posts May June (2)')
    """
    taken: set[str] = set()
    return tuple(_sheet_name(name, taken) for name in wanted)


def table_names(wanted: Iterable[str]) -> tuple[str, ...]:
    """Valid table names, unique without regard to case, in the same order.

    >>> table_names(["kpi by channel", "Q1", "KPI_by_channel", "2024"])
    ('kpi_by_channel', '_Q1', 'KPI_by_channel_2', '_2024')
    """
    taken: set[str] = set()
    return tuple(_table_name(name, taken) for name in wanted)


def headings(wanted: Iterable[str]) -> tuple[str, ...]:
    """Headings of one table: on one line, never empty, unique without regard to case.

    >>> headings(["Reach", "", "reach"])
    ('Reach', 'Column 2', 'reach (2)')
    """
    taken: set[str] = set()
    return tuple(
        _unique(one_line(name) or f"Column {position}", taken, HEADING_LENGTH, " ({})")
        for position, name in enumerate(wanted, start=1)
    )


def one_line(text: str) -> str:
    """The text without line breaks, control characters and doubled spaces.

    No-break spaces stay: they keep a French colon from beginning a line.
    """
    return _SPACES.sub(" ", _UNPRINTABLE.sub(" ", text)).strip(" ")


def utf16_length(text: str) -> int:
    """The length as Excel counts it: an emoji counts for two."""
    return len(text.encode("utf-16-le")) // 2


def shorten(text: str, length: int) -> str:
    """At most `length` characters as Excel counts them, without half an emoji at the end."""
    if len(text) <= length // 2:
        return text
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", errors="ignore")


def _sheet_name(wanted: str, taken: set[str]) -> str:
    name = one_line(_NOT_IN_SHEET.sub(" ", wanted)).strip("' ") or "Sheet"
    if name.casefold() in RESERVED_SHEETS:
        name += "_"
    return _unique(name, taken, SHEET_NAME_LENGTH, " ({})")


def _table_name(wanted: str, taken: set[str]) -> str:
    name = _NOT_IN_TABLE.sub("_", one_line(wanted))
    if not name or not (name[0].isalpha() or name[0] == "_") or _CELL_LIKE.fullmatch(name):
        name = f"_{name}"
    return _unique(name, taken, TABLE_NAME_LENGTH, "_{}")


def _unique(name: str, taken: set[str], length: int, suffix: str) -> str:
    chosen = shorten(name, length).strip("' ")
    number = 1
    while chosen.lower() in taken:
        number += 1
        ending = suffix.format(number)
        chosen = shorten(name, length - len(ending)).rstrip("' ") + ending
    taken.add(chosen.lower())
    return chosen
