"""Which posts each row of the Content tab speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..findings import Finding, counted
from .content_rule import ContentRule, Mask, Match, Numbers, count_posts
from .links import ids_in, is_link, with_link
from .texts import Lines, folded_texts, having
from .unmatched import unmatched_post


def matches_of(
    posts: pd.DataFrame, rules: Sequence[ContentRule], number: Numbers
) -> tuple[list[Match], list[Finding]]:
    """What each rule speaks of, rules about a post first; and those that speak of nothing."""
    known = _Known.of(posts)
    matches: list[Match] = []
    findings: list[Finding] = []
    for rule in rules:
        if not (post := rule.post.strip().removeprefix("'").strip()):
            continue
        match = Match(rule, True, known.post(post))
        matches.append(match)
        if not match.hits.any():
            names = known.links if is_link(post) else known.ids
            findings.append(unmatched_post(post, match.where, names))
        elif len(np.unique(number[match.hits])) > 1:
            findings.append(_several(match, post, number))
    named = [rule for rule in rules if rule.keyword.strip()]
    texts = folded_texts(posts if named else posts[:0])
    for rule in named:
        match = Match(rule, False, _mask(having(texts, rule.keyword), len(posts)))
        matches.append(match)
        if not match.hits.any():
            message = f"no post has {rule.keyword.strip()!r} in its text or title"
            findings.append(Finding("info", match.where, message))
    return matches, findings


@dataclass(frozen=True, slots=True)
class _Known:
    """Ids and links of the posts' rows, empty where an export does not give them."""

    ids: Sequence[str]
    links: Sequence[str]
    lines: Lines
    places: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, posts: pd.DataFrame) -> _Known:
        ids, links = _column(posts, "post_id"), _column(posts, "permalink")
        places: dict[str, list[int]] = {}
        for place, name in enumerate(ids):
            places.setdefault(name, []).append(place)
        return cls(ids, links, Lines.of(links), places)

    def post(self, name: str) -> Mask:
        """Rows of the post with this id or link; a link also finds an id that stands alone."""
        if not is_link(name):
            return _mask(self.places.get(name, ()), len(self.ids))
        found = with_link(name, self.links, self.lines)
        if not found:
            found = [place for one in ids_in(name) for place in self.places.get(one, ())]
        return _mask(found, len(self.ids))


def _several(match: Match, post: str, number: Numbers) -> Finding:
    posts = counted(count_posts(match.hits, number), "post")
    message = f"{post!r} is the id or link of {posts}, in several accounts: all are marked"
    return Finding("warning", match.where, message)


def _mask(places: Sequence[int], length: int) -> Mask:
    mask = np.zeros(length, dtype=bool)
    mask[list(places)] = True
    return mask


def _column(posts: pd.DataFrame, name: str) -> list[str]:
    if name not in posts:
        return [""] * len(posts)
    return [str(text).strip() for text in posts[name].fillna("").tolist()]
