"""TikTok by day and by video, and a YouTube channel's table of videos."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .sample import Cell, Draft, Truth, column_sums, csv_text, utf8_bom
from .story import CAPTIONS, EXPORTED, HANDLE, MONTHS, between, days, growth, rng, share

OVERVIEW_HEADERS: Final = (
    "Date", "Video views", "Reached audience", "Profile views", "Likes", "Shares", "Comments",
    "Phone number clicks ", "Leads submission", "Net growth", "New followers", "Lost followers",
)  # fmt: skip
OVERVIEW_METRICS: Final = {
    "video_views": "Video views", "reach": "Reached audience", "profile_visits": "Profile views",
    "likes": "Likes", "shares": "Shares", "comments": "Comments",
    "new_followers": "New followers", "lost_followers": "Lost followers",
}  # fmt: skip
VIDEO_HEADERS: Final = (
    "Video title", "Video link", "Post time", "Video views", "Likes", "Comments", "Shares",
    "Add to Favorites",
)  # fmt: skip
VIDEO_METRICS: Final = {
    "video_views": "Video views", "likes": "Likes", "comments": "Comments", "shares": "Shares",
    "saves": "Add to Favorites",
}  # fmt: skip
YOUTUBE_HEADERS: Final = (
    "Content", "Video title", "Video publish time", "Duration", "Likes", "Dislikes", "Shares",
    "YouTube Premium views", "Average view duration", "Engaged views", "Views",
    "Watch time (hours)", "Subscribers", "Impressions", "Impressions click-through rate (%)",
)  # fmt: skip
YOUTUBE_METRICS: Final = {
    "likes": "Likes", "dislikes": "Dislikes", "shares": "Shares", "video_views": "Views",
    "video_views_engaged": "Engaged views", "impressions": "Impressions",
    "net_followers": "Subscribers",
}  # fmt: skip


def video_drafts(seed: int) -> Iterator[Draft]:
    """Every file of the two video platforms."""
    yield _overview(seed)
    yield _videos(seed)
    yield _youtube(seed)


def _overview(seed: int) -> Draft:
    chance = rng(seed, "tiktok overview")
    rows: list[tuple[Cell, ...]] = []
    for day in growth(seed, "tiktok"):
        views = between(chance, 350, 2600) * (4 if chance.random() > 0.93 else 1)
        likes = share(chance, views, 0.02, 0.06)
        rows.append(
            (
                f"{day.date:%Y/%m/%d}", views, share(chance, views, 0.8, 0.98) if rows else "NAN",
                share(chance, views, 0.008, 0.03), likes, share(chance, likes, 0.03, 0.2),
                share(chance, likes, 0.02, 0.1), 0, 0, day.gained - day.lost, day.gained, day.lost,
            )
        )  # fmt: skip
    sums = column_sums(OVERVIEW_METRICS, OVERVIEW_HEADERS, rows)
    truth = Truth("tiktok_business_overview", len(rows), sums)
    text = csv_text([OVERVIEW_HEADERS, *rows])
    return Draft("tiktok_overview.csv", utf8_bom(text), EXPORTED, (truth,))


def _videos(seed: int) -> Draft:
    chance = rng(seed, "tiktok videos")
    rows: list[tuple[Cell, ...]] = []
    for day in reversed(list(days())):
        if day.weekday() not in (1, 5):
            continue
        number = 7640000000000000000 + between(chance, 10**14, 10**15)
        views = between(chance, 900, 5200) * (5 if chance.random() > 0.9 else 1)
        likes = share(chance, views, 0.02, 0.07)
        rows.append(
            (
                CAPTIONS[(len(rows) + 8) % len(CAPTIONS)][0],
                f"https://www.tiktok.example/@{HANDLE}/video/{number}",
                f"{day:%Y/%m/%d} 18:{between(chance, 10, 59)}:{between(chance, 10, 59)}", views,
                likes, share(chance, likes, 0.02, 0.1), share(chance, likes, 0.03, 0.2),
                share(chance, likes, 0.05, 0.2),
            )
        )  # fmt: skip
    sums = column_sums(VIDEO_METRICS, VIDEO_HEADERS, rows)
    text = csv_text([VIDEO_HEADERS, *rows])
    truth = Truth("tiktok_business_posts", len(rows), sums)
    return Draft("tiktok_videos.csv", utf8_bom(text), EXPORTED, (truth,))


def _youtube(seed: int) -> Draft:
    chance = rng(seed, "youtube videos")
    rows: list[tuple[Cell, ...]] = []
    watched = 0  # in ten-thousandths of an hour, so that the total is exact
    for day in days():
        if day.day not in (3, 13, 24):
            continue
        views, seconds = between(chance, 380, 2400), between(chance, 24, 58)
        held = share(chance, seconds, 0.4, 0.7)
        hours = views * held * 10_000 // 3600
        impressions = views * between(chance, 6, 11)
        watched += hours
        likes = share(chance, views, 0.02, 0.05)
        rows.append(
            (
                f"sample{len(rows) + 1:05}", CAPTIONS[len(rows)][0],
                f"{MONTHS[day.month][:3]} {day.day}, {day.year}",
                seconds, likes, share(chance, likes, 0, 0.06), share(chance, likes, 0.02, 0.15),
                share(chance, views, 0.05, 0.1), f"0:00:{held:02}",
                share(chance, views, 0.8, 0.99), views, f"{hours / 10_000:.4f}",
                between(chance, 0, 7), impressions,
                f"{views * 60 // impressions}.{between(chance, 10, 99)}",
            )
        )  # fmt: skip
    return _youtube_draft(rows, watched)


def _youtube_draft(rows: list[tuple[Cell, ...]], watched: int) -> Draft:
    sums = column_sums(YOUTUBE_METRICS, YOUTUBE_HEADERS, rows)
    by_header = {YOUTUBE_METRICS[metric]: value for metric, value in sums.items()}
    by_header["Watch time (hours)"] = watched / 10_000
    total = ("Total", *(by_header.get(header, "") for header in YOUTUBE_HEADERS[1:]))
    sums["watch_time_s"] = watched / 10_000 * 3600
    truth = Truth("youtube_videos", len(rows), sums, totals=1)
    text = csv_text([YOUTUBE_HEADERS, total, *rows])
    return Draft("youtube_table_data.csv", text.encode(), EXPORTED, (truth,))
