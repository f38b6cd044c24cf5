"""Finding tables among titles, notes, repeated headers and other tables."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tracksheet.core.exports.blocks import Block, find_blocks
from tracksheet.core.exports.profile import vocabulary
from tracksheet.core.exports.source import Cell, Grid

DAYS = ["date", "Likes", "Comments"]
CAMPAIGNS = ["campaign", "Impressions", "Clicks"]
ONE = ["2026-01-01", "3", "4"]
TWO = ["2026-01-02", "5", "6"]
ADS = ["A", "70", "8"]


def grid(*rows: Sequence[Cell]) -> Grid:
    return Grid("", [list(row) for row in rows], range(1, len(rows) + 1))


def blocks(*rows: Sequence[Cell]) -> list[Block]:
    return find_blocks(grid(*rows), vocabulary(), vertical=frozenset())


def shape(block: Block) -> tuple[list[str], list[int]]:
    return block.header, block.lines


TABLES: dict[str, tuple[list[list[str]], list[tuple[list[str], list[int]]]]] = {
    "plain": ([DAYS, ONE, TWO], [(DAYS, [2, 3])]),
    "empty lines around": ([[], [""], DAYS, ONE, [" ", ""], []], [(DAYS, [4])]),
    "a title": ([["Report of Acme"], DAYS, ONE, TWO], [(DAYS, [3, 4])]),
    "title, empty line": ([["Report"], ["1–31 Jan 2026"], [], DAYS, ONE], [(DAYS, [5])]),
    "comments": ([["# ---"], ["# Report"], ["# ---"], [], DAYS, ONE], [(DAYS, [6])]),
    "header again": ([DAYS, ONE, DAYS, TWO], [(DAYS, [2, 4])]),
    "two tables, empty line": (
        [DAYS, ONE, [], CAMPAIGNS, ADS],
        [(DAYS, [2]), (CAMPAIGNS, [5])],
    ),
    "two tables, title": (
        [["By day"], DAYS, ONE, ["By campaign"], CAMPAIGNS, ADS],
        [(DAYS, [3]), (CAMPAIGNS, [6])],
    ),
    "two tables, nothing between": (
        [DAYS, ONE, TWO, CAMPAIGNS, ADS],
        [(DAYS, [2, 3]), (CAMPAIGNS, [5])],
    ),
    "an empty line inside": ([DAYS, ONE, [], TWO], [(DAYS, [2, 4])]),
    "side by side": (
        [[*DAYS, "", *CAMPAIGNS], [*ONE, "", *ADS], [*TWO, "", "", "", ""]],
        [(DAYS, [2, 3]), (CAMPAIGNS, [2])],
    ),
    "unknown headings": (
        [["Shop", "Visitors in"], ["Lyon", "12"], ["Nice", "7"]],
        [(["Shop", "Visitors in"], [2, 3])],
    ),
    "text": ([["Dear all"], ["please find", "attached"], ["the report"]], []),
    "one column": ([["Likes"], ["3"], ["4"]], []),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str) -> None:
    rows, expected = TABLES[name]
    assert [shape(block) for block in blocks(*rows)] == expected


NOTES: dict[str, tuple[list[list[str]], list[int], list[int]]] = {
    "after an empty line": (
        [DAYS, ONE, TWO, [], ["Note: estimates"], ["The figures may change."]],
        [2, 3],
        [5, 6],
    ),
    "at once": ([DAYS, ONE, TWO, ["Note: estimates"]], [2, 3], [4]),
    "with a comma": ([DAYS, ONE, TWO, ["Source: Insights", " read by us"]], [2, 3], [4]),
    "in a workbook": ([DAYS, ONE, TWO, ["Note: estimates", "", ""]], [2, 3], [4]),
    "a day without figures": ([DAYS, ONE, TWO, ["2026-01-03", "", ""]], [2, 3, 4], []),
    "a name without figures": (
        [CAMPAIGNS, ADS, ["B", "1", "2"], ["C", "", ""]],
        [2, 3, 4],
        [],
    ),
    "a total": ([CAMPAIGNS, ADS, ["B", "1", "2"], ["Grand total", "71", ""]], [2, 3, 4], []),
}


@pytest.mark.parametrize("name", NOTES)
def test_notes_under_a_table(name: str) -> None:
    rows, data, notes = NOTES[name]
    (block,) = blocks(*rows)
    assert (block.lines, block.notes) == (data, notes)


def test_lines_above_a_table_are_kept() -> None:
    (block,) = blocks(["Report of Acme"], ["Start date: 20260101"], [], DAYS, ONE)
    assert block.preamble == [["Report of Acme"], ["Start date: 20260101"]]


def test_repeated_headers_are_counted() -> None:
    (block,) = blocks(DAYS, ONE, DAYS, TWO, DAYS)
    assert block.repeated == 2


def test_names_beside_figures() -> None:
    vertical = frozenset({"impressions", "members reached"})
    (block,) = find_blocks(
        grid(["Discovery"], [], ["Impressions", 120], ["Members reached", 80]),
        vocabulary(),
        vertical=vertical,
    )
    assert (block.header, block.rows) == (["Impressions", "Members reached"], [[120, 80]])


def test_a_post_that_looks_like_a_title() -> None:
    header = ["text", "Likes", "Comments"]
    (block,) = blocks(header, ["Likes", "3", "4"], ["Views", "5", "6"], ["date", "7", "8"])
    assert block.lines == [2, 3, 4]
