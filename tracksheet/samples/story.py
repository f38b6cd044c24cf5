"""The invented café behind the samples: who it is, how it grows, what it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Final

BRAND: Final = "Café Exemple"
HANDLE: Final = "cafe.exemple"
SITE: Final = "https://www.cafe.example"  # .example never exists: RFC 2606
FIRST: Final = date(2026, 7, 1)
LAST: Final = date(2026, 9, 30)
MONTHS: Final = {7: "July", 8: "August", 9: "September"}
EXPORTED_EARLY: Final = datetime(2026, 9, 1, 7, 30, tzinfo=UTC)
EXPORTED: Final = datetime(2026, 10, 1, 7, 30, tzinfo=UTC)

CAPTIONS: Final = (
    ("Slow mornings, warm cups", "Open from eight, all week. #coffee #morning"),
    ("A rosetta in ten seconds, or almost", "Which one would you drink first? #latteart"),
    ("Nouveau : le cookie noisette ☕", "Il part vite, venez tôt. #patisserie"),
    ("@cafe.exemple on the terrace, twelve tables, one sunset", "Come as you are. #terrace"),
    ("How we weigh, grind and pour", "Save this for your next filter. #howto #coffee"),
    ("+1 for oat milk?", "Tell us in the comments, we count every vote. #vote"),
    ("Behind the bar with the morning team", "Three people, two machines, no rush. #team"),
    ("Le tiramisu du vendredi, servi dès midi", "Quand il n’y en a plus, il n’y en a plus. #menu"),
    ("=2 coffees for 1, on rainy days", "Show this post at the till. #offer"),
    ("Beans of the month: floral, a hint of peach", "Ground for you while you wait. #beans"),
    ("Your table by the window", "Book it in two taps, link in bio. #booking"),
    ("Latte art class, Sunday at ten", "Eight places, a swan each. #latteart #class"),
    ("Cold brew, sixteen hours in the making", "Ask for it with orange peel. #coldbrew"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an account: who came, who left, how many are there in the evening."""

    date: date
    gained: int
    lost: int
    followers: int


def rng(seed: int, name: str) -> Random:
    """A generator of its own for each file, so that one file never changes another.

    Only `random()` is used of it: the one method whose values Python promises to keep.
    """
    return Random(f"{seed}:{name}")


def between(rng: Random, low: int, high: int) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + int(rng.random() * (high - low + 1))


def share(rng: Random, whole: int, low: float, high: float) -> int:
    """A part of a whole, between two fractions of it, rounded down."""
    return int(whole * (low + rng.random() * (high - low)))


def days() -> Iterator[date]:
    """Every day of the three months."""
    for offset in range((LAST - FIRST).days + 1):
        yield FIRST + timedelta(days=offset)


def month_end(month: int) -> date:
    """The last day of a month of 2026."""
    return date(2026, month + 1, 1) - timedelta(days=1)


# channel: followers at the start, fewest and most followers gained in a day
ACCOUNTS: Final = {
    "instagram": (9620, 6, 17),
    "facebook": (6410, 0, 5),
    "linkedin": (2180, 1, 6),
    "tiktok": (4350, 4, 26),
}


def growth(seed: int, channel: str) -> tuple[Day, ...]:
    """The followers of an account day by day; every sample that counts them agrees with it."""
    followers, low, high = ACCOUNTS[channel]
    chance = rng(seed, f"followers {channel}")
    curve = []
    for day in days():
        gained = between(chance, low, high)
        lost = share(chance, gained, 0.1, 0.45)
        followers += gained - lost
        curve.append(Day(day, gained, lost, followers))
    return tuple(curve)
