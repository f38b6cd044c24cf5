"""The tab of targets: what should be reached by when, and how each of them stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ..core.catalogue import Kpi
from ..core.periods import end
from ..core.plain import Record, number, plain
from ..core.report import CellRef, Column, ReportTable, Tab
from ..core.targets import Judged
from ..labels import channel_name, kpi_name
from .material import Material
from .target_tables import ORDER, target_tables
from .target_words import status_tone, status_word, word
from .wording import enumerated

__all__ = ["status_for", "status_tone", "status_word", "target_cells", "targets_tab"]


def targets_tab(material: Material) -> Tab | None:
    """A table for each unit, what needs a hand first; then the KPIs that have no target.

    Without any target it says where to type them; None if there is no KPI to have one either.
    """
    lang = material.lang
    indicators = _indicators(material)
    tables = tuple(table for table, _ in target_tables(material))
    if not tables and indicators is None:
        return None
    return Tab(
        word("tab", "name", lang),
        word("tab", "title" if tables else "untargeted", lang),
        tuple(_intro(material)),
        tables if indicators is None else (*tables, indicators),
    )


def status_for(material: Material, kpi_id: str, channel: str = "") -> Judged | None:
    """How the target of a KPI stands whose days hold the whole period that is reported.

    Targets for one campaign or brand are left aside. Of several, the one that ends first.
    """
    if material.focus is None:
        return None
    first, last = material.focus, end(material.focus, material.period)
    fitting = [
        one
        for one in material.judged
        if (one.target.kpi, one.target.channel) == (kpi_id, channel)
        and not one.target.campaign
        and not one.target.brand
        and (one.target.start or date.min) <= first
        and last <= (one.target.end or date.max)
    ]
    return min(fitting, key=lambda one: one.target.end or date.max, default=None)


def target_cells(material: Material, judged: Judged) -> tuple[CellRef, ...]:
    """Where the figures of a target stand: what is there, what is expected, the target."""
    for table, rows in target_tables(material):
        if judged in rows:
            keys = {column.key for column in table.columns}
            row = rows.index(judged)
            wanted = ("actual", "expected", "target")
            return tuple(CellRef(table.name, row, key) for key in wanted if key in keys)
    return ()


def _intro(material: Material) -> Iterator[str]:
    lang, judged = material.lang, material.judged
    if not judged:
        yield word("intro", "indicators", lang)
        yield word("intro", "where", lang)
        return
    counts = Counter(one.status for one in judged)
    said = [f"{status_word(status, lang)} {counts[status]}" for status in ORDER if counts[status]]
    key = "one" if len(judged) == 1 else "many"
    yield word("intro", key, lang, count=len(judged), statuses=", ".join(said))
    thresholds = judged[0].thresholds
    yield word(
        "intro", "thresholds", lang,
        on_track=_percent(thresholds.on_track, lang), at_risk=_percent(thresholds.at_risk, lang),
    )  # fmt: skip
    yield word("intro", "pace", lang)
    yield word("intro", "less", lang)


def _percent(share: float, lang: str) -> str:
    text = f"{100 * share:.4g}"
    return text.replace(".", ",") if lang == "fr" else text


def _indicators(material: Material) -> ReportTable | None:
    """The KPIs put forward that the data knows and no target is about."""
    lang = material.lang
    aimed = {one.target.kpi for one in material.judged}
    others = tuple(name for name in material.headline if name not in aimed)
    if not others:
        return None
    results = material.by_channel
    kpis = material.known(results, others)
    if not kpis:
        return None
    columns = [
        Column("kpi", word("column", "kpi", lang), width=30, wrap=True),
        Column("known", word("column", "known", lang), width=22 if aimed else 36, wrap=True),
    ]
    rows = [(kpi_name(kpi, lang), _known_channels(results.rows, kpi, lang) or None) for kpi in kpis]
    title, note = word("tab", "indicators", lang), word("intro", "indicators", lang)
    if aimed:  # beside the narrow columns of the targets there is no room for definitions
        return ReportTable("Indicators", title, tuple(columns), tuple(rows), note)
    columns.append(Column("about", word("column", "about", lang), width=70, wrap=True))
    told = [(*row, _about(kpi, lang)) for row, kpi in zip(rows, kpis, strict=True)]
    return ReportTable("Indicators", title, tuple(columns), tuple(told))


def _about(kpi: Kpi, lang: str) -> str:
    return " ".join((kpi.about_fr if lang == "fr" else kpi.about_en).split())


def _known_channels(rows: Sequence[Record], kpi: Kpi, lang: str) -> str:
    names = [
        channel_name(str(plain(row["channel"])), lang)
        for row in rows
        if plain(row["channel"]) is not None
        and any(number(row.get(key)) is not None for key in (kpi.id, f"{kpi.id}_high"))
    ]
    return enumerated(names, lang) if names else ""
