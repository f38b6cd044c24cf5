"""Total rows are kept apart, and only those."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tracksheet.core.exports import ReadOptions, Table, read_export
from tracksheet.core.exports.totals import TOTAL_WORDS

HEADER = "Campaign name,Amount spent (EUR),Impressions,Reach\n"
ROWS = ["A,10,100,30\n", "B,20,200,40\n"]
TOTAL = "Total,30,300,50\n"


@pytest.fixture
def read(tmp_path: Path) -> Any:
    def write_and_read(text: str, **options: Any) -> Table:
        (tmp_path / "file.csv").write_text(text, "utf-8")
        (table,) = read_export(tmp_path / "file.csv", options=ReadOptions(**options)).tables
        return table

    return write_and_read


@pytest.mark.parametrize(
    "words",
    [
        "Total", "TOTAL", "Totals", "total:", "Total :", "Grand total", "Subtotal", "Sub-total",
        "Total: Campaigns", "Total (2 campaigns)", "Total results", "Results from 12 campaigns",
        "Total général", "Totaux", "Total des résultats", "Sous-total", "Totaux :",
        "Résultats de 12 campagnes", "Total general", "Totales", "Suma", "Gesamt",
        "Gesamtergebnis", "Gesamtsumme", "Summe", "Insgesamt", "Zwischensumme", "Totale", "Totaal",
    ],
)  # fmt: skip
def test_total_words(read: Any, words: str) -> None:
    table = read(HEADER + "".join(ROWS) + f"{words},30,300,50\n")
    assert table.frame["campaign"].tolist() == ["A", "B"]
    assert table.totals["reach"].tolist() == [50]


@pytest.mark.parametrize(
    "words",
    [
        "Total comfort", "Totally", "Total (brand)", "TotalEnergies", "Total look", "Ensemble",
        "Ensemble : été", "Somme", "Summer", "Gesamtkatalog", "Subtotale Liebe", "Grand total war",
        "Results", "Résultats",
    ],
)  # fmt: skip
def test_names_that_are_no_total(read: Any, words: str) -> None:
    assert TOTAL_WORDS.fullmatch(words) is None
    table = read(HEADER + "".join(ROWS) + f"{words},5,50,5\n")
    assert table.frame["campaign"].tolist() == ["A", "B", words]
    assert table.totals.empty


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("total", [TOTAL, ",30,300,50\n", "  Total  ,30,300,50\n"])
def test_total_rows_anywhere(read: Any, place: int, total: str) -> None:
    rows = [*ROWS[:place], total, *ROWS[place:]]
    table = read(HEADER + "".join(rows))
    assert table.frame["spend"].tolist() == [10, 20]
    assert table.totals["spend"].tolist() == [30]
    (finding,) = table.findings
    assert finding.where == f"file.csv, line {place + 2}"
    assert finding.message == "1 total row of the platform kept apart, not added to the others"


def test_a_total_in_place_of_a_date_is_no_bad_date(read: Any) -> None:
    table = read("date,Spend,Impressions\n2026-01-05,10,5\n2026-01-06,10,5\nTotals,20,10\n")
    assert [f.severity for f in table.findings] == ["info"]
    assert table.totals["spend"].tolist() == [20]


def test_nothing_but_a_total(read: Any) -> None:
    table = read(HEADER + TOTAL)
    assert len(table.frame) == 0
    assert table.totals["spend"].tolist() == [30]


@pytest.mark.parametrize(
    "text",
    [
        "Top queries,Clicks,Impressions,CTR,Position\ntotal,5,50,10%,3.2\nshoes,5,50,10%,1\n",
        "query,Clicks,Impressions\ntotal,5,50\nshoes,5,50\n",
        "query,Sessions,Likes\nshoes,5,50\ntotal,5,50\n",
    ],
)
def test_people_search_for_total(read: Any, text: str) -> None:
    assert sorted(read(text).frame["query"]) == ["shoes", "total"]


@pytest.mark.parametrize(
    ("total", "says"),
    [
        ("Total,30,300,50\n", None),
        ("Total,30.01,300,50\n", None),  # rounded to the cent
        ("Total,30,300,70\n", None),  # reach never adds up
        (
            "Total,211.12,300,50\n",
            "spend: the rows add up to 30.00, the total row says 211.12 (difference 181.12). The "
            "rows are used; the file probably leaves some out.",
        ),
    ],
)
def test_totals_are_compared(read: Any, total: str, says: str | None) -> None:
    table = read(HEADER + "".join(ROWS) + total)
    assert [f.message for f in table.findings if f.severity == "warning"] == (
        [says] if says else []
    )
