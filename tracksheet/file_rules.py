"""What tracksheet.toml says of some files, and of the columns that nobody could place."""

from __future__ import annotations

import difflib
import re
import zoneinfo
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, get_args

from .config_keys import FILE_KEYS, TO_TARGETS, TO_TOP, misplaced
from .core.catalogue import FIELDS, catalogue
from .core.exports.options import ReadOptions
from .core.exports.profile import ProfileError, parse_target, profiles
from .core.nearest import did_you_mean
from .toml_table import TomlTable

Decimal = Literal[".", ","]
DECIMALS: tuple[Decimal, ...] = get_args(Decimal)
CHANNEL = re.compile(r"[a-z][a-z0-9_]*")
CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217


@dataclass(frozen=True, slots=True)
class FileRule:
    """What a [[file]] says about the files whose name fits `match`."""

    match: str
    options: ReadOptions


def file_rule(table: TomlTable) -> FileRule:
    """The rule of one [[file]]; raises `ConfigError`."""
    table.only(FILE_KEYS, elsewhere=TO_TOP | TO_TARGETS)
    match = table.text("match", "")
    if not match:
        raise table.error("match", 'say which files it is about, such as match = "facebook*.csv"')
    channel = table.text("channel", None)
    if channel is not None and not CHANNEL.fullmatch(channel):
        raise table.error("channel", 'write one word in small letters, such as "instagram"')
    return FileRule(
        match=slashes(match),
        options=ReadOptions(
            day_first=table.flag("day_first"),
            decimal=table.choice("decimal", DECIMALS, None),
            year=table.whole("year", low=2000, high=2100),
            currency=currency(table),
            channel=channel,
            account=table.text("account", None),
            profile=_profile(table),
            time_zone=time_zone(table),
            columns=columns(table.table("columns")),
        ),
    )


def _profile(table: TomlTable) -> str | None:
    name = table.text("profile", None)
    known = [profile.id for profile in profiles()] if name else []
    if name and name not in known:
        hint = did_you_mean(name, known) or f" Known: {', '.join(known)}."
        raise table.error("profile", f"no such profile.{hint}")
    return name


def columns(table: TomlTable) -> dict[str, str]:
    """Header to metric or field, checked against the catalogue and the fields of the reader."""
    known = FIELDS | set(catalogue().metrics)
    columns = {}
    for header in table.values:
        target = table.text(header, "")
        try:
            name = parse_target(target).name
        except ProfileError as error:
            raise table.error(header, f"{error}.{misplaced(header)}") from None
        if name not in known:
            hint = misplaced(header) or did_you_mean(name, known)
            raise table.error(header, f"{name!r} is neither a metric nor a field.{hint}")
        columns[header] = target
    return columns


def currency(table: TomlTable) -> str | None:
    """The setting `currency` in capitals, None where it is empty."""
    code = table.text("currency", None)
    if not code:
        return None
    if not CURRENCY.fullmatch(code.upper()):
        raise table.error("currency", 'write the code of three letters, such as "EUR"')
    return code.upper()


def time_zone(table: TomlTable) -> str | None:
    """The setting `time_zone`, which must be an IANA name; None where it is empty."""
    name = table.text("time_zone", None)
    if not name:
        return None
    known = zoneinfo.available_timezones()
    if name not in known:
        cities = {zone.rpartition("/")[2]: zone for zone in sorted(known)}
        near = difflib.get_close_matches(
            name.rpartition("/")[2].replace(" ", "_").title(), cities, n=1
        )
        hint = f" Did you mean {cities[near[0]]!r}?" if near else ""
        raise table.error("time_zone", f'write a zone such as "Europe/Paris".{hint}')
    return name


def slashes(path: str) -> str:
    """One project is opened on Windows and on a Mac: `\\` and `/` mean the same."""
    return path.replace("\\", "/")


def fits(match: str, file: Path, directory: Path) -> bool:
    """A match with a / is held against the path from the project, any other against the name."""
    name = file.name
    if "/" in match:
        path = file.absolute()
        name = (path.relative_to(directory) if path.is_relative_to(directory) else path).as_posix()
    return fnmatchcase(name.casefold(), match.casefold())
