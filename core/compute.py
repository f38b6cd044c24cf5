"""KPIs per group and period, from any data frame, given back as the caller's own kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import narwhals as nw
from narwhals.typing import IntoFrame, IntoFrameT

from . import dates, figures, remarks
from .aggregation import Stated, aggregate
from .catalogue import Kpi, catalogue
from .columns import Columns, ComputeError, Frame, require
from .currencies import CODE
from .grouping import PERIOD
from .nearest import did_you_mean
from .periods import RANGE, PeriodError, check
from .quantities import Before, Missing, Quantity
from .resolution import Resolver
from .rows import CURRENCY, TABLE, Rows, prepare

__all__ = ["ComputeError", "kpi_table", "rows_across_periods", "rows_without_date"]

COMPARE = ("previous", "last_year")
NOTE = "note"


def kpi_table(
    frame: IntoFrameT,
    kpis: Sequence[str],
    *,
    by: Sequence[str] = (),
    period: str = RANGE,
    compare: Sequence[str] = (),
    date: str | None = None,
    time_zone: str | None = None,
    totals: IntoFrame | None = None,
    inputs: bool = False,
) -> IntoFrameT:
    """The KPIs, by id or Excel name, for each group of rows and each period.

    `frame` may be a pandas, Polars or PyArrow table, a Polars LazyFrame or a DuckDB relation,
    with a column per metric; the result is of the same kind, lazy if it was. It has the columns
    `by`, then `period` (first day; absent for the whole range), then each KPI, `currency` if one
    of them is money and the rows say theirs, and `note`. Sorted by group and period.

    Inputs are aggregated first, each by its kind, and the formula is applied to the result:
    flows are summed, of stocks the last value of each account is taken and accounts are added.
    Counts of people are never summed: `<kpi>_low` and `<kpi>_high` give their bounds, unless
    `totals` (one row per `table`, a column the frame must then have too) states the true number.
    Nothing known gives null, and so does a zero denominator.

    `period` is day, week (ISO), month, quarter, year or range. `compare` may list "previous" and
    "last_year", and adds `<kpi>_previous`, `<kpi>_change`, `<kpi>_last_year` and
    `<kpi>_last_year_change`; with `inputs` the figures that went into each formula are given too,
    as `<kpi>.<metric>`. The rows are dated by `date` or else `published_at`; aware
    timestamps are taken in `time_zone`.

    Raises `UnknownKpi` or `ComputeError`, which say what to change.

    >>> import pandas as pd
    >>> posts = pd.DataFrame({
    ...     "channel": ["instagram", "instagram", "tiktok"],
    ...     "clicks": [30, 20, 10],
    ...     "impressions": [1500, 1000, 0],
    ... })
    >>> table = kpi_table(posts, ["CTR", "clicks"], by=["channel"])
    >>> print(table[["channel", "ctr", "clicks"]].to_string(index=False))
      channel  ctr  clicks
    instagram 0.02    50.0
       tiktok  NaN    10.0
    """
    chosen = _chosen(kpis)
    read = cast("nw.DataFrame[Any] | Frame", nw.from_native(frame))
    columns = Columns(read)
    by = _groups(by, columns, period, chosen)
    compare = _checked(period, compare)
    quantities = _quantities(chosen, columns, period)
    rows = prepare(
        read.lazy(),
        columns,
        list(quantities.values()),
        by=by,
        period=period,
        date=date,
        time_zone=time_zone,
    )
    amounts = [
        name
        for name, quantity in quantities.items()
        if catalogue().metrics[name].unit == "currency" and not isinstance(quantity, Missing)
    ]
    stated = None if totals is None else _stated(totals, read, columns)
    groups = aggregate(rows, quantities, amounts=amounts, totals=stated)
    table = _arranged(groups, rows, chosen, quantities, amounts, compare, inputs=inputs)
    if isinstance(read, nw.LazyFrame):
        return cast("IntoFrameT", table.to_native())
    return cast("IntoFrameT", nw.maybe_reset_index(table.collect()).to_native())


def _arranged(
    groups: Frame,
    rows: Rows,
    kpis: Sequence[Kpi],
    quantities: Mapping[str, Quantity],
    amounts: Sequence[str],
    compare: Sequence[str],
    *,
    inputs: bool,
) -> Frame:
    """The columns of the result in their order, and its rows in theirs."""
    note = remarks.note(groups, rows, kpis, quantities, amounts)
    groups, shown = figures.with_figures(groups, kpis, quantities, inputs=inputs)
    last = [NOTE]
    if CODE in groups.collect_schema():
        shown[CURRENCY] = nw.col(CODE)
        last = [CURRENCY, NOTE]
    dated = rows.period != RANGE
    keys = [*rows.keys, PERIOD] if dated else rows.keys
    table = groups.select(*keys, **shown, **{NOTE: note})
    table = figures.with_comparisons(table, rows, kpis, compare)
    if dated:
        table = table.with_columns(figures.shown_period(table).alias("period"))
    order = [*rows.by, "period"] if dated else rows.by
    table = table.select(*order, *figures.names(kpis, compare, inputs=inputs), *last)
    return table.sort(*order, nulls_last=True) if order else table


def _chosen(kpis: Sequence[str]) -> tuple[Kpi, ...]:
    names = [kpis] if isinstance(kpis, str) else kpis
    chosen = dict.fromkeys(catalogue().kpi(name).id for name in names)
    if not chosen:
        raise ComputeError("kpis: name at least one KPI, such as 'engagement_rate'")
    return tuple(catalogue().kpis[id] for id in chosen)


def _groups(
    by: Sequence[str], columns: Columns, period: str, kpis: Sequence[Kpi]
) -> tuple[str, ...]:
    names = tuple(dict.fromkeys([by] if isinstance(by, str) else by))
    taken = {NOTE, *(kpi.id for kpi in kpis), *(["period"] if period != RANGE else [])}
    for name in names:
        require(name, columns.schema, "by")
        if name in catalogue().metrics:
            raise ComputeError(f"by: {name!r} is a figure, which cannot make groups")
        if name in taken:
            raise ComputeError(
                f"by: the result has its own column {name!r}: rename that of the data"
            )
    return names


def _checked(period: str, compare: Sequence[str]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys([compare] if isinstance(compare, str) else compare))
    try:
        check(period)
    except PeriodError as error:
        raise ComputeError(str(error)) from None
    for name in names:
        if name not in COMPARE:
            near = did_you_mean(name, COMPARE)
            raise ComputeError(
                f"compare: unknown {name!r}.{near} It may list {' and '.join(COMPARE)}."
            )
    if names and period == RANGE:
        raise ComputeError("compare needs a period to compare with another: month, week, …")
    return names


def _quantities(kpis: Sequence[Kpi], columns: Columns, period: str) -> dict[str, Quantity]:
    resolver = Resolver(catalogue(), columns)
    names = dict.fromkeys(name for kpi in kpis for name in kpi.inputs)
    found = {name: resolver.resolve(name) for name in names}
    if period != RANGE:
        return found
    # The whole range has nothing before it.
    none = Missing(("an earlier period",))
    return {name: none if isinstance(item, Before) else item for name, item in found.items()}


def _stated(totals: IntoFrame, frame: nw.DataFrame[Any] | Frame, columns: Columns) -> Stated:
    stated = nw.from_native(totals)
    if stated.implementation is not frame.implementation:
        raise ComputeError(
            f"totals: a {stated.implementation} frame cannot be joined to a "
            f"{frame.implementation} one: give both as the same kind"
        )
    found = Columns(stated)
    require(TABLE, found.schema, "totals")
    require(TABLE, columns.schema, "frame, to be matched with totals")
    return stated.lazy(), found


def rows_across_periods(
    frame: IntoFrame, period: str, *, date: str | None = None, time_zone: str | None = None
) -> int:
    """How many rows cover more than one period, so that a table by that period leaves them out.

    A row covers the days from its date to its `date_end`.
    """
    _checked(period, ())
    read = nw.from_native(frame)
    return dates.rows_across_periods(
        read.lazy(), Columns(read), period, date=date, time_zone=time_zone
    )


def rows_without_date(
    frame: IntoFrame, *, date: str | None = None, time_zone: str | None = None
) -> int:
    """How many rows have no date, so that every table by period leaves them out."""
    read = nw.from_native(frame)
    return dates.rows_without_date(read.lazy(), Columns(read), date=date, time_zone=time_zone)
