"""All metrics and KPIs: loaded from two TOML files, checked, and found by name.

Standard library only, so that a function in an Excel cell starts at once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from .definitions import FIELDS, Example, Kind, Kpi, Metric, read_kpi, read_metric
from .formula import Name, evaluate
from .nearest import did_you_mean, shortened
from .section import CatalogueError, Section

__all__ = [
    "FIELDS",
    "Catalogue",
    "CatalogueError",
    "Example",
    "Kpi",
    "Metric",
    "UnknownKpi",
    "UnknownMetric",
    "catalogue",
    "load",
]

METRICS = "metrics.toml"
KPIS = "kpis.toml"

_ID = r"[a-z][a-z0-9_]{0,62}[a-z0-9]"
# The Excel name is also a function in Python and in Google Apps Script: no dot, and no "_" at
# the end, which would make a script function private.
_FUNCTION = r"[A-Z][A-Z0-9_]*[A-Z0-9]"
_TWICE = r"Cannot declare \('(?P<id>[^']*)',\) twice \(at line (?P<line>\d+)"


class UnknownKpi(LookupError):
    """No KPI has this id or Excel name; the message says which one is near."""


class UnknownMetric(LookupError):
    """No metric has this id; the message says which one is near."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every metric and KPI by id, in the order of the files."""

    metrics: Mapping[str, Metric] = field(hash=False)
    kpis: Mapping[str, Kpi] = field(hash=False)

    def kpi(self, name: str) -> Kpi:
        """The KPI with this id or Excel name, in any case.

        >>> catalogue().kpi("CTR").id
        'ctr'
        """
        wanted = name.strip().casefold()
        for kpi in self.kpis.values():
            if wanted in (kpi.id, kpi.excel.casefold()):
                return kpi
        known = [*self.kpis, *(kpi.excel.casefold() for kpi in self.kpis.values())]
        raise UnknownKpi(f"Unknown KPI {shortened(name)}.{did_you_mean(wanted, known)}")

    def of_kind(self, kind: Kind, names: Iterable[Hashable]) -> list[str]:
        """Those of the names, such as the columns of a frame, that are metrics of this kind."""
        metrics = (self.metrics.get(str(name)) for name in names)
        return [metric.id for metric in metrics if metric is not None and metric.kind == kind]

    def metric(self, name: str) -> Metric:
        """The metric with this id, in any case."""
        wanted = name.strip().casefold()
        if wanted in self.metrics:
            return self.metrics[wanted]
        near = did_you_mean(wanted, self.metrics)
        raise UnknownMetric(f"Unknown metric {shortened(name)}.{near}")


@cache
def catalogue() -> Catalogue:
    """The catalogue that comes with the package, read once."""
    from importlib import resources  # slow to import: only when the catalogue is wanted

    here = resources.files(__package__)
    metrics, kpis = (here.joinpath(file).read_text(encoding="utf-8") for file in (METRICS, KPIS))
    return load(metrics, kpis)


def load(metrics_toml: str, kpis_toml: str) -> Catalogue:
    """Read and check the text of both files; `CatalogueError` names the first wrong entry."""
    from . import derivations  # what checks the files is needed only when they are read

    metrics: dict[str, Metric] = {}
    kpis: dict[str, Kpi] = {}
    names: dict[str, str] = {}
    sections = list(_sections(METRICS, metrics_toml))
    for section in sections:
        metrics[section.id] = read_metric(section)
    for section in sections:
        _refuse(section, derivations.fault(metrics[section.id], metrics))
    for section in _sections(KPIS, kpis_toml):
        kpi = kpis[section.id] = read_kpi(section)
        _refuse(section, _name_fault(kpi, names))
        _refuse(section, _input_fault(kpi, metrics))
        _refuse(section, _example_fault(kpi))
    return Catalogue(metrics, kpis)


def _refuse(section: Section, fault: str | None) -> None:
    if fault:
        raise section.error(fault)


def _sections(file: str, text: str) -> Iterator[Section]:
    labels: dict[tuple[str, object], str] = {}
    for id, table in _document(file, text).items():
        if not isinstance(table, dict):
            raise CatalogueError(f"{file}: {id!r} stands outside any [section]")
        section = Section(file, id, table)
        if not re.fullmatch(_ID, id):
            raise section.error("an id is 2 to 64 lower-case letters, digits and _")
        if id in FIELDS or id == "abs":
            raise section.error("the id is taken by a field of the tables or by a function")
        for lang in ("en", "fr"):  # two entries of one name cannot be told apart in a table
            other = labels.setdefault((lang, str(table.get(lang, id)).casefold()), id)
            if other != id:
                raise section.error(f"{lang} = {table[lang]!r} is also the name of [{other}]")
        yield section


def _document(file: str, text: str) -> dict[str, object]:
    import tomllib  # slow to import: only when the catalogue is wanted

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if twice := re.search(_TWICE, str(error)):
            fault = f"the id is used a second time in line {twice['line']}"
            raise CatalogueError(f"{file} [{twice['id']}]: {fault}") from None
        raise CatalogueError(f"{file}: {error}") from None
    except (ValueError, RecursionError) as error:  # a number of 5000 digits, 1000 brackets
        raise CatalogueError(f"{file}: it cannot be read: {error}") from None


def _name_fault(kpi: Kpi, names: dict[str, str]) -> str | None:
    """Id and Excel name are both accepted wherever a KPI is named: each must lead to one KPI."""
    from .excel_names import refusal

    reason = refusal(kpi.excel)
    if reason is None and not re.fullmatch(_FUNCTION, kpi.excel):
        reason = "it must be capital letters, digits and _, and neither begin nor end with _"
    if reason:
        return f"excel = {kpi.excel!r} cannot be used: {reason}"
    for name in (kpi.id, kpi.excel.casefold()):
        other = names.setdefault(name, kpi.id)
        if other != kpi.id:
            return f"{name!r}, in any case, is already the id or the Excel name of [{other}]"
    return None


def _input_fault(kpi: Kpi, metrics: Mapping[str, Metric]) -> str | None:
    for name in kpi.inputs:
        if name not in metrics:
            near = did_you_mean(name, metrics)
            return f"formula: {name!r} is not a metric of {METRICS}.{near}"
    if not kpi.inputs:
        return "formula: it names no metric"
    if isinstance(kpi.tree, Name) and kpi.unit != metrics[kpi.tree.id].unit:
        return f"unit must be {metrics[kpi.tree.id].unit!r}, that of the metric"
    return None


def _example_fault(kpi: Kpi) -> str | None:
    given, gives = kpi.example.given, kpi.example.gives
    if given.keys() != set(kpi.inputs):
        return f"example: 'given' must hold exactly {', '.join(kpi.inputs)}"
    try:
        value = evaluate(kpi.tree, given)
    except ZeroDivisionError:
        return "example: it divides by zero"
    if value is None or not math.isclose(value, gives, rel_tol=1e-6):
        return f"example: the formula gives {value}, not {gives}"
    return None
