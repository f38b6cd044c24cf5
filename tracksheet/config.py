"""tracksheet.toml: where the exports are, and what cannot be told from them."""

from __future__ import annotations

import difflib
import re
import tomllib
import zoneinfo
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, get_args

from .core.catalogue import FIELDS, UnknownKpi, catalogue
from .core.exports.options import ReadOptions
from .core.exports.profile import ProfileError, parse_target, profiles
from .core.nearest import did_you_mean
from .toml_table import ConfigError as ConfigError
from .toml_table import TomlTable

FILE_NAME = "tracksheet.toml"
Lang = Literal["en", "fr"]
Period = Literal["day", "week", "month", "quarter", "year", "range"]
Decimal = Literal[".", ","]
LANGS: tuple[Lang, ...] = get_args(Lang)
PERIODS: tuple[Period, ...] = get_args(Period)
DECIMALS: tuple[Decimal, ...] = get_args(Decimal)

TOP_KEYS = (
    "lang", "client", "inputs", "output", "plan", "period", "kpis", "currency", "time_zone",
    "file", "columns",
)  # fmt: skip
FILE_KEYS = (
    "match", "channel", "account", "profile", "day_first", "decimal", "year", "currency",
    "time_zone", "columns",
)  # fmt: skip
# A line added at the end of a TOML file belongs to the last heading: the classic slip.
_TO_FILE = dict.fromkeys(FILE_KEYS, "under a [[file]] heading with its match")
_TO_TOP = dict.fromkeys(TOP_KEYS, "at the top of the file, above the first [ heading")
CHANNEL = re.compile(r"[a-z][a-z0-9_]*")
CURRENCY = re.compile(r"[A-Z]{3}")  # ISO 4217


@dataclass(frozen=True, slots=True)
class FileRule:
    """What a [[file]] says about the files whose name fits `match`."""

    match: str
    options: ReadOptions


@dataclass(frozen=True, slots=True)
class Config:
    """A project: paths are absolute, KPI names are ids, everything else as in the file.

    `inputs` are globs relative to `directory`; `kpis` is empty for the default set; `currency`
    counts for amounts whose file names none; `time_zone` is an IANA name or empty.
    """

    path: Path
    lang: Lang = "en"
    client: str = ""
    inputs: tuple[str, ...] = ("exports/*",)
    output: Path = Path("report.xlsx")
    plan: Path = Path("plan.xlsx")
    period: Period = "month"
    kpis: tuple[str, ...] = ()
    currency: str = ""
    time_zone: str = ""
    files: tuple[FileRule, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def directory(self) -> Path:
        """The folder that the project lives in."""
        return self.path.parent

    def rules_for(self, file: Path) -> Iterator[FileRule]:
        """The [[file]] rules that fit a file, in order."""
        return (rule for rule in self.files if _fits(rule.match, file, self.directory))

    def options_for(self, file: Path) -> ReadOptions:
        """How to read one file: what holds for all, then each [[file]] that fits, last one wins."""
        options = ReadOptions(
            currency=self.currency or None,
            time_zone=self.time_zone or None,
            columns=dict(self.columns),
        )
        for rule in self.rules_for(file):
            said = {
                option.name: getattr(rule.options, option.name)
                for option in fields(rule.options)
                if option.name != "columns" and getattr(rule.options, option.name) is not None
            }
            columns = {**options.columns, **rule.options.columns}
            options = replace(options, columns=columns, **said)
        return options


def find(directory: Path) -> Path:
    """The tracksheet.toml of a folder; `ConfigError` says what to do where there is none."""
    if directory.is_file():
        return directory
    if not directory.is_dir():
        raise ConfigError(
            f'there is no folder {directory}: check the name, or run "tracksheet init {directory}"'
        )
    path = directory / FILE_NAME
    if not path.is_file():
        raise ConfigError(
            f"{directory} holds no {FILE_NAME}: go to the folder of your project, or run "
            f'"tracksheet init {directory}" to make one here'
        )
    return path


def load(path: Path) -> Config:
    """Read a tracksheet.toml; raises `ConfigError`."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # Notepad adds a byte order mark
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8; save it as UTF-8 in your editor") from None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
    return parse(text, path=path)


def parse(text: str, *, path: Path) -> Config:
    """A `Config` from the text of a tracksheet.toml that lies (or would lie) at `path`."""
    try:
        values: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path.name}: {error}.{_toml_hint(str(error))}") from None
    top = TomlTable(path.name, "", values)
    top.only(TOP_KEYS, elsewhere=_TO_FILE)
    base = path.absolute()
    config = Config(
        path=base,
        lang=top.choice("lang", LANGS, "en"),
        client=top.text("client", ""),
        inputs=_inputs(top),
        output=_workbook(top, "output", base.parent, "report.xlsx"),
        plan=_workbook(top, "plan", base.parent, "plan.xlsx"),
        period=top.choice("period", PERIODS, "month"),
        kpis=_kpis(top),
        currency=_currency(top) or "",
        time_zone=_time_zone(top) or "",
        files=tuple(_file_rule(table) for table in top.tables("file")),
        columns=_columns(top.table("columns")),
    )
    if _same(config.output, config.plan):
        raise top.error("output", "this is the plan, which people type in; give another name")
    return config


def _toml_hint(problem: str) -> str:
    if "escape" in problem or "'\\'" in problem or "hex" in problem:
        return " Write paths with / instead of \\."
    if "Invalid value" in problem:
        return " A text needs quotes around it."
    return ""


def _inputs(top: TomlTable) -> tuple[str, ...]:
    patterns = top.texts("inputs", ("exports/*",))
    if not all(patterns):
        raise top.error("inputs", 'an entry is empty; write where the exports are: ["exports/*"]')
    return tuple(_slashes(pattern) for pattern in patterns)


def _workbook(top: TomlTable, key: str, directory: Path, default: str) -> Path:
    name = _slashes(top.text(key, default))
    if not name.lower().endswith(".xlsx"):
        raise top.error(key, f'write the name of an Excel workbook, such as "{default}"')
    return directory / name


def _kpis(top: TomlTable) -> tuple[str, ...]:
    ids = []
    for name in top.texts("kpis", ()):
        try:
            ids.append(catalogue().kpi(name).id)
        except UnknownKpi as error:
            raise top.error("kpis", f'{error} "tracksheet kpi list" shows all.') from None
    return tuple(dict.fromkeys(ids))


def _currency(table: TomlTable) -> str | None:
    code = table.text("currency", None)
    if not code:
        return None
    if not CURRENCY.fullmatch(code.upper()):
        raise table.error("currency", 'write the code of three letters, such as "EUR"')
    return code.upper()


def _time_zone(table: TomlTable) -> str | None:
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


def _file_rule(table: TomlTable) -> FileRule:
    table.only(FILE_KEYS, elsewhere=_TO_TOP)
    match = table.text("match", "")
    if not match:
        raise table.error("match", 'say which files it is about, such as match = "facebook*.csv"')
    channel = table.text("channel", None)
    if channel is not None and not CHANNEL.fullmatch(channel):
        raise table.error("channel", 'write one word in small letters, such as "instagram"')
    return FileRule(
        match=_slashes(match),
        options=ReadOptions(
            day_first=table.flag("day_first"),
            decimal=table.choice("decimal", DECIMALS, None),
            year=table.whole("year", low=2000, high=2100),
            currency=_currency(table),
            channel=channel,
            account=table.text("account", None),
            profile=_profile(table),
            time_zone=_time_zone(table),
            columns=_columns(table.table("columns")),
        ),
    )


def _profile(table: TomlTable) -> str | None:
    name = table.text("profile", None)
    known = [profile.id for profile in profiles()] if name else []
    if name and name not in known:
        hint = did_you_mean(name, known) or f" Known: {', '.join(known)}."
        raise table.error("profile", f"no such profile.{hint}")
    return name


def _columns(table: TomlTable) -> dict[str, str]:
    """Header to metric or field, checked against the catalogue and the fields of the reader."""
    known = FIELDS | set(catalogue().metrics)
    columns = {}
    for header in table.values:
        target = table.text(header, "")
        try:
            name = parse_target(target).name
        except ProfileError as error:
            raise table.error(header, f"{error}.{_misplaced(header)}") from None
        if name not in known:
            hint = _misplaced(header) or did_you_mean(name, known)
            raise table.error(header, f"{name!r} is neither a metric nor a field.{hint}")
        columns[header] = target
    return columns


def _misplaced(header: str) -> str:
    return f" The setting {header} belongs {_TO_TOP[header]}." if header in _TO_TOP else ""


def _slashes(path: str) -> str:
    """One project is opened on Windows and on a Mac: `\\` and `/` mean the same."""
    return path.replace("\\", "/")


def _fits(match: str, file: Path, directory: Path) -> bool:
    """A match with a / is held against the path from the project, any other against the name."""
    name = file.name
    if "/" in match:
        path = file.absolute()
        name = (path.relative_to(directory) if path.is_relative_to(directory) else path).as_posix()
    return fnmatchcase(name.casefold(), match.casefold())


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one file where capitals do not count, as on Windows and macOS."""
    return str(one.resolve()).casefold() == str(other.resolve()).casefold()
