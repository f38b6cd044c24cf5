"""How accounts are covered period by period, and the gaps a person should fill."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracksheet.core.coverage import Cover, coverage
from tracksheet.core.gaps import Gap, gaps

AS_OF = date(2026, 10, 1)
Row = dict[str, object]


def frame(rows: list[Row]) -> pd.DataFrame:
    """Rows as a dataset has them."""
    basics = {"channel": "instagram", "account_id": "1", "grain": "day", "table": "a#0"}
    found = pd.DataFrame([{**basics, **row} for row in rows])
    for name in ("date", "date_end"):
        if name in found:
            found[name] = pd.to_datetime(found[name])
    return found


def days(first: str, last: str, **more: object) -> list[Row]:
    """A row a day, with a figure."""
    given: Row = {"likes": 1.0, **more}
    return [{"date": day, **given} for day in pd.date_range(first, last)]


def posts(*dates: str, **more: object) -> list[Row]:
    return [{"date": day, "grain": "post", "likes": 1.0, **more} for day in dates]


def span(first: str, last: str, **more: object) -> Row:
    """One row for a range of days."""
    return {"date": first, "date_end": last, "grain": "campaign", "clicks": 1.0, **more}


def shown(rows: list[Row], period: str = "month") -> list[tuple[str, str, int]]:
    """What, state and how much is known, of one account in the order of the periods."""
    covers = coverage(frame(rows), period, as_of=AS_OF)
    return [(cover.what, cover.state, cover.known) for cover in covers]


def fetch(rows: list[Row], period: str = "month") -> list[Gap]:
    return gaps(coverage(frame(rows), period, as_of=AS_OF))


ADS = {"channel": "google_ads", "grain": "campaign_day"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (days("2026-06-01", "2026-06-30"), [("days", "complete", 30)]),
        (days("2026-06-01", "2026-06-12"), [("days", "partial", 12)]),
        # The data begins in the middle of a month.
        (
            days("2026-06-12", "2026-07-31"),
            [("days", "partial", 19), ("days", "complete", 31)],
        ),
        # A month between two others.
        (
            days("2026-06-01", "2026-06-30") + days("2026-08-01", "2026-08-31"),
            [("days", "complete", 30), ("days", "missing", 0), ("days", "complete", 31)],
        ),
        # Ranges inside a month make its days known; a quarter says nothing of its months.
        ([span("2026-06-01", "2026-06-30")], [("days", "complete", 30)]),
        (
            [span("2026-07-01", "2026-09-30")],
            [("days", "longer", 0), ("days", "longer", 0), ("days", "longer", 0)],
        ),
        # Social networks print days without activity; advertising platforms do not.
        (
            days("2026-06-01", "2026-06-10") + days("2026-06-14", "2026-06-30"),
            [("days", "partial", 27)],
        ),
        (
            days("2026-06-01", "2026-06-10", **ADS) + days("2026-06-14", "2026-06-30", **ADS),
            [("days", "complete", 27)],
        ),
        # Quiet at the turn of a month: 27 June to 3 July, seven days.
        (
            days("2026-06-01", "2026-06-26", **ADS) + days("2026-07-04", "2026-07-31", **ADS),
            [("days", "complete", 26), ("days", "complete", 28)],
        ),
        # Eight days are more than quiet.
        (
            days("2026-06-01", "2026-06-10", **ADS) + days("2026-06-19", "2026-06-30", **ADS),
            [("days", "partial", 22)],
        ),
        (posts("2026-06-02", "2026-06-20"), [("posts", "counted", 2)]),
        # One export from June to August, in which July has no post.
        (
            posts("2026-06-02", "2026-08-20"),
            [("posts", "counted", 1), ("posts", "none", 0), ("posts", "counted", 1)],
        ),
        # Two exports: nobody knows what was published in July.
        (
            posts("2026-06-02") + posts("2026-08-20", table="b#0"),
            [("posts", "counted", 1), ("posts", "missing", 0), ("posts", "counted", 1)],
        ),
        # Followers: a date in the month is enough.
        ([{"date": "2026-06-30", "followers": 900.0}], [("levels", "complete", 1)]),
        # The month of the export is not over.
        (days("2026-10-01", "2026-10-01"), [("days", "running", 1)]),
        # Only part of an account's figures, or none at all.
        (days("2026-06-01", "2026-06-30", grain="audience"), []),
        (days("2026-06-01", "2026-06-30", likes=None), []),
    ],
)
def test_how_a_period_is_covered(rows: list[Row], expected: list[tuple[str, str, int]]) -> None:
    assert shown(rows) == expected


def test_each_sort_of_figures_is_told_apart() -> None:
    rows = (
        days("2026-07-01", "2026-07-31", followers=None)
        + posts("2026-07-02", "2026-06-03")
        + [{"date": "2026-07-31", "followers": 900.0}]
    )
    assert shown(rows) == [
        ("days", "before", 0),  # June has posts: figures by day begin later
        ("days", "complete", 31),
        ("posts", "counted", 1),
        ("posts", "counted", 1),
        ("levels", "before", 0),
        ("levels", "complete", 1),
    ]


def test_an_account_is_missing_where_another_is_known() -> None:
    rows = days("2026-06-01", "2026-07-31") + days("2026-07-01", "2026-07-31", channel="x")
    covers = coverage(frame(rows), "month", as_of=AS_OF)
    assert [(c.channel, c.state) for c in covers] == [
        ("instagram", "complete"), ("instagram", "complete"), ("x", "missing"), ("x", "complete"),
    ]  # fmt: skip


def test_accounts_go_by_the_last_name_that_a_file_gives() -> None:
    rows = days("2026-06-01", "2026-06-29", account_name="Old")
    rows += days("2026-06-30", "2026-06-30", account_name="New")
    assert {cover.name for cover in coverage(frame(rows), "month", as_of=AS_OF)} == {"New"}


@pytest.mark.parametrize(
    ("rows", "lacking"),
    [
        # A file of reach was exported in June and August, not in July.
        (
            days("2026-06-01", "2026-06-30", reach=5.0)
            + days("2026-07-01", "2026-07-31")
            + days("2026-08-01", "2026-08-31", reach=5.0),
            [(), ("reach",), ()],
        ),
        # Given up by the platform: told once.
        (
            days("2026-06-01", "2026-06-30", reach=5.0) + days("2026-07-01", "2026-08-31"),
            [(), ("reach",), ()],
        ),
        # New: earlier months lack nothing.
        (
            days("2026-06-01", "2026-06-30") + days("2026-07-01", "2026-07-31", reach=5.0),
            [(), ()],
        ),
        # A blank in the export of an ad platform is nothing that happened.
        (
            days("2026-06-01", "2026-06-30", conversions=2.0, **ADS)
            + days("2026-07-01", "2026-07-31", **ADS),
            [(), ()],
        ),
    ],
)
def test_metrics_that_are_lacking(rows: list[Row], lacking: list[tuple[str, ...]]) -> None:
    assert [cover.lacking for cover in coverage(frame(rows), "month", as_of=AS_OF)] == lacking


def gap(reason: str, start: str, end: str, **more: object) -> Gap:
    given: dict[str, object] = {"what": ("days",), **more}
    return Gap("instagram", "1", "1", reason, start=date.fromisoformat(start),  # type: ignore[arg-type]
               end=date.fromisoformat(end), **given)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (days("2026-06-01", "2026-06-30"), []),
        (
            days("2026-06-01", "2026-06-12") + days("2026-06-14", "2026-06-20"),
            [
                gap(
                    "partial", "2026-06-01", "2026-06-30", known=19, days=30,
                    holes=(
                        (date(2026, 6, 13), date(2026, 6, 13)),
                        (date(2026, 6, 21), date(2026, 6, 30)),
                    ),
                )
            ],
        ),
        # Two missing months are one gap.
        (
            days("2026-06-01", "2026-06-30") + days("2026-09-01", "2026-09-30"),
            [gap("missing", "2026-07-01", "2026-08-31", what=(), periods=2, days=62)],
        ),
        # Two partial months, and the hole between them.
        (
            days("2026-06-01", "2026-06-20") + days("2026-07-11", "2026-07-31"),
            [
                gap(
                    "partial", "2026-06-01", "2026-07-31", periods=2, known=41, days=61,
                    holes=((date(2026, 6, 21), date(2026, 7, 10)),),
                )
            ],
        ),
        (
            [span("2026-07-01", "2026-08-31")],
            [gap("longer", "2026-07-01", "2026-08-31", periods=2, days=62)],
        ),
        # Everything of July: no post then, though the export of posts reaches over it.
        (
            days("2026-06-01", "2026-06-30")
            + days("2026-08-01", "2026-08-31")
            + posts("2026-06-03", "2026-08-03"),
            [gap("missing", "2026-07-01", "2026-07-31", what=(), days=31)],
        ),
        # Only the posts of July.
        (
            days("2026-06-01", "2026-07-31") + posts("2026-06-03"),
            [gap("missing", "2026-07-01", "2026-07-31", what=("posts",), days=31)],
        ),
        (
            days("2026-06-01", "2026-06-30", reach=5.0) + days("2026-07-01", "2026-07-31"),
            [
                gap("lacking", "2026-07-01", "2026-07-31", known=31, days=31, metrics=("reach",)),
            ],
        ),
    ],
)  # fmt: skip
def test_what_to_fetch(rows: list[Row], expected: list[Gap]) -> None:
    assert fetch(rows) == expected


def test_a_week_without_a_post_is_no_gap_where_days_are_known() -> None:
    rows = days("2026-06-01", "2026-06-14") + posts("2026-06-03")
    assert fetch(rows, "week") == []


def test_a_period_that_is_not_over_is_no_gap() -> None:
    rows = days("2026-09-01", "2026-10-01")
    assert fetch(rows) == []


@pytest.mark.parametrize(
    "rows",
    [
        pd.DataFrame(),
        pd.DataFrame({"table": pd.Series(dtype="str")}),
        frame([{"date": None, "likes": 1.0}]),
        frame([{"date": "2026-06-01", "likes": 1.0, "channel": None}]),
        frame([{"date": "2026-06-01"}]),
    ],
)
def test_rows_that_say_nothing(rows: pd.DataFrame) -> None:
    assert coverage(rows, "month") == []


def test_dates_that_cannot_be_make_no_list_of_centuries() -> None:
    june = days("2026-06-01", "2026-06-30")
    late = coverage(frame([*june, {"date": "2126-06-01", "likes": 1.0}]), "month", as_of=AS_OF)
    assert [(cover.start, cover.state) for cover in late] == [(date(2026, 6, 1), "complete")]
    early = coverage(frame([{"date": "1926-06-01", "likes": 1.0}, *june]), "day", as_of=AS_OF)
    assert len(early) == 400
    assert early[-1].start == date(2026, 6, 30)


def test_without_a_day_of_export_the_data_ends_when_it_ends() -> None:
    covers = coverage(frame(days("2026-06-01", "2026-06-12")), "month")
    assert [cover.state for cover in covers] == ["running"]


known_days = st.sets(st.integers(0, 120), min_size=1, max_size=60)


@settings(deadline=None, max_examples=40)
@given(known_days, st.sampled_from(["week", "month", "quarter"]))
def test_every_day_is_known_or_in_a_hole(offsets: set[int], period: str) -> None:
    first = date(2026, 2, 10)
    rows = [{"date": first + timedelta(days=n), "likes": 1.0} for n in offsets]
    for cover in coverage(frame(rows), period, as_of=date(2027, 1, 1)):
        assert cover.known + _length(cover) == cover.days


def _length(cover: Cover) -> int:
    if cover.state == "missing":
        return cover.days
    return sum((last - first).days + 1 for first, last in cover.holes)
