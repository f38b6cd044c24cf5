"""Grouping and joining by columns that may hold nulls, and how the results are named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import narwhals as nw

from .calendar_columns import YEAR, number_in_years
from .columns import Frame
from .dates import POSITION

BLANK_KEY = "\ue000"  # stands for a null in a join; a private character no export prints
PERIOD = "__period"
YEAR_POSITION = "__year_position"
EXACT = frozenset({POSITION, YEAR_POSITION})
"""Columns without nulls, which can be joined as they are."""


def value(name: str) -> str:
    """The column with the metric's value per group."""
    return f"__{name}__value"


def low(name: str) -> str:
    """The column with the least the true number of people can be."""
    return f"__{name}__low"


def high(name: str) -> str:
    """The column with the most the true number of people can be."""
    return f"__{name}__high"


def grouped(frame: Frame, keys: Sequence[str], aggregates: Iterable[nw.Expr]) -> Frame:
    """One row per group, nulls being a group like any other; one row in all without keys."""
    return frame.group_by(*keys).agg(*aggregates) if keys else frame.select(*aggregates)


def gathered(pieces: Sequence[Frame], keys: Sequence[str]) -> Frame:
    """Several frames of one row per group as one, each with columns of its own.

    They are stacked and grouped once more, which unlike a join takes nulls as equal, in every
    engine, and costs the same for two pieces as for ten.
    """
    if len(pieces) == 1:
        return pieces[0]
    columns = [name for piece in pieces for name in piece.collect_schema() if name not in keys]
    return grouped(nw.concat(pieces, how="diagonal"), keys, [nw.col(*columns).max()])


def attach(left: Frame, right: Frame, keys: Sequence[str]) -> Frame:
    """Add the columns of `right`, which has at most one row per group, to all rows of `left`.

    In a join a null equals nothing, so the columns are compared as text.
    """
    if not keys:
        return left.join(right, how="cross")
    texts = {f"__key{place}": name for place, name in enumerate(keys) if name not in EXACT}
    same = [name for name in keys if name in EXACT]
    if texts:
        compared = {
            new: nw.col(name).cast(nw.String).fill_null(BLANK_KEY) for new, name in texts.items()
        }
        left = left.with_columns(**compared)
        right = right.with_columns(**compared).drop(*texts.values())
    joined = left.join(right, on=[*texts, *same], how="left")
    return joined.drop(*texts) if texts else joined


def earlier(
    groups: Frame,
    by: Sequence[str],
    period: str,
    leap: str,
    names: Mapping[str, str],
    *,
    source: Frame | None = None,
) -> Frame:
    """Add columns of the same group one period ("previous") or one year ("last_year") earlier.

    `names` maps each column of `source`, the groups themselves if not said, to its new name. A
    period that is not there gives null, never the row above.
    """
    if leap == "previous":
        key, now, then = POSITION, None, nw.col(POSITION) + 1
    else:
        key, now = YEAR_POSITION, number_in_years(nw.col(PERIOD), period)
        then = now + YEAR
    past = (groups if source is None else source).select(
        *by, then.alias(key), *(nw.col(old).alias(new) for old, new in names.items())
    )
    if now is None:
        return attach(groups, past, [*by, key])
    return attach(groups.with_columns(now.alias(key)), past, [*by, key]).drop(key)
