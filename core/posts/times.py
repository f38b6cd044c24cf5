"""When posts were published: weekday and time of day, as far as exports tell."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

# Hours of the day, from and up to: parts in which people do one thing, and posts are many enough.
DAY_PARTS: Final = ((0, 6), (6, 9), (9, 12), (12, 15), (15, 18), (18, 21), (21, 24))

WEEKDAY: Final = "weekday"
DAY_PART: Final = "day_part"


def with_times(posts: pd.DataFrame) -> pd.DataFrame:
    """The posts with `weekday` (0 is Monday) and `day_part` (a place in `DAY_PARTS`).

    Missing where not known: an export all of whose posts are at midnight gives days only.
    """
    none = pd.Series(pd.NaT, index=posts.index)
    moment = pd.to_datetime(posts.get("published_at", none))
    day = moment.fillna(pd.to_datetime(posts["date"])) if "date" in posts else moment
    weekday = day.dt.day_of_week.astype("float64")
    timed = moment.notna() & (moment != moment.dt.normalize())
    source = posts["table"] if "table" in posts else posts["channel"]
    hour = moment.dt.hour.where(timed.groupby(source.fillna("")).transform("any"))
    part = np.searchsorted([start for start, _ in DAY_PARTS], hour.to_numpy(), side="right") - 1.0
    return posts.assign(
        **{WEEKDAY: weekday, DAY_PART: pd.Series(part, index=posts.index).where(hour.notna())}
    )
