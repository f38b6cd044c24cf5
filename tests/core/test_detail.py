"""Spend by campaign and by ad is the same money; of different days it is not."""

from __future__ import annotations

import pandas as pd
import pytest

from tracksheet.core.detail import days_before_posts, join_levels

# grain, first day, last day, spend
Row = tuple[str, str | None, str | None, float]


def frame(rows: list[Row]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=["grain", "date", "date_end", "spend"])
    for name in ("date", "date_end"):
        made[name] = pd.to_datetime(made[name])
    return made.assign(channel="meta_ads", account_id="", file=made["grain"] + ".csv")


CAMPAIGN: list[Row] = [("campaign", "2026-01-01", "2026-01-31", 100)]
CASES: list[tuple[list[Row], dict[str, float], int]] = [
    (CAMPAIGN, {"campaign": 100}, 0),
    ([*CAMPAIGN, ("ad", "2026-02-01", "2026-02-28", 20)], {"campaign": 120}, 0),
    ([*CAMPAIGN, ("ad", "2026-01-10", "2026-02-28", 20)], {"campaign": 100, "ad": 20}, 1),
    ([*CAMPAIGN, ("ad", "2026-01-31", None, 20)], {"campaign": 100, "ad": 20}, 1),
    ([*CAMPAIGN, ("ad", None, None, 20)], {"campaign": 100, "ad": 20}, 1),
    (
        [*CAMPAIGN, ("ad_group", "2026-02-01", "2026-02-28", 7), ("ad", "2026-02-03", None, 7)],
        {"campaign": 107, "ad": 7},
        1,
    ),
    ([*CAMPAIGN, ("post", "2026-02-01", None, 5)], {"campaign": 100, "post": 5}, 0),
]


@pytest.mark.parametrize(("rows", "sums", "said"), CASES)
def test_levels_are_joined_only_over_different_days(
    rows: list[Row], sums: dict[str, float], said: int
) -> None:
    joined, findings = join_levels(frame(rows))
    assert joined.groupby("grain")["spend"].sum().to_dict() == sums
    assert len(findings) == said


def test_two_accounts_keep_their_levels_apart() -> None:
    rows = frame([*CAMPAIGN, ("ad", "2026-02-01", None, 20)]).assign(account_id=["1", "2"])
    assert join_levels(rows)[0]["grain"].tolist() == ["campaign", "ad"]


def test_figures_by_day_and_by_post_are_named() -> None:
    rows = pd.DataFrame(
        {"channel": "instagram", "grain": ["day", "post"], "views": [5, 3], "likes": [None, 1]}
    )
    (finding,) = days_before_posts(rows)
    assert finding.where == "instagram"
    assert finding.message.startswith("views: known by day and by post")
