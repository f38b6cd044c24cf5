"""The tab of the funnel: its five phases over all channels, then every KPI by stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ..core.catalogue import Kpi, catalogue
from ..core.definitions import Phase, Stage
from ..core.periods import RANGE
from ..core.plain import Record, number
from ..core.report import Column, ReportTable, Tab, Value
from ..core.results import Results, period_of_row
from ..labels import channel_name, kpi_name, label
from .columns import MOST_ALONE, change, channel_column, in_groups, results_table
from .coverage_words import word
from .focus import caveats, focus_opening, focus_results, previous_name, titled
from .material import Material

STAGES: tuple[Stage, ...] = ("ToFu", "MoFu", "BoFu")


# The main figure of a step, which adds up over channels, and the rate beside it; either may be "".
STEPS: tuple[tuple[str, str], ...] = (
    ("impressions", ""),
    ("views", ""),
    ("video_views", ""),
    ("net_follower_growth", "follower_growth_rate"),
    ("sessions", ""),
    ("interactions", "engagement_rate_post"),
    ("clicks", "ctr"),
    ("", "response_rate"),
    ("", "csat"),
    ("", "sentiment_positive_share"),
    ("leads", ""),
    ("conversions", "session_conversion_rate"),
    ("sales_revenue", ""),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the funnel: a figure that adds up over channels, and the rate beside it."""

    total: Kpi | None
    rate: Kpi | None

    @property
    def main(self) -> Kpi:
        """What the line is about."""
        found = self.total or self.rate
        assert found is not None
        return found


def funnel_tab(material: Material) -> Tab:
    """The funnel of the focus period; then for each stage every KPI that the data allows."""
    lang = material.lang
    results = focus_results(material)
    tables = [_funnel(material)]
    for stage in STAGES:
        names = tuple(kpi.id for kpi in catalogue().kpis.values() if kpi.stage == stage)
        for group in in_groups(material.known(results, names), most=MOST_ALONE):
            title = f"{label('stage', stage, lang)} – {group.title(lang)}"
            tables.append(
                results_table(
                    results,
                    group.kpis,
                    name=f"{stage}_{group.name}",
                    title=title,
                    lang=lang,
                    leading=[channel_column(lang)],
                )
            )
    return Tab(
        label("tab", "funnel", lang),
        label("title", "funnel", lang),
        (
            word("funnel", "intro", lang),
            *focus_opening(material, "alone"),
            label("intro", "people", lang),
            *caveats(material),
        ),
        tuple(tables),
    )


def _steps() -> Iterator[tuple[tuple[Stage, Phase], list[Step]]]:
    """The steps by stage and phase, as the catalogue places their KPIs."""
    known = catalogue().kpis
    steps = [Step(known.get(total), known.get(rate)) for total, rate in STEPS]
    for place, group in groupby(steps, key=lambda step: (step.main.stage, step.main.phase)):
        yield place, list(group)


def _funnel(material: Material) -> ReportTable:
    """One row a step that the data knows; a phase of which it knows nothing says so."""
    lang = material.lang
    row = _row_of(material.overall, material.focus)
    rows: list[tuple[Value, ...]] = []
    for (stage, phase), steps in _steps():
        place = (stage, word("phase", phase, lang))
        known = [cells for step in steps if (cells := _cells(material, row, step))]
        nothing = (word("funnel", "nothing", lang), *[None] * 5)
        rows.extend((*place, *cells) for cells in known or [nothing])
    columns = (
        Column("stage", word("funnel", "stage", lang)),
        Column("phase", word("funnel", "phase", lang)),
        Column("kpi", word("funnel", "kpi", lang)),
        Column("value", word("funnel", "value", lang), "count"),
        Column("change", word("funnel", "change", lang), "change", good="higher"),
        Column("rate", word("funnel", "rate", lang), "ratio"),
        Column("rate_change", word("funnel", "rate_change", lang), "points", good="higher"),
        Column("rate_name", word("funnel", "rate_name", lang), width=24, wrap=True),
    )
    used = [i for i, column in enumerate(columns) if column.unit == "text" or _any(rows, i)]
    return ReportTable(
        "Funnel",
        titled(word("funnel", "title", lang), material),
        tuple(columns[i] for i in used),
        tuple(tuple(cells[i] for i in used) for cells in rows),
        _note(material, row),
    )


def _note(material: Material, row: Record) -> str:
    """How to read the funnel, and which channels each of its figures counts."""
    lang, before = material.lang, previous_name(material)
    lines = [word("funnel", "note" if before else "note_alone", lang, previous=before)]
    shown = [main for _, steps in _steps() for step in steps if (main := _main(row, step))]
    counted = [
        word("funnel", "of", lang, kpi=kpi_name(kpi, lang), channels=_channels(material, kpi))
        for kpi in shown
    ]
    if counted:
        lines.append(word("funnel", "channels", lang, list="; ".join(counted)))
    return "\n".join(lines)


def _any(rows: list[tuple[Value, ...]], position: int) -> bool:
    return any(cells[position] is not None for cells in rows)


def _row_of(results: Results, focus: date | None) -> Record:
    """The figures of all channels in the focus period, or in the whole range."""
    if results.period == RANGE:
        return results.rows[0] if results.rows else {}
    return next((row for row in results.rows if period_of_row(row) == focus), {})


def _main(row: Record, step: Step) -> Kpi | None:
    """What the line is about, as far as it is known; None where nothing of it is."""
    return next((kpi for kpi in (step.total, step.rate) if _value(row, kpi) is not None), None)


def _cells(material: Material, row: Record, step: Step) -> tuple[Value, ...]:
    """The cells of a step from its KPI on; none where nothing of it is known."""
    main = _main(row, step)
    if main is None:
        return ()
    rate = _value(row, step.rate)
    return (
        kpi_name(main, material.lang) + _currency(main, row),
        _value(row, step.total),
        None if step.total is None else change(step.total, row, "previous"),
        rate,
        None if step.rate is None else change(step.rate, row, "previous"),
        None if step.rate is None or rate is None else kpi_name(step.rate, material.lang),
    )


def _value(row: Record, kpi: Kpi | None) -> float | None:
    return None if kpi is None else number(row.get(kpi.id))


def _currency(kpi: Kpi, row: Record) -> str:
    code = row.get("currency")
    return f" ({code})" if kpi.unit == "currency" and isinstance(code, str) else ""


def _channels(material: Material, kpi: Kpi) -> str:
    """The channels that a figure counts, and those that it lacks in this period."""
    lang = material.lang
    absent = material.overall_partial.get((kpi.id, material.focus), ())
    counted = [name for name in material.overall_channels[kpi.id] if name not in absent]
    names = ", ".join(channel_name(name, lang) for name in counted)
    if not absent:
        return names
    without = ", ".join(channel_name(name, lang) for name in absent)
    return word("funnel", "without", lang, channels=names, absent=without)
