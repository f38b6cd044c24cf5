"""How each metric is found in a frame: the step between the catalogue and the data at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from .catalogue import Catalogue, Metric
from .columns import Columns
from .quantities import (
    ROW,
    Agreed,
    Before,
    Condition,
    Distinct,
    Leaf,
    Level,
    Missing,
    Overall,
    People,
    Quantity,
    Single,
    Term,
    Total,
)

ROW_IDS = {"post": "post_id"}
"""The column whose presence makes a row one of that kind, in data without a `grain` column."""

LEAVES: dict[str, Callable[[Term], Leaf]] = {
    "unique": People,
    "parameter": Agreed,
    "rate": Single,
}
"""What a column is taken for, by the kind of its metric."""


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
        if metric.kind == "stock":
            return Level(found[0], "first" if metric.take == "first" else "last")
        return LEAVES[metric.kind](found[0])

    def _taken(self, metric: Metric, conditions: tuple[Condition, ...]) -> Quantity:
        narrowed = self._narrowed(metric, conditions)
        if narrowed is None or metric.of is None:
            return Missing(self._lacking(metric))
        if metric.take == "distinct":
            if metric.of not in self.columns.schema:
                return Total((Term(ROW, narrowed),))  # each row is taken as one of its own
            return Distinct(Term(metric.of, narrowed), self.columns.all_different(metric.of))
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
