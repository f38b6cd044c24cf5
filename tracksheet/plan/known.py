"""The names a plan may use, in any spelling: channels, KPIs, brands, time zones and others."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from ..core.catalogue import Kpi, catalogue
from ..core.exports.characters import tidy
from ..core.exports.currencies import currency_code
from ..core.exports.profile import profiles
from ..core.nearest import did_you_mean, shortened
from ..labels import channel_name
from .cells import CellError
from .lists import lists
from .spelling import Names
from .tabs import LANGS

# Keys of the sections that a note can be about, in the order of their names on the Lists tab.
SECTIONS: Final = ("overview", "channels", "posts", "campaigns", "targets")

# What people call a channel besides its name and what its links are tagged with.
_CALLED: Final = {
    "web": ("website", "site", "site web", "ga4", "google analytics"),
    "search": ("google search console", "gsc"),
    "email": ("email", "newsletter", "emailing"),
    "x": ("twitter", "x (twitter)"),
}
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
LONGEST_NAME = 40  # of a channel; more is a remark


@dataclass(frozen=True, slots=True)
class Known:
    """The names that cells are held against.

    `brands` and `currencies` are those of the Accounts tab.
    """

    channels: Names
    brands: Mapping[str, str] = field(default_factory=dict)
    currencies: frozenset[str] = frozenset()

    def channel(self, typed: str) -> tuple[str, str]:
        """The channel's id, and what to say of a name that none has: it is kept as typed.

        Raises `CellError` for what cannot be a channel at all.
        """
        found = self.channels.find(typed)
        if found is not None:
            return found, ""
        word = typed.replace("_", "").replace(" ", "").replace("-", "").replace(".", "")
        if not word.isalnum() or word.isdigit() or len(typed) > LONGEST_NAME:
            raise CellError(
                f"{shortened(typed)} is no channel: write one, such as instagram, or leave it empty"
            )
        near = self.channels.near(typed)
        return typed, f"{typed!r} is no channel of the Lists tab, and kept as it is.{near}"

    def brand(self, typed: str) -> tuple[str, str]:
        """The brand as the Accounts tab spells it, and what to say of one that it does not have."""
        if not self.brands:
            return typed, ""
        found = self.brands.get(brand_key(typed))
        if found is not None:
            return found, ""
        near = did_you_mean(typed, self.brands.values())
        return typed, f"{shortened(typed)} is no brand of the Accounts tab.{near}"


def known_names(listed: Mapping[str, tuple[tuple[str, ...], ...]]) -> Known:
    """The names of all channels, with those that people added to the Lists tab."""
    own = ((spelling, row[0]) for row in listed.get("channels", ()) for spelling in row if row[0])
    return Known(Names(_channel_spellings(), own))


def brand_key(name: str) -> str:
    """What two spellings of a brand share: capitals and spaces do not matter, accents do."""
    return " ".join(tidy(name).casefold().split())


@cache
def kpi_names() -> Names:
    """Every KPI by its id, its Excel name, and its English and French names.

    What stands in brackets at the end of a name may be left out where one KPI alone is so called.
    """
    kpis = catalogue().kpis.values()
    full = [(name, kpi.id) for kpi in kpis for name in (kpi.id, kpi.excel, kpi.en, kpi.fr)]
    short = [(_BRACKETS.sub("", name), id) for name, id in full if _BRACKETS.search(name)]
    return Names(full, short)


def kpi(typed: str) -> Kpi:
    """The KPI of a cell; raises `CellError` with the nearest."""
    found = kpi_names().find(typed)
    if found is None and (several := kpi_names().meanings(typed)):
        raise CellError(
            f"{shortened(typed)} could be {' or '.join(several)}: write the one you mean"
        )
    if found is None:
        near = kpi_names().near(typed) or " The Lists tab has all of them."
        raise CellError(f"unknown KPI {shortened(typed)}.{near}")
    return catalogue().kpis[found]


def section(typed: str) -> str:
    """The key of a section, or the person's own word."""
    return _sections().find(typed) or typed


def currency(typed: str) -> str:
    """The code of a currency; raises `CellError` for a sign that several share, or for none."""
    for spelling in (typed, typed.upper(), typed.casefold()):
        if code := currency_code(spelling):
            return code
    near = did_you_mean(typed.upper(), [row[0] for row in _list("currencies")])
    raise CellError(
        f"{shortened(typed)} is not the code of a currency: write its three letters, such as "
        f"EUR.{near}"
    )


def time_zone(typed: str) -> str:
    """The name of a time zone; raises `CellError` with the nearest."""
    name = typed.replace(" ", "_")
    known = _zones()
    if name.casefold() in known:
        return known[name.casefold()]
    city = name.casefold().rpartition("/")[2]
    cities = {zone.rpartition("/")[2]: known[zone] for zone in known}
    near = difflib.get_close_matches(city, cities, n=1)
    hint = f" Did you mean {cities[near[0]]!r}?" if near else ""
    raise CellError(f"{shortened(typed)} is not a time zone: write one such as Europe/Paris.{hint}")


@cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(zoneinfo.available_timezones())}


@cache
def _sections() -> Names:
    return Names(
        (spelling, key)
        for lang in LANGS
        for key, row in zip(SECTIONS, _list("sections", lang), strict=True)
        for spelling in (key, row[0])
    )


def _list(key: str, lang: str = "en") -> tuple[tuple[str, ...], ...]:
    """The rows of a list as the Lists tab has it when it is made."""
    return next(named.rows[lang] for named in lists() if named.key == key)


def _channel_spellings() -> Iterator[tuple[str, str]]:
    """Ids, names in both languages, those of the Lists tab, and the spellings of link sources."""
    listed = _list("channels")
    ids = dict.fromkeys(_ids(listed))
    for channel in ids:
        yield channel, channel
        for lang in LANGS:
            yield channel_name(channel, lang), channel
        for word in _CALLED.get(channel, ()):
            yield word, channel
    for row in listed:
        yield row[1], row[0]
    for source, also in _list("sources"):
        words = [source, *(word.strip() for word in also.split(","))]
        meant = [word for word in words if word in ids]
        if len(meant) == 1:
            yield from ((word, meant[0]) for word in words)


def _ids(listed: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield from (row[0] for row in listed)
    for profile in profiles():
        yield from (one for one in (profile.channel, *profile.channel_words.values()) if one)
