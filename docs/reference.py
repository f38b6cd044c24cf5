"""Makes the reference pages from the code itself, so that they cannot tell something else.

python docs/reference.py            writes the pages
python docs/reference.py --check    exits with 1 and names the pages that are out of date
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import typer
from typer.models import ArgumentInfo, OptionInfo

from tracksheet.cli import app
from tracksheet.core.catalogue import Kpi, Metric, catalogue
from tracksheet.core.exports.profile import Profile, profiles
from tracksheet.core.formula import to_excel
from tracksheet.labels import channel_name, label

DOCS = Path(__file__).parent
BAR = r"\|"  # inside a cell, in code or not
MADE = "<!-- Made by docs/reference.py from {source}. Change that, and run the script. -->"

STAGES = ("ToFu", "MoFu", "BoFu", "Ops")
STAGE_OF_THE_TEAM = "The work itself (time, cost, output)"
UNITS = {
    "count": "a whole number",
    "ratio": "a percentage, kept as a fraction",
    "number": "a plain number",
    "currency": "an amount of money",
    "seconds": "seconds",
    "hours": "hours",
    "points": "points",
}
GOOD = {"higher": "more is better", "lower": "less is better", "neutral": "neither way is better"}
KINDS = {
    "flow": "Things that happened. They add up over rows, days, posts and channels.",
    "stock": "Levels. The last known value of the period counts, per account; accounts are added.",
    "unique": "People. They are never added up: the same person may be in two rows.",
    "rate": "Ratios that a platform already worked out. They are never added up or averaged.",
    "parameter": "Numbers that a person gives. They are kept where all rows agree.",
}
TAKES = {
    "first": "first {of} of the period",
    "last": "last {of} of the period",
    "previous": "{of} of the period before",
    "all": "{of} of all groups together",
    "distinct": "how many different {of}",
}


# --- Pieces of Markdown -------------------------------------------------------------------------


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; a bar inside a cell is kept from ending it."""
    yield f"| {' | '.join(headings)} |"
    yield f"|{'|'.join(' --- ' for _ in headings)}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', BAR) for cell in row)} |"


def one_line(text: str) -> str:
    """Text of the catalogue, which may run over several lines there."""
    return " ".join(text.split())


def code(text: str) -> str:
    return f"`{text}`"


def number(value: float) -> str:
    return f"{value:,.10g}"


# --- KPIs and metrics ---------------------------------------------------------------------------


def kpis_page() -> Iterator[str]:
    """Every KPI by funnel stage: first an overview, then one section each."""
    kpis = list(catalogue().kpis.values())
    yield "# The KPIs"
    yield ""
    yield (
        f"All {len(kpis)} KPIs, by stage of the funnel. `tracksheet kpi show NAME` prints the "
        "same. A KPI may be named by its id or its Excel name, in any case."
    )
    yield ""
    yield (
        "The formulas are made of [metrics](metrics.md). Metrics are added up over the group first "
        "and the formula is applied to the sums: see [how the numbers are made](compute.md). "
        "The Excel names are reserved for functions in cells, which do not exist yet."
    )
    for stage in STAGES:
        chosen = [kpi for kpi in kpis if kpi.stage == stage]
        title = STAGE_OF_THE_TEAM if stage == "Ops" else label("stage", stage, "en")
        yield from ("", f"## {title}", "")
        rows = ((f"[{kpi.en}](#{kpi.id})", code(kpi.id), code(kpi.formula)) for kpi in chosen)
        yield from table(("KPI", "id", "formula"), rows)
        for kpi in chosen:
            yield from kpi_section(kpi)


def kpi_section(kpi: Kpi) -> Iterator[str]:
    """One KPI with everything the catalogue knows of it."""
    given = ", ".join(f"{name} = {number(value)}" for name, value in kpi.example.given.items())
    place = (kpi.phase, kpi.objective, kpi.scope, kpi.timing)
    yield from ("", f'<a id="{kpi.id}"></a>', "", f"### {kpi.en}", "")
    yield one_line(kpi.about_en)
    yield ""
    yield f"- Names: {code(kpi.id)}, in Excel {code(kpi.excel)}, in French *{kpi.fr}*"
    yield f"- Formula: {code(to_excel(kpi.tree))}"
    yield f"- Example: {given} gives {number(kpi.example.gives)}"
    yield f"- Unit: {UNITS[kpi.unit]}; {GOOD[kpi.good]}"
    yield f"- Place: {', '.join(word.replace('_', ' ') for word in place)}"
    yield f"- Source: {one_line(kpi.source)}"
    if kpi.note:
        yield f"- Beware: {one_line(kpi.note)}"


def metrics_page() -> Iterator[str]:
    """Every metric by kind, with how it is worked out where it is."""
    metrics = list(catalogue().metrics.values())
    yield "# The metrics"
    yield ""
    yield (
        f"The {len(metrics)} base quantities that the [KPIs](kpis.md) are made of. The *kind* of a "
        "metric says how it may be added up. These ids are also the column names of the Python "
        "API, and what a heading is mapped to in [tracksheet.toml](configuration.md)."
    )
    for kind, about in KINDS.items():
        chosen = [metric for metric in metrics if metric.kind == kind]
        yield from ("", f"## {kind.capitalize()}", "", about, "")
        rows = (
            (code(metric.id), metric.en, metric.fr, metric.unit, remarks(metric))
            for metric in chosen
        )
        yield from table(("id", "English", "French", "unit", "to know"), rows)


def remarks(metric: Metric) -> str:
    """How a metric is worked out, and the trap it sets."""
    return " ".join(part for part in (worked_out(metric), one_line(metric.note)) if part)


def worked_out(metric: Metric) -> str:
    """In words, from which other columns a metric comes when the data has none of its name."""
    if metric.parts:
        return f"Worked out: {' + '.join(map(code, metric.parts))}."
    if metric.of is None:
        return ""
    words = TAKES[metric.take].format(of=code(metric.of)) if metric.take else code(metric.of)
    if metric.rows:
        words += f", in rows that are one {metric.rows} each"
    for column, values in (metric.where or {}).items():
        words += f", where {code(column)} is {' or '.join(values)}"
    return f"Worked out: {words}."


# --- Platforms ----------------------------------------------------------------------------------


def platforms_page() -> Iterator[str]:
    """Every export that is recognised, by channel."""
    known = profiles()
    yield "# The exports that are recognised"
    yield ""
    yield (
        f"{len(known)} kinds of tables. What is read from a file that is none of these is told in "
        "[Exports](exports.md); how to add one, in [Profiles](profiles.md). *Headings* says in "
        "which languages the headings of the file are known; those that no real file or public "
        "code has confirmed are marked as unverified in the profile itself."
    )
    for channel in dict.fromkeys(profile.channel for profile in known):
        title = channel_name(channel, "en") if channel else "Of any channel"
        yield from ("", f"## {title}", "")
        chosen = (profile for profile in known if profile.channel == channel)
        headings = ("export", "profile", "one row is a", "headings")
        yield from table(headings, map(platform_row, chosen))


def platform_row(profile: Profile) -> tuple[str, ...]:
    languages = ", ".join(profile.columns) or "by its title"
    grain = profile.grain.replace("_", " ")
    return profile.title, code(profile.id), grain, languages


# --- Commands -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument or option of a command, as its help tells it."""

    names: str
    help: str
    default: str
    panel: str
    is_argument: bool


def cli_page() -> Iterator[str]:
    """Every command with its arguments and options; those of reading are told once."""
    yield "# The command line"
    yield ""
    yield (
        "Every command prints the same with `--help`. They leave with 0 when all is well, with 1 "
        "when something had to be left out (the message says what), and with 2 when nothing could "
        "be done."
    )
    shared: dict[str, dict[str, Parameter]] = {}
    for name, callback in commands(app, "tracksheet"):
        parameters = list(parameters_of(callback))
        yield from command_section(name, callback, parameters)
        for parameter in parameters:
            if parameter.panel:
                shared.setdefault(parameter.panel, {})[parameter.names] = parameter
    for panel, options in shared.items():
        yield from ("", f"## {panel}", "")
        yield "For what a file cannot say itself: see [Exports](exports.md)."
        yield ""
        yield from parameter_table(list(options.values()))


def commands(group: typer.Typer, path: str) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Full name and function of each command, those of subgroups after their elders."""
    for command in group.registered_commands:
        assert command.callback is not None
        yield f"{path} {command.name or command.callback.__name__}", command.callback
    for inner in group.registered_groups:
        assert inner.typer_instance is not None
        yield from commands(inner.typer_instance, f"{path} {inner.name}")


def command_section(
    name: str, callback: Callable[..., Any], parameters: Sequence[Parameter]
) -> Iterator[str]:
    """One command: how it is written, what it does, what it takes."""
    arguments = [parameter for parameter in parameters if parameter.is_argument]
    own = [parameter for parameter in parameters if not parameter.panel]
    words = [name, *(argument.names for argument in arguments)]
    if len(parameters) > len(arguments):
        words.append("[OPTIONS]")
    yield from ("", f"## {name}", "", "```", " ".join(words), "```", "")
    yield inspect.cleandoc(callback.__doc__ or "")
    if own:
        yield ""
        yield from parameter_table(own)
    for panel in dict.fromkeys(parameter.panel for parameter in parameters if parameter.panel):
        anchor = panel.lower().replace(" ", "-")
        yield from ("", f"And the options of [{panel}](#{anchor}).")


def parameter_table(parameters: Sequence[Parameter]) -> Iterator[str]:
    rows = ((code(item.names), item.help, item.default) for item in parameters)
    return table(("option", "what it is", "without it"), rows)


def parameters_of(callback: Callable[..., Any]) -> Iterator[Parameter]:
    """The arguments and options of a command, from the types of its function."""
    hints = get_type_hints(callback, include_extras=True)
    for name, parameter in inspect.signature(callback).parameters.items():
        assert get_origin(hints[name]) is Annotated
        kind, info = get_args(hints[name])
        assert isinstance(info, ArgumentInfo | OptionInfo)
        required = parameter.default is inspect.Parameter.empty
        if isinstance(info, OptionInfo):
            names = written_option(name, kind, info)
        else:
            names = written_argument(name, kind, required)
        default = "needed" if required else default_words(parameter.default)
        is_argument = isinstance(info, ArgumentInfo)
        yield Parameter(names, info.help or "", default, info.rich_help_panel or "", is_argument)


def written_argument(name: str, kind: object, required: bool) -> str:
    written = name.upper() + ("…" if get_origin(kind) is list else "")
    return written if required else f"[{written}]"


def written_option(name: str, kind: object, info: OptionInfo) -> str:
    """The option with the value it takes: `--lang en|fr`, `--json`, `-o, --output PATH`."""
    # Typer keeps what `typer.Option("--json")` was called with in `default` and `param_decls`.
    first = (info.default,) if isinstance(info.default, str) else ()
    spellings = [*first, *(info.param_decls or ())] or [f"--{name.replace('_', '-')}"]
    written = ", ".join(sorted(spellings, key=len))
    value = value_words(kind)
    return f"{written} {value}" if value else written


def value_words(kind: object) -> str:
    """What follows an option on the command line; nothing after a switch."""
    if get_origin(kind) in (Union, UnionType):
        (kind,) = (part for part in get_args(kind) if part is not NoneType)
    if get_origin(kind) is Literal:
        return "|".join(map(str, get_args(kind)))
    words: dict[object, str] = {bool: "", int: "NUMBER", Path: "PATH"}
    return words.get(kind, "TEXT")


def default_words(default: object) -> str:
    if default is None or default is False or default == "":
        return ""
    return code(default.as_posix() if isinstance(default, Path) else str(default))


# --- Writing ------------------------------------------------------------------------------------

PAGES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "kpis.md": ("core/kpis.toml", kpis_page),
    "metrics.md": ("core/metrics.toml", metrics_page),
    "platforms.md": ("core/exports/profiles/*.toml", platforms_page),
    "cli.md": ("tracksheet/cli.py", cli_page),
}


def pages() -> dict[str, str]:
    """The text of each page by its name."""
    return {
        name: "\n".join((MADE.format(source=source), "", *made(), ""))
        for name, (source, made) in PAGES.items()
    }


def stale(folder: Path) -> list[str]:
    """The pages of a folder that are missing or not what would be made now."""
    return [
        name
        for name, text in pages().items()
        if not (folder / name).is_file() or (folder / name).read_text("utf-8") != text
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with --check only compare them."""
    if arguments not in ([], ["--check"]):
        print("usage: python docs/reference.py [--check]", file=sys.stderr)
        return 2
    if arguments:
        old = stale(DOCS)
        for name in old:
            print(f"docs/{name} is out of date: run python docs/reference.py", file=sys.stderr)
        return 1 if old else 0
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
