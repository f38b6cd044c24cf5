"""A report table as a real Excel table: headings with their notes, values, filter buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from xlsxwriter.worksheet import Worksheet

from ..core.report import Column, ReportTable, Value
from .conditions import colour
from .formats import FONT, TINT, Styles, unit_of
from .measures import LINE, MARGIN, PADDING, lines
from .names import headings, one_line
from .tones import tone_rules
from .values import Cells, Tally, legible

# Its headings are bold and it draws no fill; everything else of the look is in the cell formats,
# which LibreOffice and Google Sheets show as well.
TABLE_STYLE = "Table Style Light 1"

NOTE_WIDTH = 300
NOTE_LENGTH = 2_000
PLAIN_ROW = 20
ROW = 23
HEADING_PADDING = 32  # the filter buttons lie in the lower half, clear of the words

# https://support.microsoft.com/office/excel-specifications-and-limits
ROWS_PER_SHEET = 1_048_576
COLUMNS_PER_SHEET = 16_384
ROOM = 100  # rows kept for titles above a table and remarks below it

BAND = 500  # rows written at a time


class TooLarge(ValueError):
    """A table that does not fit on a sheet.

    It is not split over two sheets: a formula that sums the first half would look right and be
    wrong.
    """


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table lies: its sheet, the row of its headings, its first column."""

    sheet: str
    table: ReportTable
    name: str
    row: int
    left: int

    @property
    def last_row(self) -> int:
        """The row of the last value."""
        return self.row + len(self.table.rows)

    def cells(self, key: str) -> list[str | int]:
        """The values of a column as XlsxWriter's charts want them."""
        column = self.left + self.table.column(key)
        return [self.sheet, self.row + 1, column, self.last_row, column]

    def heading(self, key: str) -> list[str | int]:
        """The cell that holds the heading of a column."""
        return [self.sheet, self.row, self.left + self.table.column(key)]


def check(tables: Sequence[ReportTable]) -> None:
    """Raise for tables that cannot be written under each other on one sheet.

    `TooLarge` when no sheet holds them, `ValueError` when a row has too many or too few values.
    """
    rows = sum(len(table.rows) + ROOM for table in tables)
    for table in sorted(tables, key=lambda table: -len(table.rows)):
        if rows > ROWS_PER_SHEET or len(table.columns) >= COLUMNS_PER_SHEET:
            raise TooLarge(
                f"table {table.name!r} has {len(table.rows):,} rows and {len(table.columns):,}"
                f" columns; an Excel sheet holds {ROWS_PER_SHEET:,} and {COLUMNS_PER_SHEET:,},"
                " titles included. Report a shorter period, or fewer channels"
            )
        _check_rows(table)


def _check_rows(table: ReportTable) -> None:
    if not table.columns:
        raise ValueError(f"table {table.name!r} has no columns")
    width = len(table.columns)
    for position, row in enumerate(table.rows, start=1):
        if len(row) != width:
            raise ValueError(
                f"table {table.name!r}, row {position}: {len(row)} values for {width} columns"
            )


def column_values(table: ReportTable) -> list[Sequence[Value]]:
    """The values of each column, top to bottom."""
    return [list(map(itemgetter(position), table.rows)) for position in range(len(table.columns))]


def write_table(
    sheet: Worksheet,
    place: Place,
    values: Sequence[Sequence[Value]],
    *,
    widths: Sequence[int],
    styles: Styles,
    tally: Tally,
    plain: bool,
) -> dict[int, int]:
    """Write a table that has rows, its `values` column by column.

    `widths` are the pixels of its columns; `plain` is the look of a bare list of data. Returns the
    rows whose height is not the usual one, in pixels.
    """
    table = place.table
    titles = headings(column.heading for column in table.columns)
    looks = [styles.heading(column) for column in table.columns]
    options: dict[str, object] = {
        "name": place.name,
        "style": TABLE_STYLE,
        "banded_rows": False,
        "columns": [
            {"header": title, "header_format": look}
            for title, look in zip(titles, looks, strict=True)
        ],
    }
    if table.title:
        options["title"] = one_line(table.title)[:255]
    right = place.left + len(table.columns) - 1
    sheet.add_table(place.row, place.left, place.last_row, right, options)
    heights = _heights(place, titles, widths=widths, plain=plain)
    for row, height in heights.items():
        sheet.set_row_pixels(row, height)
    _write_values(sheet, place, values, styles=styles, tally=tally, plain=plain)
    for at, column in enumerate(table.columns, start=place.left):
        _write_note(sheet, place.row, at, column)
        colour(sheet, (place.row + 1, at, place.last_row, at), tone_rules(column), styles=styles)
    return heights


def _write_values(
    sheet: Worksheet,
    place: Place,
    values: Sequence[Sequence[Value]],
    *,
    styles: Styles,
    tally: Tally,
    plain: bool,
) -> None:
    table = place.table
    top = not plain and _has_line_breaks(table, values)
    role = "plain cell" if plain else "top cell" if top else "cell"
    cells = [
        Cells(
            sheet, place.row + 1, at, styles.cell(_shown(column, downwards), role=role),
            f"table {table.name!r}, column {column.key!r}", tally, column.unit,
        )
        for at, (column, downwards) in enumerate(
            zip(table.columns, values, strict=True), start=place.left
        )
    ]  # fmt: skip
    # In bands of rows: XlsxWriter keeps a row together in memory, and so do we while it is warm.
    for start in range(0, len(table.rows), BAND):
        for column_cells, downwards in zip(cells, values, strict=True):
            column_cells.write(downwards, start=start, stop=start + BAND)


def _shown(column: Column, downwards: Sequence[Value]) -> Column:
    return replace(column, unit=unit_of(column.unit, downwards))


def _heights(
    place: Place, titles: Sequence[str], *, widths: Sequence[int], plain: bool
) -> dict[int, int]:
    """Room for wrapped headings and wrapped text, since a set height no longer fits itself."""
    room = [width - MARGIN / 2 for width in widths]
    tallest = max(lines(title, room[at], bold=True) for at, title in enumerate(titles))
    heights = {place.row: tallest * LINE + HEADING_PADDING}
    wrapped = [at for at, column in enumerate(place.table.columns) if column.wrap]
    usual = PLAIN_ROW if plain else ROW
    for number, row in enumerate(place.table.rows if wrapped else (), start=place.row + 1):
        count = max(lines(str(row[at] or ""), widths[at] - 4 * PADDING) for at in wrapped)
        if count > 1:
            heights[number] = min(count * LINE + usual - LINE, 500)
    return heights


def _has_line_breaks(table: ReportTable, values: Sequence[Sequence[Value]]) -> bool:
    """Whether a text of several lines is cut to one, which should then be its first."""
    return any(
        isinstance(value, str) and "\n" in value
        for column, downwards in zip(table.columns, values, strict=True)
        if column.unit == "text" and not column.wrap
        for value in downwards
    )


def _write_note(sheet: Worksheet, row: int, at: int, column: Column) -> None:
    note = legible(column.note).strip()[:NOTE_LENGTH]
    if note:
        height = lines(note, NOTE_WIDTH - 20) * 18 + 16
        options = {
            "width": NOTE_WIDTH, "height": height, "color": TINT, "font_name": FONT,
            "font_size": 10, "font_family": 2,
        }  # fmt: skip
        sheet.write_comment(row, at, note, options)
