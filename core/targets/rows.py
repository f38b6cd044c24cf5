"""Which rows of the data a target is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, cast

import pandas as pd

from ..catalogue import Kpi, catalogue
from ..dataset import Dataset
from ..formula import Apply, names
from ..grains import LEVELS, Account, accounts_of, choose_grains

if TYPE_CHECKING:
    from .target import Target

Choose = Callable[[Kpi, Iterable[str]], tuple[str, ...]]

FIRST, LAST, WHO, GROUP = "__first", "__last", "__who", "__group"
PLACES = ("brand", "channel", "campaign")  # what a target may be limited to
_COLUMNS = {"campaign": ("campaign", "campaign_id")}  # where not of the same name
_BASICS = frozenset({
    "channel", "account_id", "account_name", "account_handle", "date", "date_end", "published_at",
    "grain", "table", "currency", FIRST, LAST, WHO, GROUP,
})  # fmt: skip


class Ledger:
    """The rows of a dataset with their days, and the parts of them that targets are about.

    What several targets share is worked out once. `made` is the day of the newest export, and
    `made_of` that of the newest with rows of an account.
    """

    def __init__(self, dataset: Dataset, *, today: date, choose: Choose) -> None:
        self.dataset = dataset
        self.today = today
        self.made = None if dataset.made is None else dataset.made.date()
        self._choose = choose
        codes, accounts = pd.factorize(accounts_of(dataset.rows))
        self.accounts = cast("list[Account]", list(accounts))
        self.rows = _with_days(dataset.rows, today, self.made)
        self.rows[WHO] = codes
        self.made_of = _made_of(dataset, self.rows, self.accounts)
        self.rows[GROUP] = self.rows.groupby([WHO, "grain"], sort=False).ngroup()
        keys = [name for name in ("channel", "account_id", "grain") if name in self.rows]
        self._groups = self.rows.drop_duplicates(GROUP).set_index(GROUP)[keys]
        self._sizes = self.rows["table"].value_counts()
        self._folded: dict[str, pd.Series[str]] = {}
        self._places: dict[tuple[str, ...], pd.Series[bool]] = {}
        self._parts: dict[tuple[str, ...], pd.DataFrame] = {}

    def names(self, place: str) -> list[str]:
        """What the data has under brand, channel or campaign."""
        column = self.rows[place].dropna().unique() if place in self.rows else ()
        return sorted({str(name) for name in column})

    def has(self, places: Iterable[str], target: Target) -> bool:
        """Whether there are rows of the target's brand, channel, campaign, or several of these."""
        found = pd.Series(True, index=self.rows.index)
        for place in places:
            found &= self._matches(place, getattr(target, place))
        return bool(found.any())

    def _matches(self, place: str, name: str) -> pd.Series[bool]:
        """The rows of this brand, channel or campaign, in any case; every row for no name."""
        wanted = _fold(name)
        found = pd.Series(not wanted, index=self.rows.index)
        for column in _COLUMNS.get(place, (place,)) if wanted else ():
            if column in self.rows:
                if column not in self._folded:
                    self._folded[column] = _folded(self.rows[column])
                found |= self._folded[column] == wanted
        return found

    def part(self, target: Target, kpi: Kpi) -> pd.DataFrame:
        """The rows that the target is about, with the columns that the KPI needs.

        Of a target for all channels only those that can be added up; none if no account can give
        the KPI.
        """
        place = tuple(_fold(getattr(target, name)) for name in PLACES)
        key = (kpi.id, *place)
        if key not in self._parts:
            if place not in self._places:
                one, two, three = (self._matches(p, getattr(target, p)) for p in PLACES)
                self._places[place] = one & two & three
            rows = self.rows.loc[self._places[place], self._columns(kpi)]
            self._parts[key] = self._giving(kpi, self._with_zeros(kpi, rows), target.channel)
        return self._parts[key]

    def _giving(self, kpi: Kpi, rows: pd.DataFrame, channel: str) -> pd.DataFrame:
        """The rows, if they can give the KPI, of channels that count for it."""
        having = {name for name, _ in self.grains(kpi, rows)}
        if channel.strip() or having <= {""}:
            return rows if having else rows[:0]
        return rows[rows["channel"].isin(self._choose(kpi, having - {""}))]

    def grains(self, kpi: Kpi, rows: pd.DataFrame) -> dict[Account, str]:
        """For each account that can give the KPI the grain it is made from.

        That is chosen by which columns have values at all: one row for each grain will do.
        """
        if rows.empty:
            return {}
        columns = [name for name in rows if name in sources(kpi.inputs)]
        known = rows[columns].notna().groupby(rows[GROUP].to_numpy()).any()
        one_each = self._groups.loc[known.index].join(known.astype("float64").where(known))
        return choose_grains(one_each, [kpi], [])[kpi.id]

    def lacking(self, target: Target, kpi: Kpi) -> tuple[str, ...]:
        """The inputs of the KPI that no row of the target has a value of."""
        place = tuple(_fold(getattr(target, name)) for name in PLACES)
        rows = self.rows.loc[self._places[place], self._columns(kpi)]
        known = {str(name) for name in rows if rows[name].notna().any()}
        return tuple(name for name in kpi.inputs if not known & sources([name]))

    def beside(self, target: Target, kpi: Kpi, rows: pd.DataFrame) -> pd.DataFrame:
        """All rows of the accounts of these rows, whatever the campaign."""
        if not target.campaign.strip():
            return rows
        same = self.rows[WHO].isin(rows[WHO].unique()) & self._matches("brand", target.brand)
        return self.rows.loc[same, self._columns(kpi)]

    def _columns(self, kpi: Kpi) -> list[str]:
        wanted = _BASICS | sources(kpi.inputs)
        return [str(name) for name in self.rows if name in wanted]

    def _with_zeros(self, kpi: Kpi, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows whose blank results are zeros: what was paid for in tables that do tell results.

        Ad platforms leave the cell empty. A sum stays the same, but is known.
        """
        if not is_cost(kpi) or rows.empty:
            return rows
        assert isinstance(kpi.tree, Apply)
        paid, results = (names(side) for side in kpi.tree.args)
        there = [name for name in paid if name in rows]
        for name in results if there else ():
            if name in rows:
                by = [self.rows[WHO], self.rows["grain"]]
                told = self.rows[name].notna().groupby(by).transform("any").loc[rows.index]
                blank = rows[name].isna() & told & rows[there].notna().any(axis=1)
                rows = rows.assign(**{name: rows[name].mask(blank, 0)})
        return rows

    def dataset_of(self, rows: pd.DataFrame) -> Dataset:
        """A dataset of these rows, and of the totals that platforms state for exactly them."""
        totals = self.dataset.totals
        if len(totals):
            left = rows["table"].value_counts()
            whole = [left.get(name, 0) == self._sizes[name] for name in totals["table"]]
            totals = totals[whole]
        return replace(self.dataset, rows=rows, totals=totals)


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())


def _folded(column: pd.Series[str]) -> pd.Series[str]:
    return column.map({name: _fold(str(name)) for name in column.dropna().unique()})


def _made_of(
    dataset: Dataset, rows: pd.DataFrame, accounts: Sequence[Account]
) -> dict[Account, date]:
    """The day on which the newest file with rows of each account was made."""
    of_file = dataset.made_by_file
    files = rows[[WHO, "file"]].drop_duplicates()
    made: dict[Account, date] = {}
    for code, file in zip(files[WHO], files["file"], strict=True):
        day = of_file.get(file, dataset.made)
        if day is not None:
            account = accounts[code]
            made[account] = max(made.get(account, date.min), day.date())
    return made


def _with_days(rows: pd.DataFrame, today: date, made: date | None) -> pd.DataFrame:
    """First and last day of each row; none ends after today, or after its export was made."""
    first = rows["date"].dt.normalize()
    last = rows["date_end"].dt.normalize() if "date_end" in rows else first
    last = last.where(last >= first, first)
    for day in (today, made):
        if day is not None:
            limit = pd.Timestamp(day)
            last = last.mask((first <= limit) & (last > limit), limit)
    return rows.assign(**{FIRST: first}, **{LAST: last})


def knows(kpi: Kpi, rows: pd.DataFrame) -> pd.Series[bool]:
    """The rows with a value that the KPI is made of; levels alone do not make a rate known."""
    amounts = [name for name in kpi.inputs if name not in levels()]
    fields = {field for name in kpi.inputs for field in catalogue().metrics[name].where or ()}
    wanted = sources(amounts or kpi.inputs) - fields
    return rows[[name for name in rows if name in wanted]].notna().any(axis=1)


def knows_levels(kpi: Kpi, rows: pd.DataFrame) -> pd.Series[bool]:
    """The rows with a level that the KPI is made of, such as followers."""
    wanted = sources(levels() & {*kpi.inputs})
    return rows[[name for name in rows if name in wanted]].notna().any(axis=1)


def is_cost(kpi: Kpi) -> bool:
    """Whether the KPI is what a result costs: money over something, the less the better."""
    match kpi.tree:
        case Apply("/", (paid, results)) if kpi.good == "lower" and names(results):
            return {catalogue().metrics[name].unit for name in names(paid)} == {"currency"}
    return False


@cache
def levels() -> frozenset[str]:
    """Every metric that holds for an account whatever else a row tells."""
    return frozenset(m.id for m in catalogue().metrics.values() if m.kind in LEVELS)


def sources(inputs: Iterable[str]) -> frozenset[str]:
    """Every column that these metrics may be worked out from."""
    found: set[str] = set()
    left: Sequence[str] = list(inputs)
    while left:
        name, *left = left
        if name not in found:
            found.add(name)
            metric = catalogue().metrics.get(name)
            if metric is not None:
                left += [*metric.parts, *(metric.where or {}), *([metric.of] if metric.of else [])]
    return frozenset(found)
