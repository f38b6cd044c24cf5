"""The figures of the Overview's period: by KPI and channel, with what they were and where they are.

Every number that the Overview shows comes from here, with the cell of the Data tab that holds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from ..core.catalogue import Kpi, catalogue
from ..core.overall import ALL, EARLIER
from ..core.periods import RANGE, end, previous
from ..core.plain import Record, number, plain
from ..core.report import CellRef
from ..core.results import period_of_row
from ..core.settling import Unsettled, unsettled
from .columns import COMPARISONS, change
from .completeness import Completeness
from .data import data_cells
from .material import Material
from .wording import amount

ADDITIVE = frozenset({"flow", "stock"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its value, what it was in the periods compared with, and its cell.

    `earlier` are the values then, by "previous" and "last_year", `changes` fractions or, for
    ratios, points. Only those that are known are there.
    """

    kpi: Kpi
    channel: str
    value: float
    earlier: Mapping[str, float]
    changes: Mapping[str, float]
    currency: str
    cell: CellRef | None

    def sources(self, *then: str) -> tuple[CellRef, ...]:
        """The cell of the value, and those of the values then."""
        if self.cell is None:
            return ()
        beside = (replace(self.cell, column=name) for name in then if name in self.earlier)
        return (self.cell, *beside)

    @property
    def delta(self) -> float:
        """The difference on the period before; what was not there then began at nothing."""
        return self.value - self.earlier.get("previous", 0)

    def written(self, lang: str, then: str = "") -> str:
        """The value as people write it, now or back then."""
        value = self.earlier[then] if then else self.value
        return amount(value, self.kpi.unit, lang, self.currency)


class Figures:
    """The figures of a material, looked up in its results."""

    def __init__(self, material: Material) -> None:
        self.given = material
        # Without any date there is one period: the whole.
        dated = material.focus is not None or material.period == RANGE
        self.material = material if dated else replace(material, period=RANGE)
        self.period = self.material.period
        self.focus = self.material.focus
        self.lang = material.lang
        self._whole = Completeness(self.material)

    @cached_property
    def cells(self) -> Mapping[tuple[str, str, date | None], CellRef]:
        """Where each figure stands on the Data tab."""
        return data_cells(self.given)

    @cached_property
    def _rows(self) -> Mapping[tuple[str, date | None], Record]:
        rows = {(ALL, period_of_row(row)): row for row in self.material.overall.rows}
        for row in self.material.by_period.rows:
            name = plain(row["channel"])
            if name is not None:
                rows[str(name), period_of_row(row)] = row
        return rows

    @property
    def empty(self) -> bool:
        """Whether not one figure is known, in any period."""
        return not any(map(self._has_figure, self._rows.values()))

    @property
    def known(self) -> bool:
        """Whether any figure of the period is known."""
        return any(
            self._has_figure(row) for (_, start), row in self._rows.items() if start == self.focus
        )

    def _has_figure(self, row: Record) -> bool:
        return any(number(row.get(name)) is not None for name in self.material.kpis)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of the data that begin in this period, all of them where there is none."""
        rows = self.material.dataset.rows
        if self.focus is None or "date" not in rows:
            return rows
        last = pd.Timestamp(end(self.focus, self.period))
        return rows[(rows["date"] >= pd.Timestamp(self.focus)) & (rows["date"] <= last)]

    @cached_property
    def unsettled(self) -> list[Unsettled]:
        """The channels whose figures of this period the platforms may still change."""
        if self.focus is None:
            return []
        return unsettled(self.material.dataset, self.focus, self.period)

    @cached_property
    def running(self) -> date | None:
        """The last day with data where the period is not over: nothing is compared then."""
        focus, known = self.focus, self.material.range
        if focus is None or known is None:
            return None
        return None if self.material.is_over(focus) else known[1].date()

    def get(self, kpi: str, channel: str = ALL, start: date | None = None) -> Figure | None:
        """The figure of the period that the Overview tells of, or of the one asked for."""
        start = start or self.focus
        row = self._rows.get((channel, start))
        value = number(row.get(kpi)) if row is not None else None
        if row is None or value is None:
            return None
        entry = catalogue().kpis[kpi]
        then = self._compared(entry, channel) if start == self.focus else ()
        earlier = {name: number(row.get(f"{kpi}_{name}")) for name in then}
        changes = {name: change(entry, row, name) for name in then}
        return Figure(
            entry,
            channel,
            value,
            {name: was for name, was in earlier.items() if was is not None},
            {name: by for name, by in changes.items() if by is not None},
            str(plain(row.get("currency")) or "") if entry.unit == "currency" else "",
            self.cells.get((kpi, channel, start)),
        )

    def _compared(self, kpi: Kpi, channel: str) -> tuple[str, ...]:
        """What a figure of this period can be compared with."""
        if self.running is not None:
            return ()
        # Of a year both are the same one: it is compared once.
        starts = {self._start(then): then for then in reversed(COMPARISONS)}
        return tuple(then for then in starts.values() if self._comparable(kpi, channel, then))

    @cached_property
    def channels(self) -> tuple[str, ...]:
        """The channels that have a headline figure in this period."""
        return tuple(
            name
            for name in dict.fromkeys(channel for channel, _ in self._rows)
            if name != ALL and any(self._known(kpi, name) for kpi in self.material.headline)
        )

    def _known(self, kpi: str, channel: str) -> bool:
        row = self._rows.get((channel, self.focus))
        entry = catalogue().kpi(kpi).id
        keys = (entry, f"{entry}_high")
        return row is not None and any(number(row.get(key)) is not None for key in keys)

    def by_channel(self, kpi: str) -> list[Figure]:
        """The figures of the channels that the figure of all of them counts."""
        found = (self.get(kpi, channel) for channel in self.counted(kpi))
        return [figure for figure in found if figure is not None]

    def counted(self, kpi: str) -> tuple[str, ...]:
        """The channels that the figure of all channels counts."""
        return self.material.overall_channels.get(kpi, ())

    def trend(self, kpi: str, count: int, channel: str = ALL) -> tuple[float | None, ...]:
        """The figure in the last periods, oldest first, from the first one that is known.

        Periods in which other channels make up the figure are left open.
        """
        if self.focus is None:
            return ()
        starts = [self.focus]
        while len(starts) < count:
            starts.append(previous(starts[-1], self.period))
        values = [self._like_now(kpi, channel, start) for start in reversed(starts)]
        first = next((i for i, value in enumerate(values) if value is not None), len(values))
        return tuple(values[first:])

    def _like_now(self, kpi: str, channel: str, start: date) -> float | None:
        partial = self.material.overall_partial
        if channel == ALL and partial.get((kpi, start)) != partial.get((kpi, self.focus)):
            return None
        row = self._rows.get((channel, start))
        return number(row.get(kpi)) if row is not None else None

    def whole_since(self, kpi: Kpi, channel: str, count: int) -> int:
        """How many periods on end, this one included, are known to the day, `count` at most."""
        start, channels = self.focus, self._present(kpi, channel)
        for done in range(count):
            if start is None or not self._whole.comparable(kpi, channels, start):
                return done
            start = previous(start, self.period)
        return count

    def without(self, kpi: str) -> tuple[str, ...]:
        """The channels that have this KPI in other periods but not in this one."""
        return self.material.overall_partial.get((kpi, self.focus), ())

    def in_part(self, figure: Figure, then: str = "") -> tuple[str, ...]:
        """The channels of a figure of which days or metrics are missing, now or back then."""
        start = self._start(then)
        if start is None:
            return ()
        return self._whole.in_part(figure.kpi, self._present(figure.kpi, figure.channel), start)

    def _comparable(self, kpi: Kpi, channel: str, then: str) -> bool:
        starts, channels = (self.focus, self._start(then)), self._present(kpi, channel)
        return all(
            start is not None and self._whole.comparable(kpi, channels, start) for start in starts
        )

    def _present(self, kpi: Kpi, channel: str) -> frozenset[str]:
        """The channels that a figure of this period is made of."""
        if channel != ALL:
            return frozenset([channel])
        return frozenset(self.counted(kpi.id)) - frozenset(self.without(kpi.id))

    def _start(self, then: str) -> date | None:
        if self.focus is None or not then:
            return self.focus
        return EARLIER[then](self.focus, self.period)


def additive(kpi: Kpi) -> bool:
    """Whether the figures of channels add up to that of all of them."""
    metric = catalogue().metrics.get(kpi.formula)
    return metric is not None and metric.kind in ADDITIVE
