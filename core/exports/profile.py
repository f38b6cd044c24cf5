"""What the exports of each platform look like, loaded from profiles/*.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from ..catalogue import FIELDS, Catalogue, Metric, catalogue
from .headers import normalise, split_currency

LANGUAGES = ("en", "fr", "es", "de", "pt", "it")
TITLE = "@title"  # the title line above the table names the metric of this column

DATE_FIELDS = frozenset({"date", "date_end", "published_at"})
# Fields that say what a row is: a row that leaves all of them empty is a total.
# fmt: off
IDENTITIES = frozenset({
    "post_id", "permalink", "campaign_id", "campaign", "ad_group_id", "ad_group", "ad_id", "ad",
    "country", "city", "age", "gender", "audience_group", "page", "query", "event",
    "channel_group", "source_medium", "source", "medium", "device", "seniority", "industry",
    "job_function", "company_size", "keyword", "date", "published_at", "day_index",
})
# fmt: on

# fmt: off
_SETTINGS = frozenset({
    "title", "channel", "grain", "needs", "any", "keys", "skip", "order", "decimal", "titles",
    "channel_words", "subtotal", "totals", "wide", "vertical", "post_id_from", "weighted", "sums",
    "no_totals", "preamble",  "made",
})
# fmt: on


class ProfileError(ValueError):
    """A profile that cannot be used; the message names the file, the profile and the entry."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column goes: a metric or field, and what to multiply it by."""

    name: str
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rows are totals or subtotals: `column` equals a value or starts with a word."""

    column: str
    values: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    among: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """One table of one platform. Headers are kept normalised; see docs/profiles.md."""

    id: str
    title: str
    grain: str
    channel: str = ""
    needs: tuple[str, ...] = ()
    any: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    skip: frozenset[str] = frozenset()
    order: Mapping[str, str] = field(default_factory=dict)
    decimal: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, Target]] = field(default_factory=dict)
    titles: Mapping[str, Target] = field(default_factory=dict)
    channel_words: Mapping[str, str] = field(default_factory=dict)
    totals: Rule | None = None
    subtotal: Rule | None = None
    wide: tuple[str, Target] | None = None
    vertical: bool = False
    post_id_from: str = ""
    weighted: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    sums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_totals: bool = False
    made: str = ""  # header of the column that prints the day of the export
    preamble: Mapping[str, str] = field(default_factory=dict)

    def target(self, header: str) -> tuple[Target | None, str]:
        """Where a normalised header goes and the language it is in; (None, "") if unknown."""
        for language, columns in self.columns.items():
            if header in columns:
                return columns[header], language
        return None, ""


def parse_target(text: str) -> Target:
    """`"watch_time_s*3600"` and `"audience_share/100"` carry a factor.

    >>> parse_target("watch_time_s*3600")
    Target(name='watch_time_s', factor=3600.0)
    """
    match = re.fullmatch(r"(@?[a-z][a-z0-9_]*)(?:\s*([*/])\s*([0-9.]+))?", text.strip())
    if match is None:
        raise ProfileError(f"{text!r} is not a metric or field, with an optional factor")
    name, operator, number = match.groups()
    factor = float(number) if number else 1.0
    return Target(name, 1 / factor if operator == "/" else factor)


def load_profiles(texts: Mapping[str, str], known: Catalogue) -> tuple[Profile, ...]:
    """Profiles of several TOML texts by file name; raises `ProfileError` naming the entry."""
    profiles: dict[str, Profile] = {}
    for file, text in texts.items():
        try:
            entries = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ProfileError(f"{file}: {error}") from None
        for name, entry in entries.items():
            if name.startswith("_"):  # what profiles of this file share, named by their `base`
                continue
            if name in profiles:
                raise ProfileError(f"{file}: profile {name!r} exists twice")
            try:
                profiles[name] = _profile(name, _with_base(entry, entries), known)
            except (KeyError, TypeError, ValueError) as error:
                raise ProfileError(f"{file}: profile {name!r}: {error}") from None
    return tuple(profiles.values())


def _with_base(entry: Mapping[str, Any], entries: Mapping[str, Any]) -> dict[str, Any]:
    """The entry laid over the shared part it names: lists are joined, tables merged."""
    own = {key: value for key, value in entry.items() if key != "base"}
    if "base" not in entry:
        return own
    if entry["base"] not in entries:
        raise ProfileError(f"there is no base {entry['base']!r} in this file")
    merged = dict(entries[entry["base"]])
    for key, value in own.items():
        shared = merged.get(key)
        if isinstance(shared, dict) and isinstance(value, dict):
            merged[key] = shared | value
        elif isinstance(shared, list) and isinstance(value, list):
            merged[key] = [*shared, *value]
        else:
            merged[key] = value
    return merged


def _profile(name: str, entry: Mapping[str, Any], known: Catalogue) -> Profile:
    unknown = set(entry) - _SETTINGS - set(LANGUAGES)
    if unknown:
        raise ProfileError(f"unknown setting {sorted(unknown)[0]!r}")
    columns = {lang: _targets(entry[lang], known) for lang in LANGUAGES if lang in entry}
    titles: dict[str, Target] = {}
    for by_language in entry.get("titles", {}).values():
        titles |= _targets(by_language, known)
    wide = entry.get("wide")
    return Profile(
        id=name,
        title=entry["title"],
        grain=entry["grain"],
        channel=entry.get("channel", ""),
        needs=tuple(entry.get("needs", ())),
        any=frozenset(normalise(header) for header in entry.get("any", ())),
        keys=tuple(entry.get("keys", ())),
        skip=frozenset(normalise(header) for header in entry.get("skip", ())),
        order=entry.get("order", {}),
        decimal=entry.get("decimal", {}),
        columns=columns,
        titles=titles,
        channel_words=entry.get("channel_words", {}),
        totals=_rule(entry.get("totals")),
        subtotal=_rule(entry.get("subtotal")),
        wide=(wide["dimension"], _checked(wide["metric"], known)) if wide else None,
        vertical=entry.get("vertical", False),
        post_id_from=entry.get("post_id_from", ""),
        weighted={
            source: (rule["by"], rule["as"]) for source, rule in entry.get("weighted", {}).items()
        },
        sums={name: tuple(parts) for name, parts in entry.get("sums", {}).items()},
        no_totals=entry.get("no_totals", False),
        made=normalise(entry.get("made", "")),
        preamble={
            normalise(words): _checked(to, known).name
            for words, to in entry.get("preamble", {}).items()
        },
    )


def _targets(headers: Mapping[str, str], known: Catalogue) -> dict[str, Target]:
    return {normalise(header): _checked(target, known) for header, target in headers.items()}


def _checked(text: str, known: Catalogue) -> Target:
    target = parse_target(text)
    if target.name != TITLE and target.name not in FIELDS and target.name not in known.metrics:
        raise ProfileError(f"{target.name!r} is neither a metric of metrics.toml nor a field")
    return target


def _rule(entry: Mapping[str, Any] | None) -> Rule | None:
    if entry is None:
        return None
    value = entry.get("value", ())
    values = (value,) if isinstance(value, str) else tuple(value)
    return Rule(entry["column"], values, tuple(entry.get("starts", ())), entry.get("among", ""))


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile that ships with Tracksheet."""
    folder = resources.files(__package__) / "profiles"
    texts = {
        item.name: item.read_text("utf-8")
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".toml")
    }
    return load_profiles(texts, catalogue())


@cache
def plain_words() -> dict[str, Target]:
    """Headings that need no platform to be understood."""
    text = (resources.files(__package__) / "words.toml").read_text("utf-8")
    words: dict[str, Target] = {}
    for headers in tomllib.loads(text).values():
        words |= _targets(headers, catalogue())
    return words


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All known headers: how sure we are of a header without knowing the platform.

    `certain` holds headers that mean the same thing wherever they occur; `known` every header.
    """

    known: frozenset[str]
    certain: Mapping[str, Target]

    def score(self, cells: Sequence[object]) -> int:
        """How many cells of a row are known headers."""
        return sum(1 for cell in cells if isinstance(cell, str) and cell and self.knows(cell))

    def knows(self, cell: str) -> bool:
        if len(cell) > 120:  # no platform has longer headers; this is text of a post
            return False
        return normalise(cell) in self.known or normalise(split_currency(cell)[0]) in self.known


@cache
def vocabulary() -> Vocabulary:
    """The headers of all profiles and the names of all metrics and fields."""
    meanings: dict[str, set[tuple[Target, str]]] = {}
    for profile in profiles():
        if profile.titles:  # "Primary" means something only under its title
            continue
        for columns in profile.columns.values():
            for header, target in columns.items():
                meanings.setdefault(header, set()).add((target, profile.channel))
    certain = {}
    for header, uses in meanings.items():
        targets = {target for target, _ in uses}
        if len(targets) == 1 and len(uses) > 1:  # one platform alone may mean something special
            certain[header] = next(iter(targets))
    own = dict(_own_names(catalogue().metrics.values()))
    certain |= own | plain_words()
    known = set(meanings) | set(own) | set(plain_words())
    for profile in profiles():
        known |= profile.skip
        for columns in profile.columns.values():
            known |= set(columns)
    return Vocabulary(frozenset(known), certain)


def _own_names(metrics: Iterable[Metric]) -> Iterable[tuple[str, Target]]:
    for name in sorted(FIELDS):
        yield normalise(name), Target(name)
        yield normalise(name.replace("_", " ")), Target(name)
    for metric in metrics:
        if metric.of is None and metric.kind != "parameter":  # "value" may be anything
            # "Watch time" may be in hours: only the id says the unit.
            names = () if metric.unit in ("seconds", "hours") else (metric.en, metric.fr)
            for text in (metric.id, metric.id.replace("_", " "), *names):
                yield normalise(text), Target(metric.id)
