"""What every tab of the report is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from ..core.catalogue import Kpi, catalogue
from ..core.coverage import Cover, coverage
from ..core.dataset import Dataset
from ..core.overall import Overall, overall
from ..core.periods import RANGE, end, period_of, previous
from ..core.results import Results, compute
from ..core.targets import Judged
from ..plan import People

INSTEAD_OF_RANGE = "month"


@dataclass(frozen=True)
class Material:
    """The data, the KPIs to put forward and the language. Results are computed once, when asked.

    `people` is what was typed in the plan, `judged` how its targets stand. `about` is a day of the
    period that the Overview tells of, None for the last one that is over.
    """

    dataset: Dataset
    lang: str
    title: str
    period: str
    headline: tuple[str, ...]
    client: str = ""
    people: People = field(default_factory=People)
    judged: tuple[Judged, ...] = ()
    about: date | None = None

    @cached_property
    def kpis(self) -> tuple[str, ...]:
        """Every KPI of the catalogue, in its order."""
        return tuple(catalogue().kpis)

    @cached_property
    def by_channel(self) -> Results:
        """Every KPI by channel over the whole range."""
        return compute(self.dataset, self.kpis, by=["channel"])

    @cached_property
    def by_period(self) -> Results:
        """Every KPI by channel and period, with the period before and the same one last year."""
        return compute(
            self.dataset,
            self.kpis,
            by=["channel"],
            period=self.period,
            compare=() if self.period == RANGE else ("previous", "last_year"),
            inputs=True,
        )

    @cached_property
    def _overall(self) -> Overall:
        return overall(self.dataset, self.by_period)

    @cached_property
    def overall(self) -> Results:
        """Every KPI for all channels together, by period, with the periods before."""
        return self._overall.results

    @cached_property
    def overall_channels(self) -> Mapping[str, tuple[str, ...]]:
        """The channels that each KPI for all channels counts."""
        return self._overall.channels

    @cached_property
    def overall_partial(self) -> Mapping[tuple[str, date | None], tuple[str, ...]]:
        """Of a KPI in a period, those of its channels that have no figure then."""
        return self._overall.partial

    @cached_property
    def range(self) -> tuple[pd.Timestamp, pd.Timestamp] | None:
        """First and last day of the data."""
        rows = self.dataset.rows
        days = [rows[name].dropna() for name in ("date", "date_end") if name in rows]
        days = [column for column in days if len(column)]
        if not days:
            return None
        return min(column.min() for column in days), max(column.max() for column in days)

    @property
    def fetched_by(self) -> str:
        """The period that exports are fetched by: what is reported as one range, by the month."""
        return INSTEAD_OF_RANGE if self.period == RANGE else self.period

    @cached_property
    def covers(self) -> list[Cover]:
        """How each account is covered in each period."""
        made = self.dataset.made
        as_of = None if made is None else made.date()
        return coverage(self.dataset.rows, self.fetched_by, as_of=as_of)

    def is_over(self, start: date) -> bool:
        """Whether a period is over: the data goes to its end, or an export was made after it."""
        last, made = end(start, self.period), self.dataset.made
        reached = self.range is not None and last <= self.range[1].date()
        return reached or (made is not None and last < made.date())

    @cached_property
    def focus(self) -> date | None:
        """First day of the period that the Overview tells of: the last one that is over.

        None without dates.
        """
        if self.range is None or self.period == RANGE:
            return None
        last = self.range[1].date()
        if self.about is not None:
            return period_of(self.about, self.period)
        start = period_of(last, self.period)
        first = period_of(self.range[0].date(), self.period)
        return start if start == first or self.is_over(start) else previous(start, self.period)

    def known(self, results: Results, names: tuple[str, ...]) -> tuple[Kpi, ...]:
        """Those of the KPIs that have at least one value, or bounds of one."""
        table = results.table
        return tuple(
            kpi
            for kpi in (catalogue().kpi(name) for name in names)
            if kpi.id in table
            and (
                table[kpi.id].notna().any()
                or (f"{kpi.id}_high" in table and table[f"{kpi.id}_high"].notna().any())
            )
        )
