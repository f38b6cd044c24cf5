"""Numbers as exports print them: the right reading, or a refusal in words."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.exports.currencies import ALL_SIGNS, codes, currency_code
from tracksheet.core.exports.numbers import (
    MISSING,
    Evidence,
    Mark,
    Number,
    NumberError,
    decimal_evidence,
    parse_column,
    parse_number,
)

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
MARKS: tuple[Mark | None, ...] = (".", ",", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("373", 373),
        ("007", 7),
        ("-5", -5),
        ("−5", -5),  # U+2212
        ("+5", 5),
        ("(1 234)", -1234),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567),
        ("1.234.567", 1234567),
        ("1,23,456", 123456),
        ("12,34,567.5", 1234567.5),
        (f"1{NBSP}234{NBSP}567", 1234567),
        (f"1{NARROW}234,5", 1234.5),
        (f"1{THIN}234", 1234),
        ("1 234", 1234),
        ("1 234,567", 1234.567),
        ("1'234.50", 1234.5),
        ("1’234’567", 1234567),
        ("0.123", 0.123),
        ("0,123", 0.123),
        (".5", 0.5),
        ("-.5", -0.5),
        ("12.", 12),
        ("1234.567", 1234.567),
        ("4.28010", 4.2801),
        ("0.0615114235500879", 0.0615114235500879),
        ("1.2E+05", 120_000),
        ("4,687E+11", 468_700_000_000),
        ("5e-2", 0.05),
        ("17553162855640796", 17553162855640796),
        ("\ufeff12", 12),
        ("\u200e12", 12),
        (" 12 ", 12),
    ],
)
def test_numbers_that_can_be_read_one_way(text: str, value: float) -> None:
    number = parse_number(text, decimal=None)
    assert number == Number(value)
    assert type(number.value) is type(value)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("US$1.92", 1.92, "USD"),
        ("US$0.00", 0.0, "USD"),
        ("CA$5", 5, "CAD"),
        ("5 $ US", 5, "USD"),
        (f"5,50{NBSP}$US", 5.5, "USD"),
        ("$5", 5, ""),
        ("$5 USD", 5, "USD"),
        ("MXN$ 5.5", 5.5, "MXN"),
        ("-$5.25", -5.25, ""),
        ("$-5.25", -5.25, ""),
        ("($5.25)", -5.25, ""),
        (f"1{NARROW}234,50{NBSP}€", 1234.5, "EUR"),
        ("€1,234.50", 1234.5, "EUR"),
        ("5 EUR", 5, "EUR"),
        ("INR 1,23,456.50", 123456.5, "INR"),
        ("R$ 1.234,56", 1234.56, "BRL"),
        ("£0.66", 0.66, "GBP"),
        ("¥500", 500, ""),
        ("12,50 zł", 12.5, "PLN"),
        ("12,50 kr", 12.5, ""),
        ("Rs.5", 5, ""),
        ("Rs. 5", 5, ""),
        ("R 5", 5, "ZAR"),
        ("CHF 1’234.50", 1234.5, "CHF"),
        ("5 MAD", 5, "MAD"),
        ("5 BAM", 5, "BAM"),
        ("3 M€", 3_000_000, "EUR"),
        ("5 KEUR", 5_000, "EUR"),
        ("UAH77818.01", 77818.01, "UAH"),
    ],
)
def test_money(text: str, value: float, currency: str) -> None:
    assert parse_number(text, decimal=None) == Number(value, currency)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("77.77%", 0.7777),
        (f"77,77{NBSP}%", 0.7777),
        ("100%", 1.0),
        ("0%", 0.0),
        ("0.01%", 0.0001),
        ("-3.5 %", -0.035),
        ("%12", 0.12),
        ("1234%", 12.34),
    ],
)
def test_percents_are_fractions(text: str, value: float) -> None:
    assert parse_number(text, decimal=None, whole=True) == Number(value, percent=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15.5K", 15_500),
        ("15,5 k", 15_500),
        ("630k", 630_000),
        ("2.2M", 2_200_000),
        (f"17,7{NBSP}k", 17_700),
        ("1,2 M", 1_200_000),
        ("1,2 Md", 1_200_000_000),
        ("3 Mds", 3_000_000_000),
        ("1.2B", 1_200_000_000),
        ("1,2 Mio.", 1_200_000),
        ("1,2 Mrd.", 1_200_000_000),
        ("12 Tsd.", 12_000),
        ("15,5 mil", 15_500),
        ("2 mill.", 2_000_000),
        ("2 millones", 2_000_000),
        ("1,5 mil M", 1_500_000_000),
        ("1.2345K", 1234.5),
    ],
)
def test_abbreviated_sizes(text: str, value: float) -> None:
    assert parse_number(text, decimal=None).value == value


@pytest.mark.parametrize("text", sorted(MISSING))
def test_no_value_is_none_in_any_case(text: str) -> None:
    assert parse_number(f" {text.upper()}{NBSP}", decimal=".") == Number(None)


@pytest.mark.parametrize(
    ("text", "decimal", "whole", "value"),
    [
        ("1,234", None, True, 1234),
        ("1.234", None, True, 1234),
        ("1,234", ".", False, 1234),
        ("1,234", ",", False, 1.234),
        ("1.234", ".", True, 1.234),
        ("1.234", ",", True, 1234),
        ("373.0", None, True, 373),
        ("373.0", None, False, 373.0),
        ("373.5", None, True, 373.5),
        ("1,234K", ".", True, 1_234_000),
        ("15 mil", ",", True, 15_000),
    ],
)
def test_three_digits_after_a_mark(
    text: str, decimal: Mark | None, whole: bool, value: float
) -> None:
    number = parse_number(text, decimal=decimal, whole=whole).value
    assert number == value
    assert type(number) is type(value)


@pytest.mark.parametrize(
    ("text", "decimal", "words"),
    [
        ("1,234", None, "--decimal"),
        ("1.234", None, "tracksheet.toml"),
        ("$1,234", None, "ambiguous"),
        ("1,234%", None, "ambiguous"),
        ("12,34", ".", "does not fit the decimal mark '.'"),
        ("0,123", ".", "does not fit"),
        ("1.234,5", ".", "does not fit"),
        ("77.77%", ",", "does not fit"),
        ("<10%", ".", "bound"),
        ("> 90%", ".", "bound"),
        ("10001+", ".", "bound"),
        ("~5", ".", "approximation"),
        ("5-10", ".", "range"),
        ("18–24", ".", "range"),
        ("0:00:21", ".", "duration"),
        ("5m", ".", "minutes"),
        ("5 mil", ".", "Spanish"),
        ("5 mil.", ",", "another language"),
        ("1 billion", ".", "another language"),
        ("12.03.2025", None, "do not make one number"),
        ("3.апр", ",", "do not make one number"),
        ("1,2345,678", ".", "do not make one number"),
        ("1 23", ".", "do not make one number"),
        ("1_000", ".", "do not make one number"),
        ("5²", ".", "do not make one number"),
        ("5 km", ".", "do not make one number"),
        ("5 GB", ".", "do not make one number"),
        ("5 ABC", ".", "do not make one number"),
        ("Top 5", ".", "do not make one number"),
        ("1\n234", ".", "not a number"),
        ("٣", ".", "not a number"),
        ("Using campaign budget", ".", "not a number"),
        ("inf", ".", "not a number"),
        ("€5 USD", ".", "two currencies"),
        ("$5%", ".", "percent and something else"),
        ("(-5)", ".", "brackets"),
        ("(5", ".", "brackets"),
        ("1E+999", ".", "too large"),
        ("9" * 65, ".", "not a number"),
    ],
)
def test_refusals_say_why(text: str, decimal: Mark | None, words: str) -> None:
    with pytest.raises(NumberError) as caught:
        parse_number(text, decimal=decimal)
    assert words in caught.value.why
    assert caught.value.text == text
    assert str(caught.value).startswith(repr(text)[:20])


def test_a_count_is_never_read_from_an_ambiguous_percent_or_abbreviation() -> None:
    for text in ("1,234%", "1,234K", "1.234 M"):
        with pytest.raises(NumberError, match="ambiguous"):
            parse_number(text, decimal=None, whole=True)


@pytest.mark.parametrize(
    ("cells", "dot", "comma", "ambiguous"),
    [
        (["1,234.5"], "1,234.5", "", ""),
        (["1.234,5"], "", "1.234,5", ""),
        (["77.77%"], "77.77%", "", ""),
        (["12,5"], "", "12,5", ""),
        (["1,234,567"], "1,234,567", "", ""),
        (["1.234.567"], "", "1.234.567", ""),
        (["0.123", "0,123"], "0.123", "0,123", ""),
        (["1234.567"], "1234.567", "", ""),
        (["4.28010"], "4.28010", "", ""),
        (["1,234", "1.234"], "", "", "1,234"),
        (["1,234", "5,5 €"], "", "5,5 €", "1,234"),
        (["12", "1 234", "", "--", "1.2.3", "12.03.2025", "Hello, you.", "a,b"], "", "", ""),
    ],
)
def test_evidence(cells: list[str], dot: str, comma: str, ambiguous: str) -> None:
    assert decimal_evidence(cells) == Evidence(dot, comma, ambiguous)


def test_the_mark_of_evidence_is_the_only_one_proved() -> None:
    assert decimal_evidence(["1.5"]).mark == "."
    assert decimal_evidence(["1,5"]).mark == ","
    assert decimal_evidence(["1,234"]).mark is None
    assert decimal_evidence(["1.5", "1,5"]).mark is None


def test_a_column_reads_what_it_can_and_lists_the_rest() -> None:
    column = parse_column(
        ["US$1.50", "--", "<10", "1,234", "US$1.50", None, 7.0, 3], decimal=None, whole=False
    )
    assert np.array_equal(
        column.values, [1.5, math.nan, math.nan, 1234.0, 1.5, math.nan, 7.0, 3.0], equal_nan=True
    )
    assert column.currencies == ("USD",)
    assert column.bad == ((2, "<10", "is a bound (less or more than), not a number"),)
    assert column.ambiguous is None


def test_a_column_that_proves_a_mark_settles_its_ambiguous_cells() -> None:
    assert parse_column(["1,234", "12,5"], decimal=None).values.tolist() == [1.234, 12.5]
    assert parse_column(["1,234", "12.5"], decimal=None).values.tolist() == [1234.0, 12.5]


def test_a_column_that_proves_both_marks_settles_nothing() -> None:
    column = parse_column(["12.5", "1,234", "12,5"], decimal=None, whole=True)
    assert column.ambiguous == 1
    assert [position for position, _, _ in column.bad] == [1]


def test_a_column_without_proof_says_where_it_is_ambiguous() -> None:
    column = parse_column(["12", "1,234", "1,234"], decimal=None)
    assert column.ambiguous == 1
    assert [(position, text) for position, text, _ in column.bad] == [(1, "1,234"), (2, "1,234")]
    assert parse_column(["12", "1,234"], decimal=None, whole=True).values.tolist() == [12, 1234]


def test_a_line_break_in_a_cell_does_not_shift_the_column() -> None:
    column = parse_column(["1\n2", "3"], decimal=None)
    assert column.values.tolist()[1:] == [3.0]
    assert [position for position, _, _ in column.bad] == [0]


def test_percents_are_counted() -> None:
    assert parse_column(["50%", "50%", "0.5"], decimal=".").percents == 2


def test_whole_numbers_beyond_floats_stay_exact() -> None:
    column = parse_column(["17553162855640797", "", "5"], decimal=None, whole=True)
    assert column.values.dtype == object
    assert column.values.tolist() == [17553162855640797, None, 5]


@pytest.mark.parametrize(
    ("cell", "words"),
    [(date(2025, 4, 3), "date"), (True, "not a number"), (math.inf, "not a number")],
)
def test_cells_of_a_workbook_that_are_no_number(cell: object, words: str) -> None:
    column = parse_column([cell, 5.0], decimal=".")
    assert words in column.bad[0][2]
    assert column.values.tolist()[1] == 5.0


def test_currencies_are_real() -> None:
    assert {"EUR", "USD", "UAH", "INR", "XOF", "BGN", "HRK"} <= codes()
    assert not {"ABC", "UTC", "DEM", "SEC"} & codes()
    assert {code for code in ALL_SIGNS.values() if code} <= codes()
    assert [currency_code(sign) for sign in ("€", "EUR", "$", "eur", "x")] == [
        "EUR", "EUR", "", None, None,
    ]  # fmt: skip


# Laws

STYLES: dict[str, tuple[str, Mark]] = {
    "en": (",", "."),
    "fr": (NARROW, ","),
    "fr old": (NBSP, ","),
    "es": (".", ","),
    "ch": ("’", "."),
    "plain comma": ("", ","),
    "plain dot": ("", "."),
}


def printed(value: Decimal, style: str) -> str:
    group, point = STYLES[style]
    return f"{value:,f}".replace(".", "|").replace(",", group).replace("|", point)


decimals = st.decimals(
    min_value=-(10**12), max_value=10**12, places=4, allow_nan=False, allow_infinity=False
)


@given(st.integers(-(10**15), 10**15), st.sampled_from(sorted(STYLES)))
def test_whole_numbers_round_trip_in_every_style(value: int, style: str) -> None:
    text = printed(Decimal(value), style)
    assert parse_number(text, decimal=STYLES[style][1]).value == value
    assert parse_number(text, decimal=None, whole=True).value == value


@given(decimals, st.integers(0, 4), st.sampled_from(sorted(STYLES)))
def test_decimals_round_trip_in_every_style(value: Decimal, places: int, style: str) -> None:
    rounded = round(value, places)
    text = printed(rounded, style)
    assert parse_number(text, decimal=STYLES[style][1]).value == float(rounded)
    percent = parse_number(f"{text} %", decimal=STYLES[style][1]).value
    assert percent == float(rounded / 100)


@given(decimals, st.sampled_from(sorted(STYLES)))
def test_without_a_known_mark_a_number_is_read_right_or_not_at_all(
    value: Decimal, style: str
) -> None:
    for places in range(5):
        rounded = round(value, places)
        try:
            read = parse_number(printed(rounded, style), decimal=None).value
        except NumberError:
            continue
        assert read == float(rounded)


numberish = st.text(alphabet="0123456789.,' -+%()eEkM€$\u00a0\u202f−", max_size=14)


@given(st.one_of(numberish, st.text(max_size=80)), st.sampled_from(MARKS), st.booleans())
def test_nothing_but_number_error_is_raised(text: str, decimal: Mark | None, whole: bool) -> None:
    try:
        number = parse_number(text, decimal=decimal, whole=whole)
    except NumberError as error:
        assert error.why
        return
    assert number.value is None or math.isfinite(number.value)


@given(numberish)
def test_a_proof_excludes_the_other_mark(text: str) -> None:
    evidence = decimal_evidence([text])
    assert not (evidence.dot and evidence.comma)
    readings = set()
    for mark in (".", ","):
        try:
            readings.add((mark, parse_number(text, decimal=mark).value))
        except NumberError:
            continue
    marks = {mark for mark, _ in readings}
    if evidence.dot or evidence.comma:
        assert marks <= {evidence.mark}
    elif evidence.ambiguous:
        assert marks <= {".", ","}
    else:
        assert len({value for _, value in readings}) <= 1


@given(
    st.lists(st.one_of(numberish, st.sampled_from(["", "12", "1.5", "1,234", "7.250"]))),
    st.sampled_from((".", ",")),
    st.booleans(),
)
def test_a_column_reads_each_cell_as_it_is_read_alone(
    cells: list[str], decimal: Mark, whole: bool
) -> None:
    column = parse_column(cells, decimal=decimal, whole=whole)
    assert len(column.values) == len(cells)
    bad = {position for position, _, _ in column.bad}
    for position, (cell, value) in enumerate(zip(cells, column.values.tolist(), strict=True)):
        try:
            expected = parse_number(cell, decimal=decimal, whole=whole).value
        except NumberError:
            assert position in bad
            continue
        assert position not in bad
        assert value == expected or (expected is None and (value is None or math.isnan(value)))
