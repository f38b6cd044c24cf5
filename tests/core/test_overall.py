"""Figures of all channels together: what is added, what is left aside, what is compared."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from tracksheet.core.catalogue import catalogue
from tracksheet.core.dataset import Dataset
from tracksheet.core.formula import evaluate
from tracksheet.core.overall import Overall, channels_for, overall
from tracksheet.core.plain import plain
from tracksheet.core.results import compute

JULY, AUGUST = "2026-07-15", "2026-08-15"

ROWS: list[tuple[str, str, str, dict[str, float]]] = [
    # channel, grain, date, figures
    ("instagram", "day", JULY, {"likes": 100, "followers": 1000, "impressions": 5000}),
    ("instagram", "day", AUGUST, {"likes": 150, "followers": 1100, "impressions": 6000}),
    ("tiktok", "day", AUGUST, {"likes": 50, "followers": 400}),
    ("linkedin", "day", JULY, {"likes": 20, "followers": 300, "impressions": 900, "clicks": 9}),
    ("linkedin", "day", AUGUST, {"likes": 30, "followers": 300, "impressions": 800, "clicks": 8}),
    ("linkedin_ads", "campaign_day", JULY, {"impressions": 700, "clicks": 7, "spend": 70.0}),
    ("linkedin_ads", "campaign_day", AUGUST, {"impressions": 600, "clicks": 6, "spend": 60.0}),
    ("google_ads", "campaign_day", JULY, {"clicks": 40, "spend": 20.0, "conversions": 2}),
    ("google_ads", "campaign_day", AUGUST, {"clicks": 50, "spend": 30.0, "conversions": 3}),
    ("web", "day", JULY, {"sessions": 400, "conversions": 4}),
    ("web", "day", AUGUST, {"sessions": 500, "conversions": 6}),
    ("search", "day", JULY, {"clicks": 900, "impressions": 90_000}),
    ("search", "day", AUGUST, {"clicks": 900, "impressions": 90_000}),
]  # fmt: skip


@pytest.fixture(scope="module")
def result() -> Overall:
    rows = pd.DataFrame(
        [
            {"channel": channel, "grain": grain, "date": pd.Timestamp(day), **figures}
            for channel, grain, day, figures in ROWS
        ]
    ).assign(file="a.csv", table="a.csv#0", account_id=None)
    rows["account_id"] = rows["account_id"].astype("str")
    dataset = Dataset(rows, pd.DataFrame(), (), ())
    by_channel = compute(
        dataset,
        tuple(catalogue().kpis),
        by=["channel"],
        period="month",
        compare=["previous", "last_year"],
        inputs=True,
    )
    return overall(dataset, by_channel)


@pytest.mark.parametrize(
    ("kpi", "july", "august"),
    [
        ("interactions", 120, 230),
        ("followers", 1300, 1800),
        ("spend", 90, 90),
        # The page's own figures hold the sponsored ones: those of LinkedIn Ads are not added.
        ("impressions", 5900, 6800),
        ("clicks", 49, 58),
        # Each conversion is counted once, where it happened.
        ("conversions", 4, 6),
        # Spend and conversions of the same campaigns.
        ("cpa", 10, 10),
        ("engagement_rate", 120 / 1300, 230 / 1800),
        ("sessions", 400, 500),
    ],
)
def test_all_channels_are_added_once(result: Overall, kpi: str, july: float, august: float) -> None:
    assert result.results.table[kpi].tolist() == pytest.approx([july, august])


@pytest.mark.parametrize(
    ("kpi", "counted"),
    [
        ("interactions", ("instagram", "linkedin", "tiktok")),
        ("impressions", ("instagram", "linkedin")),
        ("spend", ("google_ads", "linkedin_ads")),
        ("conversions", ("web",)),
        ("cpa", ("google_ads",)),
    ],
)
def test_the_channels_counted_are_said(result: Overall, kpi: str, counted: tuple[str, ...]) -> None:
    assert result.channels[kpi] == counted


def test_a_channel_that_is_new_makes_no_change(result: Overall) -> None:
    # TikTok has no July: 120 and 230 interactions are not of the same channels.
    august = result.results.rows[1]
    assert plain(august["interactions"]) == 230
    assert plain(august["interactions_change"]) is None
    assert plain(august["interactions_previous"]) is None
    assert plain(august["conversions_change"]) == pytest.approx(0.5)


def test_a_period_without_one_of_the_channels_is_partial(result: Overall) -> None:
    assert result.partial["interactions", date(2026, 7, 1)] == ("tiktok",)
    assert ("interactions", date(2026, 8, 1)) not in result.partial
    assert ("conversions", date(2026, 7, 1)) not in result.partial


def test_a_channel_with_one_side_of_a_rate_adds_to_neither() -> None:
    # LinkedIn's file of February has no impressions: 10 clicks of 1,000 are Instagram's alone.
    rows = pd.DataFrame(
        [
            {"channel": channel, "date": pd.Timestamp(day), "clicks": 10.0, "impressions": seen}
            for channel, day, seen in (
                ("instagram", "2026-01-10", 1000.0), ("linkedin", "2026-01-10", 1000.0),
                ("instagram", "2026-02-10", 1000.0), ("linkedin", "2026-02-10", None),
            )
        ]
    ).assign(file="a.csv", table="a.csv#0", grain="day")  # fmt: skip
    dataset = Dataset(rows, pd.DataFrame(), (), ())
    by_channel = compute(
        dataset, ["ctr", "clicks"], by=["channel"], period="month",
        compare=["previous", "last_year"], inputs=True,
    )  # fmt: skip
    found = overall(dataset, by_channel)
    assert found.results.table["ctr"].tolist() == pytest.approx([0.01, 0.01])
    assert found.results.table["clicks"].tolist() == [20, 20]
    assert found.partial["ctr", date(2026, 2, 1)] == ("linkedin",)
    assert plain(found.results.rows[1]["ctr_change"]) is None


def test_every_ratio_follows_from_the_inputs_beside_it(result: Overall) -> None:
    checked = 0
    for row in result.results.rows:
        for kpi in result.results.kpis:
            inputs = {name: plain(row.get(f"{kpi.id}.{name}")) for name in kpi.inputs}
            if plain(row[kpi.id]) is None or None in inputs.values():
                continue
            numbers = {name: float(str(figure)) for name, figure in inputs.items()}
            assert plain(row[kpi.id]) == pytest.approx(evaluate(kpi.tree, numbers))
            checked += 1
    assert checked > 10


@pytest.mark.parametrize(
    ("kpi", "present", "counted"),
    [
        ("spend", ["meta_ads", "facebook"], ("meta_ads",)),
        ("impressions", ["meta_ads"], ("meta_ads",)),
        ("impressions", ["meta_ads", "facebook"], ("facebook",)),
        ("impressions", ["search", "linkedin"], ("linkedin",)),
        ("impressions", ["search"], ("search",)),
        ("open_rate", ["email"], ("email",)),
        ("video_views", ["google_ads", "youtube"], ("youtube",)),
        ("clicks", ["google_ads", "youtube"], ("google_ads", "youtube")),
        ("sales_revenue", ["google_ads", "meta_ads"], ("google_ads", "meta_ads")),
        ("sales_revenue", ["google_ads", "meta_ads", "web"], ("web",)),
        ("interactions", ["mastodon", "instagram"], ("instagram", "mastodon")),
        ("interactions", [], ()),
    ],
)
def test_channels_for(kpi: str, present: list[str], counted: tuple[str, ...]) -> None:
    assert channels_for(catalogue().kpi(kpi), present) == counted


def test_nothing_gives_nothing() -> None:
    rows = pd.DataFrame({"channel": ["instagram"], "date": [pd.Timestamp(JULY)], "grain": ["day"]})
    rows = rows.assign(file="a.csv", table="a.csv#0")
    dataset = Dataset(rows, pd.DataFrame(), (), ())
    by_channel = compute(dataset, ["interactions"], by=["channel"], period="month")
    assert overall(dataset, by_channel).channels == {}
