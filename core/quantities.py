"""How each metric of a KPI is found in the data at hand: the step between catalogue and frame.

The catalogue says what a metric is; a frame has some columns and not others. `resolve` brings
both together into a small value that `aggregation` knows how to compute.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from .catalogue import Catalogue, Metric
from .columns import Columns

ROW = "__row"
"""A column that is 1 in every row: what counts rows where there is nothing better to count."""

ROW_IDS = {"post": "post_id"}
"""The column whose presence makes a row one of that kind, in data without a `grain` column."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one column: its text is `among` these, or it is blank, or else it is known."""

    column: str
    among: tuple[str, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """The values of one column in those rows that pass all conditions."""

    column: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A flow: the sum of its terms, as far as they are known.

    `parts` lists the same terms by the metric they stand for, when the flow is made of several.
    """

    terms: tuple[Term, ...]
    parts: tuple[tuple[str, tuple[Term, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A stock: the last (or first) value per account, added over accounts.

    With `two_dates` an account counts only if it is known on two different dates, so that the
    first and the last value speak of the same accounts.
    """

    term: Term
    take: Literal["first", "last"] = "last"
    two_dates: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """A count of people, which is not added up."""

    term: Term


@dataclass(frozen=True, slots=True)
class Agreed:
    """A number a person gave, kept where all rows say the same."""

    term: Term


@dataclass(frozen=True, slots=True)
class Single:
    """A ratio the platform worked out, kept where there is just one."""

    term: Term


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different values of a field there are, told apart by account."""

    term: Term


@dataclass(frozen=True, slots=True)
class Overall:
    """The same quantity over all groups of the period."""

    of: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Before:
    """The same quantity of the same group in the period before."""

    of: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Missing:
    """Not in the data: these columns would be needed."""

    names: tuple[str, ...]


Leaf = Total | Level | People | Agreed | Single | Distinct
Quantity = Leaf | Overall | Before | Missing


def leaves(quantity: Quantity) -> Iterator[Leaf]:
    """The quantity itself, or the one it is taken from; nothing if it is missing."""
    match quantity:
        case Overall(_, inner) | Before(_, inner):
            yield from leaves(inner)
        case Missing():
            return
        case _:
            yield quantity


def terms(leaf: Leaf) -> tuple[Term, ...]:
    """Every column, with its conditions, that is added up or looked at."""
    return leaf.terms if isinstance(leaf, Total) else (leaf.term,)


@dataclass(frozen=True, slots=True)
class Resolver:
    """The catalogue beside the columns of one frame."""

    catalogue: Catalogue
    columns: Columns

    def resolve(self, name: str, conditions: tuple[Condition, ...] = ()) -> Quantity:
        """How this metric is computed from the frame. A column of its own name wins."""
        metric = self.catalogue.metrics[name]
        if metric.take is not None and not self.columns.has_values(name):
            return self._taken(metric, conditions)
        found = self._terms(metric, conditions)
        if not found:
            return Missing(self._lacking(metric))
        if metric.kind == "flow":
            return Total(found, self._parts(metric, conditions))
        leaves = {"stock": Level, "unique": People, "parameter": Agreed, "rate": Single}
        leaf = leaves[metric.kind](found[0])
        if isinstance(leaf, Level) and metric.take == "first":
            return replace(leaf, take="first")
        return leaf

    def _taken(self, metric: Metric, conditions: tuple[Condition, ...]) -> Quantity:
        narrowed = self._narrowed(metric, conditions)
        if narrowed is None or metric.of is None:
            return Missing(self._lacking(metric))
        if metric.take == "distinct":
            there = metric.of in self.columns.schema
            # Without such a column each row is taken as one of its own.
            return Distinct(Term(metric.of, narrowed)) if there else Total((Term(ROW, narrowed),))
        inner = self.resolve(metric.of, narrowed)
        if isinstance(inner, Missing):
            return inner
        if metric.take == "all":
            return Overall(metric.of, inner)
        if isinstance(inner, Level) and metric.take in ("first", "last"):
            return replace(inner, take=metric.take, two_dates=True)
        return Before(metric.of, inner)

    def _terms(self, metric: Metric, conditions: tuple[Condition, ...]) -> tuple[Term, ...]:
        """The column of the metric's own name and, where that is blank, what it is made of."""
        own: tuple[Term, ...] = ()
        if self.columns.has_values(metric.id):
            own = (Term(metric.id, conditions),)
            if metric.kind != "flow" or metric.take or self.columns.gapless(metric.id):
                return own
            conditions = (*conditions, Condition(metric.id, blank=True))
        for part in metric.parts:
            own += self._terms(self.catalogue.metrics[part], conditions)
        narrowed = self._narrowed(metric, conditions)
        if metric.of is not None and narrowed is not None:
            own += self._terms(self.catalogue.metrics[metric.of], narrowed)
        return own

    def _parts(
        self, metric: Metric, conditions: tuple[Condition, ...]
    ) -> tuple[tuple[str, tuple[Term, ...]], ...]:
        if self.columns.has_values(metric.id):
            if self.columns.gapless(metric.id):
                return ()
            conditions = (*conditions, Condition(metric.id, blank=True))
        return tuple(
            (part, self._terms(self.catalogue.metrics[part], conditions)) for part in metric.parts
        )

    def _narrowed(
        self, metric: Metric, conditions: tuple[Condition, ...]
    ) -> tuple[Condition, ...] | None:
        """The conditions with the metric's own `where` and `rows`; `None` if they cannot be put."""
        for column, values in (metric.where or {}).items():
            if column not in self.columns.schema:
                return None
            conditions = (*conditions, Condition(column, among=tuple(values)))
        if metric.rows is None:
            return conditions
        if "grain" in self.columns.schema:
            return (*conditions, Condition("grain", among=(metric.rows,)))
        id = ROW_IDS.get(metric.rows)
        if id is None:
            return None
        if id not in self.columns.schema or self.columns.gapless(id):
            return conditions
        return (*conditions, Condition(id))

    def _lacking(self, metric: Metric) -> tuple[str, ...]:
        """What would have to be in the data for the metric to be known."""
        if self._narrowed(metric, ()) is None:
            absent = [name for name in metric.where or {} if name not in self.columns.schema]
            return tuple(absent) or ("grain",)
        base = self.catalogue.metrics.get(metric.of or "")
        return self._lacking(base) if base else (metric.id,)
