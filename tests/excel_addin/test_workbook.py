"""The report as people and programs find it in the .xlsx file: values, look, and what may go wrong.

Files are read back with openpyxl and calamine; LibreOffice opens one where it is installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tracksheet.core.report import Chart, Column, Report, ReportTable, Tab, Unit, Value
from tracksheet.excel_addin import TooLarge, WorkbookBusy, write_workbook
from tracksheet.excel_addin.workbook import put_in_place

MONTHS = [date(2025, month, 1) for month in range(1, 7)]

CHANNELS = ReportTable(
    "kpi_by_channel",
    "KPIs by channel",
    (
        Column("channel", "Channel"),
        Column("reach", "Reach", "count", note="People who saw a post.\nNever summed."),
        Column("engagement_rate", "Engagement rate (by followers)", "ratio", note="Per follower."),
        Column("change", "Reach vs previous period", "change"),
        Column("spend", "Spend", "currency", currency="EUR"),
        Column("watch_time", "Watch time", "seconds"),
    ),
    (
        ("Instagram", 611_203, 0.0412, 0.12, 3200.5, 1840),
        ("LinkedIn", None, 0.0098, -0.034, None, None),
    ),
    note="Reach is the platform’s own figure.",
)
BY_MONTH = ReportTable(
    "kpi_by_month",
    "By month",
    (
        Column("month", "Month", "date"),
        Column("clicks", "Clicks", "count"),
        Column("spend", "Spend", "currency", currency="EUR"),
        Column("ctr", "CTR", "ratio"),
    ),
    tuple((month, 900 + 40 * n, 120.5 * n, 0.012 + n / 1000) for n, month in enumerate(MONTHS)),
)
FILES = ReportTable("files", "Files", (Column("file", "File"),), (("posts.csv",),))
NOTHING = ReportTable("unmapped", "Columns not recognised", (Column("name", "Column"),), ())
DATA = ReportTable(
    "Data",
    "",
    (
        Column("date", "date", "date"),
        Column("metric", "metric"),
        Column("value", "value", "number"),
    ),
    tuple((month, "clicks", float(n)) for n, month in enumerate(MONTHS)),
)
CHARTS = (
    Chart("column", "Reach by channel", "kpi_by_channel", "channel", ("reach",)),
    Chart("bar", "Engagement rate", "kpi_by_channel", "channel", ("engagement_rate",)),
)
MONTH_CHARTS = (
    Chart("line", "Clicks", "kpi_by_month", "month", ("clicks",)),
    Chart("column", "Spend and CTR", "kpi_by_month", "month", ("spend", "ctr")),
)
SAMPLE = Report(
    "Social media report 2025",
    "en",
    (
        Tab("Channels", "By channel", ("All channels.",), (CHANNELS,), CHARTS),
        Tab("Months", "By month", (), (BY_MONTH,), MONTH_CHARTS),
        Tab("Data quality", "Data quality", (), (FILES, NOTHING)),
        Tab("Data", "", (), (DATA,)),
    ),
)


def one_column(
    values: list[Value], *, unit: Unit = "text", currency: str = "", lang: str = "en"
) -> Report:
    """A report that is one bare list of values under the heading "value"."""
    column = Column("value", "value", unit, currency=currency)
    table = ReportTable("List", "", (column,), tuple((value,) for value in values))
    return Report("List", lang, (Tab("List", "", (), (table,)),))


def sheet_of(report: Report, folder: Path, name: str = "") -> Worksheet:
    """One sheet of the report as openpyxl reads it, the first if none is named."""
    path = folder / "report.xlsx"
    write_workbook(report, path)
    book = openpyxl.load_workbook(path)
    sheet = book[name or book.sheetnames[0]]
    assert isinstance(sheet, Worksheet)
    return sheet


def parts_of(report: Report, folder: Path, pattern: str) -> dict[str, str]:
    """The XML parts of the file whose name matches."""
    path = folder / "report.xlsx"
    write_workbook(report, path)
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
        return {name: archive.read(name).decode() for name in names}


# Values


@pytest.mark.parametrize(
    ("value", "unit", "currency", "lang", "expected", "number_format"),
    [
        (1_211_188, "count", "", "en", 1_211_188, "#,##0"),
        (0.0341, "ratio", "", "en", 0.0341, "0.00%"),
        (-0.12, "change", "", "en", -0.12, "+0.0%;-0.0%;0.0%"),
        (3.5, "currency", "EUR", "fr", 3.5, '#,##0.00 "EUR"'),
        (1200.0, "currency", "JPY", "en", 1200, '#,##0 "JPY"'),
        (3.5, "currency", "", "en", 3.5, "#,##0.00"),
        (90, "seconds", "", "en", 90, '#,##0 "s"'),
        (1.5, "hours", "", "en", 1.5, '#,##0.0 "h"'),
        (42.0, "points", "", "en", 42, '+#,##0.0#" pts";-#,##0.0#" pts";0.0" pts"'),
        (-0.4, "points", "", "fr", -0.4, '+#,##0.0#"\xa0pt";-#,##0.0#"\xa0pt";0.0"\xa0pt"'),
        (0.0341, "ratio", "", "fr", 0.0341, '0.00"\xa0"%'),
        (2.345, "number", "", "en", 2.345, "#,##0.00"),
        (0, "count", "", "en", 0, "#,##0"),
        (None, "count", "", "en", None, "#,##0"),
        ("n/a", "count", "", "en", "n/a", "#,##0"),
        (True, "text", "", "en", True, "General"),
        ("", "text", "", "en", None, "General"),
        (date(2025, 3, 9), "date", "", "en", datetime(2025, 3, 9), "yyyy-mm-dd"),
        (date(2025, 3, 9), "date", "", "fr", datetime(2025, 3, 9), "dd/mm/yyyy"),
        (
            datetime(2025, 3, 9, 18, 30), "datetime", "", "fr",
            datetime(2025, 3, 9, 18, 30), "dd/mm/yyyy hh:mm",
        ),
        (
            datetime(2025, 3, 9, 18, 30, tzinfo=UTC), "datetime", "", "en",
            datetime(2025, 3, 9, 18, 30), "yyyy-mm-dd hh:mm",
        ),
        (date(2025, 3, 9), "text", "", "en", "2025-03-09", "General"),
        (date(1899, 1, 5), "date", "", "en", "1899-01-05", "yyyy-mm-dd"),
        (17_841_400_000_000_000, "count", "", "en", "17841400000000000", "#,##0"),
        (999_999_999_999_999, "count", "", "en", 999_999_999_999_999, "#,##0"),
    ],
)  # fmt: skip
def test_a_value_keeps_its_kind_and_gets_the_format_of_its_unit(
    value: Value,
    unit: Unit,
    currency: str,
    lang: str,
    expected: object,
    number_format: str,
    tmp_path: Path,
) -> None:
    report = one_column([value], unit=unit, currency=currency, lang=lang)
    cell = sheet_of(report, tmp_path)["A2"]
    assert cell.value == expected
    assert type(cell.value) is type(expected)
    assert cell.number_format == number_format


def test_calamine_reads_the_same_numbers_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(SAMPLE, path)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Data").to_python()
    assert rows[0] == ["date", "metric", "value"]
    assert rows[1:] == [[month, "clicks", float(n)] for n, month in enumerate(MONTHS)]


@pytest.mark.parametrize(
    "text",
    [
        "=SUM(A1:A9)", "+33 1 23 45 67 89", "-20 %", "@everyone", "{=1+1}", "https://example.com",
        "0123", "1e5", "17900000000000000", "<r>not rich</r>", "<r></r>", "a\nb", " padded ",
        "_x0041_", "'quoted", "🌞" * 40, "internal:Data!A1", "TRUE", "2025-01-01",
    ],
)  # fmt: skip
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    cell = sheet_of(one_column([text]), tmp_path)["A2"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.hyperlink is None


visible = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), min_size=1
)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(visible, min_size=1, max_size=30))
def test_any_text_survives(texts: list[str], tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(one_column(list(texts)), path)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in rows[1:]] == texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x" * 32_767, "x" * 32_767),
        ("x" * 32_768, "x" * 32_766 + "…"),
        ("🌞" * 16_384, "🌞" * 16_383 + "…"),  # an emoji counts for two
        ("half \ud83c an emoji", "half \ufffd an emoji"),
        ("bell\x07 and\x0btab", "bell andtab"),
        ("two\r\nlines\rthree", "two\nlines\nthree"),
        ("\x00", None),
    ],
)
def test_text_no_cell_can_hold_is_cut_or_mended(
    text: str, expected: str | None, tmp_path: Path
) -> None:
    sheet = sheet_of(one_column([text]), tmp_path)
    assert sheet["A2"].value == expected
    said = [cell.value for cell in sheet["A"][2:] if cell.value]
    assert said == (
        ["Texts cut at 32767 characters, the most a cell can hold: 1"]
        if expected and "…" in expected
        else []
    )


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("https://www.example.com/p/1?utm_source=x&utm_campaign=é#top", True),
        ("http://example.com", True),
        ("ftp://example.com", False),
        ("javascript:alert(1)", False),
        ("https://example.com/with space", False),
        ("https://example.com/" + "a" * 2_059, True),
        ("https://example.com/" + "a" * 2_060, False),
        ("not a link", False),
        ("=HYPERLINK(1)", False),
        ("<r>https://example.com</r>", False),
    ],
)
def test_only_web_addresses_become_links(text: str, linked: bool, tmp_path: Path) -> None:
    cell = sheet_of(one_column([text], unit="url"), tmp_path)["A2"]
    assert cell.value == text
    assert (cell.hyperlink is not None) is linked


def test_a_link_with_half_an_emoji_is_text(tmp_path: Path) -> None:
    cell = sheet_of(one_column(["https://example.com/\ud83c"], unit="url"), tmp_path)["A2"]
    assert (cell.value, cell.hyperlink) == ("https://example.com/\ufffd", None)


def test_a_sheet_with_too_many_links_shows_the_rest_as_text_and_says_so(tmp_path: Path) -> None:
    links: list[Value] = [f"https://example.com/{n}" for n in range(65_532)]
    (sheet,) = parts_of(
        one_column(links, unit="url"), tmp_path, "xl/worksheets/sheet1.xml"
    ).values()
    assert sheet.count("<hyperlink ") == 65_530
    rows = CalamineWorkbook.from_path(tmp_path / "report.xlsx").get_sheet_by_index(0).to_python()
    assert rows[65_532] == ["https://example.com/65531"]
    assert rows[-1] == ["Links shown as plain text (a sheet holds 65530 at most): 2"]


# Tables


def test_each_table_is_an_excel_table_over_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(SAMPLE, path)
    book = openpyxl.load_workbook(path)
    found = {
        table.displayName: (sheet.title, table.ref, [column.name for column in table.tableColumns])
        for sheet in book.worksheets
        for table in sheet.tables.values()
    }
    assert found == {
        "kpi_by_channel": (
            "Channels", "B6:G8", [column.heading for column in CHANNELS.columns],
        ),
        "kpi_by_month": ("Months", "B4:E10", ["Month", "Clicks", "Spend", "CTR"]),
        "files": ("Data quality", "B4:B5", ["File"]),
        "Data": ("Data", "A1:C7", ["date", "metric", "value"]),
    }  # fmt: skip
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            assert table.autoFilter.ref == table.ref
            headings = [cell.value for cell in sheet[table.ref][0]]
            assert headings == [column.name for column in table.tableColumns]


def test_a_table_without_rows_is_a_line_of_words(tmp_path: Path) -> None:
    english = sheet_of(SAMPLE, tmp_path, "Data quality")
    assert [cell.value for cell in english["B"] if cell.value][-2:] == [
        "Columns not recognised",
        "No data for this period.",
    ]
    tab = Tab(
        "Vide", "Vide", (), (NOTHING,), (Chart("bar", "Vide", "unmapped", "name", ("name",)),)
    )
    french = sheet_of(Report("Vide", "fr", (tab,)), tmp_path)
    assert [cell.value for cell in french["B"] if cell.value][-1] == (
        "Aucune donnée pour cette période."
    )
    assert not french.tables


def test_a_tab_without_tables_is_a_page_of_text(tmp_path: Path) -> None:
    sheet = sheet_of(
        Report("R", "en", (Tab("Read me", "Read me", ("One.", "Two."), ()),)), tmp_path
    )
    assert [cell.value for cell in sheet["B"]] == ["Read me", "One.", "Two."]


NAMES = [
    (["Posts: May/June", "posts May June"], ["Posts May June", "posts May June (2)"]),
    (["History", "historique"], ["History_", "historique_"]),
    (["x" * 40, "x" * 40], ["x" * 31, "x" * 27 + " (2)"]),
    (["'L'été'", "", "[]"], ["L'été", "Sheet", "Sheet (2)"]),
    (["🌞" * 20], ["🌞" * 15]),
]


@pytest.mark.parametrize(("wanted", "expected"), NAMES)
def test_sheets_have_names_excel_accepts(
    wanted: list[str], expected: list[str], tmp_path: Path
) -> None:
    tabs = tuple(
        Tab(name, "Title", (), (ReportTable(f"t{at}", "", FILES.columns, FILES.rows),))
        for at, name in enumerate(wanted, start=1000)
    )
    path = tmp_path / "report.xlsx"
    write_workbook(Report("R", "en", tabs), path)
    assert openpyxl.load_workbook(path).sheetnames == expected


def test_tables_and_headings_have_names_excel_accepts(tmp_path: Path) -> None:
    columns = tuple(Column(str(n), text) for n, text in enumerate(["A", "a", "", "two\nlines"]))
    rows: tuple[tuple[Value, ...], ...] = (("1", "2", "3", "4"),)
    wanted = ["Q1", "by channel", "By_channel", "2025", "R1C1", "r"]
    tables = tuple(ReportTable(name, "", columns, rows) for name in wanted)
    sheet = sheet_of(Report("R", "en", (Tab("T", "T", (), tables),)), tmp_path)
    assert list(sheet.tables) == ["_Q1", "by_channel", "By_channel_2", "_2025", "_R1C1", "_r"]
    for table in sheet.tables.values():
        assert [column.name for column in table.tableColumns] == [
            "A", "a (2)", "Column 3", "two lines",
        ]  # fmt: skip


# The page


def test_notes_headings_panes_widths_and_print(tmp_path: Path) -> None:
    sheet = sheet_of(SAMPLE, tmp_path, "Channels")
    note = sheet["C6"].comment
    assert note is not None
    assert note.text == "People who saw a post.\nNever summed."
    assert sheet["B6"].comment is None
    assert sheet["D6"].alignment.wrap_text
    assert sheet.freeze_panes == "C7"
    assert sheet.print_title_rows == "$6:$6"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage  # to one page wide, which is the default
    assert sheet.page_setup.fitToHeight == 0
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.left is not None
    assert footer.left.text == "Social media report 2025"
    assert not sheet.sheet_view.showGridLines
    widths = {letter: round(sheet.column_dimensions[letter].width) for letter in "ABCDEFG"}
    assert widths["A"] <= 3
    assert all(9 <= widths[letter] <= 30 for letter in "BCDEFG")


@pytest.mark.parametrize(
    ("name", "panes"), [("Months", "C5"), ("Data quality", "C1"), ("Data", "B2")]
)
def test_headings_stay_in_view(name: str, panes: str, tmp_path: Path) -> None:
    assert sheet_of(SAMPLE, tmp_path, name).freeze_panes == panes


def test_a_long_introduction_does_not_freeze_the_whole_screen(tmp_path: Path) -> None:
    tab = Tab("T", "T", tuple(f"Line {n}." for n in range(30)), (CHANNELS,))
    assert sheet_of(Report("R", "en", (tab,)), tmp_path).freeze_panes == "C1"


def test_columns_are_as_wide_as_their_longest_number_and_no_wider_than_readable(
    tmp_path: Path,
) -> None:
    values: list[Value] = [*[1.0] * 5_000, -123_456_789_012.5]
    money = sheet_of(one_column(values, unit="currency", currency="EUR"), tmp_path)
    assert money.column_dimensions["A"].width >= len("-123,456,789,012.50 EUR")
    text = sheet_of(one_column(["word " * 500]), tmp_path)
    assert text.column_dimensions["A"].width <= 50


def test_wrapped_text_gets_the_height_it_needs(tmp_path: Path) -> None:
    column = Column("message", "What it means", wrap=True)
    rows: tuple[tuple[Value, ...], ...] = (("short",), ("some longer words " * 20,))
    sheet = sheet_of(
        Report("R", "en", (Tab("T", "T", (), (ReportTable("t", "", (column,), rows),)),)), tmp_path
    )
    assert sheet["B5"].alignment.wrap_text
    assert (sheet.row_dimensions[5].height or 0) >= 4 * 15 > (sheet.row_dimensions[4].height or 0)


def test_the_footer_keeps_an_ampersand_and_a_year(tmp_path: Path) -> None:
    report = Report("2025 R&D", "fr", (Tab("T", "T", (), (FILES,)),))
    (sheet,) = parts_of(report, tmp_path, "xl/worksheets/sheet1.xml").values()
    assert "&amp;L&amp;8 2025 R&amp;&amp;D&amp;R&amp;8 Page &amp;P sur &amp;N" in sheet


# Charts


def test_charts_are_native_and_point_to_the_cells_of_their_table(tmp_path: Path) -> None:
    charts = parts_of(SAMPLE, tmp_path, r"xl/charts/chart\d+\.xml")
    found = [
        (
            re.findall(r"<c:(lineChart|barChart)>", xml),
            sorted(set(re.findall(r"<c:f>(.*?)</c:f>", xml))),
        )
        for xml in charts.values()
    ]
    assert found == [
        (["barChart"], ["Channels!$B$7:$B$8", "Channels!$C$6", "Channels!$C$7:$C$8"]),
        (["barChart"], ["Channels!$B$7:$B$8", "Channels!$D$6", "Channels!$D$7:$D$8"]),
        (["lineChart"], ["Months!$B$5:$B$10", "Months!$C$4", "Months!$C$5:$C$10"]),
        (
            ["barChart", "lineChart"],
            [
                "Months!$B$5:$B$10", "Months!$D$4", "Months!$D$5:$D$10", "Months!$E$4",
                "Months!$E$5:$E$10",
            ],
        ),
    ]  # fmt: skip
    titles = ["Reach by channel", "Engagement rate", "Clicks", "Spend and CTR"]
    for xml, title in zip(charts.values(), titles, strict=True):
        assert f"<a:t>{title}</a:t>" in xml
        # Excel leaves a gap for an empty cell unless the file asks for zeros or a bridge.
        assert "dispBlanksAs" not in xml
    assert 'formatCode="#,##0 &quot;EUR&quot;"' in charts["xl/charts/chart4.xml"]


def test_charts_lie_clear_of_tables_and_of_each_other(tmp_path: Path) -> None:
    tables = {"Channels": (1, 5, 6, 7), "Months": (1, 3, 4, 9)}
    drawings = parts_of(SAMPLE, tmp_path, r"xl/drawings/drawing\d+\.xml")
    assert len(drawings) == 2
    for table, xml in zip(tables.values(), drawings.values(), strict=True):
        corners = [int(n) for n in re.findall(r"<xdr:(?:col|row)>(\d+)<", xml)]
        boxes = [tuple(corners[at : at + 4]) for at in range(0, len(corners), 4)]
        assert len(boxes) == 2
        for left, top, right, bottom in boxes:
            assert right < table[0] or left > table[2] or bottom < table[1] or top > table[3]
        (_, top_1, right_1, bottom_1), (left_2, top_2, _, _) = boxes
        assert left_2 >= right_1 or top_2 >= bottom_1, (top_1, boxes)


def test_a_chart_may_show_a_table_of_another_tab(tmp_path: Path) -> None:
    chart = Chart("line", "Clicks", "kpi_by_month", "month", ("clicks",))
    tabs = (Tab("L'été", "Summer", (), (FILES,), (chart,)), Tab("M'", "M", (), (BY_MONTH,)))
    (xml,) = parts_of(Report("R", "en", tabs), tmp_path, r"xl/charts/chart\d+\.xml").values()
    assert "<c:f>M!$C$5:$C$10</c:f>" in xml
    assert "<c:v>940</c:v>" in xml


@pytest.mark.parametrize(
    ("chart", "message"),
    [
        (Chart("line", "C", "nowhere", "month", ("clicks",)), "unknown table 'nowhere'"),
        (Chart("line", "C", "kpi_by_month", "month", ("nothing",)), "no column 'nothing'"),
        (Chart("line", "C", "kpi_by_month", "month", ()), "has no series"),
    ],
)
def test_a_chart_of_nothing_is_an_error_that_names_it(
    chart: Chart, message: str, tmp_path: Path
) -> None:
    report = Report("R", "en", (Tab("T", "T", (), (BY_MONTH,), (chart,)),))
    with pytest.raises((ValueError, KeyError), match=message):
        write_workbook(report, tmp_path / "report.xlsx")


# The file


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    write_workbook(SAMPLE, first)
    write_workbook(SAMPLE, second)
    assert first.read_bytes() == second.read_bytes()
    write_workbook(SAMPLE, second, created=datetime(2026, 1, 31, 8, 0))
    properties = openpyxl.load_workbook(second).properties
    assert properties.created == datetime(2026, 1, 31, 8, 0)
    assert properties.title == "Social media report 2025"


def test_no_part_is_written_twice_and_no_formula_at_all(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(SAMPLE, path)
    with zipfile.ZipFile(path) as archive:
        assert max(Counter(archive.namelist()).values()) == 1
    for xml in parts_of(SAMPLE, tmp_path, r"xl/worksheets/sheet\d+\.xml").values():
        assert "<f>" not in xml


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (float("nan"), "nan is no number"),
        (float("inf"), "inf is no number"),
        (b"bytes", "cannot hold a bytes"),
    ],
)
def test_a_value_no_cell_can_hold_names_table_column_and_row_and_keeps_the_old_file(
    value: Value, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(SAMPLE, path)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=f"table 'List', column 'value', row 2: .*{problem}"):
        write_workbook(one_column([1.0, value], unit="number"), path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.xlsx"]


def test_uneven_rows_name_the_table_and_the_row(tmp_path: Path) -> None:
    table = ReportTable("t", "", (Column("a", "A"), Column("b", "B")), (("1", "2"), ("1",)))
    with pytest.raises(ValueError, match="table 't', row 2: 1 values for 2 columns"):
        write_workbook(Report("R", "en", (Tab("T", "", (), (table,)),)), tmp_path / "r.xlsx")


@pytest.mark.parametrize("sizes", [(1_048_576,), (900_000, 200_000)])
def test_more_rows_than_a_sheet_holds_is_said_before_anything_is_written(
    sizes: tuple[int, ...], tmp_path: Path
) -> None:
    tables = tuple(ReportTable(f"T{n:,}", "", (Column("a", "A"),), (("x",),) * n) for n in sizes)
    with pytest.raises(TooLarge, match=rf"'T({sizes[0]:,})' has \1 rows .* holds 1,048,576"):
        write_workbook(Report("R", "en", (Tab("T", "", (), tables),)), tmp_path / "r.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_workbook_open_in_excel_says_to_close_it(tmp_path: Path) -> None:
    def refuse(temporary: Path, target: Path) -> None:
        raise PermissionError(13, "The process cannot access the file")  # as on Windows

    with pytest.raises(WorkbookBusy, match=r"report\.xlsx is open .*: close it in Excel and run"):
        put_in_place(tmp_path / "new.tmp", tmp_path / "report.xlsx", move=refuse)


def test_the_folder_is_made_and_an_older_report_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out" / "report.xlsx"
    for text in ("first", "second"):
        write_workbook(one_column([text]), path)
        assert openpyxl.load_workbook(path).worksheets[0]["A2"].value == text
    assert [entry.name for entry in path.parent.iterdir()] == ["report.xlsx"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_and_prints_it(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_workbook(SAMPLE, path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=180)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
