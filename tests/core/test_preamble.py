"""The lines above a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from tracksheet.core.exports.dates import Order
from tracksheet.core.exports.preamble import read_preamble, read_title, stated_value
from tracksheet.core.exports.source import Cell


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        ([], "Sheet1"),
        ([["Instagram reach"]], "Instagram reach"),
        ([["# Traffic acquisition"]], "Traffic acquisition"),
        ([["# Traffic acquisition"], ["# Account: Acme"], ["# Property: Acme – GA4"]],
         "Traffic acquisition"),
        ([["Report of Acme"], ["1 Jan 2026 - 31 Jan 2026"]], "Report of Acme"),
        ([["Report of Acme"], ["Start date: 20260101"], ["End date: 20260131"]], "Report of Acme"),
        ([["Demographics: Table 2"]], "Demographics"),
        ([["# ------------------"]], "Sheet1"),
        ([["Total followers on 1/31/2026", 782]], "Sheet1"),
        ([["x" * 200]], "Sheet1"),
    ],
)  # fmt: skip
def test_title(rows: Sequence[Sequence[Cell]], title: str) -> None:
    assert read_title(rows, "Sheet1") == title


@pytest.mark.parametrize(
    ("rows", "order", "start", "end"),
    [
        ([["1 Jan 2026 - 31 Jan 2026"]], None, date(2026, 1, 1), date(2026, 1, 31)),
        ([["# 20260101-20260131"]], None, date(2026, 1, 1), date(2026, 1, 31)),
        ([["# Start date: 20260101"], ["# End date: 20260131"]], None,
         date(2026, 1, 1), date(2026, 1, 31)),
        ([["Date de début : 01/02/2026"], ["Date de fin : 28/02/2026"]], "dmy",
         date(2026, 2, 1), date(2026, 2, 28)),
        ([["Fecha de inicio: 2026-01-01"], ["Fecha de fin: 2026-01-31"]], None,
         date(2026, 1, 1), date(2026, 1, 31)),
        ([["Report Start: January 1, 2026, 12:00 AM"], ["Report End: January 31, 2026, 11:59 PM"]],
         None, date(2026, 1, 1), date(2026, 1, 31)),
        ([["Overall Performance", "8/7/2025 - 8/6/2026"]], "mdy",
         date(2025, 8, 7), date(2026, 8, 6)),
        ([["8/7/2025 - 8/6/2026"]], None, None, None),  # which is the month?
        ([["Acme"]], None, None, None),
    ],
)  # fmt: skip
def test_period(
    rows: Sequence[Sequence[Cell]], order: Order | None, start: date | None, end: date | None
) -> None:
    preamble = read_preamble(rows, "", order=order)
    assert (preamble.start, preamble.end) == (start, end)


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("Date Generated: February 3, 2026, 9:15 AM", datetime(2026, 2, 3, 9, 15)),
        ("Généré le : 2026-02-03", datetime(2026, 2, 3)),
        ("Exported on: yesterday", None),
    ],
)
def test_when_it_was_made(line: str, made: datetime | None) -> None:
    assert read_preamble([[line]], "").made == made


@pytest.mark.parametrize("line", ["# Property: Acme – GA4", "Propriété : Acme – GA4"])
def test_account(line: str) -> None:
    assert read_preamble([[line]], "").account == "Acme – GA4"


@pytest.mark.parametrize(
    ("row", "order", "stated"),
    [
        (["Total followers on 1/31/2026:", 782], "mdy", (date(2026, 1, 31), 782)),
        (["Total followers on 1/31/2026", "1,782"], "mdy", (date(2026, 1, 31), 1782)),
        (["Total followers on 1/2/2026", 782], None, None),
        (["Total followers", 782], "mdy", None),
        (["Total followers on 1/31/2026", "many"], "mdy", None),
    ],
)
def test_a_figure_beside_words(
    row: list[Cell], order: Order | None, stated: tuple[date, float] | None
) -> None:
    preamble = read_preamble([row], "", order=order)
    assert stated_value(preamble, "total followers on", order=order) == stated
