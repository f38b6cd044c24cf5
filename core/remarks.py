"""The note beside each group: what its figures leave out, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import narwhals as nw

from . import currencies
from .aggregation import cell, known
from .catalogue import Kpi
from .columns import Frame
from .grouping import high, low
from .levels import all_accounts, known_accounts
from .quantities import Agreed, Level, Missing, People, Quantity, Single, Term, Total
from .rows import Rows

SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Remark:
    """Words, the same for all groups or not, and the groups they are for: all, if not said."""

    words: str | nw.Expr
    condition: nw.Expr | None = None

    def text(self) -> nw.Expr:
        """The words where they apply, else null."""
        words = nw.lit(self.words) if isinstance(self.words, str) else self.words
        return words if self.condition is None else nw.when(self.condition).then(words)


def note(
    groups: Frame,
    rows: Rows,
    kpis: Sequence[Kpi],
    quantities: Mapping[str, Quantity],
    amounts: Sequence[str],
) -> nw.Expr:
    """The remarks on all figures of a group, empty text if there are none."""
    said = list(_missing(kpis, quantities))
    asked = {kpi.id for kpi in kpis if kpi.inputs == (kpi.id,)}
    for name, quantity in quantities.items():
        match quantity:
            case Total(parts=parts) if parts:
                said += _parts(name, quantity, rows)
            case People():
                said.append(_people(name, bounded=name in asked))
            case Agreed(term):
                differ = cell("min", term, rows) != cell("max", term, rows)
                said.append(Remark(f"{name} is not the same in all rows", differ))
            case Single(term):
                several = cell("count", term, rows) > 1
                said.append(Remark(f"{name} has several values, which are not averaged", several))
    said += _levels(quantities, rows)
    if currencies.CODE in groups.collect_schema():
        said += _currencies(enumerated(amounts))
    return _joined(_needed(said, groups))


def enumerated(names: Sequence[str]) -> str:
    """The names as in a sentence: a, b and c."""
    *firsts, last = names
    return f"{', '.join(firsts)} and {last}" if firsts else last


def _needed(said: Sequence[Remark], groups: Frame) -> list[Remark]:
    """Without remarks that are for no group, where that is cheaper than putting words together."""
    tests = {str(place): r.condition for place, r in enumerate(said) if r.condition is not None}
    if not tests or not groups.implementation.is_pandas_like():
        return list(said)
    found = groups.select(**{place: test.any() for place, test in tests.items()}).collect()
    return [r for place, r in enumerate(said) if r.condition is None or found[str(place)][0]]


def _joined(said: Sequence[Remark]) -> nw.Expr:
    if all(isinstance(remark.words, str) and remark.condition is None for remark in said):
        return nw.lit(SEPARATOR.join(str(remark.words) for remark in said))
    texts = [remark.text() for remark in said]
    return nw.concat_str(texts, separator=SEPARATOR, ignore_nulls=True)


def _missing(kpis: Sequence[Kpi], quantities: Mapping[str, Quantity]) -> Iterator[Remark]:
    for kpi in kpis:
        needs = [quantities[name] for name in kpi.inputs]
        lacking = [name for item in needs if isinstance(item, Missing) for name in item.names]
        if lacking == [kpi.id]:
            yield Remark(f"{kpi.id} is not in the data")
        elif lacking:
            names = list(dict.fromkeys(lacking))
            verb = "is" if len(names) == 1 else "are"
            yield Remark(f"{kpi.id} needs {enumerated(names)}, which {verb} not in the data")


def _parts(name: str, total: Total, rows: Rows) -> Iterator[Remark]:
    """Which parts a sum is made of, where only some are known in the group."""
    sure = [part for part, terms in total.parts if any(term in rows.always_known for term in terms)]
    never = [part for part, terms in total.parts if not terms]
    tests = {
        part: reduce(or_, (known(term, rows) for term in terms))
        for part, terms in total.parts
        if terms and part not in sure
    }
    if not tests:
        if sure and never:
            yield Remark(f"{name} = {' + '.join(sure)} ({', '.join(never)} not in the data)")
        return
    there = [_where(part, tests.get(part)) for part, _ in total.parts if part not in never]
    gone = [
        _where(part, ~tests[part] if part in tests else None)
        for part, _ in total.parts
        if part not in sure
    ]
    words = [
        nw.lit(f"{name} = "),
        nw.concat_str(there, separator=" + ", ignore_nulls=True),
        nw.lit(" ("),
        nw.concat_str(gone, separator=", ", ignore_nulls=True),
        nw.lit(" not in the data)"),
    ]
    conditions = [] if never else [reduce(or_, (~test for test in tests.values()))]
    conditions += [] if sure else [reduce(or_, tests.values())]
    yield Remark(nw.concat_str(words), reduce(and_, conditions) if conditions else None)


def _where(part: str, condition: nw.Expr | None) -> nw.Expr:
    return Remark(part, condition).text()


def _people(name: str, *, bounded: bool) -> Remark:
    words = f"between {name}_low and {name}_high" if bounded else "who cannot be added up"
    counts = f"{name} counts people{':' if bounded else ','} {words}"
    return Remark(counts, nw.col(low(name)) < nw.col(high(name)))


def _levels(quantities: Mapping[str, Quantity], rows: Rows) -> Iterator[Remark]:
    """How many accounts a level is made of, where that is not all of the group's."""
    alike: dict[tuple[Term, bool], list[str]] = {}
    for name, quantity in quantities.items():
        if isinstance(quantity, Level):
            alike.setdefault((quantity.term, quantity.two_dates), []).append(name)
    for (term, two_dates), names in alike.items():
        some = nw.col(known_accounts(names[0])).fill_null(0)
        every = nw.col(all_accounts(term, rows))
        words = [
            nw.lit(f"{enumerated(names)} known {'on two dates ' if two_dates else ''}for "),
            _digits(some),
            nw.lit(" of "),
            _digits(every),
            nw.lit(" accounts" if rows.dated else " accounts, no date tells which value is last"),
        ]
        yield Remark(nw.concat_str(words), some < every)


def _digits(number: nw.Expr) -> nw.Expr:
    return number.cast(nw.Int64).cast(nw.String)


def _currencies(names: str) -> Iterator[Remark]:
    several = [nw.lit(f"{names} in several currencies, not added: "), currencies.codes()]
    yield Remark(nw.concat_str(several), currencies.several())
    yield Remark(f"{names} partly without a currency", currencies.partly_nameless())
