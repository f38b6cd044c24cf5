"""How much room text takes: widths of columns, lines of a wrapped text, in pixels.

Excel keeps no "fit to content" in a file, so the room is measured here, on Calibri's letters.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence
from functools import cache
from math import ceil
from types import MappingProxyType

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
SHORTEST = 72  # a line of a heading is not made shorter than this

_SAMPLE = 2_000  # values measured of a long column
_LETTERS = 120  # more than the widest column shows
_BOLD = 1.05
_POINTS = 11  # the size that all widths are measured at
_CAUTION = 0.98
_INSIDE = 6  # pixels of a cell beside its text
_BELOW = 2
_WORD = 20  # characters; a longer run without a space, such as an address, is cut anywhere
_IDEOGRAPH = 15  # pixels
_EMOJI = 20
# Signs of good typography, which XlsxWriter does not know.
_SIGNS = MappingProxyType(
    {"’": 4, "‘": 4, "“": 6, "”": 6, "·": 4, "…": 10, "—": 13, "→": 14, "œ": 12, "Œ": 13}
    | dict.fromkeys("\xa0\u202f\u2009", 3)
)


def column_width(
    column: Column, heading: str, values: Sequence[Value], *, heading_lines: int = 2
) -> int:
    """Width in pixels that shows every number whole, most texts, and the heading in few lines."""
    if column.width is not None:
        return round(column.width * CHARACTER) + PADDING
    heading_width = _heading_width(heading, heading_lines)
    needed = max([heading_width, *(width + MARGIN for width in _content(column, values))])
    widest = WIDEST_WRAPPED if column.wrap else WIDEST_LINK if column.unit == "url" else WIDEST
    return round(min(max(needed, NARROWEST), max(widest, heading_width)))


def text_width(text: str, *, bold: bool = False, size: float = _POINTS) -> float:
    """Pixels of the longest line of a text."""
    width = max((_pixels(line) for line in text.splitlines()), default=0) * size / _POINTS
    return width * _BOLD if bold else width


def lines(text: str, width: float, *, bold: bool = False, size: float = _POINTS) -> int:
    """How many lines a text fills when it is wrapped at `width` pixels."""
    room = width * _POINTS / size / (_BOLD if bold else 1)
    return sum(_wrapped(line, room) for line in text.splitlines() or [""])


def line_height(size: float) -> int:
    """Pixels from one line of text to the next at this size in points.

    >>> line_height(11), line_height(8)
    (20, 15)
    """
    return ceil(size * 1.7) + 1


def text_height(text: str, width: float, *, bold: bool = False, size: float = _POINTS) -> int:
    """Pixels of a text wrapped in a cell `width` wide.

    Screens and printers space letters a little differently, and a line that is cut is worse than
    some white space: the text is taken for slightly wider than it is.
    """
    return lines(text, _room(width), bold=bold, size=size) * line_height(size) + _BELOW


def fitted(text: str, width: float, *, size: float, count: int = 1) -> str:
    """The text, cut at a word and ended by "…" where `count` lines of `width` do not hold it."""
    room = _room(width)
    if lines(text, room, size=size) <= count:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if lines(text[:middle].rstrip() + "…", room, size=size) <= count:
            low = middle
        else:
            high = middle - 1
    cut = text[:low].rstrip()
    whole_words, space, rest = cut.rpartition(" ")
    shortest = len(rest) < _WORD and space and not text[low : low + 1].isspace()
    return (whole_words.rstrip() if shortest else cut) + "…"


def paragraph(text: str, width: float) -> list[str]:
    """The text cut between words into lines of about `width` pixels."""
    # Words have on average slightly narrower letters than digits.
    characters = max(int(width / (CHARACTER - 0.8)), 40)
    return [line for part in text.splitlines() for line in textwrap.wrap(part, characters) or [""]]


def _heading_width(heading: str, count: int) -> float:
    """Room for a short heading on one line, for a longer one on `count` lines."""
    whole = text_width(heading, bold=True)
    if whole <= ONE_LINE:
        return whole + MARGIN
    return max(_narrowest(heading.split(), count), min(whole, SHORTEST)) + MARGIN


def _narrowest(words: Sequence[str], count: int) -> float:
    """The least width at which words fill at most `count` lines."""
    whole = text_width(" ".join(words), bold=True)
    if count == 1 or len(words) < 2:
        return whole
    breaks = range(1, len(words))
    return min(
        whole,
        *(
            max(text_width(" ".join(words[:at]), bold=True), _narrowest(words[at:], count - 1))
            for at in breaks
        ),
    )


def _wrapped(line: str, width: float) -> int:
    count, used = 1, 0.0
    # Only at spaces: a no-break space, as before a French "%", holds its line together.
    for word in filter(None, line.replace("\t", " ").split(" ")):
        length = _pixels(word)
        if used and used + SPACE + length > width + 0.5:
            count, used = count + 1, 0.0
        used += length + (SPACE if used else 0)
        if used > width:  # a word longer than the line, such as an address, is broken by Excel
            count += int(used // width)
            used %= width
    return count


def _room(width: float) -> float:
    return (width - _INSIDE) * _CAUTION


def _pixels(line: str) -> float:
    """Width at 11 points; XlsxWriter knows the letters of ASCII and takes the others for alike."""
    return xl_pixel_width(line) if line.isascii() else sum(map(_character, line))


@cache
def _character(character: str) -> float:
    if character in _SIGNS:
        return _SIGNS[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return _EMOJI if character > "\U0001f000" else _IDEOGRAPH
    letter = unicodedata.normalize("NFD", character)[0]  # é is as wide as e
    return xl_pixel_width(letter)


def _content(column: Column, values: Sequence[Value]) -> list[float]:
    if column.unit in NUMERIC:
        # A number too wide is shown as #####, so none may be missed: the extremes are measured.
        numbers = [value for value in values if isinstance(value, (int, float))]
        extremes = (max(numbers), min(numbers)) if numbers else ()
        return [text_width(shown(value, column)) for value in extremes]
    step = max(len(values) // _SAMPLE, 1)
    return [text_width(shown(value, column)[:_LETTERS]) for value in values[::step]]
