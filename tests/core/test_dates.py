"""Dates as exports print them: order, year and zone told by the column, or refused in words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pandas as pd
import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.exports.date_formats import LANGUAGES, fold, month_names
from tracksheet.core.exports.dates import DateColumn, Order, parse_dates, parse_range

FILE_DAY = date(2026, 2, 28)


def values(column: DateColumn) -> list[datetime | None]:
    return [None if pd.isna(value) else value.to_pydatetime() for value in column.values]


def days(column: DateColumn) -> list[date | None]:
    return [value and value.date() for value in values(column)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-11", "2024-03-11"),
        ("2026-05-25T00:00:00", "2026-05-25"),
        ("2023-04-21T14:51:11+0300", "2023-04-21T14:51:11"),
        ("2023-04-21T14:51:11+03:00", "2023-04-21T14:51:11"),
        ("2023-04-21T14:51:11Z", "2023-04-21T14:51:11"),
        ("2023-04-21T14:51:11.123Z", "2023-04-21T14:51:11"),
        ("2015-09-30 18:42 +0000", "2015-09-30T18:42"),
        ("2015-09-30 18:42:01 UTC", "2015-09-30T18:42:01"),
        ("20231008", "2023-10-08"),
        ("2023100813", "2023-10-08T13:00"),
        ("202310081307", "2023-10-08T13:07"),
        ("2025/10/31", "2025-10-31"),
        ("2025/10/31 18:19:10", "2025-10-31T18:19:10"),
        ("03/18/2025 09:48", "2025-03-18T09:48"),
        ("3/18/2025 9:48 PM", "2025-03-18T21:48"),
        ("18/03/2025 09:48", "2025-03-18T09:48"),
        ("18-03-2025", "2025-03-18"),
        ("02/18/25", "2025-02-18"),
        ("03/03/2025", "2025-03-03"),
        ("12.03.2025", "2025-03-12"),
        ("12.03.25 14:05", "2025-03-12T14:05"),
        ("Tue, Feb 18, 2025", "2025-02-18"),
        ("Thu, 5 Feb 2026", "2026-02-05"),
        ("Mar 15, 2025", "2025-03-15"),
        ("Sept 5, 2025", "2025-09-05"),
        ("Mar-18-2025", "2025-03-18"),
        ("18-Feb-2025", "2025-02-18"),
        ("18-févr.-25", "2025-02-18"),
        ("Oct 11, 2019 10:41 am", "2019-10-11T10:41"),
        ("October 29, 2024, 11:59 PM", "2024-10-29T23:59"),
        ("October 1, 2024, 12:00 AM", "2024-10-01"),
        ("October 1, 2024, 12:30\u202fp.m.", "2024-10-01T12:30"),
        ("18 févr. 2025", "2025-02-18"),
        ("18 fevr 2025", "2025-02-18"),
        ("1er mars 2025", "2025-03-01"),
        ("mar. 18 févr. 2025", "2025-02-18"),
        ("mardi 18 février 2025 à 14:05", "2025-02-18T14:05"),
        ("le 8 mars 2025 à 14h05", "2025-03-08T14:05"),
        ("8 de marzo de 2025", "2025-03-08"),
        ("8 de marzo 2025", "2025-03-08"),
        ("martes, 8 de marzo de 2025", "2025-03-08"),
        ("5. März 2025", "2025-03-05"),
        ("Di., 5. März 2025 um 14:05", "2025-03-05T14:05"),
        ("5 de mar. de 2025", "2025-03-05"),
        ("segunda-feira, 5 de maio de 2025", "2025-05-05"),
        ("1st March 2025", "2025-03-01"),
        ("5\u00a0mars\u202f2025", "2025-03-05"),
        ("FEBRUARY 3, 2025", "2025-02-03"),
        ("February 28", "2026-02-28"),
        ("28 February", "2026-02-28"),
        ("March 1", "2025-03-01"),
        ("1 de marzo", "2025-03-01"),
        ("12.03.", "2025-03-12"),
        ("2024-03", "2024-03-01"),
        ("03/2024", "2024-03-01"),
        ("March 2024", "2024-03-01"),
        ("marzo de 2024", "2024-03-01"),
        ("2024-03-01 - 2024-03-11", "2024-03-01"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_dates_that_can_be_read_one_way(text: str, expected: str) -> None:
    column = parse_dates([text], latest=FILE_DAY)
    assert values(column) == [datetime.fromisoformat(expected)]
    assert column.bad == ()
    assert column.has_time == ("T" in expected)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2025-02-30", "no day that exists"),
        ("2025-02-29", "no day that exists"),
        ("31/04/2025", "read as day/month"),
        ("13/14/2025", "no day that exists"),
        ("03.18.2025", "no day that exists"),
        ("00/05/2025", "no day that exists"),
        ("0000-01-01", "year 0"),
        ("01/02/9999", "year 9999"),
        ("2025-03-18 25:00", "time that does not exist"),
        ("2025-03-18 13:00 PM", "time that does not exist"),
        ("2025-03-18 10:00 +9900", "time that does not exist"),
        ("45678", "known form"),
        ("12.03", "known form"),
        ("Feb-25", "known form"),
        ("Lifetime", "known form"),
        ("foo 5 mars 2025", "known form"),
        ("5 marzipan 2025", "known form"),
        ("3:22 PM", "known form"),
        ("2025²03²18", "known form"),
        ("٢٠٢٥-٠٣-١٨", "known form"),
        ("Dec 7, 2025 - Dec 1, 2025", "ends before it begins"),
        ("x" * 5000, "known form"),
    ],
)
def test_what_is_no_date_is_listed_with_the_reason(text: str, words: str) -> None:
    column = parse_dates(["2025-03-18", text], latest=FILE_DAY)
    assert days(column) == [date(2025, 3, 18), None]
    assert [(position, cell) for position, cell, _ in column.bad] == [(1, text)]
    assert words in column.bad[0][2]


@pytest.mark.parametrize("text", ["", "-", "--", "—", "N/A", "NAN", "undefined", " "])
def test_no_value_is_no_date_and_not_bad(text: str) -> None:
    column = parse_dates([text, "2025-03-18"])
    assert days(column) == [None, date(2025, 3, 18)]
    assert column.bad == ()


@pytest.mark.parametrize(
    ("texts", "order", "used", "expected"),
    [
        (["03/04/2025", "13/04/2025"], None, "dmy", ["2025-04-03", "2025-04-13"]),
        (["03/04/2025", "04/13/2025"], None, "mdy", ["2025-03-04", "2025-04-13"]),
        (["03/04/2025"], "dmy", "dmy", ["2025-04-03"]),
        (["03/04/2025"], "mdy", "mdy", ["2025-03-04"]),
        (["03/03/2025", "2025-03-04"], None, None, ["2025-03-03", "2025-03-04"]),
        (["12.03.2025"], "mdy", "mdy", ["2025-03-12"]),
    ],
)
def test_day_and_month(
    texts: list[str], order: Order | None, used: Order | None, expected: list[str]
) -> None:
    column = parse_dates(texts, order=order)
    assert days(column) == [date.fromisoformat(day) for day in expected]
    assert column.order == used
    assert column.ambiguous is None


def test_an_order_nothing_settles_is_refused_and_its_first_cell_named() -> None:
    column = parse_dates(["", "03/03/2025", "03/04/2025", "04/05/2025", "2025-01-01"])
    assert column.ambiguous == 2
    assert column.order is None
    assert days(column) == [None, date(2025, 3, 3), None, None, date(2025, 1, 1)]
    assert column.bad == ()


def test_contradicting_days_settle_nothing() -> None:
    column = parse_dates(["13/01/2025", "01/13/2025", "02/03/2025"])
    assert column.ambiguous == 0
    assert days(column) == [None, None, None]


def test_a_slip_among_many_does_not_unsettle_the_order() -> None:
    column = parse_dates([f"{day}/01/2025" for day in range(13, 31)] + ["01/13/2025"])
    assert column.order == "dmy"
    assert [(position, text) for position, text, _ in column.bad] == [(18, "01/13/2025")]


def test_days_impossible_in_the_given_order_are_bad() -> None:
    column = parse_dates(["13/01/2025", "01/13/2025"], order="dmy")
    assert days(column) == [date(2025, 1, 13), None]
    assert column.bad == ((1, "01/13/2025", "is no day that exists, read as day/month"),)


def test_offsets_are_moved_to_the_time_zone() -> None:
    texts = ["2015-09-30 23:42 +0000", "2023-04-21T14:51:11+0300", "2023-04-21T14:51:11", ""]
    column = parse_dates(texts, time_zone="Europe/Paris")
    assert values(column) == [
        datetime(2015, 10, 1, 1, 42),
        datetime(2023, 4, 21, 13, 51, 11),
        datetime(2023, 4, 21, 14, 51, 11),
        None,
    ]


def test_days_printed_as_midnight_stay_on_their_day() -> None:
    column = parse_dates(["2026-05-25T00:00:00+0000"], time_zone="America/New_York")
    assert days(column) == [date(2026, 5, 25)]


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_named(name: str) -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        parse_dates(["2025-01-01"], time_zone=name)


def test_cells_of_a_workbook() -> None:
    column = parse_dates(
        [datetime(2025, 3, 1, 2, 3), date(2025, 3, 2), 45717.5, 20250304.0, None, float("nan"),
         pd.Timestamp("2025-03-05 06:07"), pd.NaT, True, 12.0, time(3, 4)]
    )  # fmt: skip
    assert values(column) == [
        datetime(2025, 3, 1, 2, 3),
        datetime(2025, 3, 2),
        datetime(2025, 3, 1, 12),
        datetime(2025, 3, 4),
        None,
        None,
        datetime(2025, 3, 5, 6, 7),
        None,
        None,
        None,
        None,
    ]
    assert [position for position, _, _ in column.bad] == [8, 9, 10]


def test_the_column_says_what_it_holds() -> None:
    column = parse_dates(["March 2024", "2024-04", ""])
    assert (column.monthly, column.has_time, column.yearless) == (True, False, False)
    assert (column.first, column.last) == (date(2024, 3, 1), date(2024, 4, 1))
    assert column.values.dtype == "datetime64[us]"
    empty = parse_dates([])
    assert (len(empty.values), empty.monthly, empty.first, empty.last) == (0, False, None, None)
    assert empty.values.dtype == "datetime64[us]"


# Periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("July 8, 2025 - July 31, 2025", "2025-07-08", "2025-07-31"),
        ("March 27, 2026 - April 23, 2026", "2026-03-27", "2026-04-23"),
        ("2024-03-01 - 2024-03-11", "2024-03-01", "2024-03-11"),
        ("2024-03-01 – 2024-03-11", "2024-03-01", "2024-03-11"),
        ("20231008-20231112", "2023-10-08", "2023-11-12"),
        ("Oct 1 - Oct 7, 2025", "2025-10-01", "2025-10-07"),
        ("Dec 28 – Jan 3, 2026", "2025-12-28", "2026-01-03"),
        ("du 1 mars au 7 mars 2025", "2025-03-01", "2025-03-07"),
        ("1 de marzo de 2025 al 7 de marzo de 2025", "2025-03-01", "2025-03-07"),
        ("1. März 2025 bis 7. März 2025", "2025-03-01", "2025-03-07"),
        ("March 2024 - May 2024", "2024-03-01", "2024-05-31"),
        ("01/07/2025 - 31/07/2025", "2025-07-01", "2025-07-31"),
    ],
)
def test_periods(text: str, start: str, end: str) -> None:
    assert parse_range(text) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "Oct 1 - Oct 7",
        "8/7/2023 - 8/5/2024",
        "July 8, 2025",
        "Dec 1, 2025 - Dec 7",
        "July 31, 2025 - July 8, 2025",
        "Campaign report",
        "Report - March 2024",
        "",
        "a - b - c",
        "-" * 500,
    ],
)
def test_what_is_no_certain_period(text: str) -> None:
    assert parse_range(text) is None


def test_a_period_in_a_known_order() -> None:
    expected = (date(2023, 8, 7), date(2024, 8, 5))
    assert parse_range("8/7/2023 - 8/5/2024", order="mdy") == expected


def test_a_column_of_periods_has_ends() -> None:
    column = parse_dates(["Dec 28 - Jan 3", "Jan 4 - Jan 10", "Jan 11"], latest=date(2026, 1, 31))
    assert days(column) == [date(2025, 12, 28), date(2026, 1, 4), date(2026, 1, 11)]
    assert column.ends is not None
    assert [None if pd.isna(end) else end.date() for end in column.ends] == [
        date(2026, 1, 3),
        date(2026, 1, 10),
        None,
    ]


# Days without a year


def yearless(first: date, last: date) -> list[str]:
    return [f"{day:%B} {day.day}" for day in pd.date_range(first, last)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 2, 28), date(2026, 2, 27)),  # 365 days, as TikTok Studio writes them
        (date(2025, 2, 28), date(2026, 2, 28)),
        (date(2023, 3, 1), date(2024, 3, 2)),
        (date(2022, 12, 1), date(2025, 1, 15)),
        (date(2025, 12, 30), date(2026, 1, 2)),
        (date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
@pytest.mark.parametrize("descending", [False, True])
def test_days_in_sequence_are_counted_over_new_year(
    first: date, last: date, descending: bool
) -> None:
    expected = [day.date() for day in pd.date_range(first, last)]
    texts = yearless(first, last)
    if descending:
        expected, texts = expected[::-1], texts[::-1]
    column = parse_dates(texts, year=last.year)
    assert column.yearless
    assert days(column) == expected
    assert days(parse_dates(texts, latest=last + timedelta(days=5))) == expected


def test_days_in_no_sequence_are_the_most_recent_ones() -> None:
    column = parse_dates(["July 16", "September 3", "February 28", "March 1"], latest=FILE_DAY)
    assert days(column) == [
        date(2025, 7, 16), date(2025, 9, 3), date(2026, 2, 28), date(2025, 3, 1),
    ]  # fmt: skip


def test_a_few_days_in_a_row_are_no_series() -> None:
    column = parse_dates(["March 1", "February 28"], latest=FILE_DAY)
    assert days(column) == [date(2025, 3, 1), date(2026, 2, 28)]


def test_february_29_is_in_the_most_recent_leap_year() -> None:
    texts = ["July 16", "February 29", "September 3"]
    assert days(parse_dates(texts, latest=FILE_DAY))[1] == date(2024, 2, 29)


def test_repeated_days_are_one_step() -> None:
    column = parse_dates(["December 31", "December 31", "January 1"], latest=FILE_DAY)
    assert days(column) == [date(2025, 12, 31), date(2025, 12, 31), date(2026, 1, 1)]


def test_a_year_that_is_said_is_the_year_of_the_newest_day() -> None:
    column = parse_dates(["July 16", "September 3"], year=2024, latest=FILE_DAY)
    assert days(column) == [date(2024, 7, 16), date(2024, 9, 3)]
    column = parse_dates(["July 16", "February 3"], year=2026, latest=FILE_DAY)
    assert days(column) == [date(2025, 7, 16), date(2026, 2, 3)]


def test_without_anything_to_tell_the_year_the_cells_are_bad() -> None:
    column = parse_dates(["July 16", "2025-01-01"])
    assert days(column) == [None, date(2025, 1, 1)]
    assert column.yearless
    assert "--year" in column.bad[0][2]
    assert parse_dates(["February 29"], year=2025).bad == ((0, "February 29", "is no day of 2025"),)


# Laws

moments = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2099, 12, 31))
FORMS = [
    "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M +0000", "%Y%m%d", "%Y/%m/%d %H:%M:%S",
    "%m/%d/%Y", "%m/%d/%Y %H:%M", "%d.%m.%Y", "%a, %b %d, %Y", "%a, %d %b %Y", "%b %d, %Y",
    "%b %d, %Y %I:%M %p", "%B %d, %Y, %I:%M %p", "%d-%b-%Y",
]  # fmt: skip


@given(st.lists(st.dates(date(1990, 1, 1), date(2068, 12, 31)), min_size=1, max_size=6),
       st.sampled_from(LANGUAGES), st.sampled_from(["medium", "long", "full"]))  # fmt: skip
def test_every_language_round_trips(written: list[date], language: str, width: str) -> None:
    texts = [format_date(day, format=width, locale=language) for day in written]
    column = parse_dates(texts, order="dmy")
    assert days(column) == written


@given(st.lists(moments, min_size=1, max_size=12), st.sampled_from(FORMS))
def test_every_form_round_trips(written: list[datetime], form: str) -> None:
    texts = [moment.strftime(form) for moment in written]
    expected = [
        datetime.strptime(text, form).replace(tzinfo=None)
        for text, form in ((t.replace(" +0000", ""), form.replace(" +0000", "")) for t in texts)
    ]
    assert values(parse_dates(texts, order="mdy")) == expected


@given(st.lists(moments, min_size=1, max_size=12), st.sampled_from(FORMS), st.integers(0, 4))
def test_a_cell_reads_the_same_alone_and_in_a_column(
    written: list[datetime], form: str, empty: int
) -> None:
    texts = [moment.strftime(form) for moment in written] + ["", "31/31/2025", "n/a", "x"][:empty]
    column = parse_dates(texts, order="mdy")
    alone = [parse_dates([text], order="mdy") for text in texts]
    assert values(column) == [values(one)[0] for one in alone]
    assert [text for _, text, _ in column.bad] == [text for one in alone for _, text, _ in one.bad]


dateish = st.text(alphabet="0123456789/-.: ,TZapmMarchFebdeuvril+–", max_size=24)


@given(st.lists(st.one_of(dateish, st.text(max_size=90)), max_size=8),
       st.sampled_from(["mdy", "dmy", None]), st.sampled_from([None, 2024]),
       st.sampled_from([None, FILE_DAY]), st.sampled_from([None, "Europe/Paris"]))  # fmt: skip
def test_no_text_can_break_a_column(
    texts: list[str],
    order: Order | None,
    year: int | None,
    latest: date | None,
    time_zone: str | None,
) -> None:
    column = parse_dates(texts, order=order, year=year, latest=latest, time_zone=time_zone)
    assert len(column.values) == len(texts)
    bad = {position for position, _, _ in column.bad}
    assert all(pd.isna(column.values.iloc[position]) for position in bad)
    for text in texts:
        parse_range(text)


@given(st.lists(st.one_of(st.floats(), st.integers(), st.booleans(), st.none()), max_size=8))
def test_no_number_can_break_a_column(cells: list[object]) -> None:
    assert len(parse_dates(cells).values) == len(cells)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 900), st.booleans())
def test_days_in_sequence_come_back(last: date, length: int, descending: bool) -> None:
    written = [last - timedelta(days=n) for n in range(length, -1, -1)]
    if descending:
        written.reverse()
    texts = [f"{day.day} {day:%B}" for day in written]
    assert days(parse_dates(texts, year=last.year)) == written


def test_a_month_name_is_the_same_month_in_every_language() -> None:
    from babel import Locale

    for language in LANGUAGES:
        for forms in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in forms[width].items():
                    assert month_names()[fold(name).rstrip(".")] == number
