"""Reading files people really have: whatever they hold, a result or a message that helps."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracksheet.core.exports import Export, ExportError, ReadOptions, Table, read_export
from tracksheet.refresh import read_files

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"
PLAIN = "date,Likes,Impressions,campaign\n2026-01-03,1,20,Été\n2026-01-04,2,30,b\n"
ROWS = [
    {"date": "2026-01-03", "likes": 1, "impressions": 20, "campaign": "Été"},
    {"date": "2026-01-04", "likes": 2, "impressions": 30, "campaign": "b"},
]

Read = Callable[..., Export]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a file and read it."""

    def write_and_read(content: str | bytes, name: str = "file.csv", **options: Any) -> Export:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / name).write_bytes(data)
        return read_export(tmp_path / name, options=ReadOptions(**options))

    return write_and_read


def only(export: Export) -> Table:
    (table,) = export.tables
    return table


def records(export: Export) -> object:
    return only(export).as_dict()["records"]


def messages(table: Table, severity: str = "") -> list[str]:
    return [f.message for f in table.findings if severity in ("", f.severity)]


def workbook(path: Path, rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> Path:
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    tab = book.add_worksheet(sheet)
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            if isinstance(cell, datetime):
                tab.write_datetime(y, x, cell, day)
            elif isinstance(cell, str):
                tab.write_string(y, x, cell)
            else:
                tab.write(y, x, cell)
    book.close()
    return path


# Encodings, delimiters and line ends ------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "encoding", "delimiter"),
    [
        (PLAIN.encode(), "utf-8", ","),
        (PLAIN.encode("utf-8-sig"), "utf-8-sig", ","),
        (PLAIN.encode("utf-16"), "utf-16le", ","),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16be", ","),
        (PLAIN.encode("utf-16-le"), "utf-16le", ","),
        (PLAIN.encode("utf-16-be"), "utf-16be", ","),
        (PLAIN.encode("cp1252"), "cp1252", ","),
        (PLAIN.replace(",", ";").encode(), "utf-8", ";"),
        (PLAIN.replace(",", "\t").encode(), "utf-8", "\t"),
        (PLAIN.replace(",", "|").encode(), "utf-8", "|"),
        (PLAIN.replace("\n", "\r\n").encode(), "utf-8", ","),
        (PLAIN.replace("\n", "\r").encode(), "utf-8", ","),
        (("sep=,\n" + PLAIN).encode(), "utf-8", ","),
        (("sep=;\r\n" + PLAIN.replace(",", ";")).encode("utf-8-sig"), "utf-8-sig", ";"),
        (("sep=\t\n" + PLAIN.replace(",", "\t")).encode("utf-16"), "utf-16le", "\t"),
        (("SEP=|\n" + PLAIN.replace(",", "|")).encode(), "utf-8", "|"),
        (('"sep=;"\n' + PLAIN.replace(",", ";")).encode(), "utf-8", ";"),
        (("sep=;;;;\n" + PLAIN.replace(",", ";")).encode(), "utf-8", ";"),  # saved by Excel
        (("sep=;\n" + PLAIN.replace(",", ";")).replace("\n", "\r").encode(), "utf-8", ";"),
        (("\n\n  \n" + PLAIN + "\n\n").encode(), "utf-8", ","),
    ],
)
def test_ways_to_write_the_same_table(
    read: Read, data: bytes, encoding: str, delimiter: str
) -> None:
    export = read(data)
    assert (export.encoding, export.delimiter) == (encoding, delimiter)
    assert records(export) == ROWS


@pytest.mark.parametrize("name", ["x.csv", "x.CSV", "x.tsv", "x.txt", "x.tab", "x.xls", "x.xlsx"])
def test_a_text_is_a_text_whatever_its_name(read: Read, name: str) -> None:
    assert records(read(PLAIN.replace(",", "\t").encode("utf-16"), name)) == ROWS


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.txt"])
def test_a_workbook_is_a_workbook_whatever_its_name(tmp_path: Path, name: str) -> None:
    rows: list[list[object]] = [
        ["date", "Likes", "Impressions", "campaign"],
        [datetime(2026, 1, 3), 1, 20, "Été"],
        ["2026-01-04", "2", "30", "b"],
    ]
    path = workbook(tmp_path / "book.xlsx", rows).rename(tmp_path / name)
    export = read_export(path)
    assert (export.encoding, export.delimiter) == ("xlsx", "")
    assert records(export) == ROWS
    assert only(export).title == "Sheet1"


def test_a_code_page_is_said(read: Read) -> None:
    (finding,) = read(PLAIN.encode("cp1252")).findings
    assert "read as Western European (cp1252)" in finding.message
    assert read(PLAIN).findings == ()


# Files that are no export -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.csv", bytes(range(256)) * 20, "this is not a text file"),
        ("x.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "this is not a text file"),
        ("x.csv", PLAIN.replace("30", "3\x000").encode(), "this is not a text file"),
        ("x.docx", b"PK\x03\x04", "cannot read files that end in .docx"),
        ("x", b"date,Likes", "cannot read files that end in nothing"),
        ("x.xlsx", b"PK\x03\x04 xl/workbook.xml" + bytes(100), "the workbook is damaged"),
        ("x.xlsx", b"PK\x03\x04 posts.csv" + bytes(100), "this is a zip archive; unpack it"),
        ("x.xls", b"\xd0\xcf\x11\xe0" + bytes(2000), "the workbook is damaged"),
        (
            "x.xlsx",
            b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password; save a copy without it",
        ),
        ("x.xls", b"<html><table><tr><td>date</td></tr></table>", "this is a web page"),
        ("x.csv", b"\n<!DOCTYPE html><html>Sign in", "this is a web page"),
        (
            "x.csv",
            b'date,Likes,text\n2026-01-03,1,"abc\n2026-01-04,2,d\n2026-01-05,3,e\n',
            "x.csv, line 2: a quotation mark opens here and is closed nowhere",
        ),
        (
            "x.csv",
            b'date,Likes,text\n2026-01-03,1,"' + b"a" * 5_000_000 + b'"\n',
            "x.csv, line 2: a cell of more than 1,000,000 characters",
        ),
    ],
)
def test_refused(read: Read, name: str, data: bytes, says: str) -> None:
    with pytest.raises(ExportError) as caught:
        read(data, name)
    assert name in str(caught.value)
    assert says in str(caught.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"x\.csv: there is no such file in .*"):
        read_export(tmp_path / "x.csv")
    (tmp_path / "exports").mkdir()
    with pytest.raises(ExportError, match="exports: this is a folder"):
        read_export(tmp_path / "exports")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty: export it again"),
        (b" \n\n \r\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\xff\xfe", "the file is empty"),
        (b"hello", "no table was found in this file"),
        (b"Dear all,\nhere is the report.\n", "no table was found in this file"),
    ],
)
def test_nothing_in_it(read: Read, data: bytes, says: str) -> None:
    export = read(data)
    assert export.tables == ()
    assert says in export.findings[0].message


def test_empty_workbook(tmp_path: Path) -> None:
    (finding,) = read_export(workbook(tmp_path / "x.xlsx", [])).findings
    assert "no table was found in this workbook" in finding.message


def test_headings_without_rows(read: Read) -> None:
    export = read("Campaign name,Amount spent (EUR),Impressions,Reporting starts\n")
    assert only(export).profile == "meta_ads_campaign"
    assert len(only(export).frame) == 0
    assert [f.message for f in export.findings] == ["there are headings and no rows under them"]


def test_ten_thousand_columns(read: Read) -> None:
    width = 10_000
    header = ",".join(["date", "Likes", *(f"c{i}" for i in range(width))])
    table = only(read(f"{header}\n2026-01-03,7,{','.join('1' * width)}\n"))
    assert table.frame["likes"].tolist() == [7]
    assert len(table.unmapped) == width
    assert max(map(len, messages(table))) < 1_000


CELLS = st.sampled_from([
    "", "1", "2,345", "2.345", "1 234,5", "--", "NAN", "Total", "total: x", "2026-01-03",
    "03/04/2026", "13/04/2026", "Jan 3", "€5", "US$0.00", "77.77%", "15,5 k", "été", '"', "\n",
    "=1+1", "1e5", "1E400", "9" * 20, "9" * 400, "inf", "nan", "१२", "²", "3 mars", "\x00",
    "31/02/2026", "2026-02-30", "(5)", "1.79E+16", "1,2,3", ".", ",", "%", "29 feb", "sep=", "#",
])  # fmt: skip
HEADS = st.sampled_from([
    "date", "Likes", "Impressions", "Campaign name", "Amount spent (EUR)", "Spend", "Reach",
    "J’aime", "Post ID", "Publish time", "Day", "Foo", "", "Top queries", "Clicks",
    "Reporting starts", "Reporting ends", "Cost", "Sessions", "Primary", "Age", "Duration",
    "Currency", "Account name", "Watch time (hours)",
])  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "any.csv").write_bytes(data)
    try:
        export = read_export(tmp_path / "any.csv")
    except ExportError as error:
        assert "any.csv" in str(error)
    else:
        json.dumps(export.as_dict(), allow_nan=False)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    header=st.lists(HEADS, min_size=1, max_size=7),
    rows=st.lists(st.lists(CELLS | HEADS, max_size=8), max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    decimal=st.sampled_from([None, ".", ","]),
    day_first=st.sampled_from([None, True, False]),
)
def test_any_grid(
    tmp_path: Path,
    header: list[str],
    rows: list[list[str]],
    delimiter: str,
    decimal: Literal[".", ","] | None,
    day_first: bool | None,
) -> None:
    text = "\n".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row)
        for row in [header, *rows]
    )
    (tmp_path / "any.csv").write_bytes(text.encode())
    try:
        options = ReadOptions(decimal=decimal, day_first=day_first)
        export = read_export(tmp_path / "any.csv", options=options)
    except ExportError as error:
        assert "any.csv" in str(error)
    else:
        json.dumps(export.as_dict(), allow_nan=False)


# What cannot be told is refused -----------------------------------------------------------------

THOUSANDS = 'date,Spend,Likes\n2026-01-13,"1,234","1,234"\n2026-01-14,"2,345",7\n'


def test_thousands_or_decimals(read: Read) -> None:
    with pytest.raises(ExportError) as caught:
        read(THOUSANDS)
    assert str(caught.value) == (
        "file.csv, line 2, column 'Spend': '1,234' may be 1234 or 1.234; say which with "
        "--decimal . or --decimal , (decimal in tracksheet.toml)"
    )


@pytest.mark.parametrize(
    ("text", "options", "spend", "likes"),
    [
        (THOUSANDS, {"decimal": "."}, [1234, 2345], [1234, 7]),
        (THOUSANDS, {"decimal": ","}, [1.234, 2.345], [1.234, 7]),
        (THOUSANDS.replace("2,345", "2,345.5"), {}, [1234, 2345.5], [1234, 7]),
        (THOUSANDS.replace("Spend", "Shares"), {}, None, [1234, 7]),  # counts are whole
    ],
)
def test_decimal_mark(
    read: Read,
    text: str,
    options: dict[str, str],
    spend: list[float] | None,
    likes: list[float],
) -> None:
    frame = only(read(text, **options)).frame
    assert (frame["spend"].tolist() if spend else None) == spend
    assert frame["likes"].tolist() == likes


def test_a_decimal_mark_that_parts_what_is_whole(read: Read) -> None:
    (warning,) = only(read(THOUSANDS, decimal=",")).findings
    assert (warning.severity, warning.where) == ("warning", "file.csv, line 2, column 'Likes'")
    assert "'1,234' read as 1.234, as --decimal says" in warning.message


DAYS = "date,Likes,Comments\n03/04/2026,1,2\n05/06/2026,1,2\n"


def test_day_or_month(read: Read) -> None:
    with pytest.raises(ExportError) as caught:
        read(DAYS)
    assert str(caught.value) == (
        "file.csv, line 2, column 'date': '03/04/2026' may be day/month or month/day; say which "
        "with --day-first or --month-first (day_first in tracksheet.toml)"
    )


@pytest.mark.parametrize(
    ("text", "options", "first"),
    [
        (DAYS, {"day_first": True}, "2026-04-03"),
        (DAYS, {"day_first": False}, "2026-03-04"),
        (DAYS + "15/06/2026,1,2\n", {}, "2026-04-03"),
        (DAYS + "06/15/2026,1,2\n", {}, "2026-03-04"),
        ("date,Likes,Comments\n05/05/2026,1,2\n", {}, "2026-05-05"),
    ],
)
def test_day_order(read: Read, text: str, options: dict[str, bool], first: str) -> None:
    assert only(read(text, **options)).as_dict()["records"][0]["date"] == first  # type: ignore[index]


META_POSTS = (
    "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,"
    "Permalink,Post type,Views,Reach,Likes,Comments,Shares,Saves\n"
    "17999999999999999,1,acme,Acme,x,0,03/04/2026 10:20,https://x/p/1,IG image,10,9,8,7,6,5\n"
)


def test_meta_in_english_prints_the_month_first(read: Read) -> None:
    table = only(read(META_POSTS))
    assert table.frame["published_at"].tolist() == [datetime(2026, 3, 4, 10, 20)]
    assert any("dates read as month/day" in text for text in messages(table, "info"))


def test_the_other_files_go_on(tmp_path: Path) -> None:
    names = {"bad.csv": DAYS, "good.csv": PLAIN, "thousands.csv": THOUSANDS}
    for name, text in names.items():
        (tmp_path / name).write_text(text, "utf-8")
    paths = [tmp_path / name for name in [*names, "missing.csv"]]
    exports, findings = read_files(paths, lambda path: ReadOptions())
    assert [export.file for export in exports] == ["good.csv"]
    assert [(f.severity, f.where) for f in findings] == [
        ("error", "bad.csv"),
        ("error", "thousands.csv"),
        ("error", "missing.csv"),
    ]


# What others reported (shared/reference/reports.csv, bugs.csv) ----------------------------------


def test_grand_total_in_an_extra_field(read: Read) -> None:  # R32
    table = only(read('Browser,v,Users\n"",,48,Grand total\nChrome,1,30\nSafari,2,18\n'))
    assert table.frame["users"].tolist() == [30, 18]
    assert table.totals["users"].tolist() == [48]


def test_rows_that_do_not_make_the_total(read: Read) -> None:  # R34
    table = only(read("campaign,Spend,Impressions\nSearch,69.96,9\nTotal: Account,211.12,9\n"))
    assert table.frame["spend"].tolist() == [69.96]
    (warning,) = messages(table, "warning")
    assert warning.startswith(
        "spend: the rows add up to 69.96, the total row says 211.12 (difference 141.16)"
    )


@pytest.mark.parametrize(
    "header",
    [
        "Campaign,Cost (micros),Impressions",  # known as Google Ads
        "date,campaign,Cost (micros),Views",
        "date,campaign,cost_micros,Views",
        "date,campaign,metrics.cost_micros,Views",
    ],
)
def test_micros(read: Read, header: str) -> None:  # R35
    cells = {"Campaign": "A", "campaign": "A", "date": "2026-01-03"}
    row = ",".join(cells.get(name, "134200000") for name in header.split(","))
    assert only(read(f"{header}\n{row}\n")).frame["spend"].tolist() == [134.2]


@pytest.mark.parametrize(
    "data",
    [
        b"campaign,clicks\nPromo 10 \x96 20,5\n",
        "campaign,clicks\nPromo 10 – 20,5\n".encode("utf-8-sig"),
    ],
)
def test_dash_and_byte_order_mark(read: Read, data: bytes) -> None:  # R37
    table = only(read(data))
    assert [column.name for column in table.columns] == ["campaign", "clicks"]
    assert table.as_dict()["records"] == [{"campaign": "Promo 10 – 20", "clicks": 5}]


def test_long_ids(read: Read, tmp_path: Path) -> None:  # R39
    text = 'Post ID,Likes,date\n1294030472427835393,3,2026-01-01\n="12345678901234567",1,\n'
    table = only(read(text.splitlines()[0] + "\n" + text.splitlines()[1] + "\n"))
    assert table.frame["post_id"].tolist() == ["1294030472427835393"]
    rows: list[list[object]] = [
        ["Post ID", "Likes", "date"],
        ["1294030472427835393", 3, "2026-01-01"],
    ]
    book = read_export(workbook(tmp_path / "x.xlsx", rows))
    assert only(book).frame["post_id"].tolist() == ["1294030472427835393"]


def test_rounded_ids_are_said(read: Read, tmp_path: Path) -> None:
    table = only(read("Post ID,Likes,date\n1.29403E+18,3,2026-01-01\n"))
    assert "rounded by a spreadsheet" in messages(table, "warning")[0]
    rows: list[list[object]] = [["Post ID", "Likes", "date"], [1294030472427835393, 3, "2026-1-1"]]
    book = only(read_export(workbook(tmp_path / "x.xlsx", rows)))
    assert "rounded by a spreadsheet" in messages(book, "warning")[0]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("date,Views\n2026-01-03,15.5k\n2026-01-04,630k\n2026-01-05,2.2M\n", [15500, 630e3, 2.2e6]),
        ("date;Vues\n2026-01-03;17,7 k\n2026-01-04;1 234\n2026-01-05;2 M\n", [17700, 1234, 2e6]),
        ("date;Vues\n2026-01-03;15,5\u00a0k\n2026-01-04;1\u202f234\n", [15500, 1234]),
    ],
)
def test_suffixes(read: Read, text: str, values: list[float]) -> None:
    assert only(read(text)).frame["views"].tolist() == values


@pytest.mark.parametrize(("cell", "value"), [("8%", 0.08), ('"50,52%"', 0.5052), ("30 %", 0.3)])
def test_percents(read: Read, cell: str, value: float) -> None:
    table = only(
        read(f"date,Likes,Share\n2026-01-03,1,{cell}\n", columns={"Share": "audience_share"})
    )
    assert table.frame["audience_share"].tolist() == pytest.approx([value])


# French files -----------------------------------------------------------------------------------

FRENCH = (
    "Nom de la campagne;Nom de l’ensemble de publicités;Montant dépensé (EUR);Impressions;"
    "Clics sur un lien;Début des rapports;Fin des rapports\n"
    "Été;Ensemble;1 234,56;1 234;3;2026-01-01;2026-01-31\n"
)


@pytest.mark.parametrize(
    "data",
    [
        FRENCH.encode(),
        FRENCH.replace("’", "'").encode(),
        FRENCH.encode("utf-8-sig"),
        FRENCH.encode("cp1252"),
        FRENCH.encode("mac_roman"),
        FRENCH.encode("utf-16"),
        FRENCH.encode().decode("cp1252").encode(),  # "Montant dÃ©pensÃ©"
        *(FRENCH.replace("1 234", f"1{space}234").encode() for space in "\u00a0\u202f\u2009\u2007"),
    ],
)
def test_french_meta_ads(read: Read, data: bytes) -> None:
    table = only(read(data))
    assert table.profile == "meta_ads_ad_set"
    assert table.unmapped == ()
    row = table.frame.iloc[0]
    assert (row["spend"], row["impressions"], row["link_clicks"]) == (1234.56, 1234, 3)
    assert row["currency"] == "EUR"


# The JSON form ----------------------------------------------------------------------------------


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")
@pytest.mark.parametrize(
    "path", sorted(p for p in REFERENCE.glob("*") if p.suffix in (".csv", ".xlsx")), ids=str
)
def test_json_of_reference_files(path: Path) -> None:
    if path.name == "facts.csv":
        return
    export = json.loads(
        json.dumps(read_export(path, options=JSON_OPTIONS).as_dict(), allow_nan=False)
    )
    assert set(export) == {"file", "encoding", "delimiter", "tables", "findings"}
    for table in export["tables"]:
        assert set(table) == {
            "profile", "title", "rows", "columns", "unmapped", "records", "totals", "findings",
        }  # fmt: skip
        assert table["rows"] == len(table["records"])
        for row in (*table["records"], *table["totals"]):
            for name, value in row.items():
                if name in ("date", "date_end") and value is not None:
                    assert date.fromisoformat(value)
                if name.endswith("_id"):
                    assert value is None or isinstance(value, str)
                assert not isinstance(value, str) or value.strip()


JSON_OPTIONS = ReadOptions(day_first=False, year=2024)


def test_json(read: Read) -> None:
    export = read("Post ID,date,Likes,Spend,text\n0017,2026-01-03,3,2.50,\n0018,2026-01-04,,3,a\n")
    assert export.as_dict() == {
        "file": "file.csv",
        "encoding": "utf-8",
        "delimiter": ",",
        "tables": [
            {
                "profile": None,
                "title": "",
                "rows": 2,
                "columns": [
                    {"name": "Post ID", "metric": "post_id"},
                    {"name": "date", "metric": "date"},
                    {"name": "Likes", "metric": "likes"},
                    {"name": "Spend", "metric": "spend"},
                    {"name": "text", "metric": "text"},
                ],
                "unmapped": [],
                "records": [
                    {
                        "post_id": "0017",
                        "date": "2026-01-03",
                        "likes": 3,
                        "spend": 2.5,
                        "text": None,
                    },
                    {
                        "post_id": "0018",
                        "date": "2026-01-04",
                        "likes": None,
                        "spend": 3,
                        "text": "a",
                    },
                ],
                "totals": [],
                "findings": [],
            }
        ],
        "findings": [],
    }


def test_when_a_file_was_made(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(PLAIN, "utf-8")
    moment = datetime(2026, 2, 1, 9, 30)
    os.utime(path, (moment.timestamp(), moment.timestamp()))
    assert read_export(path).made == moment


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("Amount spent (UAH)", "10.50", "UAH"),  # what the file names is never overruled
        ("Amount spent", "10.50", "EUR"),
        ("Amount spent", "US$10.50", "USD"),
    ],
)
def test_a_currency_that_a_person_gives_is_for_amounts_without_one(
    header: str, cell: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(f"Campaign name,{header},Impressions\nSummer,{cell},1000\n", encoding="utf-8")
    (table,) = read_export(
        path, options=ReadOptions(currency="EUR", columns={"Amount spent": "spend"})
    ).tables
    assert table.frame["currency"].tolist() == [code]
    assert table.frame["spend"].tolist() == [10.5]
