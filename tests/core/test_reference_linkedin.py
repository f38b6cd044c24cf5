"""The real LinkedIn exports of the reference folder, read from the file to the figures.

Expected values were added up from the files by hand-written readers that know nothing of ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from tracksheet.core.exports import Export, Table, read_export
from tracksheet.core.exports.export import records

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")

DAILY = "linkedin_page_metrics_daily.csv"
POSTS = "linkedin_page_all_posts.csv"
FOLLOWERS = "linkedin_page_followers_stacked.csv"
ADS = "linkedin_ads_creative_report.csv"
CREATOR = "linkedin_creator_en.xlsx"


@cache
def export(file: str) -> Export:
    return read_export(REFERENCE / file)


def table(file: str, profile: str, number: int = 0) -> Table:
    return [t for t in export(file).tables if t.profile == profile][number]


def first(read: Table) -> dict[str, object]:
    return records(read.frame)[0]


@pytest.mark.parametrize(
    ("file", "tables"),
    [
        (DAILY, [("linkedin_page_daily", "day", 60, 0)]),
        (POSTS, [("linkedin_page_posts", "post", 43, 10)]),
        (
            FOLLOWERS,
            [
                ("linkedin_page_followers", "day", 60, 0),
                ("linkedin_page_locations", "audience", 10, 0),
                ("linkedin_page_job_functions", "audience", 10, 0),
                ("linkedin_page_seniorities", "audience", 10, 0),
                ("linkedin_page_industries", "audience", 10, 0),
                ("linkedin_page_company_sizes", "audience", 9, 0),
            ],
        ),
        (ADS, [("linkedin_ads_creative", "ad", 4, 0)]),
        (
            CREATOR,
            [
                ("linkedin_creator_discovery", "total", 1, 0),
                ("linkedin_creator_daily", "day", 365, 0),
                ("linkedin_creator_posts", "post", 45, 0),
                ("linkedin_creator_posts", "post", 45, 0),
                ("linkedin_creator_followers", "day", 365, 0),
                ("linkedin_creator_followers", "day", 1, 0),
                ("linkedin_creator_demographics", "audience", 30, 0),
            ],
        ),
    ],
)
def test_tables(file: str, tables: list[tuple[str, str, int, int]]) -> None:
    read = export(file).tables
    assert [(t.profile, t.grain, len(t.frame), len(t.totals)) for t in read] == tables
    assert [t.unmapped for t in read] == [()] * len(read)


@pytest.mark.parametrize(
    ("file", "profile", "sums"),
    [
        (
            DAILY,
            "linkedin_page_daily",
            {
                "impressions": 5382711,
                "impressions_organic": 528523,
                "impressions_paid": 4854188,
                "clicks": 58650,
                "clicks_organic": 25217,
                "clicks_paid": 33433,
                "likes": 8823,
                "comments": 182,
                "shares": 79,
            },
        ),
        (
            POSTS,
            "linkedin_page_posts",
            {
                "impressions": 753623,
                "clicks": 14321,
                "likes": 1893,
                "comments": 61,
                "shares": 238,
                "video_views": 45860,
            },
        ),
        (
            FOLLOWERS,
            "linkedin_page_followers",
            {"new_followers": 1681, "new_followers_organic": 1626, "new_followers_paid": 55},
        ),
        (FOLLOWERS, "linkedin_page_locations", {"audience_followers": 22267}),
        (FOLLOWERS, "linkedin_page_job_functions", {"audience_followers": 80442}),
        (FOLLOWERS, "linkedin_page_seniorities", {"audience_followers": 101036}),
        (FOLLOWERS, "linkedin_page_industries", {"audience_followers": 52615}),
        (FOLLOWERS, "linkedin_page_company_sizes", {"audience_followers": 94467}),
        (ADS, "linkedin_ads_creative", {"spend": 800, "impressions": 200000, "clicks": 260}),
        (
            CREATOR,
            "linkedin_creator_daily",
            {"impressions": 70416, "interactions_platform": 1255},
        ),
        (CREATOR, "linkedin_creator_followers", {"new_followers": 969}),
    ],
)
def test_sums(file: str, profile: str, sums: dict[str, float]) -> None:
    frame = table(file, profile).frame
    assert {name: frame[name].sum() for name in sums} == sums


@pytest.mark.parametrize(
    ("file", "profile", "values"),
    [
        (
            DAILY,
            "linkedin_page_daily",
            {
                "date": "2025-03-01",
                "impressions": 109745,
                "reach_organic": 1987,
                "clicks": 933,
                "likes": 63,
                "shares": 2,
                "channel": "linkedin",
            },
        ),
        (
            POSTS,
            "linkedin_page_posts",
            {
                "post_id": "2294498071767734980",
                "permalink": "https://www.linkedin.com/feed/update/urn:li:activity:"
                "2294498071767734980",
                "distribution": "Organic",
                "campaign": None,
                "date": "2026-02-27",
                "impressions": 3365,
                "video_views": None,
                "comments": 0,
                "new_followers": None,
                "post_type": None,
            },
        ),
        (
            FOLLOWERS,
            "linkedin_page_followers",
            {"date": "2025-03-01", "new_followers": 16, "new_followers_paid": 2},
        ),
        (
            FOLLOWERS,
            "linkedin_page_locations",
            {"city": "New York City Metropolitan Area", "audience_followers": 3641},
        ),
        (
            FOLLOWERS,
            "linkedin_page_company_sizes",
            {"company_size": "10001+", "audience_followers": 30508},
        ),
        (
            ADS,
            "linkedin_ads_creative",
            {
                "date": "2024-10-01",
                "currency": "USD",
                "campaign_id": "123456789",
                "campaign": "Super ads 2024",
                "ad_group": "Global test",
                "ad": "Ad1",
                "ad_id": "987654321",
                "objective": "Brand awareness",
                "spend": 300,
                "impressions": 80000,
                "clicks": 100,
                "channel": "linkedin_ads",
            },
        ),
        (
            CREATOR,
            "linkedin_creator_daily",
            {"date": "2023-09-18", "impressions": 2, "interactions_platform": 0},
        ),
        (CREATOR, "linkedin_creator_followers", {"date": "2023-08-07", "new_followers": 3}),
    ],
)
def test_first_row(file: str, profile: str, values: dict[str, object]) -> None:
    record = first(table(file, profile))
    assert {name: record[name] for name in values} == values


@pytest.mark.parametrize(
    ("file", "profile", "dates"),
    [
        (DAILY, "linkedin_page_daily", ("2025-03-01", "2025-04-29")),
        (POSTS, "linkedin_page_posts", ("2025-04-15", "2026-02-27")),
        (FOLLOWERS, "linkedin_page_followers", ("2025-03-01", "2025-04-29")),
        (ADS, "linkedin_ads_creative", ("2024-10-01", "2024-10-01")),
        (CREATOR, "linkedin_creator_daily", ("2023-08-07", "2024-08-05")),
        (CREATOR, "linkedin_creator_followers", ("2023-08-07", "2024-08-05")),
    ],
)
def test_dates(file: str, profile: str, dates: tuple[str, str]) -> None:
    column = table(file, profile).frame["date"]
    assert (f"{column.min():%Y-%m-%d}", f"{column.max():%Y-%m-%d}") == dates


@pytest.mark.parametrize("file", [DAILY, POSTS, FOLLOWERS, ADS])
def test_nothing_to_warn_of(file: str) -> None:
    findings = [f for t in export(file).tables for f in t.findings]
    assert [f for f in findings if f.severity != "info"] == []


def test_organic_and_sponsored_are_parts_of_the_total() -> None:
    frame = table(DAILY, "linkedin_page_daily").frame
    for metric in ("impressions", "clicks"):
        parts = frame[f"{metric}_organic"] + frame[f"{metric}_paid"]
        assert (frame[metric] == parts).all()


def test_a_boosted_post_is_not_counted_twice() -> None:
    read = table(POSTS, "linkedin_page_posts")
    assert set(read.frame["distribution"].str.casefold()) == {"organic", "sponsored"}
    assert set(read.totals["distribution"].str.casefold()) == {"total"}
    assert read.frame["post_id"].nunique() == 33
    by_kind = read.frame.groupby(read.frame["distribution"].str.casefold())["impressions"].sum()
    assert by_kind.to_dict() == {"organic": 176407, "sponsored": 577216}
    assert read.totals["impressions"].sum() == 638492
    assert read.frame["impressions"].sum() + read.totals["impressions"].sum() == 1392115  # naive


def test_click_through_rate_from_sums() -> None:
    frame = table(POSTS, "linkedin_page_posts").frame
    assert frame["clicks"].sum() / frame["impressions"].sum() == pytest.approx(0.019003, abs=1e-6)


def test_text_of_posts_keeps_its_lines() -> None:
    text = table(POSTS, "linkedin_page_posts").frame["title"].iloc[0]
    assert text.startswith("🗞️ Fisi'b gnu fidalv")
    assert text.count("\n") > 3


def test_a_location_with_commas_is_one_value() -> None:
    cities = table(FOLLOWERS, "linkedin_page_locations").frame["city"]
    assert "London Area, United Kingdom, United Kingdom" in set(cities)


def test_four_creatives_of_one_id_are_four_rows() -> None:
    frame = table(ADS, "linkedin_ads_creative").frame
    assert dict(zip(frame["ad"], frame["spend"], strict=True)) == {
        "Ad1": 300,
        "Ad2": 100,
        "Ad3": 250,
        "Ad4": 150,
    }
    assert frame["spend"].sum() / frame["clicks"].sum() == pytest.approx(3.076923)


def test_when_the_report_was_made() -> None:
    assert export(ADS).made == pd.Timestamp("2024-11-19 15:22")


def test_the_whole_period_of_a_creator() -> None:
    record = first(table(CREATOR, "linkedin_creator_discovery"))
    assert (record["impressions"], record["reach"]) == (70416, 28517)
    assert (record["date"], record["date_end"]) == ("2023-08-07", "2024-08-05")


def test_followers_stated_above_the_table() -> None:
    record = first(table(CREATOR, "linkedin_creator_followers", 1))
    assert (record["date"], record["followers"]) == ("2024-08-05", 782)


def test_two_tables_side_by_side() -> None:
    by_engagements = table(CREATOR, "linkedin_creator_posts", 0)
    by_impressions = table(CREATOR, "linkedin_creator_posts", 1)
    left, right = first(by_engagements), first(by_impressions)
    assert (left["post_id"], left["interactions_platform"]) == ("6684648879470934815", 146)
    assert (right["post_id"], right["impressions"]) == ("6684648879470934815", 12463)
    assert left["date"] == right["date"] == "2024-06-07"
    # The last three have fallen out of LinkedIn's memory: a link and nothing else.
    assert by_engagements.frame["interactions_platform"].notna().sum() == 45
    assert by_impressions.frame["impressions"].notna().sum() == 42


def test_shares_of_the_audience_are_fractions_and_below_one_percent_is_empty() -> None:
    read = table(CREATOR, "linkedin_creator_demographics")
    record = first(read)
    assert record["audience_kind"] == "Job titles"
    assert record["audience_group"] == "Data Analyst"
    assert record["audience_share"] == pytest.approx(0.12722645699977875)
    assert read.frame["audience_share"].notna().sum() == 29
    assert any("< 1%" in finding.message for finding in read.findings)


# --- Files of our own in shapes that the reference folder lacks -----------------------------------


def test_campaign_report_in_utf16_with_tabs(tmp_path: Path) -> None:
    """What Campaign Manager itself writes; the reference file went through another program."""
    path = tmp_path / "report.csv"
    path.write_bytes(
        (
            "Campaign Performance Report (in UTC)\n"
            "Report Start: March 1, 2026, 12:00 AM\n"
            "Report End: March 2, 2026, 11:59 PM\n"
            "Date Generated: March 9, 2026, 8:00 AM\n"
            "\n"
            "Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Group Name\tCampaign Name\t"
            "Total Spent\tImpressions\tClicks\tClick Through Rate\n"
            '3/1/2026\tAcme\tEUR\tSpring\tLyon\t"1,200.50"\t80000\t100\t0.13%\n'
            "3/2/2026\tAcme\tEUR\tSpring\tLyon\t99.50\t20000\t30\t0.15%\n"
        ).encode("utf-16")
    )
    read = read_export(path)
    assert (read.encoding, read.delimiter) == ("utf-16le", "\t")
    (only,) = read.tables
    assert (only.profile, only.grain, only.unmapped) == ("linkedin_ads_campaign", "ad_group", ())
    assert only.frame["spend"].tolist() == [1200.5, 99.5]
    assert only.frame["date"].dt.month.tolist() == [3, 3]


def test_visitors_and_their_sections(tmp_path: Path) -> None:
    path = tmp_path / "visitors.csv"
    path.write_text(
        "Date,Overview page views (total),Life page views (total),Total page views (desktop),"
        "Total page views (mobile),Total page views (total),Total unique visitors (total)\n"
        "02/13/2026,8,2,6,4,10,7\n"
        "02/14/2026,3,0,2,1,3,3\n",
        encoding="utf-8",
    )
    (only,) = read_export(path).tables
    assert (only.profile, only.unmapped) == ("linkedin_page_visitors", ())
    assert only.frame["page_views"].tolist() == [10, 3]
    assert only.frame["visitors"].tolist() == [7, 3]


def test_a_total_without_its_parts_is_a_row(tmp_path: Path) -> None:
    """Only where Organic or Sponsored of the same post are there is "Total" their sum."""
    path = tmp_path / "posts.csv"
    path.write_text(
        "Post title,Post link,Post type,Created date,Impressions,Clicks\n"
        "Hello,https://www.linkedin.com/feed/update/urn:li:activity:1,Total,02/27/2026,50,5\n"
        "World,https://www.linkedin.com/feed/update/urn:li:activity:2,Organic,02/27/2026,20,1\n"
        "World,https://www.linkedin.com/feed/update/urn:li:activity:2,Total,02/27/2026,20,1\n",
        encoding="utf-8",
    )
    (only,) = read_export(path).tables
    assert only.frame["impressions"].tolist() == [50, 20]
    assert only.totals["impressions"].tolist() == [20]


def test_the_workbook_that_linkedin_writes(tmp_path: Path) -> None:
    """Two sheets, each with a note above its header."""
    path = tmp_path / "acme_content.xlsx"
    sheets = {
        "Metrics": [
            ["Aggregated engagement metrics for your organic and sponsored posts over time."],
            ["Date", "Impressions (organic)", "Impressions (sponsored)", "Impressions (total)",
             "Unique impressions (organic)", "Clicks (total)", "Reactions (total)"],
            ["02/13/2026", 10, 5, 15, 8, 2, 1],
            ["02/14/2026", 20, 0, 20, 12, 3, 4],
        ],
        "All posts": [
            ["Engagement metrics for individual posts."],
            ["Post title", "Post link", "Post type", "Created date", "Impressions", "Clicks"],
            ["Hello", "https://www.linkedin.com/feed/update/urn:li:share:7000000000000000001/",
             "Organic", "02/13/2026", 30, 5],
        ],
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    days, posts = read_export(path).tables
    assert (days.profile, days.unmapped) == ("linkedin_page_daily", ())
    assert days.frame["impressions"].tolist() == [15, 20]
    assert (posts.profile, posts.unmapped) == ("linkedin_page_posts", ())
    assert posts.frame["post_id"].tolist() == ["7000000000000000001"]


def test_spanish_content_by_day(tmp_path: Path) -> None:
    path = tmp_path / "indicadores.csv"
    path.write_text(
        "Fecha,Impresiones (orgánicas),Impresiones (patrocinadas),Impresiones totales,"
        "Impresiones únicas (orgánicas),Clics (Totales),Reacciones (total),Comentarios (totales),"
        "Veces compartido (total),Tasa de interacción (total)\n"
        "02/13/2026,10,5,15,8,2,1,0,1,0.27\n",
        encoding="utf-8",
    )
    (only,) = read_export(path).tables
    assert (only.profile, only.unmapped) == ("linkedin_page_daily", ())
    (record,) = records(only.frame)
    expected = {"date": "2026-02-13", "impressions": 15, "reach_organic": 8, "shares": 1}
    assert {name: record[name] for name in expected} == expected
