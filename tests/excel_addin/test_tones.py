"""Which values are good or bad news, and how tables of the workbook show it."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tracksheet.core.report import Column, Report, ReportTable, Tab, Tone, Value
from tracksheet.excel_addin import write_workbook
from tracksheet.excel_addin.formats import TONE_FILL, TONE_INK
from tracksheet.excel_addin.tones import tone_of

RISE = Column("c", "Change", "change", good="higher")
COST = Column("c", "Change", "change", good="lower")
POINTS = Column("c", "Change", "points", good="higher")
COUNT = Column("c", "More or fewer", "count", good="higher")
PLAIN = Column("c", "Change", "change")
STATUS = Column("c", "Status", tones={"met": "good", "At risk": "warn", "off track": "bad"})


@pytest.mark.parametrize(
    ("value", "column", "tone"),
    [
        (0.12, RISE, "good"),
        (-0.12, RISE, "bad"),
        (0.12, COST, "bad"),
        (-0.12, COST, "good"),
        (0.0005, RISE, "good"),  # shown as +0.1%
        (0.0004, RISE, "neutral"),  # shown as 0.0%
        (0.0, RISE, "neutral"),
        (0.04, POINTS, "good"),
        (0.004, POINTS, "neutral"),
        (-1, COUNT, "bad"),
        (0.12, PLAIN, "neutral"),
        (None, RISE, "neutral"),
        ("n/a", RISE, "neutral"),
        (True, RISE, "neutral"),
        ("met", STATUS, "good"),
        ("at risk", STATUS, "warn"),
        ("off track", STATUS, "bad"),
        ("no data", STATUS, "neutral"),
        (1, STATUS, "neutral"),
    ],
)
def test_the_tone_of_a_value(value: Value, column: Column, tone: Tone) -> None:
    assert tone_of(value, column) == tone


def test_a_table_colours_by_rules_that_hold_when_people_sort_it(tmp_path: Path) -> None:
    columns = (Column("name", "Name"), COST, Column("s", "Status", tones={'"met"': "good"}))
    table = ReportTable("t", "", columns, (("a", 0.1, '"met"'), ("b", "n/a", None)))
    path = tmp_path / "report.xlsx"
    write_workbook(Report("R", "en", (Tab("T", "T", (), (table,)),)), path)
    sheet = load_workbook(path).worksheets[0]
    found = [
        (str(area.sqref), rule.formula[0], rule.dxf.font.color.rgb[2:])
        for area in sheet.conditional_formatting
        for rule in area.rules
    ]
    good, bad = TONE_INK["good"][1:], TONE_INK["bad"][1:]
    assert found == [
        ("C4:C5", "AND(ISNUMBER(C4),C4>=0.000500000)", bad),
        ("C4:C5", "AND(ISNUMBER(C4),C4<=-0.000500000)", good),
        ("D4:D5", 'OR(D4="""met""")', good),
    ]


def test_tones_can_be_read_on_paper_and_on_their_ground() -> None:
    """A contrast of 4.5 is what WCAG 2 asks of small text."""
    for tone, ink in TONE_INK.items():
        for ground in ("#FFFFFF", "#F3F7F9"):
            assert _contrast(ink, ground) >= 4.5, (tone, ground)
        if tone != "neutral":
            assert _contrast(ink, TONE_FILL[tone]) >= 4.5, tone


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
