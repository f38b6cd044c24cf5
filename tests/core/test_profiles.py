"""The profiles that ship: each loads, contradicts nothing, and is chosen for its own files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from tracksheet.core.catalogue import FIELDS, catalogue
from tracksheet.core.exports import ReadOptions, read_export
from tracksheet.core.exports.headers import normalise
from tracksheet.core.exports.layout import choose_layout
from tracksheet.core.exports.profile import (
    LANGUAGES,
    TITLE,
    Profile,
    ProfileError,
    load_profiles,
    profiles,
    vocabulary,
)

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"

CHANNELS = {
    "",
    "facebook",
    "instagram",
    "meta",
    "meta_ads",
    "linkedin",
    "linkedin_ads",
    "x",
    "tiktok",
    "youtube",
    "pinterest",
    "pinterest_ads",
    "google_ads",
    "web",
    "search",
    "email",
}
# What a row can carry without a column of its own: said by the title, the file or the person.
STATED = {"account_id", "account_name", "account_handle", "date", "date_end", "channel"}

every_profile = pytest.mark.parametrize("profile", profiles(), ids=lambda profile: profile.id)


def _targets(profile: Profile) -> set[str]:
    names = {target.name for columns in profile.columns.values() for target in columns.values()}
    names |= {target.name for target in profile.titles.values()}
    if profile.wide is not None:
        names |= {profile.wide[0], profile.wide[1].name}
    if profile.post_id_from:
        names.add("post_id")
    return names


@every_profile
def test_names_and_channel(profile: Profile) -> None:
    assert profile.title
    assert profile.grain
    assert profile.channel in CHANNELS
    assert set(profile.channel_words.values()) <= CHANNELS


@every_profile
def test_targets_are_metrics_or_fields(profile: Profile) -> None:
    known = set(catalogue().metrics) | FIELDS | {TITLE}
    assert _targets(profile) <= known
    assert {product for _, product in profile.weighted.values()} <= known
    assert set(profile.preamble.values()) <= known


@every_profile
def test_needs_can_be_met_in_some_language(profile: Profile) -> None:
    if not profile.needs:
        assert profile.any or profile.wide is not None or profile.titles
        return
    titled = {target.name for target in profile.titles.values()}
    assert any(
        set(profile.needs) <= {target.name for target in columns.values()} | titled
        for columns in profile.columns.values()
    )


@every_profile
def test_keys_are_columns_or_stated(profile: Profile) -> None:
    assert profile.keys
    assert set(profile.keys) <= _targets(profile) | STATED


@every_profile
def test_telling_headers_are_headers_of_the_profile(profile: Profile) -> None:
    headers = {header for columns in profile.columns.values() for header in columns}
    assert profile.any <= headers | profile.skip


@every_profile
def test_no_header_is_both_mapped_and_set_aside(profile: Profile) -> None:
    headers = {header for columns in profile.columns.values() for header in columns}
    assert headers & profile.skip == set()


@every_profile
def test_rules_point_to_columns(profile: Profile) -> None:
    columns = _targets(profile)
    for rule in (profile.totals, profile.subtotal):
        if rule is not None:
            assert rule.column in columns
            assert rule.values or rule.starts
            assert not rule.among or rule.among in columns
    assert {name for name, _ in profile.weighted.values()} <= columns
    assert set(profile.weighted) <= columns
    assert not profile.post_id_from or profile.post_id_from in columns


@every_profile
def test_order_and_decimal_are_of_known_languages(profile: Profile) -> None:
    assert set(profile.order) | set(profile.decimal) | set(profile.columns) <= set(LANGUAGES)
    assert set(profile.order.values()) <= {"dmy", "mdy", "ymd"}
    assert set(profile.decimal.values()) <= {".", ","}


# Rates are recomputed from their parts; the few that are kept are weighted or named as such.
@every_profile
def test_rates_are_not_read_unless_weighted(profile: Profile) -> None:
    metrics = catalogue().metrics
    rates = {name for name in _targets(profile) if name in metrics and metrics[name].kind == "rate"}
    assert rates <= set(profile.weighted) | KEPT_RATES


# What the audience files consist of, and Meta's "Results", whose meaning changes from row to row.
KEPT_RATES = {"audience_share", "audience_share_women", "audience_share_men", "results"}


def _smallest_headers(profile: Profile) -> Iterator[tuple[str, list[str]]]:
    """For each language, headers with nothing but what the profile needs and one telling header."""
    for language, columns in profile.columns.items():
        header_of = {to.name: header for header, to in reversed(list(columns.items()))}
        telling = [header for header in (*columns, *sorted(profile.skip)) if header in profile.any]
        if not set(profile.needs) <= set(header_of) or (profile.any and not telling):
            continue
        if not telling:
            yield language, [header_of[need] for need in profile.needs]
        for first in telling:
            met = columns[first].name if first in columns else ""
            yield language, [first, *(header_of[need] for need in profile.needs if need != met)]


@every_profile
def test_the_smallest_header_chooses_the_profile(profile: Profile) -> None:
    """Some telling header is enough in each language; another profile may claim the others."""
    if profile.wide is not None:  # told by the title above
        return
    title = next(iter(profile.titles), "")
    chosen: dict[str, set[str]] = {}
    for language, header in _smallest_headers(profile):
        layout = choose_layout(
            header, title=title, profiles=profiles(), words=vocabulary(), options=ReadOptions()
        )
        chosen.setdefault(language, set()).add(layout.profile.id if layout.profile else "")
    assert [language for language, ids in chosen.items() if profile.id not in ids] == []


@cache
def _sources() -> Mapping[str, Mapping[str, Any]]:
    folder = resources.files("tracksheet.core.exports") / "profiles"
    return {
        item.name: tomllib.loads(item.read_text("utf-8"))
        for item in folder.iterdir()
        if item.name.endswith(".toml")
    }


def _spellings() -> Iterator[tuple[str, dict[str, set[str]]]]:
    """For each entry of each file and language: normalised header -> targets as written."""
    for file, entries in _sources().items():
        for name, entry in entries.items():
            base = entries[entry["base"]] if "base" in entry else {}
            for language in LANGUAGES:
                found: dict[str, set[str]] = {}
                for part in (base, entry):
                    for header, target in part.get(language, {}).items():
                        found.setdefault(normalise(header), set()).add(target)
                if found:
                    yield f"{file}: {name}.{language}", found


SPELLINGS = tuple(_spellings())


@pytest.mark.parametrize(("where", "found"), SPELLINGS, ids=[name for name, _ in SPELLINGS])
def test_no_header_means_two_things(where: str, found: dict[str, set[str]]) -> None:
    twice = {header: targets for header, targets in found.items() if len(targets) > 1}
    assert twice == {}


def test_ids_are_unique_over_files() -> None:
    ids = [name for entries in _sources().values() for name in entries if name[0] != "_"]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(profile.id for profile in profiles())


def test_shared_parts_are_used() -> None:
    for file, entries in _sources().items():
        shared = {name for name in entries if name[0] == "_"}
        used = {entry["base"] for entry in entries.values() if "base" in entry}
        assert used == shared, file


MINIMAL = '[a]\ntitle = "A"\ngrain = "day"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a\n", "x.toml"),
        ('[a]\ngrain = "day"\n', "title"),
        ('[a]\ntitle = "A"\n', "grain"),
        (MINIMAL + 'colour = "red"\n', "unknown setting 'colour'"),
        (MINIMAL + '[a.en]\n"Likes" = "lieks"\n', "'lieks' is neither a metric"),
        (MINIMAL + '[a.en]\n"Hours" = "watch_time_s**2"\n', "'watch_time_s**2'"),
        (MINIMAL + 'base = "_b"\n', "no base '_b'"),
    ],
)
def test_a_profile_that_cannot_be_used_is_named(text: str, message: str) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profiles({"x.toml": text}, catalogue())
    assert "x.toml" in str(caught.value)
    assert message in str(caught.value)


def test_the_same_id_in_two_files_is_refused() -> None:
    with pytest.raises(ProfileError, match=r"y\.toml: profile 'a' exists twice"):
        load_profiles({"x.toml": MINIMAL, "y.toml": MINIMAL}, catalogue())


def test_a_base_lends_its_columns_and_lists() -> None:
    text = (
        '[_shared]\nchannel = "x"\nskip = ["CTR"]\n[_shared.en]\n"Likes" = "likes"\n'
        '[a]\nbase = "_shared"\ntitle = "A"\ngrain = "day"\nskip = ["CPC"]\n'
        '[a.en]\n"Day" = "date"\n'
    )
    (profile,) = load_profiles({"x.toml": text}, catalogue())
    assert (profile.id, profile.channel, profile.skip) == (
        "a",
        "x",
        frozenset({"ctr", "cpc"}),
    )
    assert {header: to.name for header, to in profile.columns["en"].items()} == {
        "likes": "likes",
        "day": "date",
    }


# Which profiles the tables of each real file choose, in order; tables without rows left out.
CHOSEN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("facebook_ads_manager_2017_us.csv", ("meta_ads_campaign",)),
    ("ga4_daily_users_unsorted.csv", ("ga4_days",)),
    ("ga4_events_comment_header.csv", ("ga4_events",)),
    (
        "ga4_snapshot_en.csv",
        (
            *["ga4_nth_days"] * 4,
            "ga4_active_users_trend",
            "ga4_first_user_channel_groups",
            "ga4_channel_groups",
            "ga4_country_ids",
            "ga4_countries",
            "ga4_page_titles",
            "ga4_events",
            "ga4_cohorts",
        ),
    ),
    ("ga4_traffic_acquisition_user_notes.csv", ("ga4_channel_groups",)),
    ("google_ads_campaign_report_totals.csv", ("google_ads_campaigns",)),
    ("google_ads_campaign_report_zero_rows.csv", ("google_ads_campaigns",)),
    ("google_ads_overview_time_series_us_dollar_prefix.csv", ("google_ads_days",)),
    ("gsc_fr_dates.csv", ("search_console_days",)),
    ("gsc_fr_requetes.csv", ("search_console_queries",)),
    ("linkedin_ads_creative_report.csv", ("linkedin_ads_creative",)),
    (
        "linkedin_creator_en.xlsx",
        (
            "linkedin_creator_discovery",
            "linkedin_creator_daily",
            *["linkedin_creator_posts"] * 2,
            *["linkedin_creator_followers"] * 2,
            "linkedin_creator_demographics",
        ),
    ),
    ("linkedin_page_all_posts.csv", ("linkedin_page_posts",)),
    (
        "linkedin_page_followers_stacked.csv",
        (
            "linkedin_page_followers",
            "linkedin_page_locations",
            "linkedin_page_job_functions",
            "linkedin_page_seniorities",
            "linkedin_page_industries",
            "linkedin_page_company_sizes",
        ),
    ),
    ("linkedin_page_metrics_daily.csv", ("linkedin_page_daily",)),
    ("mailchimp_campaigns_2019.csv", ("mailchimp_campaigns",)),
    ("meta_ads_ads_totals_first.xlsx", ("meta_ads_ad",)),
    ("meta_ads_manager_totals_first_row_UAH.csv", ("meta_ads_ad",)),
    ("meta_mbs_audience_broken_by_excel_cp1251.csv", ("meta_audience_age_gender",)),
    (
        "meta_mbs_audience_en_utf16_multiblock.csv",
        ("meta_audience_age_gender", "meta_audience_countries", "meta_audience_cities"),
    ),
    ("meta_mbs_facebook_posts_en_2025.csv", ("meta_facebook_posts",)),
    ("meta_mbs_facebook_posts_en_dup_views_header.csv", ("meta_facebook_posts",)),
    ("meta_mbs_follows_daily_en_utf16_sep.csv", ("meta_daily",)),
    ("meta_mbs_follows_daily_es_utf16_sep.csv", ("meta_daily",)),
    ("meta_mbs_instagram_posts_en.csv", ("meta_instagram_posts",)),
    ("meta_mbs_instagram_posts_en_2025.csv", ("meta_instagram_posts",)),
    ("meta_mbs_link_clicks_daily_en_utf16_sep.csv", ("meta_daily",)),
    ("meta_mbs_reach_daily_en_utf16_sep.csv", ("meta_daily",)),
    ("meta_mbs_reach_daily_es_utf16_sep.csv", ("meta_daily",)),
    ("tiktok_business_overview_nan.csv", ("tiktok_business_overview",)),
    ("tiktok_business_videos.csv", ("tiktok_business_posts",)),
    ("tiktok_studio_content_en.csv", ("tiktok_studio_posts",)),
    ("tiktok_studio_follower_history_undefined.csv", ("tiktok_studio_followers",)),
    ("tiktok_studio_overview_en_noyear.csv", ("tiktok_studio_overview",)),
    ("tiktok_studio_viewers_undefined.csv", ("tiktok_studio_viewers",)),
    ("ua_campaign_source_medium_2015.csv", ("ua_campaign_source_mediums",)),
    ("utm_link_list.csv", ("utm_links",)),
    ("x_account_overview_a.csv", ("x_daily",)),
    ("x_tweet_activity_2015.csv", ("x_tweets",)),
    ("youtube_studio_table_data.csv", ("youtube_videos",)),
)

needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")


@needs_reference
@pytest.mark.parametrize(("file", "expected"), CHOSEN, ids=[file for file, _ in CHOSEN])
def test_chosen_profile(file: str, expected: tuple[str, ...]) -> None:
    tables = read_export(REFERENCE / file).tables
    assert tuple(table.profile for table in tables if len(table.frame)) == expected


@needs_reference
def test_every_real_file_has_its_expected_profile() -> None:
    evidence = {"facts.csv", "SOURCES.md"}
    files = {path.name for path in REFERENCE.iterdir()} - evidence
    assert files == {file for file, _ in CHOSEN}
