"""Columns of words and ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from .context import Context
from .layout import Place
from .profile import profiles
from .source import Cell
from .totals import Mask

NO_TEXT = frozenset({"", "-", "--", "–", "—", "undefined"})
EXACT_FLOAT = 2**53  # a workbook keeps 15 digits: longer ids in number cells are already damaged


def typed_texts(
    column: pd.Series, lines: Sequence[int], place: Place, context: Context
) -> pd.Series[str]:
    """A column of words or ids as text, missing where there is none."""
    identifier = place.target is not None and place.target.name.endswith("_id")
    if column.dtype == object:
        texts = pd.Series([_plain_text(cell) for cell in column], dtype="str")
    else:
        texts = column.astype("str").str.strip()
    nothing = texts.isin(NO_TEXT)
    if nothing.any():
        texts = texts.mask(nothing)
    if place.target is not None and place.target.name == "channel":
        return texts.map(_channel_id, na_action="ignore")
    if identifier:
        rounded = _rounded(column, texts)
        if rounded.any():
            _report_rounded(texts, int(rounded.argmax()), lines, place, context)
    return texts


def _rounded(column: pd.Series, texts: pd.Series[str]) -> Mask:
    """Ids in a form or size that shows they went through a spreadsheet's numbers."""
    if column.dtype == object:
        large = [isinstance(cell, float) and abs(cell) > EXACT_FLOAT for cell in column]
    elif texts.str.isalnum().all():  # the usual case, and quickly seen
        return np.zeros(len(texts), dtype=bool)
    else:
        large = [False] * len(texts)
    powers = texts.str.fullmatch(r"\d[\d.,]*E\+\d+", case=False).fillna(False)
    rounded: Mask = powers.to_numpy(dtype=bool) | np.array(large, dtype=bool)
    return rounded


def _channel_id(text: str) -> str:
    """A channel as people type it ("Meta Ads") under the name our tables use (meta_ads)."""
    name = text.casefold().replace(" ", "_").replace("-", "_")
    return name if name in {profile.channel for profile in profiles()} else text


def _plain_text(cell: Cell) -> str:
    """A workbook's cell as text: the id 17900000000000001 is no 1.79E+16."""
    if isinstance(cell, float) and cell.is_integer():
        return repr(int(cell))
    return str(cell).strip()


def _report_rounded(
    texts: pd.Series[str], position: int, lines: Sequence[int], place: Place, context: Context
) -> None:
    context.report(
        "warning",
        context.where(lines, position, place.header),
        f"{texts.iloc[position]!r} was rounded by a spreadsheet; rows can no longer be told apart "
        "by it. Use the export as downloaded, not a copy saved by a spreadsheet.",
    )
