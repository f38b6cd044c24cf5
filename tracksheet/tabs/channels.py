"""The tab of KPIs by channel: the focus period with its changes, then all the data."""

from __future__ import annotations

from ..core.catalogue import catalogue
from ..core.report import Chart, ReportTable, Tab
from ..core.results import Results
from ..labels import kpi_name, label
from .columns import (
    MOST_ALONE,
    MOST_WITH_CHANGES,
    channel_column,
    in_groups,
    results_table,
)
from .coverage_words import word
from .focus import caveats, focus_opening, focus_results, titled
from .material import Material

CHARTED = ("interactions", "spend")


def channels_tab(material: Material) -> Tab:
    """A table for each topic: one row a channel, one column a headline KPI and its change.

    Where the data holds more than the focus period, the same tables over all of it follow.
    """
    lang = material.lang
    tables = _tables(material, focus_results(material), "Channels", changes=True)
    charts = tuple(
        Chart("bar", titled(kpi_name(catalogue().kpi(name), lang), material), table.name,
              "channel", (name,))
        for name in CHARTED
        for table in tables
        if any(column.key == name for column in table.columns) and len(table.rows) > 1
    )  # fmt: skip
    whole = _tables(material, material.by_channel, "Range") if _is_longer(material) else ()
    return Tab(
        label("tab", "channels", lang),
        label("title", "channels", lang),
        (
            *focus_opening(material, "compared"),
            label("intro", "people", lang),
            *caveats(material),
        ),
        (*tables, *whole),
        charts,
    )


def _is_longer(material: Material) -> bool:
    """Whether there is data outside the focus period, or none of it has a period."""
    if material.focus is None:
        return False
    periods = material.by_period.table["period"]
    return len(periods) == 0 or periods.nunique() > 1


def _tables(
    material: Material, results: Results, name: str, *, changes: bool = False
) -> tuple[ReportTable, ...]:
    lang = material.lang
    return tuple(
        results_table(
            results,
            group.kpis,
            name=f"{name}_{group.name}",
            title=_title(group.title(lang), material, whole=not changes),
            lang=lang,
            leading=[channel_column(lang)],
            changes=changes,
        )
        for group in in_groups(
            material.known(results, material.headline),
            most=MOST_WITH_CHANGES if changes else MOST_ALONE,
        )
    )


def _title(group: str, material: Material, *, whole: bool) -> str:
    if not whole or material.range is None:
        return titled(group, material)
    form = "%d/%m/%Y" if material.lang == "fr" else "%Y-%m-%d"
    first, last = (day.strftime(form) for day in material.range)
    return word("focus", "all", material.lang, title=group, first=first, last=last)
