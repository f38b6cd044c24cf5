"""The small trends on the cards, drawn by Excel itself from cells beside the page.

Bars rather than a line: LibreOffice up to 7.4 prints a line in the wrong place, and a trend of
two or three months, or one with gaps, is seen at once. They begin at zero, so that a bar twice as
high is twice as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from .canvas import Canvas, Grid
from .formats import ACCENT, MUTED, Styles
from .values import Cells, Tally, write_text
from .words import words

BARS: Final = "#A9C6D1"
AWAY: Final = 2  # columns between the page and the cells of its trends


def write_trends(
    sheet: Worksheet, name: str, canvas: Canvas, grid: Grid, *, styles: Styles
) -> None:
    """Write the values of every sparkline to the right of the page, and draw them on it.

    The columns are hidden and outside the print area.
    """
    blocks = [block for block in canvas.blocks if block.bars]
    if not blocks:
        return
    column = grid.last[1] + AWAY
    longest = max(len(block.bars) for block in blocks)
    sheet.set_column(column, column + longest, None, None, {"hidden": True})
    write_text(sheet, 0, column, words(styles.lang)["trends"], styles.role("note"))
    tally = Tally()
    for row, block in enumerate(blocks, start=1):
        write_text(sheet, row, column, block.name, styles.role("note"))
        for at, value in enumerate(block.bars, start=column + 1):
            cells = Cells(sheet, row, at, styles.role("note"), f"trend of {block.name}", tally)
            cells.write([value], start=0, stop=1)
        last = column + len(block.bars)
        cells_of_trend = f"{quote_sheetname(name)}!{xl_range_abs(row, column + 1, row, last)}"
        top, left = grid.cell(block.x, block.y)
        sheet.add_sparkline(top, left, _options(cells_of_trend, block.bars))


def _options(cells: str, bars: Sequence[float | None]) -> dict[str, object]:
    options: dict[str, object] = {
        "range": cells,
        "type": "column",
        "series_color": BARS,
        "last_point": True,
        "last_color": ACCENT,
        "negative_color": MUTED,
        "show_hidden": True,
        "empty_cells": "gaps",
    }
    if all(value is None or value >= 0 for value in bars):
        options["min"] = 0
    return options
