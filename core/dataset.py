"""All exports of a project as one set of rows in which nothing counts twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from .accounts import resolve_accounts
from .catalogue import catalogue
from .detail import days_before_posts, join_levels
from .exports import Export, Table
from .findings import Finding, counted
from .followers import followers_at_posts
from .identity import row_keys, with_ids, without_period
from .overlap import newest, posts_listed_twice, without_overlapping_ranges
from .restated import RESTATED, restated_rows
from .stack import stacked
from .stated_totals import still_whole, whole_total
from .superseded import HISTORY


@dataclass(frozen=True, slots=True)
class TableReport:
    """What became of one table of a file, for the data-quality tab.

    `superseded` is how many of its rows do not count, because another file has them too.
    `from_history` says that the file is no longer there, only remembered. `made` is when the
    platform made it.
    """

    file: str
    title: str
    profile: str
    rows: int
    totals: int
    superseded: int
    unmapped: tuple[str, ...]
    from_history: bool = False
    made: datetime | None = None


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
    def made_by_file(self) -> dict[str, datetime]:
        """When each file was made that says so; the others count as made with the newest."""
        return {table.file: table.made for table in self.tables if table.made is not None}

    @property
    def metrics(self) -> list[str]:
        """The metrics that have at least one value."""
        known = catalogue().metrics
        names = [str(name) for name in self.rows]
        return [name for name in names if name in known and self.rows[name].notna().any()]


def merge(
    exports: Sequence[Export],
    *,
    reported: Collection[int] = (),
    quiet: Collection[int] = (),
    aside: Collection[int] = (),
) -> Dataset:
    """Bring exports together: the same post, campaign or day is counted once, at its newest.

    Positions of exports say more about them. The last report knew those in `reported`: figures
    that are others now are `restated`. Those in `quiet` come from the history alone: what was to
    be said of them was said when they were new. Those in `aside` do not count; their rows only
    tell what the last report said.
    """
    order = sorted(range(len(exports)), key=lambda i: (_age(exports[i]), i))
    inputs = _inputs(exports, order, set(reported), set(quiet), set(aside))
    live = [table for table in inputs if not table.aside]
    totals = [
        stated.assign(table=table.name)
        for table in live
        if (stated := whole_total(table.table)) is not None
    ]
    rows = stacked([(table.name, table.export.file, table.table) for table in inputs])
    merged = _Merged(rows.iloc[:0], {}, [], pd.DataFrame(columns=list(RESTATED)))
    if len(rows):
        merged = _counted_once(_with_basics(rows), inputs)
    rows = followers_at_posts(merged.rows)
    sizes = {table.name: len(table.table.frame) for table in live}
    return Dataset(
        rows,
        still_whole(totals, rows, sizes),
        tuple(_report(table, merged.replaced.get(table.name, 0)) for table in live),
        (*_findings_of(exports, order, quiet, aside), *merged.findings),
        merged.restated,
        made=max((e.made for i, e in enumerate(exports) if i not in aside), default=None),
    )


@dataclass(frozen=True, slots=True)
class _Input:
    """A table with its own name, and what was said about its export."""

    name: str
    export: Export
    table: Table
    reported: bool
    quiet: bool
    aside: bool


def _inputs(
    exports: Sequence[Export],
    order: Sequence[int],
    reported: Collection[int],
    quiet: Collection[int],
    aside: Collection[int],
) -> list[_Input]:
    """All tables, the oldest export first."""
    named = _with_own_names(exports, order, {*quiet, *aside})
    return [
        _Input(f"{named[i].file}#{number}", named[i], table, i in reported, i in quiet, i in aside)
        for i in order
        for number, table in enumerate(named[i].tables)
    ]


def _with_own_names(
    exports: Sequence[Export], order: Sequence[int], old: Collection[int]
) -> dict[int, Export]:
    """The exports by position, each with a file name of its own.

    Files of one name, in several folders, are numbered: "posts.csv (2)". One that is only
    remembered has the day it was made beside its name where another has the same.
    """
    times = Counter(export.file for export in exports)
    seen: Counter[str] = Counter()
    named = {}
    for i in sorted(order, key=lambda i: i in old):
        name = exports[i].file
        if i in old and times[name] > 1:
            name = f"{name} ({exports[i].made:%Y-%m-%d})"
        seen[name] += 1
        number = f" ({seen[name]})" if seen[name] > 1 else ""
        named[i] = replace(exports[i], file=name + number)
    return named


def _findings_of(
    exports: Sequence[Export],
    order: Sequence[int],
    quiet: Collection[int],
    aside: Collection[int],
) -> Iterator[Finding]:
    """What was said while reading; of exports that are only remembered, how many there are."""
    for i in order:
        if i not in quiet and i not in aside:
            yield from exports[i].findings
            for table in exports[i].tables:
                yield from table.findings
    remembered = [exports[i].made for i in order if i in quiet and i not in aside]
    if remembered:
        first, last = min(remembered).date(), max(remembered).date()
        when = f"on {first}" if first == last else f"from {first} to {last}"
        yield Finding(
            "info",
            HISTORY,
            f"{counted(len(remembered), 'export')} from the history, made {when}: their files are "
            "no longer there, their figures still count",
        )


def _report(table: _Input, superseded: int) -> TableReport:
    return TableReport(
        table.export.file,
        table.table.title,
        table.table.profile or "",
        len(table.table.frame),
        len(table.table.totals),
        superseded,
        table.table.unmapped,
        table.quiet,
        table.export.made,
    )


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


@dataclass(frozen=True, slots=True)
class _Merged:
    """The rows that count, how many of each table do not, what to tell, and what was restated."""

    rows: pd.DataFrame
    replaced: Mapping[str, int]
    findings: Sequence[Finding]
    restated: pd.DataFrame


def _counted_once(rows: pd.DataFrame, inputs: Sequence[_Input]) -> _Merged:
    metrics = [name for name in catalogue().metrics if name in rows]
    flows = catalogue().of_kind("flow", rows)
    quiet = {table.export.file for table in inputs if table.quiet or table.aside}
    rows, unclear = resolve_accounts(rows)
    rows = with_ids(rows)
    keys, again = row_keys(rows, {table.name: table.table.keys for table in inputs})
    aside, reported, remembered = (
        _rows_of(inputs, rows, s) for s in ("aside", "reported", "quiet")
    )
    live = rows[~aside] if aside.any() else rows
    here = ~aside & ~remembered
    twice = posts_listed_twice(rows[here], again[here])
    codes = pd.Series(pd.factorize(keys)[0], index=keys.index)  # quicker to compare than text
    kept, superseded, joined = newest(live, codes[live.index], metrics, flows=flows, quiet=quiet)
    identity = without_period(keys[kept.index])
    kept, overlapping = without_overlapping_ranges(kept, identity, flows=flows, quiet=quiet)
    kept, levels = join_levels(kept)
    restated = restated_rows(rows, codes, kept, metrics, reported=reported, aside=aside)
    left = kept["table"].value_counts()
    left_out = live["table"].value_counts().sub(left, fill_value=0).sub(joined, fill_value=0)
    of_levels = [finding for finding in levels if finding.where not in quiet]
    return _Merged(
        kept.reset_index(drop=True),
        {str(table): int(count) for table, count in left_out.items()},
        [*unclear, *twice, *superseded, *overlapping, *of_levels, *days_before_posts(kept)],
        restated,
    )


def _rows_of(inputs: Sequence[_Input], rows: pd.DataFrame, state: str) -> pd.Series[bool]:
    """Marks the rows of tables whose export is in a state, such as "quiet"."""
    states = {table.name: bool(getattr(table, state)) for table in inputs}
    return rows["table"].map(states).astype("bool")
