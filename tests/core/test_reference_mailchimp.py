"""The real Mailchimp export of the reference folder, read from the file to the figures."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tracksheet.core.exports import Table, read_export

REFERENCE = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "exports"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs the reference exports")


@cache
def table() -> Table:
    export = read_export(REFERENCE / "mailchimp_campaigns_2019.csv")
    assert len(export.tables) == 1
    return export.tables[0]


def test_profile_and_rows() -> None:
    assert (table().profile, table().grain) == ("mailchimp_campaigns", "email")
    assert (len(table().frame), len(table().totals), table().unmapped) == (60, 0, ())


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("emails_sent", 29574),
        ("emails_delivered", 29492),
        ("bounces", 82),
        ("soft_bounces", 51),
        ("hard_bounces", 31),
        ("forwards", 0),
        ("unique_opens", 11917),
        ("opens", 20860),
        ("unique_email_clicks", 654),
        ("email_clicks", 1193),
        ("unsubscribes", 62),
        ("abuse_complaints", 0),
        ("orders", 0),
        ("revenue", 0),
    ],
)
def test_sums(metric: str, expected: int) -> None:
    assert table().frame[metric].sum() == expected


def test_first_row() -> None:
    record = table().as_dict()["records"][0]  # type: ignore[index]
    expected = {
        "campaign": "Acmenews Digest #23: Ankara Attacks",
        "subject": "Ankara Attacks",
        "list": "liste_interne",
        "published_at": "2019-10-11T10:41:00",
        "campaign_id": "e4991f1f3c",
        "emails_sent": 5,
        "unique_opens": 4,
        "email_clicks": 5,
        "channel": "email",
    }
    assert {name: record[name] for name in expected} == expected


def test_dates() -> None:
    sent = table().frame["published_at"]
    assert sent.min().isoformat() == "2019-10-11T10:41:00"
    assert sent.max().isoformat() == "2019-10-22T15:25:00"
    assert table().frame["date"].nunique() == 9


def test_ids_that_look_like_numbers_stay_text() -> None:
    """ "8a63e03350" is no power of ten, and one id is all digits."""
    ids = table().frame["campaign_id"]
    assert ids.is_unique
    assert {"8a63e03350", "119810f7d6", "0975854c84"} <= set(ids)


@pytest.mark.parametrize(
    ("audience", "rows", "delivered", "opened"),
    [
        ("ALL_from_madmimi", 2, 24860, 9706),
        ("Acmenews Digest", 2, 4486, 2164),
        ("for_person1", 25, 75, 31),
        ("liste_interne", 3, 15, 10),
        ("test_acmenews_reviews", 28, 56, 6),
    ],
)
def test_by_list(audience: str, rows: int, delivered: int, opened: int) -> None:
    frame = table().frame
    chosen = frame[frame["list"] == audience]
    assert len(chosen) == rows
    assert chosen["emails_delivered"].sum() == delivered
    assert chosen["unique_opens"].sum() == opened


def test_rates_come_from_sums() -> None:
    frame = table().frame
    delivered = frame["emails_delivered"].sum()
    assert frame["unique_opens"].sum() / delivered == pytest.approx(0.404076, abs=1e-6)
    assert frame["unique_email_clicks"].sum() / delivered == pytest.approx(0.022176, abs=1e-6)
    assert not {"open_rate", "click_rate"} & set(frame)
