"""One tab on one sheet: title, introduction, tables under each other, room for charts, print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil

from xlsxwriter.worksheet import Worksheet

from ..core.report import Comments, ReportTable, Tab, Value
from .canvas import TALLEST_ROW, Block, write_block
from .charts import GAP, WIDTH
from .formats import ACCENT, MUTED, Styles
from .measures import column_width, paragraph, text_width
from .names import headings, one_line
from .paper import Together
from .passages import comment_blocks
from .tables import PLAIN_ROW, ROW, Place, column_values, write_table
from .values import LINKS_PER_SHEET, TEXT_LENGTH, Tally, write_text
from .words import words

EVERY_CELL = "A1:XFD1048576"

# Pixels.
TITLE_ROW = 44
TABLE_TITLE_ROW = 32
LINE_ROW = 20
GUTTER = 18
PAGE_WIDTH = 900  # a paragraph runs this far when the tables are narrower
FROZEN_HEIGHT = 300  # frozen rows above this leave no room to scroll
FROZEN_WIDTH = 340
MANY_COLUMNS = 10  # from here on headings take a third line, so that more goes on a page
USUAL_WIDTH = 64  # of a column that nobody set
COMMENT_WIDTH = 720
COMMENT_GAP = 8
WITH_TITLE = 3  # values that stay on the page of their table's title

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
    """A tab being written from top to bottom; `row` is the next free row.

    `heights` are the rows whose height was set, in pixels; `right` is how far to the right of
    the first column anything reaches, and `bottom` the last row of anything.
    """

    sheet: Worksheet
    name: str
    tab: Tab
    styles: Styles
    row: int = 0
    height: int = 0
    widths: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    heights: dict[int, int] = field(default_factory=dict)
    right: float = 0
    bottom: int = 0
    together: list[Together] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """Whether the tab is a bare list that begins in the first cell."""
        return not self.tab.title and not self.tab.intro and not self.said

    @property
    def said(self) -> Comments | None:
        """What people wrote, if anything."""
        return self.tab.comments if self.tab.comments and self.tab.comments.comments else None

    @property
    def left(self) -> int:
        """The first column of the tables; a page has a narrow margin before it."""
        return 0 if self.plain else 1

    @property
    def usual(self) -> int:
        """Pixels of a row whose height was not set."""
        return PLAIN_ROW if self.plain else ROW

    def width_of(self, column: int) -> int:
        """Pixels of a column of the sheet."""
        at = column - self.left
        if at < 0:
            return GUTTER
        return self.widths[at] if at < len(self.widths) else USUAL_WIDTH

    def write(self, names: Sequence[str]) -> None:
        """Write everything but the charts; `names` are the Excel names of the tables."""
        values = [column_values(table) for table in self.tab.tables]
        self._set_widths(values)
        self._write_head()
        self._write_comments()
        for table, name, columns in zip(self.tab.tables, names, values, strict=True):
            self._write_table(table, name, columns)
        self._write_remarks()
        self._freeze()
        self.right = max(self.right, sum(self.widths))

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
        most = max((len(table.columns) for table in self.tab.tables), default=0)
        count = 3 if most >= MANY_COLUMNS else 2
        for table, columns in zip(self.tab.tables, values, strict=True):
            titles = headings(column.heading for column in table.columns)
            for at, column in enumerate(table.columns if table.rows else ()):
                width = column_width(column, titles[at], columns[at], heading_lines=count)
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

    def _write_comments(self) -> None:
        said = self.said
        if said is None:
            return
        self._write_line(said.heading, "table title", TABLE_TITLE_ROW)
        right, width = self.left, 0
        while width < COMMENT_WIDTH:
            width += self.width_of(right)
            right += 1
        bar = {"left": 5, "left_color": ACCENT, "indent": 1}
        for comment in said.comments:
            # Where there is only one, the tab's title already says what it is about.
            about = replace(comment, section=comment.section if len(said.comments) > 1 else "")
            room = width - GUTTER
            blocks = comment_blocks(about, said, lang=self.styles.lang, x=0, y=0, width=room)
            for block in blocks:
                self._write_block(replace(block, look={**block.look, **bar}), right - 1)
            self._skip(COMMENT_GAP)
        self.right = max(self.right, width)
        self._skip(LINE_ROW)

    def _write_block(self, block: Block, right: int) -> None:
        """A block as wide as the columns up to `right`, over as many rows as it needs."""
        top, style = self.row, self.styles.role(block.role, **block.look)
        rows = ceil(block.height / TALLEST_ROW)
        for _ in range(rows):
            self._skip(ceil(block.height / rows))
        if (top, self.left) != (self.row - 1, right):
            self.sheet.merge_range(top, self.left, self.row - 1, right, "", style)
        at = (top, self.left)
        write_block(self.sheet, at, block, style, styles=self.styles, tally=self.tally)
        self.bottom = max(self.bottom, self.row - 1)

    def _write_table(
        self, table: ReportTable, name: str, values: Sequence[Sequence[Value]]
    ) -> None:
        first = self.row
        if table.title and not self.plain:
            self._write_line(table.title, "table title", TABLE_TITLE_ROW)
        self._write_paragraphs([table.note] if table.note and not self.plain else [], "note")
        if not table.rows:
            self._write_line(words(self.styles.lang)["no data"], "intro", ROW)
        else:
            place = Place(self.name, table, name, self.row, self.left)
            self.heights |= write_table(
                self.sheet, place, values,
                widths=self.widths, styles=self.styles, tally=self.tally, plain=self.plain,
            )  # fmt: skip
            self.places.append(place)
            self.row = place.last_row + 1
            least = min(place.row + WITH_TITLE, place.last_row)
            self.together.append(Together(first, least, place.last_row))
            self.bottom = max(self.bottom, place.last_row)
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
        text = one_line(text)
        write_text(self.sheet, self.row, self.left, text, self.styles.role(role))
        # Words run on over the empty cells beside them, and are printed as far as the page goes.
        size = self.styles.size(role)
        self.right = max(self.right, min(text_width(text, size=size), 1.5 * PAGE_WIDTH))
        self.bottom = max(self.bottom, self.row)
        self._skip(height)

    def _skip(self, height: int) -> None:
        self.sheet.set_row_pixels(self.row, height)
        self.heights[self.row] = height
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
