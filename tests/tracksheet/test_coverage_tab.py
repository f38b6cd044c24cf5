"""The tabs that say what is missing, what changed and where the funnel stands."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import get_args

import pandas as pd
import pytest

from tracksheet.core.catalogue import catalogue
from tracksheet.core.coverage import State
from tracksheet.core.dataset import Dataset, TableReport
from tracksheet.core.known import WHATS
from tracksheet.core.report import ReportTable, Tab, Value
from tracksheet.core.restated import RESTATED
from tracksheet.tabs.channels import channels_tab
from tracksheet.tabs.columns import change, change_unit
from tracksheet.tabs.coverage import ToFetch, coverage_tab, gaps
from tracksheet.tabs.coverage_words import days_name, has
from tracksheet.tabs.funnel import STEPS, funnel_tab
from tracksheet.tabs.material import Material
from tracksheet.tabs.periods import periods_tab
from tracksheet.tabs.quality import quality_tab
from tracksheet.word_files import words_in

Row = dict[str, object]
HEADLINE = ("followers", "interactions", "clicks", "ctr", "spend", "cpc")


def days(first: str, last: str, channel: str = "instagram", **figures: object) -> list[Row]:
    """A row a day."""
    return [
        {"date": day, "channel": channel, **(figures or {"likes": 2.0})}
        for day in pd.date_range(first, last)
    ]


def material(
    rows: list[Row],
    *,
    lang: str = "en",
    period: str = "month",
    made: str = "2026-09-10",
    restated: list[tuple[object, ...]] | None = None,
    tables: tuple[TableReport, ...] = (),
) -> Material:
    basics = {"account_id": "1", "grain": "day", "file": "a.csv", "table": "a#0"}
    frame = pd.DataFrame([{**basics, **row} for row in rows])
    for name in ("date", "date_end"):
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    changed = pd.DataFrame(restated or [], columns=list(RESTATED))
    dataset = Dataset(
        frame, pd.DataFrame(), tables, (), restated=changed, made=datetime.fromisoformat(made)
    )
    return Material(dataset, lang, "Report", period, HEADLINE)


def table(tab: Tab | None, name: str) -> ReportTable:
    assert tab is not None
    return next(found for found in tab.tables if found.name == name)


def cells(found: ReportTable, key: str) -> list[Value]:
    return [row[found.column(key)] for row in found.rows]


# June whole, July up to the 12th, August whole; LinkedIn without July.
HOLED = [
    *days("2026-06-01", "2026-06-30"),
    *days("2026-07-01", "2026-07-12"),
    *days("2026-08-01", "2026-08-31"),
    *days("2026-06-01", "2026-06-30", "linkedin"),
    *days("2026-08-01", "2026-08-31", "linkedin"),
]


def test_the_matrix_has_a_row_an_account_and_a_column_a_period() -> None:
    found = table(coverage_tab(material(HOLED)), "Coverage")
    assert [column.heading for column in found.columns] == [
        "Channel", "Account", "Figures", "2026-06", "2026-07", "2026-08",
    ]  # fmt: skip
    assert found.rows == (
        ("Instagram", "1", "Figures by day", 30, "12 of 31", 31),
        ("LinkedIn", "1", "Figures by day", 30, "missing", 31),
    )
    july = found.columns[4]
    assert dict(july.tones) == {"12 of 31": "warn", "missing": "bad"}


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "en",
            [
                "Export Instagram, 13 July 2026 to 31 July 2026: 12 of 31 days of July 2026 are "
                "known.",
                "Export LinkedIn, July 2026: nothing is known of it.",
            ],
        ),
        (
            "fr",
            [
                "Exporter Instagram, du 13 juillet 2026 au 31 juillet 2026\u00a0: 12 jours sur 31 "
                "sont connus pour juillet 2026.",
                "Exporter LinkedIn, juillet 2026\u00a0: on n’en sait rien.",
            ],
        ),
    ],
)
def test_gaps_say_what_to_fetch(lang: str, sentences: list[str]) -> None:
    given = material(HOLED, lang=lang)
    assert [one.words(lang) for one in gaps(given)] == sentences


def test_the_table_of_gaps_names_the_days_to_export() -> None:
    assert table(coverage_tab(material(HOLED)), "Gaps").rows == (
        ("Instagram", "1", "19 days", date(2026, 7, 13), date(2026, 7, 31)),
        ("LinkedIn", "1", "Everything", date(2026, 7, 1), date(2026, 7, 31)),
    )


def test_changes_from_a_period_known_in_part_are_marked() -> None:
    tab = channels_tab(material(HOLED))
    assert "Take changes with care – Instagram: 12 of 31 days of July 2026 are known." in tab.intro


def test_the_overview_hears_of_its_period_and_the_one_before_only() -> None:
    rows = HOLED + days("2026-09-01", "2026-09-30") + days("2026-09-01", "2026-09-30", "linkedin")
    given = material(rows, made="2026-10-10")
    assert given.focus == date(2026, 9, 1)
    assert gaps(given) == []
    assert len(table(coverage_tab(given), "Gaps").rows) == 2


def test_an_account_is_named_where_the_channel_has_several() -> None:
    rows = days("2026-07-01", "2026-08-31") + [
        {"account_id": "2", "account_name": "Bistro", **row}
        for row in days("2026-08-01", "2026-08-31")
    ]
    assert [one.words("en") for one in gaps(material(rows))] == [
        "Export Instagram (Bistro), July 2026: nothing is known of it."
    ]


def test_two_accounts_of_one_name_have_a_row_each() -> None:
    rows = [
        {"account_id": account, "account_name": "Bistro", **row}
        for account in ("1", "2")
        for row in days("2026-08-01", "2026-08-31")
    ]
    assert len(table(coverage_tab(material(rows)), "Coverage").rows) == 2


def test_only_the_last_thirteen_periods_are_shown() -> None:
    tab = coverage_tab(material(days("2025-06-01", "2026-08-31")))
    assert tab is not None
    assert len(table(tab, "Coverage").columns) == 3 + 13
    assert any("13 of 15" in line for line in tab.intro)


def test_a_report_of_the_whole_range_is_covered_by_month() -> None:
    found = table(coverage_tab(material(HOLED, period="range")), "Coverage")
    assert [column.heading for column in found.columns[3:]] == ["2026-06", "2026-07", "2026-08"]


@pytest.mark.parametrize("rows", [[{"likes": 1.0}], [{"channel": "x", "likes": 1.0}]])
def test_without_dates_there_is_no_coverage(rows: list[Row]) -> None:
    assert coverage_tab(material(rows)) is None
    assert gaps(material(rows)) == []


def test_every_state_and_gap_has_its_words() -> None:
    spoken = set(get_args(State)) - {"complete", "counted"}
    assert {state for state in spoken if not has("cell", state)} == set()
    for what in WHATS:
        assert has("todo", f"missing_{what}")
        assert has("what", what)
    for group, entries in words_in("tabs/coverage.toml").items():
        for name, said in entries.items():
            assert said.keys() == {"en", "fr"}, f"{group}.{name}"
            assert not re.search(r" [:;?!%»]|« |'", said["fr"]), f"{group}.{name}"


@pytest.mark.parametrize(
    ("first", "last", "lang", "name"),
    [
        (date(2026, 6, 1), date(2026, 6, 1), "en", "1 June 2026"),
        (date(2026, 6, 1), date(2026, 6, 12), "fr", "du 1er juin 2026 au 12 juin 2026"),
    ],
)
def test_days_have_names(first: date, last: date, lang: str, name: str) -> None:
    assert days_name(first, last, lang) == name


def test_a_gap_of_two_sorts_names_both() -> None:
    gap = gaps(material(HOLED))[1].gap
    both = ToFetch(type(gap)(gap.channel, gap.account, gap.name, "missing", ("days", "levels"),
                             gap.start, gap.end), "month")  # fmt: skip
    assert both.words("en") == "Export LinkedIn, July 2026: figures by day, followers."


# Clicks 40 of 1,000 in July, 60 of 2,000 in August: 4 % and 3 %.
ADS = [
    {"date": "2026-07-05", "channel": "google_ads", "clicks": 40.0, "impressions": 1000.0,
     "spend": 80.0, "currency": "EUR"},
    {"date": "2026-08-05", "channel": "google_ads", "clicks": 60.0, "impressions": 2000.0,
     "spend": 90.0, "currency": "EUR"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("kpi", "row", "expected"),
    [
        ("ctr", {"ctr": 0.03, "ctr_previous": 0.04, "ctr_change": -0.25}, -1.0),
        ("ctr", {"ctr": 0.03, "ctr_previous": None}, None),
        ("ctr", {"ctr": float("nan"), "ctr_previous": 0.04}, None),
        ("nps", {"nps": 45.0, "nps_previous": 40.0}, 5.0),
        ("clicks", {"clicks": 60.0, "clicks_previous": 40.0, "clicks_change": 0.5}, 0.5),
        ("clicks", {"clicks": 60.0}, None),
    ],
)
def test_ratios_change_by_points_and_amounts_by_percent(
    kpi: str, row: Row, expected: float | None
) -> None:
    found = change(catalogue().kpi(kpi), row, "previous")
    assert found == (None if expected is None else pytest.approx(expected))


def test_changes_have_their_unit_and_know_what_is_good() -> None:
    tab = periods_tab(material(ADS))
    clicks, paid = table(tab, "Periods_interaction"), table(tab, "Periods_paid")
    columns = {column.key: column for column in (*clicks.columns, *paid.columns)}
    assert (columns["clicks_change"].unit, columns["clicks_change"].good) == ("change", "higher")
    assert (columns["ctr_change"].unit, columns["ctr_change"].good) == ("points", "higher")
    assert (columns["cpc_change"].unit, columns["cpc_change"].good) == ("change", "lower")
    assert cells(clicks, "ctr_change") == [None, pytest.approx(-1.0)]
    assert {change_unit(kpi) for kpi in catalogue().kpis.values() if kpi.unit == "ratio"} == {
        "points"
    }


def test_channels_show_the_focus_period_then_all_the_data() -> None:
    tab = channels_tab(material(ADS))
    focus, whole = table(tab, "Channels_paid"), table(tab, "Range_paid")
    assert focus.title == "Advertising – August 2026"
    assert (cells(focus, "spend"), cells(focus, "spend_change")) == ([90], [0.125])
    assert whole.title == "Advertising – all the data, 2026-07-05 to 2026-08-05"
    assert cells(whole, "spend") == [170]


def test_channels_of_one_period_show_it_once() -> None:
    tab = channels_tab(material(ADS[1:]))
    assert not [found.name for found in tab.tables if found.name.startswith("Range")]


def test_channels_known_only_in_a_longer_range_are_shown_there() -> None:
    row = ADS[0] | {"date_end": "2026-09-30", "grain": "campaign"}
    tab = channels_tab(material([row], made="2026-10-05"))
    assert cells(table(tab, "Range_paid"), "spend") == [80]


def test_channels_of_a_range_show_all_the_data() -> None:
    assert cells(table(channels_tab(material(ADS, period="range")), "Channels_paid"), "spend") == [
        170
    ]


@pytest.mark.parametrize(("months", "there"), [(2, False), (3, True)])
def test_followers_have_a_curve_from_three_periods_on(months: int, there: bool) -> None:
    rows = [
        {"date": f"2026-0{6 + n}-30", "channel": "linkedin", "followers": 900.0 + 10 * n}
        for n in range(months)
    ]
    tab = periods_tab(material(rows))
    assert tab is not None
    found = [chart for chart in tab.charts if chart.table == "Followers"]
    assert bool(found) == there
    if there:
        assert table(tab, "Followers").rows == (
            ("2026-06", 900),
            ("2026-07", 910),
            ("2026-08", 920),
        )


def test_the_funnel_shows_its_five_phases() -> None:
    rows = [
        *ADS,
        {"date": "2026-08-06", "channel": "linkedin", "likes": 5.0, "impressions": 500.0},
    ]
    found = table(funnel_tab(material(rows)), "Funnel")
    assert list(dict.fromkeys(cells(found, "phase"))) == [
        "1 Awareness", "2 Acquisition", "3 Interaction", "4 Satisfaction", "5 Conversion",
    ]  # fmt: skip
    by_kpi = dict(zip(cells(found, "kpi"), found.rows, strict=True))
    # All channels of August: 2,000 and 500. LinkedIn has no July, so there is no change.
    impressions = by_kpi["Impressions"]
    assert impressions[found.column("value")] == 2500
    assert "Impressions: Google Ads, LinkedIn;" in found.note
    clicks = by_kpi["Clicks (all)"]
    assert clicks[found.column("value")] == 60
    assert clicks[found.column("change")] == pytest.approx(0.5)
    assert clicks[found.column("rate")] == pytest.approx(0.03)
    assert clicks[found.column("rate_change")] == pytest.approx(-1.0)
    assert by_kpi["No figures in these exports"]


def test_the_steps_of_the_funnel_follow_the_catalogue() -> None:
    kpis = catalogue().kpis
    phases = [kpis[total or rate].phase for total, rate in STEPS]
    assert list(dict.fromkeys(phases)) == [
        "awareness", "acquisition", "interaction", "satisfaction", "conversion",
    ]  # fmt: skip
    for total, rate in STEPS:
        if total and rate:
            assert kpis[total].phase == kpis[rate].phase
        if rate:
            assert kpis[rate].unit == "ratio"


def restatement(
    metric: str, before: float, after: float, on: str = "2026-07-05"
) -> tuple[object, ...]:
    return ("google_ads", "1", "campaign", pd.Timestamp(on), pd.NaT, metric, before, after, "b.csv")


def test_restated_figures_are_told() -> None:
    given = material(ADS, restated=[
        restatement("clicks", 40.0, 50.0),
        restatement("clicks", 100.0, 100.0 + 20.0, "2026-07-06"),
        restatement("impressions", 1000.0, 1001.0),
        restatement("clicks", 0.0, 3.0, "2026-08-05"),
    ])  # fmt: skip
    found = table(quality_tab(given), "Restated")
    assert [row[2:] for row in found.rows] == [
        ("Clicks (all), August 2026 (by campaign)", 0, 3, None),
        ("Clicks (all), July 2026 (by campaign)", 140, 170, pytest.approx(30 / 140)),
        ("Impressions, July 2026 (by campaign)", 1000, 1001, pytest.approx(0.001)),
    ]


def test_nothing_restated_shows_no_table() -> None:
    assert [found.name for found in quality_tab(material(ADS)).tables] == ["Files", "Findings"]


def test_files_that_are_only_remembered_are_one_row_a_platform() -> None:
    def read(file: str, rows: int, *, gone: bool) -> TableReport:
        return TableReport(file, "", "meta_ads_campaign", rows, 1, 2, (), from_history=gone)

    tables = (
        read("a.csv", 5, gone=False),
        read("b.csv", 10, gone=True),
        read("c.csv", 20, gone=True),
    )
    found = table(quality_tab(material(ADS, tables=tables)), "Files")
    assert cells(found, "file") == ["a.csv", "remembered, 2 files"]
    assert (cells(found, "rows"), cells(found, "superseded")) == ([5, 30], [2, 4])
