"""The tab of targets: tables that stay numbers, in order, with sentences in both languages."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from tracksheet.core.dataset import Dataset
from tracksheet.core.report import ReportTable, Tab, Value
from tracksheet.core.targets import Judged, Reason, Status, Target, Thresholds
from tracksheet.tabs import target_tables, targets
from tracksheet.tabs.material import Material
from tracksheet.tabs.target_words import sentence
from tracksheet.tabs.targets import (
    status_for,
    status_tone,
    status_word,
    target_cells,
    targets_tab,
)

SEP_1, SEP_30 = date(2026, 9, 1), date(2026, 9, 30)
WORDS = Path(targets.__file__).with_name("targets.toml")


def dataset(**columns: object) -> Dataset:
    day = {"channel": "instagram", "grain": "day", "table": "t", "file": "f", "likes": 10.0}
    rows = pd.DataFrame([{**day, "date": SEP_1 + timedelta(days=n), **columns} for n in range(30)])
    rows["date"] = pd.to_datetime(rows["date"]).astype("datetime64[us]")
    return Dataset(rows, pd.DataFrame(), (), ())


def material(
    *judged: Judged, lang: str = "en", headline: tuple[str, ...] = ("likes",), **columns: object
) -> Material:
    return Material(dataset(**columns), lang, "Report", "month", headline, judged=judged)


def judged(kpi: str = "likes", status: Status = "on_track", **more: object) -> Judged:
    named = {name: more.pop(name) for name in ("channel", "campaign", "brand", "start", "end",
                                               "owner", "note") if name in more}  # fmt: skip
    one = Target(kpi, 300, **{"start": SEP_1, "end": SEP_30, **named})  # type: ignore[arg-type]
    return replace(Judged(one, status, as_of=date(2026, 9, 15)), **more)  # type: ignore[arg-type]


def tab(*given: Judged, **more: object) -> Tab:
    found = targets_tab(material(*given, **more))  # type: ignore[arg-type]
    assert found is not None
    return found


def row(table: ReportTable, place: int = 0) -> Mapping[str, Value]:
    keys = [column.key for column in table.columns]
    return dict(zip(keys, table.rows[place], strict=True))


def test_a_row_says_everything_of_its_target() -> None:
    given = judged(
        status="at_risk", channel="instagram", campaign="Summer", brand="Café", owner="Alex",
        note="=1+1", actual=120.0, expected=150.0, pace=0.8, attainment=0.4, projected=240.0,
        projected_recent=260.0, reason="data_until", day=date(2026, 9, 15),
    )  # fmt: skip
    assert row(tab(given).tables[0]) == {
        "kpi": "Likes and reactions", "scope": "Café · Instagram · Summer", "status": "at risk",
        "aim": "at least", "target": 300, "actual": 120, "expected": 150, "attainment": 0.4,
        "projected": 240, "projected_recent": 260, "start": SEP_1, "end": SEP_30,
        "as_of": date(2026, 9, 15), "owner": "Alex",
        "why": "The data ends on 15 September 2026: judged on that day. Export again.",
        "note": "=1+1",
    }  # fmt: skip


def test_the_same_in_french() -> None:
    found = tab(judged(status="off_track", reason="missed"), lang="fr")
    assert found.name == "Objectifs"
    said = row(found.tables[0])
    assert (said["status"], said["scope"], said["why"]) == (
        "hors trajectoire", "tous les canaux", "Pas atteint à la fin.",
    )  # fmt: skip


def test_columns_without_any_value_are_left_out() -> None:
    keys = {column.key for column in tab(judged(actual=1.0)).tables[0].columns}
    assert keys.isdisjoint({"owner", "why", "note", "projected", "expected"})


def test_a_projection_is_for_days_to_come() -> None:
    over = judged(as_of=SEP_30, projected=300.0)
    ahead = judged(projected=300.0)
    shown = tab(over, ahead).tables[0]
    assert [row(shown, place)["projected"] for place in range(2)] == [None, 300]


def test_each_unit_and_currency_has_its_table() -> None:
    found = tab(
        judged("likes"), judged("ctr"), judged("spend", currency="EUR"),
        judged("cpa", currency="USD"), judged("roas"),
    )  # fmt: skip
    assert [(table.name, table.title) for table in found.tables] == [
        ("Targets_count", "Amounts"),
        ("Targets_number", "Amounts with decimals and multiples"),
        ("Targets_ratio", "Rates"),
        ("Targets_currency_EUR", "Money in EUR"),
        ("Targets_currency_USD", "Money in USD"),
    ]
    of_money = found.tables[3].columns[found.tables[3].column("target")]
    assert (of_money.unit, of_money.currency) == ("currency", "EUR")


def test_an_amount_without_data_stands_in_the_only_currency() -> None:
    found = tab(judged("spend", "upcoming"), currency="EUR")
    assert found.tables[0].name == "Targets_currency_EUR"


def test_tables_have_the_same_columns_in_line() -> None:
    found = tab(judged("likes", owner="Alex"), judged("ctr"))
    one, other = ([column.key for column in table.columns] for table in found.tables[:2])
    assert one == other


def test_what_needs_a_hand_comes_first() -> None:
    statuses = get_args(Status)
    shown = tab(*(judged(status=status) for status in statuses)).tables[0]
    place = shown.column("status")
    assert [line[place] for line in shown.rows] == [
        "off track", "at risk", "no data", "on track", "no deadline", "met", "upcoming",
    ]  # fmt: skip


def test_the_introduction_counts_and_names_the_thresholds() -> None:
    given = judged(thresholds=Thresholds(0.95, 0.755))
    assert tab(given, judged(status="met"), lang="fr").intro[:2] == (
        "2 objectifs\u00a0: en bonne voie 1, atteint 1.",
        "En bonne voie\u00a0: au moins 95\u00a0% de l’attendu à ce jour. À risque\u00a0: au moins "
        "75,5\u00a0%. Hors trajectoire\u00a0: moins, ou manqué à la fin.",
    )


def test_kpis_without_a_target_are_indicators() -> None:
    found = tab(judged("likes"), headline=("likes", "comments", "shares"), comments=2.0)
    indicators = found.tables[-1]
    assert indicators.title == "Indicators: KPIs without a target"
    assert indicators.rows == (("Comments", "Instagram"),)


def test_without_targets_the_tab_says_where_to_type_them() -> None:
    found = tab()
    assert found.title == "No target yet"
    assert "plan.xlsx" in found.intro[1]
    assert [table.name for table in found.tables] == ["Indicators"]


def test_no_tab_without_targets_and_kpis() -> None:
    assert targets_tab(material(headline=())) is None


def test_the_statuses_have_words_and_tones() -> None:
    assert {status: status_tone(status) for status in get_args(Status)} == {
        "met": "good", "on_track": "good", "at_risk": "warn", "off_track": "bad",
        "no_data": "neutral", "upcoming": "neutral", "undated": "neutral",
    }  # fmt: skip
    shown = tab(judged()).tables[0]
    assert shown.columns[shown.column("status")].tones[status_word("met", "en")] == "good"
    assert set(target_tables.ORDER) == set(get_args(Status))


OCTOBER = judged(start=date(2026, 10, 1), end=date(2026, 10, 31))
QUARTER = judged(start=date(2026, 7, 1))
YEAR = judged(start=date(2026, 1, 1), end=date(2026, 12, 31))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ([OCTOBER], None),
        ([YEAR, QUARTER, OCTOBER], QUARTER),
        ([judged(channel="x"), judged(brand="B"), judged(campaign="C"), judged("ctr")], None),
        ([judged(start=None, end=None), YEAR], YEAR),
        ([judged(end=None)], judged(end=None)),
    ],
)
def test_the_status_of_a_kpi_is_of_the_period(given: list[Judged], found: Judged | None) -> None:
    assert status_for(material(*given), "likes") == found


def test_the_status_of_a_channel() -> None:
    one = judged(channel="instagram")
    assert status_for(material(judged(), one), "likes", "instagram") == one


def test_the_cells_of_a_target_hold_its_figures() -> None:
    other = judged(status="off_track", actual=1.0, expected=2.0)
    one = judged(actual=120.0, expected=150.0)
    given = material(one, other)
    tables = {table.name: table for table, _ in target_tables.target_tables(given)}
    cells = target_cells(given, one)
    assert [tables[c.table].rows[c.row][tables[c.table].column(c.column)] for c in cells] == [
        120, 150, 300,
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_reason_is_a_sentence(reason: Reason, lang: str) -> None:
    about = ("spend",) if reason in ("needs", "not_told") else ("instagram",)
    said = sentence(judged(reason=reason, day=SEP_30, about=about), lang)
    assert said is None if reason == "" else said is not None and said.endswith(".")
    assert "{" not in (said or "")


def test_words_have_both_languages_with_the_same_values() -> None:
    for group, entries in tomllib.loads(WORDS.read_text("utf-8")).items():
        for name, texts in entries.items():
            assert set(texts) == {"en", "fr"}, f"{group}.{name}"
            used = [{field for _, field, _, _ in string.Formatter().parse(text) if field}
                    for text in texts.values()]  # fmt: skip
            assert used[0] == used[1], f"{group}.{name}"
            assert "'" not in texts["fr"], f"{group}.{name}"
            for mark in ":;?!%»":
                assert f" {mark}" not in texts["fr"], f"{group}.{name}: no-break space, {mark}"
