"""What changed since the last report: figures worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracksheet.core.dataset import merge
from tracksheet.core.exports import Export, Table
from tracksheet.core.restated import RESTATED, SUMMARY, summary

FIRST = datetime(2026, 8, 1)
Row = Mapping[str, object]


def export(
    number: int,
    rows: Sequence[Row],
    *,
    grain: str = "post",
    keys: Sequence[str] = ("account_id", "post_id"),
) -> Export:
    """An export made on the `number`th day after the first of August."""
    frame = pd.DataFrame(rows).assign(channel="instagram", account_id="1")
    for name in frame:
        if name in ("date", "date_end"):
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
        elif name in ("post_id", "channel", "account_id", "campaign"):
            frame[name] = frame[name].astype("str")
        else:
            frame[name] = frame[name].astype("float64")
    table = Table(f"profile_{grain}", "", grain, tuple(keys), (), (), frame, frame.iloc[:0], ())
    return Export(f"{number}.csv", "utf-8", ",", FIRST + timedelta(days=number), (table,))


def post(number: int, likes: float | None, **more: object) -> Row:
    return {"post_id": f"p{number}", "date": "2026-07-03", "likes": likes, **more}


def restated(
    exports: Sequence[Export], reported: Sequence[int], aside: Sequence[int] = ()
) -> list[tuple[object, ...]]:
    table = merge(exports, reported=reported, aside=aside).restated
    assert tuple(table) == RESTATED
    columns = ["metric", "before", "after", "file"]
    return list(table[columns].itertuples(index=False, name=None))


CASES: dict[str, tuple[list[list[Row]], list[int], list[tuple[object, ...]]]] = {
    "changed": ([[post(1, 10)], [post(1, 12)]], [0], [("likes", 10, 12, "1.csv")]),
    "the same": ([[post(1, 10)], [post(1, 10)]], [0], []),
    "noise": ([[post(1, 0.1 + 0.2)], [post(1, 0.3)]], [0], []),
    "a new post": ([[post(1, 10)], [post(1, 10), post(2, 5)]], [0], []),
    "no longer listed": ([[post(1, 10)], [post(2, 5)]], [0], []),
    "the first report": ([[post(1, 10)], [post(1, 12)]], [], []),
    "nothing new": ([[post(1, 10)], [post(1, 12)]], [0, 1], []),
    "not known any more": ([[post(1, 10)], [post(1, None)]], [0], []),
    "not known before": ([[post(1, None)], [post(1, 12)]], [0], []),
    "the newest one reported counts": (
        [[post(1, 10)], [post(1, 11)], [post(1, 12)]],
        [0, 1],
        [("likes", 11, 12, "2.csv")],
    ),
    "an old export that turns up late changes nothing": (
        [[post(1, 8)], [post(1, 12)]],
        [1],
        [],
    ),
    "each metric on its own": (
        [[post(1, 10, reach=50, saves=1)], [post(1, 10, reach=60, saves=2)]],
        [0],
        [("reach", 50, 60, "1.csv"), ("saves", 1, 2, "1.csv")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_restated(name: str) -> None:
    rows, reported, expected = CASES[name]
    found = restated([export(i, those) for i, those in enumerate(rows)], reported)
    assert sorted(found) == sorted(expected)


def test_where_a_restated_figure_is() -> None:
    exports = [export(0, [post(1, 10)]), export(1, [post(1, 12)])]
    (row,) = merge(exports, reported=[0]).restated.to_dict("records")
    assert row == {
        "channel": "instagram",
        "account_id": "1",
        "grain": "post",
        "date": pd.Timestamp("2026-07-03"),
        "date_end": row["date_end"],  # posts have none
        "metric": "likes",
        "before": 10,
        "after": 12,
        "file": "1.csv",
    }
    assert pd.isna(row["date_end"])


def test_what_stands_aside_says_what_was_and_counts_nowhere() -> None:
    exports = [export(0, [post(1, 10), post(2, 7)]), export(1, [post(1, 12)])]
    dataset = merge(exports, reported=[0], aside=[0])
    assert dataset.rows["likes"].tolist() == [12]
    assert dataset.restated[["before", "after"]].to_numpy().tolist() == [[10, 12]]
    assert [table.file for table in dataset.tables] == ["1.csv"]
    assert dataset.made == exports[1].made


def period(first: str, last: str, spend: float) -> Row:
    return {"campaign": "Sale", "date": first, "date_end": last, "spend": spend}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (period("2026-07-01", "2026-07-31", 300), period("2026-07-01", "2026-07-31", 310),
         [(300, 310)]),
        # The month to date goes on: that is no restatement.
        (period("2026-07-01", "2026-07-14", 140), period("2026-07-01", "2026-07-31", 310), []),
        # The older period no longer counts, so nothing of it can be restated.
        (period("2026-07-01", "2026-07-14", 140), period("2026-07-08", "2026-07-31", 240), []),
    ],
)  # fmt: skip
def test_only_the_same_days_are_compared(
    old: Row, new: Row, expected: list[tuple[float, float]]
) -> None:
    keys = ("account_id", "campaign", "date")
    exports = [export(i, [row], grain="campaign", keys=keys) for i, row in enumerate((old, new))]
    table = merge(exports, reported=[0]).restated
    assert [(row.before, row.after) for row in table.itertuples()] == expected


ROWS = st.lists(
    st.tuples(st.sampled_from([1, 2, 3]), st.none() | st.integers(0, 9)), min_size=1, max_size=4
).map(lambda rows: [post(number, likes) for number, likes in dict(rows).items()])


@settings(deadline=None, max_examples=15)
@given(st.lists(ROWS, min_size=2, max_size=4))
def test_restated_is_the_difference_of_two_reports(files: list[list[Row]]) -> None:
    exports = [export(i, rows) for i, rows in enumerate(files)]
    last, now = (
        merge(those).rows.set_index("post_id").reindex(columns=["likes"])["likes"].dropna()
        for those in (exports[:-1], exports)
    )
    both = [name for name in last.index if name in now.index]
    expected = sorted((last[name], now[name]) for name in both if last[name] != now[name])
    found = restated(exports, range(len(exports) - 1))
    assert sorted((before, after) for _, before, after, _ in found) == expected


# By period --------------------------------------------------------------------------------------


def changed(
    metric: str,
    date: str | None,
    before: float,
    after: float,
    *,
    date_end: str | None = None,
    grain: str = "day",
    account: str = "1",
) -> dict[str, object]:
    return {
        "channel": "instagram",
        "account_id": account,
        "grain": grain,
        "date": pd.Timestamp(date) if date else pd.NaT,
        "date_end": pd.Timestamp(date_end) if date_end else pd.NaT,
        "metric": metric,
        "before": before,
        "after": after,
        "file": "1.csv",
    }


Line = tuple[str, str, float, float, float, int]

SUMMARIES: dict[str, tuple[list[dict[str, object]], list[Line]]] = {
    "flows are added up by period": (
        [
            changed("likes", "2026-07-03", 10, 12),
            changed("likes", "2026-07-20", 5, 4),
            changed("likes", "2026-08-01", 1, 9),
        ],
        [("2026-08", "likes", 1, 9, 8, 1), ("2026-07", "likes", 15, 16, 1, 2)],
    ),
    "of stocks the last one counts": (
        [
            changed("followers", "2026-07-20", 120, 125),
            changed("followers", "2026-07-03", 100, 200),
        ],
        [("2026-07", "followers", 120, 125, 5, 2)],
    ),
    "people of single days are not listed": ([changed("reach", "2026-07-03", 50, 60)], []),
    "people of the whole month are": (
        [changed("reach", "2026-07-01", 50, 60, date_end="2026-07-31", grain="campaign")],
        [("2026-07", "reach", 50, 60, 10, 1)],
    ),
    "two campaigns reach people who may be the same": (
        [changed("reach", "2026-07-01", 50, 60, date_end="2026-07-31")] * 2,
        [("2026-07", "reach", 50, 60, 10, 1)] * 2,
    ),
    "likes by day and by post are the same likes": (
        [
            changed("likes", "2026-07-03", 10, 12),
            changed("likes", "2026-07-04", 8, 11, grain="post"),
        ],
        [("2026-07", "likes", 8, 11, 3, 1), ("2026-07", "likes", 10, 12, 2, 1)],
    ),
    "accounts may have different currencies": (
        [
            changed("spend", "2026-07-03", 10, 12),
            changed("spend", "2026-07-03", 10, 11, account="2"),
        ],
        [("2026-07", "spend", 10, 12, 2, 1), ("2026-07", "spend", 10, 11, 1, 1)],
    ),
    "a row over two months is in neither": (
        [changed("likes", "2026-07-15", 10, 12, date_end="2026-08-14")],
        [("NaT", "likes", 10, 12, 2, 1)],
    ),
    "a row without a date": (
        [changed("likes", None, 10, 12)],
        [("NaT", "likes", 10, 12, 2, 1)],
    ),
    "nothing": ([], []),
}


def lines(table: pd.DataFrame) -> list[Line]:
    assert tuple(table) == SUMMARY
    columns = ["period", "metric", "before", "after", "change", "rows"]
    return [(str(row[0])[:7], *row[1:]) for row in table[columns].itertuples(index=False)]


@pytest.mark.parametrize("name", SUMMARIES)
def test_restatements_by_month(name: str) -> None:
    rows, expected = SUMMARIES[name]
    assert lines(summary(pd.DataFrame(rows, columns=list(RESTATED)), "month")) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("day", ["2026-07-03", "2026-07-04"]),
        ("week", ["2026-06-29"]),
        ("year", ["2026-01-01"]),
        ("range", ["NaT"]),
    ],
)
def test_restatements_by_other_periods(period: str, expected: list[str]) -> None:
    rows = [changed("likes", "2026-07-03", 10, 12), changed("likes", "2026-07-04", 10, 11)]
    table = summary(pd.DataFrame(rows), period)
    assert [str(start)[:10] for start in table["period"]] == expected
