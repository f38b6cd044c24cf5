"""Telling total rows from the rows they add up, and checking that they do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..catalogue import FIELDS
from ..findings import Finding
from .layout import Layout, Place
from .profile import DATE_FIELDS, IDENTITIES, Rule

Mask = npt.NDArray[np.bool_]

# "Total", "Totals:", "Grand total", "Total: Campaigns", "Total (12 campagnes)", "Sous-total",
# "Gesamt", "Suma" … but not the campaign "Total comfort".
TOTAL_WORDS = re.compile(
    r"(?:grand |sub-?|sous-?)?tota(?:l|ls|le|les|ux|is)(?: (?:g[ée]n[ée]ral|general|geral))?"
    r"\s*(?::.*|\(.*\d.*\))?"
    r"|total (?:results|de résultats|des résultats|de resultados)"
    r"|(?:results from|résultats? (?:de|pour)|resultados de) \d+ \w+(?: \w+)?"
    r"|(?:gesamt|gesamtsumme|gesamtergebnis|insgesamt|summe|zwischensumme|suma|totaal|toplam)"
    r"\s*(?::.*)?",
    re.IGNORECASE,
)
TOTAL_INITIALS = tuple("tTgGsSiIzZrR \u00a0")
SUM_TOLERANCE = 0.0051  # platforms round each amount, and the total, to the cent
# Fields in which "total" alone is a value like any other: people search for it.
FREE_WORDS = frozenset({"query", "keyword", "page", "event"})


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Which rows are data, totals of the table, or subtotals of some of its rows."""

    data: Mask
    totals: Mask
    subtotals: Mask


def split_totals(columns: Sequence[pd.Series], layout: Layout, extra: Mask) -> Split:
    """Set total rows apart: by a total word, a profile's rule, or empty names.

    `extra` marks rows with a total word beyond the last header, as GA4 explorations print it.
    """
    profile = layout.profile
    none = np.zeros(len(extra), dtype=bool)
    if profile is not None and profile.no_totals:  # "total" is a search like any other
        return Split(~none, none, none)
    dimensions = [
        place
        for place in layout.places
        if place.target is not None and place.target.name in IDENTITIES
    ]
    totals = extra.copy()
    free = {
        place.position
        for place in dimensions
        if place.target is not None and place.target.name in FREE_WORDS
    }
    for position in sorted({0, *(place.position for place in dimensions)}):
        totals |= _has_total_word(columns[position], colon=position in free)
    if profile is not None and profile.totals is not None:
        totals |= _matching(columns, layout, profile.totals)
    totals |= _nameless(columns, layout, dimensions, totals)
    subtotals = none
    if profile is not None and profile.subtotal is not None:
        subtotals = _subtotals(columns, layout, profile.subtotal) & ~totals
    return Split(~(totals | subtotals), totals, subtotals)


def without_total_words(
    columns: Sequence[pd.Series], layout: Layout, totals: Mask
) -> list[pd.Series]:
    """The columns with nothing where a total word stands in place of a date."""
    if not totals.any():
        return list(columns)
    dates = {p.position for p in layout.places if p.target and p.target.name in DATE_FIELDS}
    return [
        column.where(~(totals & _has_total_word(column, colon=False)), "")
        if position in dates
        else column
        for position, column in enumerate(columns)
    ]


def _has_total_word(column: pd.Series, *, colon: bool) -> Mask:
    """Rows whose cell is a total word; with `colon` only those like "Total: Search"."""
    if not _is_text(column):
        return np.zeros(len(column), dtype=bool)
    texts = column.astype("str")
    candidates = texts[texts.str.slice(0, 1).isin(TOTAL_INITIALS)]
    words = [
        text
        for text in candidates.unique()
        if len(text) < 80 and TOTAL_WORDS.fullmatch(text.strip()) and (":" in text or not colon)
    ]
    return texts.isin(words).to_numpy(dtype=bool)


def _is_text(column: pd.Series) -> bool:
    return column.dtype == object or isinstance(column.dtype, pd.StringDtype)


def _stripped(column: pd.Series) -> pd.Series[str]:
    return column.astype("str").fillna("").str.strip()


def _filled(column: pd.Series) -> Mask:
    if not _is_text(column):
        return column.notna().to_numpy(dtype=bool)
    return (column.notna() & (column != "") & ~column.isin([" ", "  "])).to_numpy(dtype=bool)


def _matching(columns: Sequence[pd.Series], layout: Layout, rule: Rule) -> Mask:
    place = layout.find(rule.column)
    column = columns[place.position] if place is not None else columns[0].iloc[:0]
    if place is None or not len(column):
        return np.zeros(len(columns[0]), dtype=bool)
    texts = _stripped(column)
    found = texts.isin(rule.values)
    if rule.starts:
        found |= texts.str.startswith(rule.starts)
    return found.to_numpy(dtype=bool)


def _nameless(
    columns: Sequence[pd.Series], layout: Layout, dimensions: Sequence[Place], known: Mask
) -> Mask:
    """Rows that name nothing while the others do: Meta prints its total without an ad name."""
    names = [
        place.position
        for place in dimensions
        if place.target is not None and place.target.name not in _PERIOD_FIELDS
    ] or [place.position for place in dimensions]
    figures = [
        place.position
        for place in layout.places
        if place.target is not None and place.target.name not in FIELDS
    ]
    none = np.zeros(len(known), dtype=bool)
    if not names or not figures:
        return none
    named = none.copy()
    for position in names:
        named |= _filled(columns[position])
        if named.all():
            return none
    counted = none.copy()
    for position in figures:
        counted |= _filled(columns[position])
    found = ~named & counted & ~known
    return found if found.sum() * 2 <= len(found) else none


_PERIOD_FIELDS = frozenset({"date", "date_end", "published_at", "day_index"})


def _subtotals(columns: Sequence[pd.Series], layout: Layout, rule: Rule) -> Mask:
    """Rows that add up other rows of the same post, only where those other rows are there."""
    kind, among = layout.find(rule.column), layout.find(rule.among)
    if kind is None or among is None:
        return np.zeros(len(columns[0]), dtype=bool)
    is_sum = _stripped(columns[kind.position]).isin(rule.values)
    has_parts = (~is_sum).groupby(_stripped(columns[among.position])).transform("any")
    return (is_sum & has_parts).to_numpy(dtype=bool)


def check_sums(
    frame: pd.DataFrame, totals: pd.DataFrame, flows: Sequence[str], where: str
) -> list[Finding]:
    """Compare what the rows add up to with what the file's own totals say."""
    findings = []
    for name in flows:
        if name not in totals or name not in frame:
            continue
        stated = totals[name].dropna()
        found = float(frame[name].sum())
        if stated.empty or frame[name].isna().all():
            continue
        if ((stated - found).abs() <= SUM_TOLERANCE * (len(frame) + 1)).any():
            continue
        total = float(stated.iloc[0])
        findings.append(
            Finding(
                "warning",
                where,
                f"{name}: the rows add up to {found:,.2f}, the total row says {total:,.2f} "
                f"(difference {total - found:,.2f}). The rows are used; the file probably leaves "
                "some out.",
            )
        )
    return findings
