"""Columns of dates: the order of day and month, and years that are not printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from .context import Context, cells_of
from .dates import DateColumn, Order, parse_dates
from .headers import normalise
from .layout import Place
from .source import ExportError

_ORDER_WORDS = {"dmy": "day/month", "mdy": "month/day"}


def typed_dates(
    cells: pd.Series, lines: Sequence[int], place: Place, context: Context
) -> DateColumn:
    """A column of dates; raises `ExportError` where day and month cannot be told apart."""
    options = context.options
    asked: Order | None = None
    if options.day_first is not None:
        asked = "dmy" if options.day_first else "mdy"
    read = partial(
        parse_dates,
        cells_of(cells),
        year=options.year,
        latest=context.latest,
        time_zone=options.time_zone,
    )
    column = read(order=asked)
    if column.ambiguous is not None:
        usual = context.layout.usual_order
        if usual is None:
            text = str(cells.iloc[column.ambiguous])
            raise ExportError(
                f"{context.where(lines, column.ambiguous, place.header)}: {text!r} may be "
                "day/month or month/day; say which with --day-first or --month-first "
                "(day_first in tracksheet.toml)"
            )
        column = read(order=usual)
        context.report(
            "info",
            f"{context.name}, column {place.header!r}",
            f"no day above 12: dates read as {_ORDER_WORDS[usual]}, as this platform writes them "
            "in this language",
        )
    context.report_bad(column.bad, lines, place.header)
    if column.yearless and column.first is not None:
        _report_years(column, place, context)
    return column


def _report_years(column: DateColumn, place: Place, context: Context) -> None:
    said = context.options.year is not None
    how = "as you said" if said else "taken from the date of the file; say another with --year"
    context.report(
        "info" if said else "warning",
        f"{context.name}, column {place.header!r}",
        f"dates carry no year: read as {column.first} to {column.last}, {how}",
    )


def dated_context(columns: Sequence[pd.Series], context: Context) -> Context:
    """The context with the day the file says it was exported on, where a column prints it."""
    profile, options = context.layout.profile, context.options
    for place in context.layout.places if profile is not None and profile.made else ():
        column = columns[place.position]
        if profile is not None and normalise(place.header) == profile.made and len(column):
            day = parse_dates(
                [column.iloc[0]], order="mdy", year=options.year, latest=context.latest
            ).first
            if day is not None:
                said = replace(options, year=None)
                return replace(context, latest=day, options=said)
    return context
