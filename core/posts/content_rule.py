"""One row of the Content tab, and the posts it speaks of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Values = npt.NDArray[np.object_]

TAB = "Content"  # where a rule is that names no row


@dataclass(frozen=True, slots=True)
class ContentRule:
    """One row of the Content tab: about the `post` of this link or id, or every post whose text
    holds the `keyword`.

    `boosted` and `leave_out` are None where the person did not say: False is an answer, with which
    a row about one post makes an exception to a row about many. `where` names the row.
    """

    post: str = ""
    keyword: str = ""
    label: str = ""
    boosted: bool | None = None
    leave_out: bool | None = None
    reason: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """The rows of posts that a rule speaks of, `by_post` or by a word in their texts."""

    rule: ContentRule
    by_post: bool
    hits: Mask

    @property
    def where(self) -> str:
        return self.rule.where or TAB


def count_posts(rows: Mask, number: Numbers) -> int:
    """How many posts these rows are."""
    return len(np.unique(number[rows]))


@dataclass(frozen=True, slots=True)
class Decided:
    """For each row of the posts the value that counts and the match it comes from, -1 for none."""

    values: Values
    owner: Numbers


def said(value: object) -> str:
    """A value of a rule in words."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else repr(value)
