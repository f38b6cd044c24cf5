"""One tab on one sheet: title, introduction, tables under each other, room for charts, print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from xlsxwriter.worksheet import Worksheet

from ..core.report import ReportTable, Tab, Value
from .charts import GAP, WIDTH
from .formats import ACCENT, MUTED, Styles, words
from .measures import column_width, paragraph
from .names import headings, one_line
from .tables import ROW, Place, column_values, write_table
from .values import LINKS_PER_SHEET, TEXT_LENGTH, Tally, write_text

EVERY_CELL = "A1:XFD1048576"
A4 = 9
FOOTER_LENGTH = 120

# Pixels.
TITLE_ROW = 44
TABLE_TITLE_ROW = 32
LINE_ROW = 20
GUTTER = 18
PAGE_WIDTH = 900  # a paragraph runs this far when the tables are narrower
FROZEN_HEIGHT = 300  # frozen rows above this leave no room to scroll
FROZEN_WIDTH = 340

# Charts stand beside tables up to this wide, and beside a list so long that nobody would look
# for a chart below it; under the tables otherwise.
NARROW = 640
LONG = 40


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the charts of a page begin: a cell, pixels to its right, and the pixels they have."""

    row: int
    column: int
    x: int
    room: int


@dataclass(slots=True)
class Page:
    """A tab being written from top to bottom; `row` is the next free row."""

    sheet: Worksheet
    name: str
    tab: Tab
    styles: Styles
    row: int = 0
    height: int = 0
    widths: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    @property
    def plain(self) -> bool:
        """Whether the tab is a bare list that begins in the first cell."""
        return not self.tab.title and not self.tab.intro

    @property
    def left(self) -> int:
        """The first column of the tables; a page has a narrow margin before it."""
        return 0 if self.plain else 1

    def write(self, names: Sequence[str], *, footer: str) -> None:
        """Write everything but the charts; `names` are the Excel names of the tables."""
        values = [column_values(table) for table in self.tab.tables]
        self._set_widths(values)
        self._write_head()
        for table, name, columns in zip(self.tab.tables, names, values, strict=True):
            self._write_table(table, name, columns)
        self._write_remarks()
        self._freeze()
        self._set_print(footer)

    def chart_anchor(self, count: int) -> Anchor:
        """Where `count` charts begin, clear of every table."""
        width = sum(self.widths)
        longest = max((len(table.rows) for table in self.tab.tables), default=0)
        if self.places and (width <= NARROW or longest > LONG):
            top = self.places[0].row
            room = WIDTH if count <= 2 else 2 * WIDTH + GAP
            return Anchor(top, self.left + len(self.widths), GAP + GAP // 2, room)
        room = max(width, 2 * WIDTH * 3 // 4 + GAP) if count > 1 else max(min(width, 720), WIDTH)
        return Anchor(self.row, self.left, 0, room)

    def _set_widths(self, values: Sequence[Sequence[Sequence[Value]]]) -> None:
        """The widest need of each column over all tables, since they share the sheet's columns."""
        for table, columns in zip(self.tab.tables, values, strict=True):
            titles = headings(column.heading for column in table.columns)
            for at, column in enumerate(table.columns if table.rows else ()):
                width = column_width(column, titles[at], columns[at])
                if at == len(self.widths):
                    self.widths.append(width)
                self.widths[at] = max(self.widths[at], width)
        for at, width in enumerate(self.widths, start=self.left):
            self.sheet.set_column_pixels(at, at, width)

    def _write_head(self) -> None:
        self.sheet.ignore_errors({"number_stored_as_text": EVERY_CELL})
        self.sheet.set_tab_color(MUTED if self.plain else ACCENT)
        if self.plain:
            return
        self.sheet.hide_gridlines(2)
        self.sheet.set_default_row(ROW * 0.75)
        self.sheet.set_column_pixels(0, 0, GUTTER)
        if self.tab.title:
            self._write_line(self.tab.title, "title", TITLE_ROW)
        self._write_paragraphs(self.tab.intro, "intro")
        self._skip(LINE_ROW)

    def _write_table(
        self, table: ReportTable, name: str, values: Sequence[Sequence[Value]]
    ) -> None:
        if table.title and not self.plain:
            self._write_line(table.title, "table title", TABLE_TITLE_ROW)
        self._write_paragraphs([table.note] if table.note and not self.plain else [], "note")
        if not table.rows:
            self._write_line(words(self.styles.lang)["no data"], "intro", ROW)
        else:
            place = Place(self.name, table, name, self.row, self.left)
            write_table(
                self.sheet, place, values,
                widths=self.widths, styles=self.styles, tally=self.tally, plain=self.plain,
            )  # fmt: skip
            self.places.append(place)
            self.row = place.last_row + 1
        self.row += 2

    def _write_remarks(self) -> None:
        said = words(self.styles.lang)
        for key, count, limit in (
            ("cut", self.tally.cut, TEXT_LENGTH),
            ("links", self.tally.not_linked, LINKS_PER_SHEET),
        ):
            if count:
                self._write_line(said[key].format(count=count, limit=limit), "note", LINE_ROW)

    def _write_paragraphs(self, texts: Sequence[str], role: str) -> None:
        width = min(max(sum(self.widths), PAGE_WIDTH), 1.5 * PAGE_WIDTH)
        for text in texts:
            for line in paragraph(text, width):
                self._write_line(line, role, LINE_ROW)

    def _write_line(self, text: str, role: str, height: int) -> None:
        write_text(self.sheet, self.row, self.left, one_line(text), self.styles.role(role))
        self._skip(height)

    def _skip(self, height: int) -> None:
        self.sheet.set_row_pixels(self.row, height)
        self.row += 1
        self.height += height

    def _freeze(self) -> None:
        """Headings stay in view where one table has the sheet; the first column always does."""
        if not self.places:
            return
        one = len(self.tab.tables) == 1
        row = self.places[0].row + 1 if one and self.height <= FROZEN_HEIGHT else 0
        column = self.left + 1 if self.widths[0] <= FROZEN_WIDTH else 0
        self.sheet.freeze_panes(row, column)
        if one:
            self.sheet.repeat_rows(self.places[0].row)

    def _set_print(self, footer: str) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.7)
        # The space keeps a title that begins with a year from being read into the font size 8.
        title = one_line(footer)[:FOOTER_LENGTH].replace("&", "&&")
        page = words(self.styles.lang)["page"]
        self.sheet.set_footer(f"&L&8 {title}&R&8 {page}")
