"""The real Google exports of the reference folder: GA4, Universal Analytics, Ads, Search Console.

Expected values were added up from the files by hand-written readers that know nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from tracksheet.core.exports import Export, Table, read_export

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"

needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")


@dataclass(frozen=True, slots=True)
class Case:
    """What a file of one table must read as; `first` is its first row."""

    file: str
    profile: str
    grain: str
    rows: int
    sums: dict[str, float]
    first: dict[str, object]
    dates: tuple[str, str] | None = None  # first and last day of the column `date`
    totals: int = 0
    unmapped: tuple[str, ...] = ()
    aside: tuple[str, ...] = field(default=())  # headers that must go nowhere


CASES = (
    Case(
        "ga4_daily_users_unsorted.csv",
        "ga4_days",
        "day",
        30,
        {"events": 169687, "users": 46657, "new_users": 40047, "returning_users": 4234},
        {
            "date": "2023-10-10",
            "events": 11338,
            "users": 2831,
            "new_users": 2539,
            "returning_users": 309,
            "channel": "web",
        },
        ("2023-10-05", "2024-02-12"),
        aside=("Event count per user", "Average session duration"),
    ),
    Case(
        "ga4_events_comment_header.csv",
        "ga4_events",
        "event",
        30,
        {"events": 304795, "users": 121038, "revenue": 0},
        {
            "event": "page_view",
            "events": 129094,
            "users": 29418,
            "date": "2023-01-01",
            "date_end": "2023-12-31",
        },
        ("2023-01-01", "2023-01-01"),
        aside=("Event count per user",),
    ),
    Case(
        "ga4_traffic_acquisition_user_notes.csv",
        "ga4_channel_groups",
        "channel_group",
        6,
        {
            "users": 596,
            "sessions": 907,
            "engaged_sessions": 573,
            "events": 6791,
            "conversions": 0,
            "revenue": 0,
        },
        {
            "channel_group": "Organic Search",
            "users": 309,
            "sessions": 482,
            "engaged_sessions": 323,
            "events": 3221,
            "date": "2023-06-25",
            "date_end": "2023-07-02",
        },
        ("2023-06-25", "2023-06-25"),
        aside=("Engagement rate", "Engaged sessions per user", "Events per session"),
    ),
    Case(
        "ua_campaign_source_medium_2015.csv",
        "ua_campaign_source_mediums",
        "ua_campaign_source_medium",
        25,
        {"sessions": 858, "new_users": 689},
        {
            "campaign": "(not set)",
            "source_medium": "(direct) / (none)",
            "sessions": 333,
            "new_users": 272,
            "channel": "web",
        },
        unmapped=(
            "csdContactFormSubmit (Goal 1 Conversion Rate)",
            "csdContactFormSubmit (Goal 1 Completions)",
            "csdContactFormSubmit (Goal 1 Starts)",
        ),
        aside=("%New Sessions", "Bounce Rate", "Pages/Session", "Avg. Session Duration"),
    ),
    Case(
        "google_ads_campaign_report_totals.csv",
        "google_ads_campaigns",
        "campaign",
        2,
        {"impressions": 46168, "interactions_platform": 22061, "spend": 2565.93, "conversions": 15},
        {
            "status": "Enabled",
            "campaign": "Video views - 2025-07-19",
            "currency": "INR",
            "impressions": 25881,
            "interactions_platform": 20127,
            "spend": 1661.67,
            "conversions": 0,
            "date": "2025-07-08",
            "date_end": "2025-07-31",
            "channel": "google_ads",
        },
        ("2025-07-08", "2025-07-08"),
        totals=4,
        aside=("Interaction rate", "TrueView avg. CPV", "Avg. CPM", "Cost / conv.", "Conv. rate"),
    ),
    Case(
        "google_ads_campaign_report_zero_rows.csv",
        "google_ads_campaigns",
        "campaign",
        3,
        {"impressions": 0, "clicks": 0, "spend": 0, "conversions": 0},
        {
            "campaign": "sample-campaign",
            "currency": "EUR",
            "impressions": 0,
            "spend": 0,
            "date": "2026-03-27",
            "date_end": "2026-04-23",
        },
        ("2026-03-27", "2026-03-27"),
        totals=3,
        aside=("CTR", "Avg. CPC"),
    ),
    Case(
        "google_ads_overview_time_series_us_dollar_prefix.csv",
        "google_ads_days",
        "day",
        6,
        {"clicks": 91, "impressions": 299, "spend": 139.67},
        {"date": "2026-02-05", "clicks": 0, "impressions": 0, "spend": 0, "currency": "USD"},
        ("2026-02-05", "2026-02-10"),
        aside=("Avg. CPC",),
    ),
    Case(
        "gsc_fr_dates.csv",
        "search_console_days",
        "day",
        60,
        {"clicks": 402350, "impressions": 22705534},
        {
            "date": "2025-02-05",
            "clicks": 6443,
            "impressions": 371375,
            "position": 23.8,
            "channel": "search",
        },
        ("2024-12-08", "2025-02-05"),
        aside=("CTR",),
    ),
    Case(
        "gsc_fr_requetes.csv",
        "search_console_queries",
        "query",
        60,
        {"clicks": 201150, "impressions": 2468306},
        {"query": "pneumaxx tires", "clicks": 54833, "impressions": 345693, "position": 1.46},
        aside=("CTR",),
    ),
)


@cache
def export(file: str) -> Export:
    return read_export(REFERENCE / file)


def table(file: str) -> Table:
    (only,) = export(file).tables
    return only


def record(read: Table, position: int = 0) -> dict[str, object]:
    return read.as_dict()["records"][position]  # type: ignore[index, no-any-return]


every_case = pytest.mark.parametrize("case", CASES, ids=[case.file for case in CASES])


@needs_reference
@every_case
def test_profile_rows_and_totals(case: Case) -> None:
    read = table(case.file)
    assert (read.profile, read.grain) == (case.profile, case.grain)
    assert (len(read.frame), len(read.totals)) == (case.rows, case.totals)
    assert read.unmapped == case.unmapped


@needs_reference
@every_case
def test_sums(case: Case) -> None:
    frame = table(case.file).frame
    found = {name: frame[name].sum() for name in case.sums}
    assert found == pytest.approx(case.sums, abs=1e-9)


@needs_reference
@every_case
def test_first_row(case: Case) -> None:
    first = record(table(case.file))
    assert {name: first[name] for name in case.first} == case.first


@needs_reference
@every_case
def test_dates(case: Case) -> None:
    frame = table(case.file).frame
    if case.dates is None:
        assert "date" not in frame
        return
    found = (f"{frame['date'].min():%Y-%m-%d}", f"{frame['date'].max():%Y-%m-%d}")
    assert found == case.dates


@needs_reference
@every_case
def test_means_and_ratios_go_nowhere(case: Case) -> None:
    placed = {column.name: column.metric for column in table(case.file).columns}
    assert {header: placed[header] for header in case.aside} == dict.fromkeys(case.aside)


# ---------------------------------------------------------------- GA4


@needs_reference
def test_days_sorted_by_users_keep_their_own_date() -> None:
    frame = table("ga4_daily_users_unsorted.csv").frame.set_index("date")
    assert frame["users"][pd.Timestamp("2024-02-12")] == 1595
    assert frame["users"][pd.Timestamp("2023-10-05")] == 1386


@needs_reference
def test_notes_under_the_table_are_left_out_and_said() -> None:
    read = table("ga4_traffic_acquisition_user_notes.csv")
    assert read.frame["channel_group"].tolist() == [
        "Organic Search",
        "Direct",
        "Referral",
        "Organic Social",
        "Unassigned",
        "Email",
    ]
    assert any("8 lines under the table" in finding.message for finding in read.findings)


@needs_reference
def test_engagement_rate_comes_from_sums() -> None:
    frame = table("ga4_traffic_acquisition_user_notes.csv").frame
    rate = frame["engaged_sessions"].sum() / frame["sessions"].sum()
    assert rate == pytest.approx(0.631753, abs=1e-6)


@needs_reference
def test_engagement_time_is_weighted_by_sessions() -> None:
    frame = table("ga4_traffic_acquisition_user_notes.csv").frame
    average = frame["engagement_time_s"].sum() / frame["sessions"].sum()
    assert average == pytest.approx(57.9129, abs=1e-4)


# profile, rows, what the figures of the table add up to
SNAPSHOT: tuple[tuple[str, int, dict[str, float]], ...] = (
    ("ga4_nth_days", 36, {"users": 600}),
    ("ga4_nth_days", 36, {"new_users": 443}),
    ("ga4_nth_days", 36, {}),  # Average engagement time
    ("ga4_nth_days", 36, {"revenue": 0}),
    ("ga4_active_users_trend", 36, {}),
    ("ga4_first_user_channel_groups", 3, {"new_users": 443}),
    ("ga4_channel_groups", 4, {"sessions": 816}),
    ("ga4_country_ids", 11, {"users": 486}),
    ("ga4_countries", 7, {"users": 482}),
    ("ga4_page_titles", 1, {"page_views": 2369}),
    ("ga4_events", 8, {"events": 6299}),
    ("ga4_cohorts", 6, {}),
)


@needs_reference
def test_snapshot_has_each_of_its_tables() -> None:
    filled = [read for read in export("ga4_snapshot_en.csv").tables if len(read.frame)]
    assert [(read.profile, len(read.frame)) for read in filled] == [
        (profile, rows) for profile, rows, _ in SNAPSHOT
    ]


@needs_reference
@pytest.mark.parametrize("position", range(len(SNAPSHOT)), ids=[p for p, *_ in SNAPSHOT])
def test_snapshot_sums(position: int) -> None:
    filled = [read for read in export("ga4_snapshot_en.csv").tables if len(read.frame)]
    frame, expected = filled[position].frame, SNAPSHOT[position][2]
    figures = set(frame) - {
        "line",
        "date",
        "date_end",
        "channel",
        "channel_group",
        "country",
        "page",
        "event",
        "account_name",
    }
    assert figures == set(expected)
    assert {name: frame[name].sum() for name in expected} == expected


@needs_reference
def test_snapshot_empty_tables_have_no_rows() -> None:
    empty = [read for read in export("ga4_snapshot_en.csv").tables if not len(read.frame)]
    assert [read.profile for read in empty] == ["ga4_events", "ga4_items", "ga4_platforms"]


@needs_reference
def test_nth_day_counts_from_the_start_date() -> None:
    frame = export("ga4_snapshot_en.csv").tables[0].frame
    assert frame["date"].iloc[0] == pd.Timestamp("2023-10-08")
    assert frame["date"].iloc[35] == pd.Timestamp("2023-11-12")
    assert frame["users"].iloc[8] == 104
    assert "day_index" not in frame


@needs_reference
def test_snapshot_tables_of_a_period_carry_it() -> None:
    filled = [read for read in export("ga4_snapshot_en.csv").tables if len(read.frame)]
    groups = filled[6].frame
    assert set(groups["date"]) == {pd.Timestamp("2023-10-08")}
    assert set(groups["date_end"]) == {pd.Timestamp("2023-11-12")}
    cohorts = filled[-1].frame  # another period than the tables above it
    assert set(cohorts["date"]) == {pd.Timestamp("2023-10-01")}


FRENCH_GA4 = """# ----------------------------------------
# Acquisition de trafic : Groupe de canaux par défaut de la session
# Compte : Boutique
# Propriété : Boutique - GA4
# ----------------------------------------
#
# Tous les utilisateurs
# Date de début : 20260701
# Date de fin : 20260731
Groupe de canaux par défaut de la session,Sessions,Sessions avec engagement,Taux d'engagement,\
Durée d'engagement moyenne par session,Nombre d'événements,Événements clés,Revenu total
Organic Social,410,205,0.5,30.5,2000,12,640.5
Direct,363,121,0.333333,12,1500,3,0
"""


def test_french_traffic_acquisition(tmp_path: Path) -> None:
    path = tmp_path / "data-export.csv"
    path.write_text(FRENCH_GA4.replace("\\\n", ""), encoding="utf-8")
    (read,) = read_export(path).tables
    assert (read.profile, len(read.frame), read.unmapped) == ("ga4_channel_groups", 2, ())
    expected = {
        "channel_group": "Organic Social",
        "sessions": 410,
        "engaged_sessions": 205,
        "engagement_time_s": 410 * 30.5,
        "events": 2000,
        "conversions": 12,
        "revenue": 640.5,
        "date": "2026-07-01",
        "date_end": "2026-07-31",
    }
    first = record(read)
    assert {name: first[name] for name in expected} == expected


GA4_TABLES = (
    (
        "Date,Session default channel group,Sessions\n20260701,Direct,5\n20260702,Direct,7\n",
        "ga4_channel_groups_by_day",
        "channel_group_day",
    ),
    (
        "Session source / medium,Sessions\ngoogle / cpc,5\nnaver / organic,7\n",
        "ga4_source_mediums",
        "source_medium",
    ),
    (
        "Session campaign,Session source / medium,Sessions\nspring,google / cpc,5\nfall,a / b,7\n",
        "ga4_campaign_source_mediums",
        "campaign_source_medium",
    ),
    ("Landing page,Sessions,Active users\n/,5,4\n/shop,7,7\n", "ga4_landing_pages", "landing_page"),
    ("Device category,Active users,Sessions\nmobile,4,5\ndesktop,6,7\n", "ga4_devices", "device"),
    (
        "Source / Medium,Users,New Users,Sessions\na / b,4,3,5\nc / d,6,1,7\n",
        "ua_source_mediums",
        "ua_source_medium",
    ),
)


@pytest.mark.parametrize(
    ("text", "profile", "grain"), GA4_TABLES, ids=[profile for _, profile, _ in GA4_TABLES]
)
def test_each_dimension_is_a_grain_of_its_own(
    tmp_path: Path, text: str, profile: str, grain: str
) -> None:
    path = tmp_path / "data-export.csv"
    path.write_text("# Start date: 20260701\n# End date: 20260731\n" + text, encoding="utf-8")
    (read,) = read_export(path).tables
    assert (read.profile, read.grain, read.unmapped) == (profile, grain, ())
    assert read.frame["sessions"].sum() == 12


# ---------------------------------------------------------------- Universal Analytics


@needs_reference
@pytest.mark.parametrize(
    ("source_medium", "sessions"),
    [
        ("(direct) / (none)", 333),
        ("google / organic", 103),
        ("facebook / paid", 101),
        ("google / paid", 89),
        ("m.facebook.com / referral", 10),
        ("Trial Promoter Email - IRB-approved Project / email", 2),
    ],
)
def test_ua_sessions_by_source(source_medium: str, sessions: int) -> None:
    frame = table("ua_campaign_source_medium_2015.csv").frame
    assert frame.loc[frame["source_medium"] == source_medium, "sessions"].sum() == sessions


@needs_reference
def test_ua_sessions_by_campaign() -> None:
    frame = table("ua_campaign_source_medium_2015.csv").frame
    assert frame.groupby("campaign")["sessions"].sum().to_dict() == {
        "(not set)": 634,
        "99c5bdc872-Trial_Promoter_email_9_9_2015": 2,
        "buffer": 1,
        "trial-promoter": 221,
    }


@needs_reference
def test_ua_a_goal_can_be_named_a_conversion() -> None:
    from tracksheet.core.exports import ReadOptions

    goal = "csdContactFormSubmit (Goal 1 Completions)"
    options = ReadOptions(columns={goal: "conversions"})
    (read,) = read_export(REFERENCE / "ua_campaign_source_medium_2015.csv", options=options).tables
    assert read.frame["conversions"].sum() == 9
    assert goal not in read.unmapped


# ---------------------------------------------------------------- Google Ads


@needs_reference
def test_total_rows_are_kept_apart() -> None:
    read = table("google_ads_campaign_report_totals.csv")
    assert read.totals["spend"].tolist() == [2565.92, 2565.92, 1661.67, 904.26]
    assert read.totals["impressions"].tolist() == [46168, 46168, 25881, 20287]
    assert read.frame["campaign"].tolist() == ["Video views - 2025-07-19", "Sample campaign A"]


@needs_reference
def test_rows_and_totals_agree_to_the_cent() -> None:
    warned = [
        finding.message
        for finding in table("google_ads_campaign_report_totals.csv").findings
        if finding.severity == "warning"
    ]
    assert warned == []


@needs_reference
def test_campaigns_of_the_same_name_stay_apart() -> None:
    frame = table("google_ads_campaign_report_zero_rows.csv").frame
    assert frame["campaign"].tolist() == [
        "sample-campaign",
        "sample-campaign",
        "Καμπάνια Δείγμα",
    ]


FRENCH_ADS = """Rapport sur les campagnes
"1 juillet 2026 - 31 juillet 2026"
État de la campagne;Campagne;Code de devise;Impr.;Clics;CPC moy.;Coût;Conversions;Valeur de conv.
Activée;Vélo – été;EUR;25 881;1 204;0,41;1 661,67;12,50;3 200,00
Activée;Marque;EUR;20 287;934;0,97;904,26;15,00;1 100,40
Total : campagnes; --;EUR;46 168;2 138;0,58;2 565,93;27,50;4 300,40
Total : compte; --;EUR;46 168;2 138;0,58;2 565,93;27,50;4 300,40
"""


def test_french_campaign_report(tmp_path: Path) -> None:
    path = tmp_path / "Rapport sur les campagnes.csv"
    path.write_text(FRENCH_ADS, encoding="utf-8")
    (read,) = read_export(path).tables
    assert (read.profile, len(read.frame), len(read.totals)) == ("google_ads_campaigns", 2, 2)
    first = record(read)
    expected = {
        "campaign": "Vélo – été",
        "currency": "EUR",
        "impressions": 25881,
        "clicks": 1204,
        "spend": 1661.67,
        "conversions": 12.5,
        "revenue": 3200,
        "date": "2026-07-01",
        "date_end": "2026-07-31",
    }
    assert {name: first[name] for name in expected} == expected
    assert read.unmapped == ()


ADS_TABLES = (
    (
        "campaigns by day",
        "Day,Campaign,Currency code,Impr.,Clicks,Cost\n"
        '2026-07-01,Bike,EUR,100,5,1.50\n2026-07-02,Bike,EUR,"1,200",6,2.25\n',
        ("google_ads_campaigns_by_day", "campaign_day", 2, 3.75, 0),
    ),
    (
        "ad groups",
        'Ad group report\n"July 1, 2026 - July 31, 2026"\n'
        "Ad group status,Ad group,Campaign,Currency code,Impr.,Clicks,Cost\n"
        "Enabled,Road,Bike,EUR,100,5,1.50\nEnabled,City,Bike,EUR,50,1,0.25\n"
        "Total: Ad groups, --, --,EUR,150,6,1.75\n",
        ("google_ads_ad_groups", "ad_group", 2, 1.75, 1),
    ),
    (
        "micros",  # 134200000 is 134.20, as the screen shows
        "Campaign,Cost (micros),Impr.,Clicks\nBike,134200000,1000,50\nCity,800000,10,1\n",
        ("google_ads_campaigns", "campaign", 2, 135.0, 0),
    ),
    (
        "search terms",
        "Search term,Campaign,Ad group,Currency code,Impr.,Clicks,Cost\n"
        "bike paris,Bike,Road,EUR,10,2,0.80\ntotal bike,Bike,Road,EUR,4,1,0.40\n",
        ("google_ads_search_terms", "query", 2, 1.2, 0),
    ),
)


@pytest.mark.parametrize(("name", "text", "expected"), ADS_TABLES, ids=[n for n, *_ in ADS_TABLES])
def test_other_google_ads_tables(
    tmp_path: Path, name: str, text: str, expected: tuple[str, str, int, float, int]
) -> None:
    path = tmp_path / "report.csv"
    path.write_text(text, encoding="utf-8")
    (read,) = read_export(path).tables
    spend = round(float(read.frame["spend"].sum()), 6)
    assert (read.profile, read.grain, len(read.frame), spend, len(read.totals)) == expected
    assert read.unmapped == ()


# ---------------------------------------------------------------- Search Console


@needs_reference
@pytest.mark.parametrize(
    ("file", "position", "plain_mean"),
    [
        ("gsc_fr_dates.csv", 21.101989, 21.185333),
        ("gsc_fr_requetes.csv", 4.432245, 4.019167),
    ],
)
def test_position_is_weighted_by_impressions(file: str, position: float, plain_mean: float) -> None:
    frame = table(file).frame
    weighted = frame["position_weighted"].sum() / frame["impressions"].sum()
    assert weighted == pytest.approx(position, abs=1e-6)
    assert frame["position"].mean() == pytest.approx(plain_mean, abs=1e-6)


SEARCH_TABLES = (
    (
        "fr pages",
        "Pages les plus populaires,Clics,Impressions,CTR,Position\n"
        "https://example.org/,5,100,5%,3.2\n",
        "search_console_pages",
        "page",
    ),
    (
        "en countries",
        "Country,Clicks,Impressions,CTR,Position\nFrance,5,100,5%,3.2\n",
        "search_console_countries",
        "country",
    ),
    (
        "en devices",
        "Device,Clicks,Impressions,CTR,Position\nMobile,5,100,5%,3.2\n",
        "search_console_devices",
        "device",
    ),
    (
        "de queries",
        "Häufigste Suchanfragen;Klicks;Impressionen;Klickrate;Durchschnittliche Position\n"
        "fahrrad;5;100;5,0 %;3,2\n",
        "search_console_queries",
        "query",
    ),
    (
        "es queries",
        "Consultas principales,Clics,Impresiones,CTR,Posición media\nbicicleta,5,100,5%,3.2\n",
        "search_console_queries",
        "query",
    ),
    (
        "en dates",
        "Date,Clicks,Impressions,CTR,Position\n2026-07-13,5,100,5%,3.2\n",
        "search_console_days",
        "date",
    ),
)


@pytest.mark.parametrize(
    ("name", "text", "profile", "dimension"), SEARCH_TABLES, ids=[n for n, *_ in SEARCH_TABLES]
)
def test_other_search_console_tables(
    tmp_path: Path, name: str, text: str, profile: str, dimension: str
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    (read,) = read_export(path).tables
    assert (read.profile, read.unmapped) == (profile, ())
    assert read.frame[["clicks", "impressions", "position", "position_weighted"]].iloc[
        0
    ].tolist() == [5, 100, 3.2, 320]
    assert dimension in read.frame


def test_people_do_search_for_the_word_total(tmp_path: Path) -> None:
    """Search Console prints no total rows: "total" and "ensemble" are queries like others."""
    path = tmp_path / "Queries.csv"
    path.write_text(
        "Top queries,Clicks,Impressions,CTR,Position\n"
        "bike,9,100,9%,1.2\ntotal,5,50,10%,2\nensemble,3,40,7.5%,4\nshop,1,30,3.3%,7\n",
        encoding="utf-8",
    )
    (read,) = read_export(path).tables
    assert read.frame["clicks"].sum() == 18
    assert len(read.totals) == 0


# ---------------------------------------------------------------- lists of links


@needs_reference
def test_a_list_of_links_holds_no_figures() -> None:
    read = table("utm_link_list.csv")
    assert (read.profile, read.grain, len(read.frame)) == ("utm_links", "link", 11)
    assert (read.unmapped, len(read.totals)) == ((), 0)
    expected = {
        "placement": "website",
        "source": "website",
        "medium": "direct",
        "campaign": "beta_waitlist_v1",
        "content": "hero_cta",
        "destination": "home",
        "permalink": "https://example-app.com/?utm_source=website&utm_medium=direct"
        "&utm_campaign=beta_waitlist_v1&utm_content=hero_cta",
    }
    first = record(read)
    assert {name: first[name] for name in expected} == expected
    assert "channel" not in read.frame
    assert set(read.frame["medium"]) == {
        "community_post",
        "direct",
        "email_manual",
        "organic_social",
        "qr",
        "referral",
    }


def test_grand_total_of_an_exploration(tmp_path: Path) -> None:
    """GA4 explorations print it in a cell beyond the last header."""
    path = tmp_path / "exploration.csv"
    path.write_text(
        "# Start date: 20260701\n# End date: 20260731\n\nCountry,Device category,Active users\n"
        ",,48,Grand total\nFrance,mobile,30\nSpain,desktop,18\n",
        encoding="utf-8",
    )
    (read,) = read_export(path).tables
    assert read.frame["active_users"].tolist() == [30, 18]
    assert read.totals["active_users"].tolist() == [48]
