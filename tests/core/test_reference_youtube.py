"""The real YouTube Studio export of the reference folder, and its other tables in its shape."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tracksheet.core.exports import Table, read_export

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"
FILE = REFERENCE / "youtube_studio_table_data.csv"

needs_reference = pytest.mark.skipif(not FILE.is_file(), reason="needs the reference exports")


@cache
def table() -> Table:
    export = read_export(FILE)
    assert len(export.tables) == 1
    return export.tables[0]


@needs_reference
def test_profile_and_rows() -> None:
    assert (table().profile, table().grain, len(table().frame)) == ("youtube_videos", "post", 14)
    assert table().unmapped == ()


@needs_reference
@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("video_views", 14055),
        ("video_views_engaged", 12905),
        ("likes", 651),
        ("shares", 14),
        ("net_followers", 30),
        ("impressions", 9192),
        ("duration_s", 782),
        ("watch_time_s", 94.9603 * 3600),
    ],
)
def test_sums(metric: str, expected: float) -> None:
    assert table().frame[metric].sum() == pytest.approx(expected)


@needs_reference
@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("video_views", 46333),
        ("likes", 1496),
        ("shares", 26),
        ("net_followers", 53),
        ("impressions", 36711),
        ("watch_time_s", 226.6398 * 3600),
    ],
)
def test_the_total_row_is_kept_apart(metric: str, expected: float) -> None:
    assert len(table().totals) == 1
    assert table().totals[metric].iloc[0] == pytest.approx(expected)
    assert "Total" not in set(table().frame["post_id"])


@needs_reference
def test_a_total_that_the_rows_do_not_reach_is_said() -> None:
    """The reference file is cut to 14 of its 71 videos."""
    said = [finding.message for finding in table().findings if finding.severity == "warning"]
    assert any("video_views" in text and "46,333" in text for text in said)


@needs_reference
def test_first_row() -> None:
    record = table().as_dict()["records"][0]  # type: ignore[index]
    expected = {
        "post_id": "F3HVs95pagk",
        "text": "Texte d’exemple nº2 🚀",
        "published_at": "2025-03-15T00:00:00",
        "duration_s": 60,
        "likes": 144,
        "video_views": 2775,
        "net_followers": 7,
        "viewers": None,
        "channel": "youtube",
    }
    assert {name: record[name] for name in expected} == expected


@needs_reference
def test_means_and_percents_are_set_aside() -> None:
    placed = {column.name: column.metric for column in table().columns}
    for header in (
        "Stayed to watch (%)",
        "Average view duration",
        "Impressions click-through rate (%)",
        "Average views per viewer",
    ):
        assert placed[header] is None


MADE = (
    (
        "by day",
        "Date,Views,Watch time (hours),Subscribers\nTotal,30,1.5,2\n2026-05-01,10,0.5,2\n"
        "2026-05-02,20,1.0,0\n",
        ("youtube_days", "day", 2, 30.0, 1),
    ),
    (
        "French",
        "Contenu,Titre de la vidéo,Heure de publication de la vidéo,Durée,Vues,"
        "Durée de visionnage (heures),Abonnés,Impressions,Taux de clics par impression (%)\n"
        'Total,,,,"28 000","1 021,5",40,"90 000","4,2"\n'
        'aB3,Le vélo,28 sept. 2026,34,"20 000","800,25",30,"60 000","4,1"\n'
        'cD4,La plage,3 juin 2026,41,"8 000","221,25",10,"30 000","4,4"\n',
        ("youtube_videos", "post", 2, 28000.0, 1),
    ),
    (
        "video by day",
        "Date,Content,Video title,Video publish time,Views\n"
        '2026-05-01,aB3,Bike,"Apr 2, 2026",5\n2026-05-02,aB3,Bike,"Apr 2, 2026",7\n',
        ("youtube_videos_by_day", "post_day", 2, 12.0, 0),
    ),
    (
        "revenue of the channel is not sales",
        "Content,Video title,Video publish time,Views,Your estimated revenue (USD)\n"
        'aB3,Bike,"Apr 2, 2026",5,3.21\ncD4,Beach,"Apr 9, 2026",9,1.05\n',
        ("youtube_videos", "post", 2, 14.0, 0),
    ),
)


@pytest.mark.parametrize(("name", "text", "expected"), MADE, ids=[name for name, *_ in MADE])
def test_other_tables(
    tmp_path: Path, name: str, text: str, expected: tuple[str, str, int, float, int]
) -> None:
    path = tmp_path / "Table data.csv"
    path.write_text(text, encoding="utf-8")
    (read,) = read_export(path).tables
    views = read.frame["video_views"].sum()
    assert (read.profile, read.grain, len(read.frame), views, len(read.totals)) == expected
    assert read.unmapped == ()
    assert "revenue" not in read.frame


def test_french_decimals_and_dates(tmp_path: Path) -> None:
    path = tmp_path / "Table data.csv"
    path.write_text(MADE[1][1], encoding="utf-8")
    (read,) = read_export(path).tables
    assert read.frame["watch_time_s"].tolist() == [800.25 * 3600, 221.25 * 3600]
    assert read.frame["published_at"].dt.strftime("%Y-%m-%d").tolist() == [
        "2026-09-28",
        "2026-06-03",
    ]
