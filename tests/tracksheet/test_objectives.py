"""From an objective to its KPIs, and a KPI by any of its names."""

from __future__ import annotations

import re

import pytest

from tracksheet.cli import init
from tracksheet.core.catalogue import UnknownKpi, catalogue
from tracksheet.objectives import (
    ObjectivesError,
    UnknownObjective,
    find_kpi,
    find_objective,
    kpis_for,
    load_objectives,
    objectives,
)

# One KPI that tells of each objective.
TELLING = [
    ("awareness", "reach"),
    ("community", "follower_growth_rate"),
    ("engagement", "engagement_rate"),
    ("service", "avg_response_time"),
    ("conversion", "conversions"),
]


def test_there_are_five_objectives() -> None:
    assert list(objectives()) == [name for name, _ in TELLING]


@pytest.mark.parametrize(("name", "kpi"), TELLING)
def test_an_objective_has_few_telling_kpis(name: str, kpi: str) -> None:
    kpis = kpis_for([name])
    assert kpi in kpis
    assert 5 <= len(kpis) <= 12


def test_the_command_line_names_all_objectives() -> None:
    help_text = str(init.__annotations__["objective"])
    assert all(re.search(rf"\b{name}\b", help_text) for name in objectives())


def test_several_objectives_keep_their_order_and_name_no_kpi_twice() -> None:
    both = kpis_for(["service", "awareness", "service"], more=["Portée", "CPC", "csat"])
    service, awareness = kpis_for(["service"]), kpis_for(["awareness"])
    assert both == (*service, *awareness, "cpc")
    assert kpis_for([]) == ()
    assert kpis_for([], more=["CTR"]) == ("ctr",)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("awareness", "awareness"),
        ("Notoriete", "awareness"),
        ("COMMUNAUTÉ", "community"),
        ("customer service", "service"),
        ("Service client", "service"),
    ],
)
def test_an_objective_is_found_by_any_name(name: str, id: str) -> None:
    assert find_objective(name).id == id


@pytest.mark.parametrize("name", ["sales", "", "x" * 10_000])
def test_an_unknown_objective_is_answered_with_all(name: str) -> None:
    with pytest.raises(UnknownObjective, match="awareness, community, engagement") as caught:
        find_objective(name)
    assert len(str(caught.value)) < 200


def test_every_kpi_is_found_by_each_of_its_names() -> None:
    for kpi in catalogue().kpis.values():
        for name in (kpi.id, kpi.excel, kpi.en, kpi.fr):
            assert find_kpi(name) is kpi
            assert find_kpi(name.upper()) is kpi


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("engagement rate", "engagement_rate"),
        ("Taux d'engagement (par abonnes)", "engagement_rate"),
        ("  Coût  pour mille ", "cpm"),
        ("Return on ad spend", "roas"),
    ],
)
def test_a_kpi_is_found_as_people_spell_it(name: str, id: str) -> None:
    assert find_kpi(name).id == id


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Taux de clic (CTR)", "Did you mean 'Taux de clics (CTR)'?"), ("", ""), ("!", "")],
)
def test_an_unknown_kpi_is_answered_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UnknownKpi) as caught:
        find_kpi(name)
    assert str(caught.value).endswith(hint or ".")


FIVE = '["reach", "views", "likes", "saves", "ctr"]'
TEXTS = 'en = "A"\nfr = "B"\nabout_en = "C."\nabout_fr = "D."\n'
WRONG = [
    (f"[aim]\n{TEXTS}", "kpis"),
    (f'[aim]\n{TEXTS}kpis = ["reach"]', "it has 1 KPIs; choose 5 to 12"),
    (f"[aim]\n{TEXTS}kpis = {FIVE[:-1]}, 'reech']", "'reech' is not the id of a KPI"),
    (f"[aim]\n{TEXTS}kpis = {FIVE[:-1]}, 'ctr']", "'ctr' stands there twice"),
    (f"[aim]\nen = 'A'\nkpis = {FIVE}", "fr"),
    (f"[aim]\n{TEXTS}kpi = 3\nkpis = {FIVE}", "kpi"),
]


@pytest.mark.parametrize(("text", "fault"), WRONG)
def test_a_wrong_objective_is_refused_at_load(text: str, fault: str) -> None:
    with pytest.raises(ObjectivesError, match=r"objectives\.toml \[aim\]") as caught:
        load_objectives(text, catalogue())
    assert fault in str(caught.value)


def test_a_right_objective_is_loaded() -> None:
    (aim,) = load_objectives(f"[aim]\n{TEXTS}kpis = {FIVE}", catalogue()).values()
    assert (aim.name("en"), aim.name("fr"), len(aim.kpis)) == ("A", "B", 5)
