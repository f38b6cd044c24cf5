"""The overview: one page of A4, made to be read in a minute.

The page is laid out in pixels. What people write and how much there is to say differ from month to
month, so the page is made as wide as it takes to fill one sheet: the more there is, the wider the
page, and the smaller it is printed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..core.report import Chart, Overview
from .canvas import Block, Canvas, Fill, grid_of, write_canvas
from .cards import GUTTER, add_cards
from .charts import MOVE_ONLY, Box, draw
from .formats import ACCENT, MUTED, TONE_FILL, Styles
from .links import Links
from .measures import text_height, text_width
from .names import one_line
from .paper import PORTRAIT
from .passages import TODO_MARKS, add_comments, add_passage
from .short_tables import add_table
from .sparklines import write_trends
from .tables import Place
from .values import Tally

# Pixels.
NARROWEST: Final = 880
WIDEST: Final = 2400
STEP: Final = 20
MARGIN: Final = 18  # beside and above the page on the screen
SECTION_GAP: Final = 16
BAND_PAD: Final = 8
CHART_HEIGHT: Final = 200
TALLEST_CHART: Final = 300

# Of the width, for the story beside people's comments; the first is the usual one.
SHARES: Final = (0.5, 0.4, 0.33, 0.6)
WORTH_IT: Final = 0.08  # of the page's width, in height

TITLE_SIZES: Final = (26, 22, 18)
FACTS_SIZE: Final = 10.5
FACTS_JOINED: Final = "  ·  "


@dataclass(slots=True)
class Picture:
    """The page before it is written: its cells, and its charts in their boxes."""

    canvas: Canvas
    charts: list[tuple[Chart, Place, Box]] = field(default_factory=list)


def write_overview(
    book: Workbook,
    sheet: Worksheet,
    name: str,
    overview: Overview,
    *,
    places: Mapping[str, Place],
    charts: Sequence[tuple[Chart, Place]],
    footer: str,
    styles: Styles,
) -> None:
    """Write the page on its sheet; `charts` are those that have something to show."""
    picture = arrange(overview, Links(places, styles.lang), charts, styles=styles)
    grid = grid_of(picture.canvas, row=1, column=1)
    sheet.set_tab_color(ACCENT)
    sheet.hide_gridlines(2)
    sheet.hide_row_col_headers()
    sheet.set_column_pixels(0, 0, MARGIN)
    sheet.set_row_pixels(0, MARGIN)
    write_canvas(sheet, picture.canvas, grid, styles=styles, tally=Tally())
    write_trends(sheet, name, picture.canvas, grid, styles=styles)
    for chart, place, box in picture.charts:
        options = {"object_position": MOVE_ONLY, "description": one_line(chart.title)}
        sheet.insert_chart(*grid.cell(box.x, box.y), draw(book, chart, place, box), options)
    PORTRAIT.set_up(sheet, footer=footer, lang=styles.lang)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.print_area(1, 1, *grid.last)


def arrange(
    overview: Overview, links: Links, charts: Sequence[tuple[Chart, Place]], *, styles: Styles
) -> Picture:
    """The page at the smallest width at which it is no taller than the paper."""
    shape = PORTRAIT.height / PORTRAIT.width

    def room(width: int) -> int:
        picture = _arranged(overview, links, charts, width, CHART_HEIGHT, styles)
        return int(width * shape) - picture.canvas.height

    widths = range(NARROWEST, WIDEST + STEP, STEP)
    width = widths[min(bisect_left(widths, 0, key=room), len(widths) - 1)]
    lines = -(-len(charts) // 2)
    taller = max(room(width), 0) // lines if lines else 0
    height = min(CHART_HEIGHT + taller, TALLEST_CHART)
    return _arranged(overview, links, charts, width, height, styles)


def _arranged(
    overview: Overview,
    links: Links,
    charts: Sequence[tuple[Chart, Place]],
    width: int,
    chart_height: int,
    styles: Styles,
) -> Picture:
    picture = Picture(Canvas(width))
    canvas = picture.canvas
    _add_head(canvas, overview)
    if overview.cards:
        add_cards(canvas, overview.cards, links=links, lang=styles.lang)
        canvas.height += SECTION_GAP - GUTTER
    _add_words(canvas, overview, links, styles.lang)
    for chart, place, box in _boxes(charts, canvas, chart_height):
        canvas.fills.append(Fill(box.x, box.y, box.width, box.height, "#FFFFFF"))
        picture.charts.append((chart, place, box))
        canvas.height = box.y + box.height
    canvas.height += SECTION_GAP if charts else 0
    for table in overview.tables:
        if table.rows:
            add_table(canvas, table, y=canvas.height, styles=styles)
            canvas.height += SECTION_GAP
    if overview.todo.statements:
        add_passage(
            canvas, overview.todo, links=links, x=0, y=canvas.height, width=width, marks=TODO_MARKS
        )
    return picture


def _add_head(canvas: Canvas, overview: Overview) -> None:
    width = canvas.width
    title = one_line(overview.title)
    size = next(
        (size for size in TITLE_SIZES if text_width(title, bold=True, size=size) < width),
        TITLE_SIZES[-1],
    )
    if title:
        height = text_height(title, width, bold=True, size=size)
        canvas.add(Block(0, 0, width, height, title, "client", {"font_size": size}))
    facts = FACTS_JOINED.join(one_line(fact) for fact in overview.facts if fact.strip())
    if facts:
        height = text_height(facts, width, size=FACTS_SIZE)
        look = {"font_size": FACTS_SIZE, "font_color": MUTED}
        canvas.add(Block(0, canvas.height, width, height, facts, "prose", look))
    canvas.fills.append(Fill(0, canvas.height + 6, width, 2, ACCENT))
    canvas.height += 8 + SECTION_GAP
    if overview.warning:
        height = text_height(overview.warning, width - 16, size=FACTS_SIZE) + BAND_PAD
        look = {"font_size": FACTS_SIZE, "bg_color": TONE_FILL["warn"]}
        canvas.add(Block(0, canvas.height - 4, width, height, overview.warning, "band", look))
        canvas.height += SECTION_GAP - 4


def _add_words(canvas: Canvas, overview: Overview, links: Links, lang: str) -> None:
    """The story and people's comments beside each other, or one of them alone."""
    y, width = canvas.height, canvas.width
    told, said = bool(overview.story.statements), bool(overview.comments.comments)
    if not told and not said:
        return

    def add(page: Canvas, share: float) -> int:
        end = page.clear(int((width - GUTTER) * share)) if said else width
        start = page.clear(end + GUTTER, step=1) if told else 0
        if told:
            add_passage(page, overview.story, links=links, x=0, y=y, width=end)
        if said:
            room = width - start
            add_comments(page, overview.comments, lang=lang, x=start, y=y, width=room)
        return page.height

    heights = {
        share: add(Canvas(width, y, list(canvas.blocks)), share)
        for share in (SHARES if told and said else SHARES[:1])
    }
    least = min(heights, key=lambda share: heights[share])
    # Halves are calmer; another share is worth it only where it saves much of the page.
    saved = heights[SHARES[0]] - heights[least]
    add(canvas, least if saved > WORTH_IT * canvas.width else SHARES[0])
    canvas.height += SECTION_GAP


def _boxes(
    charts: Sequence[tuple[Chart, Place]], canvas: Canvas, height: int
) -> Iterator[tuple[Chart, Place, Box]]:
    """Two charts in a line; the last one alone takes the whole line."""
    half = (canvas.width - GUTTER) // 2
    y = canvas.height
    for start in range(0, len(charts), 2):
        line = charts[start : start + 2]
        for x, (chart, place) in zip((0, canvas.width - half), line, strict=False):
            wide = half if len(line) == 2 else canvas.width
            yield chart, place, Box(x, y, wide, height)
        y += height + GUTTER
