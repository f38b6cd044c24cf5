"""All exports of a project as one set of rows in which nothing counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from .accounts import resolve_accounts
from .catalogue import catalogue
from .exports import Export, Table
from .exports.profile import IDENTITIES
from .exports.totals import SUM_TOLERANCE
from .findings import Finding
from .overlap import newest, without_overlapping_ranges

SEPARATOR = "\x1f"  # between the parts of a key; no export prints it


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table of a file, for the data-quality tab."""

    file: str
    title: str
    profile: str
    rows: int
    totals: int
    superseded: int
    unmapped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows of every grain, each counted once.

    `rows` has a column per metric and field, and `file`, `table`, `grain`. `totals` has one row
    per table whose platform stated a total for exactly those rows: the only true count of people.
    """

    rows: pd.DataFrame
    totals: pd.DataFrame
    tables: tuple[TableReport, ...]
    findings: tuple[Finding, ...]

    @property
    def metrics(self) -> list[str]:
        """The metrics that have at least one value."""
        known = catalogue().metrics
        return [name for name in self.rows if name in known and self.rows[name].notna().any()]


def merge(exports: Sequence[Export]) -> Dataset:
    """Bring exports together: the same post, campaign or day is counted once, at its newest."""
    order = sorted(range(len(exports)), key=lambda i: (_age(exports[i]), i))
    parts, totals, tables, findings = [], [], [], []
    for position in order:
        export = exports[position]
        findings.extend(export.findings)
        for number, table in enumerate(export.tables):
            findings.extend(table.findings)
            name = f"{export.file}#{number}"
            tables.append((name, export, table))
            if len(table.frame):
                parts.append(_part(table, export.file, name))
            stated = _whole_total(table)
            if stated is not None:
                totals.append(stated.assign(table=name))
    rows = _concatenated(parts)
    replaced: dict[str, int] = {}
    aside: list[Finding] = []
    if len(rows):
        rows, replaced, aside = _counted_once(rows)
        rows = _followers_at_posts(rows)
    kept = _still_whole(_concatenated(totals), rows, {name: len(t.frame) for name, _, t in tables})
    reports = tuple(
        TableReport(
            export.file,
            table.title,
            table.profile or "",
            len(table.frame),
            len(table.totals),
            replaced.get(name, 0),
            table.unmapped,
        )
        for name, export, table in tables
    )
    return Dataset(rows, kept, reports, tuple([*findings, *aside]))


def _age(export: Export) -> tuple[pd.Timestamp, pd.Timestamp]:
    """When a file was made, to the second, and then the last day it tells of."""
    last = pd.Timestamp.min
    for table in export.tables:
        for name in ("date", "date_end"):
            if name in table.frame and table.frame[name].notna().any():
                last = max(last, table.frame[name].max())
    return pd.Timestamp(export.made).floor("s"), last


def _part(table: Table, file: str, name: str) -> pd.DataFrame:
    frame = table.frame.assign(file=file, table=name, grain=table.grain)
    names = table.keys or tuple(sorted(IDENTITIES & set(frame)))
    key = _key(frame, [key for key in names if key in frame])
    # Two rows of one table are two things, however alike: a breakdown we do not know, or two
    # campaigns of one name. Only another file can bring a newer value of the same row.
    again = key.groupby(key).cumcount()
    frame["key"] = key.where((again == 0) | (key == ""), key + SEPARATOR + again.astype("str"))
    return frame


def _key(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series[str]:
    """The given columns as one text; empty where all are, so that such rows are never merged."""
    key = pd.Series("", index=frame.index, dtype="str")
    known = pd.Series(False, index=frame.index)
    for name in names:
        if name.startswith("account_"):  # added once accounts are resolved
            continue
        column = frame[name]
        known |= column.notna()
        if not isinstance(column.dtype, pd.StringDtype):
            column = column.astype("str")
        key = key + SEPARATOR + name + "=" + column.fillna("")
    return key.where(known, "")


def _concatenated(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame({"table": pd.Series(dtype="str")})
    # Columns of nothing but empty cells have no type to agree on.
    return pd.concat([part.dropna(axis="columns", how="all") for part in parts], ignore_index=True)


def _counted_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int], list[Finding]]:
    rows, findings = resolve_accounts(rows)
    who = rows["grain"].astype("str")
    for name in ("channel", "account_id"):
        if name in rows:
            who = who + SEPARATOR + rows[name].fillna("")
    keys = (who + rows["key"]).where(rows["key"] != "", "")
    metrics = [name for name in rows if name in catalogue().metrics]
    rows, replaced, superseded = newest(rows, keys, metrics)
    identity = keys.loc[rows.index].str.replace(
        rf"{SEPARATOR}date(_end)?=[^{SEPARATOR}]*", "", regex=True
    )
    rows, overlapping = without_overlapping_ranges(rows, identity)
    rows = rows.drop(columns="key").reset_index(drop=True)
    return rows, dict(replaced.items()), [*findings, *superseded, *overlapping]


def _followers_at_posts(rows: pd.DataFrame) -> pd.DataFrame:
    """Beside each post the account's followers when it was published, as last known by then.

    Where the first known figure is later than the post, that one is used.
    """
    if "followers" not in rows or "date" not in rows or "channel" not in rows:
        return rows
    by = [name for name in ("channel", "account_id") if name in rows]
    columns = ["date", *by, "followers"]
    known = rows.loc[rows["followers"].notna() & rows["date"].notna(), columns].sort_values("date")
    posts = rows.loc[(rows["grain"] == "post") & rows["date"].notna(), ["date", *by]]
    if known.empty or posts.empty:
        return rows
    for name in by:
        known[name], posts[name] = known[name].fillna(""), posts[name].fillna("")
    ordered = posts.sort_values("date")
    then = pd.merge_asof(ordered, known, on="date", by=by)["followers"]
    later = pd.merge_asof(ordered, known, on="date", by=by, direction="forward")["followers"]
    values = then.fillna(later)
    values.index = ordered.index
    at_post = values.reindex(rows.index)
    if "followers_at_post" in rows:
        at_post = rows["followers_at_post"].fillna(at_post)
    return rows.assign(followers_at_post=at_post)


def _whole_total(table: Table) -> pd.DataFrame | None:
    """The platform's total of exactly the table's rows, if its additive figures agree with them."""
    flows = [
        name
        for name in table.frame
        if name in catalogue().metrics and catalogue().metrics[name].kind == "flow"
    ]
    uniques = [
        name
        for name in table.totals
        if name in catalogue().metrics and catalogue().metrics[name].kind == "unique"
    ]
    if table.totals.empty or not uniques:
        return None
    for position in range(len(table.totals)):
        row = table.totals.iloc[[position]]
        compared = [name for name in flows if row[name].notna().all()]
        agrees = all(
            abs(float(row[name].iloc[0]) - float(table.frame[name].sum()))
            <= SUM_TOLERANCE * (len(table.frame) + 1)
            for name in compared
        )
        if compared and agrees and row[uniques].notna().any(axis=None):
            return row[uniques]
    return None


def _still_whole(totals: pd.DataFrame, rows: pd.DataFrame, sizes: dict[str, int]) -> pd.DataFrame:
    """Totals of tables none of whose rows was replaced by another file."""
    if totals.empty:
        return totals
    left = rows.groupby("table").size()
    whole = [left.get(name, 0) == sizes[name] for name in totals["table"]]
    return totals[whole].reset_index(drop=True)
