"""All exports of a project as one set of rows in which nothing counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from .accounts import resolve_accounts
from .catalogue import catalogue
from .detail import days_before_posts, join_levels
from .exports import Export, Table
from .exports.totals import SUM_TOLERANCE
from .findings import Finding
from .identity import row_keys, with_ids, without_period
from .overlap import newest, posts_listed_twice, without_overlapping_ranges


# What was a figure's value in the last report, what is it now, and which file says so.
RESTATED = ("channel", "account_id", "grain", "date", "date_end", "metric", "before", "after",
            "file")  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table of a file, for the data-quality tab.

    `superseded` is how many of its rows do not count, because another file has them too.
    """

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

    `restated` has one row for each figure that a platform changed since the last report, with the
    columns of `RESTATED`. `left_out` holds the posts that a person took out, with a `reason`.
    `made` is when the newest export was made.
    """

    rows: pd.DataFrame
    totals: pd.DataFrame
    tables: tuple[TableReport, ...]
    findings: tuple[Finding, ...]
    restated: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(RESTATED)))
    left_out: pd.DataFrame = field(default_factory=pd.DataFrame)
    made: datetime | None = None

    @property
    def metrics(self) -> list[str]:
        """The metrics that have at least one value."""
        known = catalogue().metrics
        names = [str(name) for name in self.rows]
        return [name for name in names if name in known and self.rows[name].notna().any()]


def merge(exports: Sequence[Export]) -> Dataset:
    """Bring exports together: the same post, campaign or day is counted once, at its newest."""
    order = sorted(range(len(exports)), key=lambda i: (_age(exports[i]), i))
    parts, totals, tables = [], [], []
    findings: list[Finding] = []
    for export in _with_own_names([exports[position] for position in order]):
        findings.extend(export.findings)
        for number, table in enumerate(export.tables):
            findings.extend(table.findings)
            name = f"{export.file}#{number}"
            tables.append((name, export, table))
            if len(table.frame):
                parts.append(table.frame.assign(file=export.file, table=name, grain=table.grain))
            stated = _whole_total(table)
            if stated is not None:
                totals.append(stated.assign(table=name))
    rows = _concatenated(parts)
    replaced: dict[str, int] = {}
    aside: list[Finding] = []
    if len(rows):
        rows = _with_basics(rows)
        rows, replaced, aside = _counted_once(rows, {name: t.keys for name, _, t in tables})
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
    made = max((export.made for export in exports), default=None)
    return Dataset(rows, kept, reports, (*findings, *aside), made=made)


def _with_own_names(exports: Sequence[Export]) -> list[Export]:
    """The exports, those of one file name (in several folders) numbered: "posts.csv (2)"."""
    seen: Counter[str] = Counter()
    named = []
    for export in exports:
        seen[export.file] += 1
        number = seen[export.file]
        named.append(replace(export, file=f"{export.file} ({number})") if number > 1 else export)
    return named


def _age(export: Export) -> tuple[pd.Timestamp, pd.Timestamp]:
    """When a file was made, to the second, and then the last day it tells of."""
    last = pd.Timestamp.min
    for table in export.tables:
        for name in ("date", "date_end"):
            if name in table.frame and table.frame[name].notna().any():
                last = max(last, table.frame[name].max())
    return pd.Timestamp(export.made).floor("s"), last


def _with_basics(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that have at least a channel and a date to group by, empty where no file says them."""
    basics = {
        "channel": pd.Series(pd.NA, index=rows.index, dtype="str"),
        "date": pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]"),
    }
    return rows.assign(**{name: empty for name, empty in basics.items() if name not in rows})


def _concatenated(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if not parts:
        return pd.DataFrame({"table": pd.Series(dtype="str")})
    # Columns of nothing but empty cells have no type to agree on.
    return pd.concat([part.dropna(axis="columns", how="all") for part in parts], ignore_index=True)


def _counted_once(
    rows: pd.DataFrame, keys_of: Mapping[str, Sequence[str]]
) -> tuple[pd.DataFrame, dict[str, int], list[Finding]]:
    """The rows that count, how many of each table do not, and what to tell."""
    metrics = [name for name in catalogue().metrics if name in rows]
    flows = catalogue().of_kind("flow", rows)
    rows, unclear = resolve_accounts(rows)
    rows = with_ids(rows)
    keys, again = row_keys(rows, keys_of)
    twice = posts_listed_twice(rows, again)
    counted, superseded, joined = newest(rows, keys, metrics, flows=flows)
    identity = without_period(keys[counted.index])
    counted, overlapping = without_overlapping_ranges(counted, identity, flows=flows)
    counted, levels = join_levels(counted)
    left = counted["table"].value_counts()
    left_out = rows["table"].value_counts().sub(left, fill_value=0).sub(joined, fill_value=0)
    return (
        counted.reset_index(drop=True),
        {str(table): int(count) for table, count in left_out.items()},
        [*unclear, *twice, *superseded, *overlapping, *levels, *days_before_posts(counted)],
    )


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
    flows = catalogue().of_kind("flow", table.frame)
    uniques = catalogue().of_kind("unique", table.totals)
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
