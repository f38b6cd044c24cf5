"""What a metric is computed from in the data at hand, as small values.

The catalogue says what a metric is; a frame has some columns and not others. `resolution` brings
both together into one of these, and `aggregation` knows how to compute each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

ROW = "__row"
"""A column that is 1 in every row: what counts rows where there is nothing better to count."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one column: its text is `among` these, or it is blank, or else it is known."""

    column: str
    among: tuple[str, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """The values of one column in those rows that pass all conditions."""

    column: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Total:
    """A flow: the sum of its terms, as far as they are known.

    `parts` lists the same terms by the metric they stand for, when the flow is made of several.
    """

    terms: tuple[Term, ...]
    parts: tuple[tuple[str, tuple[Term, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A stock: the last (or first) value per account, added over accounts.

    With `two_dates` an account counts only if it is known on two different dates, so that the
    first and the last value speak of the same accounts.
    """

    term: Term
    take: Literal["first", "last"] = "last"
    two_dates: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """A count of people, which is not added up."""

    term: Term


@dataclass(frozen=True, slots=True)
class Agreed:
    """A number a person gave, kept where all rows say the same."""

    term: Term


@dataclass(frozen=True, slots=True)
class Single:
    """A ratio the platform worked out, kept where there is just one."""

    term: Term


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different values of a field there are, told apart by account.

    Where no value comes twice in the data, counting rows is enough.
    """

    term: Term
    all_different: bool = False


@dataclass(frozen=True, slots=True)
class Overall:
    """The same quantity over all groups of the period."""

    of: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Before:
    """The same quantity of the same group in the period before."""

    of: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Missing:
    """Not in the data: these columns would be needed."""

    names: tuple[str, ...]


Leaf = Total | Level | People | Agreed | Single | Distinct
Quantity = Leaf | Overall | Before | Missing


def leaves(quantity: Quantity) -> Iterator[Leaf]:
    """The quantity itself, or the one it is taken from; nothing if it is missing."""
    match quantity:
        case Overall(_, inner) | Before(_, inner):
            yield from leaves(inner)
        case Missing():
            return
        case _:
            yield quantity


def terms(leaf: Leaf) -> tuple[Term, ...]:
    """Every column, with its conditions, that is added up or looked at."""
    return leaf.terms if isinstance(leaf, Total) else (leaf.term,)
