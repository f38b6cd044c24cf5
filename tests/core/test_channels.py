"""Facts about channels: what is counted twice, and how long figures go on changing."""

from __future__ import annotations

import pytest

from tracksheet.core.catalogue import catalogue
from tracksheet.core.channels import channel, channels, load
from tracksheet.core.exports.profile import profiles
from tracksheet.core.section import CatalogueError

GOOD = '[a]\nkind = "social"\nsettles_after = 3\nsource = "Estimate."\n'


@pytest.mark.parametrize(
    ("ads", "metric", "held"),
    [
        ("meta_ads", "impressions", ("facebook", "instagram", "meta")),
        ("linkedin_ads", "clicks", ("linkedin",)),
        ("pinterest_ads", "clicks", ("pinterest",)),
        ("google_ads", "video_views", ("youtube",)),
        ("google_ads", "clicks", ()),
        ("instagram", "reach", ()),
    ],
)
def test_advertising_is_held_by_the_pages_it_runs_on(
    ads: str, metric: str, held: tuple[str, ...]
) -> None:
    assert channel(ads).held_by(metric) == held


def test_conversions_never_settle_before_the_rest() -> None:
    for one in channels().values():
        assert one.conversions_settle_after >= one.settles_after, one.id


def test_metrics_held_in_part_exist() -> None:
    for one in channels().values():
        assert one.partly_included_in.keys() <= catalogue().metrics.keys(), one.id


def test_every_channel_of_the_exports_is_there() -> None:
    read = {profile.channel for profile in profiles() if profile.channel}
    read |= {name for profile in profiles() for name in profile.channel_words.values()}
    assert read <= channels().keys()


def test_every_channel_says_where_its_facts_are_from() -> None:
    for one in channels().values():
        assert one.source.endswith("."), one.id


def test_an_unknown_channel_is_a_social_one_of_its_own() -> None:
    one = channel("mastodon")
    assert (one.id, one.kind, one.included_in) == ("mastodon", "social", ())
    assert "mastodon" not in channels()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = 1", r"'a' stands outside any \[section\]"),
        ("[a", "channels.toml"),
        (GOOD.replace("social", "radio"), "kind = 'radio' is not one of social"),
        (GOOD.replace("3", "91"), "settles_after must be a whole number of days from 0 to 90"),
        (GOOD.replace("3", "true"), "settles_after must be a whole number"),
        (GOOD + "conversions_settle_after = 2\n", "from 3 to 90"),
        (GOOD + 'included_in = ["b"]\n', "included_in: 'b' is not another channel"),
        (GOOD + 'included_in = ["a"]\n', "included_in: 'a' is not another channel"),
        (GOOD + 'partly_included_in = { views = ["b"] }\n', r"partly_included_in.views: 'b'"),
        (GOOD + "settle_after = 3\n", "'settle_after' is not a key of this file"),
        (GOOD.replace('source = "Estimate."\n', ""), "'source' is missing"),
    ],
)
def test_faults_in_the_file_are_named(text: str, fault: str) -> None:
    with pytest.raises(CatalogueError, match=fault):
        load(text)
