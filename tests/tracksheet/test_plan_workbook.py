"""plan.xlsx as a person finds it: tabs, headings, drop-downs, examples; and read back from disk."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from tracksheet.config import Lang
from tracksheet.core.catalogue import catalogue
from tracksheet.core.exports import ReadOptions
from tracksheet.core.exports.characters import tidy
from tracksheet.plan import People, PlanRead, read_plan
from tracksheet.plan.cells import FAULTS
from tracksheet.plan.examples import example_word
from tracksheet.plan.lists import lists
from tracksheet.plan.tabs import EXAMPLE, TABS, HumanTab
from tracksheet.plan.workbook import write_plan

LANGS: tuple[Lang, ...] = ("en", "fr")
NAMES = {
    "en": ["Read me", "Plan", "Lists", "Targets", "Competitors", "Notes", "Content", "Accounts"],
    "fr": ["Lisez-moi", "Plan", "Listes", "Objectifs", "Concurrents", "Commentaires", "Contenus",
           "Comptes"],
}  # fmt: skip
EACH = [(lang, tab) for lang in LANGS for tab in TABS]
IDS = [f"{lang} {tab.key}" for lang, tab in EACH]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, openpyxl.Workbook]:
    folder = tmp_path_factory.mktemp("plan")
    for lang in LANGS:
        write_plan(folder / f"{lang}.xlsx", lang=lang)
    return {lang: openpyxl.load_workbook(folder / f"{lang}.xlsx") for lang in LANGS}


def sheet_of(books: dict[str, openpyxl.Workbook], lang: str, tab: HumanTab) -> Worksheet:
    sheet = books[lang][tab.name[lang]]
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("lang", LANGS)
def test_the_tabs_are_those_of_the_design(books: dict[str, openpyxl.Workbook], lang: Lang) -> None:
    assert books[lang].sheetnames == NAMES[lang]


@pytest.mark.parametrize(("lang", "tab"), EACH, ids=IDS)
def test_headings_are_frozen_explained_and_a_real_table(
    books: dict[str, openpyxl.Workbook], lang: Lang, tab: HumanTab
) -> None:
    sheet = sheet_of(books, lang, tab)
    headings = [heading.words(lang) for heading in tab.headings]
    table = sheet.tables[tab.key.title()]
    assert sheet.freeze_panes == "A4"
    assert [cell.value for cell in sheet[3]] == headings
    assert table.column_names == headings
    assert all(cell.comment and cell.comment.text for cell in sheet[3])
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)


@pytest.mark.parametrize(("lang", "tab"), EACH, ids=IDS)
def test_the_example_row_says_that_it_is_one(
    books: dict[str, openpyxl.Workbook], lang: Lang, tab: HumanTab
) -> None:
    row = [cell for cell in sheet_of(books, lang, tab)[4] if cell.value is not None]
    assert any(str(cell.value).startswith(EXAMPLE[lang]) for cell in row)
    assert all(cell.font.italic for cell in row)
    assert set(tab.example[lang]) <= {heading.key for heading in tab.headings}


@pytest.mark.parametrize(("lang", "tab"), EACH, ids=IDS)
def test_drop_downs_warn_and_their_example_is_in_the_list(
    books: dict[str, openpyxl.Workbook], lang: Lang, tab: HumanTab
) -> None:
    sheet = sheet_of(books, lang, tab)
    for position, heading in enumerate(tab.headings, start=1):
        example = sheet.cell(4, position)
        rules = [
            rule for rule in sheet.data_validations.dataValidation if example.coordinate in rule
        ]
        if heading.choices:
            assert [(rule.type, rule.errorStyle) for rule in rules] == [("list", "warning")]
            assert example.value is None or example.value in choices(books[lang], rules[0].formula1)
        else:
            assert all(rule.errorStyle == "warning" for rule in rules)


def choices(book: openpyxl.Workbook, formula: str) -> list[str]:
    name, area = formula.split("!")
    return [row[0].value for row in book[name.strip("'")][area.replace("$", "")]]


@pytest.mark.parametrize(("lang", "tab"), EACH, ids=IDS)
def test_what_is_typed_as_text_stays_text(
    books: dict[str, openpyxl.Workbook], lang: Lang, tab: HumanTab
) -> None:
    sheet = sheet_of(books, lang, tab)
    for position, heading in enumerate(tab.headings, start=1):
        if heading.kind in ("text", "long"):
            assert [sheet.cell(row, position).number_format for row in (4, 5, 20)] == ["@"] * 3


@pytest.mark.parametrize("lang", LANGS)
def test_the_lists_hold_every_kpi_and_no_formula(
    books: dict[str, openpyxl.Workbook], lang: Lang
) -> None:
    sheet = books[lang][NAMES[lang][2]]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert set(catalogue().kpis) <= values
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert set(sheet.tables) == {f"List_{one.key}" for one in lists()}


@pytest.mark.parametrize("lang", LANGS)
def test_both_languages_say_everything(lang: Lang) -> None:
    for tab in TABS:
        assert tab.name[lang]
        assert tab.about[lang]
        assert all(heading.words(lang) and heading.about(lang) for heading in tab.headings)
        assert len({heading.words(lang) for heading in tab.headings}) == len(tab.headings)


def test_every_drop_down_has_its_list() -> None:
    known = {one.key for one in lists()}
    assert {heading.choices for tab in TABS for heading in tab.headings} - {""} <= known


def test_the_same_call_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_plan(tmp_path / name, lang="fr")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


# ------------------------------------------------------------------- rows given, and read back

Rows = dict[str, list[dict[str, object]]]
KINDS = {
    "plan": "placements", "targets": "targets", "competitors": "competitors", "notes": "notes",
    "content": "content", "accounts": "accounts",
}  # fmt: skip
ROWS: Rows = {
    "plan": [{"row_id": "P1", "campaign": "summer", "start": date(2026, 7, 1), "budget": 250.5}],
    "targets": [
        {"kpi": "engagement_rate", "channel": "instagram", "campaign": "summer", "brand": "Acme",
         "start": date(2026, 7, 1), "end": date(2026, 9, 30), "target": 0.035, "owner": "Kim",
         "note": "=1+1"},
        {"kpi": "new_followers", "end": date(2026, 9, 30), "target": 600, "owner": "Kim"},
    ],
    "competitors": [{"brand": "Roasters", "channel": "x", "date": date(2026, 9, 1),
                     "followers": 14200, "negative_mentions": 0}],
    "notes": [{"period": date(2026, 9, 1), "section": "posts", "text": "One\ntwo",
               "next_step": "+1"}],
    "content": [{"post": "17900000000000001", "boosted": True, "leave_out": False},
                {"keyword": "#recipe", "label": "Recipes"}],
    "accounts": [{"brand": "Acme", "channel": "instagram", "account": "@acme", "currency": "EUR",
                  "time_zone": "Europe/Paris"}],
}  # fmt: skip


def values(people: People) -> Rows:
    """What was read, as rows that could be written."""
    return {
        tab: [
            {
                one.name: getattr(row, one.name)
                for one in fields(row)
                if one.name != "where" and getattr(row, one.name) not in ("", None)
            }
            for row in getattr(people, kind)
        ]
        for tab, kind in KINDS.items()
    }


def without_places(people: People) -> list[object]:
    rows = [row for kind in KINDS.values() for row in getattr(people, kind)]
    return [*(replace(row, where="") for row in rows), people.lists, people.findings]


@pytest.mark.parametrize("lang", LANGS)
def test_a_new_plan_says_nothing_yet(lang: Lang, tmp_path: Path) -> None:
    write_plan(tmp_path / "plan.xlsx", lang=lang)
    found = read_plan(tmp_path / "plan.xlsx")
    assert (values(found.people), found.people.findings) == ({tab: [] for tab in KINDS}, ())
    assert {key: len(rows) for key, rows in found.people.lists.items()} == {
        one.key: 0 if one.example_rows else len(one.rows[lang]) for one in lists()
    }


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("filled")
    for lang in LANGS:
        write_plan(folder / lang, lang=lang, rows=ROWS)
        (folder / lang).rename(folder / f"{lang}.xlsx")
    return {lang: folder / f"{lang}.xlsx" for lang in LANGS}


@pytest.mark.parametrize("lang", LANGS)
def test_every_tab_reads_back_as_it_was_given(lang: Lang, filled: dict[str, Path]) -> None:
    found = read_plan(filled[lang])
    assert values(found.people) == ROWS
    assert [str(one) for one in found.people.findings] == []
    assert found.people.targets[1].where == f"{lang}.xlsx, {TABS[1].name[lang]}, row 5"


def test_given_rows_take_the_place_of_the_example(filled: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(filled["fr"])["Objectifs"]
    assert [sheet.cell(row, 1).value for row in (4, 5, 6)] == [
        "engagement_rate", "new_followers", None,
    ]  # fmt: skip
    assert (sheet.cell(4, 7).number_format, sheet.cell(5, 7).number_format) == ("0.00%", "#,##0")
    assert not sheet.cell(4, 1).font.italic
    assert sheet.tables["Targets"].ref == "A3:I23"


def test_more_rows_than_a_page_have_empty_ones_below(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"keyword": f"#{n}", "label": "L"} for n in range(50)]
    write_plan(tmp_path / "plan.xlsx", rows={"content": rows})
    sheet = openpyxl.load_workbook(tmp_path / "plan.xlsx")["Content"]
    assert sheet.tables["Content"].ref == "A3:F61"
    assert len(read_plan(tmp_path / "plan.xlsx").people.content) == 50


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({"target": []}, "the plan has no tab 'target'. Did you mean 'targets'?"),
        (
            {"notes": [{}, {"txt": "a"}]},
            "notes, row 2: there is no heading 'txt'. Did you mean 'text'?",
        ),
        (
            {"notes": [{"text": "a" * 40_000}]},
            "notes, row 1, text: 40,000 characters do not fit in a cell",
        ),
        (
            {"targets": [{"target": float("nan")}]},
            "targets, row 1, target: nan is not a number that a cell can hold",
        ),
        (
            {"notes": [{"text": ["a"]}]},
            "notes, row 1, text: a list cannot be written; give a text, number, date or bool",
        ),
    ],
)
def test_rows_that_cannot_be_written(
    rows: Mapping[str, Sequence[Mapping[str, object]]], message: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError) as caught:
        write_plan(tmp_path / "plan.xlsx", rows=rows)
    assert str(caught.value) == message
    assert not (tmp_path / "plan.xlsx").exists()


def is_own(text: str) -> bool:
    return not example_word(text) and text not in FAULTS and text.casefold() not in ("-", "n/a")


PRINTED = st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zs", "Zl", "Zp"))
NAME = st.text(PRINTED, min_size=1, max_size=12).filter(is_own)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: bool(tidy(text)) and is_own(text)
)
DAY = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MONTH = DAY.map(lambda day: day.replace(day=1))
COUNT = st.integers(1, 10**9)
AMOUNT = st.integers(0, 10**9).map(lambda cents: cents / 100)
CHANNEL = st.sampled_from(["instagram", "web", "meta_ads", "x"])
RATES = st.fixed_dictionaries(
    {"kpi": st.sampled_from(["ctr", "engagement_rate"]), "target": st.sampled_from([0.03, 0.5])}
)
COUNTS = st.fixed_dictionaries({"kpi": st.just("new_followers"), "target": COUNT})


def some(
    needed: Mapping[str, st.SearchStrategy[object]], **more: st.SearchStrategy[object]
) -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(dict(needed), optional=more)


GIVEN: dict[str, st.SearchStrategy[dict[str, object]]] = {
    "plan": some({"campaign": NAME}, row_id=NAME, source=NAME, landing_page=NAME, start=DAY,
                 end=DAY, budget=AMOUNT, note=WORDS),
    "targets": st.builds(
        lambda figure, rest: figure | rest,
        RATES | COUNTS,
        some({"end": st.just(date(2100, 1, 2)), "owner": NAME}, channel=CHANNEL, campaign=NAME,
             brand=NAME, start=DAY, note=WORDS),
    ),
    "competitors": some({"brand": NAME, "date": DAY}, channel=CHANNEL, followers=COUNT,
                        posts=COUNT, interactions=COUNT, mentions=COUNT, note=WORDS),
    "notes": some({"period": MONTH, "section": st.sampled_from(["overview", "targets"]),
                   "text": WORDS}, next_step=WORDS),
    "content": some({"post": NAME, "label": NAME}, keyword=NAME, boosted=st.booleans(),
                    leave_out=st.booleans(), reason=WORDS),
    "accounts": some({"channel": CHANNEL, "account": NAME}, brand=NAME,
                     currency=st.sampled_from(["EUR", "CHF"]),
                     time_zone=st.sampled_from(["UTC", "Europe/Paris"])),
}  # fmt: skip


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.fixed_dictionaries(
        {}, optional={tab: st.lists(rows, min_size=1, max_size=5) for tab, rows in GIVEN.items()}
    ),
    lang=st.sampled_from(LANGS),
)
def test_what_is_written_is_read(rows: Rows, lang: Lang, tmp_path: Path) -> None:
    brands = [str(row["brand"]) for row in rows.get("accounts", []) if "brand" in row]
    path = tmp_path / "plan.xlsx"
    write_plan(path, lang=lang, rows=rows)
    found = values(read_plan(path).people)
    if len({brand.casefold() for brand in brands}) == len(set(brands)):
        assert found == {tab: rows.get(tab, []) for tab in KINDS}


# ------------------------------------------------------------------------------ other programs


def converted(path: Path, folder: Path) -> Path:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    subprocess.run(
        [office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to",
         "xlsx", "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / path.name


def test_a_plan_saved_by_libreoffice_reads_the_same(
    filled: dict[str, Path], tmp_path: Path
) -> None:
    saved = read_plan(converted(filled["fr"], tmp_path))
    assert saved.people == read_plan(filled["fr"]).people


def test_a_plan_saved_by_openpyxl_reads_the_same(filled: dict[str, Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled["en"])
    book.save(tmp_path / "en.xlsx")
    assert read_plan(tmp_path / "en.xlsx") == read_plan(filled["en"])


# ---------------------------------------------------------------------- as people change a file


def targets_sheet(book: openpyxl.Workbook) -> Worksheet:
    sheet = book["Targets"]
    assert isinstance(sheet, Worksheet)
    return sheet


def changed(filled: dict[str, Path], folder: Path, change: object) -> PlanRead:
    assert callable(change)
    book = openpyxl.load_workbook(filled["en"])
    change(targets_sheet(book))
    book.save(folder / "plan.xlsx")
    return read_plan(folder / "plan.xlsx")


def moved_about(sheet: Worksheet) -> None:
    sheet.delete_rows(1, 2)
    sheet.insert_rows(1, 7)
    sheet.insert_cols(3)
    sheet.insert_rows(10)
    sheet.title = "What we want"


def test_a_tab_that_people_moved_about_reads_the_same(
    filled: dict[str, Path], tmp_path: Path
) -> None:
    found = changed(filled, tmp_path, moved_about).people
    assert without_places(found) == without_places(read_plan(filled["en"]).people)
    assert [one.where for one in found.targets] == [
        "plan.xlsx, What we want, row 9", "plan.xlsx, What we want, row 11",
    ]  # fmt: skip


def test_a_merged_cell_counts_in_each_of_its_rows(filled: dict[str, Path], tmp_path: Path) -> None:
    found = changed(filled, tmp_path, lambda sheet: sheet.merge_cells("D4:D6")).people
    assert [one.brand for one in found.targets] == ["Acme", "Acme"]


def by_hand(path: Path) -> None:
    """A Targets tab with what only Excel puts into cells: formulas, errors, percentages."""
    with Workbook(path) as book:
        sheet = book.add_worksheet("Targets")
        percent = book.add_format({"num_format": "0.0 %"})
        words = book.add_format({"num_format": '0" %"'})
        sheet.write_row(0, 0, ["KPI", "Target", "End", "Owner", "Start"])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for row, kpi in enumerate(["spend", "spend", "ctr", "ctr", "roi"], start=1):
            sheet.write_string(row, 0, kpi)
            sheet.write_datetime(row, 2, date(2026, 9, 30), day)
            sheet.write_string(row, 3, "Kim")
        sheet.write_formula(1, 1, "=2*300", None, 600)
        sheet.write_formula(2, 1, "=A99/0", None, "#DIV/0!")
        sheet.write_number(3, 1, 0.03, percent)
        sheet.write_number(4, 1, 3, words)
        sheet.write_number(5, 1, 1.5, percent)


def test_what_excel_puts_into_cells(tmp_path: Path) -> None:
    by_hand(tmp_path / "plan.xlsx")
    found = read_plan(tmp_path / "plan.xlsx").people
    assert [one.target for one in found.targets] == [600, 0.03, 1.5]
    assert [str(one) for one in found.findings] == [
        "plan.xlsx, Targets, row 3: cell B3 (Target) shows #DIV/0!: mend the formula, or type the "
        "value in its place. The row is left out",
        "plan.xlsx, Targets, row 5: Target: 3 could be 3 % or 300 %, because ctr is a rate: write "
        "3 % or 0.03. The row is left out",
    ]


def test_a_formula_that_no_program_computed_is_told(
    filled: dict[str, Path], tmp_path: Path
) -> None:
    found = changed(filled, tmp_path, lambda sheet: sheet.cell(5, 7, "=1+1")).people
    assert len(found.targets) == 1
    assert [str(one) for one in found.findings] == [
        "plan.xlsx, Targets, row 5: cell G5 (Target) shows #NOT COMPUTED: open the file in Excel "
        "and save it, so that its formulas have values. The row is left out"
    ]


def test_exports_in_other_sheets_are_inputs(filled: dict[str, Path], tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled["en"])
    curve = book.create_sheet("My followers")
    for row in (["Date", "Channel", "Followers"], ["03/04/2026", "instagram", 5],
                ["04/04/2026", "instagram", 6]):  # fmt: skip
        curve.append(row)
    book.create_sheet("Empty")
    book.create_sheet("Ideas").append(["Ask Kim", "about the terrace"])
    book.save(tmp_path / "plan.xlsx")
    unsettled = read_plan(tmp_path / "plan.xlsx")
    found = read_plan(tmp_path / "plan.xlsx", options=ReadOptions(day_first=True))
    (export,) = found.exports
    assert export.file == "plan.xlsx, sheet 'My followers'"
    assert export.tables[0].frame["date"].dt.date.tolist() == [date(2026, 4, 3), date(2026, 4, 4)]
    assert [(one.severity, one.where) for one in found.people.findings] == [
        ("info", "plan.xlsx, Ideas")
    ]
    assert unsettled.exports == ()
    assert [(one.severity, one.where) for one in unsettled.people.findings] == [
        ("error", "plan.xlsx, My followers"), ("info", "plan.xlsx, Ideas"),
    ]  # fmt: skip


# --------------------------------------------------------------------- files that cannot be read


def test_a_missing_plan_is_empty(tmp_path: Path) -> None:
    assert read_plan(tmp_path / "plan.xlsx") == PlanRead()


BROKEN = {
    "damaged": (b"PK\x03\x04 xl/ and nothing more", "the workbook is damaged"),
    "cut off": (None, "the workbook is damaged"),
    "protected": (
        b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "empty": (b"", "this is not an Excel workbook"),
    "a text": (b"KPI,Target\nspend,5\n", "this is not an Excel workbook"),
}


@pytest.mark.parametrize(("data", "why"), BROKEN.values(), ids=BROKEN)
def test_a_plan_that_cannot_be_read_is_told(
    data: bytes | None, why: str, filled: dict[str, Path], tmp_path: Path
) -> None:
    whole = filled["en"].read_bytes()
    (tmp_path / "plan.xlsx").write_bytes(whole[: len(whole) // 2] if data is None else data)
    (finding,) = read_plan(tmp_path / "plan.xlsx").people.findings
    assert (finding.severity, finding.where) == ("error", "plan.xlsx")
    assert finding.message.startswith(why)
    assert finding.message.endswith(
        "What people typed is missing from this report: open plan.xlsx in Excel, save it and "
        "close it, then refresh again"
    )


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").mkdir()
    (finding,) = read_plan(tmp_path / "plan.xlsx").people.findings
    assert finding.message.startswith("this is a folder")


@pytest.mark.parametrize("lock", ["~$plan.xlsx", ".~lock.plan.xlsx#"])
def test_a_plan_that_is_open_elsewhere_is_read_as_saved(lock: str, tmp_path: Path) -> None:
    write_plan(tmp_path / "plan.xlsx", rows=ROWS)
    (tmp_path / lock).touch()
    found = read_plan(tmp_path / "plan.xlsx").people
    assert len(found.targets) == 2
    assert [(one.severity, one.where) for one in found.findings] == [("info", "plan.xlsx")]
