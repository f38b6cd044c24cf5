"""Pinterest exports in the shape that public code reads; no real file could be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracksheet.core.exports import Table, read_export

ADS = """Campaign ID,Campaign name,Ad group ID,Ad group name,Spend in account currency,Impressions,\
Pin clicks,Outbound clicks,Total conversions,Checkout value in account currency,Checkout ROAS,eCTR
626739283746,Spring,2680060704746,Boards,120.50,"48,200",610,145,9,402.10,3.34,0.003
626739283746,Spring,2680060704747,Search,80.25,"21,900",350,98,4,210.00,2.62,0.0045
"""
DAYS = """Date,Impressions,Engagements,Pin clicks,Outbound clicks,Saves
2026-07-01,1200,60,40,8,12
2026-07-02,900,41,30,5,6
"""


def _read(folder: Path, text: str) -> Table:
    path = folder / "pinterest.csv"
    path.write_text(text, encoding="utf-8")
    (table,) = read_export(path).tables
    return table


def test_ads(tmp_path: Path) -> None:
    table = _read(tmp_path, ADS)
    assert (table.profile, table.grain, len(table.frame)) == (
        "pinterest_ads_groups",
        "ad_group",
        2,
    )
    sums = table.frame[["spend", "impressions", "closeups", "link_clicks", "conversions"]].sum()
    assert sums.tolist() == pytest.approx([200.75, 70100, 960, 243, 13])
    assert table.frame["revenue"].sum() == pytest.approx(612.1)
    assert table.frame["ad_group_id"].tolist() == ["2680060704746", "2680060704747"]
    assert table.unmapped == ()


def test_without_ad_groups_they_are_campaigns(tmp_path: Path) -> None:
    text = "Campaign name,Spend in account currency,Impressions\nSpring,10.5,100\nFall,2.5,50\n"
    table = _read(tmp_path, text)
    assert (table.profile, table.grain) == ("pinterest_ads_campaigns", "campaign")
    assert table.frame["spend"].sum() == 13


def test_days(tmp_path: Path) -> None:
    table = _read(tmp_path, DAYS)
    assert (table.profile, table.grain, table.unmapped) == ("pinterest_days", "day", ())
    frame = table.frame
    assert frame["date"].dt.strftime("%Y-%m-%d").tolist() == ["2026-07-01", "2026-07-02"]
    sums = frame[["impressions", "interactions_platform", "closeups", "link_clicks", "saves"]].sum()
    assert sums.tolist() == [2100, 101, 70, 13, 18]


def test_a_pin_click_is_not_a_visit(tmp_path: Path) -> None:
    placed = {column.name: column.metric for column in _read(tmp_path, DAYS).columns}
    assert placed["Pin clicks"] == "closeups"
    assert placed["Outbound clicks"] == "link_clicks"
