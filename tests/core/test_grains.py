"""Which of an account's tables a KPI is made of."""

from __future__ import annotations

import pandas as pd
import pytest

from tracksheet.core.catalogue import catalogue
from tracksheet.core.grains import choose_grains, rows_of

IG = ("instagram", "1")
ADS = ("meta_ads", "9")
ROWS = pd.DataFrame([
    # By day: views and the account's followers.
    {"grain": "day", "channel": "instagram", "account_id": "1", "date": "2026-01-01",
     "views": 900, "followers": 1000},
    {"grain": "day", "channel": "instagram", "account_id": "1", "date": "2026-01-02",
     "views": 800},
    # By post: the same views, as far as these posts go.
    {"grain": "post", "channel": "instagram", "account_id": "1", "post_id": "p1", "views": 300,
     "likes": 10, "comments": 2, "reach": 200, "post_type": "reel", "followers_at_post": 1000},
    {"grain": "post", "channel": "instagram", "account_id": "1", "post_id": "p2", "views": 200,
     "likes": 5, "reach": 100, "post_type": "image", "followers_at_post": 1000},
    # Who the audience is: only part of the views.
    {"grain": "audience", "channel": "instagram", "account_id": "1", "country": "FR",
     "views": 50},
    {"grain": "campaign", "channel": "meta_ads", "account_id": "9", "campaign": "A",
     "spend": 10.0, "impressions": 1000, "clicks": 20},
    {"grain": "ad", "channel": "meta_ads", "account_id": "9", "campaign": "A", "ad": "x",
     "spend": 9.0, "impressions": 900, "clicks": 18},
])  # fmt: skip


@pytest.mark.parametrize(
    ("kpi", "by", "grains"),
    [
        ("views", [], {IG: "day"}),
        ("views", ["channel"], {IG: "day"}),
        ("views", ["post_type"], {IG: "post"}),
        ("views", ["post_id"], {IG: "post"}),
        ("views", ["country"], {}),  # of the audience only, never the whole
        ("engagement_rate", [], {IG: "post"}),
        ("engagement_rate_post", [], {IG: "post"}),
        ("engagement_rate_views", [], {IG: "post"}),
        ("likes", [], {IG: "post"}),
        ("spend", [], {ADS: "campaign"}),
        ("spend", ["campaign"], {ADS: "campaign"}),
        ("spend", ["ad"], {ADS: "ad"}),
        ("spend", ["age"], {}),
        ("cpm", ["campaign"], {ADS: "campaign"}),
        ("sales_revenue", [], {}),
    ],
)
def test_grains(kpi: str, by: list[str], grains: dict[tuple[str, str], str]) -> None:
    chosen = catalogue().kpi(kpi)
    assert choose_grains(ROWS, [chosen], by)[chosen.id] == grains


def test_rows_of_one_grain_with_the_followers_beside() -> None:
    rows = rows_of(ROWS, {IG: "post"})
    assert rows["views"].sum() == 500
    assert rows["followers"].dropna().tolist() == [1000]
    assert rows["post_id"].dropna().tolist() == ["p1", "p2"]


def test_accounts_that_are_not_asked_for_are_left_out() -> None:
    assert set(rows_of(ROWS, {ADS: "campaign"})["spend"].dropna()) == {10.0}


def test_the_rows_are_not_changed() -> None:
    before = ROWS.copy()
    rows_of(ROWS, {IG: "post"})
    pd.testing.assert_frame_equal(ROWS, before)
