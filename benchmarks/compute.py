"""How much the general computation costs beside the same maths written by hand.

`python benchmarks/compute.py [ROWS]` makes that many post rows (a million if not said), computes
20 KPIs by channel and month with `kpi_table` and by hand, on pandas and on Polars, checks that
both give the same figures, and prints how many times longer `kpi_table` takes. Both are timed in
turns in one process, so that other work on the machine slows both.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
import pandas as pd
import polars as pl

from tracksheet.core.compute import kpi_table

ROWS = 1_000_000
ROUNDS = 5

CHANNELS = ("instagram", "facebook", "linkedin", "tiktok", "x")
KPIS = (
    "impressions",
    "reach",
    "followers",
    "net_follower_growth",
    "follower_growth_rate",
    "new_followers",
    "interactions",
    "engagement_rate",
    "engagement_rate_post",
    "engagement_rate_reach",
    "engagement_rate_impressions",
    "engagement_rate_views",
    "posts",
    "avg_interactions_per_post",
    "virality_rate",
    "ctr",
    "cpm",
    "cpa",
    "conversion_rate",
    "roas",
)
BOUNDS = ("reach_low", "reach_high")

PARTS = ["likes", "comments", "shares", "saves"]
PAID = ["spend", "conversions", "revenue"]
FLOWS = ["impressions", "views", "clicks", "new_followers"]


def make_posts(rows: int, *, seed: int = 7) -> pd.DataFrame:
    """Posts of 40 accounts over two years, with the gaps real exports have."""
    random = np.random.default_rng(seed)
    channel = random.integers(0, len(CHANNELS), rows)
    account = channel * 8 + random.integers(0, 8, rows)
    day = random.integers(0, 731, rows)

    def counts(most: int, known: np.ndarray | None = None) -> np.ndarray:
        values = random.integers(0, most, rows)
        return values if known is None else np.where(known, values.astype(float), np.nan)

    promoted = random.random(rows) < 0.3
    spend, revenue = random.gamma(2.0, 20.0, rows), random.gamma(2.0, 60.0, rows)
    return pd.DataFrame(
        {
            "channel": np.array(CHANNELS)[channel],
            "account_id": (1_000_000 + account).astype(str),
            "post_id": (10**14 + random.permutation(rows)).astype(str),
            "date": (np.datetime64("2024-01-01") + day).astype("datetime64[us]"),
            "likes": counts(500),
            "comments": counts(50),
            "shares": counts(30),
            "saves": counts(30, channel < 3),
            "impressions": counts(10_000) + 100,
            "reach": counts(8_000),
            "views": counts(9_000),
            "link_clicks": counts(50),
            "clicks": counts(80),
            "spend": np.where(promoted, spend, np.nan),
            "conversions": counts(5, promoted),
            "revenue": np.where(promoted, revenue, np.nan),
            "followers": 10_000 + 100 * account + day,
            "new_followers": counts(10),
        }
    )


def by_hand_in_pandas(posts: pd.DataFrame) -> pd.DataFrame:
    """What an analyst who knows pandas and the rules would write."""
    keys = ["channel", "period"]
    frame = posts.assign(period=posts["date"].dt.to_period("M").dt.to_timestamp())
    groups = frame.groupby(keys, sort=False)
    columns = [*PARTS, *PAID, *FLOWS, "reach", "followers"]
    sums = groups[columns].sum(min_count=1)
    largest = groups["reach"].max()
    accounts = frame.groupby([*keys, "account_id"], sort=False)["date"]
    first, last = accounts.idxmin(), accounts.idxmax()
    levels = pd.DataFrame(
        {
            "start": frame["followers"].loc[first].to_numpy(),
            "end": frame["followers"].loc[last].to_numpy(),
            "twice": frame["date"].loc[first].to_numpy() < frame["date"].loc[last].to_numpy(),
        },
        index=last.index,
    )
    followers = levels["end"].groupby(keys).sum()
    grown = levels[levels["twice"]].groupby(keys)[["start", "end"]].sum()
    made = groups["post_id"].nunique()
    interactions = sums[PARTS].sum(axis="columns", min_count=1)

    def per(above: pd.Series, below: pd.Series) -> pd.Series:
        return above / below.where(below != 0)

    net = grown["end"] - grown["start"]
    return (
        pd.DataFrame(
            {
                "impressions": sums["impressions"],
                "reach": largest.where(largest == sums["reach"]),
                "reach_low": largest,
                "reach_high": sums["reach"],
                "followers": followers,
                "net_follower_growth": net,
                "follower_growth_rate": per(net, grown["start"]),
                "new_followers": sums["new_followers"],
                "interactions": interactions,
                "engagement_rate": per(interactions, followers),
                "engagement_rate_post": per(interactions, sums["followers"]),
                "engagement_rate_reach": per(interactions, sums["reach"]),
                "engagement_rate_impressions": per(interactions, sums["impressions"]),
                "engagement_rate_views": per(interactions, sums["views"]),
                "posts": made,
                "avg_interactions_per_post": per(interactions, made),
                "virality_rate": per(sums["shares"], sums["impressions"]),
                "ctr": per(sums["clicks"], sums["impressions"]),
                "cpm": per(1000 * sums["spend"], sums["impressions"]),
                "cpa": per(sums["spend"], sums["conversions"]),
                "conversion_rate": per(sums["conversions"], sums["clicks"]),
                "roas": per(sums["revenue"], sums["spend"]),
            }
        )
        .reset_index()
        .sort_values(keys, ignore_index=True)
    )


def by_hand_in_polars(posts: pl.DataFrame) -> pl.DataFrame:
    """What an analyst who knows Polars and the rules would write."""
    keys = ["channel", "period"]
    frame = posts.lazy().with_columns(period=pl.col("date").dt.truncate("1mo"))

    def known(name: str) -> pl.Expr:
        return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)

    def per(above: pl.Expr | str, below: str) -> pl.Expr:
        top = pl.col(above) if isinstance(above, str) else above
        return pl.when(pl.col(below) != 0).then(top / pl.col(below))

    sums = frame.group_by(keys).agg(
        *map(known, [*PARTS, *PAID, *FLOWS]),
        pl.col("reach").max().alias("reach_low"),
        pl.col("reach").sum().alias("reach_high"),
        pl.col("followers").sum().alias("followers_at_post"),
        pl.col("post_id").n_unique().alias("posts"),
    )
    levels = (
        frame.group_by(*keys, "account_id")
        .agg(
            pl.col("followers").sort_by("date").last().alias("end"),
            pl.col("followers").sort_by("date").first().alias("start"),
            (pl.col("date").min() < pl.col("date").max()).alias("twice"),
        )
        .group_by(keys)
        .agg(
            pl.col("end").sum().alias("followers"),
            pl.col("start").filter("twice").sum().alias("start"),
            pl.col("end").filter("twice").sum().alias("end"),
        )
    )
    return (
        sums.join(levels, on=keys)
        .with_columns(
            interactions=pl.sum_horizontal(PARTS),
            net_follower_growth=pl.col("end") - pl.col("start"),
        )
        .select(
            *keys,
            "impressions",
            pl.when(pl.col("reach_low") == pl.col("reach_high")).then("reach_low").alias("reach"),
            *BOUNDS,
            "followers",
            "net_follower_growth",
            "new_followers",
            "interactions",
            "posts",
            follower_growth_rate=per("net_follower_growth", "start"),
            engagement_rate=per("interactions", "followers"),
            engagement_rate_post=per("interactions", "followers_at_post"),
            engagement_rate_reach=per("interactions", "reach_high"),
            engagement_rate_impressions=per("interactions", "impressions"),
            engagement_rate_views=per("interactions", "views"),
            avg_interactions_per_post=per("interactions", "posts"),
            virality_rate=per("shares", "impressions"),
            ctr=per("clicks", "impressions"),
            cpm=per(1000 * pl.col("spend"), "impressions"),
            cpa=per("spend", "conversions"),
            conversion_rate=per("conversions", "clicks"),
            roas=per("revenue", "spend"),
        )
        .sort(keys)
        .collect()
    )


Work = Callable[[], pd.DataFrame | pl.DataFrame]


def in_turns(ours: Work, theirs: Work) -> tuple[float, float]:
    """Median seconds of each, timed alternately after one round that does not count."""
    taken: tuple[list[float], list[float]] = ([], [])
    for round_ in range(ROUNDS + 1):
        for work, times in zip((ours, theirs), taken, strict=True):
            start = time.perf_counter()
            work()
            if round_:
                times.append(time.perf_counter() - start)
    return median(taken[0]), median(taken[1])


def assert_same(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    """Both tables hold the same groups and figures."""
    columns = ["channel", "period", *KPIS, *BOUNDS]
    pd.testing.assert_frame_equal(
        ours[columns], theirs[columns], check_dtype=False, check_column_type=False, rtol=1e-9
    )


def as_pandas(table: pd.DataFrame | pl.DataFrame) -> pd.DataFrame:
    """The table as pandas has it, to compare one with another."""
    frame = table if isinstance(table, pd.DataFrame) else table.to_pandas()
    return frame.assign(period=frame["period"].astype("datetime64[us]"))


def main(rows: int) -> None:
    """Print one line per engine."""
    posts = make_posts(rows)
    in_polars = pl.from_pandas(posts)
    engines: dict[str, tuple[Work, Work]] = {
        "pandas": (
            lambda: kpi_table(posts, KPIS, by=["channel"], period="month"),
            lambda: by_hand_in_pandas(posts),
        ),
        "Polars": (
            lambda: kpi_table(in_polars, KPIS, by=["channel"], period="month"),
            lambda: by_hand_in_polars(in_polars),
        ),
    }
    print(f"{len(KPIS)} KPIs by channel and month over {rows:,} post rows, median of {ROUNDS}")
    for engine, (ours, theirs) in engines.items():
        assert_same(as_pandas(ours()), as_pandas(theirs()))
        general, by_hand = in_turns(ours, theirs)
        print(
            f"{engine:8} kpi_table {general:6.3f} s   by hand {by_hand:6.3f} s   "
            f"{general / by_hand:5.2f} times"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
