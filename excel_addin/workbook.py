"""The report as an Excel workbook: one sheet a tab, real tables, native charts, a calm look.

The workbook is a new file each time. A report never holds a formula: what begins with `=` in the
data is somebody's text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from ..core.report import Chart, Report
from .charts import MOVE_ONLY, chart_boxes, draw
from .formats import Styles
from .names import one_line, sheet_names, table_names
from .overview import write_overview
from .pages import Page
from .printout import set_print, take_charts
from .tables import Place, check

# A file made twice from the same report is the same file, byte for byte.
CREATED = datetime(2020, 1, 1)

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class WorkbookBusy(OSError):
    """The workbook cannot be replaced because a program, most likely Excel, holds it open."""


def write_workbook(report: Report, path: Path, *, created: datetime = CREATED) -> None:
    """Write the report to an .xlsx file, replacing an older one in a single step.

    The same report and `created` give the same bytes. Raises `WorkbookBusy` when the file is open
    in Excel, `TooLarge` when a table does not fit on a sheet, and `ValueError` naming table, row
    and column for a value that a cell cannot hold, such as NaN. The older file then stays.
    """
    for tab in report.tabs:
        check(tab.tables)
    check(report.overview.tables if report.overview is not None else ())
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            book = Workbook(file, OPTIONS)
            _set_properties(book, report, created)
            _write_sheets(book, report)
            book.close()
        put_in_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def put_in_place(
    temporary: Path, target: Path, *, move: Callable[[Path, Path], object] = os.replace
) -> None:
    """Move a finished file over the target; `WorkbookBusy` when that is held open."""
    try:
        move(temporary, target)
    except PermissionError as error:
        raise WorkbookBusy(
            f"{target} is open in another program: close it in Excel and run again"
        ) from error


def _set_properties(book: Workbook, report: Report, created: datetime) -> None:
    book.set_properties(
        {"title": one_line(report.title), "author": "Tracksheet", "created": created}
    )


def _write_sheets(book: Workbook, report: Report) -> None:
    styles = Styles(book, report.lang)
    first = [report.overview.name] if report.overview is not None else []
    named = [
        (name, book.add_worksheet(name))
        for name in sheet_names([*first, *(tab.name for tab in report.tabs)])
    ]
    # Table names count for the whole workbook, and are taken in the order of the report.
    names = iter(table_names(table.name for tab in report.tabs for table in tab.tables))
    pages = [
        Page(sheet, name, tab, styles)
        for (name, sheet), tab in zip(named[len(first) :], report.tabs, strict=True)
    ]
    for page in pages:
        page.write([next(names) for _ in page.tab.tables])
    places = {place.table.name: place for page in reversed(pages) for place in page.places}
    empty = {table.name for tab in report.tabs for table in tab.tables if not table.rows}
    for page in pages:
        _insert_charts(book, page, _drawable(page.tab.charts, places, empty))
        set_print(page, footer=report.title)
    if report.overview is not None:
        name, sheet = named[0]
        charts = _drawable(report.overview.charts, places, empty)
        write_overview(
            book, sheet, name, report.overview,
            places=places, charts=charts, footer=report.title, styles=styles,
        )  # fmt: skip
    if named:
        named[0][1].activate()


def _drawable(
    charts: Sequence[Chart], places: Mapping[str, Place], empty: Collection[str]
) -> list[tuple[Chart, Place]]:
    """The charts whose table has rows, with the place of the table."""
    for chart in charts:
        if chart.table not in places and chart.table not in empty:
            raise ValueError(f"chart {chart.title!r} points to an unknown table {chart.table!r}")
        if not chart.series:
            raise ValueError(f"chart {chart.title!r} has no series")
    return [(chart, places[chart.table]) for chart in charts if chart.table in places]


def _insert_charts(book: Workbook, page: Page, placed: Sequence[tuple[Chart, Place]]) -> None:
    anchor = page.chart_anchor(len(placed))
    boxes = list(chart_boxes(placed, room=anchor.room))
    take_charts(page, anchor, boxes)
    for (chart, place), box in zip(placed, boxes, strict=True):
        options = {
            "x_offset": anchor.x + box.x,
            "y_offset": box.y,
            "object_position": MOVE_ONLY,
            "description": one_line(chart.title),
        }
        drawn = draw(book, chart, place, box)
        page.sheet.insert_chart(anchor.row, anchor.column, drawn, options)
