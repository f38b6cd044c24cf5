"""Instagram and Facebook posts, and one metric by day, as Meta Business Suite exports them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Final

from .sample import Cell, Draft, Truth, column_sums, csv_text, utf8_bom, utf16
from .story import (
    BRAND,
    CAPTIONS,
    EXPORTED,
    EXPORTED_EARLY,
    HANDLE,
    LAST,
    between,
    days,
    growth,
    rng,
    share,
)

INSTAGRAM_ID: Final = "17841400000000001"
PAGE_ID: Final = "100000000000001"
POSTING_DAYS: Final = (0, 2, 4)  # Monday, Wednesday, Friday
HOURS: Final = (time(8, 15), time(12, 30), time(18, 45))
OUTLIER: Final = date(2026, 9, 16)  # one reel that makes its month

INSTAGRAM_HEADERS: Final = (
    "Post ID", "Account ID", "Account username", "Account name", "Description", "Duration (sec)",
    "Publish time", "Permalink", "Post type", "Data comment", "Date", "Views", "Reach", "Likes",
    "Shares", "Follows", "Comments", "Saves",
)  # fmt: skip
INSTAGRAM_METRICS: Final = {
    "views": "Views", "reach": "Reach", "likes": "Likes", "shares": "Shares",
    "new_followers": "Follows", "comments": "Comments", "saves": "Saves",
}  # fmt: skip
FACEBOOK_HEADERS: Final = (
    "Post ID", "Page ID", "Page name", "Title", "Description", "Duration (sec)", "Publish time",
    "Caption type", "Permalink", "Is crosspost", "Is share", "Post type", "Languages",
    "Custom labels", "Funded content status", "Data comment", "Date", "Views", "Reach",
    "Reactions, Comments and Shares", "Reactions", "Comments", "Shares", "Total clicks",
    "Link Clicks", "Other Clicks",
)  # fmt: skip
FACEBOOK_METRICS: Final = {
    "views": "Views", "reach": "Reach", "interactions_platform": "Reactions, Comments and Shares",
    "likes": "Reactions", "comments": "Comments", "shares": "Shares", "clicks": "Total clicks",
    "link_clicks": "Link Clicks", "other_clicks": "Other Clicks",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """One Instagram post and how it did by the day of the export."""

    id: str
    published: datetime
    kind: str
    seconds: int
    text: str
    views: int
    reach: int
    likes: int
    shares: int
    follows: int
    comments: int
    saves: int


def meta_drafts(seed: int) -> Iterator[Draft]:
    """Every file that comes from Meta Business Suite."""
    posts = instagram_posts(seed)
    early = [post for post in posts if post.published.month < 9]
    late = [_grown(seed, post) for post in posts if post.published.month > 7]
    yield _instagram("instagram_posts_jul-aug.csv", early, EXPORTED_EARLY)
    yield _instagram("instagram_posts_aug-sep.csv", late, EXPORTED)
    yield _facebook(seed)
    yield from _daily(seed)


def instagram_posts(seed: int) -> tuple[Post, ...]:
    """Three posts a week; each engages between one and three percent of the followers."""
    chance = rng(seed, "instagram posts")
    followers = {day.date: day.followers for day in growth(seed, "instagram")}
    posts: list[Post] = []
    for day in days():
        if day.weekday() not in POSTING_DAYS:
            continue
        number = len(posts)
        kind = ("IG reel", "IG carousel", "IG image")[int(chance.random() * 3)]
        lift = 6.5 if day == OUTLIER else 1.0
        kind = "IG reel" if day == OUTLIER else kind
        wide = (0.55, 1.1) if kind == "IG reel" else (0.3, 0.6)
        reach = int(share(chance, followers[day], *wide) * lift)
        likes = int(share(chance, followers[day], 0.009, 0.021) * lift)
        caption = CAPTIONS[number % len(CAPTIONS)]
        posts.append(
            Post(
                id=f"18{between(chance, 10**14, 10**15 - 1)}",
                published=datetime.combine(day, HOURS[int(chance.random() * 3)]),
                kind=kind,
                seconds=between(chance, 8, 60) if kind == "IG reel" else 0,
                text="\n".join(caption),
                views=int(reach * (1.25 + chance.random() * 0.5)),
                reach=reach,
                likes=likes,
                shares=share(chance, likes, 0.04, 0.16),
                follows=between(chance, 0, 6),
                comments=share(chance, likes, 0.03, 0.10),
                saves=share(chance, likes, 0.05, 0.18),
            )
        )
    return tuple(posts)


def _grown(seed: int, post: Post) -> Post:
    """The same post a month later: people went on liking what was in the first export."""
    if post.published.month == LAST.month:
        return post
    chance = rng(seed, f"growth {post.id}")
    more = 1.03 + chance.random() * 0.07
    return replace(
        post,
        views=int(post.views * more),
        reach=int(post.reach * more),
        likes=int(post.likes * more),
        saves=int(post.saves * more),
    )


def _instagram(name: str, posts: list[Post], made: datetime) -> Draft:
    rows: list[tuple[Cell, ...]] = [
        (
            post.id, INSTAGRAM_ID, HANDLE, BRAND, post.text, post.seconds,
            f"{post.published:%m/%d/%Y %H:%M}", f"https://www.instagram.example/p/{post.id}",
            post.kind, "", "Lifetime", post.views, post.reach, post.likes, post.shares,
            post.follows, post.comments, post.saves,
        )
        for post in reversed(posts)
    ]  # fmt: skip
    sums = column_sums(INSTAGRAM_METRICS, INSTAGRAM_HEADERS, rows)
    text = csv_text([INSTAGRAM_HEADERS, *rows])
    return Draft(name, utf8_bom(text), made, (Truth("meta_instagram_posts", len(rows), sums),))


def _facebook(seed: int) -> Draft:
    chance = rng(seed, "facebook posts")
    followers = {day.date: day.followers for day in growth(seed, "facebook")}
    rows: list[tuple[Cell, ...]] = []
    for day in days():
        if day.weekday() not in (1, 3):
            continue
        reach = share(chance, followers[day], 0.07, 0.19)
        likes = share(chance, reach, 0.015, 0.05)
        comments, shares = between(chance, 0, 6), between(chance, 0, 4)
        link, other = share(chance, reach, 0.004, 0.02), share(chance, reach, 0.02, 0.06)
        title, more = CAPTIONS[len(rows) % len(CAPTIONS)]
        post = f"{between(chance, 9 * 10**14, 10**15 - 1)}"
        rows.append(
            (
                post, PAGE_ID, BRAND, f"{title}\n{more}", "", 0, f"{day:%m/%d/%Y} 11:00", "N/A",
                f"https://www.facebook.example/{post}", 0, 0, "Photos", "", "", "", "",
                "Lifetime", int(reach * (1.2 + chance.random() * 0.4)), reach,
                likes + comments + shares, likes, comments, shares, link + other, link, other,
            )
        )  # fmt: skip
    sums = column_sums(FACEBOOK_METRICS, FACEBOOK_HEADERS, rows)
    text = csv_text([FACEBOOK_HEADERS, *rows])
    truth = Truth("meta_facebook_posts", len(rows), sums)
    return Draft("facebook_posts.csv", utf8_bom(text), EXPORTED, (truth,))


def _daily(seed: int) -> Iterator[Draft]:
    chance = rng(seed, "instagram days")
    curve = growth(seed, "instagram")
    yield _one_metric("Instagram follows", "new_followers", [day.gained for day in curve])
    reach = [share(chance, day.followers, 0.25, 0.55) for day in curve]
    yield _one_metric("Instagram reach", "reach", reach)
    visits = [share(chance, people, 0.012, 0.03) for people in reach]
    yield _one_metric("Instagram profile visits", "profile_visits", visits)
    clicks = [share(chance, people, 0.1, 0.3) for people in visits]
    yield _one_metric("Instagram link clicks", "link_clicks", clicks)


def _one_metric(title: str, metric: str, values: list[int]) -> Draft:
    dated = zip(days(), values, strict=True)
    rows = [("Date", "Primary"), *((f"{day}T00:00:00", str(value)) for day, value in dated)]
    text = f'sep=,\n"{title}"\n' + csv_text(rows, quote_all=True)
    truth = Truth("meta_daily", len(values), {metric: sum(values)})
    name = title.lower().replace(" ", "_") + ".csv"
    return Draft(name, utf16(text), EXPORTED, (truth,))
