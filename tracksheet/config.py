"""tracksheet.toml: where the exports are, and what cannot be told from them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Literal, get_args

from .config_keys import FILE_KEYS as FILE_KEYS
from .config_keys import TARGET_KEYS as TARGET_KEYS
from .config_keys import TO_FILE, TO_TARGETS, TO_TOP
from .config_keys import TOP_KEYS as TOP_KEYS
from .core.catalogue import UnknownKpi
from .core.exports.options import ReadOptions
from .core.targets import Thresholds
from .file_rules import FileRule, columns, currency, file_rule, fits, slashes, time_zone
from .toml_table import ConfigError as ConfigError
from .toml_table import TomlTable

FILE_NAME = "tracksheet.toml"
Lang = Literal["en", "fr"]
Period = Literal["day", "week", "month", "quarter", "year", "range"]
LANGS: tuple[Lang, ...] = get_args(Lang)
PERIODS: tuple[Period, ...] = get_args(Period)
WORKBOOKS = (".xlsx",)
DATABASES = (".sqlite", ".db")
# What the folder of downloads is called, on the disk or only on the screen.
DOWNLOADS = ("Downloads", "Téléchargements")
HIGHEST_PERCENT = 200
USUAL_THRESHOLDS = Thresholds()


@dataclass(frozen=True, slots=True)
class Config:
    """A project: paths are absolute, KPI names are ids, everything else as in the file.

    `inputs` are globs relative to `directory`; `downloads` is a folder that may not be there on
    this computer, None to look in none; `kpis` is empty for the default set; `currency` counts
    for amounts whose file names none; `time_zone` is an IANA name or empty.
    """

    path: Path
    lang: Lang = "en"
    client: str = ""
    inputs: tuple[str, ...] = ("exports/*",)
    downloads: Path | None = None
    output: Path = Path("report.xlsx")
    plan: Path = Path("plan.xlsx")
    history: Path = Path("history.sqlite")
    period: Period = "month"
    kpis: tuple[str, ...] = ()
    currency: str = ""
    time_zone: str = ""
    thresholds: Thresholds = USUAL_THRESHOLDS
    files: tuple[FileRule, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def directory(self) -> Path:
        """The folder that the project lives in."""
        return self.path.parent

    def rules_for(self, file: Path) -> Iterator[FileRule]:
        """The [[file]] rules that fit a file, in order."""
        return (rule for rule in self.files if fits(rule.match, file, self.directory))

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
    top.only(TOP_KEYS, elsewhere=TO_FILE | TO_TARGETS)
    base = path.absolute()
    config = Config(
        path=base,
        lang=top.choice("lang", LANGS, "en"),
        client=top.text("client", ""),
        inputs=_inputs(top),
        downloads=_downloads(top, base.parent),
        output=_named(top, "output", base.parent / "report.xlsx", WORKBOOKS, "an Excel workbook"),
        plan=_named(top, "plan", base.parent / "plan.xlsx", WORKBOOKS, "an Excel workbook"),
        history=_named(top, "history", base.parent / "history.sqlite", DATABASES, "a database"),
        period=top.choice("period", PERIODS, "month"),
        kpis=_kpis(top),
        currency=currency(top) or "",
        time_zone=time_zone(top) or "",
        thresholds=_thresholds(top.table("targets")),
        files=tuple(file_rule(table) for table in top.tables("file")),
        columns=columns(top.table("columns")),
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
    return tuple(slashes(pattern) for pattern in patterns)


def _named(top: TomlTable, key: str, default: Path, suffixes: tuple[str, ...], what: str) -> Path:
    """A file of the project; `default` lies in its folder and says how such a name looks."""
    name = slashes(top.text(key, default.name))
    if not name.lower().endswith(suffixes):
        raise top.error(key, f'write the name of {what}, such as "{default.name}"')
    return default.parent / name


def _downloads(top: TomlTable, directory: Path) -> Path | None:
    """The folder as it is called on this computer; ~ stands for the person's own folder."""
    name = slashes(top.text("downloads", ""))
    if not name:
        return None
    folder = directory / _at_home(Path(name))
    if folder.name in DOWNLOADS and not folder.is_dir():
        # Windows and macOS show "Téléchargements" for a folder that is called Downloads.
        called = (folder.with_name(other) for other in DOWNLOADS)
        return next((other for other in called if other.is_dir()), folder)
    return folder


def _at_home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # nobody is at home: a service, or ~name of another computer
        return path


def _kpis(top: TomlTable) -> tuple[str, ...]:
    from .objectives import find_kpi  # it needs the plan, which needs this module

    ids = []
    for name in top.texts("kpis", ()):
        try:
            ids.append(find_kpi(name).id)
        except UnknownKpi as error:
            raise top.error("kpis", f'{error} "tracksheet kpi list" shows all.') from None
    return tuple(dict.fromkeys(ids))


def _thresholds(table: TomlTable) -> Thresholds:
    table.only(TARGET_KEYS, elsewhere=TO_FILE | TO_TOP)
    on_track = _percent(table, "on_track", USUAL_THRESHOLDS.on_track)
    at_risk = _percent(table, "at_risk", USUAL_THRESHOLDS.at_risk)
    if at_risk >= on_track:
        key = "at_risk" if "at_risk" in table.values else "on_track"
        raise table.error(
            key, f"at_risk ({at_risk:.4g} %) must be less than on_track ({on_track:.4g} %)"
        )
    return Thresholds(on_track / 100, at_risk / 100)


def _percent(table: TomlTable, key: str, default: float) -> float:
    """A percentage as it is written; `default` is a fraction."""
    value = table.values.get(key, default * 100)
    if isinstance(value, bool) or not isinstance(value, int | float):
        value = 0
    if not 0 < value <= HIGHEST_PERCENT:
        raise table.error(
            key, f"write a percentage up to {HIGHEST_PERCENT}, without quotes and without %"
        )
    return float(value)


def _same(one: Path, other: Path) -> bool:
    """Whether two paths are one file where capitals do not count, as on Windows and macOS."""
    return str(one.resolve()).casefold() == str(other.resolve()).casefold()
