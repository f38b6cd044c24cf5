"""The quick way through a large regular CSV: one table, read by pandas column by column.

It is taken only when the whole file is as regular as its beginning. Anything else (a line with
too many cells, a line without figures, a second table) goes the careful way, row by row.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import overload

import pandas as pd

from .source import Cell, Grid, TextFile

BULK_CHARACTERS = 2_000_000  # below this the careful way takes no time worth saving
HEAD_ROWS = 400


@dataclass(frozen=True, slots=True)
class Lines(Sequence[int]):
    """Line numbers of the rows of a large file, found out only when a message needs one."""

    file: TextFile
    after: int
    size: int

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...
    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        filled = (line for line, row in self.file.rows() if line > self.after and any(row))
        if isinstance(index, slice):
            return list(filled)[index]
        return next(islice(filled, index, None), self.after)


def head(file: TextFile) -> Grid:
    """The first rows of a large file, enough to see its header and kind."""
    rows: list[list[Cell]] = []
    lines: list[int] = []
    for line, row in islice(file.rows(), HEAD_ROWS):
        rows.append(list(row))
        lines.append(line)
    return Grid("", rows, lines)


def read_columns(
    file: TextFile, *, header_line: int, width: int, numeric: frozenset[int]
) -> list[pd.Series] | None:
    """The columns of the table under a header; None if the file is not regular.

    `numeric` are the positions of columns of figures. Whole numbers come as Int64; a numeric column that holds anything else comes as text, to be
    read like any other.
    """
    if not numeric:
        return None
    others = frozenset(range(width)) - numeric
    frame = _parsed(file, header_line, width, text=others)
    if frame is None:
        return None
    unclear = [column for column in numeric if frame[column].dtype != "Int64"]
    if unclear:  # 12.5 or 1,234: how it was written matters
        texts = _parsed(file, header_line, width, text=frozenset(range(width)), only=unclear)
        if texts is None:
            return None
        frame[unclear] = texts[unclear]
    if (~frame[sorted(numeric)].notna().any(axis="columns")).any():
        return None  # a note, a title or a second table
    return [frame[column] for column in range(width)]


def _parsed(
    file: TextFile,
    header_line: int,
    width: int,
    *,
    text: frozenset[int],
    only: list[int] | None = None,
) -> pd.DataFrame | None:
    """The rows as pandas reads them; a row with more cells than `width` makes it give up.

    pandas checks that only when all columns are read: `only` is for a second look.
    """
    try:
        return pd.read_csv(
            _body(file, header_line),
            sep=file.delimiter,
            header=None,
            names=range(width),
            usecols=only,
            dtype=dict.fromkeys(text, "str"),
            dtype_backend="numpy_nullable",
            keep_default_na=False,
            na_values=[""],
            index_col=False,
            low_memory=False,
        )
    except (pd.errors.ParserError, ValueError):
        return None


def _body(file: TextFile, header_line: int) -> io.BytesIO | io.StringIO:
    """What follows the header's line; as bytes where they are UTF-8, which pandas reads faster."""
    if file.encoding in ("utf-8", "utf-8-sig"):
        stream: io.BytesIO | io.StringIO = io.BytesIO(file.data)
        lines = header_line
    else:
        stream = io.StringIO(file.text, newline="")
        lines = header_line - file.skipped
    for _ in range(lines):
        stream.readline()
    return stream
