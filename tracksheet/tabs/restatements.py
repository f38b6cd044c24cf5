"""Past figures that a platform has changed since the last report, as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import isclose

import pandas as pd

from ..core.catalogue import catalogue
from ..core.plain import number, plain, records
from ..core.report import CellRef
from ..core.restated import summary
from ..labels import channel_name
from . import wording
from .lookup import ADDITIVE, Figures
from .restated import restated_table
from .wording import word

NAMED = 3  # metrics in one sentence


@dataclass(frozen=True, slots=True)
class Restatement:
    """What a channel changed in a period; `share` is the largest change against its figure."""

    channel: str
    start: date
    changes: dict[str, float]
    share: float

    @property
    def largest(self) -> list[tuple[str, float]]:
        """The metrics that a sentence names."""
        return sorted(self.changes.items(), key=lambda item: -abs(item[1]))[:NAMED]


def restatements(figures: Figures, least: float) -> list[Restatement]:
    """The changes of at least this share of the figure they are part of, the largest first.

    The same figures by day and by post are not added: those of the grain that changed most count.
    """
    if figures.focus is None or figures.material.dataset.restated.empty:
        return []
    found = list(_by_channel(summary(figures.material.dataset.restated, figures.period), figures))
    found = [one for one in found if one.share >= least]
    return sorted(found, key=lambda one: -one.share)


def sentence(restatement: Restatement, figures: Figures, group: str) -> str:
    """The channel, the period and the differences of its metrics."""
    lang = figures.lang
    return word(
        group,
        "restated",
        lang,
        channel=channel_name(restatement.channel, lang),
        of_period=wording.of_period(restatement.start, figures.period, lang),
        figures=", ".join(
            f"{_name(name, lang)} {_signed(name, by, lang)}" for name, by in restatement.largest
        ),
    )


def cells(restatement: Restatement, figures: Figures) -> tuple[CellRef, ...]:
    """Where the figures before and after stand, as far as their table holds them."""
    table = restated_table(figures.given)
    if table is None:
        return ()
    channel, figure = table.column("channel"), table.column("figure")
    before, after = table.column("before"), table.column("after")
    name = channel_name(restatement.channel, figures.lang)
    period = wording.period_name(restatement.start, figures.period, figures.lang)
    found: list[CellRef] = []
    for metric, by in restatement.largest:
        begins = f"{_label(metric, figures.lang)}, {period}"
        of_grain: dict[str, list[int]] = {}
        for place, row in enumerate(table.rows):
            if row[channel] == name and str(row[figure]).startswith(begins):
                of_grain.setdefault(str(row[figure]), []).append(place)
        for places in of_grain.values():
            rows = [table.rows[place] for place in places]
            total = sum((number(row[after]) or 0) - (number(row[before]) or 0) for row in rows)
            if isclose(total, by, rel_tol=1e-9):
                found += (
                    CellRef(table.name, n, key) for n in places for key in ("after", "before")
                )
                break
    return tuple(found)


def _by_channel(table: pd.DataFrame, figures: Figures) -> Iterator[Restatement]:
    known = catalogue().metrics
    kinds = table["metric"].map(lambda name: known[name].kind if name in known else "")
    table = table[kinds.isin(ADDITIVE) & table["period"].notna() & table["channel"].notna()]
    summed = table.groupby(["channel", "period", "metric", "grain"])["change"].sum().reset_index()
    order = summed["change"].abs().sort_values(ascending=False, kind="stable").index
    largest = summed.loc[order].drop_duplicates(["channel", "period", "metric"])
    for (channel, period), part in largest.groupby(["channel", "period"], sort=True):
        start = plain(period)
        assert isinstance(start, date)
        rows = records(part)
        changes = {str(row["metric"]): number(row["change"]) or 0.0 for row in rows}
        shares = [_share(name, by, str(channel), start, figures) for name, by in changes.items()]
        yield Restatement(str(channel), start, changes, max(shares))


def _share(metric: str, by: float, channel: str, start: date, figures: Figures) -> float:
    """The change against the figure of the whole period; nothing where that is not known."""
    kpis = (kpi.id for kpi in catalogue().kpis.values() if kpi.formula == metric)
    found = (figures.get(kpi, channel, start) for kpi in kpis)
    whole = next((figure.value for figure in found if figure is not None), 0)
    return abs(by) / whole if whole else 0.0


def _label(metric: str, lang: str) -> str:
    entry = catalogue().metrics[metric]
    return entry.fr if lang == "fr" else entry.en


def _name(metric: str, lang: str) -> str:
    name = _label(metric, lang)
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _signed(metric: str, by: float, lang: str) -> str:
    return wording.difference(by, catalogue().metrics[metric].unit, lang)
