"""The quick way through a large regular CSV: one table, read by pandas column by column.

It is taken only when the whole file is as regular as its beginning, so that reading it row by row
would give the same. Anything else (a line with too many cells, an empty line, a second table) goes
the careful way.
"""

from __future__ import annotations

import io
import re
import warnings
from codecs import BOM_UTF8
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice
from typing import overload

import numpy as np
import pandas as pd

from .blocks import HEADER_SEARCH_ROWS, Block
from .source import MAX_CELL_CHARACTERS, Cell, ExportError, Grid, TextFile
from .totals import Mask

BULK_BYTES = 2_000_000  # below this the careful way takes no time worth saving
HEAD_ROWS = 100
HEAD_CHARACTERS = 500_000
# Headers hold letters, so a cell of this form is none; a column of figures is full of them.
_FIGURE = r"[-+(]?[0-9][0-9.,]*[)%]?"
# What pandas takes for a number or a truth value.
_VALUE = re.compile(r"\s*(?:[-+\d.e]*|true|false|[-+]?inf(?:inity)?|[-+]?nan)\s*", re.IGNORECASE)
_LONE_QUOTE = re.compile(rb'[^"]"[^"]')


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
        lines = (line for line, _ in self.file.rows() if line > self.after)
        if isinstance(index, slice):
            return list(islice(lines, self.size))[index]
        return next(islice(lines, range(self.size)[index], None))


def head(file: TextFile) -> Grid | None:
    """The first rows of a large file, enough to see its header and kind; None if it has few."""
    beginning = replace(file, decoded=file.beginning(HEAD_CHARACTERS))
    rows: list[list[Cell]] = []
    lines: list[int] = []
    try:
        for line, row in islice(beginning.rows(), HEAD_ROWS):
            rows.append(list(row))
            lines.append(line)
    except ExportError:  # a quotation that ends later, or nowhere
        return None
    return Grid("", rows, lines) if len(rows) == HEAD_ROWS else None


def begins_regular(grid: Grid, block: Block) -> bool:
    """Whether all rows under the header are the table's, none wider than it."""
    start = grid.lines.index(block.header_line)
    return (
        start + HEADER_SEARCH_ROWS < HEAD_ROWS
        and not block.repeated
        and block.lines == grid.lines[start + 1 :]
        and len(grid.rows[start]) == len(block.header)
        and all(len(row) <= len(block.header) for row in block.rows)
        and not any("\n" in name or "\r" in name for name in block.header)
    )


def read_columns(
    file: TextFile,
    block: Block,
    *,
    numeric: frozenset[int],
    header_score: Callable[[Sequence[str]], int],
) -> list[pd.Series] | None:
    """The columns of the table that begins with a block; None if the file is not regular.

    `numeric` are the positions of columns of figures: they come as integers where they are nothing
    but whole numbers. All others come as text, as it is written. `header_score` tells how many
    cells of a row are known headers.
    """
    data, start = _body(file, block.header_line)
    if b"\0" in data or data.startswith(BOM_UTF8, start):
        return None
    body = _Body(data, start, file.delimiter, len(block.header))
    everything = frozenset(range(body.width))
    apparent = _apparent_texts(block) - numeric if _with_arrow() else frozenset()
    frame = body.read(everything, text=everything - numeric - apparent)
    if frame is None:
        return None
    # 12.5 or 1,234, or a text that looks like a number: how it was written matters.
    unclear = {column for column in numeric if not _is_whole(frame[column])}
    unclear |= {column for column in apparent if not _is_text(frame[column])}
    if unclear:
        written = body.read(unclear, text=unclear)
        if written is None:
            return None
        frame[sorted(unclear)] = written
    texts = (everything - numeric) | unclear
    frame = frame.astype(
        {
            column: "str" if column in texts else "Int64"
            for column in everything
            if column in texts or not pd.api.types.is_integer_dtype(frame[column].dtype)
        }
    )
    if _may_hide_cell(data) and any(map(_is_too_long, (frame[column] for column in texts))):
        return None
    figures = _has_figure(frame, block.header, numeric)
    if not figures.all():
        size = _size_without_empty_end(frame, figures)
        frame, figures = frame.iloc[:size], figures[:size]
        if not _are_rows(frame[~figures], block.header, header_score):
            return None
    # Text without figures at the very end may be a note.
    return [frame[column] for column in frame] if figures[-1:].any() else None


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of a table as pandas gets them: UTF-8, from `start` on."""

    data: bytes
    start: int
    delimiter: str
    width: int

    def read(self, columns: Set[int], *, text: Set[int]) -> pd.DataFrame | None:
        """Some columns, of `text` or of what pandas sees in them.

        A row of too many cells makes it give up, but only when all columns are read.
        """
        stream = io.BytesIO(self.data)
        stream.seek(self.start)
        kind = "large_string[pyarrow]" if _with_arrow() else "object"
        try:
            with warnings.catch_warnings():  # of columns that begin as numbers and go on as text
                warnings.simplefilter("ignore", pd.errors.DtypeWarning)
                frame: pd.DataFrame = pd.read_csv(
                    stream,
                    sep=self.delimiter,
                    header=None,
                    names=range(self.width),
                    usecols=sorted(columns) if len(columns) < self.width else None,
                    dtype=dict.fromkeys(text, kind),
                    dtype_backend="pyarrow" if _with_arrow() else "numpy_nullable",
                    keep_default_na=False,
                    na_values=[""],
                    index_col=False,
                    skip_blank_lines=False,
                )
        except (pd.errors.ParserError, ValueError, TypeError, OverflowError):
            return None  # the last two where a number is beyond 2**64
        return frame


def _with_arrow() -> bool:
    """Whether pandas keeps text as pyarrow does, which it also reads fastest."""
    return pd.StringDtype(na_value=np.nan).storage == "pyarrow"


def _apparent_texts(block: Block) -> frozenset[int]:
    """Columns with a text in the first rows that pandas cannot take for anything else.

    It reads such columns faster when it is not told that they are text.
    """
    return frozenset(
        column
        for column in range(len(block.header))
        if any(len(row) > column and not _VALUE.fullmatch(str(row[column])) for row in block.rows)
    )


def _is_whole(column: pd.Series) -> bool:
    return pd.api.types.is_integer_dtype(column.dtype) or bool(column.isna().all())


def _is_text(column: pd.Series) -> bool:
    return column.dtype.type is str or bool(column.isna().all())


def _body(file: TextFile, header_line: int) -> tuple[bytes, int]:
    """The file in UTF-8, and where in it the line after the header begins."""
    lines = io.StringIO(file.beginning(HEAD_CHARACTERS), newline="")
    above = "".join(islice(lines, header_line - file.skipped))
    if file.encoding in ("utf-8", "utf-8-sig"):
        return file.data, file.start + len(above.encode())
    return file.text[len(above) :].encode(), 0


def _may_hide_cell(data: bytes) -> bool:
    """Whether a cell may be longer than the careful way allows.

    Such a cell would fill one of these pieces. One in quotation marks has them only in pairs, one
    without has no line end.
    """
    size = MAX_CELL_CHARACTERS // 2
    return not all(
        data.find(b"\n", start, start + size) >= 0 and _LONE_QUOTE.search(data, start, start + size)
        for start in range(0, len(data) - size, size)
    )


def _is_too_long(column: pd.Series) -> bool:
    return bool(column.str.len().max() > MAX_CELL_CHARACTERS)


def _has_figure(frame: pd.DataFrame, header: Sequence[str], numeric: frozenset[int]) -> Mask:
    """Rows with a figure after their first cell where the header has none."""
    found: Mask = np.zeros(len(frame), dtype=bool)
    for column in sorted(numeric - {0}):
        if re.fullmatch(_FIGURE, header[column].strip()):
            continue
        cells = frame[column]
        if pd.api.types.is_integer_dtype(cells.dtype):
            found |= cells.notna().to_numpy(dtype=bool)
        elif isinstance(cells.dtype, pd.StringDtype):
            found |= cells.str.fullmatch(_FIGURE).fillna(False).to_numpy(dtype=bool)
        if found.all():
            break
    return found


def _size_without_empty_end(frame: pd.DataFrame, figures: Mask) -> int:
    """How many rows there are up to the last with any cell filled."""
    last = int(figures.nonzero()[0].max(initial=-1)) + 1
    filled = frame.iloc[last:].notna().any(axis="columns").to_numpy(dtype=bool)
    return last + int(filled.nonzero()[0].max(initial=-1)) + 1


def _are_rows(
    frame: pd.DataFrame, header: Sequence[str], header_score: Callable[[Sequence[str]], int]
) -> bool:
    """Whether rows without figures are sure to be of the table: no gap, title or header."""
    names = [name for name in header if name]
    for row in frame.astype("object").itertuples(index=False):
        cells = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
        if len(cells) < 2 or cells == names or header_score(cells) > 1:
            return False
    return True
