"""The caller's rows, ready to be grouped: typed, dated, and with the columns an account needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import and_

import narwhals as nw

from .columns import Columns, Frame, number
from .dates import MOMENT, POSITION, with_dates
from .periods import RANGE
from .quantities import ROW, Condition, Distinct, Level, Quantity, Term, leaves, terms

ACCOUNT = "__account"
TABLE = "table"
CURRENCY = "currency"
CHANNEL = "channel"
ACCOUNT_COLUMNS = ("account_id", "account_name", "account_handle")
"""What tells the accounts of a channel apart: the first of these that is known in the row."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows with the group columns, `POSITION` and `MOMENT` if dated, and one column per term.

    `always_known` are the terms of which every row has a value, as far as that can be told.
    `tables` says of which table each row is, before any row was left out.
    """

    frame: Frame
    by: tuple[str, ...]
    period: str
    dated: bool
    accounts: tuple[str, ...]
    names: Mapping[Term, str]
    always_known: frozenset[Term]
    has_currency: bool
    tables: Frame | None

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that make a group."""
        return self.by if self.period == RANGE else (*self.by, POSITION)

    def per_account(self, keys: Iterable[str]) -> tuple[str, ...]:
        """These columns and those that tell accounts apart, each once."""
        return tuple(dict.fromkeys([*keys, *self.accounts]))

    def ungrouped(self) -> Rows:
        """The same rows as one group per period."""
        return replace(self, by=())


def prepare(
    frame: Frame,
    columns: Columns,
    quantities: Sequence[Quantity],
    *,
    by: tuple[str, ...],
    period: str,
    date: str | None,
    time_zone: str | None,
) -> Rows:
    """Keep the columns that are needed, and the rows that fall in one period."""
    parts = [leaf for quantity in quantities for leaf in leaves(quantity)]
    wanted = list(dict.fromkeys(term for part in parts for term in terms(part)))
    tables = frame.select(TABLE) if TABLE in columns.schema else None
    if period != RANGE or any(isinstance(part, Level) for part in parts):
        frame = with_dates(frame, columns, period=period, date=date, time_zone=time_zone)
    names = {term: _name(position, term) for position, term in enumerate(wanted)}
    accounts, account = _accounts(columns)
    fields = {part.term.column for part in parts if isinstance(part, Distinct)}
    numbers = {term.column for term in wanted} - fields - {ROW}
    read = {c.column for term in wanted for c in term.conditions} | numbers | fields | {ROW}
    kept = [*by, *accounts, TABLE, CURRENCY, MOMENT, POSITION, *sorted(read)]
    fit = {name: number(name, columns) for name in sorted(numbers)}
    fit[ROW] = nw.lit(1) if any(term.column == ROW for term in wanted) else None
    added = {name: column for name, column in (fit | account).items() if column is not None}
    frame = frame.with_columns(**added) if added else frame
    there = set(frame.collect_schema().names())
    names_kept = [name for name in dict.fromkeys(kept) if name in there]
    frame = frame.select(names_kept or sorted(there)[:1])  # no engine has rows without columns
    masked = {names[term]: _masked(term) for term in wanted if term.conditions}
    return Rows(
        frame=frame.with_columns(**masked) if masked else frame,
        by=by,
        period=period,
        dated=MOMENT in there,
        accounts=accounts,
        names=names,
        always_known=frozenset(
            term
            for term in wanted
            if not term.conditions and term.column != ROW and columns.gapless(term.column)
        ),
        has_currency=CURRENCY in columns.schema,
        tables=tables,
    )


def _name(position: int, term: Term) -> str:
    return f"__term{position}" if term.conditions else term.column


def _masked(term: Term) -> nw.Expr:
    return nw.when(reduce(and_, map(_passes, term.conditions))).then(nw.col(term.column))


def _passes(condition: Condition) -> nw.Expr:
    column = nw.col(condition.column)
    if condition.among:
        return column.is_in(condition.among)
    return column.is_null() if condition.blank else ~column.is_null()


def _accounts(columns: Columns) -> tuple[tuple[str, ...], dict[str, nw.Expr | None]]:
    """The columns that name an account, and the one to be added for it, if any."""
    channel = (CHANNEL,) if CHANNEL in columns.schema else ()
    found = [name for name in ACCOUNT_COLUMNS if columns.has_values(name)]
    if not found:
        return channel, {}
    if len(found) == 1 or columns.gapless(found[0]):
        return (*channel, found[0]), {}
    texts = [nw.col(name).cast(nw.String) for name in found]
    return (*channel, ACCOUNT), {ACCOUNT: nw.coalesce(*texts)}
