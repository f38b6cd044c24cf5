"""Reading a platform's export: find its tables, tell the platform, type its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal

import pandas as pd

from ..catalogue import catalogue
from .blocks import Block, find_blocks
from .build import build_table, figure_columns
from .bulk import BULK_BYTES, Lines, begins_regular, head, read_columns
from .context import Context
from .dates import Order
from .export import Column, Export, Table
from .layout import Layout, check_options, choose_layout
from .options import ReadOptions
from .preamble import Preamble, read_preamble, read_title, stated_value
from .profile import IDENTITIES, Vocabulary, profiles, vocabulary
from .remarks import assumed_encoding, misfit, nothing_found
from .source import Grid, TextFile, Workbook, load


@dataclass(frozen=True, slots=True)
class _File:
    """What all tables of one file share."""

    name: str
    options: ReadOptions
    words: Vocabulary
    latest: date
    delimiter: str

    def layout(self, block: Block) -> Layout:
        title = read_title(block.preamble, block.sheet)
        return choose_layout(
            block.header, title=title, profiles=profiles(), words=self.words, options=self.options
        )

    def name_of(self, sheet: str) -> str:
        """How messages call the file, or one sheet of it."""
        return f"{self.name}, sheet {sheet!r}" if sheet else self.name

    def context(self, block: Block, layout: Layout) -> Context:
        preamble = read_preamble(block.preamble, block.sheet, order=self._order(layout))
        name = self.name_of(block.sheet)
        said = [*misfit(layout, self.options, name)]
        return Context(name, layout, preamble, self.options, self.latest, said, self.delimiter)

    def _order(self, layout: Layout) -> Order | None:
        if self.options.day_first is not None:
            return "dmy" if self.options.day_first else "mdy"
        return layout.usual_order


def read_export(
    path: Path | str, *, options: ReadOptions | None = None, bulk_from: int = BULK_BYTES
) -> Export:
    """Read one file as downloaded from a platform, a connector or a person's own table.

    A regular CSV of at least `bulk_from` bytes is read column by column, which is faster and
    gives the same.

    Raises `ExportError` (naming file, line, column and the option that settles it) where the
    file cannot be read without guessing. What was set aside, repaired or not placed is in
    `findings`.
    """
    path = Path(path)
    options = options or ReadOptions()
    check_options(options, path.name)
    words = vocabulary()
    source = load(path, header_score=words.score)
    made = datetime.fromtimestamp(path.stat().st_mtime)
    delimiter = source.delimiter if isinstance(source, TextFile) else ""
    file = _File(path.name, options, words, made.date(), delimiter)
    return _read(source, file, name=path.name, made=made, bulk_from=bulk_from)


def read_sheet(
    grid: Grid,
    *,
    file: str,
    made: datetime,
    options: ReadOptions | None = None,
    encoding: str = "xlsx",
) -> Export:
    """Read one sheet of a workbook, or of a shared document, as if it were a file of its own.

    `made` is when the sheet was last changed, as far as anyone knows. Raises `ExportError`.
    """
    options = options or ReadOptions()
    check_options(options, file)
    about = _File(file, options, vocabulary(), made.date(), "")
    source = Workbook(encoding, (grid,))
    return _read(source, about, name=about.name_of(grid.sheet), made=made, bulk_from=BULK_BYTES)


Content = Literal["export", "figures", "other"]


def sheet_content(grid: Grid, *, file: str, options: ReadOptions | None = None) -> Content:
    """What the headings of a sheet promise, told without reading its rows.

    "export": the table of a platform or connector, or of one's own with metrics and the day, post
    or campaign they are of. "figures": metrics of nobody knows what. "other": neither.
    """
    options = options or ReadOptions()
    check_options(options, file)
    about = _File(file, options, vocabulary(), date.max, "")
    found: set[Content] = set()
    for block in find_blocks(grid, about.words, vertical=vertical_words()):
        layout = about.layout(block)
        metrics = layout.names & set(catalogue().metrics)
        if layout.profile is not None or (metrics and layout.names & IDENTITIES):
            return "export"
        found.add("figures" if metrics else "other")
    return "figures" if "figures" in found else "other"


def _read(
    source: TextFile | Workbook, file: _File, *, name: str, made: datetime, bulk_from: int
) -> Export:
    tables: list[Table] = []
    for table, preamble in _tables(source, file, bulk_from):
        made = preamble.made or made
        tables.append(table)
    encoding = source.encoding if isinstance(source, TextFile) else source.format
    return Export(
        file=name,
        encoding=encoding,
        delimiter=file.delimiter,
        made=made,
        tables=tuple(tables),
        findings=(*assumed_encoding(name, encoding), *nothing_found(name, source, tables)),
    )


def _tables(
    source: TextFile | Workbook, file: _File, bulk_from: int
) -> Iterator[tuple[Table, Preamble]]:
    for table, context in _own_tables(source, file, bulk_from):
        yield table, context.preamble
        stated = _stated_table(context)
        if stated is not None:
            yield stated, context.preamble


def _own_tables(
    source: TextFile | Workbook, file: _File, bulk_from: int
) -> Iterator[tuple[Table, Context]]:
    if isinstance(source, TextFile) and len(source.data) >= bulk_from:
        quick = _quick_table(source, file)
        if quick is not None:
            yield quick
            return
    for grid in (source.grid(),) if isinstance(source, TextFile) else source.grids:
        for block in find_blocks(grid, file.words, vertical=vertical_words()):
            context = file.context(block, file.layout(block))
            yield build_table(block, context), context


def _quick_table(source: TextFile, file: _File) -> tuple[Table, Context] | None:
    """The one table of a large regular file; None where it must be read row by row."""
    grid = head(source)
    blocks = find_blocks(grid, file.words, vertical=vertical_words()) if grid is not None else []
    if grid is None or len(blocks) != 1 or not begins_regular(grid, blocks[0]):
        return None
    block = blocks[0]
    layout = file.layout(block)
    if layout.profile is not None and layout.profile.wide is not None:
        return None
    columns = read_columns(
        source, block, numeric=figure_columns(layout), header_score=file.words.score
    )
    if columns is None:
        return None
    context = file.context(block, layout)
    lines = Lines(source, block.header_line, len(columns[0]))
    return build_table(block, context, columns=columns, lines=lines), context


@cache
def vertical_words() -> frozenset[str]:
    """The headings of profiles whose tables stand on their side."""
    return frozenset(
        header
        for profile in profiles()
        if profile.vertical
        for columns in profile.columns.values()
        for header in columns
    )


def _stated_table(context: Context) -> Table | None:
    """A figure stated above a table, such as the followers on the last day, as its own table."""
    profile = context.layout.profile
    for words, metric in (profile.preamble if profile is not None else {}).items():
        stated = stated_value(context.preamble, words, order=context.layout.usual_order)
        if stated is None:
            continue
        day, number = stated
        frame = pd.DataFrame({metric: [number], "date": [pd.Timestamp(day)]})
        if context.layout.channel:
            frame["channel"] = context.layout.channel
        assert profile is not None
        return Table(
            profile.id,
            words,
            "day",
            ("date",),
            (Column(words, metric),),
            (),
            frame,
            frame.iloc[:0],
            (),
        )
    return None
