"""Which posts had money behind them, as exports and people say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..findings import Finding, counted
from .content_rule import Decided, Mask, Match, Numbers, Values, count_posts, said
from .table import BOOSTED, ORGANIC

# LinkedIn's own column, in the languages of its profiles.
DISTRIBUTIONS = {
    "organic": ORGANIC, "orgánico": ORGANIC, "orgánica": ORGANIC, "organique": ORGANIC,
    "sponsored": BOOSTED, "patrocinado": BOOSTED, "patrocinada": BOOSTED, "sponsorisé": BOOSTED,
    "sponsorisée": BOOSTED,
}  # fmt: skip
# Figures of a post that only money brings: more than 0 in one of them, and it was boosted.
PAID_PARTS = ("impressions_paid", "views_paid", "reach_paid", "clicks_paid")


def boosted_of(
    posts: pd.DataFrame,
    number: Numbers,
    answers: Decided,
    matches: Sequence[Match],
) -> tuple[Values, list[Finding]]:
    """Boosted or organic: as the export says of the figures, else as a person says of the post."""
    stated, firm = _stated(posts)
    words = np.full(len(posts), None, dtype=object)
    words[answers.values == True] = BOOSTED  # noqa: E712 - an array of True, False and None
    words[answers.values == False] = ORGANIC  # noqa: E712
    # Organic and sponsored rows of one post: to call the post boosted contradicts neither.
    paid = np.isin(number, number[stated == BOOSTED])
    whole = np.where(firm & paid, BOOSTED, stated)
    against = firm & (answers.owner >= 0) & (words != whole)
    findings = [
        _against(matches[place], count_posts(against & (answers.owner == place), number))
        for place in np.unique(answers.owner[against])
    ]
    return np.where(firm | (answers.owner < 0), stated, words), findings


def _against(match: Match, count: int) -> Finding:
    return Finding(
        "warning",
        match.where,
        f"boosted: {said(match.rule.boosted)}, but the export says otherwise of "
        f"{counted(count, 'post')}: its figures are taken as the export says",
    )


def _stated(posts: pd.DataFrame) -> tuple[Values, Mask]:
    """What exports say of each row, and whether that is certain: 0 paid views may have a gap."""
    stated = np.full(len(posts), None, dtype=object)
    parts = [name for name in PAID_PARTS if name in posts]
    if parts:
        figures = posts[parts]
        stated[figures.notna().any(axis="columns").to_numpy()] = ORGANIC
        stated[(figures > 0).any(axis="columns").to_numpy()] = BOOSTED
    if "distribution" in posts:
        words = posts["distribution"].astype("str").str.strip().str.casefold().map(DISTRIBUTIONS)
        known = words.notna().to_numpy()
        stated[known] = words[known].to_numpy(object)
        return stated, known | (stated == BOOSTED)
    return stated, stated == BOOSTED
