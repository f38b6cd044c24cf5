"""How a figure moved, as a sentence: up or down, how far, and on which channels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..core.periods import last_year
from ..core.report import CellRef
from ..labels import channel_name
from . import wording
from .columns import change_unit
from .contributions import Piece, on_channels
from .lookup import Figure, Figures, additive
from .scorecards import is_tiny
from .wording import word

FEW = 20  # of what is counted: below, a percentage says less than the two numbers
RECORD = 12  # periods looked back on
LEAST = 6  # periods that must be known to speak of a record


@dataclass(frozen=True, slots=True)
class Movement:
    """A sentence without its full stop, small letter first, and the cells of its figures.

    `by` is the change it tells of; None where nothing is compared. It is `stable` where the change
    is too small to speak of.
    """

    text: str
    sources: tuple[CellRef, ...]
    by: float | None = None
    stable: bool = False
    record: bool = False


def movement(figure: Figure, figures: Figures, *, lead: bool = False) -> Movement:
    """A KPI that overview.toml has a name for; as the `lead` with the same period last year."""
    key = _direction(figure)
    lang, kpi = figures.lang, figure.kpi.id
    name, plural = word("name", kpi, lang), wording.is_plural(kpi)
    text = word("move", key, lang, plural, name=name, **_numbers(figure, lang, delta=False))
    return _whole(text, key, figure, figures, lead=lead)


def community(figure: Figure, figures: Figures) -> Movement:
    """The followers, whose change is told in people."""
    key = _direction(figure)
    key = key if key != "few" else "up" if figure.delta > 0 else "down"
    text = word(
        "move", f"followers_{key}", figures.lang, **_numbers(figure, figures.lang, delta=True)
    )
    if key in ("up", "down"):
        signed = wording.change(figure.changes["previous"], figures.lang, signed=True)
        text += word("piece", "change", figures.lang, change=signed)
    return _whole(text, key, figure, figures)


def _direction(figure: Figure) -> str:
    by, previous = figure.changes.get("previous"), figure.earlier.get("previous")
    if by is None or previous is None:
        return "level"
    if is_tiny(figure.kpi, by):
        return "stable"
    if additive(figure.kpi) and figure.kpi.unit != "currency" and min(figure.value, previous) < FEW:
        return "few"
    return "up" if by > 0 else "down"


def _numbers(figure: Figure, lang: str, *, delta: bool) -> dict[str, str]:
    """The numbers of a sentence; the change as a difference of amounts where asked for."""
    values = {"value": figure.written(lang), "previous": "", "change": ""}
    by = figure.changes.get("previous")
    if by is None:
        return values
    values["previous"] = figure.written(lang, "previous")
    if delta:
        values["change"] = wording.amount(abs(figure.delta), figure.kpi.unit, lang)
    elif change_unit(figure.kpi) == "points":
        values["change"] = wording.points(by, lang)
    else:
        values["change"] = wording.change(abs(by), lang)
    return values


def _whole(
    text: str, key: str, figure: Figure, figures: Figures, *, lead: bool = False
) -> Movement:
    """The sentence with what else is worth knowing of the figure."""
    compared = key != "level"
    record = _record(figure, figures) if compared and key != "stable" else ""
    pieces: list[Piece] = []
    if lead and compared:
        pieces += _last_year(figure, figures)
    if record:
        pieces.append((record, ()))
    pieces += list(on_channels(figure, figures, key))[:1]
    caveats = list(_caveats(figure, figures, compared=compared))
    if caveats:
        joined = word("word", "semicolon", figures.lang).join(caveats)
        pieces.append((word("piece", "caveats", figures.lang, caveats=joined), ()))
    cells = list(figure.sources("previous") if compared else figure.sources())
    cells += [cell for _, more in pieces for cell in more]
    return Movement(
        text + "".join(more for more, _ in pieces),
        tuple(dict.fromkeys(cells)),
        figure.changes["previous"] if compared else None,
        key == "stable",
        bool(record),
    )


def _last_year(figure: Figure, figures: Figures) -> Iterator[Piece]:
    by = figure.changes.get("last_year")
    start = last_year(figures.focus, figures.period) if figures.focus is not None else None
    if by is None or start is None or change_unit(figure.kpi) == "points":
        return
    lang, period = figures.lang, figures.period
    signed = wording.change(by, lang, signed=True)
    then = wording.against(start, period, lang)
    name = wording.period_name(start, period, lang)
    text = word("piece", "last_year", lang, change=signed, against=then, name=name)
    yield text, figure.sources("last_year")


def _record(figure: Figure, figures: Figures) -> str:
    """Whether it is the highest or lowest of the last periods, all of them known."""
    values = figures.trend(figure.kpi.id, RECORD, figure.channel)
    known, most = 0, figures.whole_since(figure.kpi, figure.channel, RECORD)
    while known < min(len(values), most) and values[-1 - known] is not None:
        known += 1
    earlier = [value for value in values[len(values) - known : -1] if value is not None]
    if known < LEAST:
        return ""
    by = figure.changes["previous"]
    if by > 0 and figure.value > max(earlier):
        key = "highest"
    elif by < 0 and figure.value < min(earlier):
        key = "lowest"
    else:
        return ""
    unit = word("units", figures.period, figures.lang)
    return word("piece", key, figures.lang, count=known, unit=unit)


def _caveats(figure: Figure, figures: Figures, *, compared: bool) -> Iterator[str]:
    """The channels that the figure lacks, or of which not every day is known."""
    before = figures.in_part(figure, "previous") if compared else ()
    now = figures.in_part(figure)
    for key, names in (
        ("without", figures.without(figure.kpi.id)),
        ("in_part", now),
        ("in_part_before", tuple(name for name in before if name not in now)),
    ):
        if names:
            named = [channel_name(name, figures.lang) for name in names]
            channels = wording.enumerated(named, figures.lang)
            yield word("word", key, figures.lang, channels=channels)
