"""The same figures at several levels of detail: by day, by campaign, by ad, by post.

Spend by campaign and spend by ad are the same money. Where both tell of the same days only one
counts; where an account was exported by campaign in spring and by ad in summer, both do.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .catalogue import catalogue
from .findings import Finding, counted

Span = tuple[pd.Timestamp, pd.Timestamp]

# Levels of an ad account, the whole before its parts. Each adds up to the one before it.
AD_LEVELS = ("day", "campaign_day", "campaign", "ad_group_day", "ad_group", "ad")
WORDS = {
    "day": "by day", "campaign_day": "by campaign and day", "campaign": "by campaign",
    "ad_group_day": "by ad set and day", "ad_group": "by ad set", "ad": "by ad",
}  # fmt: skip


def join_levels(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows of ad accounts under one `grain` where they tell of different days.

    Rows of another level that tell of days which the account's first level has already keep
    their grain, so that they are never added to it; a finding says so.
    """
    of_ads = rows[rows["grain"].isin(AD_LEVELS)]
    keys = [of_ads[name].fillna("") for name in ("channel", "account_id") if name in rows]
    grain = rows["grain"].copy()
    findings: list[Finding] = []
    for _, account in of_ads.groupby(keys, sort=False):
        levels = [level for level in AD_LEVELS if (account["grain"] == level).any()]
        if len(levels) < 2:
            continue
        main, taken = levels[0], _days(account[account["grain"] == levels[0]])
        for level in levels[1:]:
            of_level = account[account["grain"] == level]
            free = _free(of_level, taken)
            grain[of_level.index[free]] = main
            taken |= _days(of_level[free])
            findings += _same_days(of_level[~free], main)
    return rows.assign(grain=grain), findings


def _days(rows: pd.DataFrame) -> set[pd.Timestamp]:
    """Every day that the rows tell of."""
    return {day for span in set(_spans(rows)) for day in _days_of(span)}


def _spans(rows: pd.DataFrame) -> list[Span]:
    """First and last day of each row."""
    first = rows["date"] if "date" in rows else pd.Series(pd.NaT, index=rows.index)
    last = rows["date_end"].fillna(first) if "date_end" in rows else first
    return list(zip(first, last, strict=True))


def _days_of(span: Span) -> set[pd.Timestamp]:
    first, last = span
    return set() if pd.isna(first) else set(pd.date_range(first, max(first, last), freq="D"))


def _free(rows: pd.DataFrame, taken: set[pd.Timestamp]) -> npt.NDArray[np.bool_]:
    """Rows that tell of days nothing counted so far tells of; without a date, nobody knows."""
    spans = _spans(rows)
    free = {span: bool(days := _days_of(span)) and not days & taken for span in set(spans)}
    return np.array([free[span] for span in spans], dtype=bool)


def _same_days(aside: pd.DataFrame, main: str) -> list[Finding]:
    return [
        Finding(
            "info",
            str(file),
            f"{counted(len(part), 'row')} {WORDS[part['grain'].iloc[0]]}, of days that this "
            f"account has {WORDS[main]} too or without a date: not added to these, and used only "
            "where they alone have a figure",
        )
        for file, part in aside.groupby("file", sort=False)
    ]


def days_before_posts(rows: pd.DataFrame) -> list[Finding]:
    """For each account with figures by day and by post, which of them are taken by day."""
    flows = catalogue().of_kind("flow", rows)
    findings = []
    for channel, account in rows.groupby("channel", sort=False):
        has = account.groupby("grain")[flows].count() > 0
        if {"day", "post"} <= set(has.index):
            both = [name for name in flows if has.loc["day", name] and has.loc["post", name]]
            if both:
                findings.append(
                    Finding(
                        "info",
                        str(channel),
                        f"{', '.join(both)}: known by day and by post. KPIs count the days, which "
                        "hold what all posts brought then; the posts' own figures are on their "
                        "tab, and in KPIs that need them",
                    )
                )
    return findings
