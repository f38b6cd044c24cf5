"""Tables of posts in groups: by format, by label, organic and boosted apart, by time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from ..core.catalogue import catalogue
from ..core.posts import BOOSTED, known_in, post_numbers, post_table
from ..core.posts.times import DAY_PART, DAY_PARTS, WEEKDAY, with_times
from ..core.report import Column, ReportTable, Unit, Value
from ..labels import label
from .post_columns import (
    TEXT_WIDTH,
    Filled,
    boosted_filled,
    channel_filled,
    kpi_filled,
    numbers,
    table_of,
    texts,
)
from .post_words import counted, sentences, weekday, word

POSTS: Final = "posts"
AVERAGE: Final = "avg_interactions_per_post"
RATES: Final = (
    "engagement_rate_post",
    "engagement_rate_reach",
    "engagement_rate_impressions",
    "engagement_rate_views",
)
SHOWN: Final = tuple(catalogue().kpis[name] for name in (POSTS, AVERAGE, *RATES))
# One post of a Tuesday evening says little about Tuesday evenings, nor do two.
LEAST_IN_CELL: Final = 3
WEEK: Final = range(7)

Names = Callable[[pd.Series], list[Value]]


def group_tables(posts: pd.DataFrame, lang: str) -> tuple[ReportTable, ...]:
    """Every table that these posts allow."""
    known = known_in(posts, "interactions")
    counting = posts[known] if known.any() else posts
    missing = _count(posts[~known]) if known.any() else 0
    note = sentences(word("groups", lang), counted("no_interactions", missing, lang))
    is_boosted = _is_boosted(counting)
    organic = counting[~is_boosted] if not is_boosted.all() else counting
    timed = with_times(organic)
    unboosted = word("no_boosted", lang) if is_boosted.any() and not is_boosted.all() else ""
    tables = (
        _by_boosted(counting, note, lang),
        _by_format(counting, note, lang),
        _by_label(counting, note, lang),
        _by_weekday(timed, sentences(note, unboosted), lang),
        *_by_hours(timed, unboosted, lang),
    )
    return tuple(table for table in tables if table is not None and table.rows)


def _is_boosted(posts: pd.DataFrame) -> pd.Series[bool]:
    if "boosted" not in posts:
        return pd.Series(False, index=posts.index)
    return (posts["boosted"] == BOOSTED).fillna(False).astype(bool)


def _count(posts: pd.DataFrame) -> int:
    return len(set(post_numbers(posts).tolist()))


# In groups of the posts' own ---------------------------------------------------------------------


def _by_boosted(posts: pd.DataFrame, note: str, lang: str) -> ReportTable | None:
    """Of the channels that have boosted posts, which is where there is something to compare."""
    channel = posts["channel"].fillna("")
    compared = posts[_is_boosted(posts).groupby(channel).transform("any")]
    if compared.empty:
        return None
    groups = post_table(compared, SHOWN, by=["channel", "boosted"])
    unknown, title = word("boosted.unknown", lang), word("title.boosted", lang)
    leading = [boosted_filled(groups, lang, unknown=unknown), channel_filled(groups, lang)]
    return _table("Posts_boosted", title, groups, leading, note, lang)


def _by_format(posts: pd.DataFrame, note: str, lang: str) -> ReportTable | None:
    if "post_type" not in posts or not posts["post_type"].notna().any():
        return None
    told = posts["post_type"].notna().groupby(posts["channel"].fillna("")).transform("any")
    none = word("group.no_format", lang)
    heading = label("column", "post_type", lang)
    hidden = counted("no_format", _count(posts[~told]), lang)
    return _by_field(
        posts[told], "post_type", heading, none, "Posts_format", word("title.format", lang),
        sentences(note, hidden), ["channel", AVERAGE], lang,
    )  # fmt: skip


def _by_label(posts: pd.DataFrame, note: str, lang: str) -> ReportTable | None:
    if "label" not in posts or not posts["label"].notna().any():
        return None
    none, heading = word("group.no_label", lang), word("column.label", lang)
    title = word("title.label", lang)
    return _by_field(
        posts, "label", heading, none, "Posts_label", title, note, ["label", "channel"], lang
    )


def _by_field(
    posts: pd.DataFrame,
    field: str,
    heading: str,
    none: str,
    name: str,
    title: str,
    note: str,
    order: Sequence[str],
    lang: str,
) -> ReportTable:
    """Groups by a field, its boosted posts apart."""
    apart = ["boosted"] if _is_boosted(posts).any() else []
    groups = post_table(posts, SHOWN, by=["channel", field, *apart])
    groups = groups.sort_values(
        list(order), ascending=[one != AVERAGE for one in order], kind="stable", na_position="last"
    )
    values: list[Value] = [value or none for value in texts(groups[field])]
    leading = [Filled(Column(field, heading), values), channel_filled(groups, lang)]
    if apart:
        leading.append(boosted_filled(groups, lang))
    return _table(name, title, groups, leading, note, lang)


def _table(
    name: str, title: str, groups: pd.DataFrame, leading: Sequence[Filled], note: str, lang: str
) -> ReportTable:
    """The groups with their KPIs; their names stand under the posts of other tables."""
    first = replace(leading[0], column=replace(leading[0].column, width=TEXT_WIDTH))
    figures = [kpi_filled(groups, kpi, lang) for kpi in SHOWN]
    return table_of(name, title, [first, *leading[1:], *figures], note=note, kept=[POSTS])


# By time -----------------------------------------------------------------------------------------


def _by_weekday(posts: pd.DataFrame, note: str, lang: str) -> ReportTable:
    dated = posts[posts[WEEKDAY].notna()]
    groups = post_table(dated, SHOWN, by=["channel", WEEKDAY])
    days: list[Value] = [weekday(int(day), lang) for day in groups[WEEKDAY]]
    leading = [
        Filled(Column(WEEKDAY, word("column.weekday", lang)), days),
        channel_filled(groups, lang),
    ]
    undated = counted("undated", _count(posts[posts[WEEKDAY].isna()]), lang)
    title = word("title.weekday", lang)
    return _table("Posts_weekday", title, groups, leading, sentences(note, undated), lang)


def _by_hours(posts: pd.DataFrame, note: str, lang: str) -> list[ReportTable]:
    """Two tables of the same shape: the averages, and how many posts are behind each."""
    timed = posts[posts[DAY_PART].notna()]
    kpis = [kpi for kpi in SHOWN if kpi.id in (POSTS, AVERAGE)]
    groups = post_table(timed, kpis, by=["channel", DAY_PART, WEEKDAY])
    if groups.empty:
        return []
    enough = groups[groups[POSTS] >= LEAST_IN_CELL]
    untimed = counted("untimed", _count(posts[posts[DAY_PART].isna()]), lang)
    about = sentences(word("times", lang, least=LEAST_IN_CELL), note, untimed)
    averages, counts = word("title.hours", lang), word("title.hours_posts", lang)
    return [
        _week(enough, AVERAGE, "number", "Posts_hours", averages, about, lang),
        _week(groups, POSTS, "count", "Posts_hours_count", counts, about, lang),
    ]


def _week(
    groups: pd.DataFrame, value: str, unit: Unit, name: str, title: str, note: str, lang: str
) -> ReportTable:
    """A row for each channel and part of the day, a column for each weekday."""
    known = groups[groups[value].notna()]
    wide = known.assign(channel=known["channel"].fillna("")).pivot(
        index=["channel", DAY_PART], columns=WEEKDAY, values=value
    )
    wide = wide.reindex(columns=[float(day) for day in WEEK]).reset_index()
    parts = [DAY_PARTS[int(part)] for part in wide[DAY_PART]]
    hours: list[Value] = [word("hours", lang, start=start, end=end) for start, end in parts]
    columns = [
        Filled(Column("hours", word("column.hours", lang), width=TEXT_WIDTH), hours),
        channel_filled(wide, lang),
        *(
            Filled(Column(f"day{day + 1}", weekday(day, lang, short=True), unit),
                   numbers(wide[float(day)]))
            for day in WEEK
        ),
    ]  # fmt: skip
    kept = [filled.column.key for filled in columns]
    return table_of(name, title, columns, note=note, kept=kept)
