"""Whose rows they are, however each file names the account."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.accounts import resolve_accounts

Row = tuple[str | None, str | None, str | None, str | None]
IG = "instagram"


def frame(rows: list[Row]) -> pd.DataFrame:
    columns = ["channel", "account_id", "account_name", "account_handle"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def resolved(rows: list[Row]) -> list[str | None]:
    found, _ = resolve_accounts(frame(rows))
    return [None if pd.isna(value) else value for value in found["account_id"]]


CASES: dict[str, tuple[list[Row], list[str | None]]] = {
    "id, name and handle": (
        [(IG, "1", "Acme", "acme"), (IG, None, "Acme", None), (IG, None, None, "acme")],
        ["1", "1", "1"],
    ),
    "case and @": ([(IG, "1", "Acme", None), (IG, None, "@ACME", None)], ["1", "1"]),
    "joined by a third": (
        [
            (IG, None, "Acme Paris", None),
            (IG, None, None, "acme"),
            (IG, "1", "Acme Paris", "acme"),
            (IG, "2", "Beta", "beta"),
        ],
        ["1", "1", "1", "2"],
    ),
    "joined without an id": (
        [
            (IG, None, "Acme Paris", None),
            (IG, None, None, "acme"),
            (IG, None, "Acme Paris", "acme"),
            (IG, None, "Beta", None),
        ],
        ["Acme Paris", "Acme Paris", "Acme Paris", "Beta"],
    ),
    "two accounts": ([(IG, "1", "Acme", None), (IG, "2", "Beta", None)], ["1", "2"]),
    "two accounts of one name": ([(IG, "1", "Acme", None), (IG, "2", "Acme", None)], ["1", "2"]),
    "a handle tells them apart": (
        [(IG, "1", "Acme", "acme.fr"), (IG, "2", "Acme", "acme.be"), (IG, None, "Acme", "acme.be")],
        ["1", "2", "2"],
    ),
    "the only account": ([(IG, "1", "Acme", None), (IG, None, None, None)], ["1", "1"]),
    "nobody named": ([(IG, None, None, None), ("x", "1", None, None)], [None, "1"]),
    "no channel": ([(None, None, "Acme", None), (None, None, None, None)], ["Acme", "Acme"]),
    "other channels": (
        [(IG, "1", "Acme", None), ("facebook", "9", "Acme", None), ("x", None, "Acme", None)],
        ["1", "9", "Acme"],
    ),
    "an id written in two ways": (
        [("google_ads", "123-456-7890", "A", None), ("google_ads", "1234567890", None, None)],
        ["123-456-7890", "123-456-7890"],
    ),
    "the person says the id": ([(IG, "1", None, "acme"), (IG, None, "1", None)], ["1", "1"]),
}


@pytest.mark.parametrize("name", CASES)
def test_accounts(name: str) -> None:
    rows, accounts = CASES[name]
    assert resolved(rows) == accounts


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([(IG, "1", "Acme", None), (IG, None, None, None)], None),
        ([(IG, "1", "Acme", None), (IG, "2", "Beta", None)], None),
        (
            [(IG, "1", "Acme", None), (IG, "2", "Beta", None), (IG, None, None, None)],
            "some files do not say which of the accounts 1, 2 they are of; say it with account "
            "under [[file]] in tracksheet.toml",
        ),
        (
            [(IG, "1", "Acme", None), (IG, "2", "Acme", None), (IG, None, "Acme", None)],
            "the accounts 1, 2 have the same name 'Acme', and some files give no id; their rows "
            "are kept apart. Say whose they are with account under [[file]] in tracksheet.toml",
        ),
    ],
)
def test_what_is_unclear_is_asked(rows: list[Row], says: str | None) -> None:
    _, findings = resolve_accounts(frame(rows))
    assert [(f.severity, f.where, f.message) for f in findings] == (
        [("warning", IG, says)] if says else []
    )


def test_rows_without_accounts_are_left_alone() -> None:
    rows = pd.DataFrame({"channel": [IG], "likes": [3]})
    assert resolve_accounts(rows)[0].equals(rows)


NAMES = st.sampled_from([None, "a", "b", "@A", "c"])


@given(st.lists(st.tuples(st.sampled_from([IG, "x"]), NAMES, NAMES, NAMES), min_size=1, max_size=8))
def test_ids_that_differ_stay_apart(rows: list[Row]) -> None:
    accounts = resolved(rows)
    ids = {(row[0], (row[1] or "").lower().lstrip("@")) for row in rows if row[1]}
    found = {
        (row[0], (account or "").lower().lstrip("@"))
        for row, account in zip(rows, accounts, strict=True)
        if row[1]
    }
    assert found == ids
