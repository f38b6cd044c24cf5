"""The catalogue: what loads, what is refused in which words, what the packaged one holds."""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracksheet.core.catalogue import (
    FIELDS,
    Catalogue,
    CatalogueError,
    UnknownKpi,
    UnknownMetric,
    catalogue,
    load,
)
from tracksheet.core.excel_names import refusal
from tracksheet.core.formula import Name, evaluate, fold, parse, to_excel

REFERENCE = Path(__file__).resolve().parents[2] / "../shared/reference/kpis.csv"

Entry = dict[str, object]


def section(id: str, entry: Entry, **changes: object) -> str:
    """A TOML section; a change to `None` leaves the key out."""
    merged = {key: value for key, value in (entry | changes).items() if value is not None}
    return "\n".join([f"[{id}]", *(f"{key} = {toml(value)}" for key, value in merged.items())])


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value)


FLOW: Entry = {"kind": "flow", "unit": "count"}
BASE = "\n".join(
    section(id, {"en": id.capitalize(), "fr": f"{id} (fr)", "unit": unit, "kind": kind})
    for id, kind, unit in [
        ("likes", "flow", "count"),
        ("comments", "flow", "count"),
        ("spend", "flow", "currency"),
        ("followers", "stock", "count"),
        ("reach", "unique", "count"),
        ("position", "rate", "number"),
    ]
)
CPL: Entry = {
    "excel": "COST_PER_LIKE",
    "en": "Cost per like",
    "fr": "Coût par j’aime",
    "about_en": "What a like costs.",
    "about_fr": "Ce que coûte un j’aime.",
    "formula": "spend / likes",
    "unit": "currency",
    "good": "lower",
    "stage": "MoFu",
    "phase": "interaction",
    "objective": "social_proof",
    "scope": "paid",
    "timing": "leading",
    "source": "Field standard",
    "example": {"given": {"spend": 10, "likes": 40}, "gives": 0.25},
}


def small() -> Catalogue:
    return load(BASE, section("cost_per_like", CPL))


def test_loads_what_the_files_say() -> None:
    kpi = small().kpis["cost_per_like"]
    assert (kpi.id, kpi.excel, kpi.inputs) == ("cost_per_like", "COST_PER_LIKE", ("spend", "likes"))
    assert kpi.tree == parse("spend / likes")
    assert kpi.example.given == {"spend": 10.0, "likes": 40.0}
    assert list(small().metrics) == ["likes", "comments", "spend", "followers", "reach", "position"]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"formula": "spend / lkes"},
            "'lkes' is not a metric of metrics.toml. Did you mean 'likes'?",
        ),
        ({"formula": "spend / zzz"}, "'zzz' is not a metric of metrics.toml."),
        ({"formula": "spend ** likes"}, "** (a power) is not allowed in 'spend ** likes'"),
        ({"formula": "max(spend) / likes"}, "a call other than abs"),
        ({"formula": "1 + 1"}, "formula: it names no metric"),
        ({"formula": " "}, "'formula' must be a text that is not empty"),
        ({"formula": 3}, "'formula' must be a text that is not empty"),
        ({"formula": "likes", "example": {"given": {"likes": 1}, "gives": 1}}, "must be 'count'"),
        ({"excel": "FREQUENCY"}, "'FREQUENCY' cannot be used: Excel has a function of this name"),
        ({"excel": "RESULT"}, "Excel 4 macros have a function of this name"),
        ({"excel": "CPL1"}, "Excel reads it as the cell CPL1"),
        ({"excel": "R1C1"}, "in R1C1 style"),
        ({"excel": "Cost_Per_Like"}, "it must be capital letters"),
        ({"excel": "COST.PER.LIKE"}, "it must be capital letters"),
        ({"excel": "COST_PER_LIKE_"}, "neither begin nor end with _"),
        ({"excel": "COÛT"}, "letters A to Z"),
        ({"en": ""}, "'en' must be a text that is not empty"),
        ({"fr": "  "}, "'fr' must be a text that is not empty"),
        ({"about_en": ""}, "'about_en' must be a text that is not empty"),
        ({"about_fr": None}, "'about_fr' is missing"),
        ({"example": None}, "'example' is missing"),
        ({"abuot_fr": "x"}, "'abuot_fr' is not a key of this file. Did you mean 'about_fr'?"),
        ({"tree": "x"}, "'tree' is not a key of this file."),
        ({"unit": "percent"}, "unit = 'percent' is not one of count, ratio"),
        ({"good": "up"}, "good = 'up' is not one of higher, lower, neutral"),
        ({"stage": "TOFU"}, "stage = 'TOFU' is not one of ToFu"),
        ({"phase": "notoriete"}, "phase = 'notoriete' is not one of awareness"),
        ({"objective": "fame"}, "objective = 'fame' is not one of social_proof"),
        ({"scope": "earned"}, "scope = 'earned' is not one of organic"),
        ({"timing": "late"}, "timing = 'late' is not one of leading, lagging"),
        ({"source": ""}, "'source' must be a text that is not empty"),
        ({"note": ""}, "'note' must be a text that is not empty"),
        ({"example": 3}, "'example' must be a table"),
        ({"example": {"given": {"spend": 10, "likes": 40}}}, "'given' and 'gives'"),
        ({"example": {"given": {"spend": 10}, "gives": 1}}, "must hold exactly spend, likes"),
        (
            {"example": {"given": {"spend": 1, "likes": 1, "reach": 1}, "gives": 1}},
            "must hold exactly spend, likes",
        ),
        (
            {"example": {"given": {"spend": 10, "likes": 40}, "gives": 0.250001}},
            "the formula gives 0.25, not 0.250001",
        ),
        ({"example": {"given": {"spend": 10, "likes": 0}, "gives": 0}}, "it divides by zero"),
        ({"example": {"given": {"spend": "10", "likes": 4}, "gives": 2.5}}, "must be a number"),
        (
            {"example": {"given": {"spend": 10**400, "likes": 4}, "gives": 1}},
            "must be a number up to 1e+15",
        ),
        ({"example": {"given": {"spend": True, "likes": 1}, "gives": 1}}, "must be a number"),
        ({"example": {"given": {"spend": 10, "likes": 4}, "gives": "2.5"}}, "must be a number"),
    ],
)
def test_refuses_a_wrong_kpi(changes: Entry, fault: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(BASE, section("cost_per_like", CPL, **changes))
    assert str(caught.value).startswith("kpis.toml [cost_per_like]: ")
    assert fault in str(caught.value)


def test_example_may_be_off_by_rounding() -> None:
    example = {"given": {"spend": 10, "likes": 30}, "gives": 0.3333333}
    assert load(BASE, section("cost_per_like", CPL, example=example)).kpis


@pytest.mark.parametrize(
    ("second", "changes", "message"),
    [
        ("cost_per_like", {}, "kpis.toml [cost_per_like]: the id is used a second time in line 17"),
        (
            "like_cost",
            {"excel": "COST_PER_LIKE"},
            "kpis.toml [like_cost]: 'cost_per_like', in any case, is already the id or the "
            "Excel name of [cost_per_like]",
        ),
        (
            "like_price",
            {"excel": "PRICE_OF_LIKE", "en": "Cost PER like"},
            "kpis.toml [like_price]: en = 'Cost PER like' is also the name of [cost_per_like]",
        ),
    ],
)
def test_refuses_two_kpis_of_one_name(second: str, changes: Entry, message: str) -> None:
    other = section(second, CPL | {"en": "Other", "fr": "Autre"}, **changes)
    with pytest.raises(CatalogueError) as caught:
        load(BASE, section("cost_per_like", CPL) + "\n" + other)
    assert str(caught.value) == message


def test_refuses_an_id_that_is_the_excel_name_of_another() -> None:
    first = section("price_of_like", CPL, excel="CPL")
    second = section("cpl", CPL, excel="COST_PER_LEAD", en="Other", fr="Autre")
    with pytest.raises(CatalogueError, match=r"\[cpl\]: 'cpl', in any case, is already"):
        load(BASE, first + "\n" + second)


@pytest.mark.parametrize(
    ("id", "fault"),
    [
        ("Likes", "lower-case letters"),
        ("2nd_likes", "lower-case letters"),
        ("x", "2 to 64"),
        ("x" * 65, "2 to 64"),
        ("campaign", "taken by a field"),
        ("currency", "taken by a field"),
        ("period", "taken by a field"),
        ("abs", "taken by a field of the tables or by a function"),
    ],
)
def test_refuses_an_id(id: str, fault: str) -> None:
    entry = section(id, FLOW | {"en": "Things", "fr": "Choses"})
    with pytest.raises(CatalogueError) as caught:
        load(entry, "")
    assert str(caught.value).startswith(f"metrics.toml [{id}]: ")
    assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"kind": "sum"}, "kind = 'sum' is not one of flow, stock, unique, rate, parameter"),
        ({"unit": "euro"}, "unit = 'euro' is not one of"),
        ({"kind": None}, "'kind' is missing"),
        ({"fr": None}, "'fr' is missing"),
        ({"en": "Likes"}, "en = 'Likes' is also the name of [likes]"),
        ({"excel": "X"}, "'excel' is not a key of this file."),
        ({"of": "likes"}, "'of' needs 'take', 'rows' or 'where'"),
        ({"take": "last"}, "'take', 'rows' and 'where' need 'of'"),
        ({"rows": "post"}, "'take', 'rows' and 'where' need 'of'"),
        ({"of": "likes", "take": "max"}, "take = 'max' is not one of first, last, previous, all"),
        (
            {"of": "lkies", "take": "previous"},
            "of = 'lkies' is not a metric. Did you mean 'likes'?",
        ),
        ({"of": "likes", "take": "last"}, "'last' is for a stock, and 'likes' is a flow"),
        ({"of": "reach", "take": "first", "kind": "unique"}, "'first' is for a stock"),
        ({"of": "followers", "take": "last"}, "kind must be 'stock'"),
        ({"of": "reach", "take": "previous"}, "kind must be 'unique'"),
        ({"of": "spend", "take": "previous"}, "unit must be 'currency', that of 'spend'"),
        ({"of": "reach", "rows": "post", "kind": "unique"}, "kind must be 'flow'"),
        ({"of": "position", "rows": "day", "unit": "number"}, "never added up"),
        ({"of": "reach", "rows": "post", "take": "all"}, "'rows' goes with take = 'distinct'"),
        ({"of": "likes", "take": "distinct"}, "of = 'likes' is not a field"),
        ({"of": "post_id", "take": "distinct", "kind": "unique"}, "a flow in count"),
        ({"of": "likes", "where": {"kanal": ["x"]}}, "where: 'kanal' is not a field"),
        ({"of": "likes", "where": {"channel": []}}, "'where.channel' must be a list"),
        ({"of": "likes", "where": {"channel": [1]}}, "'where.channel' must hold texts, not 1"),
        ({"of": "likes", "where": {}}, "'where' must be a table that is not empty"),
        ({"of": "extra", "take": "previous"}, "it is worked out from itself"),
        ({"parts": []}, "'parts' must be a list that is not empty"),
        ({"parts": "likes"}, "'parts' must be a list"),
        ({"parts": ["likes"]}, "'parts' must name two metrics or more"),
        ({"parts": ["likes", "likes"]}, "each once"),
        ({"parts": ["likes", "coments"]}, "'coments' is not a metric. Did you mean 'comments'?"),
        ({"parts": ["likes", "reach"]}, "'reach' is a unique in count"),
        ({"parts": ["likes", "spend"]}, "'spend' is a flow in currency"),
        ({"parts": ["likes", "comments"], "kind": "stock"}, "'extra' is a stock in count"),
        ({"parts": ["likes", "extra"]}, "it is worked out from itself"),
        ({"parts": ["likes", "comments"], "of": "likes"}, "either 'parts' or 'of'"),
    ],
)
def test_refuses_a_wrong_metric(entry: Entry, fault: str) -> None:
    text = section("extra", FLOW | {"en": "Extra", "fr": "Autre"}, **entry)
    with pytest.raises(CatalogueError) as caught:
        load(f"{BASE}\n{text}", "")
    assert str(caught.value).startswith("metrics.toml [extra]: ")
    assert fault in str(caught.value)


def test_refuses_metrics_that_need_each_other() -> None:
    one = section("one", FLOW | {"en": "One", "fr": "Un", "of": "two", "take": "previous"})
    two = section("two", FLOW | {"en": "Two", "fr": "Deux", "parts": ["one", "likes"]})
    with pytest.raises(CatalogueError, match="worked out from itself"):
        load("\n".join([BASE, one, two]), "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[likes\n", r"metrics\.toml: .*line 1"),
        ("[likes]\nkind = flow\n", r"metrics\.toml: .*line 2"),
        ('[likes]\nkind = "flow"\nkind = "flow"\n', r"metrics\.toml: .*line 3"),
        (f"{BASE}\n[likes]\n", r"metrics\.toml \[likes\]: the id is used a second time in line 31"),
        ("version = 1\n", r"metrics\.toml: 'version' stands outside any \[section\]"),
        (f"[likes]\nkind = {'9' * 5000}\n", r"metrics\.toml: it cannot be read"),
        (f"x = {'[' * 5000}", r"metrics\.toml: it cannot be read"),
        ("[likes.extra]\nx = 1\n", r"metrics\.toml \[likes\]: 'en' is missing"),
    ],
)
def test_refuses_broken_toml(text: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        load(text, "")


@given(st.text(), st.text())
def test_any_text_loads_or_is_refused(metrics: str, kpis: str) -> None:
    try:
        load(metrics, kpis)
    except CatalogueError as error:
        assert str(error).startswith(("metrics.toml", "kpis.toml"))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("cost_per_lik", "Unknown KPI 'cost_per_lik'. Did you mean 'cost_per_like'?"),
        ("Cost-per-like", "Unknown KPI 'Cost-per-like'. Did you mean 'cost_per_like'?"),
        ("qqq", "Unknown KPI 'qqq'."),
        ("", "Unknown KPI ''."),
        ("x" * 1000, f"Unknown KPI '{'x' * 61}...'."),
    ],
)
def test_unknown_kpi(name: str, message: str) -> None:
    with pytest.raises(UnknownKpi) as caught:
        small().kpi(name)
    assert str(caught.value) == message


def test_unknown_metric() -> None:
    with pytest.raises(UnknownMetric, match=r"^Unknown metric 'like'. Did you mean 'likes'\?$"):
        small().metric("like")


# ---------------------------------------------------------------- the packaged catalogue


def test_did_you_mean_of_the_packaged_catalogue() -> None:
    with pytest.raises(LookupError) as caught:
        catalogue().kpi("engagment_rate")
    assert str(caught.value) == "Unknown KPI 'engagment_rate'. Did you mean 'engagement_rate'?"


def test_every_kpi_is_found_by_id_and_excel_name_in_any_case() -> None:
    for kpi in catalogue().kpis.values():
        for name in (kpi.id, kpi.excel, kpi.id.upper(), kpi.excel.lower(), f" {kpi.excel} "):
            assert catalogue().kpi(name) is kpi


def test_every_metric_is_found_by_id() -> None:
    for metric in catalogue().metrics.values():
        assert catalogue().metric(metric.id.upper()) is metric


def test_there_are_at_least_ninety_kpis_with_free_excel_names() -> None:
    assert len(catalogue().kpis) >= 90
    assert [kpi.excel for kpi in catalogue().kpis.values() if refusal(kpi.excel)] == []


def test_every_kpi_survives_the_way_to_excel() -> None:
    for kpi in catalogue().kpis.values():
        again = evaluate(parse(to_excel(kpi.tree)), kpi.example.given)
        assert again == pytest.approx(kpi.example.gives, rel=1e-6), kpi.id


def test_no_metric_is_a_field() -> None:
    assert FIELDS & catalogue().metrics.keys() == set()


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("flow", "likes comments shares saves reposts impressions views video_views sessions "
                 "engaged_sessions new_followers profile_visits clicks link_clicks spend "
                 "conversions revenue leads interactions unique_opens"),
        ("stock", "followers followers_end customers"),
        ("unique", "reach reach_organic reach_paid viewers engaged_users users new_users"),
        ("rate", "audience_share position results"),
        ("parameter", "target gross_margin hourly_cost"),
    ],
)  # fmt: skip
def test_kinds_of_the_shared_metrics(kind: str, ids: str) -> None:
    metrics = catalogue().metrics
    assert {id: metrics[id].kind for id in ids.split()} == dict.fromkeys(ids.split(), kind)


def test_a_ratio_of_currencies_is_no_currency() -> None:
    """Units by rule: money over money is a number or a ratio, money over anything is money."""
    metrics = catalogue().metrics
    for kpi in catalogue().kpis.values():
        power = fold(
            kpi.tree,
            number=lambda _: 0,
            name=lambda id: int(metrics[id].unit == "currency"),
            apply=lambda op, args: {"*": sum(args), "/": args[0] - args[-1]}.get(op, max(args)),
        )
        assert (kpi.unit == "currency") == (power == 1), kpi.id


def test_imports_are_light() -> None:
    """A cell function starts at once: standard library alone, and only what is needed."""
    code = (
        "import sys, tracksheet.core.catalogue, tracksheet.core.formula\n"
        "print([m for m in ('pandas', 'narwhals', 'numpy', 'difflib', 'importlib.resources')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- the researched definitions

# Where our formula names a quantity more exactly than the researched example does.
EXACT_NAMES = {
    "engagement_rate_reach": {"reach": "post_reach"},
    "audience_by_channel": {"followers_channel": "followers"},
}
BY_DEFINITION = {"followers": "followers", "posts": "posts"}  # last value, distinct count


def researched() -> list[dict[str, str]]:
    if not REFERENCE.exists():
        return []
    with REFERENCE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def seeded(row: dict[str, str]) -> bool:
    return any(seed.isdigit() for seed in row["seeds"].split(";"))


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference folder is not here")
def test_every_researched_kpi_with_a_seed_is_there() -> None:
    wanted = {row["id"] for row in researched() if seeded(row)}
    assert sorted(wanted - catalogue().kpis.keys()) == []


@pytest.mark.parametrize("row", researched(), ids=lambda row: row["id"])
def test_researched_example(row: dict[str, str]) -> None:
    if row["id"] not in catalogue().kpis:
        assert not seeded(row)
        return
    kpi = catalogue().kpi(row["id"])
    if row["id"] in BY_DEFINITION:
        assert kpi.tree == Name(BY_DEFINITION[row["id"]])
    elif row["example_check"] == "reference solver":  # one credit per channel
        assert kpi.inputs[0].startswith("credited_")
        assert kpi.example.gives == pytest.approx(json.loads(row["expected"])["A"], rel=1e-6)
    else:
        value = evaluate(kpi.tree, inputs(row, kpi.inputs))
        assert value is not None
        assert math.isclose(value, float(row["expected"]), rel_tol=1e-6)


def inputs(row: dict[str, str], wanted: tuple[str, ...]) -> dict[str, float | None]:
    """The example of a row, sums such as "12000+8000" and sums of parts worked out."""
    exact = EXACT_NAMES.get(row["id"], {})
    given: dict[str, float | None] = {
        exact.get(name, name): evaluate(parse(str(text)), {})
        for name, text in json.loads(row["example_inputs"]).items()
    }
    for name in wanted:
        parts = catalogue().metrics[name].parts
        if name not in given and parts:
            given[name] = sum(given[part] or 0 for part in parts)
    return given
