"""A page laid out in pixels and written into cells: the columns and rows follow from the blocks.

A sheet has one set of columns for everything on it, which suits tables and not a page of cards,
sentences and tables beside each other. Here every block says where it stands and how large it is;
each edge of a block becomes an edge of cells, and a block covers the cells between its edges.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..core.report import Unit, Value
from .formats import Styles
from .values import Cells, Tally, write_led_text, write_text

TALLEST_ROW: Final = 500  # pixels; Excel allows 545
SNAP: Final = 2  # edges closer than this fall together: no row or column is thinner

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Link:
    """Where a click leads, as XlsxWriter writes it, and what is said before the click."""

    target: str
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One cell of the page, in pixels from its top left corner.

    `role` and `look` are properties of the cell format. `lead` is a part of the text that comes
    first and is bold. `bars` are the values of a sparkline, which LibreOffice draws in one
    single cell only: no other edge may cross the block. `name` is for messages.
    """

    x: int
    y: int
    width: int
    height: int
    value: Value = None
    role: str = "prose"
    look: Mapping[str, object] = field(default_factory=dict)
    lead: str = ""
    link: Link | None = None
    bars: tuple[float | None, ...] = ()
    unit: Unit = "text"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """A coloured ground that blocks may stand on."""

    x: int
    y: int
    width: int
    height: int
    color: str


@dataclass(slots=True)
class Canvas:
    """The blocks of a page; `height` is where the next one may begin."""

    width: int
    height: int = 0
    blocks: list[Block] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)

    def clear(self, x: int, *, step: int = 0) -> int:
        """The nearest place to `x` for an edge that crosses no sparkline.

        `step` of 1 looks to the right only, -1 to the left only.
        """
        for block in self.blocks:
            start, end = block.x, block.x + block.width
            if block.bars and start < x < end:
                near = start if x - start < end - x else end
                return end if step > 0 else start if step < 0 else near
        return x

    def add(self, *blocks: Block) -> None:
        """Put blocks on the page, and the end of the page below them."""
        self.blocks += blocks
        self.height = max([self.height, *(block.y + block.height for block in blocks)])


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a page: the edges of its columns and rows in pixels, and its first cell."""

    xs: tuple[int, ...]
    ys: tuple[int, ...]
    row: int
    column: int

    def span(self, block: Block | Fill) -> tuple[int, int, int, int]:
        """First row, first column, last row and last column of a block."""
        top, left = self.cell(block.x, block.y)
        bottom, right = self.cell(block.x + block.width, block.y + block.height)
        return top, left, max(bottom - 1, top), max(right - 1, left)

    def cell(self, x: int, y: int) -> Cell:
        """The cell whose corner is nearest to this point."""
        return self.row + _nearest(self.ys, y), self.column + _nearest(self.xs, x)

    @property
    def last(self) -> Cell:
        """The last row and column of the page."""
        return self.row + len(self.ys) - 2, self.column + len(self.xs) - 2


def grid_of(canvas: Canvas, *, row: int, column: int) -> Grid:
    """The cells that a page needs."""
    parts: list[Block | Fill] = [*canvas.blocks, *canvas.fills]
    xs = _edges([0, canvas.width, *_sides((part.x, part.width) for part in parts)])
    ys = _edges([0, canvas.height, *_sides((part.y, part.height) for part in parts)])
    return Grid(tuple(xs), tuple(_no_taller(ys)), row, column)


def write_canvas(
    sheet: Worksheet, canvas: Canvas, grid: Grid, *, styles: Styles, tally: Tally
) -> None:
    """Write everything on the page but its sparklines."""
    for at, (left, right) in enumerate(_pairs(grid.xs), start=grid.column):
        sheet.set_column_pixels(at, at, right - left)
    for at, (top, bottom) in enumerate(_pairs(grid.ys), start=grid.row):
        sheet.set_row_pixels(at, bottom - top)
    ground = _ground(canvas, grid)
    for block in canvas.blocks:
        top, left, bottom, right = grid.span(block)
        color = ground.get((top, left))
        look = {"bg_color": color, **block.look} if color else block.look
        style = styles.role(block.role, **look)
        if (top, left) != (bottom, right):
            sheet.merge_range(top, left, bottom, right, "", style)
        write_block(sheet, (top, left), block, style, styles=styles, tally=tally)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                ground.pop((row, column), None)
    for (row, column), color in ground.items():
        sheet.write_blank(row, column, None, styles.role("ground", bg_color=color))


def write_block(
    sheet: Worksheet, at: Cell, block: Block, style: Format, *, styles: Styles, tally: Tally
) -> None:
    """Write the content of a block into its first cell."""
    value = block.value
    if block.link is not None:
        tally.links += 1
        sheet.write_url(*at, block.link.target, style, str(value), block.link.tip)
    if isinstance(value, str) and block.lead:
        size = block.look.get("font_size", 11)
        looks = (styles.role("lead", font_size=size), styles.role("prose", font_size=size), style)
        tally.cut += write_led_text(sheet, *at, (block.lead, value), looks)
    elif isinstance(value, str):
        tally.cut += write_text(sheet, *at, value, style)
    else:
        cells = Cells(sheet, *at, style, f"overview, {block.name}", tally, block.unit)
        cells.write([value], start=0, stop=1)


def _ground(canvas: Canvas, grid: Grid) -> dict[Cell, str]:
    """The colour of each cell that stands on a fill; a later fill lies over an earlier one."""
    ground: dict[Cell, str] = {}
    for fill in (fill for fill in canvas.fills if fill.height and fill.width):
        top, left, bottom, right = grid.span(fill)
        for row in range(top, bottom + 1):
            ground |= {(row, column): fill.color for column in range(left, right + 1)}
    return ground


def _sides(spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    for start, length in spans:
        yield from (start, start + length)


def _edges(places: Iterable[int]) -> list[int]:
    edges: list[int] = []
    for place in sorted(set(places)):
        if not edges or place - edges[-1] >= SNAP:
            edges.append(place)
    return edges


def _no_taller(ys: Sequence[int]) -> Iterator[int]:
    yield ys[0]
    for top, bottom in _pairs(ys):
        yield from range(top + TALLEST_ROW, bottom - SNAP, TALLEST_ROW)
        yield bottom


def _pairs(edges: Sequence[int]) -> Iterator[tuple[int, int]]:
    return pairwise(edges)


def _nearest(edges: Sequence[int], place: int) -> int:
    at = bisect_left(edges, place)
    if at == len(edges) or (at and place - edges[at - 1] < edges[at] - place):
        return at - 1
    return at
