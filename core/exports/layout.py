"""Which platform a table comes from, and which metric or field each of its columns is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ..catalogue import FIELDS, catalogue
from ..nearest import did_you_mean
from .dates import Order
from .headers import normalise, split_currency
from .options import ReadOptions
from .profile import (
    DATE_FIELDS,
    TITLE,
    Profile,
    ProfileError,
    Target,
    Vocabulary,
    parse_target,
    profiles,
)
from .source import ExportError


@dataclass(frozen=True, slots=True)
class Place:
    """One column: its position and header, where it goes, or that it is set aside on purpose.

    `said` tells that a person mapped it, which beats what a profile makes of another column.
    """

    position: int
    header: str
    target: Target | None
    skipped: bool = False
    said: bool = False
    currency: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table was understood. `profile` is None for a file of no known platform."""

    profile: Profile | None
    places: tuple[Place, ...]
    language: str
    title: str
    channel: str

    @property
    def recognised(self) -> int:
        return sum(1 for place in self.places if place.target is not None or place.skipped)

    def find(self, name: str) -> Place | None:
        """The column that goes to this metric or field."""
        for place in self.places:
            if place.target is not None and place.target.name == name:
                return place
        return None

    @property
    def usual_order(self) -> Order | None:
        """The order of day and month this platform uses in the language of the headers."""
        usual = self.profile.order.get(self.language) if self.profile is not None else None
        return "dmy" if usual == "dmy" else "mdy" if usual == "mdy" else None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(place.target.name for place in self.places if place.target is not None)


def check_options(options: ReadOptions, file: str) -> None:
    """Raise `ExportError` for a profile that does not exist or a column mapped to nothing known."""
    names = [profile.id for profile in profiles()]
    if options.profile is not None and options.profile not in names:
        raise ExportError(
            f"{file}: there is no profile {options.profile!r}."
            f"{did_you_mean(options.profile, names) or ' Known: ' + ', '.join(names) + '.'}"
        )
    if options.time_zone is not None and not _is_time_zone(options.time_zone):
        raise ExportError(
            f"{file}: unknown time zone {options.time_zone!r}: use a name such as Europe/Paris"
        )
    known = FIELDS | set(catalogue().metrics)
    for header, to in options.columns.items():
        try:
            name = parse_target(to).name
        except ProfileError:
            name = to
        if name not in known:
            raise ExportError(
                f"{file}: column {header!r} cannot go to {to!r}, which is neither a metric nor a "
                f"field.{did_you_mean(name, known)}"
            )


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def choose_layout(
    header: Sequence[str],
    *,
    title: str,
    profiles: Sequence[Profile],
    words: Vocabulary,
    options: ReadOptions,
) -> Layout:
    """The layout of the profile that recognises most columns; a plain one if none fits.

    `options` are those that `check_options` let pass.
    """
    own = {normalise(name): parse_target(to) for name, to in options.columns.items()}
    for profile in profiles:
        if profile.id == options.profile:
            return _with_profile(header, profile, title, own)
    best: Layout | None = None
    best_rank: tuple[int, int, int] = (0, 0, 0)
    for profile in profiles:
        layout = _with_profile(header, profile, title, own)
        if not _fits(layout, profile, header, title):
            continue
        size = sum(len(columns) for columns in profile.columns.values())
        rank = (layout.recognised, len(profile.needs), -size)
        if best is None or rank > best_rank:
            best, best_rank = layout, rank
    plain = _without_profile(header, title, words, own)
    if best is None or (_is_own(best) and plain.recognised > best.recognised):
        return plain
    return best


def _is_own(layout: Layout) -> bool:
    """A list that people keep, which names the channel in a column; it may hold more figures."""
    return layout.profile is not None and "channel" in layout.profile.needs


def _fits(layout: Layout, profile: Profile, header: Sequence[str], title: str) -> bool:
    if profile.wide is not None:
        return normalise(title) in profile.titles
    if not set(profile.needs) <= layout.names:
        return False
    if profile.any:
        present = {normalise(name) for name in header}
        present |= {normalise(split_currency(name)[0]) for name in header}
        return bool(profile.any & present)
    return bool(layout.names)


def _with_profile(
    header: Sequence[str], profile: Profile, title: str, own: Mapping[str, Target]
) -> Layout:
    if profile.wide is not None:
        places = tuple(Place(i, name, profile.wide[1]) for i, name in enumerate(header) if name)
        return Layout(profile, places, "", title, profile.channel)
    places = tuple(
        _place(position, name, profile, title, own)
        for position, name in enumerate(header)
        if name or (position == 0 and profile.target("")[0] is not None)
    )
    votes: dict[str, int] = {}
    for place in places:
        if place.language:
            votes[place.language] = votes.get(place.language, 0) + 1
    language = max(votes, key=lambda lang: votes[lang]) if votes else ""
    return Layout(profile, places, language, title, _channel(profile, title))


def _place(
    position: int, header: str, profile: Profile, title: str, own: Mapping[str, Target]
) -> Place:
    name = normalise(header)
    if name in own:
        return Place(position, header, own[name], said=True)
    general, currency = split_currency(header)
    for spelling in (name, normalise(general)):
        target, language = profile.target(spelling)
        if target is not None and target.name == TITLE:
            titled = profile.titles.get(normalise(title))
            return Place(position, header, titled, language=language)
        if target is not None:
            return Place(position, header, target, currency=currency, language=language)
        if spelling in profile.skip:
            return Place(position, header, None, skipped=True, currency=currency)
    return Place(position, header, None, currency=currency)


def _channel(profile: Profile, title: str) -> str:
    folded = title.casefold()
    for word, channel in profile.channel_words.items():
        if word.casefold() in folded:
            return channel
    return profile.channel


def _without_profile(
    header: Sequence[str], title: str, words: Vocabulary, own: Mapping[str, Target]
) -> Layout:
    """Only headers that mean one thing wherever they occur are placed."""
    places = []
    for position, name in enumerate(header):
        if not name:
            continue
        general, currency = split_currency(name)
        spelling = normalise(name)
        target = own.get(spelling) or words.certain.get(spelling)
        if target is None:
            target = words.certain.get(normalise(general))
        places.append(Place(position, name, target, currency=currency, said=spelling in own))
    return Layout(None, tuple(places), "", title, "")


def grain_of(layout: Layout) -> str:
    """What one row is: the profile says it, or the fields that are there do."""
    if layout.profile is not None:
        return layout.profile.grain
    for names, grain in (
        ({"post_id", "permalink"}, "post"),
        ({"ad", "ad_id"}, "ad"),
        ({"ad_group", "ad_group_id"}, "ad_group"),
        ({"campaign", "campaign_id"}, "campaign"),
        (DATE_FIELDS, "day"),
    ):
        if names & layout.names:
            return grain
    return "total"
