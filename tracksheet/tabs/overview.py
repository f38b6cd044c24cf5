"""The first page: what happened, how it stands and what needs a hand, in a minute's reading."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.catalogue import catalogue
from ..core.overall import EARLIER
from ..core.periods import RANGE
from ..core.plain import plain
from ..core.report import Chart, Overview
from ..core.settling import Unsettled
from ..labels import channel_name
from . import wording
from .attention import attention
from .lookup import Figures
from .material import Material
from .notes import overview_notes
from .periods import curve_charts
from .posts import best_posts
from .scorecards import cards, chosen_figures
from .story import story
from .wording import word

CHARTS = 2
NAMED = 2  # channels whose day is said one by one


def overview(material: Material) -> Overview | None:
    """The Overview of the material's period; None where there is not one figure."""
    figures = Figures(material)
    if figures.empty:
        return None
    shown = cards(figures)
    posts = best_posts(figures.material)
    return Overview(
        name=word("word", "overview", material.lang),
        title=material.client or material.title,
        facts=tuple(_facts(figures)),
        warning=_warning(figures),
        cards=shown,
        story=story(figures),
        comments=overview_notes(material),
        charts=_charts(material),
        tables=(posts,) if posts is not None else (),
        todo=attention(figures),
    )


def _facts(figures: Figures) -> Iterator[str]:
    """Period, what it is compared with, currency, channels, what a rate is divided by."""
    lang = figures.lang
    yield _period(figures)
    names = [
        name for name in (_compared(figures, then) for then in ("previous", "last_year")) if name
    ]
    if names:
        yield word("fact", "compared", lang, names=wording.enumerated(names, lang))
    yield from _currency(figures)
    if figures.channels:
        channels = ", ".join(channel_name(name, lang) for name in figures.channels)
        yield word("fact", "channels", lang, names=channels)
    yield from _rate(figures)


def _period(figures: Figures) -> str:
    lang, known = figures.lang, figures.material.range
    if figures.focus is None:
        if known is None:
            return word("fact", "undated", lang)
        first, last = (wording.day_name(day.date(), lang) for day in known)
        return wording.capitalised(word("period", RANGE, lang, first=first, last=last))
    name = wording.capitalised(wording.period_name(figures.focus, figures.period, lang))
    if figures.running is None:
        return name
    return word("fact", "running", lang, period=name, day=wording.day_name(figures.running, lang))


def _compared(figures: Figures, then: str) -> str:
    """The name of the period back then, if any figure of that time is known."""
    known = (figures.get(catalogue().kpi(name).id) for name in figures.material.headline)
    if not any(figure is not None and then in figure.changes for figure in known):
        return ""
    start = EARLIER[then](figures.focus, figures.period) if figures.focus is not None else None
    return "" if start is None else wording.period_name(start, figures.period, figures.lang)


def _currency(figures: Figures) -> Iterator[str]:
    """The currency of the amounts of the period, or all of them."""
    rows = figures.rows
    money = [metric.id for metric in catalogue().metrics.values() if metric.unit == "currency"]
    amounts = [name for name in money if name in rows]
    if "currency" not in rows or not amounts:
        return
    codes = sorted(
        {
            str(plain(code))
            for code in rows.loc[rows[amounts].notna().any(axis="columns"), "currency"]
            .dropna()
            .unique()
        }
    )
    if codes:
        key = "currency" if len(codes) == 1 else "currencies"
        yield word("fact", key, figures.lang, codes=", ".join(codes))


def _rate(figures: Figures) -> Iterator[str]:
    """What the engagement rates on the page are divided by."""
    lang, rates = figures.lang, wording.ids("cards", "alike")
    shown = [one.kpi.id for one in chosen_figures(figures) if one.kpi.id in rates]
    if shown:
        bases = word("word", "semicolon", lang).join(word("basis", name, lang) for name in shown)
        yield word("fact", "rate", lang, basis=bases)


def _warning(figures: Figures) -> str:
    """Which channels the platforms may still change, and until when."""
    found = figures.unsettled
    if not found:
        return ""
    lang, last = figures.lang, max(one.until for one in found)
    latest = [one for one in found if one.until == last]
    few = latest if len(latest) <= NAMED else []
    key = "unsettled_count"
    if few:
        key = "unsettled" if len(few) == len(found) else "unsettled_many"
    names = [_open(one, lang) for one in few]
    return word(
        "fact", key, lang, count=len(found), day=wording.day_name(last, lang),
        channels=wording.enumerated(names, lang) if few else "",
        of_channels=wording.of_names(names, lang) if few else "",
    )  # fmt: skip


def _open(one: Unsettled, lang: str) -> str:
    name = channel_name(one.channel, lang)
    return word("fact", "conversions", lang, channel=name) if one.only_conversions else name


def _charts(material: Material) -> tuple[Chart, ...]:
    """The curves of the Periods tab."""
    return () if material.focus is None else curve_charts(material)[:CHARTS]
