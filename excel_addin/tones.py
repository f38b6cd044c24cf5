"""Which values of a table deserve a colour: what is good or bad news for the reader.

Nothing here knows of Excel. A renderer that colours by rules, as spreadsheets do, takes
`tone_rules`; one that colours each value takes `tone_of`. Both come from the same limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ..core.report import Column, Good, Tone, Value

# The smallest difference that is shown as one: below it the cell reads "0.0%" or "0.0 pts".
SMALLEST: Final = MappingProxyType({"change": 0.0005, "points": 0.005})
ANY_DIFFERENCE: Final = 1e-9

# The tone of a rise and of a fall.
DIRECTIONS: Final[Mapping[Good, tuple[Tone, Tone]]] = MappingProxyType(
    {"higher": ("good", "bad"), "lower": ("bad", "good")}
)


@dataclass(frozen=True, slots=True)
class ToneRule:
    """Numbers from `least` up or from `most` down, or these `words` whatever their case."""

    tone: Tone
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()

    def holds(self, value: Value) -> bool:
        """Whether a value falls under the rule; text is no number, nor is true or false."""
        if isinstance(value, str):
            return value.casefold() in {word.casefold() for word in self.words}
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        return (self.least is not None and value >= self.least) or (
            self.most is not None and value <= self.most
        )


def tone_rules(column: Column) -> tuple[ToneRule, ...]:
    """The rules of a column, none where it has no colours.

    >>> [(rule.tone, rule.least, rule.most) for rule in
    ...  tone_rules(Column("cpc", "CPC", "change", good="lower"))]
    [('bad', 0.0005, None), ('good', None, -0.0005)]
    """
    words: dict[Tone, list[str]] = {}
    for word, tone in column.tones.items():
        words.setdefault(tone, []).append(word)
    rules = [ToneRule(tone, words=tuple(known)) for tone, known in words.items()]
    if column.good in DIRECTIONS:
        limit = SMALLEST.get(column.unit, ANY_DIFFERENCE)
        rise, fall = DIRECTIONS[column.good]
        rules += [ToneRule(rise, least=limit), ToneRule(fall, most=-limit)]
    return tuple(rules)


def tone_of(value: Value, column: Column) -> Tone:
    """What a value of a column means for the reader.

    >>> tone_of(0.12, Column("reach", "Reach", "change", good="higher"))
    'good'
    """
    return next((rule.tone for rule in tone_rules(column) if rule.holds(value)), "neutral")
