"""Sums that are only laid out: `six pieces of four hundred, twenty-four hundred`, a list and its total.

Each way gives a sum where it surely is one. Three are sure enough to be off: a price times tokens, tokens at a
speed, and sizes whose digits agree while the decimal point does not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coach.domain.figures.quantities import Kind, Quantity
from coach.domain.figures.spoken import EXACT, FARTHEST, MILLION, ROUNDED, Spoken, Sum, counted, figure, working

NEAREST = 5
"""Quantities before a result among which its operands are looked for."""
FAR_BACK = 9
"""The same where the product of two is the result to the digit."""
TO_THE_DIGIT = 0.002
SAME_DIGITS = 0.06
"""Relative difference up to which two results differ in nothing but the decimal point."""
LONGEST_LIST = 10

_JOINED = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}(?:of|at|for|each|with)\s+(?:[^\W\d_]+\s+){0,1}$|[^.!?]{0,24},\s+$", re.IGNORECASE
)
_CONCLUDES = re.compile(
    r"(?:\b(?:is|are|that's|which is|makes|gives|so|then)|[=→≈])"
    r"\s*(?:about|around|roughly|nearly|almost|near|only|just)?[\s.…]*[~$]?$",
    re.IGNORECASE,
)
_TOTALS = re.compile(r"\b(?:so|total|all|in all|together)\b|=|^[^.!?]*\.\s+", re.IGNORECASE)
_AND = re.compile(r"\band\b|[+&]", re.IGNORECASE)
_SO = re.compile(r"[,.;]?\s*so\b", re.IGNORECASE)
_OF_THE = re.compile(r"\s+of (?:the|our|that|my|your) \$?", re.IGNORECASE)


def laid_out(spoken: Spoken) -> Sum | None:
    """The first way in which the result follows from what stands before it."""
    for way in (_priced, _timed, _rest, _multiplied, _divided, total):
        if done := way(spoken):
            return done
    return None


def _priced(spoken: Spoken) -> Sum | None:
    """Tokens at a price a million, once or twice over: input and output."""
    if spoken.result.kind is not Kind.MONEY:
        return None
    for many in (4, 2):
        operands = spoken.heard[-many:]
        if len(operands) < many or not operands[1].is_price:
            continue
        pairs = list(zip(operands[::2], operands[1::2], strict=True))
        if any(
            much.kind is not Kind.COUNT or price.kind is not Kind.MONEY or price.start - much.end > FARTHEST // 2
            for much, price in pairs
        ):
            continue
        comes_to = sum(much.value * price.value for much, price in pairs) / operands[1].price_of
        if comes_to > 0:
            priced = ((much, price._replace(per=operands[1].per)) for much, price in pairs)
            words = " + ".join(f"{figure(much)} × {figure(price)}" for much, price in priced)
            right = spoken.agrees(spoken.result, comes_to)
            return Sum(spoken.result, comes_to, operands, words, is_right=right)
    return None


def _timed(spoken: Spoken) -> Sum | None:
    """Tokens at a speed, in seconds."""
    if len(spoken.heard) < 2 or spoken.result.kind is not Kind.SECONDS:
        return None
    much, speed = spoken.heard[-2:]
    if speed.per != "second" or much.per or not speed.value or speed.start - much.end > FARTHEST // 2:
        return None
    if much.kind is not Kind.COUNT or speed.kind is not Kind.COUNT or much.value <= 0:
        return None
    comes_to = much.value / speed.value
    right = spoken.agrees(spoken.result, comes_to)
    return Sum(spoken.result, comes_to, (much, speed), f"{figure(much)} ÷ {figure(speed)}", is_right=right)


def _rest(spoken: Spoken) -> Sum | None:
    """What is left of a share: two thirds, so a third."""
    part, result = spoken.heard[-1], spoken.result
    if not (0 < part.value < 1 and 0 < result.value < 1 and part.kind is result.kind):
        return None
    if part.kind not in {Kind.COUNT, Kind.SHARE} or not _SO.match(spoken.gap):
        return None
    if abs(1 - part.value - result.value) > EXACT * result.value:
        return None
    return Sum(result, 1 - part.value, (part,), f"1 − {figure(part)}", is_right=True)


def _multiplied(spoken: Spoken) -> Sum | None:
    """The product of what stands side by side, or of two of the last few where it is exact."""
    for many in (4, 3, 2):
        operands = spoken.heard[-many:]
        side_by_side = all(_JOINED.fullmatch(spoken.between(left, right)) for left, right in pairwise(operands))
        if len(operands) < many or not side_by_side:
            continue
        if done := _product(spoken, operands, SAME_DIGITS) or _misplaced(spoken, operands):
            return done
    concludes = len(spoken.gap) < FARTHEST // 2 and _CONCLUDES.search(spoken.gap) is not None
    for back, operands in _pairs(spoken.heard):
        if concludes and back <= NEAREST and min(map(_size, operands)) > 1.5:
            near = EXACT
        elif spoken.result.said < 1_000 or len(spoken.gap) > FARTHEST // 2 or min(map(counted, operands)) < 1.5:
            continue
        else:
            near = TO_THE_DIGIT
        if done := _product(spoken, operands, near):
            return done
    return None


def _pairs(heard: Sequence[Quantity]) -> Iterator[tuple[int, tuple[Quantity, Quantity]]]:
    """Any two of the last few, nearest first, and how far back the first of them is."""
    last = min(FAR_BACK, len(heard))
    for right in range(1, last + 1):
        for left in range(right + 1, last + 1):
            yield left, (heard[-left], heard[-right])


def _size(quantity: Quantity) -> float:
    value = counted(quantity)
    return value if value >= 1 else 1 / value if value > 0 else 0.0


def _comes_to(operands: Sequence[Quantity], result: Quantity) -> float:
    values = (each.value if result.kind is Kind.SECONDS else counted(each) for each in operands)
    return math.prod(values) / math.prod(each.price_of for each in operands)


def _product(spoken: Spoken, operands: Sequence[Quantity], near: float) -> Sum | None:
    result = spoken.result
    comes_to = _comes_to(operands, result)
    if comes_to <= 0 or not _can_make(operands, result) or abs(result.value - comes_to) > near * comes_to:
        return None
    if result.kind is Kind.COUNT and any(each.kind is Kind.MONEY for each in operands):
        result = result._replace(kind=Kind.MONEY)
    return Sum(result, comes_to, tuple(operands), working(operands, "×" * (len(operands) - 1)), is_right=True)


def _misplaced(spoken: Spoken, operands: Sequence[Quantity]) -> Sum | None:
    """A size that is wrong in nothing but where the decimal point stands."""
    result = spoken.result
    comes_to = _comes_to(operands, result)
    if comes_to <= 0 or result.kind is not Kind.BYTES or not _can_make(operands, result):
        return None
    power = math.log10(result.value / comes_to)
    if not 1 <= abs(round(power)) <= 3 or abs(10 ** (power - round(power)) - 1) > SAME_DIGITS:
        return None
    return Sum(result, comes_to, tuple(operands), working(operands, "×" * (len(operands) - 1)), is_right=False)


def _can_make(operands: Sequence[Quantity], result: Quantity) -> bool:
    """Whether a result of this kind can be the product: money of money, bytes of bytes."""
    kinds = {each.kind for each in operands}
    for kind in (Kind.MONEY, Kind.BYTES):
        if sum(each.kind is kind for each in operands) > 1 or (
            kind in kinds and result.kind not in {kind, Kind.COUNT}
        ):
            return False
        if result.kind is kind and kind not in kinds:
            return False
    if result.kind in {Kind.SECONDS, Kind.SHARE}:
        return result.kind in kinds and kinds <= {result.kind, Kind.COUNT}
    return Kind.BYTES not in kinds or result.kind is not Kind.COUNT


def _divided(spoken: Spoken) -> Sum | None:
    """One of the last two by the other."""
    operands = spoken.heard[-2:]
    if len(operands) < 2 or spoken.words(*operands) > 9 or min(each.value for each in operands) <= 0:
        return None
    result = spoken.result
    for top, bottom in (operands, operands[::-1]):
        comes_to = top.value / bottom.value
        is_part = result.kind is Kind.SHARE or bottom.per == "each" or top.kind is bottom.kind is not Kind.COUNT
        if is_part and result.kind in {Kind.SHARE, Kind.COUNT} and abs(result.value - comes_to) <= EXACT * comes_to:
            return Sum(result, comes_to, (top, bottom), f"{figure(top)} ÷ {figure(bottom)}", is_right=True)
    return None


def total(spoken: Spoken) -> Sum | None:
    """The total of a list of like things: three and more, or two that belong together."""
    goes_to = spoken.gap.strip() == "to" and len(spoken.heard) > 1
    heard = spoken.heard[:-1] if goes_to else spoken.heard
    if not _TOTALS.search(spoken.between(heard[-1], spoken.heard[-1]) if goes_to else spoken.gap):
        return None
    measured = (each.kind for each in (spoken.result, *reversed(heard)) if each.kind is not Kind.COUNT)
    kind = next(measured, Kind.COUNT)
    for with_bare in (True, False):
        run: list[Quantity] = []
        for each in reversed(heard):
            if each.is_price or (each.kind is not kind and not (with_bare and each.kind is Kind.COUNT)):
                continue
            if each.kind is Kind.COUNT and (each.per or spoken.counts_things(each)):
                continue
            run.insert(0, each)
            if (done := _added(spoken, run)) or len(run) == LONGEST_LIST:
                return done
    return None


def _added(spoken: Spoken, run: Sequence[Quantity]) -> Sum | None:
    kinds = {each.kind for each in run if each.kind is not Kind.COUNT}
    result = spoken.result
    if len(run) < 2 or len(kinds) > 1 or result.kind not in {Kind.COUNT, *kinds}:
        return None
    kind, unit = result.kind, result.unit
    if kinds:
        kind, unit = kinds.pop(), min(each.unit for each in run if each.kind is not Kind.COUNT)
    comes_to = sum(each.value if each.kind is kind else each.value * unit for each in run)
    said = result if result.kind is kind else result._replace(kind=kind, unit=unit, value=result.said * unit)
    if comes_to <= 0 or abs(said.value - comes_to) > EXACT / 2 * comes_to:
        return None
    if len(run) == 2 and (kind is Kind.COUNT or not (_are_joined(spoken, run) or all(e.kind is kind for e in run))):
        return None
    return Sum(said, comes_to, tuple(run), working(run, "+" * (len(run) - 1)), is_right=True)


def _are_joined(spoken: Spoken, run: Sequence[Quantity]) -> bool:
    return _AND.search(spoken.between(run[0], run[-1])) is not None


def part_of(spoken: Spoken, whole: Quantity) -> Sum | None:
    """What came just before as a part of what comes next: `twelve thousand, a fifth of the sixty`."""
    much, part = spoken.heard[-1], spoken.result
    if not 0 < part.value < 1 or not _OF_THE.fullmatch(spoken.between(part, whole)):
        return None
    if len(spoken.gap) > FARTHEST // 2 or whole.value <= 0 or much.value <= 0:
        return None
    for scale in (1.0, 1e3, MILLION):
        of = whole._replace(value=whole.value * scale)
        share = much.value / of.value
        if abs(share - part.value) <= ROUNDED * part.value:
            return Sum(part, share, (much, of), f"{figure(much)} ÷ {figure(of)}", is_right=True)
    return None
