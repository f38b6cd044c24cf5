"""The short tables of the overview: the best posts, the targets.

They are laid out like the rest of the page, with texts of two lines at most; the whole list, to
sort and to filter, is on another tab.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ..core.report import Column, ReportTable, Value
from .canvas import Block, Canvas, Link
from .formats import MUTED, NUMERIC, TONE_INK, Styles
from .measures import ONE_LINE, column_width, fitted, line_height, text_height, text_width
from .names import one_line
from .passages import add_heading
from .tones import tone_of
from .values import is_link

SIZE: Final = 9
ROW_PAD: Final = 8
MOST_LINES: Final = 2
NOTE: Final = 8.5
FULL_SIZE: Final = 11  # the points that widths are measured at
NARROWEST: Final = 48
INDENT: Final = 9  # pixels of a cell's indent

_SCHEME = re.compile(r"https?://(www\.)?", re.IGNORECASE)


def add_table(canvas: Canvas, table: ReportTable, *, y: int, styles: Styles) -> None:
    """Put a table on the page, as wide as the page."""
    if table.title:
        y = add_heading(canvas, table.title, x=0, y=y, width=canvas.width)
    if table.note:
        look = {"font_size": NOTE, "font_color": MUTED}
        height = text_height(table.note, canvas.width, size=NOTE)
        canvas.add(Block(0, y, canvas.width, height, table.note, "prose", look))
        y += height
    edges = _edges(canvas, table)
    spans = [(left, right - left) for left, right in pairwise(edges)]
    y = _add_headings(canvas, table.columns, spans, y)
    for row in table.rows:
        texts = [
            _text(value, column, width)
            for value, column, (_, width) in zip(row, table.columns, spans, strict=True)
        ]
        height = ROW_PAD + max(
            line_height(SIZE) if text is None else text_height(text, width - INDENT, size=SIZE)
            for text, (_, width) in zip(texts, spans, strict=True)
        )
        for value, text, column, (x, width) in zip(row, texts, table.columns, spans, strict=True):
            shown = value if text is None else text
            block = Block(x, y, width, height, shown, "short cell", _look(column, value, x, styles))
            name = f"table {table.name!r}, column {column.key!r}"
            canvas.add(replace(block, link=_link(value, column), unit=column.unit, name=name))
        y += height


def _add_headings(
    canvas: Canvas, columns: Sequence[Column], spans: Sequence[tuple[int, int]], y: int
) -> int:
    height = 4 + max(
        text_height(column.heading, width - INDENT, bold=True, size=SIZE)
        for column, (_, width) in zip(columns, spans, strict=True)
    )
    for column, (x, width) in zip(columns, spans, strict=True):
        look = {"font_size": SIZE, **_aligned(column, x)}
        canvas.add(Block(x, y, width, height, one_line(column.heading), "short heading", look))
    return y + height


def _edges(canvas: Canvas, table: ReportTable) -> list[int]:
    """The edges of the columns: as wide as their content, the widest text taking what is left.

    An edge steps aside where it would cross a sparkline.
    """
    needs = [
        max(
            round(column_width(column, column.heading, values) * SIZE / FULL_SIZE),
            _heading_width(column),
            NARROWEST,
        )
        for column, values in zip(table.columns, _downwards(table), strict=True)
    ]
    texts = [at for at, column in enumerate(table.columns) if column.unit not in NUMERIC]
    widest = max(texts or range(len(needs)), key=lambda at: (needs[at], -at))
    # Edges that cross no sparkline, on the side that leaves the others room; where too little is
    # left for the widest column, on the nearest side.
    roomy = canvas.width // 4
    for right, left, least in ((1, -1, roomy), (1, 0, roomy), (1, -1, NARROWEST)):
        before, after = [0], [canvas.width]
        for need in needs[:widest]:
            before.append(canvas.clear(before[-1] + need, step=right))
        for need in reversed(needs[widest + 1 :]):
            after.append(canvas.clear(after[-1] - need, step=left))
        edges = [*before, *reversed(after)]
        if after[-1] - before[-1] >= least and edges == sorted(set(edges)):
            return edges
    # Too many columns for the page: all alike, and the numbers shrink to fit.
    return [canvas.width * at // len(needs) for at in range(len(needs) + 1)]


def _heading_width(column: Column) -> int:
    """Room for a heading of a word or two on one line; a longer one is broken."""
    width = text_width(column.heading, bold=True, size=SIZE)
    return round(width) + 3 * INDENT if width <= ONE_LINE else 0


def _downwards(table: ReportTable) -> list[list[Value]]:
    return [[row[at] for row in table.rows] for at in range(len(table.columns))]


def _text(value: Value, column: Column, width: int) -> str | None:
    """A text as it is shown, None for what is no text."""
    if not isinstance(value, str):
        return None
    text = one_line(value)
    if column.unit == "url":
        return fitted(_SCHEME.sub("", text).rstrip("/"), width - INDENT, size=SIZE)
    return fitted(text, width - INDENT, size=SIZE, count=MOST_LINES)


def _link(value: Value, column: Column) -> Link | None:
    if column.unit == "url" and isinstance(value, str) and is_link(value):
        return Link(value)
    return None


def _look(column: Column, value: Value, x: int, styles: Styles) -> dict[str, object]:
    look: dict[str, object] = {"font_size": SIZE, **styles.number(column), **_aligned(column, x)}
    tone = tone_of(value, column)
    if tone != "neutral":
        look |= {"font_color": TONE_INK[tone], "bold": True}
    if not isinstance(value, str):
        look |= {"shrink": True, "text_wrap": False}
    return look


def _aligned(column: Column, x: int) -> dict[str, object]:
    if column.unit in NUMERIC:
        return {"align": "right"}
    # The indent keeps words clear of a number on their left.
    return {"align": "left", "indent": 1} if x else {"align": "left"}
