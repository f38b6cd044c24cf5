"""The row of headings of a sheet: which human tab it belongs to, and where each column is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ..core.exports.source import Cell, Grid
from ..core.nearest import did_you_mean
from .cells import is_blank
from .spelling import fold
from .tabs import HumanTab

SEARCHED_ROWS = 50  # people put titles, a logo or a few lines of their own above the headings
FEWEST = 2  # one word alone may stand anywhere
SURE = 0.75  # this share of a tab's headings tells the tab whatever the sheet is called


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of a tab as found in a sheet.

    `row` is the position in the grid, `columns` has for each key the position of its column.
    `strangers` are the other headings, and `twice` the keys that two columns claim.
    """

    tab: HumanTab
    row: int
    columns: Mapping[str, int]
    strangers: Mapping[int, str]
    twice: tuple[str, ...]
    lang: str

    @property
    def share(self) -> float:
        """How much of the tab is there."""
        return len(self.columns) / len(self.tab.headings)

    @property
    def lacking(self) -> tuple[tuple[str, ...], ...]:
        """Groups of necessary columns of which none is there."""
        return tuple(
            group for group in self.tab.necessary if not any(key in self.columns for key in group)
        )

    @property
    def whole(self) -> bool:
        """Whether what is necessary is there."""
        return len(self.columns) >= FEWEST and not self.lacking

    @property
    def sure(self) -> bool:
        """Whether the headings alone tell the tab."""
        return self.whole and self.share >= SURE

    def near(self, key: str) -> str:
        """A heading in the sheet that may be a slip of this one, or nothing."""
        heading = next(one for one in self.tab.headings if one.key == key)
        for stranger in self.strangers.values():
            words = (heading.en.casefold(), heading.fr.casefold())
            if did_you_mean(stranger.casefold(), words):
                return stranger
        return ""


def find_headings(grid: Grid, tab: HumanTab) -> HeadingRow | None:
    """The row with most headings of the tab, the first of equals; None where no row has any two."""
    known = words_of(tab)
    best, best_score = -1, FEWEST - 1
    for position, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        keys = {known[name] for cell in row if (name := _name(cell)) in known}
        if len(keys) > best_score:
            best, best_score = position, len(keys)
    return _heading_row(grid, tab, best) if best >= 0 else None


@cache
def _words(key: str, words: tuple[tuple[str, str, str], ...]) -> dict[str, str]:
    return {fold(word): name for name, *spellings in words for word in (name, *spellings)}


def words_of(tab: HumanTab) -> dict[str, str]:
    """The key of each heading, by its spellings in both languages."""
    return _words(tab.key, tuple((one.key, one.en, one.fr) for one in tab.headings))


def is_heading_row(row: Sequence[Cell], columns: Mapping[str, int], tab: HumanTab) -> bool:
    """Whether a row only says the headings again, as where two lists were pasted together."""
    known = words_of(tab)
    said = 0
    for key, position in columns.items():
        cell = row[position] if position < len(row) else ""
        if not is_blank(cell):
            if known.get(_name(cell)) != key:
                return False
            said += 1
    return said >= FEWEST


def _heading_row(grid: Grid, tab: HumanTab, row: int) -> HeadingRow:
    known = words_of(tab)
    columns: dict[str, int] = {}
    strangers: dict[int, str] = {}
    twice: list[str] = []
    for position, cell in enumerate(grid.rows[row]):
        key = known.get(_name(cell))
        if key is None:
            if not is_blank(cell):
                strangers[position] = str(cell).strip()
        elif key in columns:
            twice.append(key)
        else:
            columns[key] = position
    names = [_name(cell) for cell in grid.rows[row]]
    return HeadingRow(tab, row, columns, strangers, tuple(twice), _language(names, grid.sheet, tab))


def _name(cell: Cell) -> str:
    return fold(cell) if isinstance(cell, str) and len(cell) < 80 else ""


def _language(names: Sequence[str], sheet: str, tab: HumanTab) -> str:
    """The language of most headings that differ between the two, else of the tab's name."""
    votes = {"en": 0, "fr": 0}
    for heading in tab.headings:
        en, fr = fold(heading.en), fold(heading.fr)
        if en != fr:
            votes["en"] += en in names
            votes["fr"] += fr in names
    if votes["en"] != votes["fr"]:
        return "fr" if votes["fr"] > votes["en"] else "en"
    called = [lang for lang in votes if fold(tab.name[lang]) == fold(sheet)]
    return called[0] if len(called) == 1 else ""
