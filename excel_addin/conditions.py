"""The colours of good and bad news as conditional formats.

They stay right when people sort, filter and edit, and cost nothing on a long table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from .formats import Styles
from .tones import ToneRule
from .values import legible

QUOTED_LENGTH: Final = 128  # half of what Excel allows for a text in a formula, its quotes doubled

Area = tuple[int, int, int, int]  # first row, first column, last row, last column


def colour(sheet: Worksheet, area: Area, rules: Sequence[ToneRule], *, styles: Styles) -> None:
    """Colour the values of a column by the rules of their tones."""
    first = xl_rowcol_to_cell(area[0], area[1])
    for rule in rules:
        options = {
            "type": "formula", "criteria": _condition(rule, first), "format": styles.ink(rule.tone)
        }  # fmt: skip
        sheet.conditional_format(*area, options)


def _condition(rule: ToneRule, cell: str) -> str:
    """The rule as a formula. Excel takes text for larger than any number, so that is asked for."""
    if rule.words:
        known = [
            legible(word).replace('"', '""') for word in rule.words if len(word) < QUOTED_LENGTH
        ] or [""]
        return "=OR(" + ",".join(f'{cell}="{word}"' for word in known) + ")"
    side, limit = (">=", rule.least) if rule.least is not None else ("<=", rule.most)
    return f"=AND(ISNUMBER({cell}),{cell}{side}{limit:.9f})"
