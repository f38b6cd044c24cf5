"""Example rows: how they are told from what a person typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ..core.exports.characters import tidy
from ..core.exports.source import Cell
from .cells import is_blank
from .tabs import EXAMPLE, HumanTab


def _squeezed(typed: str) -> str:
    return "".join(tidy(typed).casefold().split())


_BEGINNINGS = {_squeezed(word): word for word in EXAMPLE.values()}
_LOOKED_AT = 4 * max(map(len, EXAMPLE.values()))


def example_word(cell: Cell) -> str:
    """The word by which a cell marks its row as an example, in either language, or nothing."""
    if not isinstance(cell, str) or ":" not in cell[:_LOOKED_AT]:
        return ""
    begins = _squeezed(cell[:_LOOKED_AT])
    return next((word for key, word in _BEGINNINGS.items() if begins.startswith(key)), "")


def is_untouched(cells: Mapping[str, Cell], tab: HumanTab) -> bool:
    """Whether a row holds nothing but (a part of) the example of its tab."""
    return any(
        all(is_blank(cell) or _same(cell, example.get(key)) for key, cell in cells.items())
        for example in tab.example.values()
    )


def _same(cell: Cell, wanted: str | float | date | None) -> bool:
    if isinstance(cell, str) and isinstance(wanted, str):
        return tidy(cell) == tidy(wanted)
    if isinstance(cell, datetime):
        return cell.date() == wanted
    return cell == wanted
