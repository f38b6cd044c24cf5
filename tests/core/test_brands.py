"""Whose an account is: brands, currencies and time zones of the Accounts tab beside the rows."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracksheet.core.brands import AccountEntry, with_brands, zone_for
from tracksheet.core.dataset import Dataset
from tracksheet.core.exports import Export, Table

IG, FB = "instagram", "facebook"
WHERE = "plan.xlsx, Accounts, row 4"
Row = dict[str, object]


def dataset(rows: list[Row]) -> Dataset:
    frame = pd.DataFrame(rows)
    for name in frame.columns.difference(["spend", "likes"]):
        frame[name] = frame[name].astype("str")
    return Dataset(frame, pd.DataFrame(), (), ())


def entry(channel: str, account: str = "", **said: str) -> AccountEntry:
    return AccountEntry(channel=channel, account=account, where=WHERE, **said)


def column(data: Dataset, name: str) -> list[str | None]:
    return [None if pd.isna(value) else value for value in data.rows[name]]


def said(data: Dataset) -> list[tuple[str, str]]:
    return [(finding.severity, str(finding)) for finding in data.findings]


ACME: Row = {
    "channel": IG, "account_id": "17", "account_name": "Acme Coffee", "account_handle": "acme",
}  # fmt: skip
BETA: Row = {"channel": IG, "account_id": "18", "account_name": "Beta", "account_handle": "beta"}
NAMELESS: Row = {"channel": IG, "likes": 1.0}

MATCHES: dict[str, tuple[list[Row], list[AccountEntry], list[str | None]]] = {
    "by id": ([ACME, BETA], [entry(IG, "17", brand="A")], ["A", None]),
    "by name, whatever its capitals": (
        [ACME, BETA], [entry(IG, "ACME coffee", brand="A")], ["A", None],
    ),
    "by handle, with or without @": ([ACME, BETA], [entry(IG, "@Acme", brand="A")], ["A", None]),
    "by a number with hyphens": (
        [{"channel": "google_ads", "account_id": "123-456-7890"}],
        [entry("google_ads", "1234567890", brand="A")], ["A"],
    ),
    "every row of the id, also those that do not say the name": (
        [ACME, {"channel": IG, "account_id": "17"}], [entry(IG, "acme", brand="A")], ["A", "A"],
    ),
    "one channel is not another": ([ACME], [entry(FB, "acme", brand="A")], [None]),
    "any channel, where the entry says none": ([ACME], [entry("", "acme", brand="A")], ["A"]),
    "the channel's only account": ([ACME], [entry(IG, brand="A")], ["A"]),
    "which of two is not guessed": ([ACME, BETA], [entry(IG, brand="A")], [None, None]),
    "exports that name no account, and one entry": (
        [NAMELESS], [entry(IG, "acme", brand="A")], ["A"],
    ),
    "exports that name no account, and two entries": (
        [NAMELESS], [entry(IG, "acme", brand="A"), entry(IG, "beta", brand="B")], [None],
    ),
    "rows that name no account beside one that is another": (
        [BETA, {"channel": IG}], [entry(IG, "acme", brand="A")], [None, None],
    ),
    "the first of two entries for one account": (
        [ACME], [entry(IG, "acme", brand="A"), entry(IG, "acme", brand="B")], ["A"],
    ),
    "a brand that the rows state stays": (
        [{**ACME, "brand": "Mine"}, ACME], [entry(IG, "acme", brand="A")], ["Mine", "A"],
    ),
    "no entries": ([ACME], [], [None]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "entries", "brands"), MATCHES.values(), ids=MATCHES)
def test_rows_have_the_brand_of_their_account(
    rows: list[Row], entries: list[AccountEntry], brands: list[str | None]
) -> None:
    assert column(with_brands(dataset(rows), entries), "brand") == brands


def test_an_empty_dataset_has_an_empty_column() -> None:
    nothing = Dataset(pd.DataFrame({"table": pd.Series(dtype="str")}), pd.DataFrame(), (), ())
    found = with_brands(nothing, [entry(IG, "acme", brand="A")])
    assert list(found.rows["brand"]) == []
    assert said(found) == [("info", f"{WHERE}: no export has figures of instagram yet")]


def test_the_frame_that_was_given_stays_as_it_was() -> None:
    data = dataset([ACME])
    with_brands(data, [entry(IG, "acme", brand="A", currency="EUR")])
    assert list(data.rows) == list(ACME)


def test_a_currency_is_filled_in_and_never_overruled() -> None:
    rows: list[Row] = [
        {**ACME, "spend": 5.0, "currency": None},
        {**BETA, "spend": 7.0, "currency": "USD"},
    ]
    entries = [entry(IG, "acme", currency="EUR"), entry(IG, "beta", currency="USD")]
    found = with_brands(dataset(rows), entries)
    assert column(found, "currency") == ["EUR", "USD"]
    assert said(found) == []


def test_a_currency_comes_where_no_export_has_any() -> None:
    found = with_brands(dataset([{**ACME, "spend": 5.0}]), [entry(IG, "acme", currency="EUR")])
    assert column(found, "currency") == ["EUR"]


def test_without_a_currency_in_the_entries_no_column_is_made() -> None:
    assert "currency" not in with_brands(dataset([ACME]), [entry(IG, "acme", brand="A")]).rows


def test_a_currency_that_contradicts_the_exports_is_told() -> None:
    rows: list[Row] = [{**ACME, "spend": 5.0, "currency": "USD"}]
    found = with_brands(dataset(rows), [entry(IG, "acme", currency="EUR")])
    assert column(found, "currency") == ["USD"]
    assert said(found) == [
        (
            "warning",
            f"{WHERE}: acme is said to be in EUR, but its exports are in USD: the exports count. "
            "Correct the currency here",
        )
    ]


def test_a_currency_without_amounts_contradicts_nothing() -> None:
    rows: list[Row] = [{**ACME, "spend": float("nan"), "currency": "USD"}]
    assert said(with_brands(dataset(rows), [entry(IG, "acme", currency="EUR")])) == []


def unlisted(account: str) -> tuple[str, str]:
    return ("info", f"instagram: {account} is not on the Accounts tab: it has no brand")


REMARKS: dict[str, tuple[list[Row], list[AccountEntry], list[tuple[str, str]]]] = {
    "a slip": (
        [ACME],
        [entry(IG, "acne")],
        [
            (
                "warning",
                f"{WHERE}: no export is of the account 'acne'; there are: acme. "
                "Did you mean 'acme'?",
            ),
            unlisted("the account 'acme'"),
        ],
    ),
    "a channel without exports": (
        [ACME],
        [entry(IG, "acme"), entry("tiktok", "acme")],
        [("info", f"{WHERE}: no export has figures of tiktok yet")],
    ),
    "no name where the channel has two accounts": (
        [ACME, BETA],
        [entry(IG)],
        [
            (
                "warning",
                f"{WHERE}: instagram has several accounts: write which one this is, of acme, beta",
            ),
            unlisted("the account 'acme'"),
            unlisted("the account 'beta'"),
        ],
    ),
    "exports that do not say which of two": (
        [NAMELESS],
        [entry(IG, "acme"), entry(IG, "beta")],
        [
            *[
                (
                    "warning",
                    f"{WHERE}: the exports of instagram do not say which account they are of, and "
                    "several are listed: say it with account under [[file]] in tracksheet.toml",
                )
            ]
            * 2,
            unlisted("an account"),
        ],
    ),
    "nothing to say without entries": ([ACME, BETA], [], []),
}


@pytest.mark.parametrize(("rows", "entries", "expected"), REMARKS.values(), ids=REMARKS)
def test_what_fits_nothing_is_told(
    rows: list[Row], entries: list[AccountEntry], expected: list[tuple[str, str]]
) -> None:
    assert said(with_brands(dataset(rows), entries)) == expected


def export(*tables: list[Row]) -> Export:
    made = tuple(
        Table("p", "", "day", (), (), (), dataset(rows).rows, pd.DataFrame(), ()) for rows in tables
    )
    return Export("a.csv", "utf-8", ",", datetime(2026, 9, 1), made)


PARIS, TOKYO = "Europe/Paris", "Asia/Tokyo"
IN_PARIS = entry(IG, "acme", time_zone=PARIS)
ZONES: dict[str, tuple[Export, list[AccountEntry], str | None]] = {
    "one account": (export([ACME]), [IN_PARIS], PARIS),
    "an account that is not listed": (export([ACME]), [entry(IG, "beta", time_zone=PARIS)], None),
    "an account beside one that is not listed": (export([ACME, BETA]), [IN_PARIS], None),
    "two accounts in two zones": (
        export([ACME, BETA]), [IN_PARIS, entry(IG, "beta", time_zone=TOKYO)], None,
    ),
    "two accounts in one zone": (
        export([ACME], [BETA]), [IN_PARIS, entry(IG, "beta", time_zone=PARIS)], PARIS,
    ),
    "no names, one account listed": (export([NAMELESS]), [IN_PARIS], PARIS),
    "no zone said": (export([ACME]), [entry(IG, "acme")], None),
    "no rows": (export(), [IN_PARIS], None),
    "no channel": (export([{"likes": 1.0}]), [IN_PARIS], None),
}  # fmt: skip


@pytest.mark.parametrize(("file", "entries", "zone"), ZONES.values(), ids=ZONES)
def test_the_zone_of_an_export(file: Export, entries: list[AccountEntry], zone: str | None) -> None:
    assert zone_for(file, entries) == zone


NAME = st.sampled_from(["", "a", "@A", "b", "17"])
ROWS = st.lists(
    st.fixed_dictionaries(
        {"channel": st.sampled_from([IG, FB]), "account_id": NAME, "account_name": NAME}
    ),
    min_size=1,
    max_size=6,
)
ENTRIES = st.lists(
    st.builds(entry, st.sampled_from([IG, FB, ""]), NAME, brand=st.sampled_from(["A", "B"])),
    max_size=4,
)


@settings(max_examples=40, deadline=None)  # pandas is slow on a busy machine
@given(ROWS, ENTRIES)
def test_rows_stay_in_place_and_doing_it_twice_changes_nothing(
    rows: list[dict[str, str]], entries: list[AccountEntry]
) -> None:
    data = dataset([{key: value or None for key, value in row.items()} for row in rows])
    once = with_brands(data, entries)
    pd.testing.assert_frame_equal(once.rows.drop(columns="brand"), data.rows)
    pd.testing.assert_frame_equal(with_brands(once, entries).rows, once.rows)
