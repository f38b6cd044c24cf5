"""Which sheet of a workbook is which: the tabs where people type, their lists, and the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..core.exports.source import Grid
from ..core.findings import Finding
from .cells import is_blank
from .headings import HeadingRow, find_headings
from .listed import is_lists
from .spelling import fold
from .tabs import LISTS, READ_ME, TABS, HumanTab, Words


@dataclass(frozen=True, slots=True)
class FoundTab:
    """A human tab: its sheet and its row of headings."""

    grid: Grid
    headings: HeadingRow

    @property
    def key(self) -> str:
        return self.headings.tab.key


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a workbook, sorted. `findings` tell of tabs that cannot be read."""

    tabs: tuple[FoundTab, ...]
    lists: tuple[Grid, ...]
    others: tuple[Grid, ...]
    findings: tuple[Finding, ...]


def sort_sheets(grids: Sequence[Grid], *, file: str) -> Sheets:
    """Tell the human tabs by their headings, whatever they are called, or else by their names.

    A sheet with the name of a human tab is never taken for anything else: it is read, or a
    finding says what it lacks.
    """
    tabs: list[FoundTab] = []
    lists: list[Grid] = []
    others: list[Grid] = []
    findings: list[Finding] = []
    for grid in grids:
        if _is_called(grid, READ_ME):
            continue
        if _is_called(grid, LISTS) or is_lists(grid):
            lists.append(grid)
            continue
        headings = _headings(grid)
        named = _named(grid)
        if headings is not None and headings.whole and not headings.twice:
            tabs.append(FoundTab(grid, headings))
            findings += _doubts(grid, headings, file)
        elif headings is not None:
            findings.append(_unusable(grid, headings, file))
        elif named is not None:
            findings.append(_without_headings(grid, named, file))
        else:
            others.append(grid)
    findings += _several(tabs, file)
    return Sheets(tuple(tabs), tuple(lists), tuple(others), tuple(findings))


def is_empty(grid: Grid) -> bool:
    """Whether there is nothing in a sheet."""
    return all(is_blank(cell) for row in grid.rows for cell in row)


def place(file: str, sheet: str) -> str:
    """How messages call a sheet of the plan."""
    return f"{file}, {sheet}"


def lookalike(grid: Grid) -> HeadingRow | None:
    """The headings of the tab that a sheet resembles, although neither is sure."""
    found = (find_headings(grid, tab) for tab in TABS)
    likely = [one for one in found if one is not None and one.whole]
    return max(likely, key=lambda one: one.share, default=None)


def _headings(grid: Grid) -> HeadingRow | None:
    """The headings that decide which tab a sheet is, whole or not; None if it is no human tab."""
    found = [one for tab in TABS if (one := find_headings(grid, tab)) is not None]
    sure = [one for one in found if one.sure]
    if sure:
        return max(sure, key=lambda one: (one.share, _is_called(grid, one.tab.name)))
    called = [one for one in found if _is_called(grid, one.tab.name)]
    begins = [one for one in found if one.whole and _begins_with(grid, one.tab.name)]
    return next(iter([*called, *begins]), None)


def _named(grid: Grid) -> HumanTab | None:
    return next((tab for tab in TABS if _is_called(grid, tab.name)), None)


def _is_called(grid: Grid, name: Words) -> bool:
    return fold(grid.sheet) in {fold(word) for word in name.values()}


def _begins_with(grid: Grid, name: Words) -> bool:
    """ "Targets 2026", "Objectifs (2)"."""
    return any(fold(grid.sheet).startswith(fold(word)) for word in name.values())


def _doubts(grid: Grid, headings: HeadingRow, file: str) -> Iterator[Finding]:
    """Columns that are missing while others, which nobody knows, hold something."""
    missing = [one for one in headings.tab.headings if one.key not in headings.columns]
    used = {
        position: word
        for position, word in headings.strangers.items()
        if any(
            position < len(row) and not is_blank(row[position])
            for row in grid.rows[headings.row + 1 :]
        )
    }
    for heading in missing:
        near = headings.near(heading.key)
        if near in used.values():
            yield Finding(
                "warning",
                place(file, grid.sheet),
                f"the column {near!r} is not read: it is perhaps meant to be called "
                f"{heading.words(headings.lang)!r}",
            )
            used = {position: word for position, word in used.items() if word != near}
            missing = [one for one in missing if one is not heading]
    if missing and used:
        yield Finding(
            "info",
            place(file, grid.sheet),
            f"there is no column {_either(one.words(headings.lang) for one in missing)}, and "
            f"these are not read: {', '.join(map(repr, used.values()))}. If one of them is meant, "
            "give it that heading",
        )


def _unusable(grid: Grid, headings: HeadingRow, file: str) -> Finding:
    """A human tab that lacks a necessary column, or has one twice: nothing in it is read."""
    tab, lang = headings.tab, headings.lang
    words = {heading.key: heading.words(lang) for heading in tab.headings}
    line = grid.lines[headings.row]
    if headings.twice:
        twice = ", ".join(repr(words[key]) for key in dict.fromkeys(headings.twice))
        what = f"row {line} has the heading {twice} twice: rename or delete one of the two columns"
    else:
        group = headings.lacking[0]
        near = next((found for key in group if (found := headings.near(key))), "")
        hint = f" (is it {near!r}?)" if near else ""
        what = (
            f"row {line} has no heading {_either(words[key] for key in group)}{hint}: add it "
            "above its column"
        )
    return Finding("error", place(file, grid.sheet), f"{what}. Nothing in this tab was read")


def _without_headings(grid: Grid, tab: HumanTab, file: str) -> Finding:
    if is_empty(grid):
        return Finding("info", place(file, grid.sheet), "the tab is empty")
    lang = "fr" if fold(grid.sheet) == fold(tab.name["fr"]) != fold(tab.name["en"]) else "en"
    headings = " | ".join(heading.words(lang) for heading in tab.headings)
    return Finding(
        "error",
        place(file, grid.sheet),
        f"no row of headings was found, so nothing in this tab was read. Write them in one row "
        f"above what you typed: {headings}. If this is another table, give the sheet another name",
    )


def _several(tabs: Sequence[FoundTab], file: str) -> Iterator[Finding]:
    """Sheets that are the same tab: all are read, because leaving one out would lose words."""
    for tab in TABS:
        sheets = [found.grid.sheet for found in tabs if found.key == tab.key]
        if len(sheets) > 1:
            names = " and ".join(map(repr, sheets))
            yield Finding(
                "warning",
                place(file, sheets[1]),
                f"{names} have the same headings and are both read: if one is an old copy, "
                "delete it, or move it to another file",
            )


def _either(words: Iterable[str]) -> str:
    return " or ".join(map(repr, words))
