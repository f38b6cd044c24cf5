"""Targets: cases worked out by hand for every kind of KPI, and laws that hold for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.catalogue import Kpi, catalogue
from tracksheet.core.dataset import Dataset
from tracksheet.core.targets import Judged, Reason, Status, Target, Thresholds, judge
from tracksheet.core.targets.pacing import Aim, Kind, Standing, aim_of, kind_of, pace, status_of

SEP_1, SEP_15, SEP_30, OCT_1 = (
    date(2026, 9, 1), date(2026, 9, 15), date(2026, 9, 30), date(2026, 10, 1)
)  # fmt: skip
TEXTS = ("channel", "account_id", "grain", "table", "file", "campaign", "brand", "currency",
         "post_id")  # fmt: skip
Rows = list[dict[str, object]]


def rows(first: date, values: Sequence[Mapping[str, object]], **all_rows: object) -> Rows:
    """One row a day from the first on."""
    basics = {"channel": "instagram", "grain": "day", "table": "t", "file": "f.csv"}
    return [
        {**basics, "date": first + timedelta(days=place), **all_rows, **value}
        for place, value in enumerate(values)
    ]


def daily(first: date, days: int, *, of: Mapping[str, object] | None = None, **each: float) -> Rows:
    """The same figures on each day."""
    return rows(first, [{**each, **(of or {})}] * days)


def dataset(*parts: Rows, totals: Rows | None = None, made: datetime | None = None) -> Dataset:
    frame = pd.DataFrame([row for part in parts for row in part])
    for name in ("date", "date_end"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    for name in TEXTS:
        if name in frame:
            frame[name] = frame[name].astype("str")
    stated = pd.DataFrame(totals or [], columns=None if totals else ["table"])
    return Dataset(frame, stated, (), (), made=made)


def target(kpi: str, value: float, **more: object) -> Target:
    month: dict[str, object] = {"start": SEP_1, "end": SEP_30}
    return Target(kpi, value, **{**month, **more})  # type: ignore[arg-type]


def all_channels(kpi: Kpi, present: Iterable[str]) -> tuple[str, ...]:
    return tuple(present)


def judged(one: Target, data: Dataset, today: date = SEP_15) -> Judged:
    found, _ = judge([one], data, today=today, choose=all_channels)
    return found[0]


HALF = daily(SEP_1, 15, likes=10)  # 150 by the 15th
WHOLE = daily(SEP_1, 30, likes=10)
LOST = daily(SEP_1, 15, lost_followers=2)
LOST_WHOLE = daily(SEP_1, 30, lost_followers=2)
SPENT = daily(SEP_1, 15, of={"channel": "meta_ads", "currency": "EUR"}, spend=20.0)
SPENT_WHOLE = daily(SEP_1, 30, of={"channel": "meta_ads", "currency": "EUR"}, spend=20.0)
ADS = daily(SEP_1, 15, of={"channel": "meta_ads", "currency": "EUR"},
            spend=20.0, conversions=2, clicks=40, impressions=1000)  # fmt: skip
ADS_WHOLE = daily(SEP_1, 30, of={"channel": "meta_ads", "currency": "EUR"},
                  spend=20.0, conversions=2, clicks=40, impressions=1000)  # fmt: skip
GROWING = rows(SEP_1, [{"followers": 1000 + 5 * day} for day in range(15)])  # 1070 on the 15th
FALLING = rows(SEP_1, [{"followers": 1000 - 10 * day} for day in range(15)])  # 860 on the 15th
BEFORE = rows(date(2026, 8, 31), [{"followers": 1000}]) + rows(SEP_15, [{"followers": 1075}])
LATER = rows(date(2026, 9, 6), [{"followers": 1000}]) + rows(
    date(2026, 9, 18), [{"followers": 1050}]
)
TWO_CAMPAIGNS = [
    *rows(
        SEP_1, [{"spend": 10.0}] * 15, channel="meta_ads", campaign="Summer", grain="campaign_day"
    ),
    *rows(
        SEP_1, [{"spend": 90.0}] * 15, channel="meta_ads", campaign="Autumn", grain="campaign_day"
    ),
]
TWO_BRANDS = [
    *rows(SEP_1, [{"likes": 10}] * 15, account_id="1", brand="Café Uno"),
    *rows(SEP_1, [{"likes": 90}] * 15, account_id="2", brand="Café Due"),
]
REACHED = rows(SEP_1, [{"reach": 600, "date_end": SEP_15}], grain="total")

# What is asked, the rows, the day, and what must come of it.
Case = tuple[Target, Rows, date, dict[str, object]]
CASES: dict[str, Case] = {
    # amounts
    "flow, exactly on pace": (target("likes", 300), HALF, SEP_15, {
        "status": "on_track", "as_of": SEP_15, "actual": 150, "expected": 150, "pace": 1,
        "attainment": 0.5, "projected": 300, "projected_recent": 300}),
    "flow, reached early": (target("likes", 150), HALF, SEP_15, {
        "status": "met", "expected": 75, "attainment": 1}),
    "flow, missed by one": (target("likes", 301), WHOLE, OCT_1, {
        "status": "off_track", "reason": "missed", "pace": pytest.approx(300 / 301)}),
    "flow, exactly reached": (target("likes", 300), WHOLE, OCT_1, {
        "status": "met", "as_of": SEP_30, "projected": 300}),
    "flow, days after the end do not count": (
        target("likes", 150, end=SEP_15), WHOLE, OCT_1, {"actual": 150, "status": "met"}),
    "flow, recent days are better": (
        target("likes", 300), daily(SEP_1, 8, likes=5) + daily(date(2026, 9, 9), 7, likes=10),
        SEP_15, {"actual": 110, "projected": 220, "projected_recent": 110 + 10 * 15}),
    "flow, six days are too few for the recent pace": (
        target("likes", 300), daily(SEP_1, 6, likes=10), date(2026, 9, 6), {
            "actual": 60, "projected": 300, "projected_recent": None}),
    "flow of parts": (
        target("interactions", 300), daily(SEP_1, 15, likes=6, comments=3, shares=1), SEP_15, {
            "actual": 150, "status": "on_track"}),
    "flow with a factor": (
        target("watch_time_hours", 30), daily(SEP_1, 15, watch_time_s=3600), SEP_15, {
            "actual": 15, "status": "on_track", "projected_recent": 30}),
    "flow, a difference of levels": (
        target("net_follower_growth", 140), GROWING, SEP_15, {
            "actual": 70, "expected": 70, "status": "on_track", "projected_recent": 70 + 5 * 15}),
    "flow, sums of tenths": (
        target("conversions", 3), daily(SEP_1, 30, conversions=0.1), OCT_1, {"status": "met"}),
    "flow in a leap February": (
        target("likes", 290, start=date(2028, 2, 1), end=date(2028, 2, 29)),
        daily(date(2028, 2, 1), 14, likes=10), date(2028, 2, 14), {
            "expected": pytest.approx(140), "status": "on_track", "projected": 290}),
    "flow of one day": (
        target("likes", 10, start=SEP_15, end=SEP_15), HALF, SEP_15, {
            "status": "met", "expected": 10, "actual": 10, "projected": 10}),
    "posts are to be reached": (
        target("posts", 10), rows(SEP_1, [{"post_id": str(day), "likes": 1} for day in range(5)],
                                  grain="post"), date(2026, 9, 5), {
            "actual": 5, "status": "on_track"}),
    # less is better
    "lower flow, as much as allowed": (target("lost_followers", 60), LOST, SEP_15, {
        "status": "on_track", "expected": 30, "pace": 1, "attainment": None}),
    "lower flow, exceeded": (target("lost_followers", 29), LOST, SEP_15, {
        "status": "off_track", "reason": "exceeded"}),
    "lower flow, kept": (target("lost_followers", 60), LOST_WHOLE, OCT_1, {
        "status": "met", "attainment": 1}),
    # budgets
    "budget, on pace": (target("spend", 600), SPENT, SEP_15, {
        "status": "on_track", "currency": "EUR", "projected": 600}),
    "budget, broken": (target("spend", 290), SPENT, SEP_15, {
        "status": "off_track", "reason": "over_budget"}),
    "budget, used up": (target("spend", 600), SPENT_WHOLE, OCT_1, {"status": "met"}),
    # levels
    "stock, exactly on its line": (target("followers", 1145), GROWING, SEP_15, {
        "status": "on_track", "start_value": 1000, "actual": 1070, "expected": 1070, "pace": 1,
        "attainment": pytest.approx(1070 / 1145), "projected": 1145, "projected_recent": 1145}),
    "stock, known on the eve": (target("followers", 1150), BEFORE, SEP_15, {
        "status": "on_track", "start_value": 1000, "expected": 1075, "projected_recent": None}),
    "stock, known later": (target("followers", 1100), LATER, date(2026, 9, 18), {
        "status": "on_track", "reason": "started_later", "day": date(2026, 9, 6),
        "start_value": 1000, "expected": 1050}),
    "stock that may shrink": (target("followers", 850), FALLING, SEP_15, {
        "status": "met", "start_value": 1000}),
    "stock, missed": (
        target("followers", 1145, end=SEP_15), GROWING, date(2026, 9, 16), {
            "status": "off_track", "reason": "missed"}),
    # rates
    "ratio, reached so far": (target("ctr", 0.04), ADS, SEP_15, {
        "status": "on_track", "actual": 0.04, "expected": 0.04, "projected": None}),
    "ratio, at the end": (target("ctr", 0.04), ADS_WHOLE, OCT_1, {"status": "met"}),
    "lower ratio, cheap enough": (target("cpa", 10), ADS, SEP_15, {
        "status": "on_track", "actual": 10, "currency": "EUR"}),
    "neutral ratio, near": (
        target("frequency", 2.1), rows(SEP_1, [{"reach": 500, "impressions": 1000,
                                                "date_end": SEP_15}], channel="meta_ads",
                                       grain="campaign"), SEP_15, {
            "status": "on_track", "actual": 2}),
    "no conversions": (
        target("cpa", 10), daily(SEP_1, 15, spend=20.0, conversions=0), SEP_15, {
            "status": "off_track", "reason": "spend_without_result", "actual": None}),
    "neither spend nor conversions": (
        target("cpa", 10), daily(SEP_1, 15, spend=0.0, conversions=0), SEP_15, {
            "status": "no_data", "reason": "zero"}),
    "an empty cell for no conversions": (
        target("cpa", 10, campaign="Autumn"),
        rows(SEP_1, [{"spend": 20.0, "conversions": 2}] * 5, campaign="Summer",
             grain="campaign_day")
        + rows(SEP_1, [{"spend": 20.0}] * 5, campaign="Autumn", grain="campaign_day"),
        date(2026, 9, 5), {"status": "off_track", "reason": "spend_without_result"}),
    # people
    "people, stated for just these days": (target("reach", 1000), REACHED, SEP_15, {
        "status": "on_track", "actual": 600, "expected": 500, "projected": None}),
    "people, by day": (target("reach", 1000), daily(SEP_1, 15, reach=100), SEP_15, {
        "status": "no_data", "reason": "people", "actual": None}),
    "people of other days": (
        target("reach", 1000), rows(date(2026, 9, 3), [{"reach": 600, "date_end": SEP_15}],
                                    grain="total"), SEP_15, {
            "status": "no_data", "reason": "people"}),
    # brands, channels, campaigns
    "one campaign": (target("spend", 300, campaign="summer"), TWO_CAMPAIGNS, SEP_15, {
        "actual": 150, "status": "on_track"}),
    "a campaign that ended before its target": (
        target("spend", 160, campaign="Summer"),
        [*TWO_CAMPAIGNS[:10], *daily(SEP_1, 30, of={"channel": "meta_ads", "campaign": "Other",
                                                   "grain": "campaign_day"}, spend=1.0)],
        OCT_1, {"as_of": SEP_30, "status": "off_track", "reason": "unspent", "actual": 100}),
    "one brand": (target("likes", 300, brand=" café  uno "), TWO_BRANDS, SEP_15, {
        "actual": 150, "status": "on_track"}),
    "all brands": (target("likes", 3000), TWO_BRANDS, SEP_15, {"actual": 1500}),
    "one channel": (
        target("likes", 300, channel="instagram"),
        HALF + daily(SEP_1, 15, of={"channel": "facebook"}, likes=90), SEP_15, {"actual": 150}),
    # what the data does not tell
    "before the start": (target("likes", 300, start=OCT_1, end=None), HALF, SEP_15, {
        "status": "upcoming", "actual": None}),
    "no such channel": (target("likes", 300, channel="tiktok"), HALF, SEP_15, {
        "status": "no_data", "reason": "no_match", "about": ("tiktok",)}),
    "an input that is missing": (target("nps", 50), HALF, SEP_15, {
        "status": "no_data", "reason": "needs",
        "about": ("promoters", "detractors", "survey_responses")}),
    "no row of these days": (
        target("likes", 300, start=SEP_30, end=OCT_1), HALF, OCT_1, {
            "status": "no_data", "reason": "not_yet", "day": SEP_15}),
    "two currencies": (
        target("spend", 600), SPENT + daily(SEP_1, 15, of={"channel": "google_ads",
                                                           "currency": "USD"}, spend=1.0),
        SEP_15, {"status": "no_data", "reason": "currencies", "about": ("EUR", "USD")}),
    "data that ends early": (target("likes", 300), HALF, SEP_30, {
        "status": "on_track", "as_of": SEP_15, "expected": 150, "reason": "data_until",
        "day": SEP_15}),
    "data that ends early, after the end": (target("likes", 320), WHOLE[:29], OCT_1, {
        "status": "at_risk", "as_of": date(2026, 9, 29), "reason": "data_until"}),
    "data that begins late": (
        target("likes", 300, start=date(2026, 8, 17), end=SEP_15), HALF, SEP_15, {
            "status": "off_track", "expected": 300, "reason": "data_from", "day": SEP_1}),
    "one channel that ends early": (
        target("likes", 400), WHOLE + daily(SEP_1, 15, of={"channel": "x"}, likes=6), OCT_1, {
            "status": "at_risk", "reason": "stopped", "about": ("x",), "actual": 390}),
    "a month that begins before the target": (
        target("spend", 900, start=SEP_15, end=date(2026, 10, 31)),
        rows(SEP_1, [{"spend": 500.0, "date_end": SEP_30}], grain="campaign")
        + rows(OCT_1, [{"spend": 500.0, "date_end": date(2026, 10, 31)}], grain="campaign"),
        date(2026, 11, 1), {"status": "no_data", "reason": "across", "actual": 500}),
    "a month that ends after the target": (
        target("spend", 900, start=SEP_1, end=date(2026, 10, 15)),
        rows(SEP_1, [{"spend": 600.0, "date_end": SEP_30}], grain="campaign")
        + rows(OCT_1, [{"spend": 500.0, "date_end": date(2026, 10, 31)}], grain="campaign"),
        date(2026, 11, 1), {
            "status": "on_track", "reason": "data_until", "as_of": SEP_30, "actual": 600}),
    "a month that is not over": (
        target("spend", 600), rows(SEP_1, [{"spend": 300.0, "date_end": SEP_30}], grain="campaign"),
        SEP_15, {"as_of": SEP_15, "expected": 300, "status": "on_track"}),
    # without all days
    "no deadline": (target("likes", 300, end=None), HALF, SEP_15, {
        "status": "undated", "actual": 150, "attainment": 0.5, "expected": None}),
    "no deadline, reached": (target("likes", 150, end=None), HALF, SEP_15, {"status": "met"}),
    "no deadline, exceeded": (target("lost_followers", 10, end=None), LOST, SEP_15, {
        "status": "off_track", "reason": "exceeded"}),
    "no deadline, a rate": (target("ctr", 0.01, end=None), ADS, SEP_15, {"status": "undated"}),
    "no start": (target("likes", 300, start=None), HALF, SEP_15, {
        "status": "on_track", "expected": 150, "reason": "no_start", "day": SEP_1}),
    "no start, a level": (target("followers", 1145, start=None), GROWING, SEP_15, {
        "status": "on_track", "start_value": 1000, "reason": "no_start"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_by_hand(name: str) -> None:
    one, table, today, expected = CASES[name]
    found = judged(one, dataset(table), today)
    assert {key: getattr(found, key) for key in expected} == {
        key: pytest.approx(value) if isinstance(value, float | int) else value
        for key, value in expected.items()
    }


# Kind, aim, target, actual, elapsed of total days, over, start value; then pace, status, reason.
RULES: list[tuple[Standing, float | None, Status, Reason]] = [
    # an amount of 300 in 30 days: 150 are expected on the 15th
    (Standing("flow", "higher", 300, 150, 15, 30), 1, "on_track", ""),
    (Standing("flow", "higher", 320, 150, 15, 30), 0.9375, "at_risk", ""),
    (Standing("flow", "higher", 375, 150, 15, 30), 0.8, "at_risk", ""),
    (Standing("flow", "higher", 400, 150, 15, 30), 0.75, "off_track", ""),
    (Standing("flow", "higher", 300, 10, 1, 30), 1, "on_track", ""),
    (Standing("flow", "higher", 300, 300, 30, 30), 1, "met", ""),
    (Standing("flow", "higher", 310, 300, 30, 30), 300 / 310, "at_risk", ""),
    (Standing("flow", "higher", 310, 300, 30, 30, over=True), 300 / 310, "off_track", "missed"),
    (Standing("flow", "higher", 300, 299.9999999999, 30, 30), 1, "met", ""),
    (Standing("flow", "higher", 300, 250, 15, None), None, "undated", ""),
    (Standing("flow", "higher", 0, 0, 15, 30), None, "met", ""),
    (Standing("flow", "higher", 100, -50, 15, 30), -1, "off_track", ""),
    (Standing("people", "higher", 1000, 500, 15, 30), 1, "on_track", ""),
    # at most 60 in 30 days: 30 are allowed by the 15th
    (Standing("flow", "lower", 60, 30, 15, 30), 1, "on_track", ""),
    (Standing("flow", "lower", 50, 30, 15, 30), 25 / 30, "at_risk", ""),
    (Standing("flow", "lower", 30, 30, 15, 30), 0.5, "off_track", ""),
    (Standing("flow", "lower", 29, 30, 15, 30), 14.5 / 30, "off_track", "exceeded"),
    (Standing("flow", "lower", 60, 0, 15, 30), None, "on_track", ""),
    (Standing("flow", "lower", 60, 60, 30, 30), 1, "on_track", ""),
    (Standing("flow", "lower", 60, 60, 30, 30, over=True), 1, "met", ""),
    (Standing("flow", "lower", 0, 0, 15, 30), None, "on_track", ""),
    (Standing("flow", "lower", 0, 1, 15, 30), None, "off_track", "exceeded"),
    # a budget of 600 in 30 days
    (Standing("flow", "budget", 600, 300, 15, 30), 1, "on_track", ""),
    (Standing("flow", "budget", 600, 250, 15, 30), 250 / 300, "at_risk", ""),
    (Standing("flow", "budget", 600, 360, 15, 30), 1.2, "on_track", ""),
    (Standing("flow", "budget", 600, 390, 15, 30), 1.3, "at_risk", "fast"),
    (Standing("flow", "budget", 600, 610, 15, 30), 610 / 300, "off_track", "over_budget"),
    (Standing("flow", "budget", 600, 600, 30, 30), 1, "on_track", ""),
    (Standing("flow", "budget", 600, 600.4, 30, 30, over=True), 600.4 / 600, "met", ""),
    (Standing("flow", "budget", 600, 575, 30, 30, over=True), 575 / 600, "met", ""),
    (Standing("flow", "budget", 600, 560, 30, 30, over=True), 560 / 600, "off_track", "unspent"),
    (Standing("flow", "budget", 600, 610, 30, 30, over=True), 610 / 600, "off_track",
     "over_budget"),
    # a level that grows from 1000 in 29 days, of which 14 are gone
    (Standing("stock", "higher", 1145, 1070, 14, 29, start_value=1000), 1, "on_track", ""),
    (Standing("stock", "higher", 1290, 1070, 14, 29, start_value=1000), 0.5, "off_track", ""),
    (Standing("stock", "higher", 1145, 990, 14, 29, start_value=1000), -10 / 70, "off_track", ""),
    (Standing("stock", "higher", 1070, 1070, 14, 29, start_value=1000), 70 / (70 * 14 / 29), "met",
     ""),
    (Standing("stock", "higher", 1145, 1000, 0, 29, start_value=1000), None, "on_track", ""),
    (Standing("stock", "higher", 1000, 1000, 14, 29, start_value=1000), 1, "met", ""),
    (Standing("stock", "higher", 900, 860, 14, 29, start_value=1000), 860 / 900, "at_risk", ""),
    (Standing("stock", "lower", 710, 860, 14, 29, start_value=1000), 1, "on_track", ""),
    (Standing("stock", "lower", 710, 930, 14, 29, start_value=1000), 0.5, "off_track", ""),
    # rates
    (Standing("direct", "higher", 0.045, 0.04, 15, 30), 0.04 / 0.045, "at_risk", ""),
    (Standing("direct", "higher", 0.04, 0.05, 15, 30), 1.25, "on_track", ""),
    (Standing("direct", "higher", 0.04, 0.05, 30, 30, over=True), 1.25, "met", ""),
    (Standing("direct", "higher", 0.06, 0.05, 30, 30, over=True), 5 / 6, "off_track", "missed"),
    (Standing("direct", "higher", -0.1, -0.05, 15, 30), None, "on_track", ""),
    (Standing("direct", "lower", 8, 10, 15, 30), 0.8, "at_risk", ""),
    (Standing("direct", "lower", 7.9, 10, 15, 30), 0.79, "off_track", ""),
    (Standing("direct", "lower", 10, 0, 15, 30), None, "on_track", ""),
    (Standing("direct", "lower", 10, 10, 30, 30, over=True), 1, "met", ""),
    (Standing("direct", "near", 2.1, 2, 15, 30), 2 / 2.1, "on_track", ""),
    (Standing("direct", "near", 1.7, 2, 15, 30), 0.85, "at_risk", ""),
    (Standing("direct", "near", 1, 2, 15, 30), 0.5, "off_track", ""),
    (Standing("direct", "near", 2, 2, 30, 30, over=True), 1, "met", ""),
]  # fmt: skip


@pytest.mark.parametrize(("standing", "share", "status", "reason"), RULES)
def test_the_rules(standing: Standing, share: float | None, status: Status, reason: Reason) -> None:
    assert pace(standing) == (None if share is None else pytest.approx(share))
    assert status_of(standing, Thresholds()) == (status, reason)


def test_people_of_a_table_with_a_stated_total() -> None:
    data = dataset(daily(SEP_1, 15, reach=100, likes=1), totals=[{"table": "t", "reach": 900.0}])
    assert judged(target("reach", 1000), data).actual == 900


def test_a_stated_total_is_not_of_part_of_its_table() -> None:
    data = dataset(daily(SEP_1, 15, reach=100, likes=1), totals=[{"table": "t", "reach": 900.0}])
    assert judged(target("reach", 1000, start=date(2026, 9, 2)), data).reason == "people"


POSTS = rows(SEP_1, [{"post_id": "1"}, {"post_id": "2"}], grain="post") + rows(
    date(2026, 9, 9), [{"post_id": "3"}], grain="post"
)


@pytest.mark.parametrize(
    ("made", "as_of"),
    [
        (None, date(2026, 9, 9)),
        (datetime(2026, 9, 15, 9), date(2026, 9, 14)),  # no post since: a usual pause
        (datetime(2026, 10, 20), date(2026, 9, 9)),  # nobody knows what came after
    ],
)
def test_a_pause_between_posts_is_known_if_it_is_not_unusual(
    made: datetime | None, as_of: date
) -> None:
    data = dataset(POSTS, made=made)
    assert judged(target("posts", 6), data, date(2026, 10, 20)).as_of == as_of


def test_only_channels_that_can_be_added_count() -> None:
    table = HALF + daily(SEP_1, 15, of={"channel": "meta_ads"}, likes=4)
    found, _ = judge(
        [target("likes", 300)],
        dataset(table),
        today=SEP_15,
        choose=lambda kpi, present: tuple(set(present) - {"meta_ads"}),
    )
    assert found[0].actual == 150


def test_thresholds_can_be_set() -> None:
    found, _ = judge(
        [target("likes", 320), target("likes", 375)],
        dataset(HALF),
        today=SEP_15,
        thresholds=Thresholds(on_track=0.9, at_risk=0.85),
    )
    assert [one.status for one in found] == ["on_track", "off_track"]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"campaign": "Sumer"}, "no row of the data is of the campaign 'Sumer'. Did you mean "
         "'Summer'?"),
        ({"channel": "tiktok"}, "no row of the data is of the channel 'tiktok'. It has meta_ads."),
        ({"brand": "Uno"}, "no row of the data is of the brand 'Uno'."),
    ],
)  # fmt: skip
def test_a_name_that_nothing_has_is_a_finding(asked: dict[str, str], message: str) -> None:
    one = target("spend", 300, where="Targets, row 3", **asked)
    _, findings = judge([one], dataset(TWO_CAMPAIGNS), today=SEP_15)
    assert [(f.severity, f.where, f.message) for f in findings] == [
        ("warning", "Targets, row 3", message)
    ]


def test_a_campaign_that_has_not_begun_is_no_finding() -> None:
    later = target("spend", 300, campaign="Winter", start=OCT_1, end=None)
    found, findings = judge([later], dataset(TWO_CAMPAIGNS), today=SEP_15)
    assert (found[0].status, findings) == ("upcoming", [])


def test_names_that_never_meet_are_a_finding() -> None:
    table = TWO_CAMPAIGNS + HALF
    one = target("likes", 300, campaign="Summer", channel="instagram")
    _, findings = judge([one], dataset(table), today=SEP_15)
    assert findings[0].message == (
        "no row of the data is of channel 'instagram' and campaign 'Summer' at once: the target "
        "has no data"
    )


def test_missing_inputs_are_named() -> None:
    _, findings = judge([target("cpa", 5)], dataset(SPENT), today=SEP_15)
    assert findings[0].message == (
        "the target for 'cpa' needs conversions, which the data does not have: add an export "
        "that has it, or set the target on another KPI"
    )


def test_no_data_at_all() -> None:
    nothing = Dataset(pd.DataFrame({"table": []}), pd.DataFrame(), (), ())
    ahead = target("likes", 1, start=OCT_1, end=None)
    found, findings = judge([target("likes", 300), ahead], nothing, today=SEP_15)
    assert [one.status for one in found] == ["no_data", "upcoming"]
    assert findings == []


def test_the_rows_given_are_not_changed() -> None:
    data = dataset(TWO_CAMPAIGNS)
    before = data.rows.copy(deep=True)
    judged(target("cpa", 3), data)
    pd.testing.assert_frame_equal(data.rows, before)


def test_every_kpi_can_be_judged() -> None:
    """No KPI of the catalogue has a shape that the rules do not know."""
    for kpi in catalogue().kpis.values():
        standing = Standing(kind_of(kpi), aim_of(kpi), 10.0, 5.0, 15, 30, start_value=2.0)
        assert status_of(standing, Thresholds())[0] in ("on_track", "at_risk", "off_track")


# --- laws -----------------------------------------------------------------------------------------

WORSE_FIRST = ("off_track", "at_risk", "on_track", "met")
amounts = st.floats(0, 1e6).map(lambda value: round(value, 2))
kinds: st.SearchStrategy[Kind] = st.sampled_from(["flow", "stock", "people", "direct"])


@st.composite
def standings(draw: st.DrawFn, aims: Sequence[Aim] = ("higher", "lower")) -> Standing:
    total = draw(st.integers(1, 400))
    elapsed = draw(st.integers(0, total))
    return Standing(
        draw(kinds),
        draw(st.sampled_from(aims)),
        draw(amounts),
        draw(amounts),
        elapsed,
        total,
        over=elapsed == total and draw(st.booleans()),
        start_value=draw(amounts),
    )


def rank(standing: Standing) -> int:
    return WORSE_FIRST.index(status_of(standing, Thresholds())[0])


@given(standings(aims=["higher"]), amounts)
def test_more_is_never_worse_where_more_is_better(standing: Standing, more: float) -> None:
    better = replace(standing, actual=standing.actual + more)
    assert rank(better) >= rank(standing)


@given(standings(aims=["lower"]), amounts)
def test_more_is_never_better_where_less_is_better(standing: Standing, more: float) -> None:
    worse = replace(standing, actual=standing.actual + more)
    assert rank(worse) <= rank(standing)


@given(standings(aims=["higher", "lower", "budget", "near"]), st.integers(-8, 8))
def test_the_scale_does_not_matter(standing: Standing, power: int) -> None:
    factor = 2.0**power
    scaled = replace(
        standing,
        target=standing.target * factor,
        actual=standing.actual * factor,
        start_value=standing.start_value * factor,
    )
    assert rank(scaled) == rank(standing)


@given(amounts, amounts, st.integers(1, 400), st.booleans())
def test_on_the_last_day_an_amount_is_met_if_it_is_there(
    goal: float, actual: float, days: int, over: bool
) -> None:
    standing = Standing("flow", "higher", goal, actual, days, days, over)
    assert (rank(standing) == WORSE_FIRST.index("met")) == (actual >= goal)
