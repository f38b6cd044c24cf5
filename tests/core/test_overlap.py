"""What counts where files overlap, and what is said about the rest."""

from __future__ import annotations

import pandas as pd
import pytest

from tracksheet.core.identity import row_keys, with_ids, without_period
from tracksheet.core.overlap import newest, without_overlapping_ranges

# file, first day, last day (or none), spend
Period = tuple[str, str, str | None, float]


def periods(rows: list[Period]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["file", "date", "date_end", "spend"])
    for name in ("date", "date_end"):
        frame[name] = pd.to_datetime("2026-01-" + frame[name].astype("str"), errors="coerce")
    return frame.assign(
        table=frame["file"], grain="campaign", channel="meta_ads", account_id="1", campaign="A"
    )


def counted(rows: list[Period]) -> tuple[list[tuple[str, float]], list[str]]:
    """Files and spends that count once newer values have won, and what is said."""
    frame = periods(rows)
    keys, _ = row_keys(frame, dict.fromkeys(frame["table"], ("campaign", "date")))
    frame, *_ = newest(frame, keys, ["spend"], flows=["spend"])
    identity = without_period(keys[frame.index])
    frame, findings = without_overlapping_ranges(frame, identity, flows=["spend"])
    kept = list(zip(frame["file"], frame["spend"], strict=True))
    return kept, [f"{f.severity} {f.where}: {f.message}" for f in findings]


DAYS: list[Period] = [("d.csv", f"{day:02}", None, 10) for day in range(1, 8)]
WEEK_BY_DAY: list[tuple[str, float]] = [("d.csv", 10)] * 7

OVERLAPS: dict[str, tuple[list[Period], list[tuple[str, float]], list[str]]] = {
    "month to date": (
        [("7", "01", "07", 7), ("14", "01", "14", 14), ("21", "01", "21", 21)],
        [("21", 21)],
        [],
    ),
    "one after the other": (
        [("1", "01", "07", 7), ("2", "08", "14", 8)],
        [("1", 7), ("2", 8)],
        [],
    ),
    "weeks that overlap": (
        [("1", "01", "10", 1), ("2", "08", "17", 2), ("3", "15", "24", 3)],
        [("1", 1), ("3", 3)],
        [
            "warning 2: 1 row for a period that overlaps the one in 3: left out, so that nothing "
            "counts twice. Export by day to keep both"
        ],
    ),
    "days, then their whole": (
        [*DAYS, ("w", "01", "07", 70)],
        WEEK_BY_DAY,
        ["info w: 1 row for a whole period that d.csv has day by day: left out"],
    ),
    "the whole, then its days": (
        [("w", "01", "07", 70), *DAYS],
        WEEK_BY_DAY,
        ["info w: 1 row for a whole period that d.csv has day by day: left out"],
    ),
    "days restated since": (
        [("w", "01", "07", 65), *DAYS],
        WEEK_BY_DAY,
        ["info w: 1 row for a whole period that d.csv has day by day: left out"],
    ),
    "days without delivery": (
        [("d.csv", "02", None, 30), ("d.csv", "05", None, 40), ("w", "01", "07", 70)],
        [("d.csv", 30), ("d.csv", 40)],
        ["info w: 1 row for a whole period that d.csv has day by day: left out"],
    ),
    "only some of the days": (
        [*DAYS, ("m", "01", "31", 300)],
        [("m", 300)],
        [
            "warning d.csv: 7 rows for days inside the period of m: left out, because not all its "
            "days are known. Export the whole period by day to keep them"
        ],
    ),
    "some days outside": (
        [*DAYS, ("p", "05", "20", 160)],
        [*WEEK_BY_DAY[:4], ("p", 160)],
        [
            "warning d.csv: 3 rows for days inside the period of p: left out, because not all its "
            "days are known. Export the whole period by day to keep them"
        ],
    ),
    "a first day alone": (
        [("1", "01", "01", 5), ("2", "01", "07", 35)],
        [("2", 35)],
        [
            "warning 1: 1 row for days inside the period of 2: left out, because not all its days "
            "are known. Export the whole period by day to keep them"
        ],
    ),
    "periods of one file": (
        [("m", "01", "31", 300), ("m", "01", "07", 70)],
        [("m", 300), ("m", 70)],
        [],
    ),
}


@pytest.mark.parametrize("name", OVERLAPS)
def test_periods(name: str) -> None:
    rows, kept, said = OVERLAPS[name]
    assert counted(rows) == (kept, said)


def test_gaps_are_not_filled_from_another_period() -> None:
    frame = periods([("old", "01", "07", 7), ("new", "01", "14", float("nan"))])
    keys = pd.Series(["k", "k"])
    (kept,) = newest(frame, keys, ["spend"])[0].to_dict("records")
    assert kept["file"] == "new"
    assert pd.isna(kept["spend"])


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            [3.0, 4.0],
            [5.0, 6.0],
            ["2 rows that new.csv has too: counted once, with the newer values (likes 7 → 11)"],
        ),
        (
            [3.0],
            [3.0],
            ["1 row that new.csv has too: counted once, with the newer values, which are the same"],
        ),
        (
            [0.5],
            [0.75],
            ["1 row that new.csv has too: counted once, with the newer values (likes 0.50 → 0.75)"],
        ),
        (
            [1000.0],
            [999.0],  # a like taken back
            ["1 row that new.csv has too: counted once, with the newer values (likes 1,000 → 999)"],
        ),
        (
            [1000.0],
            [400.0],
            [
                "1 row that new.csv has too: counted once, with the newer values "
                "(likes 1,000 → 400)",
                "figures fall in new.csv, which was taken for the newer file: likes 1,000 → 400. "
                "Check that it is the newer one: the date of the files decides",
            ],
        ),
    ],
)
def test_what_is_said(old: list[float], new: list[float], messages: list[str]) -> None:
    rows = pd.DataFrame({"likes": [*old, *new]})
    rows["file"] = rows["table"] = ["old.csv"] * len(old) + ["new.csv"] * len(new)
    keys = pd.Series([str(i) for i in range(len(old))] * 2)
    kept, findings, _ = newest(rows, keys, ["likes"], flows=["likes"])
    assert kept["likes"].tolist() == new
    assert [f.message for f in findings] == messages


# What a row is ----------------------------------------------------------------------------------


def named(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["table", "campaign_id", "campaign"], dtype="str")
    return frame.assign(grain="campaign", channel="meta_ads", account_id="1")


def same(frame: pd.DataFrame) -> bool:
    """Whether the rows, each of its own table, are all the same thing."""
    frame = with_ids(frame)
    columns = ("campaign_id", "campaign")
    keys, _ = row_keys(frame, dict.fromkeys(frame["table"], columns))
    return keys.nunique() == 1


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (named(("a", "7", "Sale"), ("b", "7", "Sale")), True),
        (named(("a", "7", "Sale"), ("b", "7", "Big sale")), True),  # renamed
        (named(("a", "7", "Sale"), ("b", None, "Sale")), True),
        (named(("a", None, "Sale"), ("b", None, "Sale")), True),
        (named(("a", "7", "Sale"), ("b", "8", "Sale")), False),
        (named(("a", None, "Sale"), ("b", None, "Party")), False),
    ],
)
def test_campaigns_by_id_and_name(frame: pd.DataFrame, expected: bool) -> None:
    assert same(frame) == expected


def test_a_name_of_two_campaigns_gives_no_id() -> None:
    frame = with_ids(named(("a", "7", "Sale"), ("a", "8", "Sale"), ("b", None, "Sale")))
    assert frame["campaign_id"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(("second", "expected"), [(5.0, True), (6.0, False)])
def test_rows_that_name_nothing_are_told_by_their_figures(second: float, expected: bool) -> None:
    frame = named(("a", None, None), ("b", None, None)).assign(likes=[5.0, second])
    assert same(frame) == expected


def test_days_and_periods_have_different_keys() -> None:
    frame = periods([("a", "01", None, 1), ("b", "01", "01", 1), ("c", "01", "07", 1)])
    keys, _ = row_keys(frame, dict.fromkeys("abc", ("campaign", "date")))
    assert keys[0] == keys[1] != keys[2]
    assert without_period(keys).nunique() == 1


def test_other_figures_of_the_same_day_are_joined_and_not_superseded() -> None:
    rows = pd.DataFrame(
        {
            "table": ["a", "b"],
            "file": ["follows", "reach"],
            "reach": [None, 7.0],
            "likes": [5, None],
        }
    )
    kept, findings, joined = newest(rows, pd.Series(["day", "day"]), ["reach", "likes"])
    assert kept[["reach", "likes"]].to_dict("records") == [{"reach": 7, "likes": 5}]
    assert findings == []
    assert joined.to_dict() == {"a": 1}
