"""KPI tables worked out by hand, the same on every engine."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracksheet.core.aggregation import aggregate
from tracksheet.core.catalogue import UnknownKpi, catalogue
from tracksheet.core.columns import Columns
from tracksheet.core.compute import (
    ComputeError,
    kpi_table,
    rows_across_periods,
    rows_without_date,
)
from tracksheet.core.grouping import value
from tracksheet.core.resolution import Resolver
from tracksheet.core.rows import prepare

Compute = Callable[..., list[dict[str, object]]]
Make = Callable[[Mapping[str, Sequence[object]]], Any]
nan = float("nan")


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def days(*texts: str | None) -> list[Any]:
    return [None if text is None else day(text) for text in texts]


def column(rows: Sequence[Mapping[str, object]], name: str) -> list[object]:
    return [row[name] for row in rows]


# ---------------------------------------------------------------- flows and ratios

RATIOS = [
    # clicks, impressions, expected ctr
    ([10, 30], [1000, 1000], 0.02),
    ([1, 99], [10, 990], 0.1),  # not the mean of 0.1 and 0.1: of the sums
    ([5, 0], [10, 990], 0.005),  # the mean of the rates would be 0.25
    ([0, 0], [10, 10], 0.0),
    ([3, 4], [0, 0], None),  # nothing to divide by is not 0
    ([0, 0], [0, 0], None),
    ([None, 4], [100, 100], 0.02),  # blank is not known, and what is known counts
    ([None, None], [100, 100], None),  # nothing known is not 0
    ([1, 1], [None, None], None),
    ([1.0, nan], [100.0, 100.0], 0.005),  # NaN is missing
    ([1.0, float("inf")], [100.0, 100.0], 0.005),  # and so is what no one can add
    ([2**31, 2**31], [2**32, 2**32], 0.5),
]


@pytest.mark.parametrize(("clicks", "impressions", "expected"), RATIOS)
def test_ratio_of_sums(
    compute: Compute, clicks: list[object], impressions: list[object], expected: float | None
) -> None:
    data = {"clicks": clicks, "impressions": impressions}
    assert column(compute(data, ["ctr"]), "ctr") == [expected]


def test_narrow_numbers_do_not_overflow() -> None:
    frame = pl.DataFrame({"likes": [2**31 - 1, 2**31 - 1]}, schema={"likes": pl.Int32})
    assert kpi_table(frame, ["likes"])["likes"].to_list() == [2.0 * (2**31 - 1)]


def test_a_sum_is_known_from_the_first_known_value(compute: Compute) -> None:
    data = {"channel": ["x", "x", "tiktok"], "likes": [None, 3, None]}
    rows = compute(data, ["likes"], by=["channel"])
    assert column(rows, "channel") == ["tiktok", "x"]
    assert column(rows, "likes") == [None, 3.0]


def test_groups_may_be_null_and_are_sorted_with_nulls_last(compute: Compute) -> None:
    data = {"campaign": ["b", None, "a", None], "likes": [1, 2, 3, 4]}
    rows = compute(data, ["likes"], by=["campaign"])
    assert column(rows, "campaign") == ["a", "b", None]
    assert column(rows, "likes") == [3.0, 1.0, 6.0]


def test_columns_come_in_the_order_asked_and_once(compute: Compute) -> None:
    data = {"channel": ["x"], "likes": [1], "comments": [2]}
    rows = compute(data, ["COMMENTS", "likes", "comments"], by=["channel"])
    assert list(rows[0]) == ["channel", "comments", "likes", "note"]


def test_an_input_that_is_not_there_is_named(compute: Compute) -> None:
    (row,) = compute({"impressions": [100]}, ["cpm", "spend"])
    assert row["cpm"] is None
    assert row["note"] == "cpm needs spend, which is not in the data; spend is not in the data"


def test_several_inputs_that_are_not_there_are_named(compute: Compute) -> None:
    (row,) = compute({"likes": [1]}, ["cpm"])
    assert row["note"] == "cpm needs spend and impressions, which are not in the data"


def test_an_empty_frame_gives_nothing_by_group_and_nulls_in_all() -> None:
    frame = pd.DataFrame({"channel": pd.Series(dtype="str"), "likes": pd.Series(dtype="float")})
    assert kpi_table(frame, ["likes"], by=["channel"]).empty
    assert kpi_table(frame, ["likes"])["likes"].isna().tolist() == [True]
    assert kpi_table(pd.DataFrame(columns=["likes"]), ["likes"])["likes"].isna().tolist() == [True]


# ---------------------------------------------------------------- interactions and their parts

INTERACTIONS = [
    # columns, expected interactions, expected note
    ({"likes": [1], "comments": [2], "shares": [3], "saves": [4]}, 10.0, ""),
    (
        {"likes": [1, 2], "comments": [None, 3]},
        6.0,
        "interactions = likes + comments (shares, saves not in the data)",
    ),
    (
        {"likes": [1], "comments": [1], "shares": [1], "saves": [None]},
        3.0,
        "interactions = likes + comments + shares (saves not in the data)",
    ),
    ({"likes": [None], "saves": [None]}, None, "interactions is not in the data"),
    ({"interactions": [7], "likes": [1], "comments": [1]}, 7.0, ""),
    (
        {"interactions": [7, None], "likes": [1, 2], "comments": [1, None]},
        9.0,  # 7 as reported, and 2 likes where nothing was reported
        "interactions = likes (comments, shares, saves not in the data)",
    ),
]


@pytest.mark.parametrize(("data", "expected", "note"), INTERACTIONS)
def test_interactions(
    compute: Compute, data: dict[str, list[object]], expected: float | None, note: str
) -> None:
    (row,) = compute(data, ["interactions"])
    assert row["interactions"] == expected
    assert row["note"] == note


def test_parts_are_named_for_each_group(compute: Compute) -> None:
    data = {
        "channel": ["instagram", "linkedin"],
        "likes": [1, 1],
        "comments": [1, 1],
        "shares": [1, 1],
        "saves": [1, None],
    }
    notes = column(compute(data, ["interactions"], by=["channel"]), "note")
    assert notes == ["", "interactions = likes + comments + shares (saves not in the data)"]


# ---------------------------------------------------------------- stocks

FOLLOWERS: dict[str, list[Any]] = {
    "channel": ["instagram", "instagram", "instagram", "instagram", "facebook"],
    "account_id": ["1", "1", "2", "1", "1"],
    "date": days("2026-05-20", "2026-05-01", "2026-05-31", "2026-06-02", "2026-05-10"),
    "followers": [110, 100, 50, 130, 7],
}


def test_followers_are_the_last_of_each_account_added_up(compute: Compute) -> None:
    assert column(compute(FOLLOWERS, ["followers"]), "followers") == [130 + 50 + 7.0]


def test_the_same_id_on_two_channels_is_two_accounts(compute: Compute) -> None:
    rows = compute(FOLLOWERS, ["followers"], by=["channel"], period="month")
    assert [(row["channel"], row["period"], row["followers"]) for row in rows] == [
        ("facebook", date(2026, 5, 1), 7.0),
        ("instagram", date(2026, 5, 1), 160.0),
        ("instagram", date(2026, 6, 1), 130.0),
    ]
    assert column(rows, "note") == ["", "", "followers known for 1 of 2 accounts"]


def test_a_period_without_any_follower_count_says_so(compute: Compute) -> None:
    data = {"date": days("2026-05-01", "2026-06-01"), "followers": [10, None], "likes": [1, 2]}
    rows = compute(data, ["followers", "likes"], period="month")
    assert column(rows, "followers") == [10.0, None]
    assert column(rows, "note") == ["", "followers known for 0 of 1 accounts"]


def test_growth_is_last_minus_first_of_accounts_known_twice(compute: Compute) -> None:
    data = FOLLOWERS | {"channel": ["x"] * 5, "account_id": ["1", "1", "2", "1", "3"]}
    (row,) = compute(data, ["net_follower_growth", "follower_growth_rate", "followers"])
    assert row["net_follower_growth"] == 30.0
    assert row["follower_growth_rate"] == 0.3
    assert row["followers"] == 130 + 50 + 7.0
    assert row["note"] == (
        "followers_end and followers_start known on two dates for 1 of 3 accounts"
    )


def test_growth_needs_two_dates(compute: Compute) -> None:
    data = {"date": days("2026-05-01", "2026-05-01"), "followers": [10, 12]}
    assert column(compute(data, ["net_follower_growth"]), "net_follower_growth") == [None]


def test_a_list_with_one_figure_a_month_grows_from_the_month_before(compute: Compute) -> None:
    data = {
        "date": days("2026-05-31", "2026-06-30", "2026-07-31", "2026-09-30"),
        "followers": [100, 110, 130, 150],
    }
    rows = compute(data, ["net_follower_growth"], period="month")
    # August is missing, so nobody knows what September started from.
    assert column(rows, "net_follower_growth") == [None, 10.0, 20.0, None]


def test_values_of_one_moment_are_taken_in_ascending_order(compute: Compute) -> None:
    data = {
        "date": days("2026-05-01", "2026-05-01", "2026-05-03", "2026-05-03"),
        "followers": [12, 10, 20, 15],
    }
    (row,) = compute(data, ["followers", "net_follower_growth"])
    assert (row["followers"], row["net_follower_growth"]) == (20.0, 10.0)


def test_the_time_of_day_decides_which_value_is_last(compute: Compute) -> None:
    data = {"published_at": days("2026-05-03T18:00", "2026-05-03T09:00"), "followers": [5, 9]}
    assert column(compute(data, ["followers"]), "followers") == [5.0]


ACCOUNTS = [
    # account columns, expected followers of the rows 10 (first day) and 20 (second day)
    ({}, 20.0),
    ({"account_name": ["a", "b"]}, 30.0),
    ({"account_handle": ["@a", "@a"]}, 20.0),
    ({"account_id": ["1", None], "account_name": ["a", "b"]}, 30.0),
    ({"account_id": ["1", "1"], "account_name": ["a", "renamed"]}, 20.0),
    ({"account_id": [None, None], "account_name": ["a", "b"]}, 30.0),
]


@pytest.mark.parametrize(("accounts", "expected"), ACCOUNTS)
def test_accounts(compute: Compute, accounts: dict[str, list[object]], expected: float) -> None:
    data = {"date": days("2026-05-01", "2026-05-02"), "followers": [10, 20], **accounts}
    assert column(compute(data, ["followers"]), "followers") == [expected]


def test_without_dates_a_level_must_be_the_same_in_all_rows(compute: Compute) -> None:
    data = {
        "channel": ["x", "x", "tiktok", "tiktok"],
        "followers": [10, 10, 5, 6],
        "likes": [1, 1, 1, 1],
    }
    rows = compute(data, ["followers"], by=["channel"])
    assert column(rows, "followers") == [None, 10.0]
    assert rows[0]["note"] == (
        "followers known for 0 of 1 accounts, no date tells which value is last"
    )


def test_a_row_that_covers_days_tells_the_level_of_its_last_day(compute: Compute) -> None:
    data = {
        "date": days("2026-05-01", "2026-05-15"),
        "date_end": days("2026-05-31", None),
        "followers": [30, 20],
    }
    assert column(compute(data, ["followers"], period="month"), "followers") == [30.0]


def test_channel_share_of_all_followers(compute: Compute) -> None:
    data = {
        "channel": ["x", "tiktok", "tiktok"],
        "date": days("2026-05-01", "2026-05-02", "2026-06-01"),
        "followers": [30, 10, 20],
    }
    rows = compute(data, ["audience_by_channel"], by=["channel"], period="month")
    assert column(rows, "audience_by_channel") == [0.25, 1.0, 0.75]
    rows = compute(data, ["audience_by_channel"], by=["channel"])
    assert column(rows, "audience_by_channel") == [0.4, 0.6]


# ---------------------------------------------------------------- people

REACH = [
    # rows, expected value, low, high
    ([100, 40], None, 100.0, 140.0),
    ([100], 100.0, 100.0, 100.0),
    ([100, 0], 100.0, 100.0, 100.0),
    ([100, None], 100.0, 100.0, 100.0),
    ([0, 0], 0.0, 0.0, 0.0),
]


@pytest.mark.parametrize(("reach", "expected", "low", "high"), REACH)
def test_reach_is_never_summed(
    compute: Compute,
    reach: list[object],
    expected: float | None,
    low: float | None,
    high: float | None,
) -> None:
    (row,) = compute({"reach": reach}, ["reach"])
    assert (row["reach"], row["reach_low"], row["reach_high"]) == (expected, low, high)
    told = "reach counts people: between reach_low and reach_high"
    assert row["note"] == (told if low != high else "")


def test_a_ratio_with_people_is_unknown_and_says_why(compute: Compute) -> None:
    (row,) = compute({"reach": [100, 40], "impressions": [200, 100]}, ["frequency"])
    assert row["frequency"] is None
    assert row["note"] == "reach counts people, who cannot be added up"


TABLES: dict[str, list[Any]] = {
    "table": ["a", "a", "b", None],
    "channel": ["x", "x", "x", "tiktok"],
    "date": days("2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04"),
    "reach": [100, 80, 50, 9],
}
TOTALS = {"table": ["a", "b"], "reach": [120, 50], "likes": [5, 5]}


def test_a_stated_total_stands_for_all_rows_of_its_table(compute: Compute) -> None:
    rows = compute(TABLES, ["reach"], by=["channel"], totals=TOTALS)
    assert [(row["reach"], row["reach_low"], row["reach_high"]) for row in rows] == [
        (9.0, 9.0, 9.0),
        (None, 120.0, 170.0),
    ]


def test_a_total_counts_only_where_the_group_holds_the_whole_table(compute: Compute) -> None:
    rows = compute(TABLES, ["reach"], period="day", totals=TOTALS)
    assert column(rows, "reach") == [100.0, 80.0, 50.0, 9.0]
    (row,) = compute(
        {name: values[:2] for name, values in TABLES.items()},
        ["reach", "frequency"],
        period="month",
        totals=TOTALS,
    )
    assert row["reach"] == 120.0


def test_rows_that_are_left_out_keep_a_total_from_being_used(compute: Compute) -> None:
    data = {"table": ["a", "a"], "date": days("2026-05-01", None), "reach": [100, 80]}
    rows = compute(data, ["reach"], period="month", totals=TOTALS)
    assert column(rows, "reach") == [100.0]


def test_two_totals_of_a_table_that_differ_are_none(compute: Compute) -> None:
    data = {"table": ["a", "a"], "reach": [100, 80]}
    totals = {"table": ["a", "a"], "reach": [120, 130]}
    (row,) = compute(data, ["reach"], totals=totals)
    assert (row["reach"], row["reach_low"], row["reach_high"]) == (None, 100.0, 180.0)


# ---------------------------------------------------------------- posts

POSTS: dict[str, list[Any]] = {
    "channel": ["x", "x", "x", "x", "tiktok"],
    "account_id": ["1", "1", "2", "1", "1"],
    "post_id": ["p", "p", "p", None, "p"],
    "date": days("2026-05-01", "2026-05-02", "2026-05-01", "2026-05-03", "2026-05-01"),
    "reach": [10, 20, 30, 1000, 40],
    "likes": [1, 1, 1, 1, 1],
    "comments": [1, 1, 1, 1, 1],
    "shares": [1, 1, 1, 1, 1],
    "saves": [1, 1, 1, 1, 1],
    "followers": [100, 110, 50, 120, 70],
}


def test_posts_are_counted_once_per_account(compute: Compute) -> None:
    rows = compute(POSTS, ["posts"], by=["channel"])
    assert column(rows, "posts") == [1.0, 2.0]


def test_posts_whose_ids_are_all_different_are_counted_too(compute: Compute) -> None:
    data = {"channel": ["x", "x", "tiktok"], "post_id": ["p", "q", None]}
    assert column(compute(data, ["posts"], by=["channel"]), "posts") == [None, 2.0]


@pytest.mark.parametrize(
    ("ids", "posts"),
    [(["7", "8", "8"], 2.0), (["7", "07", "x"], 3.0), (["9" * 30, "8", "7"], 3.0)],
)
def test_ids_are_text(compute: Compute, ids: list[object], posts: float) -> None:
    assert column(compute({"post_id": ids}, ["posts"]), "posts") == [posts]


def test_reach_of_posts_leaves_out_rows_that_are_no_posts(compute: Compute) -> None:
    rows = compute(POSTS, ["engagement_rate_reach"], by=["channel"])
    # Interactions are of all rows, reach of those with a post id.
    assert column(rows, "engagement_rate_reach") == [4 / 40, 16 / 60]


def test_the_grain_says_which_rows_are_posts(compute: Compute) -> None:
    data = POSTS | {"grain": ["post", "day", "post", "day", "day"]}
    rows = compute(data, ["posts", "engagement_rate_reach"], by=["channel"])
    assert column(rows, "posts") == [None, 2.0]
    assert column(rows, "engagement_rate_reach") == [None, 16 / 40]


def test_without_post_ids_each_row_is_a_post(compute: Compute) -> None:
    data = {"likes": [1, 2], "comments": [1, 1], "shares": [0, 0], "saves": [0, 0]}
    (row,) = compute(data, ["avg_interactions_per_post"])
    assert row["avg_interactions_per_post"] == 2.5


def test_five_definitions_of_the_engagement_rate(compute: Compute) -> None:
    data: dict[str, list[Any]] = {
        "post_id": [str(number) for number in range(12)],
        "date": [day("2026-05-01") + timedelta(days=number) for number in range(12)],
        "likes": [10] * 12,
        "comments": [0] * 12,
        "shares": [0] * 12,
        "saves": [0] * 12,
        "followers": [1000] * 12,
        "reach": [500] * 12,
        "impressions": [800] * 12,
        "views": [400] * 12,
    }
    names = ["", "_post", "_reach", "_impressions", "_views"]
    (row,) = compute(data, [f"engagement_rate{name}" for name in names], period="month")
    assert [row[f"engagement_rate{name}"] for name in names] == [0.12, 0.01, 0.02, 0.0125, 0.025]


def test_a_column_of_the_derived_name_wins(compute: Compute) -> None:
    data = {
        "post_id": ["p", "q"],
        "date": days("2026-05-01", "2026-05-02"),
        "interactions": [5, 15],
        "followers": [900, 1000],
        "followers_at_post": [90, None],
    }
    (row,) = compute(data, ["engagement_rate_post"])
    assert row["engagement_rate_post"] == 20 / (90 + 1000)


SESSIONS = {"sessions": [5, 7, 11], "channel_group": ["Organic Social", "Direct", "Paid Social"]}


def test_sessions_of_some_channel_groups(compute: Compute) -> None:
    assert column(compute(SESSIONS, ["social_sessions"]), "social_sessions") == [16.0]
    by = compute(SESSIONS, ["social_sessions"], by=["channel_group"])
    assert column(by, "social_sessions") == [None, 5.0, 11.0]


def test_a_condition_on_a_column_that_is_not_there(compute: Compute) -> None:
    (row,) = compute({"sessions": [5]}, ["social_sessions"])
    assert row["note"] == "social_sessions needs channel_group, which is not in the data"


# ---------------------------------------------------------------- parameters and rates


def test_a_parameter_is_kept_where_all_rows_agree(compute: Compute) -> None:
    data = {
        "channel": ["x", "x", "tiktok", "tiktok"],
        "actual": [60, 60, 60, 60],
        "target": [120, None, 100, 120],
    }
    rows = compute(data, ["goal_attainment"], by=["channel"])
    assert column(rows, "goal_attainment") == [None, 0.5]
    assert column(rows, "note") == ["target is not the same in all rows", ""]


RATES = [([0.4], 0.4), ([0.4, None], 0.4), ([0.4, 0.4], None), ([0.4, 0.2], None)]


@pytest.mark.parametrize(("shares", "expected"), RATES)
def test_a_rate_of_the_platform_is_never_averaged(
    make: Make, shares: list[object], expected: float | None
) -> None:
    frame: Any = nw.from_native(make({"audience_share": shares, "likes": [1] * len(shares)}))
    columns = Columns(frame)
    quantity = Resolver(catalogue(), columns).resolve("audience_share")
    rows = prepare(
        frame.lazy(), columns, [quantity], by=(), period="range", date=None, time_zone=None
    )
    found = aggregate(rows, {"audience_share": quantity}).collect()
    got = found[value("audience_share")].to_list()[0]
    assert got == expected if expected is not None else pd.isna(got)


# ---------------------------------------------------------------- currencies

MONEY: dict[str, list[Any]] = {
    "channel": ["meta_ads", "meta_ads", "google_ads", "google_ads", "x"],
    "currency": ["EUR", "USD", "EUR", None, None],
    "spend": [10.0, 20.0, 30.0, None, 5.0],
    "clicks": [1, 2, 3, 4, 5],
}


def test_currencies_are_not_added(compute: Compute) -> None:
    rows = compute(MONEY, ["cpc", "clicks"], by=["channel"])
    assert column(rows, "channel") == ["google_ads", "meta_ads", "x"]
    assert column(rows, "cpc") == [30 / 7, None, 1.0]
    assert column(rows, "clicks") == [7.0, 3.0, 5.0]
    assert column(rows, "currency") == ["EUR", None, None]
    assert rows[1]["note"] == "spend in several currencies, not added: EUR, USD"


def test_more_than_two_currencies(compute: Compute) -> None:
    data = {"currency": ["USD", "EUR", "GBP"], "spend": [1.0, 2.0, 3.0]}
    (row,) = compute(data, ["spend"])
    assert row["note"] == "spend in several currencies, not added: EUR, USD and others"


def test_amounts_of_which_some_do_not_say_their_currency(compute: Compute) -> None:
    (row,) = compute({"currency": ["EUR", None], "spend": [1.0, 2.0]}, ["spend"])
    assert (row["spend"], row["currency"]) == (3.0, None)
    assert row["note"] == "spend partly without a currency"


def test_a_table_by_currency(compute: Compute) -> None:
    rows = compute(MONEY, ["spend"], by=["currency"])
    assert [(row["currency"], row["spend"]) for row in rows] == [
        ("EUR", 40.0),
        ("USD", 20.0),
        (None, 5.0),
    ]


def test_no_currency_column_where_no_money_was_asked(compute: Compute) -> None:
    (row,) = compute(MONEY, ["clicks"])
    assert "currency" not in row


# ---------------------------------------------------------------- periods and dates

PERIODS = [
    ("day", [date(2025, 12, 28), date(2025, 12, 29), date(2026, 1, 4), date(2026, 1, 5)]),
    ("week", [date(2025, 12, 22), date(2025, 12, 29), date(2026, 1, 5)]),
    ("month", [date(2025, 12, 1), date(2026, 1, 1)]),
    ("quarter", [date(2025, 10, 1), date(2026, 1, 1)]),
    ("year", [date(2025, 1, 1), date(2026, 1, 1)]),
]


@pytest.mark.parametrize(("period", "starts"), PERIODS)
def test_periods(compute: Compute, period: str, starts: list[date]) -> None:
    moments = days("2025-12-28T23:59", "2025-12-29", "2026-01-04T23:59:59", "2026-01-05")
    rows = compute({"date": moments, "likes": [1, 1, 1, 1]}, ["likes"], period=period)
    assert column(rows, "period") == starts
    assert sum(row["likes"] for row in rows if isinstance(row["likes"], float)) == 4.0


DATES: list[tuple[list[Any], list[date]]] = [
    ([date(2026, 5, 31), date(2026, 6, 1)], [date(2026, 5, 1), date(2026, 6, 1)]),
    (["2026-05-31", "2026-06-01"], [date(2026, 5, 1), date(2026, 6, 1)]),
    (["2026-05-31T23:30:00Z", "2026-06-01 00:10"], [date(2026, 5, 1), date(2026, 6, 1)]),
    (["", "2026-06-01T00"], [date(2026, 6, 1)]),
]


@pytest.mark.parametrize(("values", "starts"), DATES)
def test_dates_and_iso_text(compute: Compute, values: list[Any], starts: list[date]) -> None:
    rows = compute({"date": values, "likes": [1, 1]}, ["likes"], period="month")
    assert column(rows, "period") == starts


def test_the_time_of_day_in_text_counts_as_well(compute: Compute) -> None:
    data = {"date": ["2026-05-03T18:00:00", "2026-05-03 09:00"], "followers": [5, 9]}
    assert column(compute(data, ["followers"]), "followers") == [5.0]


def test_a_row_without_date_is_dated_by_its_publication(compute: Compute) -> None:
    data = {
        "date": days("2026-05-01", None),
        "published_at": days(None, "2026-06-01T10:00"),
        "likes": [1, 2],
    }
    rows = compute(data, ["likes"], period="month")
    assert column(rows, "likes") == [1.0, 2.0]
    rows = compute(data, ["likes"], period="month", date="published_at")
    assert column(rows, "likes") == [2.0]


def test_rows_left_out_of_periods_are_counted(make: Make, compute: Compute) -> None:
    data: dict[str, list[Any]] = {
        "date": days("2026-05-01", "2026-05-20", None, "2026-05-31"),
        "date_end": days("2026-05-31", "2026-06-02", None, None),
        "likes": [1, 10, 100, 1000],
    }
    assert column(compute(data, ["likes"], period="month"), "likes") == [1001.0]
    assert column(compute(data, ["likes"], period="year"), "likes") == [1011.0]
    assert column(compute(data, ["likes"]), "likes") == [1111.0]
    frame = make(data)
    assert rows_across_periods(frame, "month") == 1
    assert rows_across_periods(frame, "week") == 2
    assert rows_across_periods(frame, "year") == 0
    assert rows_across_periods(frame, "range") == 0
    assert rows_without_date(frame) == 1


def test_the_day_is_taken_in_the_zone_of_the_account(make: Make) -> None:
    moments = [datetime(2026, 5, 31, 22, 30, tzinfo=UTC), None]
    data: dict[str, list[Any]] = {"published_at": moments, "likes": [1, 2]}
    table = kpi_table(make(data), ["likes"], period="month", time_zone="Europe/Paris")
    assert starts_of(table) == [date(2026, 6, 1)]
    assert rows_without_date(make(data), time_zone="Europe/Paris") == 1


def test_without_a_zone_aware_moments_are_taken_as_they_are_written() -> None:
    moments = pd.to_datetime(["2026-06-01T00:30:00+02:00"])
    table = kpi_table(pd.DataFrame({"date": moments, "likes": [1]}), ["likes"], period="month")
    assert starts_of(table) == [date(2026, 6, 1)]


def test_a_zone_changes_nothing_for_naive_moments(compute: Compute) -> None:
    data = {"date": days("2026-05-31T23:30"), "likes": [1]}
    rows = compute(data, ["likes"], period="month", time_zone="Europe/Paris")
    assert column(rows, "period") == [date(2026, 5, 1)]


def starts_of(table: Any) -> list[date]:
    read: Any = nw.from_native(table)
    starts = read.lazy().collect()["period"].to_list()
    return [start.date() if isinstance(start, datetime) else start for start in starts]


# ---------------------------------------------------------------- comparisons

COMPARISONS = [
    # period, dates of likes 10, 30, expected (previous, change, last year, change) of the last
    ("month", ["2026-04-30", "2026-05-01"], (10.0, 2.0, None, None)),
    ("month", ["2026-03-31", "2026-05-01"], (None, None, None, None)),  # April is not there
    ("month", ["2025-12-01", "2026-01-31"], (10.0, 2.0, None, None)),
    ("month", ["2025-05-01", "2026-05-31"], (None, None, 10.0, 2.0)),
    ("quarter", ["2025-12-01", "2026-01-31"], (10.0, 2.0, None, None)),
    ("quarter", ["2025-04-01", "2026-06-30"], (None, None, 10.0, 2.0)),
    ("year", ["2025-04-01", "2026-06-30"], (10.0, 2.0, 10.0, 2.0)),
    ("day", ["2024-02-29", "2024-03-01"], (10.0, 2.0, None, None)),
    ("day", ["2023-02-28", "2024-02-29"], (None, None, None, None)),  # 29 February has none
    ("day", ["2024-02-29", "2025-02-28"], (None, None, None, None)),
    ("day", ["2025-12-31", "2026-12-31"], (None, None, 10.0, 2.0)),
    ("week", ["2025-12-28", "2025-12-29"], (10.0, 2.0, None, None)),
    ("week", ["2025-06-02", "2026-06-07"], (None, None, 10.0, 2.0)),  # week 23 of both years
    ("week", ["2019-12-23", "2020-12-28"], (None, None, None, None)),  # week 53 has none
    ("week", ["2020-12-31", "2021-01-04"], (10.0, 2.0, None, None)),  # week 53, then week 1
    ("week", ["2019-12-30", "2021-01-04"], (None, None, 10.0, 2.0)),  # week 1 of both years
]


@pytest.mark.parametrize(("period", "dates", "expected"), COMPARISONS)
def test_comparisons(
    compute: Compute, period: str, dates: list[str], expected: tuple[float | None, ...]
) -> None:
    data = {"date": days(*dates), "likes": [10, 30]}
    rows = compute(data, ["likes"], period=period, compare=["previous", "last_year"])
    names = ["likes_previous", "likes_change", "likes_last_year", "likes_last_year_change"]
    assert list(rows[-1]) == ["period", "likes", *names, "note"]
    assert tuple(rows[-1][name] for name in names) == expected


def test_a_group_is_compared_with_itself(compute: Compute) -> None:
    data = {
        "channel": ["x", "x", None, None],
        "date": days("2026-04-01", "2026-05-01", "2026-04-01", "2026-05-01"),
        "likes": [1, 2, 10, 5],
    }
    rows = compute(data, ["likes"], by=["channel"], period="month", compare=["previous"])
    assert column(rows, "likes_previous") == [None, 1.0, None, 10.0]
    assert column(rows, "likes_change") == [None, 1.0, None, -0.5]


def test_a_change_from_zero_is_unknown_and_from_below_zero_has_the_right_sign(
    compute: Compute,
) -> None:
    data: dict[str, list[Any]] = {
        "channel": ["x", "x", "tiktok", "tiktok"],
        "date": days("2026-04-01", "2026-05-01") * 2,
        "followers": [1, 1, 1, 1],
        "interactions": [0, 5, -4, -2],
    }
    rows = compute(data, ["interactions"], by=["channel"], period="month", compare=["previous"])
    assert column(rows, "interactions_change") == [None, 0.5, None, None]


def test_a_metric_of_the_previous_period(compute: Compute) -> None:
    data = {
        "date": days("2026-03-01", "2026-04-01", "2026-06-01"),
        "interactions": [100, 150, 200],
    }
    rows = compute(data, ["interactions_growth"], period="month")
    assert column(rows, "interactions_growth") == [None, 0.5, None]
    (row,) = compute(data, ["interactions_growth"])
    assert row["note"] == "interactions_growth needs an earlier period, which is not in the data"


# ---------------------------------------------------------------- the caller's frame


def test_the_kind_of_frame_is_kept(make: Make) -> None:
    frame = make({"channel": ["x"], "likes": [1]})
    assert type(kpi_table(frame, ["likes"], by=["channel"])) is type(frame)


def test_the_callers_frame_is_not_changed_and_its_index_does_not_matter() -> None:
    frame = pd.DataFrame(POSTS, index=[3, 3, 3, 0, 1]).rename_axis("channel_")
    before = frame.copy(deep=True)
    table = kpi_table(frame, ["posts", "followers", "reach"], by=["channel"], period="month")
    pd.testing.assert_frame_equal(frame, before)
    assert table.index.tolist() == [0, 1]
    assert table["posts"].tolist() == [1.0, 2.0]


def test_nothing_runs_before_a_lazy_table_is_asked_for() -> None:
    def fail(frame: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("the frame was read")

    schema = {"likes": pl.Int64, "date": pl.Date}
    frame = pl.LazyFrame(schema=schema).map_batches(fail, schema=schema)
    table = kpi_table(frame, ["likes"], period="month", compare=["previous"])
    assert isinstance(table, pl.LazyFrame)


def test_other_types_of_number_and_of_text() -> None:
    relation = duckdb.sql(
        "SELECT 1.50::DECIMAL(9, 2) AS spend, 3::UTINYINT AS impressions, 'a' AS campaign"
    )
    assert relation is not None
    assert kpi_table(relation, ["cpm"], by=["campaign"]).fetchall() == [("a", 500.0, "")]
    frame = pd.DataFrame({"channel": pd.Categorical(["x", "y"]), "likes": pd.array([1, None])})
    assert kpi_table(frame, ["likes"], by=["channel"])["channel"].tolist() == ["x", "y"]
    objects = pd.DataFrame({"date": [date(2026, 5, 1), None], "likes": [1, 2]}, dtype=object)
    table = kpi_table(objects.astype({"likes": float}), ["likes"], period="month")
    assert table["likes"].tolist() == [1.0]


# ---------------------------------------------------------------- mistakes

FRAME = {"channel": ["x"], "date": days("2026-05-01"), "likes": [1], "text": ["1"]}

MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"by": ["chanel"]}, "by: the data has no column 'chanel'. Did you mean 'channel'? It has"),
    ({"by": ["likes"]}, "by: 'likes' is a figure, which cannot make groups"),
    ({"period": "months"}, "Unknown period 'months'. Did you mean 'month'?"),
    ({"period": "month", "date": "day"}, "date: the data has no column 'day'."),
    ({"period": "month", "date": "likes"}, "column 'likes' holds Int64, not dates"),
    ({"period": "month", "compare": ["previos"]}, "Did you mean 'previous'?"),
    ({"compare": ["previous"]}, "compare needs a period"),
    ({"kpis": []}, "kpis: name at least one KPI"),
]


@pytest.mark.parametrize(("options", "message"), MISTAKES)
def test_mistakes_are_explained(make: Make, options: dict[str, Any], message: str) -> None:
    kpis, rest = options.get("kpis", ["likes"]), {k: v for k, v in options.items() if k != "kpis"}
    with pytest.raises(ComputeError) as caught:
        kpi_table(make(FRAME), kpis, **rest)
    assert message in str(caught.value)


def test_an_unknown_kpi_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownKpi, match=r"engagment_rate.*Did you mean 'engagement_rate'"):
        kpi_table(pd.DataFrame({"likes": [1]}), ["engagment_rate"])


TEXTS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"likes": ["1,5"]}, {}, "column 'likes' holds String, not numbers"),
    ({"likes": [1]}, {"period": "month"}, "needs dates, and the data has no column 'date'"),
    (
        {"likes": [1], "date": ["31/05/2026"]},
        {"period": "month"},
        "column 'date' holds '31/05/2026', which is not a date written like 2026-05-31",
    ),
    (
        {"likes": [1], "date": ["2026-05-31"]},
        {"period": "month", "time_zone": "Europe/Paris"},
        "column 'date' holds text, whose zone is not known",
    ),
    ({"likes": [1], "note": ["a"]}, {"by": ["note"]}, "by: the result has its own column 'note'"),
    (
        {"likes": [1]},
        {"totals": pd.DataFrame({"table": ["a"], "reach": [1]})},
        "frame, to be matched with totals: the data has no column 'table'",
    ),
    ({"likes": [1]}, {"totals": pl.DataFrame({"table": ["a"]})}, "give both as the same kind"),
]


@pytest.mark.parametrize(("data", "options", "message"), TEXTS)
def test_data_that_cannot_be_used_is_explained(
    data: dict[str, list[Any]], options: dict[str, Any], message: str
) -> None:
    with pytest.raises(ComputeError) as caught:
        kpi_table(pd.DataFrame(data), ["likes"], **options)
    assert message in str(caught.value)


# ---------------------------------------------------------------- laws

counts = st.one_of(st.none(), st.integers(0, 10**6))
groups = st.sampled_from(["a", "b", None])
rows_of_counts = st.lists(st.tuples(groups, counts, counts), min_size=1, max_size=30)


def as_data(rows: Sequence[tuple[str | None, int | None, int | None]]) -> dict[str, list[Any]]:
    # One row with a name and numbers, so that every engine knows the types of the columns.
    full = [*rows, ("z", 1, 1)]
    campaign, clicks, impressions = zip(*full, strict=True)
    return {
        "campaign": list(campaign),
        "clicks": list(clicks),
        "impressions": list(impressions),
    }


def exact_ctr(rows: Sequence[tuple[str | None, int | None, int | None]]) -> Fraction | None:
    clicks = [row[1] for row in rows if row[1] is not None]
    impressions = [row[2] for row in rows if row[2] is not None]
    if not clicks or not sum(impressions):
        return None
    return Fraction(sum(clicks), sum(impressions))


@settings(deadline=None, max_examples=12)
@given(rows_of_counts)
def test_a_ratio_is_the_exact_ratio_of_sums(
    every_engine: dict[str, Compute], rows: list[tuple[str | None, int | None, int | None]]
) -> None:
    for compute in every_engine.values():
        for row in compute(as_data(rows), ["ctr"], by=["campaign"]):
            expected = exact_ctr([r for r in [*rows, ("z", 1, 1)] if r[0] == row["campaign"]])
            assert row["ctr"] == (None if expected is None else pytest.approx(float(expected)))


@settings(deadline=None, max_examples=12)
@given(rows_of_counts, st.randoms(use_true_random=False))
def test_neither_order_nor_splitting_of_rows_matters(
    every_engine: dict[str, Compute],
    rows: list[tuple[str | None, int | None, int | None]],
    chance: random.Random,
) -> None:
    split: list[tuple[str | None, int | None, int | None]] = []
    for name, clicks, impressions in rows:
        part = None if clicks is None else chance.randint(0, clicks)
        rest = None if clicks is None or part is None else clicks - part
        split += [(name, part, impressions), (name, rest, None)]
    chance.shuffle(split)
    for compute in every_engine.values():
        whole = compute(as_data(rows), ["ctr", "clicks"], by=["campaign"])
        assert compute(as_data(split), ["ctr", "clicks"], by=["campaign"]) == whole


moments = st.dates(date(2024, 12, 20), date(2026, 1, 10))
mixed_rows = st.lists(
    st.tuples(groups, groups, moments, counts, counts, st.sampled_from(["p", "q", "r", None])),
    min_size=1,
    max_size=20,
)
ALL = ["engagement_rate", "followers", "net_follower_growth", "reach", "posts", "cpm"]


@settings(deadline=None, max_examples=6)
@given(mixed_rows, st.sampled_from(["range", "day", "week", "month", "quarter", "year"]))
def test_all_engines_agree(
    every_engine: dict[str, Compute], rows: list[tuple[Any, ...]], period: str
) -> None:
    columns = list(zip(*rows, ("z", "z", date(2025, 1, 1), 1, 1, "s"), strict=True))
    data = {
        "channel": columns[0],
        "account_name": columns[1],
        "date": [datetime(day.year, day.month, day.day) for day in columns[2]],
        "likes": columns[3],
        "followers": columns[4],
        "reach": columns[4],
        "impressions": columns[3],
        "spend": columns[4],
        "currency": columns[0],
        "post_id": columns[5],
    }
    options = {} if period == "range" else {"compare": ["previous", "last_year"]}
    results = {
        name: compute(
            {key: list(values) for key, values in data.items()},
            ALL,
            by=["channel"],
            period=period,
            **options,
        )
        for name, compute in every_engine.items()
    }
    first = results.pop("pandas")
    for name, result in results.items():
        assert result == first, name


@settings(deadline=None, max_examples=40)
@given(moments, st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_columns_and_plain_dates_agree_on_periods(moment: date, period: str) -> None:
    from tracksheet.core.periods import last_year, period_of, previous

    start = period_of(moment, period)
    asked = {"previous": previous(start, period), "last_year": last_year(start, period)}
    dates = [moment, *(before for before in asked.values() if before is not None)]
    frame = pl.DataFrame(
        {"date": dates, "likes": [2 ** (place + 1) for place in range(len(dates))]}
    )
    table = kpi_table(frame, ["likes"], period=period, compare=list(asked))
    sums = dict(zip(table["period"].to_list(), table["likes"].to_list(), strict=True))
    (row,) = table.filter(pl.col("period") == start).to_dicts()
    for name, before in asked.items():
        assert row[f"likes_{name}"] == (None if before is None else sums[before])


def test_arrow_tables_come_back_as_arrow_tables() -> None:
    table = kpi_table(pa.table({"likes": [1, 2]}), ["likes"])
    assert table.to_pydict() == {"likes": [3.0], "note": [""]}
