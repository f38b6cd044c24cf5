"""The posts that a person took out: kept aside, with the reason and what still holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from ..catalogue import catalogue
from ..dataset import Dataset
from ..findings import Finding, counted
from ..grains import accounts_of
from .content_rule import Decided, Match, Numbers, count_posts
from .table import post_numbers

DAY = "day"
SHOWN = 6  # metrics named in a message before it ends in an ellipsis


def without(
    dataset: Dataset,
    index: pd.Index,
    number: Numbers,
    matches: Sequence[Match],
    out: Decided,
) -> Dataset:
    """The dataset less the posts to leave out, which are kept aside."""
    asked = out.values == True  # noqa: E712
    if not asked.any():
        return dataset
    owners = out.owner[asked]
    gone = dataset.rows.loc[index[asked]].assign(
        reason=[" ".join(matches[place].rule.reason.split()) or None for place in owners],
        where=[matches[place].where for place in owners],
    )
    rows = dataset.rows.drop(index=gone.index).reset_index(drop=True)
    totals = dataset.totals
    if len(totals):  # the platform's total of a table tells of all its rows
        totals = totals[~totals["table"].isin(gone["table"])].reset_index(drop=True)
    findings = [
        _taken_out(matches[place], count_posts(asked & (out.owner == place), number))
        for place in np.unique(owners)
    ]
    aside = gone.reset_index(drop=True)
    return replace(
        dataset,
        rows=rows,
        totals=totals,
        findings=(*dataset.findings, *findings, *_still_in_days(rows, gone)),
        left_out=pd.concat([dataset.left_out, aside], ignore_index=True)
        if len(dataset.left_out)
        else aside,
    )


def _taken_out(match: Match, count: int) -> Finding:
    reason = " ".join(match.rule.reason.split())
    why = f"because: {reason}" if reason else "with no reason given: write one for the reader"
    message = f"{counted(count, 'post')} left out of all figures made from posts, {why}"
    return Finding("info", match.where, message)


def _still_in_days(rows: pd.DataFrame, gone: pd.DataFrame) -> list[Finding]:
    """A warning for each account whose figures by day hold the posts that were left out."""
    known = [name for name in catalogue().metrics if name in rows and name in gone]
    by_day = rows[rows["grain"] == DAY]
    who, who_by_day = accounts_of(gone), accounts_of(by_day)
    findings = []
    for account in sorted(set(who) & set(who_by_day)):
        posts, days = gone[who == account], by_day[who_by_day == account]
        shared = [n for n in known if posts[n].notna().any() and days[n].notna().any()]
        if not shared:
            continue
        named = ", ".join(shared[:SHOWN]) + (", …" if len(shared) > SHOWN else "")
        count = counted(len(np.unique(post_numbers(posts))), "post")
        findings.append(
            Finding(
                "warning",
                " ".join(filter(None, account)),
                f"{count} left out, but still in this account's figures by day ({named}): the "
                "platform gives one number a day, from which a post cannot be taken",
            )
        )
    return findings
