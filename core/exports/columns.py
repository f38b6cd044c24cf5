"""Rows of a block turned into columns; rows that have shifted are left out, and said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .blocks import Block
from .context import Context
from .source import Cell, Row
from .totals import TOTAL_WORDS, Mask


def as_columns(rows: Sequence[Row], width: int) -> list[pd.Series]:
    """Rows turned into columns; cells beyond `width` are left off."""
    if not rows:
        return [pd.Series(dtype="str")] * width
    cells = zip(*(row[:width] for row in rows), strict=True)
    return [pd.Series(list(column), dtype=_cell_type(column)) for column in cells]


def _cell_type(column: tuple[Cell, ...]) -> str:
    return "str" if all(isinstance(cell, str) for cell in column) else "object"


def regular_rows(block: Block, context: Context) -> tuple[list[Row], list[int], Mask]:
    """Rows at least as wide as the header, their lines, and which have a total word beyond it.

    A row with other cells beyond the header is shifted: it is left out, and said.
    """
    width = len(block.header)
    if set(map(len, block.rows)) <= {width}:
        return block.rows, block.lines, np.zeros(len(block.rows), dtype=bool)
    rows: list[Row] = []
    lines: list[int] = []
    totals: list[bool] = []
    for row, line in zip(block.rows, block.lines, strict=True):
        extra = [cell for cell in row[width:] if str(cell).strip()]
        is_total = bool(extra) and all(
            isinstance(cell, str) and TOTAL_WORDS.fullmatch(cell.strip()) for cell in extra
        )
        if extra and not is_total:
            context.report(
                "error",
                f"{context.name}, line {line}",
                f"{len(row)} cells where the header has {width}: the row is left out, since its "
                "figures may stand in the wrong columns. A separator inside a text without "
                "quotation marks is the usual cause.",
            )
            continue
        rows.append([*row, *[""] * (width - len(row))])
        lines.append(line)
        totals.append(is_total)
    return rows, lines, np.array(totals, dtype=bool)
