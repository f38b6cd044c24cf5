"""The tabs of the report: what they say about a small project, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tracksheet.core.catalogue import catalogue
from tracksheet.core.exports import ReadOptions
from tracksheet.core.plain import number
from tracksheet.core.report import Report, ReportTable, Tab, Value
from tracksheet.labels import label
from tracksheet.refresh import NothingToReport, default_kpis, make_dataset, write_report
from tracksheet.samples import write_samples
from tracksheet.tabs import TABS, Material, build_report


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    files = [sample.path for sample in write_samples(tmp_path_factory.mktemp("exports"))]
    dataset = make_dataset(files, lambda file: ReadOptions())
    return Material(dataset, "en", "Report", "month", default_kpis())


@pytest.fixture(scope="module")
def report(material: Material) -> Report:
    return build_report(material)


def tables(report: Report) -> Iterator[tuple[Tab, ReportTable]]:
    for tab in report.tabs:
        for table in tab.tables:
            yield tab, table


def table(report: Report, name: str) -> ReportTable:
    return next(table for _, table in tables(report) if table.name == name)


def column(found: ReportTable, key: str) -> dict[Value, Value]:
    """A column by the channel of its row."""
    place, channel = found.column(key), found.column("channel")
    return {row[channel]: row[place] for row in found.rows}


def test_every_tab_is_there(report: Report) -> None:
    assert report.overview is not None
    assert [report.overview.name, *(tab.name for tab in report.tabs)] == [
        "Overview", "Channels", "Periods", "Funnel", "Posts", "All posts", "Engagement rates",
        "Targets", "Coverage", "Data quality", "Data",
    ]  # fmt: skip
    assert len(report.tabs) == len(TABS) - 1, "nobody wrote a note, so there is no tab of notes"


def test_every_tab_is_explained(report: Report) -> None:
    text = (Path(__file__).parents[2] / "docs" / "workbook.md").read_text("utf-8")
    assert {tab.name for tab in report.tabs if f"| {tab.name} |" not in text} == set()


@pytest.mark.parametrize("period", ["range", "year", "week"])
def test_a_report_cuts_time_as_asked(material: Material, period: str) -> None:
    rows = material.dataset.rows[material.dataset.rows["channel"] == "facebook"]
    report = build_report(
        replace(material, period=period, dataset=replace(material.dataset, rows=rows))
    )
    assert report.overview is not None
    assert ("Periods" in [tab.name for tab in report.tabs]) == (period != "range")
    data = table(report, "Data")
    starts = {row[data.column("start")] for row in data.rows}
    assert (starts == {None}) == (period == "range")


def test_names_of_tables_are_unique(report: Report) -> None:
    names = [table.name.casefold() for _, table in tables(report)]
    assert len(set(names)) == len(names)


def test_headings_of_a_table_are_unique(report: Report) -> None:
    for _, found in tables(report):
        headings = [one.heading.casefold() for one in found.columns]
        assert len(set(headings)) == len(headings), found.name


def test_every_row_is_as_wide_as_its_table(report: Report) -> None:
    for _, found in tables(report):
        assert {len(row) for row in found.rows} <= {len(found.columns)}


def test_every_kpi_column_explains_itself(report: Report) -> None:
    for tab, found in tables(report):
        for one in found.columns:
            if tab.name in ("Channels", "Periods", "Funnel") and one.key in catalogue().kpis:
                assert catalogue().kpis[one.key].formula in one.note or one.unit == "count"


def test_people_are_bounded_where_they_cannot_be_added(report: Report) -> None:
    found = table(report, "Channels_awareness")
    reach, low, high = (column(found, key) for key in ("reach", "reach_low", "reach_high"))
    assert reach["Instagram"] is None
    assert isinstance(low["Instagram"], int | float)
    assert isinstance(high["Instagram"], int | float)
    assert low["Instagram"] < high["Instagram"]


def test_charts_point_to_columns_that_exist(report: Report) -> None:
    for tab in report.tabs:
        by_name = {found.name: found for found in tab.tables}
        for chart in tab.charts:
            for key in (chart.category, *chart.series):
                by_name[chart.table].column(key)


def test_the_data_tab_has_one_row_a_kpi_channel_and_period(report: Report) -> None:
    found = table(report, "Data")
    assert [one.heading for one in found.columns][:7] == [
        "period", "start", "channel", "kpi", "name", "value", "unit",
    ]  # fmt: skip
    keys = [(row[0], row[2], row[3]) for row in found.rows]
    assert len(set(keys)) == len(keys)
    channels = table(report, "Range_interaction")
    summed = sum(
        row[5]
        for row in found.rows
        if row[2] == "instagram" and row[3] == "interactions" and isinstance(row[5], int | float)
    )
    assert summed == column(channels, "interactions")["Instagram"]


def test_superseded_rows_are_said(report: Report) -> None:
    files, findings = table(report, "Files"), table(report, "Findings")
    place = files.column("superseded")
    assert any(row[place] for row in files.rows)
    assert any("instagram_posts_aug-sep.csv" in str(row[-1]) for row in findings.rows)


@pytest.mark.parametrize("stage", ["ToFu", "MoFu", "BoFu"])
def test_the_funnel_shows_kpis_at_their_stage(stage: str, report: Report) -> None:
    shown = {
        one.key
        for tab, found in tables(report)
        if tab.name == "Funnel" and found.name.startswith(stage)
        for one in found.columns
    } & set(catalogue().kpis)
    assert shown
    assert {catalogue().kpis[name].stage for name in shown} == {stage}


def test_posts_are_sorted_and_hold_their_rates(report: Report) -> None:
    found = table(report, "Posts")
    place = found.column("interactions")
    values = [cell for cell in (number(row[place]) for row in found.rows) if cell is not None]
    assert values == sorted(values, reverse=True)
    reach, likes = found.column("reach"), found.column("likes")
    assert any(row[reach] is not None and row[likes] is not None for row in found.rows)


def test_french_labels_everywhere(material: Material) -> None:
    french = build_report(
        Material(material.dataset, "fr", "Rapport", material.period, material.headline)
    )
    assert next(tab.name for tab in french.tabs) == "Canaux"
    headings = {one.heading for _, found in tables(french) for one in found.columns}
    assert {"Canal", "Mois", "Abonnés"} <= headings
    english = {kpi.en for kpi in catalogue().kpis.values()} - {
        kpi.fr for kpi in catalogue().kpis.values()
    }
    assert not headings & english


def test_labels_exist_in_both_languages() -> None:
    from tracksheet.word_files import words_in

    for group, entries in words_in("labels.toml").items():
        for name, words in entries.items():
            assert words.keys() == {"en", "fr"}, f"{group}.{name}"
            assert label(group, name, "fr")


def test_the_default_kpis_exist() -> None:
    assert [catalogue().kpi(name).id for name in default_kpis()] == list(default_kpis())


def test_a_report_without_posts_has_no_posts_tab(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(
        "Reporting starts,Reporting ends,Campaign name,Impressions,Amount spent (EUR)\n"
        "2026-06-01,2026-06-30,Summer,1000,20.00\n",
        encoding="utf-8",
    )
    dataset = make_dataset([path], lambda file: ReadOptions())
    built = build_report(Material(dataset, "en", "Report", "month", default_kpis()))
    names = [tab.name for tab in built.tabs]
    assert "Posts" not in names
    assert "Engagement rates" not in names


@pytest.mark.parametrize(
    "text",
    [
        "Campaign,Likes,Impressions\nA,10,1000\n",  # neither date nor channel
        "Date,Likes,Impressions\n2026-06-01,10,1000\n",
        "Channel,Likes\nInstagram,10\n",
        "Top countries\nFrance,Belgium\n75.1,5.9\n",  # shares of an audience: no KPI by channel
    ],
)
@pytest.mark.parametrize("period", ["month", "week"])
def test_data_without_dates_or_channels_makes_a_report(
    text: str, period: str, tmp_path: Path
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    dataset = make_dataset([path], lambda file: ReadOptions())
    written = write_report(dataset, tmp_path / "report.xlsx", period=period)
    assert written.path.is_file()


def test_files_without_any_figure_are_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_text("channel,utm_source,full_url\na,b,https://example.org/\n", encoding="utf-8")
    with pytest.raises(NothingToReport, match="no figures"):
        make_dataset([path], lambda file: ReadOptions())
