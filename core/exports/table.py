"""A table of an export as typed columns: numbers as numbers, ids as text, dates as dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..catalogue import FIELDS, catalogue
from ..findings import Finding
from .blocks import Block
from .dates import DateColumn, Order, parse_dates
from .headers import normalise
from .layout import Layout, Place
from .numbers import Mark, decimal_evidence, parse_column
from .options import ReadOptions
from .preamble import Preamble
from .profile import DATE_FIELDS, profiles
from .source import Cell, ExportError, Row
from .totals import TOTAL_WORDS, Mask

NUMERIC_FIELDS = frozenset({"duration_s", "day_index"})
NO_TEXT = frozenset({"", "-", "--", "–", "—", "undefined"})
EXACT_FLOAT = 2**53  # a workbook keeps 15 digits: longer ids in number cells are already damaged


@dataclass(frozen=True, slots=True)
class Context:
    """What the columns of one table share while they are typed."""

    name: str  # file, and sheet or title
    layout: Layout
    preamble: Preamble
    options: ReadOptions
    latest: date  # no date of the file can be later: when it was written
    findings: list[Finding]
    delimiter: str = ""

    def where(self, lines: Sequence[int], position: int, header: str) -> str:
        return f"{self.name}, line {lines[position]}, column {header!r}"


def typed_frame(
    columns: Sequence[pd.Series],
    lines: Sequence[int],
    decimal: Mapping[str, Mark | None],
    context: Context,
) -> pd.DataFrame:
    """All placed columns of some rows, typed, with the constants the file or person states."""
    context = _dated(columns, context)
    data: dict[str, object] = {}
    currencies: set[str] = set()
    for place in context.layout.places:
        if place.target is None or place.target.name in data:
            continue
        cells = columns[place.position]
        name = place.target.name
        if name in DATE_FIELDS:
            dates = _dates(cells, lines, place, context)
            data[name] = dates.values
            if name == "date" and dates.ends is not None:
                data.setdefault("date_end", dates.ends)
        elif name in FIELDS and name not in NUMERIC_FIELDS:
            data[name] = _texts(cells, lines, place, context)
        else:
            mark = decimal.get(place.header)
            data[name] = _numbers(cells, lines, place, mark, context, currencies)
    frame = pd.DataFrame(data, index=range(len(lines)))
    return _with_constants(frame, context, currencies)


def _dated(columns: Sequence[pd.Series], context: Context) -> Context:
    """The context with the day the file says it was exported on, where a column prints it."""
    profile, options = context.layout.profile, context.options
    for place in context.layout.places if profile is not None and profile.made else ():
        column = columns[place.position]
        if profile is not None and normalise(place.header) == profile.made and len(column):
            day = parse_dates(
                [column.iloc[0]], order="mdy", year=options.year, latest=context.latest
            ).first
            if day is not None:
                said = replace(options, year=None)
                return replace(context, latest=day, options=said)
    return context


def _numbers(
    column: pd.Series,
    lines: Sequence[int],
    place: Place,
    mark: Mark | None,
    context: Context,
    currencies: set[str],
) -> npt.NDArray[np.float64]:
    assert place.target is not None
    factor = place.target.factor
    if pd.api.types.is_integer_dtype(column.dtype):  # read as whole numbers already
        return column.to_numpy(dtype="float64", na_value=np.nan) * factor
    parsed = parse_column(_cells(column), decimal=mark, whole=is_whole(place.target.name))
    currencies.update(parsed.currencies)
    if parsed.bad:
        _report_bad(parsed.bad, lines, place, context)
    values = np.asarray(parsed.values, dtype="float64")
    if context.options.decimal is not None and is_whole(place.target.name):
        _report_parts_of_one(column, values, lines, place, context)
    return values * factor


def _cells(column: pd.Series) -> list[object]:
    """The cells of a column, "" in text and None in other cells where there is nothing."""
    if column.dtype == object:
        return [None if cell == "" else cell for cell in column.tolist()]
    return column.fillna("").tolist()


def _report_parts_of_one(
    column: pd.Series,
    values: npt.NDArray[np.float64],
    lines: Sequence[int],
    place: Place,
    context: Context,
) -> None:
    """1.234 likes: the decimal mark that was said is hardly that of this column."""
    for position in np.flatnonzero(values % 1 > 0).tolist():
        text = str(column.iloc[position])
        if re.fullmatch(r"\d{1,3}[.,]\d{3}", text):
            context.findings.append(
                Finding(
                    "warning",
                    context.where(lines, position, place.header),
                    f"{text!r} read as {values[position]}, as --decimal says; check it, since "
                    "this counts whole things",
                )
            )
            return


def _report_bad(
    bad: Sequence[tuple[int, str, str]], lines: Sequence[int], place: Place, context: Context
) -> None:
    unclear = next((cell for cell in bad if "ambiguous" in cell[2]), None)
    if unclear is not None:
        position, text, _ = unclear
        digits = text.replace(",", "").replace(".", "")
        raise ExportError(
            f"{context.where(lines, position, place.header)}: {text!r} may be {digits} or "
            f"{text.replace(',', '.')}; say which with --decimal . or --decimal , "
            "(decimal in tracksheet.toml)"
        )
    position, text, why = bad[0]
    more = f" and {len(bad) - 1} more like it" if len(bad) > 1 else ""
    context.findings.append(
        Finding(
            "warning",
            context.where(lines, position, place.header),
            f"{text!r}{more} left empty: {why}",
        )
    )


def is_whole(name: str) -> bool:
    """Whether a metric counts things one by one, so that 1,234 can only be a thousand odd."""
    metric = catalogue().metrics.get(name)
    return metric is not None and metric.unit == "count"


def decimal_marks(columns: Sequence[pd.Series], context: Context) -> dict[str, Mark | None]:
    """The decimal mark of each numeric column: said, proven by the column or the file, or None."""
    if context.options.decimal is not None:
        return {place.header: context.options.decimal for place in context.layout.places}
    proven: dict[str, tuple[str, str]] = {}
    for place in context.layout.places:
        target = place.target
        column = columns[place.position]
        if pd.api.types.is_numeric_dtype(column.dtype) or (
            not place.skipped
            and (target is None or (target.name in FIELDS and target.name not in NUMERIC_FIELDS))
        ):
            continue
        marked = [
            text
            for text in column.unique()
            if isinstance(text, str) and ("," in text or "." in text) and len(text) < 40
        ]
        evidence = decimal_evidence(marked)
        proven[place.header] = (evidence.dot, evidence.comma)
    dots = any(dot for dot, _ in proven.values())
    commas = any(comma for _, comma in proven.values())
    profile, language = context.layout.profile, context.layout.language
    usual = profile.decimal.get(language) if profile is not None else None
    if context.delimiter == ";":  # saved again by a spreadsheet, with the marks of its country
        usual = None
    file_mark: Mark | None = None
    if dots != commas:
        file_mark = "." if dots else ","
    elif not dots and usual in (".", ","):
        file_mark = "." if usual == "." else ","
    marks: dict[str, Mark | None] = {}
    for header, (dot, comma) in proven.items():
        own: Mark | None = None if bool(dot) == bool(comma) else ("." if dot else ",")
        marks[header] = own or file_mark
    return marks


def _texts(
    column: pd.Series, lines: Sequence[int], place: Place, context: Context
) -> pd.Series[str]:
    identifier = place.target is not None and place.target.name.endswith("_id")
    if column.dtype == object:
        texts = pd.Series([_plain_text(cell) for cell in column], dtype="str")
    else:
        texts = column.astype("str").str.strip()
    nothing = texts.isin(NO_TEXT)
    if nothing.any():
        texts = texts.mask(nothing)
    if place.target is not None and place.target.name == "channel":
        return texts.map(_channel_id, na_action="ignore")
    if identifier:
        rounded = _rounded(column, texts)
        if rounded.any():
            _report_rounded(texts, int(rounded.argmax()), lines, place, context)
    return texts


def _rounded(column: pd.Series, texts: pd.Series[str]) -> Mask:
    """Ids in a form or size that shows they went through a spreadsheet's numbers."""
    if column.dtype == object:
        large = [isinstance(cell, float) and abs(cell) > EXACT_FLOAT for cell in column]
    elif texts.str.isalnum().all():  # the usual case, and quickly seen
        return np.zeros(len(texts), dtype=bool)
    else:
        large = [False] * len(texts)
    powers = texts.str.fullmatch(r"\d[\d.,]*E\+\d+", case=False).fillna(False)
    rounded: Mask = powers.to_numpy(dtype=bool) | np.array(large, dtype=bool)
    return rounded


def _channel_id(text: str) -> str:
    """A channel as people type it ("Meta Ads") under the name our tables use (meta_ads)."""
    name = text.casefold().replace(" ", "_").replace("-", "_")
    return name if name in {profile.channel for profile in profiles()} else text


def _plain_text(cell: Cell) -> str:
    """A workbook's cell as text: the id 17900000000000001 is no 1.79E+16."""
    if isinstance(cell, float) and cell.is_integer():
        return repr(int(cell))
    return str(cell).strip()


def _report_rounded(
    texts: pd.Series[str], position: int, lines: Sequence[int], place: Place, context: Context
) -> None:
    context.findings.append(
        Finding(
            "warning",
            context.where(lines, position, place.header),
            f"{texts.iloc[position]!r} was rounded by a spreadsheet; rows can no longer be told "
            "apart by it. Use the export as downloaded, not a copy saved by a spreadsheet.",
        )
    )


def _dates(cells: pd.Series, lines: Sequence[int], place: Place, context: Context) -> DateColumn:
    options = context.options
    asked: Order | None = None
    if options.day_first is not None:
        asked = "dmy" if options.day_first else "mdy"
    read = partial(
        parse_dates,
        _cells(cells),
        year=options.year,
        latest=context.latest,
        time_zone=options.time_zone,
    )
    column = read(order=asked)
    if column.ambiguous is not None:
        usual = context.layout.usual_order
        if usual is None:
            text = str(cells.iloc[column.ambiguous])
            raise ExportError(
                f"{context.where(lines, column.ambiguous, place.header)}: {text!r} may be "
                "day/month or month/day; say which with --day-first or --month-first "
                "(day_first in tracksheet.toml)"
            )
        column = read(order=usual)
        context.findings.append(
            Finding(
                "info",
                f"{context.name}, column {place.header!r}",
                f"no day above 12: dates read as {_ORDER_WORDS[usual]}, as this platform "
                "writes them in this language",
            )
        )
    _report_dates(column.bad, column.yearless, column.values, lines, place, context)
    return column


_ORDER_WORDS = {"dmy": "day/month", "mdy": "month/day"}


def _report_dates(
    bad: Sequence[tuple[int, str, str]],
    yearless: bool,
    values: pd.Series[pd.Timestamp],
    lines: Sequence[int],
    place: Place,
    context: Context,
) -> None:
    if bad:
        position, text, why = bad[0]
        more = f" and {len(bad) - 1} more like it" if len(bad) > 1 else ""
        context.findings.append(
            Finding(
                "warning",
                context.where(lines, position, place.header),
                f"{text!r}{more} left empty: {why}",
            )
        )
    if yearless and values.notna().any():
        said = (
            "as you said"
            if context.options.year is not None
            else ("taken from the date of the file; say another with --year")
        )
        context.findings.append(
            Finding(
                "info" if context.options.year is not None else "warning",
                f"{context.name}, column {place.header!r}",
                f"dates carry no year: read as {values.min():%Y-%m-%d} to "
                f"{values.max():%Y-%m-%d}, {said}",
            )
        )


def _with_constants(frame: pd.DataFrame, context: Context, currencies: set[str]) -> pd.DataFrame:
    layout, options, preamble = context.layout, context.options, context.preamble
    if "day_index" in frame and preamble.start is not None:
        start = pd.Timestamp(preamble.start)
        frame["date"] = start + pd.to_timedelta(frame.pop("day_index"), unit="D")
    if "date" not in frame and "published_at" in frame:
        frame["date"] = frame["published_at"]
    elif "date" not in frame and preamble.start is not None:
        frame["date"] = pd.Timestamp(preamble.start)
        frame["date_end"] = pd.Timestamp(preamble.end or preamble.start)
    for name in ("date", "date_end"):
        if name in frame:
            frame[name] = frame[name].dt.normalize()
    channel = options.channel or layout.channel
    if channel and (options.channel or "channel" not in frame):
        frame["channel"] = channel
    account = options.account or preamble.account
    if account and not {"account_id", "account_name"} & set(frame):
        frame["account_name"] = account
    if "currency" not in frame or options.currency:
        code = options.currency or _currency(layout, currencies, context)
        if code:
            frame["currency"] = code
    return frame


def _currency(layout: Layout, in_cells: set[str], context: Context) -> str:
    codes = {
        place.currency for place in layout.places if place.currency and place.target is not None
    } | in_cells
    if len(codes) > 1:
        context.findings.append(
            Finding(
                "error",
                context.name,
                f"amounts in several currencies without a currency column: "
                f"{', '.join(sorted(codes))}; split the export by currency",
            )
        )
        return ""
    return next(iter(codes), "")


def as_columns(rows: Sequence[Row], width: int) -> list[pd.Series]:
    """Rows turned into columns; cells beyond `width` are left off."""
    if not rows:
        return [pd.Series(dtype="str")] * width
    cells = zip(*(row[:width] for row in rows), strict=True)
    return [pd.Series(list(column), dtype=_cell_type(column)) for column in cells]


def _cell_type(column: tuple[Cell, ...]) -> str:
    return "str" if all(isinstance(cell, str) for cell in column) else "object"


def regular_rows(block: Block, context: Context) -> tuple[list[Row], list[int], Mask]:
    """Rows at least as wide as the header, their lines, and which have a total word beyond it.

    A row with other cells beyond the header is shifted: it is left out, and said.
    """
    width = len(block.header)
    if set(map(len, block.rows)) <= {width}:
        return block.rows, block.lines, np.zeros(len(block.rows), dtype=bool)
    rows: list[Row] = []
    lines: list[int] = []
    totals: list[bool] = []
    for row, line in zip(block.rows, block.lines, strict=True):
        extra = [cell for cell in row[width:] if str(cell).strip()]
        is_total = bool(extra) and all(
            isinstance(cell, str) and TOTAL_WORDS.fullmatch(cell.strip()) for cell in extra
        )
        if extra and not is_total:
            context.findings.append(
                Finding(
                    "error",
                    f"{context.name}, line {line}",
                    f"{len(row)} cells where the header has {width}: the row is left out, since "
                    "its figures may stand in the wrong columns. A separator inside a text "
                    "without quotation marks is the usual cause.",
                )
            )
            continue
        rows.append([*row, *[""] * (width - len(row))])
        lines.append(line)
        totals.append(is_total)
    return rows, lines, np.array(totals, dtype=bool)
