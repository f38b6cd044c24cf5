"""The sample exports: the same everywhere, plausible, and read as they were meant."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tracksheet.core.exports import Export, read_export
from tracksheet.core.exports.options import ReadOptions
from tracksheet.samples import Sample, write_samples

# Of the text files with seed 7. Change it knowingly: the README's figures come from them.
FINGERPRINT = "21e87835cba5e38e"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sample, ...]:
    return write_samples(tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="module")
def exports(samples: tuple[Sample, ...]) -> Mapping[str, Export]:
    return {sample.path.name: read_export(sample.path, options=ReadOptions()) for sample in samples}


def fingerprint(samples: tuple[Sample, ...]) -> str:
    digest = hashlib.sha256()
    for sample in samples:
        if sample.path.suffix == ".csv":  # workbooks depend on the computer's zlib
            digest.update(sample.path.name.encode() + sample.path.read_bytes())
    return digest.hexdigest()[:16]


def test_the_bytes_are_the_same_on_every_computer(samples: tuple[Sample, ...]) -> None:
    assert fingerprint(samples) == FINGERPRINT


def test_another_seed_gives_other_numbers(samples: tuple[Sample, ...], tmp_path: Path) -> None:
    assert fingerprint(write_samples(tmp_path / "other", seed=8)) != fingerprint(samples)


def test_every_file_is_read_as_it_was_meant(
    samples: tuple[Sample, ...], exports: Mapping[str, Export]
) -> None:
    for sample in samples:
        name = sample.path.name
        tables = exports[name].tables
        assert len(tables) == len(sample.tables), name
        for table, truth in zip(tables, sample.tables, strict=True):
            assert table.profile == truth.profile, name
            assert (len(table.frame), len(table.totals)) == (truth.rows, truth.totals), name
            assert table.unmapped == (), name
            for metric, expected in truth.sums.items():
                assert table.frame[metric].sum() == pytest.approx(expected), (name, metric)


def test_no_sample_is_read_with_a_warning(exports: Mapping[str, Export]) -> None:
    warnings = [
        (name, finding.message)
        for name, export in exports.items()
        for finding in (
            *export.findings,
            *(finding for table in export.tables for finding in table.findings),
        )
        if finding.severity != "info"
    ]
    assert warnings == []


def test_the_later_instagram_export_has_the_same_posts_with_more_likes(
    samples: tuple[Sample, ...], exports: Mapping[str, Export]
) -> None:
    early, late = "instagram_posts_jul-aug.csv", "instagram_posts_aug-sep.csv"
    made = {sample.path.name: sample.path.stat().st_mtime for sample in samples}
    assert made[late] > made[early]
    first, second = (exports[name].tables[0].frame.set_index("post_id") for name in (early, late))
    again = first.index.intersection(second.index)
    assert len(again) == 13  # August
    assert (second.loc[again, "likes"] >= first.loc[again, "likes"]).all()
    assert second.loc[again, "likes"].sum() > first.loc[again, "likes"].sum()


# Each pair: the first can never exceed the second.
AT_MOST = [
    ("likes", "reach"), ("reach", "views"), ("reach", "impressions"), ("link_clicks", "clicks"),
    ("landing_page_views", "link_clicks"), ("conversions", "clicks"), ("users", "sessions"),
    ("engaged_sessions", "sessions"), ("likes", "video_views"), ("reach", "video_views"),
    ("lost_followers", "new_followers"),
]  # fmt: skip


@pytest.mark.parametrize(("smaller", "larger"), AT_MOST)
def test_the_numbers_could_be_true(
    exports: Mapping[str, Export], smaller: str, larger: str
) -> None:
    found = 0
    for export in exports.values():
        for table in export.tables:
            if {smaller, larger} <= set(table.frame.columns):
                both = table.frame[[smaller, larger]].dropna()
                assert (both[smaller] <= both[larger]).all(), export.file
                found += len(both)
    assert found


def test_a_post_engages_one_to_three_percent_of_the_followers(
    exports: Mapping[str, Export],
) -> None:
    posts = exports["instagram_posts_jul-aug.csv"].tables[0].frame
    rate = posts[["likes", "comments", "shares", "saves"]].sum(axis=1) / 9900
    assert 0.01 <= rate.min() <= rate.max() <= 0.031
    assert 0.015 <= rate.mean() <= 0.022


def test_the_followers_agree_with_who_came_and_went(exports: Mapping[str, Export]) -> None:
    overview = exports["tiktok_overview.csv"].tables[0].frame
    listed = exports["followers.csv"].tables[0].frame
    tiktok = listed[listed["channel"] == "tiktok"].sort_values("date")["followers"]
    net = overview["new_followers"] - overview["lost_followers"]
    assert tiktok.iloc[-1] - tiktok.iloc[0] == net.iloc[1:].sum()


def test_existing_files_are_renewed(samples: tuple[Sample, ...]) -> None:
    path = samples[0].path
    before, time = path.read_bytes(), path.stat().st_mtime
    path.write_bytes(b"damaged")
    os.utime(path, (0, 0))
    write_samples(path.parent)
    assert (path.read_bytes(), path.stat().st_mtime) == (before, time)
