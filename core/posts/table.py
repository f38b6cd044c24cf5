"""Posts: one row each, however many rows an export gives them, with their figures and rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..catalogue import Kpi, catalogue
from ..compute import kpi_table
from ..grains import accounts_of

GRAIN: Final = "post"
ORGANIC: Final = "organic"
BOOSTED: Final = "boosted"
UNIT: Final = "__post"


def posts_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows that tell of posts."""
    return rows[rows["grain"] == GRAIN] if "grain" in rows else rows.iloc[:0]


def post_numbers(posts: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for each row, the same for rows of the same post.

    LinkedIn gives a boosted post a row of organic figures and one for each campaign. A row
    without an id is a post of its own.
    """
    if "post_id" not in posts:
        return np.arange(len(posts))
    who, _ = pd.factorize(accounts_of(posts))
    post, _ = pd.factorize(posts["post_id"])
    number = who.astype("int64") * (len(posts) + 1) + post
    alone = post < 0
    number[alone] = -1 - np.arange(alone.sum())
    return pd.factorize(number)[0].astype("int64")


def known_in(rows: pd.DataFrame, metric: str) -> pd.Series[bool]:
    """Which rows say the metric, themselves or by what it is made of."""
    entry = catalogue().metrics.get(metric)
    known = rows[metric].notna() if metric in rows else pd.Series(False, index=rows.index)
    for name in () if entry is None else (*entry.parts, *filter(None, [entry.of])):
        known |= known_in(rows, name)
    return known


def post_table(posts: pd.DataFrame, kpis: Sequence[Kpi], *, by: Sequence[str]) -> pd.DataFrame:
    """KPIs of posts by group, each from the posts of which all its inputs are known.

    A post with interactions and without a reach would count on one side of the rate only. The
    columns are those of `kpi_table`, without the notes. Groups of which nothing is known are left
    out.
    """
    batches: dict[bytes, tuple[pd.Series[bool], list[str]]] = {}
    for kpi in kpis:
        known = pd.Series(True, index=posts.index)
        for name in kpi.inputs:
            known &= known_in(posts, name)
        batches.setdefault(known.to_numpy().tobytes(), (known, []))[1].append(kpi.id)
    on = list(by)
    tables = []
    for known, names in batches.values():
        if known.any():
            table = kpi_table(posts if known.all() else posts[known], names, by=on)
            tables.append(table[[*on, *names]])
    if not tables:
        return pd.DataFrame(columns=[*on, *(kpi.id for kpi in kpis)])
    joined = tables[0]
    for other in tables[1:]:
        joined = joined.merge(other, on=on, how="outer")
    return joined.reindex(columns=[*on, *(kpi.id for kpi in kpis)])


def with_figures(posts: pd.DataFrame, kpis: Sequence[Kpi]) -> pd.DataFrame:
    """One row per post, its organic and its boosted figures apart, with the KPIs as columns.

    Figures that several rows share out are added, people never; of the fields the first known
    value stays. Rows keep their order.
    """
    apart = posts["boosted"] if "boosted" in posts else pd.Series(pd.NA, index=posts.index)
    kind, _ = pd.factorize(apart, use_na_sentinel=False)
    number = post_numbers(posts) * (int(kind.max(initial=0)) + 1) + kind
    unit, _ = pd.factorize(number)
    rows = posts.reset_index(drop=True).assign(**{UNIT: unit})
    figures = post_table(rows, kpis, by=[UNIT]).set_index(UNIT)
    if not len(rows) or unit.max() + 1 < len(rows):
        rows = _together(rows)
    own = rows.drop(columns=[kpi.id for kpi in kpis if kpi.id in rows]).set_index(UNIT)
    return own.join(figures).reset_index(drop=True)


def _together(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the same post as one."""
    groups = rows.groupby(UNIT, sort=True)
    merged = groups.first()
    single = groups.size() == 1
    known = catalogue().metrics
    for name in (str(name) for name in list(merged) if name in known):
        if known[name].kind == "flow":
            merged[name] = groups[name].sum(min_count=1)
        elif known[name].kind in ("unique", "rate"):
            merged[name] = merged[name].where(single)
    return merged.reset_index()
