"""Tables of the best and the weakest posts of the period that the Overview tells of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final

import pandas as pd

from ..core.catalogue import catalogue
from ..core.periods import end
from ..core.posts import posts_of
from ..core.posts.ranking import (
    BEST,
    LEAST_POSTS,
    LEAST_SEEN,
    WEAKEST,
    Ranking,
    Rankings,
    rank_posts,
)
from ..core.report import Column, ReportTable, Value
from ..labels import channel_name, kpi_name, label
from .focus import focus_name
from .material import Material
from .post_columns import (
    Filled,
    channel_filled,
    field_filled,
    kpi_filled,
    link_filled,
    metric_filled,
    numbers,
    published,
    published_filled,
    table_of,
    text_filled,
)
from .post_words import counted, sentences, word

INTERACTIONS: Final = catalogue().kpis["interactions"]


def rankings(material: Material) -> Rankings:
    """The posts of the period ranked within each channel; of the whole range without a period."""
    return rank_posts(in_period(material, posts_of(material.dataset.rows)))


def in_period(material: Material, posts: pd.DataFrame) -> pd.DataFrame:
    """Those of the posts that were published in the period that the Overview tells of."""
    if material.focus is None:
        return posts
    day = published(posts).dt.normalize()
    first = pd.Timestamp(material.focus)
    last = pd.Timestamp(end(material.focus, material.period))
    inside: list[bool] = ((day >= first) & (day <= last)).tolist()
    return posts.loc[inside]


def ranking_tables(ranked: Rankings, material: Material) -> tuple[ReportTable, ...]:
    """The best posts, and the weakest where there are enough to tell the two apart."""
    lang, several = material.lang, len(ranked.ranked) > 1
    note = _note(ranked, lang)
    best = [one.best(BEST[several]) for one in ranked.ranked]
    weakest = [one.weakest(WEAKEST[several]) for one in ranked.ranked]
    enough = word("enough.many" if several else "enough.one", lang, least=LEAST_POSTS)
    tables = (
        _table("Best_posts", "best", best, ranked.ranked, note, material),
        _table("Weakest_posts", "weakest", weakest, ranked.ranked, enough, material),
    )
    return tuple(table for table in tables if table.rows)


def best_posts(material: Material, count: int = 3) -> ReportTable | None:
    """The first posts of the ranking, for the Overview; None where none is ranked.

    Of several channels the best of each, then the second of each, until there are `count`.
    """
    ranked = rankings(material).ranked
    if not ranked:
        return None
    lang = material.lang
    chosen = list(_in_turn(ranked, count))
    parts = [one.best(sum(other is one for other, _ in chosen)) for one in ranked]
    posts, bases = _joined(parts, ranked)
    known = all(one.basis.is_rate or one.basis.kpi is INTERACTIONS for one in bases)
    columns = [
        channel_filled(posts, lang),
        published_filled(posts, lang),
        text_filled(posts, lang, short=True),
        kpi_filled(posts, INTERACTIONS, lang),
        *(_rate_columns if known else _basis_columns)(posts, bases, lang),
        link_filled(posts, lang),
    ]
    single = _about(ranked[0], "overview.one", lang)
    note = single if len(ranked) == 1 else word("overview.many", lang)
    return table_of("Overview_posts", _title("best", material), columns, note=note, shared=False)


def _in_turn(ranked: Sequence[Ranking], count: int) -> Iterator[tuple[Ranking, int]]:
    """Channel and place of the first `count` posts, one channel after the other."""
    places = zip_longest(*([(one, at) for at in range(len(one.posts[:count]))] for one in ranked))
    turns = [pair for turn in places for pair in turn if pair is not None]
    yield from turns[:count]


def _title(which: str, material: Material) -> str:
    period = focus_name(material)
    if not period:
        return word(f"title.{which}", material.lang)
    return word(f"title.{which}_in", material.lang, period=period)


def _note(ranked: Rankings, lang: str) -> str:
    """How posts were ranked, and which were not."""
    channels = ranked.ranked
    if len(channels) == 1:
        about = _about(channels[0], "ranked.one", lang)
    else:
        about = word("ranked.many", lang)
    few = sum(one.few for one in ranked.channels)
    return sentences(
        about,
        word("all_paid", lang) if ranked.only_boosted else "",
        counted("few", few, lang, least=LEAST_SEEN),
        counted("lacking", sum(one.lacking for one in ranked.channels), lang),
        counted("paid", ranked.boosted, lang),
    )


def _about(ranking: Ranking, name: str, lang: str) -> str:
    """A sentence about the ranking of one channel."""
    return word(
        name,
        lang,
        basis=kpi_name(ranking.basis.kpi, lang),
        count=len(ranking.posts),
        channel=channel_name(ranking.channel, lang),
    )


def _table(
    name: str,
    which: str,
    parts: Sequence[pd.DataFrame],
    ranked: Sequence[Ranking],
    note: str,
    material: Material,
) -> ReportTable:
    """The posts; format and label stand under those of the other tables, even if none has one."""
    lang = material.lang
    posts, bases = _joined(parts, ranked)
    columns = [
        text_filled(posts, lang, short=True),
        channel_filled(posts, lang),
        published_filled(posts, lang),
        field_filled(posts, "post_type", label("column", "post_type", lang)),
        field_filled(posts, "label", word("column.label", lang)),
        kpi_filled(posts, INTERACTIONS, lang),
        *_basis_columns(posts, bases, lang),
        link_filled(posts, lang),
    ]
    every = posts_of(material.dataset.rows)
    kept = [key for key in ("post_type", "label") if key in every and every[key].notna().any()]
    return table_of(name, _title(which, material), columns, note=note, kept=kept)


def _joined(
    parts: Sequence[pd.DataFrame], ranked: Sequence[Ranking]
) -> tuple[pd.DataFrame, list[Ranking]]:
    """The posts of all channels, and beside each the ranking it comes from."""
    bases = [one for one, part in zip(ranked, parts, strict=True) for _ in range(len(part))]
    filled = [part for part in parts if len(part)]
    return (pd.concat(filled, ignore_index=True) if filled else pd.DataFrame()), bases


def _basis_columns(posts: pd.DataFrame, bases: Sequence[Ranking], lang: str) -> list[Filled]:
    """What each rate is worked out from, and the rate."""
    rates = _rate_columns(posts, bases, lang)
    names = {one.basis.seen for one in bases}
    if len(names) == 1 and len(name := next(iter(names))) == 1:
        seen = metric_filled(posts, name[0], lang)
    else:
        column = Column("seen", word("column.seen", lang), "count", word("note.seen", lang))
        seen = Filled(column, numbers(posts["seen"]) if len(posts) else [])
    return [*(() if seen.column.key in {one.column.key for one in rates} else (seen,)), *rates]


def _rate_columns(posts: pd.DataFrame, bases: Sequence[Ranking], lang: str) -> list[Filled]:
    """The KPI that posts are ranked by: under its own name, or with its name beside it."""
    kpis = {one.basis.kpi.id: one.basis.kpi for one in bases}
    if len(kpis) == 1:
        kpi = next(iter(kpis.values()))
        return [] if kpi is INTERACTIONS else [kpi_filled(posts, kpi, lang)]
    rates: list[Value] = []
    for one, (_, post) in zip(bases, posts.iterrows(), strict=True):
        rates += numbers(pd.Series([post[one.basis.kpi.id] if one.basis.is_rate else None]))
    names: list[Value] = [kpi_name(one.basis.kpi, lang) for one in bases]
    return [
        Filled(Column("rate", word("column.rate", lang), "ratio"), rates),
        Filled(Column("ranked_by", word("column.ranked_by", lang), wrap=True), names),
    ]
