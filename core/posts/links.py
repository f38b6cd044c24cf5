"""Links and ids of posts: the same post behind every way of writing its link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote, unquote

from .texts import Lines

# Parameters that say which post it is; all others say where the reader came from.
NAMING: Final = ("fbid", "id", "story_fbid", "v")

# By host: what of the path names the post, and how the link is written here. Scheme, "www." and
# tracking are gone by then.
SAME_POST: Final = {
    host: (re.compile(pattern), same)
    for host, pattern, same in (
        ("twitter.com", r"^twitter\.com/[^/]+/status/(\d+).*", r"x.com/status/\1"),
        ("x.com", r"^x\.com/[^/]+/status/(\d+).*", r"x.com/status/\1"),
        (
            "instagram.com",
            r"^instagram\.com/(?:[^/]+/)?(?:p|reels?|tv)/([^/?]+).*",
            r"instagram.com/p/\1",
        ),
        ("youtu.be", r"^youtu\.be/([\w-]+).*", r"youtube.com/watch?v=\1"),
        (
            "youtube.com",
            r"^youtube\.com/(?:shorts|live|embed)/([\w-]+).*",
            r"youtube.com/watch?v=\1",
        ),
    )
}
HOST_PREFIXES: Final = re.compile(r"^(?:www|m|mobile|web)\.")
SCHEME: Final = "://"
LINK: Final = re.compile(r"^(?:[a-z][a-z0-9+.-]*://|[\w-]+(?:\.[\w-]+)+/)", re.IGNORECASE)

SHORTEST_ID: Final = 6  # of an id read out of a link: less may be any word of the address
LONG_NUMBER: Final = re.compile(r"\d{15,}")  # the ids of all platforms that number their posts

LONGEST_ID: Final = 30  # digits; no platform has any near it
EXCEL_DIGITS: Final = 15  # a cell that holds a number keeps so many; the rest turn into zeros
SCIENTIFIC: Final = re.compile(r"^(\d)[.,]?(\d*)E\+?(\d+)$", re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether a text is the address of a page rather than an id.

    >>> is_link("www.instagram.com/p/Cx1"), is_link("18820451764184890")
    (True, False)
    """
    return LINK.match(text.strip()) is not None


def link_key(link: str) -> str:
    """What is left of a link when all that does not say which post it is has been taken away.

    >>> link_key("https://www.Instagram.com/reel/Cx1_a/?igsh=abc") == link_key(
    ...     "instagram.com/p/Cx1_a"
    ... )
    True
    """
    start = link.find(SCHEME)
    bare = link.strip() if start < 0 else link[start + len(SCHEME) :].strip()
    address, _, query = bare.partition("#")[0].partition("?")
    host, _, path = address.partition("/")
    host = HOST_PREFIXES.sub("", host.casefold())
    key = f"{host}/{_decoded('/'.join(filter(None, path.split('/'))))}"
    if query:
        pairs = sorted(pair for pair in query.split("&") if pair.partition("=")[0] in NAMING)
        key += f"?{_decoded('&'.join(pairs))}" if pairs else ""
    if host in SAME_POST:
        pattern, same = SAME_POST[host]
        key = pattern.sub(same, key)
    return key


def _decoded(text: str) -> str:
    return unquote(text) if "%" in text else text


def with_link(link: str, links: Sequence[str], lines: Lines) -> list[int]:
    """Which of the links lead to the same post. `lines` are the links, to be searched."""
    key = link_key(link)
    address, _, query = key.partition("?")
    named = query.rpartition("=")[2] or address.rpartition("/")[2].rpartition(":")[2]
    places = {place for name in {named, quote(named)} for place in lines.holding(name)}
    return sorted(place for place in places if link_key(links[place]) == key)


def ids_in(link: str) -> frozenset[str]:
    """What in a link may be the id of the post, for exports that print ids and no links.

    >>> sorted(ids_in("https://youtu.be/dQw4w9WgXcQ?si=x"))
    ['dQw4w9WgXcQ']
    """
    address, _, query = link_key(link).partition("?")
    found = {address.rpartition("/")[2].rpartition(":")[2]}
    found |= {pair.partition("=")[2] for pair in query.split("&")}
    found |= set(LONG_NUMBER.findall(f"{address}?{query}"))
    return frozenset(text for text in found if len(text) >= SHORTEST_ID and text != "watch")


def cut_id(text: str) -> tuple[int, int] | None:
    """Between which numbers an id was that a spreadsheet cut; None for a text that is whole.

    >>> cut_id("1.88E+4"), cut_id("18820451764184800")
    ((18700, 18900), (18820451764184700, 18820451764184900))
    >>> cut_id("18820451764184890")
    """
    if scientific := SCIENTIFIC.match(text):
        digits, zeros = scientific[1] + scientific[2], int(scientific[3]) - len(scientific[2])
    else:
        digits, zeros = text[:EXCEL_DIGITS], len(text) - EXCEL_DIGITS
        if not (text.isascii() and text.isdigit()) or text[EXCEL_DIGITS:].strip("0"):
            return None
    if not 0 < zeros <= LONGEST_ID:
        return None
    unit = 10**zeros
    return (int(digits) - 1) * unit, (int(digits) + 1) * unit
