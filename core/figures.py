"""The columns of the result: KPIs worked out from aggregated quantities, bounds and changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import narwhals as nw

from . import formula
from .catalogue import Kpi, catalogue
from .columns import Frame
from .grouping import PERIOD, earlier, high, low, value
from .quantities import Missing, Quantity
from .rows import Rows

UNKNOWN = nw.lit(None, dtype=nw.Float64)


def with_figures(
    groups: Frame, kpis: Sequence[Kpi], quantities: Mapping[str, Quantity], *, inputs: bool = False
) -> tuple[Frame, dict[str, nw.Expr]]:
    """Each KPI by its id and the bounds of counts of people, as expressions over the groups.

    A KPI is null where an input is and where it divides by zero. With `inputs`, those of each
    formula stand beside it.
    """
    columns: dict[str, nw.Expr] = {}
    divisors: set[str] = set()
    for kpi in kpis:
        missing = any(isinstance(quantities[name], Missing) for name in kpi.inputs)
        columns[kpi.id] = UNKNOWN if missing else _expression(kpi, divisors)
        if counts_people(kpi):
            columns[f"{kpi.id}_low"] = UNKNOWN if missing else nw.col(low(kpi.inputs[0]))
            columns[f"{kpi.id}_high"] = UNKNOWN if missing else nw.col(high(kpi.inputs[0]))
        for name in formula_inputs(kpi) if inputs else ():
            known = not isinstance(quantities[name], Missing)
            columns[input_name(kpi, name)] = nw.col(value(name)) if known else UNKNOWN
    guarded = {_divisor(name): _unless_zero(nw.col(value(name))) for name in sorted(divisors)}
    return (groups.with_columns(**guarded) if guarded else groups), columns


def counts_people(kpi: Kpi) -> bool:
    """Whether the KPI is a count of people itself, not a ratio with one."""
    bare = isinstance(kpi.tree, formula.Name)
    return bare and catalogue().metrics[kpi.inputs[0]].kind == "unique"


def formula_inputs(kpi: Kpi) -> tuple[str, ...]:
    """The metrics of a KPI's formula; none where the KPI is a metric itself."""
    return () if isinstance(kpi.tree, formula.Name) else kpi.inputs


def input_name(kpi: Kpi, metric: str) -> str:
    """The column of a metric as this KPI counts it: two KPIs may be made from different rows."""
    return f"{kpi.id}.{metric}"


def with_comparisons(
    table: Frame, rows: Rows, kpis: Sequence[Kpi], compare: Sequence[str]
) -> Frame:
    """The table with `<kpi>_previous`, `<kpi>_change` and so on, as far as asked."""
    single = table  # in SQL each use is a computation of its own
    for leap in compare:
        names = {kpi.id: f"{kpi.id}_{leap}" for kpi in kpis}
        table = earlier(table, rows.by, rows.period, leap, names, source=single)
        table = table.with_columns(
            **{
                change_name(kpi, leap): _change(nw.col(kpi.id), nw.col(names[kpi.id]))
                for kpi in kpis
            }
        )
    return table


def change_name(kpi: Kpi, leap: str) -> str:
    """The column with the relative change since the previous period or the year before."""
    return f"{kpi.id}_change" if leap == "previous" else f"{kpi.id}_{leap}_change"


def names(kpis: Sequence[Kpi], compare: Sequence[str], *, inputs: bool = False) -> Iterator[str]:
    """The columns of the KPIs in their order: value, inputs, bounds, comparisons."""
    for kpi in kpis:
        yield kpi.id
        if inputs:
            yield from (input_name(kpi, name) for name in formula_inputs(kpi))
        if counts_people(kpi):
            yield from (f"{kpi.id}_low", f"{kpi.id}_high")
        for leap in compare:
            yield from (f"{kpi.id}_{leap}", change_name(kpi, leap))


def shown_period(frame: Frame) -> nw.Expr:
    """The period's first day: a date, or midnight in pandas, which has no type for dates."""
    column = nw.col(PERIOD)
    return column if frame.implementation.is_pandas_like() else column.cast(nw.Date)


def _change(now: nw.Expr, then: nw.Expr) -> nw.Expr:
    return (now - then) / _unless_zero(then.abs())


Operand = tuple[str, nw.Expr]
"""A part of a formula with the metric it is, if it is just that."""


def _expression(kpi: Kpi, divisors: set[str]) -> nw.Expr:
    """The formula over the value columns; `divisors` collects the metrics it divides by.

    Many KPIs divide by the same few metrics: each is checked for zero once, for all of them.
    """

    def apply(op: str, args: tuple[Operand, ...]) -> Operand:
        if op == "/" and args[1][0]:
            divisors.add(args[1][0])
            return "", args[0][1] / nw.col(_divisor(args[1][0]))
        return "", _apply(op, tuple(part for _, part in args))

    return formula.fold(
        kpi.tree,
        number=lambda number: ("", nw.lit(number)),
        name=lambda name: (name, nw.col(value(name))),
        apply=apply,
    )[1]


def _divisor(name: str) -> str:
    return f"{value(name)}__divisor"


def _unless_zero(number: nw.Expr) -> nw.Expr:
    return nw.when(number != 0).then(number)


def _apply(op: str, args: tuple[nw.Expr, ...]) -> nw.Expr:
    match op, args:
        case "+", (a, b):
            return a + b
        case "-", (a, b):
            return a - b
        case "*", (a, b):
            return a * b
        case "/", (a, b):
            return a / _unless_zero(b)
        case "neg", (a,):
            return -a
        case "abs", (a,):
            return a.abs()
    raise ValueError(f"unknown operation {op!r} on {len(args)} values")
