"""Of which channels days or metrics are missing in a period, and whether it can be compared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property

from ..core.catalogue import Kpi
from ..core.channels import channel
from ..core.coverage import LEAVE_OUT_QUIET_DAYS
from ..core.gaps import Gap, gaps
from ..core.grains import ANY_GRAIN, choose_grains
from ..core.known import COUNTED, What
from ..core.periods import end
from ..core.targets.rows import sources
from .material import Material

# Of the days of a period: as many may be missing for a comparison to mean something.
BEARABLE = 0.1


class Completeness:
    """What is missing in the data of a material, asked for KPI by KPI."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.period = material.period

    @cached_property
    def _gaps(self) -> tuple[Gap, ...]:
        if self.material.focus is None:
            return ()
        return tuple(gaps(self.material.covers))

    @cached_property
    def _grains(self) -> Mapping[str, Mapping[tuple[str, str], str]]:
        """The rows that each KPI of each account is made of; asked for only where gaps are."""
        return choose_grains(self.material.dataset.rows, self.material.overall.kpis, ["channel"])

    def in_part(self, kpi: Kpi, channels: Collection[str], start: date) -> tuple[str, ...]:
        """Those of the channels of which anything is missing in the period that begins then."""
        return tuple(sorted({gap.channel for gap in self._near(kpi, channels, start)}))

    def comparable(self, kpi: Kpi, channels: Collection[str], start: date) -> bool:
        """Whether so few days are missing that a change on this period means something.

        On some channels days without rows may just as well be days on which nothing ran; but not
        at the edge of the period, where an export that ends early looks the same.
        """
        last = end(start, self.period)
        return not any(
            _share(gap, start, last) > BEARABLE
            for gap in self._near(kpi, channels, start)
            if gap.reason != "partial"
            or channel(gap.channel).kind not in LEAVE_OUT_QUIET_DAYS
            or any(since <= start or until >= last for since, until in gap.holes)
        )

    def _near(self, kpi: Kpi, channels: Collection[str], start: date) -> Iterator[Gap]:
        last = end(start, self.period)
        for gap in self._gaps:
            near = gap.channel in channels and gap.start <= last and gap.end >= start
            if near and _touches(gap, kpi, self._grains.get(kpi.id, {})):
                yield gap


def _share(gap: Gap, first: date, last: date) -> float:
    """The share of the days of a period that is missing; all of it where no days are named."""
    if not gap.holes:
        return 1.0
    days = sum(
        max(0, (min(until, last) - max(since, first)).days + 1) for since, until in gap.holes
    )
    return days / ((last - first).days + 1)


def _touches(gap: Gap, kpi: Kpi, grains: Mapping[tuple[str, str], str]) -> bool:
    """Whether what is missing would be part of the KPI."""
    grain = grains.get((gap.channel, gap.account))
    if grain is None:
        return False
    if gap.metrics:
        return bool(sources(kpi.inputs) & set(gap.metrics))
    what: What = "levels" if grain == ANY_GRAIN else COUNTED.get(grain, "days")
    return not gap.what or what in gap.what
