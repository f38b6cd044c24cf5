"""The Lists tab as people left it: the names their team agreed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from ..core.exports.source import Cell, Grid
from .cells import is_blank, text
from .headings import SEARCHED_ROWS
from .lists import NamedList, lists
from .spelling import fold

ENOUGH = 5  # lists side by side that tell the tab when it was renamed

Rows = tuple[tuple[str, ...], ...]


def is_lists(grid: Grid) -> bool:
    """Whether a sheet holds several of our lists side by side."""
    return _heading_row(grid, ENOUGH) is not None


def read_lists(grids: Sequence[Grid]) -> Mapping[str, Rows]:
    """The rows of each list by its key; the first sheet that has a list gives it."""
    found: dict[str, Rows] = {}
    for grid in grids:
        row = _heading_row(grid, 1)
        if row is not None:
            for key, columns in _columns(grid.rows[row]).items():
                found.setdefault(key, tuple(_rows(grid.rows[row + 1 :], columns)))
    return found


def _heading_row(grid: Grid, fewest: int) -> int | None:
    rows = range(min(len(grid.rows), SEARCHED_ROWS))
    best = max(rows, key=lambda row: len(_columns(grid.rows[row])), default=None)
    return best if best is not None and len(_columns(grid.rows[best])) >= fewest else None


def _columns(row: Sequence[Cell]) -> dict[str, tuple[int, ...]]:
    """For each list whose headings stand side by side in a row the positions of its columns."""
    names = [fold(cell) if isinstance(cell, str) else "" for cell in row]
    found: dict[str, tuple[int, ...]] = {}
    for one in lists():
        for position in range(len(names)):
            if _stands_at(one, names, position):
                found.setdefault(one.key, tuple(range(position, position + len(one.widths))))
    return found


def _stands_at(one: NamedList, names: Sequence[str], position: int) -> bool:
    size = len(one.widths)
    here = names[position : position + size]
    spellings = zip(*one.headings.values(), strict=True)
    return len(here) == size and all(
        name in map(fold, words) for name, words in zip(here, spellings, strict=True)
    )


def _rows(rows: Sequence[Sequence[Cell]], columns: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    examples = {row for one in lists() if one.example_rows for row in chain(*one.rows.values())}
    for row in rows:
        cells = [row[position] if position < len(row) else "" for position in columns]
        texts = tuple("" if is_blank(cell) else text(cell) for cell in cells)
        if any(texts) and texts not in examples:
            yield texts
