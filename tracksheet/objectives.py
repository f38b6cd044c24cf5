"""What a project is for, and which KPIs tell whether it gets there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from .core.catalogue import Catalogue, Kpi, UnknownKpi, catalogue
from .core.nearest import shortened
from .plan.known import kpi_names
from .plan.spelling import Names

FEWEST, MOST = 5, 12  # fewer say too little, more are no choice


class ObjectivesError(ValueError):
    """An objective of objectives.toml that cannot be used; the message names it and why."""


class UnknownObjective(LookupError):
    """No objective has this name; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Objective:
    """One aim with its names and meaning in both languages, and its KPIs, the first one first."""

    id: str
    en: str
    fr: str
    about_en: str
    about_fr: str
    kpis: tuple[str, ...]

    def name(self, lang: str) -> str:
        return self.fr if lang == "fr" else self.en


@cache
def objectives() -> Mapping[str, Objective]:
    """The objectives that come with the package, by id."""
    text = (resources.files(__package__) / "objectives.toml").read_text("utf-8")
    return load_objectives(text, catalogue())


def load_objectives(text: str, known: Catalogue) -> dict[str, Objective]:
    """Read and check the text of objectives.toml; raises `ObjectivesError`."""
    loaded = {}
    for id, entry in tomllib.loads(text).items():
        try:
            objective = Objective(id, **{**entry, "kpis": tuple(entry["kpis"])})
        except (KeyError, TypeError) as error:
            raise ObjectivesError(f"objectives.toml [{id}]: {error}") from None
        if fault := _fault(objective.kpis, known):
            raise ObjectivesError(f"objectives.toml [{id}]: {fault}")
        loaded[id] = objective
    return loaded


def _fault(kpis: tuple[str, ...], known: Catalogue) -> str:
    if not FEWEST <= len(kpis) <= MOST:
        return f"it has {len(kpis)} KPIs; choose {FEWEST} to {MOST}"
    for position, kpi in enumerate(kpis):
        if kpi not in known.kpis:
            return f"{kpi!r} is not the id of a KPI"
        if kpi in kpis[:position]:
            return f"{kpi!r} stands there twice"
    return ""


def find_objective(name: str) -> Objective:
    """The objective with this id or English or French name; raises `UnknownObjective`.

    >>> find_objective("Notoriété").id
    'awareness'
    """
    found = _names().find(name)
    if found is None:
        raise UnknownObjective(
            f"Unknown objective {shortened(name)}. Choose among {', '.join(objectives())}."
        )
    return objectives()[found]


@cache
def _names() -> Names:
    return Names(
        (name, aim.id) for aim in objectives().values() for name in (aim.id, aim.en, aim.fr)
    )


def kpis_for(aims: Iterable[str], *, more: Iterable[str] = ()) -> tuple[str, ...]:
    """The ids of the KPIs of some objectives, then `more` KPIs by any name, each once.

    >>> kpis_for(["service"], more=["Reach", "CSAT"])[-3:]
    ('perception_growth', 'retention_rate', 'reach')
    """
    chosen = [kpi for aim in aims for kpi in find_objective(aim).kpis]
    return tuple(dict.fromkeys([*chosen, *(find_kpi(name).id for name in more)]))


def find_kpi(name: str) -> Kpi:
    """The KPI with this id, Excel name, or English or French name; raises `UnknownKpi`.

    It is spelled as in the plan: capitals, accents and spaces do not matter.

    >>> find_kpi("taux d'engagement par publication").id
    'engagement_rate_post'
    """
    found = kpi_names().find(name)
    if found is None:
        raise UnknownKpi(f"Unknown KPI {shortened(name)}.{kpi_names().near(name)}")
    return catalogue().kpis[found]
