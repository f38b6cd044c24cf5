"""The first page: what it shows, and that every number on it stands in a cell of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import product

import pandas as pd
import pytest

from tracksheet.core.catalogue import catalogue
from tracksheet.core.dataset import Dataset
from tracksheet.core.exports import ReadOptions
from tracksheet.core.findings import Finding
from tracksheet.core.formula import evaluate
from tracksheet.core.overall import channels_for
from tracksheet.core.plain import number
from tracksheet.core.report import CellRef, Overview, Report, ReportTable, Statement
from tracksheet.core.targets import Judged, Target, judge
from tracksheet.plan import Note, People
from tracksheet.refresh import default_kpis, make_dataset
from tracksheet.samples import write_samples
from tracksheet.tabs import Material, build_report, wording
from tracksheet.tabs.attention import attention
from tracksheet.tabs.lookup import Figures
from tracksheet.tabs.notes import notes_for, overview_notes
from tracksheet.tabs.overview import overview
from tracksheet.tabs.scorecards import SHOWN, cards
from tracksheet.word_files import words_in

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
LATER = datetime(2026, 12, 1)
HEADLINE = (
    "interactions", "reach", "engagement_rate_views", "followers", "spend", "cpa", "conversions",
)  # fmt: skip

Row = Mapping[str, object]


class Few(Material):
    """A material with the KPIs that these tests are about: a tenth of the work."""

    @cached_property
    def kpis(self) -> tuple[str, ...]:
        return (*HEADLINE, "engagement_rate_reach", "engagement_rate_dash", "posts")


def row(channel: str, start: date, /, **figures: object) -> Row:
    """One row that tells of a whole month."""
    last = pd.Timestamp(start) + pd.offsets.MonthEnd(0)
    kept = {"date": pd.Timestamp(start), "date_end": last, "grain": "total"}
    return {**kept, "channel": channel, "account_id": "a", "file": "f", "table": "t", **figures}


def dataset(*rows: Row, findings: tuple[Finding, ...] = ()) -> Dataset:
    totals = pd.DataFrame({"table": pd.Series(dtype="str")})
    return Dataset(pd.DataFrame(list(rows)), totals, (), findings, made=LATER)


# Interactions 1600 after 1500 (+6.67 %). Reach: Instagram 900 after 1000, Facebook 300; people who
# are not added up. Rate by views 4.0 % after 5.0 %: a point less. Followers 2006 after 2000.
# Spend 600 after 500, 15 EUR after 25 a conversion.
ROWS = (
    row("instagram", AUGUST, likes=1500, views=30000, followers=2000, reach=1000),
    row("facebook", AUGUST, reach=300),
    row("meta_ads", AUGUST, spend=500.0, conversions=20, currency="EUR"),
    row("instagram", SEPTEMBER, likes=1600, views=40000, followers=2006, reach=900),
    row("facebook", SEPTEMBER, reach=300),
    row("meta_ads", SEPTEMBER, spend=600.0, conversions=40, currency="EUR"),
)


COMPUTED = ("by_period", "_overall", "overall", "overall_channels", "overall_partial")


@pytest.fixture(scope="module")
def small() -> Few:
    material = Few(dataset(*ROWS), "en", "Report", "month", HEADLINE, "Café Exemple")
    assert material.overall.rows
    return material


def like(material: Material, **changes: object) -> Material:
    """The same figures under another light, not computed again."""
    other = replace(material, **changes)  # type: ignore[arg-type]
    kept = {name: value for name, value in vars(material).items() if name in COMPUTED}
    vars(other).update(kept)
    return other


@pytest.fixture(scope="module")
def shown(small: Few) -> Overview:
    found = overview(small)
    assert found is not None
    return found


def test_the_title_is_the_client(shown: Overview) -> None:
    assert (shown.name, shown.title) == ("Overview", "Café Exemple")


def test_facts(shown: Overview) -> None:
    assert shown.facts == (
        "September 2026",
        "Compared with: August 2026",
        "Currency: EUR",
        "Channels: Facebook, Instagram, Meta Ads",
        "Engagement rate: by views",
    )


def test_facts_in_french(small: Few) -> None:
    found = overview(like(small, lang="fr"))
    assert found is not None
    assert found.name == "Synthèse"
    assert [fact.replace("\u00a0", " ") for fact in found.facts] == [
        "Septembre 2026",
        "Comparaison : août 2026",
        "Devise : EUR",
        "Canaux : Facebook, Instagram, Meta Ads",
        "Taux d’engagement : par vues",
    ]


def test_a_list_of_ones_own_is_shown_in_its_order(shown: Overview) -> None:
    assert [(card.title, card.value, card.note) for card in shown.cards] == [
        ("Interactions", 1600, "Instagram"),
        ("Reach", 900, "Instagram only"),
        ("Engagement rate by views", 0.04, "Instagram"),
        ("Followers", 2006, "Instagram"),
        ("Ad spend", 600, "Meta Ads"),
        ("Cost per acquisition", 15, "CPA · Meta Ads"),
        ("Conversions", 40, "Meta Ads"),
    ]


def test_changes_are_in_percent_of_amounts_and_in_points_of_ratios(shown: Overview) -> None:
    changes = {card.title: card.changes[0] for card in shown.cards}
    assert {change.words for change in changes.values()} == {"vs August 2026"}
    values = {
        title: (round(change.value, 4), change.unit, change.tone)
        for title, change in changes.items()
        if change.value is not None
    }
    assert values == {
        "Interactions": (0.0667, "change", "good"),
        "Reach": (-0.1, "change", "bad"),
        "Engagement rate by views": (-1.0, "points", "bad"),
        "Followers": (0.003, "change", "neutral"),  # too little to speak of
        "Ad spend": (0.2, "change", "neutral"),  # neither good nor bad
        "Cost per acquisition": (-0.4, "change", "good"),  # less is better
        "Conversions": (1.0, "change", "good"),
    }


def test_trends_are_those_of_the_figure(shown: Overview) -> None:
    trends = {card.title: card.trend for card in shown.cards}
    assert trends["Interactions"] == (1500, 1600)
    assert trends["Reach"] == (1000, 900)


def test_targets_have_a_status_and_other_kpis_are_indicators(small: Few) -> None:
    late = Judged(Target("conversions", 100, end=date(2026, 12, 31)), "off_track")
    found = {card.title: card for card in cards(Figures(like(small, judged=(late,))))}
    assert (found["Conversions"].status, found["Conversions"].tone) == ("off track", "bad")
    assert (found["Interactions"].status, found["Interactions"].tone) == ("indicator", "neutral")
    assert {card.status for card in cards(Figures(small))} == {""}


def test_no_figure_no_overview() -> None:
    empty = dataset(row("instagram", SEPTEMBER, text="a post"))
    assert overview(Material(empty, "en", "Report", "month", HEADLINE)) is None


def test_data_without_dates_is_told_as_a_whole() -> None:
    undated = dataset({**row("instagram", SEPTEMBER, likes=3), "date": pd.NaT, "date_end": pd.NaT})
    found = overview(Few(undated, "en", "Report", "month", HEADLINE))
    assert found is not None
    assert found.facts[0] == "The whole data, which has no dates"
    assert [statement.text for statement in found.story.statements] == ["Interactions came to 3."]


def test_amounts_of_several_currencies_are_not_added() -> None:
    rows = [
        row("meta_ads", SEPTEMBER, spend=5.0, conversions=1, currency="EUR"),
        row("google_ads", SEPTEMBER, spend=5.0, conversions=1, currency="USD"),
    ]
    found = overview(few(*rows))
    assert found is not None
    assert "Several currencies, not added up: EUR, USD" in found.facts
    assert [card.title for card in found.cards] == ["Conversions"]


def test_a_period_without_data_says_so(small: Few) -> None:
    found = overview(like(small, about=date(2020, 1, 1)))
    assert found is not None
    assert found.cards == ()
    assert [one.text for one in found.story.statements] == ["No figures of January 2020 are known."]


# ── What people wrote, and what needs a hand ──────────────────────────────────────────────────

NOTES = (
    Note(SEPTEMBER, "posts", "Reels work.", "Two more"),
    Note(date(2026, 9, 30), "Terrace", "Closed for ten days."),
    Note(SEPTEMBER, "overview", "A good month."),
    Note(AUGUST, "overview", "Of another month."),
)


def test_notes_of_the_period_with_those_on_the_whole_first(small: Few) -> None:
    material = like(small, lang="fr", people=People(notes=NOTES))
    found = overview_notes(material)
    assert (found.heading, found.next_step) == ("Nos commentaires", "Prochaine étape")
    assert [(one.section, one.text, one.next_step) for one in found.comments] == [
        ("Synthèse", "A good month.", ""),
        ("Terrace", "Closed for ten days.", ""),
        ("Publications", "Reels work.", "Two more"),
    ]


def test_notes_that_have_no_other_tab_are_never_left_out(small: Few) -> None:
    notes = tuple(Note(SEPTEMBER, f"Topic {n}", "x") for n in range(9))
    crowded = People(notes=(*notes, Note(SEPTEMBER, "posts", "on its tab")))
    found = overview_notes(like(small, people=crowded))
    assert [one.section for one in found.comments] == [f"Topic {n}" for n in range(9)]


def test_notes_for_one_tab(small: Few) -> None:
    material = like(small, people=People(notes=NOTES))
    found = notes_for(material, "posts")
    assert found is not None
    assert [one.text for one in found.comments] == ["Reels work."]
    assert notes_for(material, "targets") is None


def needs(material: Material) -> list[tuple[str, str]]:
    passage = attention(Figures(material))
    return [(statement.text, statement.tone) for statement in passage.statements]


def few(*rows: Row, findings: tuple[Finding, ...] = ()) -> Few:
    return Few(dataset(*rows, findings=findings), "en", "Report", "month", HEADLINE)


def test_all_is_well(small: Few) -> None:
    assert needs(small) == []


def test_money_without_a_result() -> None:
    assert needs(few(row("meta_ads", SEPTEMBER, spend=300.0, conversions=0, currency="EUR"))) == [
        ("Meta Ads: €300 spent, and no result counted.", "bad")
    ]


def test_targets_that_are_behind_and_those_without_an_owner(small: Few) -> None:
    end, as_of = date(2026, 12, 31), date(2026, 9, 30)
    late = Judged(
        Target("conversions", 100, end=end, owner="Ads"),
        "off_track",
        as_of,
        18,
        expected=25,
        pace=0.72,
    )
    risky = Judged(
        Target("cpa", 26, end=end), "at_risk", as_of, 30, expected=26, pace=0.87, currency="EUR"
    )
    fine = Judged(Target("followers", 10, end=end, owner="Ana"), "met", as_of, 11)
    assert needs(like(small, judged=(risky, fine, late))) == [
        ("Conversions off track: 18 instead of 25 by now (Ads).", "bad"),
        ("Cost per acquisition at risk: €30.00 instead of €26.00.", "warn"),
        ("No owner: Cost per acquisition.", "neutral"),
    ]


def test_findings_are_counted_and_what_is_missing_is_named() -> None:
    findings = (
        Finding("error", "a.csv", "unreadable"),
        Finding("error", "a.csv", "unreadable"),
        Finding("warning", "b.csv", "odd"),
        Finding("info", "b.csv", "fine"),
    )
    found = few(*ROWS, row("linkedin", AUGUST, likes=5), findings=findings)
    assert needs(found) == [
        ("1 error in the data: what it is about is left out, see Data quality.", "bad"),
        ("Export LinkedIn, September 2026: nothing is known of it.", "warn"),
        ("1 remark on the data needs a look: see Data quality.", "warn"),
    ]


def test_figures_that_may_still_change() -> None:
    early = replace(dataset(*ROWS), made=datetime(2026, 10, 1))
    found = overview(Few(early, "fr", "Report", "month", HEADLINE))
    assert found is not None
    assert found.warning.replace("\u00a0", " ") == (
        "Encore provisoires : les chiffres de 3 canaux, ceux de Meta Ads jusqu’au 7 octobre 2026"
    )
    assert found.todo.statements[-1].text == (
        "Exporter à nouveau après le 7 octobre 2026\u00a0: les chiffres de septembre 2026 ne "
        "changeront plus."
    )


# ── The samples: every number can be looked up ────────────────────────────────────────────────


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    files = [sample.path for sample in write_samples(tmp_path_factory.mktemp("exports"))]
    dataset = make_dataset(files, lambda file: ReadOptions())
    targets = [
        Target("interactions", 7000, start=SEPTEMBER, end=date(2026, 9, 30)),
        Target("leads", 40, channel="meta_ads", start=SEPTEMBER, end=date(2026, 10, 31)),
    ]
    judged, _ = judge(targets, dataset, today=date(2026, 10, 1), choose=channels_for)
    return Material(dataset, "en", "Report", "month", default_kpis(), judged=tuple(judged))


@pytest.fixture(scope="module")
def report(material: Material) -> Report:
    return build_report(material)


def of_report(report: Report) -> Overview:
    assert report.overview is not None
    return report.overview


def cell(report: Report, ref: CellRef) -> float:
    tables = {table.name: table for tab in report.tabs for table in tab.tables}
    tables |= {table.name: table for table in of_report(report).tables}
    found: ReportTable = tables[ref.table]
    value = number(found.rows[ref.row][found.column(ref.column)])
    assert value is not None, ref
    return value


def test_every_card_is_a_cell_of_the_data(report: Report) -> None:
    shown = of_report(report).cards
    assert len(shown) == SHOWN
    for card in shown:
        assert card.source is not None
        assert cell(report, card.source) == card.value
        for change, then in zip(card.changes, ("previous", "last_year"), strict=False):
            before = cell(report, replace(card.source, column=then))
            assert isinstance(card.value, int | float)
            by = card.value / before - 1 if change.unit == "change" else (card.value - before) * 100
            assert change.value == pytest.approx(by)


def test_every_card_can_be_computed_from_the_data(report: Report, material: Material) -> None:
    data = next(one for tab in report.tabs for one in tab.tables if one.name == "Data")
    rows = [
        dict(zip((column.key for column in data.columns), values, strict=True))
        for values in data.rows
    ]
    ways = set()
    for card in of_report(report).cards:
        assert card.source is not None
        whole = rows[card.source.row]
        kpi = catalogue().kpi(str(whole["kpi"]))
        if whole["inputs"] is not None:  # a rate: its formula over the inputs beside it
            parts = (part.split(" = ") for part in str(whole["inputs"]).split("; "))
            ways.add("formula")
            value = evaluate(kpi.tree, {name: float(figure) for name, figure in parts})
        else:  # an amount: the channels that are counted, added up
            ways.add("sum")
            value = sum(
                float(str(row["value"]))
                for row in rows
                if (row["kpi"], row["start"]) == (kpi.id, whole["start"])
                and row["channel"] in material.overall_channels[kpi.id]
            )
        assert value == pytest.approx(card.value), card.title
    assert ways == {"formula", "sum"}


def test_the_page_follows_the_funnel_and_shows_one_engagement_rate(report: Report) -> None:
    assert [card.title for card in of_report(report).cards] == [
        "Views", "Followers", "Interactions", "Engagement rate per post", "Sessions",
        "Conversions", "Ad spend", "Cost per acquisition",
    ]  # fmt: skip


def test_every_number_of_a_sentence_comes_from_its_cells(report: Report) -> None:
    told, todo = of_report(report).story.statements, of_report(report).todo.statements
    assert 3 <= len(told) <= 6
    for statement in (*told, *(one for one in todo if one.sources)):
        values = [cell(report, ref) for ref in statement.sources]
        allowed = set(_written(statement, values))
        for token in _numbers(statement.text):
            assert token in allowed, (token, statement.text)


def _numbers(text: str) -> list[str]:
    """The numbers of a sentence, but for its dates, its counts of targets and what a post says."""
    text = re.sub(r"“.*”", "", text)
    text = re.sub(r"(\d+ )?\b(August|September)( 2026)?", "", text)
    text = re.sub(r"\d+ of (the )?\d+ targets|(the )?\d+ targets", "", text)
    return re.findall(r"\d[\d,.]*\d|\d", text)


def _written(statement: Statement, values: list[float]) -> Iterator[str]:
    """How the values may be written: as they are, their differences, changes and shares."""
    texts = []
    for value in values:
        texts += [wording.amount(value, unit, "en", "EUR") for unit in ("count", "ratio", "number")]
        texts.append(wording.amount(value, "currency", "en", "EUR"))
    for one, other in product(values, repeat=2):
        texts += [
            wording.amount(abs(one - other), unit, "en", "EUR") for unit in ("count", "currency")
        ]
        texts += [
            wording.points((one - other) * 100, "en"),
            wording.change(abs(one / other - 1), "en"),
        ]
    if len(values) > 1:
        texts.append(wording.percent(values[0] / sum(values), "en"))
    for text in texts:
        yield from _numbers(text)


def test_charts_and_tables_point_to_what_is_there(report: Report) -> None:
    tables = {table.name: table for tab in report.tabs for table in tab.tables}
    for chart in of_report(report).charts:
        for key in (chart.category, *chart.series):
            tables[chart.table].column(key)
    assert [len(table.rows) for table in of_report(report).tables] == [3]
    assert not tables.keys() & {table.name for table in of_report(report).tables}


# ── The words ─────────────────────────────────────────────────────────────────────────────────

WORDS = words_in(wording.FILE)
ENTRIES = {
    (group, name): entry
    for group, entries in WORDS.items()
    for name, entry in entries.items()
    if isinstance(entry, dict)
}


def test_every_word_is_there_in_both_languages() -> None:
    for key, entry in ENTRIES.items():
        assert {"en", "fr"} <= entry.keys() <= {"en", "fr", "fr_plural", "plural"}, key


def test_french_marks_do_not_stand_alone_on_a_line() -> None:
    for key, entry in ENTRIES.items():
        for text in (entry["fr"], entry.get("fr_plural", "")):
            assert not re.search(r"[ ][:;?!»%]|«[ ]|'", text), key


def test_kpis_of_themes_exist_and_have_a_name() -> None:
    themes = WORDS["theme"]
    for theme, names in themes.items():
        for name in names:
            assert name in catalogue().kpis, theme
            assert name == "followers" or ("name", name) in ENTRIES, name
    lines = wording.lines("cards", "lines")
    assert {name for line in lines for name in line} <= catalogue().kpis.keys()
