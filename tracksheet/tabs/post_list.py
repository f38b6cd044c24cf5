"""The list of all posts with the figures of the platform, and of those that were left out."""

from __future__ import annotations

from typing import Final

import pandas as pd

from ..core.catalogue import catalogue
from ..core.periods import RANGE, Lang, period_of
from ..core.periods import label as period_label
from ..core.posts import posts_of, with_figures
from ..core.report import Column, ReportTable, Value
from ..labels import label
from .material import Material
from .post_best import INTERACTIONS
from .post_columns import (
    Filled,
    account_filled,
    boosted_filled,
    channel_filled,
    days,
    field_filled,
    kpi_filled,
    link_filled,
    metric_filled,
    published,
    published_filled,
    table_of,
    text_filled,
)
from .post_groups import RATES
from .post_words import word

METRICS: Final = (
    "impressions",
    "views",
    "video_views",
    "reach",
    "likes",
    "comments",
    "shares",
    "saves",
    "reposts",
    "clicks",
    "link_clicks",
)
KPIS: Final = (INTERACTIONS, *(catalogue().kpis[name] for name in RATES))


def post_list(material: Material) -> ReportTable:
    """Every post, the most interactions first; its organic and its boosted figures apart."""
    lang = material.lang
    posts = with_figures(posts_of(material.dataset.rows), KPIS)
    posts = posts.sort_values("interactions", ascending=False, kind="stable")
    columns = [
        text_filled(posts, lang),
        channel_filled(posts, lang),
        published_filled(posts, lang, unit="datetime"),
        field_filled(posts, "post_type", label("column", "post_type", lang)),
        field_filled(posts, "label", word("column.label", lang)),
        *(kpi_filled(posts, kpi, lang) for kpi in KPIS),
        *(metric_filled(posts, name, lang) for name in METRICS),
        _period_filled(posts, material),
        account_filled(posts, lang),
        boosted_filled(posts, lang),
        link_filled(posts, lang),
    ]
    title = word("title.list", lang)
    return table_of("Posts", title, columns, kept=["channel", "text"], shared=False)


def left_out_list(material: Material) -> ReportTable | None:
    """The posts that a person took out, with the reason; None where there is none."""
    rows, lang = material.dataset.left_out, material.lang
    if rows.empty:
        return None
    posts = with_figures(rows, (INTERACTIONS,))
    columns = [
        text_filled(posts, lang, short=True),
        channel_filled(posts, lang),
        published_filled(posts, lang),
        field_filled(posts, "where", word("column.asked", lang)),
        field_filled(posts, "reason", word("column.reason", lang), wrap=True),
        kpi_filled(posts, INTERACTIONS, lang),
        link_filled(posts, lang),
    ]
    title, note = word("title.left_out", lang), word("left_out", lang)
    return table_of("Posts_left_out", title, columns, note=note, kept=["reason"])


def _period_filled(posts: pd.DataFrame, material: Material) -> Filled:
    """The period in which each post was published; nothing for the whole range."""
    if material.period == RANGE:
        return Filled(Column("period", ""), [None] * len(posts))
    lang: Lang = "fr" if material.lang == "fr" else "en"
    published_on = days(published(posts))
    names = {
        day: period_label(period_of(day, material.period), material.period, lang)
        for day in set(published_on)
        if day is not None
    }
    values: list[Value] = [names.get(day) if day else None for day in published_on]
    return Filled(Column("period", label("column", material.period, material.lang)), values)
