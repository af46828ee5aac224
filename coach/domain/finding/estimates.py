"""Which of a scenario's calculations a criterion asks for, and whether a candidate's figures are right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from coach.domain.numbers import numbers
from coach.domain.scenario import Criterion, Estimate

_DOLLARS = re.compile(r"[\s-]*(?:us )?(?:dollars?|bucks|usd)\b", re.IGNORECASE)
NEAR = 0.06
"""Relative difference up to which a number in a criterion's text is the estimate's answer, rounded."""
ROUND = 13
"""Whole numbers below this are counts as often as answers."""


@lru_cache(maxsize=1_024)
def asked_by(criterion: Criterion, estimates: tuple[Estimate, ...]) -> tuple[Estimate, ...]:
    """The estimates a criterion asks for: its text names their answer or both ends of what is accepted."""
    named = [number.value for number in numbers(criterion.text)]
    scale = 100.0 if " cent" in criterion.text else 1.0
    return tuple(estimate for estimate in estimates if _names(named, estimate, scale))


def _names(named: list[float], estimate: Estimate, scale: float) -> bool:
    answer = estimate.answer * scale
    telling = [value for value in named if value >= ROUND or value != int(value)]
    if any(abs(value - answer) <= NEAR * answer for value in telling):
        return True
    return all(any(abs(value - end * scale) <= 1e-9 for value in named) for end in estimate.accept)


def any_right(estimates: Iterable[Estimate], sentences: Iterable[str]) -> bool:
    """Whether a figure said in one of the sentences lies in what one of the estimates accepts.

    Small amounts of money may be said in cents: any figure of a sentence about cents that is not called dollars.
    """
    said = tuple(sentences)
    return any(
        estimate.accept[0] <= figure <= estimate.accept[1]
        for estimate in estimates
        for sentence in said
        for figure in (_dollars(sentence) if _is_small_money(estimate) else _figures(sentence))
    )


def _is_small_money(estimate: Estimate) -> bool:
    return estimate.unit.startswith("USD") and estimate.answer < 1


def _figures(sentence: str) -> list[float]:
    return [number.value for number in numbers(sentence) if number.unit is None]


def _dollars(sentence: str) -> list[float]:
    in_cents = re.search(r"\bcents?\b", sentence, re.IGNORECASE) is not None
    amounts = []
    for number in numbers(sentence):
        called_dollars = sentence[: number.start].rstrip().endswith("$") or _DOLLARS.match(sentence, number.end)
        if called_dollars or (number.value < 1 and not in_cents):
            amounts.append(number.value)
        elif in_cents and number.unit is None:
            amounts.append(number.value / 100)
    return amounts
