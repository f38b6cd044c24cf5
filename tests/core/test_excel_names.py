"""Names that Excel refuses or already uses."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import FORMULAE

from tracksheet.core.excel_names import MAX_LENGTH, refusal, taken


@pytest.mark.parametrize(
    "name", ["CTR", "ENGAGEMENT_RATE", "ROI", "COST_PER_1000_REACH", "XFE1", "A1048577", "A0"]
)
def test_free_names(name: str) -> None:
    assert refusal(name) is None


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("FREQUENCY", "Excel has a function"),
        ("frequency", "Excel has a function"),
        ("GROWTH", "Excel has a function"),
        ("ACOS", "Excel has a function"),
        ("VALUE", "Excel has a function"),
        ("TRIMRANGE", "Excel has a function"),
        ("LAMBDA", "Excel has a function"),
        ("NORM.S.DIST", "Excel has a function"),
        ("RESULT", "macros have a function"),
        ("ARGUMENT", "macros have a function"),
        ("GET.CELL", "macros have a function"),
        ("ALERT", "macros have a command"),
        ("SHARE", "macros have a command"),
        ("PRINT_AREA", "a meaning of its own"),
        ("TRUE", "truth value"),
        ("False", "truth value"),
        ("_XLFN.CTR", "file format"),
        ("A1", "the cell A1"),
        ("CPM1", "the cell CPM1"),
        ("ROI2020", "the cell ROI2020"),
        ("XFD1048576", "the cell XFD1048576"),
        ("A01", "the cell A01"),
        ("R", "R1C1"),
        ("c", "R1C1"),
        ("RC", "R1C1"),
        ("R1C1", "R1C1"),
        ("RC12", "the cell RC12"),
        ("R1048577", "R1C1"),
        ("", "letters A to Z"),
        ("1ST_REPLY", "not begin with a digit"),
        ("TAUX_D’ENGAGEMENT", "letters A to Z"),
        ("PORTÉE", "letters A to Z"),
        ("MAß", "letters A to Z"),
        ("A B", "letters A to Z"),
        ("CTR\n", "letters A to Z"),
        ("A" * (MAX_LENGTH + 1), "at most 64"),
    ],
)
def test_refused_names(name: str, reason: str) -> None:
    assert reason in (refusal(name) or "")


def test_lists_hold_well_formed_names_once() -> None:
    groups = taken()
    assert list(groups) == ["worksheet", "macro", "command", "reserved"]
    every = [name for names in groups.values() for name in names]
    assert len(every) == len(set(every))
    assert [name for name in every if not re.fullmatch(r"[A-Z_][A-Z0-9_.]*", name)] == []


def test_every_function_openpyxl_knows_is_in_the_list() -> None:
    assert sorted(FORMULAE - taken()["worksheet"]) == []


def test_the_list_reaches_beyond_the_functions_of_2007() -> None:
    assert len(taken()["worksheet"]) >= 520
    assert len(taken()["macro"] | taken()["command"]) >= 500


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    reason = refusal(text)
    assert reason is None or reason
    if text.isascii():
        assert (reason is None) == (refusal(text.swapcase()) is None)
    else:
        assert reason
