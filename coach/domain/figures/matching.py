"""Which of a candidate's quantities is their figure for an estimate, if any surely is."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.domain.figures.quantities import PERIODS, Kind, Quantity
from coach.domain.figures.sought import Sought
from coach.domain.figures.told import Told
from coach.domain.grade import Quote
from coach.domain.language import Span, content_stems, sentences, stem

SAME = 0.005
"""Relative difference up to which a number said is an operand of the working."""
CLOSE = 0.1
"""Relative difference up to which a figure is as good as the answer, or two figures are the same."""
STRONG = 2.0
"""So much evidence is as good as more."""
LEAST_SHARE = 0.1
"""`ninety-five times in a hundred` is 0.95; under this a number is no share unless it is called one."""
LARGE = 1_000.0
"""Counts under this are said for many reasons."""
TELLING = 5.0
"""Operands under this are said for many reasons."""
NEAR = 30.0
"""Factor up to which a figure whose meaning could not be told may still have been meant."""
FARTHEST = 3_000.0
"""A figure further off than this factor answers another question."""
WIDEST = 400
"""Characters on either side of a figure in which its meaning is looked for."""
SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3_600.0, "day": 86_400.0, "week": 604_800.0}

_NOT_YET = re.compile(r"\b(?:before|without|no|not)\s+[^\W\d_]+", re.IGNORECASE)
_CLAUSE = re.compile(r"[,.;:!?]|\band\b", re.IGNORECASE)
_EACH_OF = re.compile(r"\s+(?:an?|per|each|every)\s+(?P<thing>[^\W\d_]+)", re.IGNORECASE)
_PER_THING = re.compile(r"\bper-([a-z]+)")


class Match(NamedTuple):
    """A quantity taken for an estimate's figure."""

    value: float
    """In the estimate's unit."""
    quote: Quote
    is_sure: bool
    is_accepted: bool
    strength: float


class _Evidence(NamedTuple):
    operands: int
    in_sentence: int
    """Those of the operands that stand in the figure's own sentence."""
    words: int
    in_clause: int
    noun: bool
    is_close: bool


def found_for(one: Sought, wanted: Sequence[Sought], heard: Sequence[Told]) -> Match | None:
    """What the candidate ended up with for an estimate, where they first said it; None where nothing is near."""
    matches = [match for turn in heard if not turn.premise_changed for match in _matches(one, wanted, turn)]
    sure = [match for match in matches if match.is_sure]
    if not sure:
        return matches[-1] if matches else None
    most = min(STRONG, max(match.strength for match in sure))
    strong = [match for match in sure if match.strength >= most]
    last = ([match for match in strong if match.is_accepted] or strong)[-1]
    return next(match for match in sure if math.isclose(match.value, last.value, rel_tol=CLOSE))


def _matches(one: Sought, wanted: Sequence[Sought], turn: Told) -> Iterator[Match]:
    for quantity in turn.quantities:
        for meant in _meanings(one, quantity, turn):
            if match := _match(one, wanted, meant, turn):
                yield match
                break


def _meanings(one: Sought, quantity: Quantity, turn: Told) -> Iterator[Quantity]:
    """A quantity as one of the estimate's kind; a bare one in what its sentence or the question speaks of."""
    if quantity.kind is one.kind:
        yield quantity
    elif quantity.kind is Kind.COUNT and not quantity.nouns:
        if one.kind is Kind.SHARE and not quantity.per:
            yield quantity._replace(
                kind=Kind.SHARE, value=quantity.value if quantity.value < 1 else quantity.value / 100
            )
        elif one.kind is Kind.MONEY and one.period and quantity.per == one.period and quantity.value > TELLING:
            yield quantity._replace(kind=Kind.MONEY)
        elif one.kind is Kind.MONEY and not quantity.per:
            near = f"{turn.asked} {_around(turn, quantity, before=1).text}".lower()
            for word, unit in (("cent", 0.01), ("dollar", 1.0)):
                value = quantity.value * unit
                if re.search(rf"\b{word}s?\b", near) and _is_close(value / one.scale, one.answer):
                    yield quantity._replace(kind=Kind.MONEY, value=value, unit=unit)


def _match(one: Sought, wanted: Sequence[Sought], meant: Quantity, turn: Told) -> Match | None:
    value = _in_period(one, meant) / one.scale
    if not _may_be(one, meant, value, turn):
        return None
    evidence = _evidence(one, meant, value, turn)
    accepted = one.accepts(value * one.scale)
    alike = [each for each in wanted if each is not one and each.kind is one.kind]
    rivals = [each for each in alike if _fits(each, meant)]
    if accepted:
        sure = _is_sure_inside(one, evidence, meant, turn, rivals)
    elif any(each.accepts(meant.value) for each in rivals):
        return None
    else:
        sure = _is_sure_outside(one, evidence, meant, rivals, turn)
    sure = sure and not _is_of_another(one, evidence, meant, alike, turn)
    if not sure and not _is_near(one, evidence, value / one.answer):
        return None
    strength = evidence.operands + evidence.words + evidence.in_clause + 2 * evidence.noun + evidence.is_close
    return Match(value, turn.quote(meant.start, meant.end), sure, accepted, strength)


def _in_period(one: Sought, meant: Quantity) -> float:
    """The value over the estimate's stretch of time: a count a second as one a day."""
    if one.kind is Kind.COUNT and one.period in SECONDS and meant.per in SECONDS:
        return meant.value / SECONDS[meant.per] * SECONDS[one.period]
    return meant.value


def _may_be(one: Sought, meant: Quantity, value: float, turn: Told) -> bool:
    """Whether a quantity can be the estimate's figure at all."""
    if value <= 0 or not 1 / FARTHEST <= value / one.answer <= FARTHEST:
        return False
    if any(kind is meant.kind and math.isclose(known, meant.value, rel_tol=SAME) for kind, known in one.told):
        return False
    if turn.text[max(0, meant.start - 8) : meant.start].rstrip().lower().endswith(("per", "/")):
        return False
    if meant.is_price or (meant.per == "each" and one.kind is Kind.BYTES):
        return False
    return not any(
        meant.start in {each.start for each in done.operands}
        and done.result.kind is one.kind
        and 1 / FARTHEST <= done.result.value / one.scale / one.answer <= FARTHEST
        and _fits(one, done.result)
        for done in turn.sums
    )


def _fits(one: Sought, meant: Quantity) -> bool:
    """Whether a quantity is over the estimate's stretch of time, as far as it says."""
    per = meant.per if meant.per in SECONDS or meant.per in {"month", "year"} else ""
    return per == one.period or (one.kind is Kind.COUNT and (not per or (per in SECONDS and one.period in SECONDS)))


def _evidence(one: Sought, meant: Quantity, value: float, turn: Told) -> _Evidence:
    words = len(one.words & _stems(_around(turn, meant, before=1).text))
    is_asked_for = len(one.words & content_stems(turn.asked)) > 1
    return _Evidence(
        operands=_operands_said(one, meant, turn, before=2),
        in_sentence=_operands_said(one, meant, turn, before=0),
        words=words + is_asked_for,
        in_clause=len(one.words & _stems(_clause(turn, meant))),
        noun=bool(one.nouns & set(meant.nouns)),
        is_close=_is_close(value, one.answer),
    )


def _operands_said(one: Sought, meant: Quantity, turn: Told, before: int) -> int:
    """How many operands and steps of the working are said near a quantity."""
    near = _around(turn, meant, before)
    others = [each for each in turn.quantities if near.start <= each.start < near.end and each.start != meant.start]
    said = {number for each in others for number in (each.value, each.said)}
    said |= {share for each in others if (share := each.said / 100) in one.operands and share >= LEAST_SHARE}
    known = {each for each in (*one.operands, *one.steps) if each >= TELLING or (each != int(each) and each < 1)}
    prices = sum(each.is_price and each.value in one.operands for each in others)
    return prices + sum(any(math.isclose(number, each, rel_tol=SAME) for number in said) for each in known)


def _clause(turn: Told, meant: Quantity) -> str:
    """The words around a quantity, up to the next comma, `and` or number on either side."""
    begin = max((each.end for each in turn.quantities if each.end <= meant.start), default=0)
    end = min((each.start for each in turn.quantities if each.start >= meant.end), default=len(turn.text))
    left = _CLAUSE.split(turn.text[begin : meant.start])[-1]
    right = _CLAUSE.split(turn.text[meant.digits_end : end])[0]
    return f"{left} {right}"


def _is_of_another(one: Sought, evidence: _Evidence, meant: Quantity, alike: Sequence[Sought], turn: Told) -> bool:
    """Whether its own sentence speaks of another estimate, or it is for each of something else."""
    thing = _EACH_OF.match(turn.text, meant.end)
    per = _PER_THING.search(one.estimate.id)
    if thing and per and thing["thing"].lower() not in PERIODS and stem(thing["thing"].lower()) != stem(per[1]):
        return True
    for each in alike:
        other = _evidence(each, meant, meant.value / each.scale, turn)
        if (other.in_sentence > 1 and not evidence.in_sentence) or (other.in_clause and not evidence.in_clause):
            return True
    return False


def _is_near(one: Sought, evidence: _Evidence, factor: float) -> bool:
    """Worth a look, though its meaning is not clear."""
    if not 1 / NEAR <= factor <= NEAR:
        return False
    is_spoken_of = evidence.words > 1 and one.kind is not Kind.COUNT
    return evidence.noun or is_spoken_of or (evidence.words > 0 and evidence.operands > 0)


def _is_sure_inside(
    one: Sought, evidence: _Evidence, meant: Quantity, turn: Told, rivals: Sequence[Sought]
) -> bool:
    """A right figure: of the right kind, and either nothing else asks for it or something says it is this one."""
    if not _fits(one, meant) and not evidence.operands > 1:
        return False
    for each in rivals:
        if not each.accepts(meant.value):
            continue
        weight = _weight(_evidence(each, meant, meant.value / each.scale, turn))
        if weight > _weight(evidence) or (weight == _weight(evidence) and each.place < one.place):
            return False
    if one.kind is Kind.SHARE:
        return evidence.operands > 0 or evidence.words > 0
    if one.kind is Kind.COUNT:
        is_large = _in_period(one, meant) >= LARGE
        return evidence.noun or evidence.operands > 0 or (is_large and (evidence.words > 0 or evidence.is_close))
    return True


def _is_sure_outside(
    one: Sought, evidence: _Evidence, meant: Quantity, rivals: Sequence[Sought], turn: Told
) -> bool:
    """A wrong figure: the working's own operands or the estimate's own words stand around it."""
    if any(math.isclose(meant.value, each, rel_tol=SAME) for each in (*one.operands, *one.steps)):
        return False
    for each in rivals:
        other = _evidence(each, meant, meant.value / each.scale, turn)
        if _weight(other) >= _weight(evidence) or (other.operands >= evidence.operands and not evidence.in_clause):
            return False
    if not _fits(one, meant) and evidence.operands < 2:
        return False
    if one.kind in {Kind.COUNT, Kind.SHARE}:
        return evidence.operands > 1 and (evidence.noun or any(done.start == meant.start for done in turn.sums))
    return evidence.operands > 1 or (evidence.operands > 0 and evidence.words > 0) or evidence.words > 1


def _weight(evidence: _Evidence) -> float:
    return evidence.operands + evidence.words + 2 * evidence.noun + 1.5 * evidence.is_close


def _is_close(value: float, answer: float) -> bool:
    return abs(value - answer) <= CLOSE * answer


def _around(turn: Told, quantity: Quantity, before: int) -> Span:
    """The quantity's sentence with those just before it, as far as they are near."""
    spans = sentences(turn.text)
    here = bisect_right(spans, quantity.start, key=lambda span: span.start) - 1
    start = max(spans[max(0, here - before)].start, quantity.start - WIDEST)
    end = min(spans[here].end, quantity.end + WIDEST)
    return Span(turn.text[start:end], start, end)


@lru_cache(maxsize=4_096)
def _stems(text: str) -> frozenset[str]:
    """Stems of what is said, without what is said not to be there."""
    return content_stems(_NOT_YET.sub(" ", text))
