"""Whether a metric that is worked out from others can be: known sources, kinds that fit."""

from __future__ import annotations

from collections.abc import Mapping

from .definitions import FIELDS, Metric
from .nearest import did_you_mean


def fault(metric: Metric, metrics: Mapping[str, Metric]) -> str | None:
    """What is wrong with the way a metric is worked out; `None` when nothing is."""
    how = metric.take or metric.rows or metric.where
    if metric.parts:
        return "use either 'parts' or 'of'" if metric.of or how else _parts_fault(metric, metrics)
    if metric.of is None:
        return "'take', 'rows' and 'where' need 'of'" if how else None
    if not how:
        return "'of' needs 'take', 'rows' or 'where'"
    if unknown := sorted((metric.where or {}).keys() - FIELDS):
        return f"where: {unknown[0]!r} is not a field"
    if metric.take == "distinct":
        if metric.of not in FIELDS:
            return f"of = {metric.of!r} is not a field, and 'distinct' counts the values of a field"
        fits = (metric.kind, metric.unit) == ("flow", "count")
        return None if fits else "'distinct' gives a flow in count"
    if metric.of not in metrics:
        return f"of = {metric.of!r} is not a metric.{did_you_mean(metric.of, metrics)}"
    if _in_a_circle(metric.id, metrics):
        return "it is worked out from itself"
    return _of_fault(metric, metrics[metric.of])


def _parts_fault(metric: Metric, metrics: Mapping[str, Metric]) -> str | None:
    for part in metric.parts:
        if part not in metrics:
            return f"part {part!r} is not a metric.{did_you_mean(part, metrics)}"
    if len(set(metric.parts)) < max(2, len(metric.parts)):
        return "'parts' must name two metrics or more, each once"
    if _in_a_circle(metric.id, metrics):
        return "it is worked out from itself"
    for item in (metric, *(metrics[part] for part in metric.parts)):
        if (item.kind, item.unit) != ("flow", metric.unit):
            return (
                f"parts must be flows in {metric.unit}: {item.id!r} is a {item.kind} in {item.unit}"
            )
    return None


def _of_fault(metric: Metric, of: Metric) -> str | None:
    if metric.unit != of.unit:
        return f"unit must be {of.unit!r}, that of {of.id!r}"
    if metric.take in ("first", "last") and of.kind != "stock":
        return f"'{metric.take}' is for a stock, and {of.id!r} is a {of.kind}"
    if metric.rows and metric.take:
        return "'rows' goes with take = 'distinct' or with no 'take'"
    if metric.rows and of.kind in ("rate", "parameter"):
        return f"{of.id!r} is a {of.kind}, and rows of it are never added up"
    expected = "flow" if metric.rows else of.kind
    return None if metric.kind == expected else f"kind must be {expected!r}"


def _in_a_circle(id: str, metrics: Mapping[str, Metric]) -> bool:
    """Whether working out the metric needs the metric itself: that has no value."""
    todo, seen = [id], set[str]()
    while todo:
        metric = metrics.get(todo.pop())
        if metric is None or metric.id in seen:
            continue
        seen.add(metric.id)
        needed = (*metric.parts, metric.of) if metric.of else metric.parts
        if id in needed:
            return True
        todo += needed
    return False
