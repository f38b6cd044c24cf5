"""plan.xlsx as a person finds it: tabs, headings, drop-downs, examples, in both languages."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tracksheet.config import Lang
from tracksheet.core.catalogue import catalogue
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
