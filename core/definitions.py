"""What one entry of the catalogue holds, and how it is read from its TOML section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from .formula import FormulaError, Node, names, parse
from .section import Section

Kind = Literal["flow", "stock", "unique", "rate", "parameter"]
Unit = Literal["count", "ratio", "number", "currency", "seconds", "hours", "points"]
Take = Literal["first", "last", "previous", "all", "distinct"]
Good = Literal["higher", "lower", "neutral"]
Stage = Literal["ToFu", "MoFu", "BoFu", "Ops"]
Phase = Literal[
    "awareness",
    "acquisition",
    "interaction",
    "satisfaction",
    "conversion",
    "operations",
    "goals",
]
Objective = Literal["social_proof", "customer_service", "sales_conversion", "all"]
Scope = Literal["organic", "paid", "both", "web", "ops", "all"]
Timing = Literal["leading", "lagging"]

# Columns of a table that are not metrics: what a row is about, never what it counts.
# fmt: off
FIELDS = frozenset({
    "post_id", "permalink", "published_at", "post_type", "title", "text", "subject", "duration_s",
    "language", "link", "account_id", "account_name", "account_handle", "brand", "list",
    "campaign_id", "campaign", "ad_group_id", "ad_group", "ad_id", "ad", "keyword", "placement",
    "distribution", "status", "objective", "result_type", "date", "date_end", "day_index",
    "channel", "platform", "currency", "channel_group", "source_medium", "source", "medium",
    "term", "content", "destination", "page", "query", "search_type", "event", "device",
    "country", "city", "age", "gender", "audience_group", "audience_kind", "seniority", "industry",
    "job_function", "company_size", "grain", "note", "period", "line",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Metric:
    """A base quantity: how it adds up (`kind`), its unit and names, and the trap it sets (`note`).

    `of` with `take`, `rows` or `where`, or `parts`, say how it is worked out from other columns
    when the data has no column of its own name. `partial_in` names grains whose rows hold only
    part of the figure: posts do not tell of all the followers an account gained.
    """

    id: str
    kind: Kind
    unit: Unit
    en: str
    fr: str
    note: str = ""
    of: str | None = None
    take: Take | None = None
    parts: tuple[str, ...] = ()
    rows: str | None = None
    where: Mapping[str, tuple[str, ...]] | None = field(default=None, hash=False)
    partial_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: at once documentation and test of the formula."""

    given: Mapping[str, float] = field(hash=False)
    gives: float


@dataclass(frozen=True, slots=True)
class Kpi:
    """A KPI: its formula over metrics, and what a person needs to read its value."""

    id: str
    excel: str
    en: str
    fr: str
    about_en: str
    about_fr: str
    formula: str
    tree: Node
    inputs: tuple[str, ...]
    unit: Unit
    good: Good
    stage: Stage
    phase: Phase
    objective: Objective
    scope: Scope
    timing: Timing
    source: str
    example: Example
    note: str = ""


_METRIC_KEYS = frozenset({"kind", "unit", "en", "fr"})
_METRIC_OPTIONS = frozenset({"note", "of", "take", "parts", "rows", "where", "partial_in"})
_KPI_OPTIONS = frozenset({"note"})
_KPI_KEYS = frozenset(Kpi.__dataclass_fields__) - _KPI_OPTIONS - {"id", "tree", "inputs"}


def read_metric(section: Section) -> Metric:
    """The metric of a section of metrics.toml; its references are not looked at yet."""
    section.expect(_METRIC_KEYS, _METRIC_OPTIONS)
    table = section.table
    where = None
    if "where" in table:
        conditions = section.mapping("where", table["where"])
        where = {key: section.texts(f"where.{key}", item) for key, item in conditions.items()}
    return Metric(
        id=section.id,
        kind=section.choice("kind", get_args(Kind)),
        unit=section.choice("unit", get_args(Unit)),
        en=section.text("en"),
        fr=section.text("fr"),
        note=section.optional_text("note") or "",
        of=section.optional_text("of"),
        take=section.choice("take", get_args(Take)) if "take" in table else None,
        parts=section.texts("parts", table["parts"]) if "parts" in table else (),
        rows=section.optional_text("rows"),
        where=where,
        partial_in=section.texts("partial_in", table["partial_in"])
        if "partial_in" in table
        else (),
    )


def read_kpi(section: Section) -> Kpi:
    """The KPI of a section of kpis.toml; its inputs and example are not looked at yet."""
    section.expect(_KPI_KEYS, _KPI_OPTIONS)
    formula = section.text("formula")
    try:
        tree = parse(formula)
    except FormulaError as error:
        raise section.error(f"formula: {error}") from None
    return Kpi(
        id=section.id,
        excel=section.text("excel"),
        en=section.text("en"),
        fr=section.text("fr"),
        about_en=section.text("about_en"),
        about_fr=section.text("about_fr"),
        formula=formula,
        tree=tree,
        inputs=names(tree),
        unit=section.choice("unit", get_args(Unit)),
        good=section.choice("good", get_args(Good)),
        stage=section.choice("stage", get_args(Stage)),
        phase=section.choice("phase", get_args(Phase)),
        objective=section.choice("objective", get_args(Objective)),
        scope=section.choice("scope", get_args(Scope)),
        timing=section.choice("timing", get_args(Timing)),
        source=section.text("source"),
        example=_read_example(section),
        note=section.optional_text("note") or "",
    )


def _read_example(section: Section) -> Example:
    table = section.mapping("example", section.table["example"])
    if table.keys() != {"given", "gives"}:
        raise section.error("'example' must hold 'given' and 'gives', and nothing else")
    given = section.mapping("example.given", table["given"])
    return Example(
        given={key: section.number(f"example.given.{key}", value) for key, value in given.items()},
        gives=section.number("example.gives", table["gives"]),
    )
