"""Sums a person does aloud, done again from the operands they said: `thirty thousand times twenty-two days, six
hundred and sixty thousand`.

A sum that is spelt out is right or off. One that is only laid out counts where the digits agree. Everything else is
no sum.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from coach.domain.figures.laid_out import laid_out, part_of, total
from coach.domain.figures.quantities import Quantity, quantities
from coach.domain.figures.spelt_out import chain, left_as_fraction, spelt_out
from coach.domain.figures.spoken import FARTHEST, MILLION, Spoken, Sum

MOST_HEARD = 20
"""Quantities before a result that are kept in mind."""

_LEADS = re.compile(
    r"(?:\b(?:is|are|that's|that is|which is|makes?|gives?|gets? (?:us|me)|equals?|comes? to|come in|so|then"
    r"|meaning|means|all told|in total|altogether|adds? up to|about|roughly)\b|[=→≈])",
    re.IGNORECASE,
)
_COMMA = re.compile(r"[^.!?]{0,24}[,:]\s*(?:(?:about|roughly|call it|near|say|so|almost)\s+)*[~$]?", re.IGNORECASE)
_BEGINS = re.compile(r"[^.!?]{0,24}[.!?]\s+(?:(?:so|that's|about|roughly)\s+)*[~$]?", re.IGNORECASE)
_FROM = re.compile(r"\bso\s*$", re.IGNORECASE)
_TAKEN_BACK = re.compile(r"[\s,.…]*(?:no|wait|sorry|i mean|rather|actually|scratch that)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:call it|say)\s*$", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:not|isn't|never|instead of|rather than)\s+(?:\w+\s+)?$", re.IGNORECASE)
_HOW_OFTEN = re.compile(r"\s+times\b", re.IGNORECASE)


def sums(text: str) -> tuple[Sum, ...]:
    """The sums of one turn, in order of their results."""
    return tuple(_sums(text))


def _sums(text: str) -> Iterator[Sum]:
    """Quantities one after another, each perhaps the result of those before it."""
    left = list(quantities(text))
    heard: list[Quantity] = []
    began: int | None = None
    while left:
        result, *left = left
        after = left[0] if left else None
        if after and _TAKEN_BACK.match(text, result.end) and after.start - result.end < FARTHEST:
            began = began or result.start
            continue
        fraction = left_as_fraction(text, result, after) if heard and after else None
        done = _sum(text, heard, fraction or result, began, after) if heard else None
        began = None
        if done:
            yield done
        if fraction and after:
            heard += [result, after]
            left = left[1:]
        else:
            heard.append(done.result if done else _said_again(text, heard, result))


def _said_again(text: str, heard: list[Quantity], again: Quantity) -> Quantity:
    """`call it one point four` means the unit of what came just before."""
    if heard and again.is_bare and _AGAIN.search(text[max(0, again.start - 20) : again.start]):
        before = heard[-1]
        for scale in (before.unit, 1e3, MILLION, 1e9):
            if math.isclose(again.value * scale, before.value, rel_tol=0.2):
                return again._replace(value=again.value * scale, kind=before.kind, unit=scale, per=before.per)
    return again


def _sum(
    text: str, heard: list[Quantity], result: Quantity, began: int | None, after: Quantity | None
) -> Sum | None:
    """The sum that a quantity is the result of, if it is one. `began` is where a result was first begun and taken
    back."""
    gap = text[heard[-1].end : began or result.start]
    if len(gap) > FARTHEST or _NEGATED.search(gap) or result.value <= 0:
        return None
    spoken = Spoken(text, tuple(heard[-MOST_HEARD:]), result, gap)
    if after and (part := part_of(spoken, after)):
        return part
    begins = _BEGINS.fullmatch(gap) is not None
    leads = _LEADS.search(gap) is not None or _COMMA.fullmatch(gap) is not None or _goes_to(spoken)
    if spelt := chain(spoken):
        done = spelt_out(spoken, spelt) if leads or begins else None
        return done if done and (done.is_right or not begins) else None
    if _HOW_OFTEN.match(text, result.end):
        return None
    return laid_out(spoken) if leads or begins else total(spoken)


def _goes_to(spoken: Spoken) -> bool:
    """`So thirty million to eight hundred`."""
    if spoken.gap.strip() != "to" or len(spoken.heard) < 2:
        return False
    return _FROM.search(spoken.between(spoken.heard[-2], spoken.heard[-1])) is not None
