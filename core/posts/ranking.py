"""The best and the weakest posts of each channel, of those with enough figures to judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from ..catalogue import Kpi, catalogue
from .table import BOOSTED, with_figures

# With 100 people a usual rate of 2 % is two interactions, and one more or less changes it by half:
# below that, luck decides.
LEAST_SEEN: Final = 100
# Three weakest beside five best leave no post that is both.
LEAST_POSTS: Final = 8

# How many are shown: of a single channel, and of each of several.
BEST: Final = (5, 3)
WEAKEST: Final = (3, 2)

# How often a post was seen, for a ranking that is not a rate: the first that the export gives.
SEEN: Final = ("reach", "views", "video_views", "impressions")


@dataclass(frozen=True, slots=True)
class Basis:
    """A KPI to rank posts by, and the figure that says whether there is enough of it."""

    kpi: Kpi
    seen: tuple[str, ...]

    @property
    def is_rate(self) -> bool:
        return self.kpi.unit == "ratio"


# The first that most posts of a channel have is what its posts are ranked by.
BASES: Final = tuple(
    Basis(catalogue().kpis[name], seen)
    for name, seen in (
        ("engagement_rate_reach", ("reach",)),
        ("engagement_rate_impressions", ("impressions",)),
        ("engagement_rate_views", ("views",)),
        ("interactions", SEEN),
        ("views", ("views",)),
        ("video_views", ("video_views",)),
        ("impressions", ("impressions",)),
    )
)
# What a channel means by another word than the others do: YouTube counts impressions of thumbnails
# only, not of the videos that people interact with.
NOT_THERE: Final[Mapping[str, frozenset[str]]] = {
    "youtube": frozenset({"engagement_rate_impressions", "impressions"})
}
KPIS: Final = tuple(basis.kpi for basis in BASES)


@dataclass(frozen=True, slots=True)
class Ranking:
    """The posts of one channel, the best first, by the KPI of `basis`.

    `posts` has the columns of `core.posts.with_figures`, and `seen`. Not ranked are those with
    `few` people, impressions or views, and those `lacking` the figures.
    """

    channel: str
    basis: Basis
    posts: pd.DataFrame
    few: int
    lacking: int

    def best(self, count: int) -> pd.DataFrame:
        """The first posts."""
        return self.posts.head(count)

    def weakest(self, count: int) -> pd.DataFrame:
        """The last posts, the weakest first; none of a channel with few posts.

        A post that many strangers saw has a low rate and may still be the month's success: one
        with more interactions than most others of its channel is not called weak.
        """
        if len(self.posts) < LEAST_POSTS:
            return self.posts.head(0)
        usual = self.posts["interactions"].median()
        rest = self.posts.iloc[max(BEST) :]
        return rest[~(rest["interactions"] > usual)].tail(count).iloc[::-1]


@dataclass(frozen=True, slots=True)
class Rankings:
    """The channels, those with most interactions first.

    `boosted` posts are apart from the organic ones that are ranked; `only_boosted` says that there
    were no others, so that these are ranked.
    """

    channels: tuple[Ranking, ...]
    boosted: int
    only_boosted: bool

    @property
    def ranked(self) -> tuple[Ranking, ...]:
        return tuple(one for one in self.channels if len(one.posts))


def rank_posts(posts: pd.DataFrame) -> Rankings:
    """The posts of some rows ranked within each channel: the rates of two do not compare."""
    figures = with_figures(posts, KPIS)
    boosted = (
        figures["boosted"] == BOOSTED
        if "boosted" in figures
        else pd.Series(False, index=figures.index)
    )
    boosted = boosted.fillna(False).astype(bool)
    only = bool(len(figures)) and bool(boosted.all())
    chosen = figures if only else figures[~boosted]
    channels = [
        _ranking(str(channel), part)
        for channel, part in chosen.groupby(chosen["channel"].fillna(""), sort=True)
    ]
    channels.sort(key=lambda one: -float(one.posts["interactions"].sum()))
    return Rankings(tuple(channels), 0 if only else int(boosted.sum()), only)


def _ranking(channel: str, posts: pd.DataFrame) -> Ranking:
    basis = _basis(channel, posts)
    seen = pd.Series(float("nan"), index=posts.index)
    for name in basis.seen:
        if name in posts:
            seen = seen.fillna(posts[name])
    known = posts[basis.kpi.id].notna()
    few = known & (seen < LEAST_SEEN)
    chosen = posts.assign(seen=seen)[known & ~few]
    by = [basis.kpi.id, *dict.fromkeys(n for n in ("interactions", "seen") if n != basis.kpi.id)]
    ranked = chosen.sort_values(by, ascending=False, kind="stable", na_position="last")
    return Ranking(channel, basis, ranked, int(few.sum()), int((~known).sum()))


def _basis(channel: str, posts: pd.DataFrame) -> Basis:
    """The first basis that more than half of the posts have, or else the one that most have."""
    possible = [one for one in BASES if one.kpi.id not in NOT_THERE.get(channel, ())]
    known = [int(posts[one.kpi.id].notna().sum()) for one in possible]
    for one, count in zip(possible, known, strict=True):
        if 2 * count > len(posts):
            return one
    return possible[known.index(max(known))]
