"""One row of a human tab while it is read: typed cells on request, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TypeVar

from xlsxwriter.utility import xl_col_to_name

from ..core.exports.numbers import Number
from ..core.exports.source import Cell
from ..core.findings import Finding
from . import cells, days
from .cells import FAULTS, CellError, is_blank, is_fault
from .examples import example_word, is_untouched
from .headings import is_heading_row
from .sheets import FoundTab, place

T = TypeVar("T")

SHOWN = 3  # rows with the same remark that get one each; more are told of together


class TabRow:
    """The cells of a row by the key of their heading.

    What cannot be read is noted: as an error that leaves the row out where the cell is `needed`,
    else as a warning, and the cell counts as empty.
    """

    def __init__(self, tab: FoundTab, position: int, file: str, day_first: bool | None) -> None:
        row = tab.grid.rows[position]
        self.number = tab.grid.lines[position]
        self.where = f"{place(file, tab.grid.sheet)}, row {self.number}"
        self.left_out = False
        self.findings: list[Finding] = []
        self._tab = tab
        self._day_first = day_first
        self.cells: dict[str, Cell] = {
            key: row[column]
            for key, column in tab.headings.columns.items()
            if column < len(row) and not is_blank(row[column])
        }

    def heading(self, key: str) -> str:
        """The heading as messages call it."""
        heading = next(one for one in self._tab.headings.tab.headings if one.key == key)
        return heading.words(self._tab.headings.lang)

    def text(self, key: str, *, needed: bool = False) -> str:
        """A name or a few words."""
        return self._read(key, cells.text, "", needed=needed)

    def verbatim(self, key: str, *, needed: bool = False) -> str:
        """Sentences, word for word."""
        return self._read(key, cells.verbatim, "", needed=needed)

    def identifier(self, key: str, *, needed: bool = False) -> str:
        """An id or a name that may be a long number."""
        return self._read(key, cells.identifier, "", needed=needed)

    def flag(self, key: str) -> bool | None:
        """Yes or no; None where the person did not say."""
        return self._read(key, cells.flag, None)

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """A day."""

        def read(cell: Cell) -> date | None:
            return days.day(cell, day_first=self._day_first)

        return self._read(key, read, None, needed=needed)

    def period(self, key: str) -> date | None:
        """The first day of a month, week, quarter or year; needed where it is written at all."""

        def read(cell: Cell) -> date | None:
            return days.period_start(cell, day_first=self._day_first)

        return self._read(key, read, None, needed=True)

    def count(self, key: str, *, whole: bool = True) -> float | None:
        """A number of things, or an amount; never negative."""

        def read(cell: Cell) -> float | None:
            found = cells.number(cell, whole=whole)
            if found.percent:
                raise CellError(f"{cells.shown(cell)} is a percentage: write the number itself")
            if found.value is not None and found.value < 0:
                raise CellError(f"{cells.shown(cell)} is below zero: write what was counted")
            return None if found.value is None else float(found.value)

        return self._read(key, read, None)

    def value(self, key: str, *, whole: bool = False) -> Number | None:
        """Any number; needed."""
        nothing: Number | None = None
        return self._read(key, lambda cell: cells.number(cell, whole=whole), nothing, needed=True)

    def named(
        self, key: str, find: Callable[[str], tuple[str, str]], *, needed: bool = False
    ) -> str:
        """A name held against those that are known; `find` gives it and what to say of it."""

        def read(cell: Cell) -> tuple[str, str]:
            return find(cells.text(cell))

        name, remark = self._read(key, read, ("", ""), needed=needed)
        if remark:
            self.doubt(f"{self.heading(key)}: {remark}")
        return name

    def refuse(self, message: str) -> None:
        """Leave the row out, and say why."""
        self.left_out = True
        end = "" if message.endswith("?") else "."
        self.findings.append(Finding("error", self.where, f"{message}{end} The row is left out"))

    def doubt(self, message: str) -> None:
        """Say what needs a look; the row counts."""
        self.findings.append(Finding("warning", self.where, message))

    def _read(self, key: str, read: Callable[[Cell], T], empty: T, *, needed: bool = False) -> T:
        cell = self.cells.get(key)
        if cell is None:
            return empty
        note = self.refuse if needed else self.doubt
        if is_fault(cell):
            column = xl_col_to_name(self._tab.headings.columns[key])
            name = f"cell {column}{self.number} ({self.heading(key)})"
            note(f"{name} shows {cell}: {FAULTS[str(cell)]}")
            return empty
        try:
            return read(cell)
        except CellError as error:
            note(f"{self.heading(key)}: {error}")
            return empty


def typed_rows(
    tab: FoundTab, *, file: str, day_first: bool | None, findings: list[Finding]
) -> Iterator[TabRow]:
    """The rows that people typed; examples are passed over, with a warning if they were edited."""
    headings = tab.headings
    order = True if day_first is None and headings.lang == "fr" else day_first
    for position in range(headings.row + 1, len(tab.grid.rows)):
        row = TabRow(tab, position, file, order)
        if not row.cells or is_heading_row(tab.grid.rows[position], headings.columns, headings.tab):
            continue
        mark = next((key for key, cell in row.cells.items() if example_word(cell)), None)
        if mark is None:
            yield row
        elif not is_untouched(row.cells, headings.tab):
            row.doubt(
                f"the row is left out as an example, because {row.heading(mark)} begins with "
                f"{example_word(row.cells[mark])!r}. If the row is real, delete that word"
            )
            findings.extend(row.findings)


def read_rows(
    rows: Iterable[TabRow], read: Callable[[TabRow], T | None], findings: list[Finding]
) -> tuple[T, ...]:
    """What each row says; those that cannot be used are findings."""
    found: list[T] = []
    for row in rows:
        value = read(row)
        if value is not None and not row.left_out:
            found.append(value)
        findings.extend(row.findings)
    return tuple(found)


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, with the same remark on many rows told of once."""
    rows: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in findings:
        sheet = finding.where.rpartition(", row ")[0] or finding.where
        rows.setdefault((sheet, finding.severity, finding.message), []).append(finding)
    return tuple(one for same in rows.values() for one in _together(same))


def _together(same: list[Finding]) -> list[Finding]:
    if len(same) <= SHOWN:
        return same
    first = same[0]
    numbers = [finding.where.rpartition(", row ")[2] for finding in same[1 : 1 + SHOWN]]
    more = " …" if len(same) > 1 + SHOWN else ""
    also = f"{len(same) - 1} more rows like it: {', '.join(numbers)}{more}"
    return [Finding(first.severity, first.where, f"{first.message} ({also})")]


def repeated(
    things: Iterable[tuple[object, str]], message: Callable[[str], str]
) -> Iterator[Finding]:
    """A warning for each thing that stands in an earlier row too; things come with their place."""
    first: dict[object, str] = {}
    for thing, where in things:
        if thing in first:
            yield Finding("warning", where, message(first[thing].rpartition(", ")[2]))
        else:
            first[thing] = where
