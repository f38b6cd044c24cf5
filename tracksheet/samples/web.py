"""The website in GA4 by channel group, one export a month, and a list of followers by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from .sample import Cell, Draft, Truth, column_sums, csv_text
from .story import (
    ACCOUNTS,
    BRAND,
    EXPORTED,
    HANDLE,
    MONTHS,
    between,
    days,
    growth,
    month_end,
    rng,
    share,
)

GA4_HEADERS: Final = (
    "Session default channel group", "Users", "Sessions", "Engaged sessions",
    "Average engagement time per session", "Engaged sessions per user", "Events per session",
    "Engagement rate", "Event count", "Conversions", "Total revenue",
)  # fmt: skip
GA4_METRICS: Final = {
    "users": "Users", "sessions": "Sessions", "engaged_sessions": "Engaged sessions",
    "events": "Event count", "conversions": "Conversions", "revenue": "Total revenue",
}  # fmt: skip
# channel group: sessions of a month at least and at most, how many of a thousand convert
GROUPS: Final = {
    "Organic Search": (2300, 2900, 14),
    "Direct": (1100, 1500, 11),
    "Organic Social": (640, 980, 9),
    "Paid Social": (420, 760, 16),
    "Paid Search": (520, 690, 34),
    "Referral": (180, 260, 8),
    "Email": (150, 320, 41),
    "Unassigned": (20, 60, 0),
}
FOLLOWER_HEADERS: Final = ("Date", "Channel", "Account", "Followers")


def web_drafts(seed: int) -> Iterator[Draft]:
    """GA4 for each month, and the followers of each account day by day."""
    for month in MONTHS:
        yield _ga4(seed, month)
    yield _followers(seed)


def _ga4(seed: int, month: int) -> Draft:
    chance = rng(seed, f"ga4 {month}")
    rows: list[tuple[Cell, ...]] = []
    for group, (low, high, converting) in GROUPS.items():
        sessions = between(chance, low, high)
        users = share(chance, sessions, 0.68, 0.85)
        engaged = share(chance, sessions, 0.45, 0.72)
        events = share(chance, sessions, 5.2, 8.4)
        conversions = sessions * converting // 1000
        revenue = conversions * between(chance, 1900, 3200) / 100
        rows.append(
            (
                group, users, sessions, engaged, between(chance, 2000, 9000) / 100,
                engaged / users, events / sessions, engaged / sessions, events, conversions,
                revenue,
            )
        )  # fmt: skip
    mark = "# ----------------------------------------"
    preamble = (
        mark, "# Report CSV Export", f"# Account: {BRAND}", "# Property: cafe.example - GA4", mark,
        "# ", "# All Users", f"# Start date: {date(2026, month, 1):%Y%m%d}",
        f"# End date: {month_end(month):%Y%m%d}",
    )  # fmt: skip
    text = "\n".join(preamble) + "\n\n" + csv_text([GA4_HEADERS, *rows])
    sums = column_sums(GA4_METRICS, GA4_HEADERS, rows)
    truth = Truth("ga4_channel_groups", len(rows), sums)
    return Draft(f"ga4_traffic_2026-{month:02}.csv", text.encode(), EXPORTED, (truth,))


def _followers(seed: int) -> Draft:
    """No platform exports how many followers there were: people keep such a list themselves."""
    curves = {channel: growth(seed, channel) for channel in ACCOUNTS}
    rows: list[tuple[Cell, ...]] = [
        (f"{day}", channel, BRAND if channel in ("facebook", "linkedin") else HANDLE,
         curve[number].followers)
        for number, day in enumerate(days())
        for channel, curve in curves.items()
    ]  # fmt: skip
    sums = column_sums({"followers": "Followers"}, FOLLOWER_HEADERS, rows)
    text = csv_text([FOLLOWER_HEADERS, *rows])
    return Draft(
        "followers.csv", text.encode(), EXPORTED, (Truth("followers_list", len(rows), sums),)
    )
