"""The note beside each group: what its figures leave out, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

import narwhals as nw

from . import currencies
from .aggregation import count, known, least, most
from .catalogue import Kpi
from .grouping import all_accounts, high, known_accounts, low
from .quantities import Agreed, Level, Missing, People, Quantity, Single, Term, Total
from .rows import Rows

SEPARATOR = "; "

Remark = str | nw.Expr
"""Words for every group, or words for some and null for the others."""


def note(
    kpis: Sequence[Kpi], quantities: Mapping[str, Quantity], rows: Rows, amounts: Sequence[str]
) -> nw.Expr:
    """The remarks on all figures of a group, empty text if there are none."""
    said: list[Remark] = list(_missing(kpis, quantities))
    bare = {kpi.id for kpi in kpis if kpi.inputs == (kpi.formula,)}
    for name, quantity in quantities.items():
        match quantity:
            case Total(parts=parts) if parts:
                said += _parts(name, quantity, rows)
            case People():
                said.append(_people(name, bounded=name in bare))
            case Agreed(term):
                differ = least(term, rows) != most(term, rows)
                said.append(_if(differ, f"{name} is not the same in all rows"))
            case Single(term):
                several = count(term, rows) > 1
                said.append(_if(several, f"{name} has several values, which are not averaged"))
    said += _levels(quantities, rows)
    said += _currencies(amounts, rows)
    return _joined(said)


def _if(condition: nw.Expr, words: str | nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(words) if isinstance(words, str) else words)


def _joined(said: Sequence[Remark]) -> nw.Expr:
    if all(isinstance(remark, str) for remark in said):
        return nw.lit(SEPARATOR.join(str(remark) for remark in said))
    texts = [nw.lit(remark) if isinstance(remark, str) else remark for remark in said]
    return nw.concat_str(texts, separator=SEPARATOR, ignore_nulls=True)


def _missing(kpis: Sequence[Kpi], quantities: Mapping[str, Quantity]) -> Iterator[str]:
    for kpi in kpis:
        needs = [quantities[name] for name in kpi.inputs]
        lacking = [name for item in needs if isinstance(item, Missing) for name in item.names]
        if lacking:
            names = list(dict.fromkeys(lacking))
            if names == [kpi.id]:
                yield f"{kpi.id} is not in the data"
                continue
            verb = "is" if len(names) == 1 else "are"
            yield f"{kpi.id} needs {enumerated(names)}, which {verb} not in the data"


def enumerated(names: Sequence[str]) -> str:
    """The names as in a sentence: a, b and c."""
    *firsts, last = names
    return f"{', '.join(firsts)} and {last}" if firsts else last


def _parts(name: str, total: Total, rows: Rows) -> Iterator[Remark]:
    """Which parts a sum is made of, where only some are known in the group."""
    sure = [part for part, terms in total.parts if any(term in rows.always_known for term in terms)]
    never = [part for part, terms in total.parts if not terms]
    unsure = {
        part: reduce(or_, (known(term, rows) for term in terms))
        for part, terms in total.parts
        if terms and part not in sure
    }
    if not unsure:
        if never:
            yield f"{name} = {' + '.join(sure)}; {', '.join(never)} not in the data"
        return
    present = [
        _if(unsure[part], part) if part in unsure else nw.lit(part)
        for part, terms in total.parts
        if part not in never
    ]
    absent = [
        _if(~unsure[part], part) if part in unsure else nw.lit(part)
        for part, terms in total.parts
        if part not in sure
    ]
    some = nw.lit(True) if sure else reduce(or_, unsure.values())
    lacking = nw.lit(True) if never else reduce(or_, (~test for test in unsure.values()))
    words = nw.concat_str(
        [
            nw.lit(f"{name} = "),
            nw.concat_str(present, separator=" + ", ignore_nulls=True),
            nw.lit("; "),
            nw.concat_str(absent, separator=", ", ignore_nulls=True),
            nw.lit(" not in the data"),
        ]
    )
    yield _if(some & lacking, words)


def _people(name: str, *, bounded: bool) -> Remark:
    apart = nw.col(low(name)) < nw.col(high(name))
    if bounded:
        return _if(apart, f"{name} counts people: between {name}_low and {name}_high")
    return _if(apart, f"{name} counts people, who cannot be added up")


def _levels(quantities: Mapping[str, Quantity], rows: Rows) -> Iterator[Remark]:
    """How many accounts a level is made of, where that is not all of the group's."""
    alike: dict[tuple[Term, bool], list[str]] = {}
    for name, quantity in quantities.items():
        if isinstance(quantity, Level):
            alike.setdefault((quantity.term, quantity.two_dates), []).append(name)
    for (_, two_dates), names in alike.items():
        some, every = nw.col(known_accounts(names[0])).fill_null(0), nw.col(all_accounts(names[0]))
        how = "known on two dates for" if two_dates else "known for"
        words = nw.concat_str(
            [
                nw.lit(f"{enumerated(names)} {how} "),
                _digits(some),
                nw.lit(" of "),
                _digits(every),
                nw.lit(
                    " accounts" if rows.dated else " accounts, no date tells which value is last"
                ),
            ]
        )
        yield _if(some < every, words)


def _digits(number: nw.Expr) -> nw.Expr:
    return number.cast(nw.Int64).cast(nw.String)


def _currencies(amounts: Sequence[str], rows: Rows) -> Iterator[Remark]:
    if not amounts or not currencies.told(rows):
        return
    names = enumerated(amounts)
    several = nw.lit(f"{names} in several currencies, not added: ")
    yield nw.concat_str([several, currencies.several()])
    yield _if(currencies.partly_nameless(), f"{names} partly without a currency")
