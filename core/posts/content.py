"""What people know about posts and platforms do not: themes, money, what should not count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ..dataset import Dataset
from ..findings import Finding, counted
from .boosted import boosted_of
from .content_rule import TAB, ContentRule, Decided, Match, Numbers, Values, count_posts, said
from .left_out import without
from .matches import matches_of
from .table import post_numbers, posts_of

__all__ = ["ContentRule", "with_content"]


def with_content(dataset: Dataset, rules: Sequence[ContentRule]) -> Dataset:
    """The dataset with `label` and `boosted` beside its posts, less the posts to leave out.

    `boosted` is "boosted", "organic" or missing, first of all as the export says. A rule about a
    post comes before one about a word, and of two rules of the same kind the first. What was taken
    out is in `left_out`, with the `reason` and the row `where` it was asked for.
    """
    posts = posts_of(dataset.rows)
    if posts.empty:
        return replace(dataset, findings=(*dataset.findings, *_no_posts(rules)))
    number = post_numbers(posts)
    matches, findings = matches_of(posts, rules, number)
    label, labelled_twice = _decided(matches, number, "label", _label_of(rules))
    answers, said_twice = _decided(matches, number, "boosted", lambda rule: rule.boosted)
    boosted, contradicted = boosted_of(posts, number, answers, matches)
    out, out_twice = _decided(matches, number, "leave out", lambda rule: rule.leave_out)
    rows = dataset.rows.assign(
        label=_text(label.values, posts, dataset.rows),
        boosted=_text(boosted, posts, dataset.rows),
    )
    found = [*findings, *labelled_twice, *said_twice, *contradicted, *out_twice]
    dataset = replace(dataset, rows=rows, findings=(*dataset.findings, *found))
    return without(dataset, posts.index, number, matches, out)


def _no_posts(rules: Sequence[ContentRule]) -> list[Finding]:
    if not rules:
        return []
    where = rules[0].where or TAB
    what = f"{counted(len(rules), 'row')} about posts, but no export lists posts: nothing to mark"
    return [Finding("warning", where, f"{what}. Add the export of the posts themselves")]


def _decided(
    matches: Sequence[Match],
    number: Numbers,
    what: str,
    value: Callable[[ContentRule], str | bool | None],
) -> tuple[Decided, list[Finding]]:
    """The first rule that speaks of a post and gives a value; and where others say otherwise."""
    owner = np.full(len(number), -1)
    values = np.full(len(number), None, dtype=object)
    findings = []
    for place, match in enumerate(matches):
        given = value(match.rule)
        if given is None or given == "":
            continue
        free = match.hits & (owner < 0)
        rivals = match.hits & ~free
        rivals[rivals] = values[rivals] != given
        for first in np.unique(owner[rivals]):
            other = matches[first]
            if other.by_post == match.by_post:
                count = count_posts(rivals & (owner == first), number)
                findings.append(_disagree(match, other, what, value(other.rule), given, count))
        owner[free] = place
        values[free] = given
    return Decided(values, owner), findings


def _disagree(
    match: Match, first: Match, what: str, kept: object, given: object, count: int
) -> Finding:
    return Finding(
        "warning",
        match.where,
        f"{what}: {said(given)} for {counted(count, 'post')} that {first.where} gives "
        f"{said(kept)}: the first row counts. Change one of them, or name the post itself",
    )


def _label_of(rules: Sequence[ContentRule]) -> Callable[[ContentRule], str]:
    """The label of a rule; "promo" is "Promo" where that was written first."""
    spelling: dict[str, str] = {}
    for rule in rules:
        label = " ".join(rule.label.split())
        spelling.setdefault(label.casefold(), label)
    return lambda rule: spelling[" ".join(rule.label.split()).casefold()]


def _text(values: Values, posts: pd.DataFrame, rows: pd.DataFrame) -> pd.Series[str]:
    """The values of the posts as a column of all rows."""
    return pd.Series(values, index=posts.index, dtype="str").reindex(rows.index)
