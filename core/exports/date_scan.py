"""Reading all texts of a date column, those that differ in their digits only at once."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .characters import is_missing, tidy
from .date_formats import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    NO_OFFSET,
    PIVOT,
    Reading,
    fold,
    match_date,
    read_date,
    reading_of,
)

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Grid = npt.NDArray[np.uint8] | npt.NDArray[np.uint32]

NOTHING = Reading(0, 0, 0, 0, 0, NO_OFFSET, 0)
NO_FORM = "is not a date in a known form"
# Below this many texts of one form, setting up the grid costs more than it saves.
FEW = 4

_PERIOD_WORD = re.compile(r"^(?:du|del|from|vom|von) ")
_BETWEEN = re.compile(r" ?[–—~] ?| (?:-|to|au|al|a|bis|hasta) |(?<=^\d{8})-(?=\d{8}$)", re.ASCII)
_DIGITS = frozenset("0123456789")
_ZERO = ord("0")
_DIGITS_TO_ZERO = str.maketrans("123456789", "000000000")


@dataclass(frozen=True, slots=True, eq=False)
class Scan:
    """What each text says: `rows` has one `Reading` a text, then those of the ends of periods.

    `read` marks the rows that are dates; `reasons` says by row why a text is none (a row in neither
    is empty); `ends` gives by row the row of the end of its period.
    """

    rows: Ints
    read: Bools
    reasons: dict[int, str]
    ends: dict[int, int]


class _Sheet:
    """The rows of a scan while they are filled in."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.rows = _rows(len(texts))
        self.rows[:] = 0
        self.rows[:, 5] = NO_OFFSET
        self.read = np.zeros(len(texts), dtype=np.bool_)
        self.reasons: dict[int, str] = {}
        self.ends: dict[int, int] = {}
        self.last_days: list[Reading] = []

    def put_one(self, position: int) -> None:
        """Read one text by itself."""
        reading = read_date(self.texts[position])
        if isinstance(reading, str):
            period = _read_period(self.texts[position])
            if period is None:
                self.reasons[position] = reading
                return
            reading, end = period
            self.ends[position] = len(self.texts) + len(self.last_days)
            self.last_days.append(end)
        self.rows[position] = reading
        self.read[position] = True

    def put_form(self, positions: Sequence[int], grid: Grid) -> bool:
        """Read texts that differ in their digits only; False when their form says nothing sure."""
        pattern = self.texts[positions[0]]
        folded = fold(pattern)
        match = match_date(folded) if _aligned(pattern, folded) else None
        model = reading_of(match) if match is not None else ""
        if match is None or isinstance(model, str):
            return False
        zone = slice(*match.span("zone")) if _has(match, "zone") else slice(0, 0)
        if (grid[zone] != grid[zone, :1]).any():
            return False
        rows, fine = _from_grid(grid, match, model)
        if len(positions) == len(self.texts):
            self.rows, self.read = rows, fine
        else:
            self.rows[positions], self.read[positions] = rows, fine
        for place in np.flatnonzero(~fine).tolist():
            self.put_one(positions[place])
        return True

    def scan(self) -> Scan:
        if not self.last_days:
            return Scan(self.rows, self.read, self.reasons, self.ends)
        ends = np.array(self.last_days, dtype=np.int64).reshape(-1, len(NOTHING))
        read = np.concatenate([self.read, np.ones(len(ends), dtype=np.bool_)])
        return Scan(np.concatenate([self.rows, ends]), read, self.reasons, self.ends)


def scan_one_form(texts: Sequence[str]) -> Scan | None:
    """Read a column that is printed in one fixed form, as most are; None when this one is not."""
    positions: Sequence[int] = range(len(texts))
    live = texts
    if not all(texts):
        positions = [position for position, text in enumerate(texts) if text]
        live = [texts[position] for position in positions]
    if len(live) < FEW or set(map(len, live)) != {len(live[0])}:
        return None
    grid = _grid(live)
    for points in grid:
        same = _is_digit(points) if _is_digit(points[0]) else points == points[0]
        if not same.all():
            return None
    sheet = _Sheet(texts)
    return sheet.scan() if sheet.put_form(positions, grid) else None


def scan(texts: Sequence[str]) -> Scan:
    """Read distinct texts of any forms."""
    sheet = _Sheet(texts)
    forms: dict[str, list[int]] = {}
    for position, text in enumerate(texts):
        forms.setdefault(text.translate(_DIGITS_TO_ZERO), []).append(position)
    for form, positions in forms.items():
        if is_missing(form):
            continue
        if not _is_known(form):
            sheet.reasons.update(dict.fromkeys(positions, NO_FORM))
            continue
        if len(positions) >= FEW and sheet.put_form(
            positions, _grid([texts[position] for position in positions])
        ):
            continue
        for position in positions:
            sheet.put_one(position)
    return sheet.scan()


def _is_known(form: str) -> bool:
    """Whether texts of this form are dates or periods, whatever their digits."""
    if match_date(fold(form)) is not None:
        return True
    halves = _halves(form)
    return halves is not None and all(match_date(fold(half)) is not None for half in halves)


def _halves(text: str) -> tuple[str, str] | None:
    """The two sides of a printed period."""
    if len(text) > 2 * LONGEST:
        return None
    folded = " ".join(tidy(text).casefold().split())
    halves = _BETWEEN.split(_PERIOD_WORD.sub("", folded))
    return (halves[0], halves[1]) if len(halves) == 2 else None


def _read_period(text: str) -> tuple[Reading, Reading] | None:
    """The first and last day of "July 8, 2025 - July 31, 2025"; the year may stand once, last."""
    halves = _halves(text)
    if halves is None:
        return None
    start, end = map(read_date, halves)
    if isinstance(start, str) or isinstance(end, str):
        return None
    if end.monthly and 1 <= end.first <= 12:
        end = end._replace(second=monthrange(end.year, end.first)[1])
    if end.year and not start.year:
        before = (start.first, start.second) > (end.first, end.second)
        start = start._replace(year=end.year - before)
    # "Dec 1, 2025 - Dec 7" is refused: its second year is open.
    return (start, end) if bool(start.year) == bool(end.year) else None


def _has(match: re.Match[str], group: str) -> bool:
    return bool(match.groupdict().get(group))


def _aligned(text: str, folded: str) -> bool:
    """Whether each digit stands at the same place in both."""
    return len(text) == len(folded) and all(
        a == b for a, b in zip(text, folded, strict=True) if a in _DIGITS or b in _DIGITS
    )


def _grid(texts: Sequence[str]) -> Grid:
    """The code points of texts of one length: a row for each place, a column for each text."""
    joined = "".join(texts)
    points: Grid
    if joined.isascii():
        points = np.frombuffer(joined.encode("ascii"), dtype=np.uint8)
    else:
        points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return np.ascontiguousarray(points.reshape(len(texts), -1).T)  # type: ignore[return-value]


def _rows(size: int) -> Ints:
    """Room for readings, each part of them together in memory: they are looked at part by part."""
    return np.empty((size, len(NOTHING)), dtype=np.int64, order="F")


def _is_digit(points: Grid) -> Bools:
    return (points >= _ZERO) & (points < _ZERO + 10)


def _from_grid(grid: Grid, match: re.Match[str], model: Reading) -> tuple[Ints, Bools]:
    """Readings by the places where `match` found them in the first text, and which are possible."""
    parts = match.groupdict()
    size = grid.shape[1]

    def numbers(*groups: str, otherwise: int) -> Ints:
        total: Ints = np.zeros(size, dtype=np.int64)
        for group in groups:
            if parts.get(group):
                for column in range(*match.span(group)):
                    total *= 10
                    total += grid[column] - _ZERO
                return total
        return total + otherwise

    year = numbers("y", "y2", otherwise=0)
    digits = parts.get("y") or parts.get("y2") or ""
    if len(digits) == 2:
        year += np.where(year < PIVOT, 2000, 1900)
    hour, minute, second = (numbers(unit, otherwise=0) for unit in ("hour", "minute", "second"))
    fine = (hour < 24) & (minute < 60) & (second < 60)
    if parts.get("half"):
        fine &= hour <= 12
        hour = hour % 12 + (12 if parts["half"] == "p" else 0)
    if digits:
        fine &= (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    rows = _rows(size)
    rows[:] = model
    rows[:, 0] = year
    rows[:, 1] = numbers("a", "m", otherwise=model.first)
    rows[:, 2] = numbers("b", "d", otherwise=model.second)
    rows[:, 4] = hour * 3600 + minute * 60 + second
    return rows, fine
