"""How much room text takes: widths of columns, lines of a wrapped text, in pixels.

Excel keeps no "fit to content" in a file, so the room is measured here, on Calibri's letters.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from xlsxwriter.utility import xl_pixel_width

from ..core.report import Column, Value
from .formats import NUMERIC, shown

CHARACTER = 7  # pixels of a digit in Calibri 11, the unit of Excel's column widths
LINE = 20  # pixels of one line of text at 11 points
SPACE = 3
PADDING = 5  # pixels Excel keeps free inside a cell

NARROWEST = 9 * CHARACTER
WIDEST = 46 * CHARACTER
WIDEST_LINK = 30 * CHARACTER
WIDEST_WRAPPED = 70 * CHARACTER
MARGIN = 28  # indent of words, and air between the columns

ONE_LINE = 100  # a heading up to this wide is not broken

_SAMPLE = 2_000  # values measured of a long column
_LETTERS = 120  # more than the widest column shows
_BOLD = 1.08


def column_width(column: Column, heading: str, values: Sequence[Value]) -> int:
    """Width in pixels that shows every number whole, most texts, and the heading in few lines."""
    if column.width is not None:
        return round(column.width * CHARACTER) + PADDING
    heading_width = _heading_width(heading)
    needed = max([heading_width, *(width + MARGIN for width in _content(column, values))])
    widest = WIDEST_WRAPPED if column.wrap else WIDEST_LINK if column.unit == "url" else WIDEST
    return round(min(max(needed, NARROWEST), max(widest, heading_width)))


def text_width(text: str, *, bold: bool = False) -> float:
    """Pixels of the longest line of a text at 11 points."""
    width = max((xl_pixel_width(line) for line in text.splitlines()), default=0)
    return width * _BOLD if bold else width


def lines(text: str, width: float, *, bold: bool = False) -> int:
    """How many lines a text fills when it is wrapped at `width` pixels."""
    return sum(_wrapped(line, width / (_BOLD if bold else 1)) for line in text.splitlines() or [""])


def paragraph(text: str, width: float) -> list[str]:
    """The text cut between words into lines of about `width` pixels."""
    # Words have on average slightly narrower letters than digits.
    characters = max(int(width / (CHARACTER - 0.8)), 40)
    return [line for part in text.splitlines() for line in textwrap.wrap(part, characters) or [""]]


def _heading_width(heading: str) -> float:
    """Room for a short heading on one line, for a longer one on two."""
    whole = text_width(heading, bold=True)
    if whole <= ONE_LINE:
        return whole + MARGIN
    words = heading.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1)]
    longer = [max(text_width(part, bold=True) for part in split) for split in splits]
    return min(longer) + MARGIN


def _wrapped(line: str, width: float) -> int:
    count, used = 1, 0.0
    for word in line.split():
        length = xl_pixel_width(word)
        if used and used + SPACE + length > width + 0.5:
            count, used = count + 1, 0.0
        used += length + (SPACE if used else 0)
        if used > width:  # a word longer than the line, such as an address, is broken by Excel
            count += int(used // width)
            used %= width
    return count


def _content(column: Column, values: Sequence[Value]) -> list[float]:
    if column.unit in NUMERIC:
        # A number too wide is shown as #####, so none may be missed: the extremes are measured.
        numbers = [value for value in values if isinstance(value, (int, float))]
        extremes = (max(numbers), min(numbers)) if numbers else ()
        return [text_width(shown(value, column)) for value in extremes]
    step = max(len(values) // _SAMPLE, 1)
    return [text_width(shown(value, column)[:_LETTERS]) for value in values[::step]]
