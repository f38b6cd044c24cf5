"""The tab that says what is known of each account, period by period, and what to fetch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import cast

from ..core.catalogue import catalogue
from ..core.channels import channel
from ..core.coverage import Cover, State
from ..core.gaps import Gap
from ..core.gaps import gaps as gaps_of
from ..core.periods import Lang, previous
from ..core.periods import end as end_of
from ..core.periods import label as period_label
from ..core.report import Column, ReportTable, Tab, Tone, Value
from ..labels import channel_name, label
from .coverage_words import days, days_name, periods_name, word
from .material import Material

SHOWN = 13  # periods: a year, and the same month of the year before
HOLES = 3  # as many are named in a sentence

TONES: Mapping[State, Tone] = {
    "partial": "warn", "longer": "warn", "missing": "bad",
}  # fmt: skip
GRAVEST: tuple[Tone, ...] = ("bad", "warn", "neutral")


@dataclass(frozen=True, slots=True)
class ToFetch:
    """A gap, and how to say what a person should do about it.

    `several` tells that the channel has other accounts, so that this one is named.
    """

    gap: Gap
    period: str
    several: bool = False

    def words(self, lang: str) -> str:
        """What to export and why, in one sentence."""
        gap = self.gap
        period = periods_name(gap.start, gap.end, self.period, lang)
        return word(
            "todo",
            self._key(),
            lang,
            channel=self.account(lang),
            period=period,
            dates=_dates(gap, lang) or period,
            known=gap.known,
            days=gap.days,
            unit=word("by", self.period, lang),
            metrics=", ".join(_metric_name(name, lang) for name in gap.metrics),
            what=_sorts(gap, lang).lower(),
        )

    def account(self, lang: str) -> str:
        """The channel, with the account where it has several."""
        name = channel_name(self.gap.channel, lang)
        return f"{name} ({self.gap.name})" if self.several and self.gap.name else name

    def _key(self) -> str:
        if self.gap.reason != "missing":
            return self.gap.reason
        if not self.gap.what:
            kind = f"missing_{channel(self.gap.channel).kind}"
            return kind if kind in QUIET_KINDS else "missing"
        return f"missing_{self.gap.what[0] if len(self.gap.what) == 1 else 'several'}"


QUIET_KINDS = frozenset({"missing_ads"})  # where nothing may have run at all


def gaps(material: Material) -> list[ToFetch]:
    """What to fetch for the period that the Overview tells of and the one it is compared with."""
    focus, period = material.focus, material.period
    found = _gaps(material.covers, material.fetched_by)
    if focus is None:
        return found
    first, last = previous(focus, period), end_of(focus, period)
    return [one for one in found if one.gap.start <= last and one.gap.end >= first]


def coverage_tab(material: Material) -> Tab | None:
    """A matrix of accounts and periods, then the gaps; None where no row has a date."""
    lang, period, covers = material.lang, material.fetched_by, material.covers
    if not covers:
        return None
    starts = sorted({cover.start for cover in covers})
    shown = starts[-SHOWN:]
    intro = [word("coverage", "intro", lang), word("coverage", "quiet", lang)]
    if len(shown) < len(starts):
        intro.append(word("coverage", "cut", lang, shown=len(shown), all=len(starts)))
    to_fetch = [one for one in _gaps(covers, period) if one.gap.end >= shown[0]]
    if not to_fetch:
        intro.append(word("coverage", "whole", lang))
    tables = [_matrix(covers, shown, period, lang)]
    if to_fetch:
        tables.append(_todo_table(to_fetch, lang))
    return Tab(
        word("coverage", "tab", lang),
        word("coverage", "title", lang),
        tuple(intro),
        tuple(tables),
    )


def _gaps(covers: Sequence[Cover], period: str) -> list[ToFetch]:
    accounts = {(cover.channel, cover.account) for cover in covers}
    channels = [name for name, _ in accounts]
    return [ToFetch(gap, period, channels.count(gap.channel) > 1) for gap in gaps_of(covers)]


def _matrix(covers: Sequence[Cover], shown: Sequence[date], period: str, lang: str) -> ReportTable:
    """One row an account and sort of figures, one column a period."""
    tones: dict[date, dict[str, Tone]] = {start: {} for start in shown}
    rows: list[tuple[Value, ...]] = []
    for _, group in groupby(covers, key=lambda c: (c.channel, c.account, c.what)):
        of_row = list(group)
        cells: list[int | str] = []
        for cover in of_row:
            if cover.start in tones:
                cells.append(cell := _cell(cover, lang))
                if isinstance(cell, str):
                    both = (_tone(cover), tones[cover.start].get(cell, "neutral"))
                    tones[cover.start][cell] = min(both, key=GRAVEST.index)
        one = of_row[0]
        who = (channel_name(one.channel, lang), one.name or None)
        rows.append((*who, word("what", one.what, lang), *cells))
    columns = (
        Column("channel", label("column", "channel", lang)),
        Column("account", word("heading", "account", lang)),
        Column("what", word("heading", "what", lang)),
        *(
            Column(
                f"p{start:%Y%m%d}",
                period_label(start, period, cast(Lang, lang)),
                "count",
                tones=tones[start],
            )
            for start in shown
        ),
    )
    return ReportTable("Coverage", "", columns, tuple(rows))


def _tone(cover: Cover) -> Tone:
    return "warn" if cover.lacking else TONES.get(cover.state, "neutral")


def _cell(cover: Cover, lang: str) -> int | str:
    """What is known, as a number or in a few words: 30, "12 of 31", "missing"."""
    if not cover.known:
        return word("cell", cover.state, lang)
    text = str(cover.known)
    if cover.state in ("partial", "running"):
        text = word("cell", "partial", lang, known=cover.known, days=cover.days)
    elif not cover.lacking:
        return cover.known
    return word("cell", "lacking", lang, known=text) if cover.lacking else text


def _todo_table(to_fetch: Sequence[ToFetch], lang: str) -> ReportTable:
    """One row a gap. Its columns are as narrow as those of the matrix above."""
    columns = (
        Column("channel", label("column", "channel", lang)),
        Column("account", word("heading", "account", lang)),
        Column("missing", word("heading", "missing", lang), wrap=True),
        Column("first", word("heading", "first", lang), "date"),
        Column("last", word("heading", "last", lang), "date"),
    )
    rows = tuple(
        (
            channel_name(one.gap.channel, lang),
            one.gap.name or None,
            _missing(one, lang),
            one.gap.holes[0][0] if one.gap.holes else one.gap.start,
            one.gap.holes[-1][1] if one.gap.holes else one.gap.end,
        )
        for one in to_fetch
    )
    return ReportTable("Gaps", word("coverage", "gaps", lang), columns, rows)


def _missing(one: ToFetch, lang: str) -> str:
    """What is missing in a few words: "Everything", "19 days", "Posts", "Figures by month"."""
    gap = one.gap
    if gap.metrics:
        return ", ".join(_metric_name(name, lang) for name in gap.metrics)
    if gap.reason == "partial":
        return days(gap.days - gap.known, lang)
    if gap.reason == "longer":
        return word("heading", "longer", lang, unit=word("by", one.period, lang))
    return _sorts(gap, lang)


def _sorts(gap: Gap, lang: str) -> str:
    return ", ".join(word("what", what, lang) for what in gap.what or ("everything",))


def _dates(gap: Gap, lang: str) -> str:
    """The days that are not known, the first few of them."""
    named = [days_name(first, last, lang) for first, last in gap.holes[:HOLES]]
    more = len(gap.holes) - len(named)
    if more:
        named.append(word("dates", "more", lang, number=more))
    return ", ".join(named)


def _metric_name(name: str, lang: str) -> str:
    metric = catalogue().metrics[name]
    return metric.fr if lang == "fr" else metric.en
