"""Grouping and joining by columns that may hold nulls, and how the results are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import narwhals as nw

from .columns import Frame
from .dates import PERIOD, position

BLANK_KEY = "\ue000"  # stands for a null in a join; a private character no export prints
POSITION = "__position"


def value(name: str) -> str:
    """The column with the metric's value per group."""
    return f"__{name}"


def low(name: str) -> str:
    """The column with the least the true number of people can be."""
    return f"__{name}__low"


def high(name: str) -> str:
    """The column with the most the true number of people can be."""
    return f"__{name}__high"


def known_accounts(name: str) -> str:
    """The column with the number of accounts whose level is known in the period."""
    return f"__{name}__known"


def all_accounts(name: str) -> str:
    """The column with the number of accounts whose level is known in any period."""
    return f"__{name}__accounts"


def grouped(frame: Frame, keys: Sequence[str], aggregates: Iterable[nw.Expr]) -> Frame:
    """One row per group, nulls being a group like any other; one row in all without keys."""
    return frame.group_by(*keys).agg(*aggregates) if keys else frame.select(*aggregates)


def attach(left: Frame, right: Frame, keys: Sequence[str]) -> Frame:
    """Add the columns of `right`, which has at most one row per group, to the groups of `left`.

    In a join a null equals nothing, so the columns are compared as text. Periods hold no nulls.
    """
    if not keys:
        return left.join(right, how="cross")
    texts = {f"__key{place}": name for place, name in enumerate(keys) if name not in _EXACT}
    same = [name for name in keys if name in _EXACT]
    compared = {
        new: nw.col(name).cast(nw.String).fill_null(BLANK_KEY) for new, name in texts.items()
    }
    others = right.with_columns(**compared).drop(*texts.values()) if texts else right
    joined = (left.with_columns(**compared) if texts else left).join(
        others, on=[*texts, *same], how="left"
    )
    return joined.drop(*texts) if texts else joined


_EXACT = frozenset({PERIOD, POSITION})


def earlier(
    groups: Frame, by: Sequence[str], period: str, leap: str, names: dict[str, str]
) -> Frame:
    """Add columns of the same group one period ("previous") or one year ("last_year") earlier.

    `names` maps each column to its new name. A period that is not there gives null, never the
    row above.
    """
    past = groups.select(
        *by,
        position(PERIOD, period, after=leap).alias(POSITION),
        *(nw.col(old).alias(new) for old, new in names.items()),
    )
    here = groups.with_columns(position(PERIOD, period).alias(POSITION))
    return attach(here, past, [*by, POSITION]).drop(POSITION)
