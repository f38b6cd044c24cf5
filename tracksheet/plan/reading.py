"""Reads what people typed, from plan.xlsx or from the grids of a shared sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from ..core.exports import Export, ExportError, ReadOptions
from ..core.exports.profile import vocabulary
from ..core.exports.source import Grid, Workbook, load
from ..core.findings import Finding
from .cell_marks import with_marks
from .entries import (
    account_of,
    brand_spellings,
    competitor_of,
    repeated_accounts,
    repeated_readings,
    rule_of,
    spelt_alike,
)
from .known import SECTIONS, known_names
from .listed import read_lists
from .pasted import SheetExport, sheet_exports
from .people import People
from .rows import TabRow, gathered, read_rows, typed_rows
from .sheets import Sheets, sort_sheets
from .targets import repeated_targets, target_of
from .writings import note_of, placement_of, repeated_ids

__all__ = ["SECTIONS", "PlanRead", "SheetExport", "read_people", "read_plan", "sheet_exports"]

T = TypeVar("T")

# Beside a workbook that is open in Excel or LibreOffice.
_LOCKS = ("~${}", ".~lock.{}#")


@dataclass(frozen=True, slots=True)
class PlanRead:
    """What the plan holds: the words of people, and exports pasted into other sheets."""

    people: People = field(default_factory=People)
    sheets: tuple[SheetExport, ...] = ()

    @property
    def exports(self) -> tuple[Export, ...]:
        """The exports alone."""
        return tuple(sheet.export for sheet in self.sheets)


def read_plan(path: Path | str, *, options: ReadOptions | None = None) -> PlanRead:
    """Read a plan workbook; a plan that is missing is empty, one that cannot be read a finding.

    `options` are those of the plan in tracksheet.toml and hold for its pasted exports; the order
    of day and month also for the tabs of people.
    """
    path = Path(path)
    options = options or ReadOptions()
    if not path.exists():
        return PlanRead()
    try:
        book = load(path, header_score=vocabulary().score)
        made = datetime.fromtimestamp(path.stat().st_mtime)
    except (ExportError, OSError) as error:
        return PlanRead(People(findings=(_unread(path.name, str(error)),)))
    if not isinstance(book, Workbook):
        return PlanRead(People(findings=(_unread(path.name, "this is not an Excel workbook"),)))
    sheets = sort_sheets(book.grids, file=path.name)
    human = {found.grid.sheet for found in sheets.tabs}
    marked = with_marks(path, book.grids, only=human)
    people, others = read_people(marked, file=path.name, day_first=options.day_first)
    exports, found = sheet_exports(others, file=path.name, made=made, options=options)
    findings = (*_open_elsewhere(path), *people.findings, *found)
    return PlanRead(replace(people, findings=findings), exports)


def read_people(
    grids: Sequence[Grid], *, file: str, day_first: bool | None = None
) -> tuple[People, tuple[Grid, ...]]:
    """What people typed in the human tabs, and the sheets that are none.

    `day_first` settles dates such as 03/04/2026, which a French tab writes day first and any
    other leaves open.
    """
    sheets = sort_sheets(grids, file=file)
    listed = read_lists(sheets.lists)
    known = known_names(listed)
    findings: dict[str, list[Finding]] = {found.key: [] for found in sheets.tabs}

    def read(key: str, row: Callable[[TabRow], T | None], *checks: Check[T]) -> tuple[T, ...]:
        rows = _rows(sheets, key, file, day_first, findings.setdefault(key, []))
        things = read_rows(rows, row, findings[key])
        for check in checks:
            findings[key] += check(things)
        return things

    accounts = read("accounts", lambda row: account_of(row, known), repeated_accounts)
    accounts = spelt_alike(accounts)
    currencies = frozenset(one.currency for one in accounts if one.currency)
    known = replace(known, brands=brand_spellings(accounts), currencies=currencies)
    people = People(
        placements=read("plan", placement_of, repeated_ids),
        targets=read("targets", lambda row: target_of(row, known), repeated_targets),
        competitors=read("competitors", lambda row: competitor_of(row, known), repeated_readings),
        notes=read("notes", note_of),
        content=read("content", rule_of),
        accounts=accounts,
        lists=listed,
    )
    said = (one for key in findings for one in gathered(findings[key]))
    return replace(people, findings=(*sheets.findings, *said)), sheets.others


Check = Callable[[Iterable[T]], Iterator[Finding]]


def _rows(
    sheets: Sheets, key: str, file: str, day_first: bool | None, findings: list[Finding]
) -> Iterator[TabRow]:
    for found in sheets.tabs:
        if found.key == key:
            yield from typed_rows(found, file=file, day_first=day_first, findings=findings)


def _unread(name: str, why: str) -> Finding:
    return Finding(
        "error",
        name,
        f"{why.removeprefix(f'{name}: ')}. What people typed is missing from this report: open "
        f"{name} in Excel, save it and close it, then refresh again",
    )


def _open_elsewhere(path: Path) -> Iterator[Finding]:
    if any(path.with_name(lock.format(path.name)).exists() for lock in _LOCKS):
        yield Finding(
            "info",
            path.name,
            "the workbook is open in another program: what was typed since it was last saved is "
            "not in this report",
        )
