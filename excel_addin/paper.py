"""Printing and saving as PDF: A4, the footer, how much goes on a page, where a page ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from xlsxwriter.worksheet import Worksheet

from .names import one_line
from .words import words

A4: Final = 9
SHORT_SIDE: Final = 8.27  # inches
LONG_SIDE: Final = 11.69
DOTS: Final = 96  # pixels of an inch on paper at 100 %
FOOTER_LENGTH: Final = 120
SHORT: Final = 0.6  # what takes up to this part of a page is not parted at all
SMALLEST_SCALE: Final = 0.45  # below it, letters of 11 points are too small to read
# Printers space letters a little differently: room for that, across and down the page.
CAUTION: Final = 0.96
MOST_ENDS: Final = 1_000  # https://support.microsoft.com/office/excel-specifications-and-limits


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of A4 and its margins, in inches."""

    landscape: bool
    side: float
    top: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels between the margins at 100 %."""
        return ((LONG_SIDE if self.landscape else SHORT_SIDE) - 2 * self.side) * DOTS

    @property
    def height(self) -> float:
        """Pixels between the margins at 100 %."""
        paper = SHORT_SIDE if self.landscape else LONG_SIDE
        return (paper - self.top - self.bottom) * DOTS

    def set_up(self, sheet: Worksheet, *, footer: str, lang: str) -> None:
        """Paper, margins and footer."""
        (sheet.set_landscape if self.landscape else sheet.set_portrait)()
        sheet.set_paper(A4)
        sheet.set_margins(left=self.side, right=self.side, top=self.top, bottom=self.bottom)
        # The space keeps a title that begins with a year from being read into the font size 8.
        title = one_line(footer)[:FOOTER_LENGTH].replace("&", "&&")
        sheet.set_footer(f"&L&8 {title}&R&8 {words(lang)['page']}")

    def scale(self, width: float) -> float:
        """How much a page this many pixels wide is made smaller; it is never made larger."""
        return min(1.0, self.width / width) if width else 1.0


@dataclass(frozen=True, slots=True)
class Together:
    """Rows that no page end may part: from `first` to `least`, and to `last` where that is short.

    Of a table: its title, its headings and its first values; of a chart, all of it.
    """

    first: int
    least: int
    last: int


def page_ends(
    together: Iterable[Together], heights: Mapping[int, int], *, last: int, usual: int, room: float
) -> list[int]:
    """The rows that begin a new page.

    `heights` has the pixels of the rows that differ from `usual`, `last` is the last row, and
    `room` is how many pixels go on a page. All ends are given, also where the page would end by
    itself, so that no small difference in height can add up over many pages.

    >>> page_ends([Together(0, 2, 9), Together(8, 10, 11)], {}, last=12, usual=10, room=100)
    [8]
    """

    def tall(first: int, final: int) -> int:
        return sum(heights.get(row, usual) for row in range(first, final + 1))

    starts = {rows.first: rows for rows in together}
    ends: list[int] = []
    used = 0.0
    for row in range(last + 1):
        height = heights.get(row, usual)
        rows = starts.get(row)
        need = height if rows is None else tall(row, rows.least)
        if rows is not None and (whole := tall(row, rows.last)) <= room * SHORT:
            need = whole
        if used and used + need > room:
            ends.append(row)
            used = 0.0
        used += height
    return ends


LANDSCAPE: Final = Sheet(landscape=True, side=0.5, top=0.5, bottom=0.7)
PORTRAIT: Final = Sheet(landscape=False, side=0.4, top=0.4, bottom=0.6)
