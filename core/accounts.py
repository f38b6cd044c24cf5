"""Which rows belong to the same account, however each file names it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from .findings import Finding

NAMES = ("account_id", "account_name", "account_handle")


def resolve_accounts(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows with one `account_id` per account of a channel, whatever name a file uses for it.

    A file may give the id, the name or the handle; two files are of the same account when they
    share any of these (case and a leading @ aside), unless their ids differ: two accounts may
    have one name. Rows that name no account are taken for the channel's only account; where
    there are several, they stay apart and a finding asks whose they are.
    """
    present = [name for name in NAMES if name in rows]
    if not present or "channel" not in rows:
        return rows, []
    findings: list[Finding] = []
    resolved = pd.Series(pd.NA, index=rows.index, dtype="str")
    channels = rows["channel"].fillna("")
    for channel, group in rows.groupby(channels, sort=False)[present]:
        code = group.groupby(present, dropna=False, sort=False).ngroup()
        distinct = group[~code.duplicated()]
        accounts, shared = _accounts(distinct)
        named = sorted({account for account in accounts if account})
        if len(named) == 1:
            accounts = named * len(accounts)
        elif named and "" in accounts:
            findings.append(_whose(str(channel), named))
        findings.extend(_unclear(str(channel), name, of) for name, of in shared.items())
        resolved[group.index] = np.array([a or None for a in accounts], dtype=object)[code]
    return rows.assign(account_id=resolved), findings


def _whose(channel: str, named: Sequence[str]) -> Finding:
    return Finding(
        "warning",
        channel,
        f"some files do not say which of the accounts {', '.join(named)} they are of; say it with "
        "account under [[file]] in tracksheet.toml",
    )


def _unclear(channel: str, name: str, of: Iterable[str]) -> Finding:
    return Finding(
        "warning",
        channel,
        f"the accounts {', '.join(sorted(of))} have the same name {name!r}, and some files give "
        "no id; their rows are kept apart. Say whose they are with account under [[file]] in "
        "tracksheet.toml",
    )


def _accounts(distinct: pd.DataFrame) -> tuple[list[str], dict[str, set[str]]]:
    """The account of each row of names, and the names that fit several ids where none is given."""
    names = [_names(row) for row in distinct.itertuples(index=False)]
    has_id = "account_id" in distinct
    ids = distinct["account_id"].fillna("").tolist() if has_id else [""] * len(names)
    ids_of: dict[str, set[str]] = {}
    spelling: dict[str, str] = {}  # of ids: 123-456 and 123456 are one
    for identifier, those in zip(ids, names, strict=True):
        if identifier:
            first = spelling.setdefault(folded(identifier), identifier)
            for name in those:
                ids_of.setdefault(name, set()).add(first)
    joined = _joined([those for those, i in zip(names, ids, strict=True) if not i])
    label: dict[str, str] = {}
    shared: dict[str, set[str]] = {}
    accounts = []
    for row, identifier, those in zip(distinct.itertuples(index=False), ids, names, strict=True):
        if identifier or not those:
            accounts.append(spelling[folded(identifier)] if identifier else "")
            continue
        found = set().union(*(ids_of.get(name, set()) for name in joined[those[0]]))
        sure = {i for name in those if len(ids_of.get(name, ())) == 1 for i in ids_of[name]}
        if len(sure) == 1:  # the handle tells which of two accounts of one name
            found = sure
        plain = label.setdefault(min(joined[those[0]]), next(v for v in row if _is_name(v)))
        if len(found) > 1:
            shared.setdefault(plain, set()).update(found)
        accounts.append(next(iter(found)) if len(found) == 1 else plain)
    return accounts, shared


def _joined(groups: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    """For each name all the names that stand for the same account, by being named together."""
    joined: dict[str, set[str]] = {}
    for names in groups:
        together = set(names).union(*(joined.get(name, set()) for name in names))
        joined.update(dict.fromkeys(together, together))
    return joined


def _names(row: Iterable[object]) -> list[str]:
    return [folded(str(value)) for value in row if _is_name(value)]


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def folded(name: str) -> str:
    folded = name.strip().casefold().lstrip("@")
    plain = folded.removeprefix("act_").replace("-", "")
    return plain if plain.isdigit() else folded
