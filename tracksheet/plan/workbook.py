"""Writes plan.xlsx, the workbook that people type in. Made once; never saved over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ..config import Lang
from ..core.catalogue import catalogue
from ..excel_addin.formats import ACCENT, DATE_FORMATS, INK, MUTED, NUMBER_FORMATS, Styles
from .given import GivenRows, check_rows, written
from .lists import NamedList, lists
from .tabs import LISTS, TABS, Heading, HumanTab, Kind
from .words import READ_ME_ABOUT, READ_ME_TEXT, WORDS

HEADING_ROW: Final = 2  # counted from 0: a title and what the tab is for stand above
READY_ROWS: Final = 20  # the example and rows to type in, which fill a printed page
SPARE_ROWS: Final = 8  # at least so many empty ones follow rows that are given
LAST_OF_PAGE: Final = "channels"  # the printed Lists tab goes on on a second page after it
ROW_HEIGHT: Final = 21
CHOICE_ROWS: Final = 2000  # drop-downs go on where people add rows below the table
MADE: Final = datetime(2026, 1, 1)  # a fixed time, so that the same call gives the same file
A4: Final = 9
MONTH_FORMATS: Final[Mapping[str, str]] = {"en": "yyyy-mm", "fr": "mm/yyyy"}

_AMOUNT: Final = "#,##0.00"
_RIGHT: Final = frozenset[Kind]({"money", "count", "free"})


def write_plan(
    path: Path, *, lang: Lang = "en", rows: Mapping[str, GivenRows] = MappingProxyType({})
) -> None:
    """Write a new plan workbook at `path`, in English or French; replaces a file there.

    `rows` are written in place of the example: for the key of a tab its rows, each a value (text,
    number, date or bool) for the key of a heading. Raises `ValueError` for a key that is none.
    """
    check_rows(rows)
    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": WORDS[lang]["title"], "created": MADE})
        styles = Styles(book, lang)
        read_me = _sheet(book, WORDS[lang]["read me"], lang)
        sheets = {tab.key: _sheet(book, tab.name[lang], lang) for tab in TABS[:1]}
        listed = _sheet(book, LISTS[lang], lang)
        sheets |= {tab.key: _sheet(book, tab.name[lang], lang) for tab in TABS[1:]}
        choices = _write_lists(listed, styles, lists(), lang)
        for tab in TABS:
            _write_tab(sheets[tab.key], styles, tab, choices, lang, rows.get(tab.key, ()))
        _write_read_me(read_me, styles, lang)


def _sheet(book: Workbook, name: str, lang: Lang) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_default_row(ROW_HEIGHT)
    sheet.set_footer(f"&L&8&A&R&8{WORDS[lang]['page']}")
    sheet.set_comments_author("Tracksheet")
    return sheet


def _write_top(sheet: Worksheet, styles: Styles, title: str, about: str) -> None:
    sheet.set_row(0, 32)
    sheet.set_row(1, 24)
    sheet.write_string(0, 0, title, styles.role("title"))
    sheet.write_string(1, 0, about, styles.role("intro", valign="top"))


def _write_tab(
    sheet: Worksheet,
    styles: Styles,
    tab: HumanTab,
    choices: Mapping[str, str],
    lang: Lang,
    given: GivenRows,
) -> None:
    _write_top(sheet, styles, tab.name[lang], tab.about[lang])
    sheet.set_tab_color(ACCENT)
    last = HEADING_ROW + max(READY_ROWS, len(given) + SPARE_ROWS)
    columns = []
    for position, heading in enumerate(tab.headings):
        look = _look(heading.kind, lang)
        # The bare column format also serves rows that people add below the table.
        sheet.set_column(position, position, heading.width, styles.role("plain cell", **look))
        for row in range(HEADING_ROW + 1, last + 1):
            sheet.write_blank(row, position, None, styles.role("cell", **look))
        if given:
            _write_given(sheet, styles, heading, position, lang, given)
        else:
            _write_example(sheet, styles, tab, position, lang)
        _validate(sheet, heading, position, choices, lang)
        _note(sheet, HEADING_ROW, position, heading.about(lang))
        columns.append(
            {"header": heading.words(lang), "header_format": _heading(styles, heading.kind)}
        )
    area = (HEADING_ROW, 0, last, len(columns) - 1)
    sheet.add_table(*area, _table(tab.key.title(), columns, buttons=True))
    sheet.ignore_errors({"number_stored_as_text": xl_range_abs(HEADING_ROW, 0, last, area[3])})
    _hold_headings(sheet)


def _write_given(
    sheet: Worksheet,
    styles: Styles,
    heading: Heading,
    position: int,
    lang: Lang,
    given: GivenRows,
) -> None:
    for row, cells in enumerate(given, start=HEADING_ROW + 1):
        value = written(cells.get(heading.key), lang)
        look = _look(heading.kind, lang)
        if heading.kind == "free":
            look["num_format"] = _figure_format(cells)
        _write(sheet, row, position, value, styles.role("cell", **look))


def _figure_format(cells: Mapping[str, object]) -> str:
    """How the figure of a row is shown: as its KPI is counted, rates in percent."""
    known = catalogue().kpis.get(str(cells.get("kpi", "")))
    return _AMOUNT if known is None else NUMBER_FORMATS.get(known.unit, _AMOUNT)


def _hold_headings(sheet: Worksheet) -> None:
    sheet.set_row(HEADING_ROW, 26)
    sheet.freeze_panes(HEADING_ROW + 1, 0)
    sheet.repeat_rows(HEADING_ROW)


def _write_example(
    sheet: Worksheet, styles: Styles, tab: HumanTab, position: int, lang: Lang
) -> None:
    heading = tab.headings[position]
    value = tab.example[lang].get(heading.key)
    look = {**_look(heading.kind, lang), "italic": True, "font_color": MUTED}
    _write(sheet, HEADING_ROW + 1, position, value, styles.role("cell", **look))


def _write(
    sheet: Worksheet, row: int, column: int, value: str | float | date | None, look: Format
) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif value is not None:
        sheet.write_number(row, column, value, look)


def _look(kind: Kind, lang: Lang) -> dict[str, object]:
    """Text is a format of its own, so that =, + and ids of 17 digits stay as they are typed."""
    codes: dict[Kind, str] = {
        "text": "@",
        "long": "@",
        "date": DATE_FORMATS[lang],
        "month": MONTH_FORMATS[lang],
        "money": _AMOUNT,
        "count": "#,##0",
        "free": "General",
    }
    look: dict[str, object] = {"num_format": codes[kind], "align": _side(kind), "indent": 1}
    return look | ({"text_wrap": True} if kind == "long" else {})


def _heading(styles: Styles, kind: Kind) -> Format:
    return styles.role("heading", align=_side(kind), indent=1)


def _side(kind: Kind) -> str:
    return "right" if kind in _RIGHT else "left"


def _table(
    name: str, columns: Iterable[Mapping[str, object]], *, buttons: bool
) -> dict[str, object]:
    """A real Excel table without a style of its own: the cells carry the look everywhere."""
    return {"name": name, "columns": list(columns), "style": None, "autofilter": buttons}


def _validate(
    sheet: Worksheet, heading: Heading, column: int, choices: Mapping[str, str], lang: Lang
) -> None:
    """Drop-downs and dates warn and can be overruled: the list is a policy, not a prison."""
    words = WORDS[lang]
    rule: dict[str, object]
    if heading.choices:
        rule = {"validate": "list", "source": choices[heading.choices]}
        message = words["not listed"].format(list=LISTS[lang])
    elif heading.kind in ("date", "month"):
        rule = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        message = words["not a date"]
    elif heading.kind in ("money", "count"):
        rule = {"validate": "decimal", "criteria": ">=", "value": 0}
        message = words["not a number"]
    else:
        return
    rule |= {"error_type": "warning", "error_title": heading.words(lang), "error_message": message}
    sheet.data_validation(HEADING_ROW + 1, column, CHOICE_ROWS, column, rule)


def _note(sheet: Worksheet, row: int, column: int, text: str) -> None:
    lines = 1 + len(text) // 34
    options = {
        "width": 210, "height": 12 + 17 * lines, "color": "#FFFFFF",
        "font_name": "Calibri", "font_size": 10,
    }  # fmt: skip
    sheet.write_comment(row, column, text, options)


def _write_lists(
    sheet: Worksheet, styles: Styles, named: Iterable[NamedList], lang: Lang
) -> dict[str, str]:
    """Write the lists side by side; gives the range behind each drop-down."""
    _write_top(sheet, styles, LISTS[lang], WORDS[lang]["about lists"])
    sheet.set_print_scale(70)
    ranges: dict[str, str] = {}
    left = 0
    for one in named:
        rows, headings = one.rows[lang], one.headings[lang]
        last = HEADING_ROW + len(rows)
        for offset, width in enumerate(one.widths):
            sheet.set_column(left + offset, left + offset, width)
        _write_list_rows(sheet, styles, one, left, lang)
        columns = [{"header": text, "header_format": _heading(styles, "text")} for text in headings]
        table = _table(f"List_{one.key}", columns, buttons=False)
        sheet.add_table(HEADING_ROW, left, last, left + len(headings) - 1, table)
        if one.about[lang]:
            _note(sheet, HEADING_ROW, left + len(headings) - 1, one.about[lang])
        if one.key == LAST_OF_PAGE:
            sheet.set_v_pagebreaks([left + len(headings) + 1])
        ranges[one.key] = f"='{LISTS[lang]}'!{xl_range_abs(HEADING_ROW + 1, left, last, left)}"
        left += len(headings) + 1
        sheet.set_column(left - 1, left - 1, 2.5)
    _hold_headings(sheet)
    return ranges


def _write_list_rows(
    sheet: Worksheet, styles: Styles, one: NamedList, left: int, lang: Lang
) -> None:
    example = {"italic": True, "font_color": MUTED} if one.example_rows else {"font_color": INK}
    for down, row in enumerate(one.rows[lang], start=HEADING_ROW + 1):
        for across, text in enumerate(row):
            look = styles.role("cell", num_format="@", indent=1, align="left", **example)
            sheet.write_string(down, left + across, text, look)


def _write_read_me(sheet: Worksheet, styles: Styles, lang: Lang) -> None:
    _write_top(sheet, styles, WORDS[lang]["read me"], READ_ME_ABOUT[lang])
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    row = HEADING_ROW
    for title, lines in READ_ME_TEXT[lang]:
        sheet.set_row(row, 30)
        sheet.write_string(row, 0, title, styles.role("table title"))
        row += 1
        for line in lines:
            if line == "{tabs}":
                row = _write_tab_list(sheet, styles, row, lang)
            else:
                sheet.set_row(row, 20)
                sheet.write_string(row, 0, line, styles.role("plain cell", valign="vcenter"))
                row += 1
        row += 1


def _write_tab_list(sheet: Worksheet, styles: Styles, row: int, lang: Lang) -> int:
    """One line per tab with a link to it; gives the row below."""
    about = [(tab.name[lang], tab.about[lang]) for tab in TABS]
    about.insert(1, (LISTS[lang], WORDS[lang]["about lists"]))
    link = styles.role("cell", font_color=ACCENT, underline=1)
    for name, text in about:
        sheet.set_row(row, 22)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write_string(row, 1, text, styles.role("cell"))
        row += 1
    return row
