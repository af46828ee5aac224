"""Sums whose signs are said: `thirty million by 128`, `2.1 over 0.25`, `point nine two to the fifth`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from coach.domain.figures.quantities import Kind, Quantity
from coach.domain.figures.spoken import FARTHEST, MILLION, Spoken, Sum, counted, working

_TIMES = re.compile(r"(?:^|[\s,.])(?:times|multiplied by|by|x|×|\*)\s*(?:another\s+)?\$?$", re.IGNORECASE)
_OVER = re.compile(r"(?:^|\s)(?:divided by|over|÷|/)\s*\$?$", re.IGNORECASE)
_PLUS = re.compile(r"(?:^|[\s,])(?:plus|\+)\s*(?:another\s+)?[~$]?$|^\+$", re.IGNORECASE)
_BY_HOW_MUCH = re.compile(
    r"\b(?:cuts?|reduc\w+|drop\w*|down|up|increas\w+|improv\w+|side|one|two|went|go|goes)\s+by\s*$", re.IGNORECASE
)
_SQUARED = re.compile(r"\s*(?:squared|²)", re.IGNORECASE)
_ORDINALS = "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_POWER = re.compile(
    rf"\s*(?:to the (?:power (?:of )?)?(?P<word>{'|'.join(_ORDINALS)}|\d{{1,2}})(?:th)?(?! percentile)\b"
    r"|(?:\^|\*\*)\s*(?P<figure>\d{1,2})\b)",
    re.IGNORECASE,
)
_LEFT_AS_FRACTION = re.compile(r"\b(?:that's|which is|=)\s*$", re.IGNORECASE)
_WILDEST = 1e7
"""A result further off than this factor was read wrongly."""
LONGEST = 20
"""Operands of a sum that are kept in mind."""


class Chain(NamedTuple):
    """Operands with the signs said between them."""

    operands: tuple[Quantity, ...]
    signs: tuple[str, ...]
    powers: tuple[int, ...]

    def value(self, of: Callable[[Quantity], float]) -> float | None:
        """Products before totals; None where it divides by zero or grows beyond all bounds."""
        first, *rest = (_raised(of(each), power) for each, power in zip(self.operands, self.powers, strict=True))
        total, term = 0.0, first
        for sign, value in zip(self.signs, rest, strict=True):
            if sign == "+":
                total, term = total + term, value
            elif sign == "×":
                term *= value
            elif value == 0:
                return None
            else:
                term /= value
        whole = total + term
        return whole if 0 < whole < 1e30 else None


def _raised(value: float, power: int) -> float:
    return value**power if power == 1 or abs(value) < MILLION else math.inf


def chain(spoken: Spoken) -> Chain | None:
    """The quantities up to the result that are spelt out as one sum, if any are and all were heard."""
    operands = [spoken.heard[-1]]
    signs: list[str] = []
    for right, left in pairwise(reversed(spoken.heard)):
        sign = _sign(spoken, left, right)
        if not sign:
            break
        operands.insert(0, left)
        signs.insert(0, sign)
    powers = tuple(_power(spoken.text, each) for each in operands)
    if len(operands) > 1 and len(operands) == len(spoken.heard) >= LONGEST:
        return None
    return Chain(tuple(operands), tuple(signs), powers) if signs or powers != (1,) else None


def _sign(spoken: Spoken, left: Quantity, right: Quantity) -> str:
    gap = spoken.between(left, right)
    if len(gap) > FARTHEST or right.start < left.end:
        return ""
    if _OVER.search(gap) and "," not in gap and spoken.words(left, right) <= 3 and right.kind is not Kind.SECONDS:
        return "" if left.kind is Kind.SHARE else "÷"
    if _TIMES.search(gap) and not _BY_HOW_MUCH.search(gap):
        return "" if gap.rstrip().endswith("by") and right.kind is Kind.SHARE else "×"
    if not _PLUS.search(gap):
        return ""
    mixed = left.kind is not right.kind and any(
        each.kind is Kind.COUNT and spoken.counts_things(each) for each in (left, right)
    )
    return "" if mixed else "+"


def _power(text: str, quantity: Quantity) -> int:
    if _SQUARED.match(text, quantity.end):
        return 2
    if match := _POWER.match(text, quantity.end):
        said = (match["word"] or match["figure"]).lower()
        return int(said) if said.isdigit() else _ORDINALS.index(said) + 2
    return 1


def left_as_fraction(text: str, top: Quantity, bottom: Quantity) -> Quantity | None:
    """A result that is itself a fraction: `that's .61 over 6.4e-7`."""
    gap = text[top.end : bottom.start]
    if not _OVER.search(gap) or len(gap.split()) > 2 or not bottom.value:
        return None
    if not _LEFT_AS_FRACTION.search(text[max(0, top.start - 20) : top.start]):
        return None
    return top._replace(value=top.value / bottom.value, end=bottom.end, nouns=bottom.nouns)


def spelt_out(spoken: Spoken, one: Chain) -> Sum | None:
    """The sum done again; None where it cannot be, or comes to something of another order altogether."""
    said = _with_unit(spoken.result, one)
    comes_to = _comes_to(one, said)
    if comes_to is None:
        return None
    written = working(one.operands, one.signs, one.powers)
    for scale, unsaid in _left_unsaid(one.operands, said):
        if spoken.agrees(said, comes_to * scale):
            return Sum(said, comes_to * scale, one.operands, f"{written}{unsaid}", is_right=True)
    if not 1 / _WILDEST < comes_to / said.value < _WILDEST:
        return None
    return Sum(said, comes_to, one.operands, written, is_right=False)


def _with_unit(result: Quantity, one: Chain) -> Quantity:
    """The result; where it has no unit, in the one of the money it was made of, or of what was added."""
    if not result.is_bare:
        return result
    for kind in (Kind.MONEY, Kind.BYTES, Kind.SECONDS):
        units = [each.unit for each in one.operands if each.kind is kind]
        if units and ("+" in one.signs or kind is Kind.MONEY):
            return result._replace(kind=kind, unit=min(units), value=result.said * min(units))
    return result


def _comes_to(one: Chain, said: Quantity) -> float | None:
    if any(each.is_price for each in one.operands):
        return one.value(lambda each: each.value / each.price_of)
    if "+" in one.signs and said.kind is not Kind.COUNT:
        return one.value(lambda each: each.value if each.kind is said.kind else each.said * said.unit)
    if said.kind is Kind.SECONDS:
        return one.value(lambda each: each.value)
    if said.kind is Kind.COUNT and not any(each.kind in {Kind.SECONDS, Kind.SHARE} for each in one.operands):
        return one.value(lambda each: each.said)
    return one.value(counted)


def _left_unsaid(operands: Sequence[Quantity], said: Quantity) -> Iterator[tuple[float, str]]:
    """What speakers leave out, and how it is written: by three dollars *a million*; twenty-five times twenty, five
    hundred *million*."""
    yield 1.0, ""
    if any(each.kind is Kind.MONEY for each in operands) and not any(each.is_price for each in operands):
        yield 1 / MILLION, " ÷ 1,000,000"
    if all(each.is_bare and each.value < 1_000 for each in operands) and said.value >= 10_000:
        yield from ((scale, f" × {scale:,.0f}") for scale in (1e3, MILLION, 1e9))
