"""Writes the sample exports into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from .campaigns import campaign_drafts
from .linkedin import linkedin_drafts
from .meta import meta_drafts
from .sample import Draft, Sample
from .video import video_drafts
from .web import web_drafts


def drafts(seed: int) -> Iterator[Draft]:
    """Every sample file, platform by platform."""
    yield from meta_drafts(seed)
    yield from campaign_drafts(seed)
    yield from linkedin_drafts(seed)
    yield from video_drafts(seed)
    yield from web_drafts(seed)


def write_samples(directory: Path, *, seed: int = 7) -> tuple[Sample, ...]:
    """Write the sample exports into a folder, which is made if need be; files there are replaced.

    Each file gets the time at which the platform is said to have exported it, so that of two
    overlapping exports the newer one is known.
    """
    directory.mkdir(parents=True, exist_ok=True)
    samples = []
    for draft in drafts(seed):
        path = directory / draft.name
        path.write_bytes(draft.content)
        os.utime(path, (draft.made.timestamp(), draft.made.timestamp()))
        samples.append(Sample(path, draft.tables))
    return tuple(samples)
