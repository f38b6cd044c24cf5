"""The first page: what stands on it, that nothing is cut, and that it is one sheet of paper."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from tracksheet.core.report import (
    Card,
    CellRef,
    Change,
    Comment,
    Comments,
    Overview,
    Passage,
    Report,
    Statement,
    Tab,
)
from tracksheet.excel_addin import write_workbook
from tracksheet.excel_addin.formats import TONE_INK, Styles
from tracksheet.excel_addin.links import Links
from tracksheet.excel_addin.measures import text_height
from tracksheet.excel_addin.overview import Picture, arrange
from tracksheet.excel_addin.sparklines import BARS

# openpyxl reads the file but knows no sparklines, and says so.
pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group extension:UserWarning")

LONG = (
    "Les publications de septembre ont porté la couverture à un niveau jamais atteint, et "
    "l’engagement par abonné s’est maintenu malgré la baisse habituelle des interactions. "
)
NOTHING = Overview(
    "Overview", "", (), "", (), Passage("", ()), Comments("", "", ()), (), (), Passage("", ())
)


def overview_of(report: Report) -> Overview:
    assert report.overview is not None
    return report.overview


def with_overview(report: Report, **changes: object) -> Report:
    return replace(report, overview=replace(overview_of(report), **changes))  # type: ignore[arg-type]


def extreme(report: Report) -> Report:
    """More of everything than a page was made for."""
    known = overview_of(report)
    ref = CellRef("kpi_periods", 0, "reach")
    card = replace(
        known.cards[0],
        title="Taux d’engagement par portée (publications organiques)",
        changes=(Change("par rapport à la même période de l’an dernier", 12345.6, "change"),),
        status="objectif largement dépassé cette fois",
    )
    return with_overview(
        report,
        title="مقهى 🎃 Société anonyme des boulangers-pâtissiers réunis de la région Auvergne",
        cards=(*known.cards, *(replace(card, value=10.0**n) for n in (3, 7, 12, 15))),
        story=Passage("Histoire", tuple(Statement((LONG * 2)[:250], (ref,) * n) for n in range(6))),
        comments=Comments(
            "Nos mots",
            "Prochaine étape",
            tuple(
                Comment("Instagram", (LONG * 10)[:size], LONG) for size in (1500, 10, 700, 250, 900)
            ),
        ),
    )


@pytest.fixture(scope="session")
def written(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("overview") / "report.xlsx"
    write_workbook(report, path)
    return path


@pytest.fixture(scope="session")
def sheet(written: Path) -> Worksheet:
    return first_sheet(written)


@pytest.fixture(scope="session")
def full(english: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a report with more of everything than a page was made for."""
    path = tmp_path_factory.mktemp("full") / "report.xlsx"
    write_workbook(extreme(english), path)
    return path


def first_sheet(path: Path) -> Worksheet:
    sheet = load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def arranged(overview: Overview) -> Picture:
    """The page without charts, as it is laid out before it is written."""
    overview = without_sources(overview)
    return arrange(overview, Links({}, "en"), [], styles=Styles(Workbook(BytesIO()), "en"))


def without_sources(overview: Overview) -> Overview:
    story = tuple(replace(said, sources=()) for said in overview.story.statements)
    return replace(
        overview,
        cards=tuple(replace(card, source=None) for card in overview.cards),
        story=replace(overview.story, statements=story),
    )


def cells(sheet: Worksheet) -> Iterator[Cell]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.value is not None:
                yield cell


def find(sheet: Worksheet, value: object) -> Cell:
    (cell,) = [cell for cell in cells(sheet) if cell.value == value]
    return cell


def size_of(sheet: Worksheet, cell: Cell) -> tuple[float, float]:
    """Width and height in pixels of a cell or of the merged cells it begins."""
    area = next((r for r in sheet.merged_cells.ranges if cell.coordinate in r), None)
    rows = range(area.min_row, area.max_row + 1) if area else (cell.row,)
    columns = range(area.min_col, area.max_col + 1) if area else (cell.column,)
    letters = [get_column_letter(column) for column in columns]
    width = sum(_column_pixels(sheet.column_dimensions[letter].width) for letter in letters)
    return width, sum((sheet.row_dimensions[row].height or 15) / 0.75 for row in rows)


def _column_pixels(width: float) -> float:
    return width * 12 if width < 1 else width * 7 + 5 - 5  # as XlsxWriter wrote it


# What stands where


def test_it_is_the_first_sheet_and_the_one_that_opens(report: Report, written: Path) -> None:
    book = load_workbook(written)
    assert book.sheetnames == [overview_of(report).name, "Channels", "Months", "Data"]
    assert book.active is book.worksheets[0]


def test_a_tab_of_the_same_name_gets_another(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    tab = Tab("OVERVIEW", "Title", ("A line.",))
    write_workbook(Report("R", "en", (tab,), NOTHING), path)
    names = load_workbook(path).sheetnames
    assert (names[0], names[-1]) == ("Overview", "OVERVIEW (2)")


def test_every_word_of_it_is_on_the_page(report: Report, sheet: Worksheet) -> None:
    overview = overview_of(report)
    shown = {str(cell.value) for cell in cells(sheet)}
    passages = (overview.story, overview.todo)
    texts = [
        overview.title,
        overview.warning,
        overview.comments.heading,
        *(card.title for card in overview.cards),
        *(card.status for card in overview.cards if card.status),
        *(change.words for card in overview.cards for change in card.changes),
        *(passage.heading for passage in passages),
        *(statement.text for passage in passages for statement in passage.statements),
        *(comment.text for comment in overview.comments.comments),
    ]
    assert [text for text in texts if text not in shown] == []
    assert any(all(fact in text for fact in overview.facts) for text in shown)


def test_texts_that_look_like_formulas_are_texts(written: Path) -> None:
    with zipfile.ZipFile(written) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("value", "unit", "currency", "number_format"),
    [
        (1_211_188, "count", "", "#,##0"),
        (0.025, "ratio", "", "0.00%"),
        (0.48, "currency", "EUR", '#,##0.00 "EUR"'),
        (12_345.67, "currency", "EUR", '#,##0 "EUR"'),
        (123_456_789_012, "count", "", "#,##0"),
        (1.5, "hours", "", '#,##0.0 "h"'),
        (30.0, "points", "", '+#,##0.0#" pts";-#,##0.0#" pts";0.0" pts"'),
    ],
)
def test_the_figure_of_a_card_is_a_number(
    value: float, unit: str, currency: str, number_format: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    card = Card("Card", value, unit, currency)  # type: ignore[arg-type]
    write_workbook(Report("R", "en", (), replace(NOTHING, cards=(card,) * 4)), path)
    found = [cell for cell in cells(first_sheet(path)) if cell.value == value]
    assert [cell.number_format for cell in found] == [number_format] * 4


def test_a_change_is_a_number_with_an_arrow_by_its_sign_and_a_colour_by_its_tone(
    tmp_path: Path,
) -> None:
    path = tmp_path / "report.xlsx"
    changes = (
        Change("vs 2026-08", 0.09, "change", "bad"),
        Change("vs 2025-09", -0.4, "points", "good"),
        Change("vs 2024-09", 0.0001, "change"),
        Change("vs 2023-09", None, "change", "neutral"),
    )
    card = Card("Cost per click", 0.48, "number", changes=changes)
    write_workbook(Report("R", "en", (), replace(NOTHING, cards=(card,))), path)
    sheet = first_sheet(path)
    found = [
        (cell.value, cell.number_format, cell.font.color.rgb[2:])
        for change in changes
        for cell in [sheet.cell(find(sheet, change.words).row, 3)]
        if cell.font.color
    ]
    ink = {tone: color[1:] for tone, color in TONE_INK.items()}
    assert found == [
        (0.09, '"▲ "+#,##0.0%;"▼ "-#,##0.0%', ink["bad"]),
        (-0.4, '"▲ "+#,##0.0#" pts";"▼ "-#,##0.0#" pts"', ink["good"]),
        (0.0001, '"= "#,##0.0%;"= "#,##0.0%', ink["neutral"]),
        ("—", "General", ink["neutral"]),
    ]


def test_links_lead_to_the_cell_that_holds_the_figure(written: Path, sheet: Worksheet) -> None:
    places = [
        cell.hyperlink.location
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell) and cell.hyperlink and cell.hyperlink.location
    ]
    # Three cards, then the story. A sentence from several cells leads to the first.
    assert places[:3] == ["Months!C10", "Months!D10", "Months!E10"]
    assert places[3] == "Months!C10"
    rows = (
        CalamineWorkbook.from_path(written)
        .get_sheet_by_name("Months")
        .to_python(skip_empty_area=False)
    )
    assert rows[9][2] == 1_211_188
    assert len(places) == len(re.findall("<hyperlink ", _part(written))) - _web_links(sheet)


def _web_links(sheet: Worksheet) -> int:
    found = [cell.hyperlink for cell in cells(sheet) if cell.hyperlink]
    return sum(1 for link in found if link.target)


def _part(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    ("ref", "problem"),
    [
        (CellRef("nowhere", 0, "reach"), "card 'Reach' points to table 'nowhere'"),
        (CellRef("kpi_periods", 6, "reach"), "row 6 of table 'kpi_periods', which has 6 rows"),
        (CellRef("kpi_periods", -1, "reach"), "row -1 of table"),
        (CellRef("kpi_periods", 0, "reech"), "table 'kpi_periods' has no column 'reech'"),
    ],
)
def test_a_source_that_does_not_exist_is_an_error(
    ref: CellRef, problem: str, english: Report, tmp_path: Path
) -> None:
    card = Card("Reach", 1, "count", source=ref)
    with pytest.raises(ValueError, match=re.escape(problem)):
        write_workbook(with_overview(english, cards=(card,)), tmp_path / "report.xlsx")


def test_a_value_no_cell_can_hold_names_the_card(english: Report, tmp_path: Path) -> None:
    card = Card("Reach", float("nan"), "count")
    with pytest.raises(ValueError, match="card 'Reach', row 1: nan is no number"):
        write_workbook(with_overview(english, cards=(card,)), tmp_path / "report.xlsx")


@pytest.mark.parametrize(
    "changes",
    [
        {"comments": Comments("", "", ())},
        {"story": Passage("", ())},
        {"todo": Passage("", ()), "tables": ()},
        {"cards": (), "warning": "", "facts": ()},
    ],
)
def test_what_is_empty_takes_no_room(changes: dict[str, object], english: Report) -> None:
    heights = []
    for overview in (overview_of(english), overview_of(with_overview(english, **changes))):
        picture = arranged(overview)
        heights.append(picture.canvas.height / picture.canvas.width)
    assert heights[1] < heights[0]


def test_a_report_with_nothing_on_its_overview_is_still_a_file(tmp_path: Path) -> None:
    write_workbook(Report("R", "en", (), NOTHING), tmp_path / "report.xlsx")
    assert first_sheet(tmp_path / "report.xlsx").title == "Overview"


# Nothing is cut


def test_every_text_has_the_height_it_needs(full: Path) -> None:
    sheet = first_sheet(full)
    area = range_boundaries(str(sheet.print_area).rpartition("!")[2].replace("$", ""))
    checked = 0
    for cell in cells(sheet):
        text = cell.value
        if isinstance(text, str) and cell.alignment.wrap_text and cell.column <= (area[2] or 0):
            width, height = size_of(sheet, cell)
            needed = text_height(text, width, bold=bool(cell.font.b), size=cell.font.sz or 11)
            assert height >= needed - 1, text
            checked += 1
    assert checked > 50


# The file


def test_merged_cells_and_tables_do_not_overlap(full: Path) -> None:
    for sheet in load_workbook(full).worksheets:
        areas = [
            (area.min_row, area.min_col, area.max_row, area.max_col)
            for area in sheet.merged_cells.ranges
        ]
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            areas.append((top or 0, left or 0, bottom or 0, right or 0))
        for one, other in combinations(areas, 2):
            beside = one[3] < other[1] or other[3] < one[1]
            assert beside or one[2] < other[0] or other[2] < one[0]


SPARKLINE = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/main}sparkline"
XM = "{http://schemas.microsoft.com/office/excel/2006/main}"


def test_sparklines_stand_in_one_cell_each_and_read_their_own_trend(
    report: Report, written: Path, sheet: Worksheet
) -> None:
    trends = [card.trend for card in overview_of(report).cards if len(set(card.trend) - {None}) > 1]
    found = list(ElementTree.fromstring(_part(written)).iter(SPARKLINE))[::-1]
    assert len(found) == len(trends)
    merged = list(sheet.merged_cells.ranges)
    read = []
    for element in found:
        at, source = element.findtext(f"{XM}sqref") or "", element.findtext(f"{XM}f") or ""
        assert not any(at in area for area in merged)
        name, _, area = source.rpartition("!")
        assert name.strip("'") == sheet.title
        (row,) = sheet[area.replace("$", "")]
        read.append(tuple(cell.value for cell in row))
        assert _hidden(sheet, row[0])
    assert read == trends


def _hidden(sheet: Worksheet, cell: Cell) -> bool:
    """openpyxl keeps a group of columns under its first letter."""
    groups = [d for d in sheet.column_dimensions.values() if d.hidden]
    return any((d.min or 0) <= cell.column <= (d.max or 0) for d in groups)


def test_the_page_is_one_sheet_of_a4(report: Report, sheet: Worksheet) -> None:
    assert sheet.page_setup.orientation == "portrait"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in ((1, 1), (None, None))
    assert sheet.print_options.horizontalCentered
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.left is not None
    assert sheet.oddFooter.left.text == report.title


def test_calamine_reads_it(report: Report, written: Path) -> None:
    rows = CalamineWorkbook.from_path(written).get_sheet_by_index(0).to_python()
    assert any(1_211_188 in row for row in rows)


def test_the_same_overview_gives_the_same_bytes(english: Report, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_workbook(english, first)
    write_workbook(english, second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_prints_it_on_one_page(full: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(full)], check=True, capture_output=True, timeout=180)
    pages = _pages(tmp_path / "report.pdf")
    # The overview, and one page for each of the three tabs.
    assert len(pages) == 4
    assert "Histoire" in pages[0]
    assert "Histoire" not in "".join(pages[1:])
    assert _fills(tmp_path / "report.pdf", BARS) >= 5


def _fills(pdf: Path, color: str) -> int:
    """How often a page of the PDF takes this colour to fill with."""
    wanted = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    count = 0
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL):
        try:
            text = zlib.decompress(stream).decode("latin-1")
        except zlib.error:
            continue
        for found in re.findall(r"([\d.]+) ([\d.]+) ([\d.]+) rg", text):
            near = (abs(float(one) - two) < 0.01 for one, two in zip(found, wanted, strict=True))
            count += all(near)
    return count


def _pages(pdf: Path) -> list[str]:
    command = ["pdftotext", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]
