"""Columns of figures: which decimal mark they have, and their values."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..catalogue import FIELDS, catalogue
from .context import Context, cells_of
from .layout import Place
from .numbers import Mark, decimal_evidence, parse_column
from .source import ExportError

NUMERIC_FIELDS = frozenset({"duration_s", "day_index"})
PER_CENT = 1 / 100


def typed_numbers(
    column: pd.Series,
    lines: Sequence[int],
    place: Place,
    mark: Mark | None,
    context: Context,
    currencies: set[str],
) -> npt.NDArray[np.float64]:
    """A column of figures as floats, NaN where there is none; currencies in cells are collected.

    Raises `ExportError` where 1,234 may be two things.
    """
    assert place.target is not None
    factor = place.target.factor
    if pd.api.types.is_integer_dtype(column.dtype):  # read as whole numbers already
        return column.to_numpy(dtype="float64", na_value=np.nan) * factor
    parsed = parse_column(cells_of(column), decimal=mark, whole=is_whole(place.target.name))
    currencies.update(parsed.currencies)
    _refuse_unclear(parsed.bad, lines, place, context)
    context.report_bad(parsed.bad, lines, place.header)
    if parsed.percents and factor == PER_CENT:  # "75.1%" is a fraction already
        factor = 1.0
    values = np.asarray(parsed.values, dtype="float64")
    if context.options.decimal is not None and is_whole(place.target.name):
        _report_parts_of_one(column, values, lines, place, context)
    return values * factor


def _refuse_unclear(
    bad: Sequence[tuple[int, str, str]], lines: Sequence[int], place: Place, context: Context
) -> None:
    unclear = next((cell for cell in bad if "ambiguous" in cell[2]), None)
    if unclear is not None:
        position, text, _ = unclear
        digits = text.replace(",", "").replace(".", "")
        raise ExportError(
            f"{context.where(lines, position, place.header)}: {text!r} may be {digits} or "
            f"{text.replace(',', '.')}; say which with --decimal . or --decimal , "
            "(decimal in tracksheet.toml)"
        )


def _report_parts_of_one(
    column: pd.Series,
    values: npt.NDArray[np.float64],
    lines: Sequence[int],
    place: Place,
    context: Context,
) -> None:
    """1.234 likes: the decimal mark that was said is hardly that of this column."""
    for position in np.flatnonzero(values % 1 > 0).tolist():
        text = str(column.iloc[position])
        if re.fullmatch(r"\d{1,3}[.,]\d{3}", text):
            context.report(
                "warning",
                context.where(lines, position, place.header),
                f"{text!r} read as {values[position]}, as --decimal says; check it, since this "
                "counts whole things",
            )
            return


def is_whole(name: str) -> bool:
    """Whether a metric counts things one by one, so that 1,234 can only be a thousand odd."""
    metric = catalogue().metrics.get(name)
    return metric is not None and metric.unit == "count"


def decimal_marks(columns: Sequence[pd.Series], context: Context) -> dict[str, Mark | None]:
    """The decimal mark of each numeric column: said, proven by the column or the file, or None."""
    if context.options.decimal is not None:
        return {place.header: context.options.decimal for place in context.layout.places}
    proven: dict[str, tuple[str, str]] = {}
    for place in context.layout.places:
        target = place.target
        column = columns[place.position]
        if pd.api.types.is_numeric_dtype(column.dtype) or (
            not place.skipped
            and (target is None or (target.name in FIELDS and target.name not in NUMERIC_FIELDS))
        ):
            continue
        marked = [
            text
            for text in column.unique()
            if isinstance(text, str) and ("," in text or "." in text) and len(text) < 40
        ]
        evidence = decimal_evidence(marked)
        proven[place.header] = (evidence.dot, evidence.comma)
    dots = any(dot for dot, _ in proven.values())
    commas = any(comma for _, comma in proven.values())
    profile, language = context.layout.profile, context.layout.language
    usual = profile.decimal.get(language) if profile is not None else None
    if context.delimiter == ";":  # saved again by a spreadsheet, with the marks of its country
        usual = None
    file_mark: Mark | None = None
    if dots != commas:
        file_mark = "." if dots else ","
    elif not dots and usual in (".", ","):
        file_mark = "." if usual == "." else ","
    marks: dict[str, Mark | None] = {}
    for header, (dot, comma) in proven.items():
        own: Mark | None = None if bool(dot) == bool(comma) else ("." if dot else ",")
        marks[header] = own or file_mark
    return marks
