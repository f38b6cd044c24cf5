"""The tab of posts, one row each, with the figures of the platform."""

from __future__ import annotations

import pandas as pd

from ..core.catalogue import catalogue
from ..core.formula import evaluate
from ..core.plain import Record, number, plain, records
from ..core.report import Column, ReportTable, Tab, Unit, Value
from ..labels import channel_name, label
from .columns import kpi_column
from .intro import opening
from .material import Material

METRICS = (
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
RATES = (
    "engagement_rate_post",
    "engagement_rate_reach",
    "engagement_rate_impressions",
    "engagement_rate_views",
)
TEXT_LENGTH = 160  # characters of a post's text; the link leads to the rest


def posts_tab(material: Material) -> Tab | None:
    """Posts by interactions, each with its own rates; None where no export lists posts."""
    rows = material.dataset.rows
    if rows.empty or not (rows["grain"] == "post").any():
        return None
    posts = rows[rows["grain"] == "post"]
    known = catalogue().metrics
    parts = [name for name in known["interactions"].parts if name in posts]
    interactions = (
        posts[parts].sum(axis="columns", min_count=1)
        if parts
        else pd.Series(float("nan"), index=posts.index)
    )
    if "interactions" in posts:
        interactions = posts["interactions"].fillna(interactions)
    posts = posts.assign(interactions=interactions).sort_values(
        "interactions", ascending=False, kind="stable"
    )
    table = _table(posts, material.lang)
    return Tab(
        label("tab", "posts", material.lang),
        label("title", "posts", material.lang),
        opening(material),
        (table,),
    )


def _table(posts: pd.DataFrame, lang: str) -> ReportTable:
    metrics = [name for name in METRICS if name in posts and posts[name].notna().any()]
    columns = [
        Column("published", label("column", "date", lang), "datetime"),
        Column("channel", label("column", "channel", lang)),
        Column("account", label("column", "account", lang)),
        Column("post_type", label("column", "post_type", lang)),
        Column("text", label("column", "text", lang), width=50),
        Column("permalink", label("column", "permalink", lang), "url", width=30),
        *(_metric_column(name, lang) for name in (*metrics, "interactions")),
        *(kpi_column(catalogue().kpis[name], lang) for name in RATES),
    ]
    rows = tuple(_row(record, metrics, lang) for record in records(posts))
    used = [
        position
        for position in range(len(columns))
        if any(row[position] is not None for row in rows)
    ]
    return ReportTable(
        "Posts",
        "",
        tuple(columns[i] for i in used),
        tuple(tuple(row[i] for i in used) for row in rows),
    )


def _metric_column(name: str, lang: str) -> Column:
    metric = catalogue().metrics[name]
    unit: Unit = "count"
    return Column(name, metric.fr if lang == "fr" else metric.en, unit)


def _row(record: Record, metrics: list[str], lang: str) -> tuple[Value, ...]:
    numbers = {name: number(record.get(name)) for name in (*metrics, "interactions")}
    inputs = {
        **numbers,
        "post_reach": number(record.get("reach")),
        "followers_at_post": number(record.get("followers_at_post", record.get("followers"))),
    }
    text = plain(record.get("text")) or plain(record.get("title"))
    short = " ".join(str(text).split()) if text else None
    if short and len(short) > TEXT_LENGTH:
        short = short[: TEXT_LENGTH - 1] + "…"
    return (
        plain(record.get("published_at")) or plain(record.get("date")),
        channel_name(str(plain(record.get("channel")) or "—"), lang),
        plain(record.get("account_name"))
        or plain(record.get("account_handle"))
        or plain(record.get("account_id")),
        plain(record.get("post_type")),
        short,
        plain(record.get("permalink")),
        *numbers.values(),
        *(_rate(name, inputs) for name in RATES),
    )


def _rate(name: str, numbers: dict[str, float | None]) -> Value:
    kpi = catalogue().kpis[name]
    try:
        return evaluate(kpi.tree, {key: numbers.get(key) for key in kpi.inputs})
    except ZeroDivisionError:
        return None
