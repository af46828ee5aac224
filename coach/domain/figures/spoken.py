"""A result as it was said after other quantities, and a sum that has been done again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from coach.domain.figures.digits import shown
from coach.domain.figures.quantities import Kind, Quantity

ROUNDED = 0.07
"""Relative difference that rounding a result aloud makes."""
HEDGED = 0.13
"""The same after `about`, `near`, `almost`."""
EXACT = 0.025
"""The same where what belongs together has to be guessed."""
FARTHEST = 90
"""Characters between what is added, multiplied or concluded."""
MILLION = 1e6

_HEDGE = re.compile(
    r"\b(?:about|around|near|nearly|almost|roughly|some|say|call it|just under|just over|maybe|or so)\b|[~≈]"
)
_COUNTED = re.compile(r"\s+(?:[^\W\d_]+\s+)?(?!(?:is|was|this|as|plus|times)\b)[^\W\d_]+s\b", re.IGNORECASE)


class Sum(NamedTuple):
    """A result a person said, [start, end) in their text, and what their own operands come to, in the same unit."""

    result: Quantity
    """With the kind that its operands give it."""
    comes_to: float
    operands: tuple[Quantity, ...]
    working: str
    is_right: bool

    @property
    def start(self) -> int:
        return self.result.start

    @property
    def end(self) -> int:
        return self.result.end

    @property
    def factor(self) -> float:
        """How many times too large what they said is."""
        return self.result.value / self.comes_to


class Spoken(NamedTuple):
    """A result, and what was heard before it."""

    text: str
    heard: tuple[Quantity, ...]
    """At least one quantity, in order; results among them."""
    result: Quantity
    gap: str
    """What was said between the last quantity heard and the result."""

    def between(self, left: Quantity, right: Quantity) -> str:
        return self.text[left.end : right.start]

    def words(self, left: Quantity, right: Quantity) -> int:
        return len(self.between(left, right).split())

    def counts_things(self, quantity: Quantity) -> bool:
        """A word in the plural comes right after it."""
        return bool(quantity.nouns) and _COUNTED.match(self.text, quantity.end) is not None

    def agrees(self, said: Quantity, comes_to: float) -> bool:
        """Whether what was said is the result, rounded as people round aloud."""
        around = f"{self.text[max(0, said.start - 14) : said.start]} {self.text[said.end : said.end + 8]}".lower()
        return abs(said.value - comes_to) <= (HEDGED if _HEDGE.search(around) else ROUNDED) * comes_to


def counted(quantity: Quantity) -> float:
    """Its value, but days as a number of days: `thirty thousand times twenty-two days`."""
    return quantity.said if quantity.kind is Kind.SECONDS else quantity.value


def figure(quantity: Quantity) -> str:
    """A quantity in digits: `30,000`, `$3 per million`, `4 bytes`, `2%`."""
    written = shown(quantity.value, quantity.kind, quantity.unit)
    return f"{written} per {quantity.per}" if quantity.is_price else written


def working(operands: Sequence[Quantity], signs: Sequence[str], powers: Iterable[int] = ()) -> str:
    """The operands in digits with their signs between them; powers of 1 where none are given."""
    of = list(powers) or [1] * len(operands)
    parts = [f"{figure(each)}{f'^{power}' if power > 1 else ''}" for each, power in zip(operands, of, strict=True)]
    return parts[0] + "".join(f" {sign} {part}" for sign, part in zip(signs, parts[1:], strict=True))
