"""Which figures of a period the platforms may still change, because the export was made early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from .catalogue import catalogue
from .channels import channel
from .dataset import Dataset
from .grains import LEVELS
from .known import last_days
from .periods import RANGE, end

# What an ad platform goes on counting for the day of the click.
CONVERSIONS = ("results", "conversions", "leads", "revenue", "orders", "add_to_cart",
               "app_installs", "signups", "form_submits", "new_customers")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A channel whose figures of a period may still change.

    An export made after the day `until` would be settled. `only_conversions` says that all other
    figures are so already.
    """

    channel: str
    until: date
    only_conversions: bool = False


def unsettled(dataset: Dataset, start: date, period: str) -> list[Unsettled]:
    """The channels, in alphabetical order, with figures of this period that may still change.

    A figure may change if the file it is from was made no later than `settles_after` days after
    its day. Levels such as followers are read off on a day and stay. Files that do not say when
    they were made count as made with the newest one; without any, nothing can be said.
    """
    rows = _within(dataset.rows, start, period)
    made = _made(dataset, rows)
    if made is None:
        return []
    metrics = [catalogue().metrics[name] for name in dataset.metrics]
    late = [metric.id for metric in metrics if metric.id in CONVERSIONS]
    usual = [m.id for m in metrics if m.kind not in LEVELS and m.id not in CONVERSIONS]
    last = end(start, period)
    days = last_days(rows)
    age = (made - days.where(days <= pd.Timestamp(last), pd.Timestamp(last))).dt.days
    found = []
    for name, ages in age.groupby(rows["channel"]):
        facts, mine = channel(str(name)), rows.loc[ages.index]
        usual_open = _has_any(mine[ages <= facts.settles_after], usual + late)
        late_open = _has_any(mine[ages <= facts.conversions_settle_after], late)
        wait = facts.conversions_settle_after if late_open else facts.settles_after
        if usual_open or late_open:
            until = last + timedelta(days=wait)
            found.append(Unsettled(str(name), until, only_conversions=not usual_open))
    return found


def _has_any(rows: pd.DataFrame, columns: list[str]) -> bool:
    return bool(rows[columns].notna().any(axis=None))


def _within(rows: pd.DataFrame, start: date, period: str) -> pd.DataFrame:
    """Rows that tell of any day of the period."""
    if period == RANGE or rows.empty or not {"date", "channel"} <= set(rows):
        return rows.iloc[:0]
    first, last = pd.Timestamp(start), pd.Timestamp(end(start, period))
    return rows[rows["channel"].notna() & (rows["date"] <= last) & (last_days(rows) >= first)]


def _made(dataset: Dataset, rows: pd.DataFrame) -> pd.Series[pd.Timestamp] | None:
    """The day on which the file of each row was made; None where no file says."""
    if rows.empty:
        return None
    of_file = dataset.made_by_file
    made = [of_file.get(str(file), dataset.made) for file in rows["file"]]
    if not any(made):
        return None
    moments = pd.Series(made, index=rows.index, dtype="datetime64[us]")
    days: pd.Series[pd.Timestamp] = moments.dt.normalize()
    return days
