"""The suggestion at the end of a message about an unknown name."""

from __future__ import annotations

from collections.abc import Iterable

LONGEST = 64  # no name of ours is longer; comparing more only takes time


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """ " Did you mean 'x'?", to be put after a message, or nothing when no name is near.

    >>> did_you_mean("engagment_rate", ["reach", "engagement_rate"])
    " Did you mean 'engagement_rate'?"
    """
    import difflib  # slow to import: only a mistake needs it

    near = difflib.get_close_matches(name[:LONGEST], list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def shortened(name: str) -> str:
    """The name in quotes, cut when someone passed a whole text."""
    return repr(name if len(name) <= LONGEST else f"{name[: LONGEST - 3]}...")
