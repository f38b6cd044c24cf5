"""A table of an export as typed columns: numbers as numbers, ids as text, dates as dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from ..catalogue import FIELDS
from .context import Context
from .days import dated_context, typed_dates
from .figures import NUMERIC_FIELDS, typed_numbers
from .numbers import Mark
from .profile import DATE_FIELDS
from .texts import typed_texts


def typed_frame(
    columns: Sequence[pd.Series],
    lines: Sequence[int],
    decimal: Mapping[str, Mark | None],
    context: Context,
) -> pd.DataFrame:
    """All placed columns of some rows, typed, with the constants the file or person states."""
    context = dated_context(columns, context)
    data: dict[str, object] = {}
    currencies: set[str] = set()
    for place in context.layout.places:
        if place.target is None or place.target.name in data:
            continue
        cells = columns[place.position]
        name = place.target.name
        if name in DATE_FIELDS:
            dates = typed_dates(cells, lines, place, context)
            data[name] = dates.values
            if name == "date" and dates.ends is not None:
                data.setdefault("date_end", dates.ends)
        elif name in FIELDS and name not in NUMERIC_FIELDS:
            data[name] = typed_texts(cells, lines, place, context)
        else:
            mark = decimal.get(place.header)
            data[name] = typed_numbers(cells, lines, place, mark, context, currencies)
    frame = pd.DataFrame(data, index=range(len(lines)))
    return _with_constants(frame, context, currencies)


def _with_constants(frame: pd.DataFrame, context: Context, currencies: set[str]) -> pd.DataFrame:
    layout, options, preamble = context.layout, context.options, context.preamble
    if "day_index" in frame and preamble.start is not None:
        start = pd.Timestamp(preamble.start)
        frame["date"] = start + pd.to_timedelta(frame.pop("day_index"), unit="D")
    if "date" not in frame and "published_at" in frame:
        frame["date"] = frame["published_at"]
    elif "date" not in frame and preamble.start is not None:
        frame["date"] = pd.Timestamp(preamble.start)
        frame["date_end"] = pd.Timestamp(preamble.end or preamble.start)
    for name in ("date", "date_end"):
        if name in frame:
            frame[name] = frame[name].dt.normalize()
    channel = options.channel or layout.channel
    if channel and (options.channel or "channel" not in frame):
        frame["channel"] = channel
    account = options.account or preamble.account
    if account and not {"account_id", "account_name"} & set(frame):
        frame["account_name"] = account
    codes = {place.currency for place in layout.places if place.currency and place.target}
    return _with_currency(frame, codes | currencies, context)


def _with_currency(frame: pd.DataFrame, codes: set[str], context: Context) -> pd.DataFrame:
    """The currency that the file names; what a person said stands in where it names none."""
    if len(codes) > 1 and "currency" not in frame:
        context.report(
            "error",
            context.name,
            f"amounts in several currencies without a currency column: {', '.join(sorted(codes))}; "
            "split the export by currency",
        )
        return frame
    code = next(iter(codes), None) or context.options.currency
    if "currency" in frame:
        filled = frame["currency"] if code is None else frame["currency"].fillna(code)
        return frame.assign(currency=filled)
    return frame if code is None else frame.assign(currency=code)
