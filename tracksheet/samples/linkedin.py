"""A LinkedIn page's content export: a workbook with one sheet by day and one of posts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random
from typing import Final

from xlsxwriter import Workbook

from .sample import Cell, Draft, Truth, column_sums
from .story import CAPTIONS, EXPORTED, between, days, rng, share

DAILY_NOTE: Final = "Engagement of your organic and sponsored posts by day. All times are in UTC."
POSTS_NOTE: Final = "Engagement of each post since it was created. All times are in UTC."
_PARTS: Final = ("organic", "sponsored", "total")
DAILY_HEADERS: Final = (
    "Date",
    *(f"Impressions ({part})" for part in _PARTS),
    "Unique impressions (organic)",
    *(f"{what} ({part})" for what in ("Clicks", "Reactions", "Comments", "Reposts")
      for part in _PARTS),
    *(f"Engagement rate ({part})" for part in _PARTS),
)  # fmt: skip
DAILY_METRICS: Final = {
    "impressions": "Impressions (total)", "impressions_organic": "Impressions (organic)",
    "impressions_paid": "Impressions (sponsored)", "clicks": "Clicks (total)",
    "likes": "Reactions (total)", "comments": "Comments (total)", "shares": "Reposts (total)",
}  # fmt: skip
POST_HEADERS: Final = (
    "Post title", "Post link", "Post type", "Campaign name", "Posted by", "Created date",
    "Campaign start date", "Campaign end date", "Audience", "Impressions", "Views",
    "Offsite Views", "Clicks", "Click through rate (CTR)", "Likes", "Comments", "Reposts",
    "Follows", "Engagement rate", "Content Type",
)  # fmt: skip
POST_METRICS: Final = {
    "impressions": "Impressions", "clicks": "Clicks", "likes": "Likes", "comments": "Comments",
    "shares": "Reposts", "new_followers": "Follows",
}  # fmt: skip
BOOSTED: Final = (3, 10, 17, 22)  # posts with money behind them, by number

Counts = tuple[int, int, int, int, int]  # impressions, clicks, likes, comments, reposts


def linkedin_drafts(seed: int) -> Iterator[Draft]:
    """The workbook of the page."""
    daily = [_day(rng(seed, f"linkedin {day}"), f"{day:%m/%d/%Y}") for day in days()]
    posts, parts = _posts(seed)
    tables = (
        Truth("linkedin_page_daily", len(daily), column_sums(DAILY_METRICS, DAILY_HEADERS, daily)),
        Truth(
            "linkedin_page_posts", len(parts), column_sums(POST_METRICS, POST_HEADERS, parts),
            totals=len(posts) - len(parts),
        ),
    )  # fmt: skip
    sheets = {
        "Metrics": [(DAILY_NOTE,), DAILY_HEADERS, *daily],
        "All posts": [(POSTS_NOTE,), POST_HEADERS, *posts],
    }
    yield Draft("linkedin_page_content.xlsx", _workbook(sheets), EXPORTED, tables)


def _day(chance: Random, day: str) -> tuple[Cell, ...]:
    organic = _counts(chance, between(chance, 180, 760), liked=0.03)
    sponsored = _counts(chance, between(chance, 150, 620), liked=0.004)
    total = _added(organic, sponsored)
    columns = list(zip(organic, sponsored, total, strict=True))
    people = share(chance, organic[0], 0.5, 0.7)
    rates = tuple(_rate(counts) for counts in (organic, sponsored, total))
    return (day, *columns[0], people, *(cell for column in columns[1:] for cell in column), *rates)


def _posts(seed: int) -> tuple[list[tuple[Cell, ...]], list[tuple[Cell, ...]]]:
    """All rows as LinkedIn lists them, and those that are not a Total of others."""
    chance = rng(seed, "linkedin posts")
    rows: list[tuple[Cell, ...]] = []
    parts: list[tuple[Cell, ...]] = []
    dates = [day for day in days() if day.weekday() in (1, 3)][::-1]
    for number, day in enumerate(dates):
        organic = _counts(chance, between(chance, 700, 2300), liked=0.03)
        kinds = [("Organic", "", organic)]
        if number in BOOSTED:
            paid = _counts(chance, between(chance, 6000, 12000), liked=0.003)
            kinds += [("Sponsored", "employer_brand", paid), ("Total", "", _added(organic, paid))]
        for kind, campaign, counts in kinds:
            row = _post(number, f"{day:%m/%d/%Y}", kind, campaign, counts)
            rows.append(row)
            if kind != "Total":
                parts.append(row)
    return rows, parts


def _post(
    number: int, day: str, kind: str, campaign: str, counts: Sequence[int]
) -> tuple[Cell, ...]:
    impressions, clicks, likes, comments, reposts = counts
    link = (
        f"https://www.linkedin.example/feed/update/urn:li:activity:{7450000000000000100 + number}"
    )
    follows = clicks // 60 if kind == "Organic" else ""  # LinkedIn leaves it empty elsewhere
    return (
        "\n\n".join(CAPTIONS[(number + 4) % len(CAPTIONS)]), link, kind, campaign, "Alex Exemple",
        day, "", "", "All followers", impressions, "", "", clicks, clicks / impressions, likes,
        comments, reposts, follows, _rate(counts), "",
    )  # fmt: skip


def _counts(chance: Random, impressions: int, *, liked: float) -> Counts:
    clicks = share(chance, impressions, 0.006, 0.03)
    likes = share(chance, impressions, liked / 3, liked)
    return impressions, clicks, likes, share(chance, likes, 0, 0.15), share(chance, likes, 0, 0.1)


def _added(one: Sequence[int], two: Sequence[int]) -> Counts:
    impressions, clicks, likes, comments, reposts = map(sum, zip(one, two, strict=True))
    return impressions, clicks, likes, comments, reposts


def _rate(counts: Sequence[int]) -> float:
    return sum(counts[1:]) / counts[0]


def _workbook(sheets: dict[str, list[tuple[Cell, ...]]]) -> bytes:
    """Text stays text, as LinkedIn writes it: dates and captions that begin with = or +."""
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 10, 1)})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, str):
                        sheet.write_string(row, column, cell)
                    else:
                        sheet.write_number(row, column, cell)
    return content.getvalue()
