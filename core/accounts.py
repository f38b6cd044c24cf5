"""Which rows belong to the same account, however each file names it."""

from __future__ import annotations

import pandas as pd

from .findings import Finding

NAMES = ("account_id", "account_name", "account_handle")


def resolve_accounts(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Rows with one `account_id` per account of a channel, whatever name a file uses for it.

    A file may give the id, the name or the handle; two files are of the same account when they
    share any of these (case and a leading @ aside). Rows that name no account are taken for the
    channel's only account; where there are several, they stay apart and a finding asks whose
    they are.
    """
    present = [name for name in NAMES if name in rows]
    if not present or "channel" not in rows:
        return rows, []
    findings: list[Finding] = []
    resolved = pd.Series(pd.NA, index=rows.index, dtype="str")
    for channel, group in rows.groupby("channel", dropna=False, sort=False)[present]:
        distinct = group.drop_duplicates()
        account_of = _accounts(distinct)
        named = {account for account in account_of if account}
        if len(named) == 1:
            resolved.loc[group.index] = next(iter(named))
            continue
        lookup = dict(zip(map(tuple, distinct.fillna("").to_numpy()), account_of, strict=True))
        keys = map(tuple, group.fillna("").to_numpy())
        resolved.loc[group.index] = [lookup[key] or None for key in keys]
        if named and len(named) < len(set(account_of)):
            findings.append(
                Finding(
                    "warning",
                    str(channel),
                    f"some files do not say which of the accounts {', '.join(sorted(named))} "
                    "they are of; say it with account under [[file]] in tracksheet.toml",
                )
            )
    return rows.assign(account_id=resolved), findings


def _accounts(distinct: pd.DataFrame) -> list[str]:
    """For each row of names the account's first known name, merging rows that share one."""
    account_of_name: dict[str, str] = {}
    result = []
    for row in distinct.itertuples(index=False):
        names = [str(value) for value in row if isinstance(value, str) and value]
        folded = [name.casefold().lstrip("@") for name in names]
        account = next((account_of_name[name] for name in folded if name in account_of_name), None)
        account = account or (names[0] if names else "")
        for name in folded:
            account_of_name.setdefault(name, account)
        result.append(account)
    return result
