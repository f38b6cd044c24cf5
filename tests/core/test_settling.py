"""Which channels' figures may still change, told by when their files were made."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from tracksheet.core.dataset import Dataset
from tracksheet.core.settling import Unsettled, unsettled

JUNE = date(2026, 6, 1)


def dataset(made: str | None, *rows: dict[str, object]) -> Dataset:
    """Rows of one file, made on a day."""
    frame = pd.DataFrame([{"file": "a.csv", "table": "a#0", "grain": "day", **row} for row in rows])
    for name in ("date", "date_end"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    when = datetime.fromisoformat(made) if made else None
    return Dataset(frame, pd.DataFrame(), (), (), made=when)


def day(on: str, channel: str = "instagram", **figures: object) -> dict[str, object]:
    return {"channel": channel, "date": on, **(figures or {"likes": 1})}


@pytest.mark.parametrize(
    ("made", "until"),
    [
        ("2026-07-01T08:00", date(2026, 7, 3)),
        ("2026-07-03T23:59", date(2026, 7, 3)),  # Instagram: three days
        ("2026-07-04T00:00", None),
        ("2026-06-15T08:00", date(2026, 7, 3)),
    ],
)
def test_figures_settle_after_the_days_of_their_channel(made: str, until: date | None) -> None:
    found = unsettled(dataset(made, day("2026-06-30")), JUNE, "month")
    assert found == ([] if until is None else [Unsettled("instagram", until)])


def test_only_the_last_days_of_a_month_matter() -> None:
    assert unsettled(dataset("2026-07-01", day("2026-06-20")), JUNE, "month") == []


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("2026-07-02", [Unsettled("google_ads", date(2026, 7, 30))]),
        ("2026-07-10", [Unsettled("google_ads", date(2026, 7, 30), only_conversions=True)]),
        ("2026-07-31", []),
    ],
)
def test_conversions_of_ads_go_on_changing(made: str, expected: list[Unsettled]) -> None:
    row = day("2026-06-30", "google_ads", clicks=5, conversions=1)
    assert unsettled(dataset(made, row), JUNE, "month") == expected


def test_ads_without_conversions_settle_with_their_clicks() -> None:
    row = day("2026-06-30", "google_ads", clicks=5, conversions=None)
    assert unsettled(dataset("2026-07-10", row), JUNE, "month") == []


def test_a_range_is_as_old_as_its_last_day_within_the_period() -> None:
    row = day("2026-05-01", likes=9) | {"date_end": "2026-09-30"}
    assert unsettled(dataset("2026-07-04", row), JUNE, "month") == []
    assert unsettled(dataset("2026-07-03", row), JUNE, "month") != []


def test_followers_are_read_off_and_stay() -> None:
    row = day("2026-06-30", followers=900)
    assert unsettled(dataset("2026-06-30", row), JUNE, "month") == []


@pytest.mark.parametrize(
    ("made", "rows", "period"),
    [
        (None, [day("2026-06-30")], "month"),  # nobody knows when the file was made
        ("2026-06-30", [day("2026-05-30")], "month"),
        ("2026-06-30", [day("2026-06-30")], "range"),
        ("2026-06-30", [{"likes": 1}], "month"),
        ("2026-06-30", [], "month"),
    ],
)
def test_nothing_to_say(made: str | None, rows: list[dict[str, object]], period: str) -> None:
    assert unsettled(dataset(made, *rows), JUNE, period) == []


def test_channels_come_in_order_each_with_its_own_day() -> None:
    rows = [day("2026-06-30", "web", sessions=3), day("2026-06-30", "email", opens=3)]
    assert unsettled(dataset("2026-07-01", *rows), JUNE, "month") == [
        Unsettled("email", date(2026, 7, 7)),
        Unsettled("web", date(2026, 7, 2)),
    ]
