"""A tab on paper: its print area, how small it is printed, and where its pages end."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from .charts import Box
from .pages import FROZEN_WIDTH, GUTTER, Anchor, Page
from .paper import CAUTION, LANDSCAPE, MOST_ENDS, SMALLEST_SCALE, Together, page_ends


def take_charts(page: Page, anchor: Anchor, boxes: Sequence[Box]) -> None:
    """Count the charts as parts of the page: printed, and not parted by the end of a page."""
    before = sum(map(page.width_of, range(page.left, anchor.column))) + anchor.x
    for box in boxes:
        first = _row_at(page, anchor.row, box.y)
        last = _row_at(page, anchor.row, box.y + box.height)
        page.right = max(page.right, before + box.x + box.width)
        page.bottom = max(page.bottom, last)
        # A chart beside a table begins below the title, and is parted only with the table.
        if anchor.row >= page.row:
            page.together.append(Together(first, last, last))


def set_print(page: Page, *, footer: str) -> None:
    """Paper, print area, and where pages end: call when the charts are in place."""
    LANDSCAPE.set_up(page.sheet, footer=footer, lang=page.styles.lang)
    right, width = 0, 0
    while right <= page.left or width < page.right + (0 if page.plain else GUTTER):
        width += page.width_of(right)
        right += 1
    page.sheet.print_area(0, 0, page.bottom, right - 1)
    scale = LANDSCAPE.scale(width)
    if len(page.together) == 1 and scale < SMALLEST_SCALE:
        # One list too wide to be read on one page: its columns go on on the next one.
        page.sheet.fit_to_pages(ceil(SMALLEST_SCALE / scale), 0)
        if page.places and page.widths[0] <= FROZEN_WIDTH:
            page.sheet.repeat_columns(0, page.left)
        return
    page.sheet.fit_to_pages(1, 0)
    page.sheet.set_h_pagebreaks(_page_ends(page, scale))


def _page_ends(page: Page, scale: float) -> list[int]:
    """Where pages begin on a tab of several parts; one long table needs no help."""
    if len(page.together) < 2:
        return []
    room = LANDSCAPE.height / scale * CAUTION
    if len(page.tab.tables) == 1 and page.places:
        row = page.places[0].row  # its headings are repeated on every page
        room -= page.heights.get(row, page.usual)
    ends = page_ends(
        page.together, page.heights, last=page.bottom, usual=page.usual, room=room
    )  # fmt: skip
    return ends if len(ends) <= MOST_ENDS else []


def _row_at(page: Page, row: int, pixels: int) -> int:
    """The row that lies some pixels below the top of a row."""
    while (height := page.heights.get(row, page.usual)) <= pixels:
        row, pixels = row + 1, pixels - height
    return row
