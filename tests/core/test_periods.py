"""Calendar periods as plain dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.periods import (
    PERIODS,
    Lang,
    PeriodError,
    check,
    end,
    label,
    last_year,
    period_of,
    previous,
)

STARTS = [
    ("day", date(2026, 5, 31), date(2026, 5, 31), date(2026, 5, 31)),
    ("week", date(2026, 6, 7), date(2026, 6, 1), date(2026, 6, 7)),  # a Sunday ends its week
    ("week", date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 4)),
    ("month", date(2026, 2, 28), date(2026, 2, 1), date(2026, 2, 28)),
    ("month", date(2024, 2, 1), date(2024, 2, 1), date(2024, 2, 29)),
    ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ("quarter", date(2026, 6, 30), date(2026, 4, 1), date(2026, 6, 30)),
    ("quarter", date(2026, 11, 1), date(2026, 10, 1), date(2026, 12, 31)),
    ("year", date(2026, 6, 30), date(2026, 1, 1), date(2026, 12, 31)),
]


@pytest.mark.parametrize(("period", "day", "start", "last"), STARTS)
def test_first_and_last_day(period: str, day: date, start: date, last: date) -> None:
    assert period_of(day, period) == start
    assert end(start, period) == last


PREVIOUS = [
    ("day", date(2026, 3, 1), date(2026, 2, 28)),
    ("week", date(2021, 1, 4), date(2020, 12, 28)),
    ("month", date(2026, 1, 1), date(2025, 12, 1)),
    ("quarter", date(2026, 1, 1), date(2025, 10, 1)),
    ("year", date(2026, 1, 1), date(2025, 1, 1)),
]


@pytest.mark.parametrize(("period", "start", "before"), PREVIOUS)
def test_previous(period: str, start: date, before: date) -> None:
    assert previous(start, period) == before


LAST_YEAR = [
    ("day", date(2026, 5, 31), date(2025, 5, 31)),
    ("day", date(2024, 2, 29), None),
    ("day", date(2025, 2, 28), date(2024, 2, 28)),
    ("week", date(2026, 6, 1), date(2025, 6, 2)),  # week 23 of both years
    ("week", date(2025, 12, 29), date(2024, 12, 30)),  # week 1 begins in the year before
    ("week", date(2020, 12, 28), None),  # week 53, and 2019 had 52
    ("week", date(2026, 12, 28), None),
    ("month", date(2024, 2, 1), date(2023, 2, 1)),
    ("quarter", date(2026, 4, 1), date(2025, 4, 1)),
    ("year", date(2026, 1, 1), date(2025, 1, 1)),
]


@pytest.mark.parametrize(("period", "start", "before"), LAST_YEAR)
def test_last_year(period: str, start: date, before: date | None) -> None:
    assert last_year(start, period) == before


LABELS: list[tuple[str, date, Lang, str]] = [
    ("day", date(2026, 5, 31), "en", "2026-05-31"),
    ("week", date(2026, 6, 1), "en", "2026-W23"),
    ("week", date(2026, 6, 1), "fr", "2026-S23"),
    ("week", date(2025, 12, 29), "en", "2026-W01"),
    ("month", date(2026, 5, 1), "fr", "2026-05"),
    ("quarter", date(2026, 4, 1), "en", "2026-Q2"),
    ("quarter", date(2026, 4, 1), "fr", "2026-T2"),
    ("year", date(2026, 1, 1), "en", "2026"),
]


@pytest.mark.parametrize(("period", "start", "lang", "expected"), LABELS)
def test_labels(period: str, start: date, lang: Lang, expected: str) -> None:
    assert label(start, period, lang) == expected


@pytest.mark.parametrize("period", [*PERIODS, "range"])
def test_known_periods_pass_the_check(period: str) -> None:
    assert check(period) == period


def test_an_unknown_period_is_named_with_the_nearest() -> None:
    with pytest.raises(PeriodError) as caught:
        check("weeks")
    assert str(caught.value) == (
        "Unknown period 'weeks'. Did you mean 'week'? "
        "Periods are day, week, month, quarter, year, range."
    )


def test_the_whole_range_has_no_first_day() -> None:
    with pytest.raises(PeriodError, match="'range' is the whole range"):
        period_of(date(2026, 5, 31), "range")


any_day = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@given(any_day, st.sampled_from(list(PERIODS)))
def test_periods_follow_each_other_without_gap(day: date, period: str) -> None:
    start = period_of(day, period)
    assert start <= day <= end(start, period)
    assert end(previous(start, period), period) + timedelta(days=1) == start


@given(any_day, st.sampled_from(list(PERIODS)))
def test_last_year_is_a_period_of_the_same_name_a_year_before(day: date, period: str) -> None:
    start = period_of(day, period)
    before = last_year(start, period)
    if before is not None:
        assert period_of(before, period) == before
        year, rest = label(start, period)[:4], label(start, period)[4:]
        assert label(before, period) == f"{int(year) - 1:04d}{rest}"
