"""Native Excel charts of a report, and where they stand so that no table is covered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as ExcelChart

from ..core.report import Chart, ChartKind
from .formats import FONT, INK, MUTED, RULE, SERIES, axis_format
from .names import one_line
from .tables import Place

WIDTH = 560
WIDEST = 720
HEIGHT = 320
GAP = 24

BAR = 30  # pixels of one bar and its gap
BARS_ABOVE = 110  # pixels of title and margins
TALLEST = 720

# Charts move with their rows but are not squashed when a filter hides some.
MOVE_ONLY = 2

# Points that can carry their value without touching each other.
LABELLED = {"line": 0, "column": 8, "bar": 14}
MARKED = 31  # points of a line that are told apart as dots


@dataclass(frozen=True, slots=True)
class Box:
    """A place for one chart, in pixels from where the charts of a tab begin."""

    x: int
    y: int
    width: int
    height: int


def chart_boxes(charts: Sequence[tuple[Chart, Place]], *, room: int) -> Iterator[Box]:
    """One box a chart, two in a line where `room` pixels allow it."""
    in_line = 2 if len(charts) > 1 and room >= 2 * WIDTH * 3 // 4 + GAP else 1
    width = min((room - (in_line - 1) * GAP) // in_line, WIDEST)
    heights = [_height(chart, place) for chart, place in charts]
    y = 0
    for start in range(0, len(heights), in_line):
        tallest = max(heights[start : start + in_line])
        for position in range(len(heights[start : start + in_line])):
            yield Box(position * (width + GAP), y, width, tallest)
        y += tallest + GAP


def _height(chart: Chart, place: Place) -> int:
    if chart.kind != "bar":
        return HEIGHT
    bars = len(place.table.rows) * len(chart.series)
    return min(max(HEIGHT, BARS_ABOVE + BAR * bars), TALLEST)


def draw(book: Workbook, chart: Chart, place: Place, box: Box) -> ExcelChart:
    """A chart of a table's columns, ready to insert.

    Series in another unit than the first are drawn as lines on a second axis, except on bars.
    """
    units = {key: place.table.columns[place.table.column(key)].unit for key in chart.series}
    first = units[chart.series[0]]
    main = [key for key in chart.series if units[key] == first or chart.kind == "bar"]
    others = [key for key in chart.series if key not in main]
    drawn = _empty(book, chart.kind)
    for key in main:
        labelled = _labelled(chart, place)
        drawn.add_series(_series(chart, place, key, kind=chart.kind, labelled=labelled))
    if others:
        _add_second_axis(book, drawn, chart, place, others)
    _set_axes(drawn, chart, place, main)
    _set_frame(drawn, chart, box)
    return drawn


def _empty(book: Workbook, kind: ChartKind) -> ExcelChart:
    chart = book.add_chart({"type": kind})
    if chart is None:
        raise ValueError(f"XlsxWriter has no {kind} chart")
    return chart


def _add_second_axis(
    book: Workbook, drawn: ExcelChart, chart: Chart, place: Place, keys: Sequence[str]
) -> None:
    lines = drawn if chart.kind == "line" else _empty(book, "line")
    for key in keys:
        lines.add_series(
            {**_series(chart, place, key, kind="line", labelled=False), "y2_axis": True}
        )
    lines.set_y2_axis({**_value_axis(place, keys), "major_gridlines": {"visible": False}})
    if lines is not drawn:
        drawn.combine(lines)


def _series(
    chart: Chart, place: Place, key: str, *, kind: str, labelled: bool
) -> dict[str, object]:
    color = SERIES[chart.series.index(key) % len(SERIES)]
    options: dict[str, object] = {
        "name": place.heading(key),
        "categories": place.cells(chart.category),
        "values": place.cells(key),
    }
    if kind == "line":
        options["line"] = {"color": color, "width": 2.25}
        if len(place.table.rows) <= MARKED:
            mark = {"type": "circle", "size": 6, "fill": {"color": color}}
            options["marker"] = {**mark, "border": {"color": "#FFFFFF"}}
    else:
        options |= {"fill": {"color": color}, "border": {"none": True}, "gap": 60, "overlap": 0}
    if labelled:
        # One decimal more than an axis: the small values are read here, too.
        code = _axis_format(place, [key], scale=0.1)
        options["data_labels"] = {"value": True, "num_format": code, "font": _font(9, color=INK)}
    return options


def _set_axes(drawn: ExcelChart, chart: Chart, place: Place, main: Sequence[str]) -> None:
    category: dict[str, object] = {
        "num_font": _font(9),
        "line": {"color": RULE},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
        # Below zero the labels would otherwise lie across the columns.
        "label_position": "low",
        **_category_kind(chart, place),
    }
    values = _value_axis(place, main)
    if _labelled(chart, place):
        values |= {"visible": False, "major_gridlines": {"visible": False}}
    if chart.kind == "bar":
        category["reverse"] = True  # the first row of the table on top
        # XlsxWriter names the axes of a bar chart as they lie, not as they read.
        drawn.set_y_axis(category)
        drawn.set_x_axis(values)
    else:
        drawn.set_x_axis(category)
        drawn.set_y_axis(values)


def _value_axis(place: Place, keys: Sequence[str]) -> dict[str, object]:
    return {
        "num_format": _axis_format(place, keys),
        "num_font": _font(9),
        "line": {"none": True},
        "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.75}},
        "major_tick_mark": "none",
        "minor_tick_mark": "none",
    }


def _category_kind(chart: Chart, place: Place) -> dict[str, object]:
    """A time axis for the dates of a line, so that a gap in time is seen as one."""
    position = place.table.column(chart.category)
    cells = [row[position] for row in place.table.rows]
    dates = [cell for cell in cells if isinstance(cell, date)]
    if place.table.columns[position].unit not in ("date", "datetime") or not dates:
        return {"text_axis": True}
    months = [day.year * 12 + day.month for day in dates]
    monthly = all(day.day == 1 for day in dates) and len(set(months)) > 1
    # Without a gap both axes are the same, and a text axis breaks long labels over two lines.
    gapless = monthly and months == list(range(months[0], months[0] + len(months)))
    timed = chart.kind == "line" and len(dates) == len(cells) and not gapless
    shown_as = "mmm yyyy" if monthly else "d mmm"
    return {"date_axis" if timed else "text_axis": True, "num_format": shown_as}


def _set_frame(drawn: ExcelChart, chart: Chart, box: Box) -> None:
    drawn.set_title(
        {"name": one_line(chart.title), "name_font": {**_font(13, color=INK), "bold": True}}
    )
    if len(chart.series) > 1:
        drawn.set_legend({"position": "bottom", "font": _font(9)})
    else:
        drawn.set_legend({"none": True})
    drawn.set_chartarea({"border": {"color": RULE}, "fill": {"color": "#FFFFFF"}})
    drawn.set_plotarea({"fill": {"none": True}})
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": box.width, "height": box.height})


def _labelled(chart: Chart, place: Place) -> bool:
    """A few single columns or bars carry their value, and then need no axis."""
    return len(chart.series) == 1 and len(place.table.rows) <= LABELLED[chart.kind]


def _axis_format(place: Place, keys: Sequence[str], *, scale: float = 1) -> str:
    positions = [place.table.column(key) for key in keys]
    values = [row[position] for row in place.table.rows for position in positions]
    sizes = [abs(value) for value in values if isinstance(value, (int, float))]
    first = place.table.columns[positions[0]]
    largest = max(sizes, default=0) * scale
    return axis_format(first.unit, largest=largest, currency=first.currency)


def _font(size: float, *, color: str = MUTED) -> dict[str, object]:
    return {"name": FONT, "size": size, "color": color, "bold": False}
