"""A tab as a page: people's own words above its tables, and where its pages end on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tracksheet.core.report import Chart, Column, Comment, Comments, Report, ReportTable, Tab
from tracksheet.excel_addin import write_workbook
from tracksheet.excel_addin.paper import Together, page_ends

COLUMNS = (Column("name", "Name"), Column("value", "Value", "count"))


def table(name: str, rows: int) -> ReportTable:
    return ReportTable(
        name, f"Title of {name}", COLUMNS, tuple((f"row {n}", n) for n in range(rows))
    )


def sheet_of(tab: Tab, folder: Path) -> Worksheet:
    path = folder / "report.xlsx"
    write_workbook(Report("R", "en", (tab,)), path)
    sheet = load_workbook(path).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


# People's own words


def test_comments_stand_between_the_introduction_and_the_tables(tmp_path: Path) -> None:
    comments = Comments(
        "In our words",
        "Next step",
        (Comment("Reach", "=It rose.", "Go on."), Comment("", "", ""), Comment("Ads", "Dear.")),
    )
    sheet = sheet_of(Tab("T", "T", ("Intro.",), (table("t", 2),), (), comments), tmp_path)
    texts = [str(cell.value) for cell in sheet["B"] if cell.value is not None]
    assert texts[:8] == [
        "T", "Intro.", "In our words", "Reach", "=It rose.", "Next step: Go on.", "Ads", "Dear.",
    ]  # fmt: skip
    assert texts[8] == "Title of t"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_only_comment_of_a_tab_needs_no_section(tmp_path: Path) -> None:
    comments = Comments("Nos mots", "Suite", (Comment("Couverture", "Elle monte.", ""),))
    sheet = sheet_of(Tab("T", "T", (), (table("t", 2),), (), comments), tmp_path)
    texts = [cell.value for cell in sheet["B"] if cell.value is not None]
    assert texts[:3] == ["T", "Nos mots", "Elle monte."]


@pytest.mark.parametrize("size", [10, 1_500, 12_000])
def test_a_comment_has_the_room_it_needs(size: int, tmp_path: Path) -> None:
    text = ("Some words about the month. " * 500)[:size]
    comments = Comments("Words", "Next", (Comment("", text),))
    sheet = sheet_of(Tab("T", "T", (), (table("t", 2),), (), comments), tmp_path)
    (area,) = sheet.merged_cells.ranges
    assert sheet.cell(area.min_row, area.min_col).value == text
    height = sum(
        sheet.row_dimensions[row].height or 0 for row in range(area.min_row, area.max_row + 1)
    )
    # 15 points a line of about 120 letters.
    assert height >= 12 * size / 120
    assert all((row.height or 0) <= 409 for row in sheet.row_dimensions.values())


def test_a_plain_list_with_comments_becomes_a_page(tmp_path: Path) -> None:
    comments = Comments("Words", "Next", (Comment("", "Text."),))
    sheet = sheet_of(Tab("Data", "", (), (table("t", 2),), (), comments), tmp_path)
    assert sheet["B2"].value == "Words"
    empty = Comments("Words", "Next", ())
    sheet = sheet_of(Tab("Data", "", (), (table("t", 2),), (), empty), tmp_path)
    assert sheet["A1"].value == "Name"


# Paper


@pytest.mark.parametrize(
    ("together", "heights", "last", "room", "expected"),
    [
        ([], {}, 9, 100, []),
        ([], {}, 10, 100, [10]),  # eleven rows of 10 pixels
        ([Together(8, 10, 30)], {}, 12, 100, [8]),  # a title in the last rows
        ([Together(4, 6, 9)], {}, 12, 100, [10]),  # all of it fits, what follows does not
        ([Together(5, 7, 10)], {}, 12, 100, [5]),  # short, so kept whole
        ([Together(2, 4, 40)], {}, 45, 100, [10, 20, 30, 40]),  # long, so parted
        ([Together(0, 30, 30)], {}, 30, 100, [10, 20, 30]),  # too tall for any page
        ([Together(3, 5, 5)], {1: 80}, 6, 100, [3]),
    ],
)
def test_pages_end_where_nothing_is_parted(
    together: list[Together], heights: dict[int, int], last: int, room: float, expected: list[int]
) -> None:
    assert page_ends(together, heights, last=last, usual=10, room=room) == expected


@given(
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 4)), max_size=8),
    st.dictionaries(st.integers(0, 99), st.integers(1, 60), max_size=30),
)
def test_no_title_is_parted_from_its_table(
    wanted: list[tuple[int, int]], heights: dict[int, int]
) -> None:
    together = [Together(first, first + more, first + more) for first, more in dict(wanted).items()]
    ends = page_ends(together, heights, last=99, usual=10, room=300)
    pages = list(zip([0, *ends], [*ends, 100], strict=True))
    for start, end in pages:
        assert start < end
        assert sum(heights.get(row, 10) for row in range(start, end)) <= 300
    starts = {rows.first for rows in together}
    for rows in together:
        inside = {row for row in range(rows.first + 1, rows.least + 1) if row in starts}
        assert inside or not any(rows.first < end <= rows.least for end in ends)


def test_a_tab_of_several_tables_prints_no_title_apart_from_its_table(tmp_path: Path) -> None:
    tables = tuple(table(f"t{n}", 9) for n in range(7))
    sheet = sheet_of(Tab("T", "T", (), tables), tmp_path)
    titles = {cell.row for cell in sheet["B"] if str(cell.value).startswith("Title")}
    breaks = {brk.id + 1 for brk in sheet.row_breaks.brk}  # the first row of each page
    assert breaks
    # At a title, or at one of the two empty rows above it.
    assert breaks <= {row - above for row in titles for above in range(3)}
    assert sheet.page_setup.fitToHeight == 0


def test_the_print_area_holds_tables_charts_and_words(tmp_path: Path) -> None:
    chart = Chart("column", "Values", "t", "name", ("value",))
    sheet = sheet_of(Tab("T", "T", ("Word " * 60,), (table("t", 3),), (chart,)), tmp_path)
    found = re.fullmatch(r"'?T'?!\$A\$1:\$([A-Z]+)\$(\d+)", str(sheet.print_area))
    assert found
    # Two narrow columns, a chart of 560 pixels beside them, and a line of 900 above.
    assert found[1] > "L" or len(found[1]) > 1
    assert int(found[2]) >= 3 + 320 // 23


def test_a_list_too_wide_to_read_goes_on_on_more_pages(tmp_path: Path) -> None:
    columns = tuple(Column(f"c{n}", f"Column {n}", width=20) for n in range(30))
    wide = ReportTable("Data", "", columns, (("x",) * 30,))
    sheet = sheet_of(Tab("Data", "", (), (wide,)), tmp_path)
    assert sheet.page_setup.fitToWidth == 2
    assert sheet.print_title_cols == "$A:$A"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_parts_no_title_from_its_table(tmp_path: Path) -> None:
    tables = tuple(table(f"t{n}", 4 + n % 5) for n in range(14))
    path = tmp_path / "report.xlsx"
    write_workbook(Report("R", "en", (Tab("T", "T", (), tables),)), path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    pdf = str(tmp_path / "report.pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) > 2
    for page in pages:
        lines = [line.strip() for line in page.splitlines() if line.strip()]
        for at, line in enumerate(lines):
            if line.startswith("Title of"):
                assert lines[at + 1].startswith("Name")
                assert lines[at + 2].startswith("row 0")
