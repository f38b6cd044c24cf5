"""Whose an account is, and what its exports do not say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from .accounts import NAMES, folded
from .catalogue import catalogue
from .dataset import Dataset
from .exports import Export
from .findings import Finding
from .nearest import did_you_mean

BRAND = "brand"
CURRENCY = "currency"
SHOWN = 5  # accounts named in one finding


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """One row of the Accounts tab. `account` is a name, handle or id as the exports show it.

    `currency` is an ISO 4217 code, `time_zone` an IANA name; empty where the person left it so.
    """

    brand: str = ""
    channel: str = ""
    account: str = ""
    currency: str = ""
    time_zone: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class _Account:
    """An account in the data: its channel, and all it is called there. No name for rows without."""

    channel: str
    names: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(map(folded, self.names))

    @property
    def shown(self) -> str:
        return self.names[-1] if self.names else ""


def with_brands(dataset: Dataset, entries: Sequence[AccountEntry]) -> Dataset:
    """The dataset with a column `brand`, and the currency of accounts whose exports say none.

    What the rows state themselves stands. Entries that fit nothing, accounts that no entry names
    and currencies that contradict each other are findings.
    """
    rows = dataset.rows
    code, accounts = _accounts(rows)
    owner = _owners(accounts, entries)
    brands = [entry.brand if entry is not None else "" for entry in owner]
    codes = [entry.currency if entry is not None else "" for entry in owner]
    findings = [
        *_contradictions(rows, code, owner),
        *_without_account(accounts, entries, owner),
        *_without_entry(accounts, entries, owner),
    ]
    rows = rows.assign(**{BRAND: _filled(rows, BRAND, brands, code)})
    if CURRENCY in rows or any(codes):
        rows = rows.assign(**{CURRENCY: _filled(rows, CURRENCY, codes, code)})
    return replace(dataset, rows=rows, findings=(*dataset.findings, *findings))


def zone_for(export: Export, entries: Sequence[AccountEntry]) -> str | None:
    """The time zone of the account, or accounts, that all rows of an export belong to, else None.

    It is for `ReadOptions.time_zone`, to read the file once more.
    """
    zones: set[str] = set()
    for table in export.tables:
        _, accounts = _accounts(table.frame)
        owners = _owners(accounts, entries)
        zones |= {entry.time_zone if entry is not None else "" for entry in owners}
    return zones.pop() or None if len(zones) == 1 else None


def _accounts(rows: pd.DataFrame) -> tuple[np.ndarray, list[_Account]]:
    """The distinct accounts, and for each row the position of its own.

    Rows of the same channel and id are of one account; without ids, those of the same names.
    """
    columns = ["channel", *(name for name in NAMES if name in rows)]
    names = rows.reindex(columns=columns).astype("str").fillna("")
    if names.empty:
        return np.zeros(0, dtype=np.int64), []
    by = ["channel", "account_id"] if "account_id" in names else columns
    code = names.groupby(by, sort=False).ngroup().to_numpy()
    # An id of no text holds rows of several names: those are told apart by the names.
    if "account_id" in names:
        nameless = (names["account_id"] == "").to_numpy()
        apart = names.groupby(columns, sort=False).ngroup().to_numpy()
        code, _ = pd.factorize(np.where(nameless, -1 - apart, code))
    found: list[_Account] = []
    distinct = names.assign(code=code).drop_duplicates()
    for _, group in distinct.groupby("code", sort=True):
        called = [str(value) for name in columns[1:] for value in group[name] if value]
        found.append(_Account(str(group["channel"].iloc[0]), tuple(dict.fromkeys(called))))
    return code, found


def _owners(
    accounts: Sequence[_Account], entries: Sequence[AccountEntry]
) -> list[AccountEntry | None]:
    """The entry of each account: the first that names it, else the only one of its channel.

    An entry without a name is of its channel's only account; an account that no export names is
    the only one listed for its channel.
    """
    named = Counter(account.channel for account in accounts if account.names)
    owners: list[AccountEntry | None] = []
    for account in accounts:
        here = [one for one in entries if _is_of(one, account.channel)]
        by_name = [one for one in here if one.account and folded(one.account) in account.keys]
        listed = [one for one in here if one.channel]
        alone = listed if len({_key(one) for one in listed}) == 1 else []
        if account.names:
            alone = [one for one in alone if not one.account and named[account.channel] == 1]
        elif named[account.channel]:
            alone = []
        owners.append(next(iter([*by_name, *alone]), None))
    return owners


def _is_of(entry: AccountEntry, channel: str) -> bool:
    return entry.channel.casefold() in ("", channel.casefold())


def _key(entry: AccountEntry) -> tuple[str, str]:
    return entry.channel.casefold(), folded(entry.account)


def _filled(
    rows: pd.DataFrame, column: str, values: Sequence[str], code: np.ndarray
) -> pd.Series[str]:
    """The column, with the value of each row's account where it is empty."""
    said = np.array([value or None for value in [*values, ""]], dtype=object)[code]
    filled = pd.Series(said, index=rows.index, dtype="str")
    return rows[column].astype("str").fillna(filled) if column in rows else filled


def _contradictions(
    rows: pd.DataFrame, code: np.ndarray, owners: Sequence[AccountEntry | None]
) -> Iterator[Finding]:
    """Amounts in another currency than the entry of their account says."""
    amounts = [name for name in rows if _is_amount(str(name))]
    if CURRENCY not in rows or not amounts:
        return
    paid = rows[amounts].notna().any(axis="columns").to_numpy()
    for position, entry in enumerate(owners):
        if entry is None or not entry.currency:
            continue
        stated = rows.loc[(code == position) & paid, CURRENCY].dropna().unique()
        others = sorted(str(one) for one in stated if one != entry.currency)
        if others:
            yield Finding(
                "warning",
                entry.where,
                f"{entry.account or entry.channel} is said to be in {entry.currency}, but its "
                f"exports are in {', '.join(others)}: the exports count. Correct the currency here",
            )


def _is_amount(name: str) -> bool:
    metric = catalogue().metrics.get(name)
    return metric is not None and metric.unit == "currency"


def _without_account(
    accounts: Sequence[_Account],
    entries: Sequence[AccountEntry],
    owners: Sequence[AccountEntry | None],
) -> Iterator[Finding]:
    """Entries that fit no account in the data, each with what is there."""
    used = {_key(owner) for owner in owners if owner is not None}
    for entry in entries:
        if _key(entry) in used:
            continue
        here = [account for account in accounts if _is_of(entry, account.channel)]
        if not here:
            what = entry.channel or repr(entry.account)
            yield Finding("info", entry.where, f"no export has figures of {what} yet")
        else:
            yield Finding("warning", entry.where, _why_not(entry, here))


def _why_not(entry: AccountEntry, here: Sequence[_Account]) -> str:
    names = [account.shown for account in here if account.names]
    if not names:
        return (
            f"the exports of {entry.channel or 'these channels'} do not say which account they "
            "are of, and several are listed: say it with account under [[file]] in tracksheet.toml"
        )
    there = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
    if not entry.account:
        return f"{entry.channel} has several accounts: write which one this is, of {there}"
    spellings = [name for account in here for name in account.names]
    near = did_you_mean(entry.account, spellings)
    return f"no export is of the account {entry.account!r}; there are: {there}.{near}"


def _without_entry(
    accounts: Sequence[_Account],
    entries: Sequence[AccountEntry],
    owners: Sequence[AccountEntry | None],
) -> Iterator[Finding]:
    """Accounts in the data that are not listed, when any are."""
    if not entries:
        return
    for account, owner in zip(accounts, owners, strict=True):
        if owner is None and account.channel:
            called = f"the account {account.shown!r}" if account.names else "an account"
            yield Finding(
                "info", account.channel, f"{called} is not on the Accounts tab: it has no brand"
            )
