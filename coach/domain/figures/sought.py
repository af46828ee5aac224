"""The estimates of a scenario, as a candidate's figures for them are looked for."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from coach.domain.arithmetic import WorkingError, evaluate
from coach.domain.figures.quantities import BYTES, PERIODS, Kind, quantities
from coach.domain.language import content_stems
from coach.domain.numbers import numbers
from coach.domain.scenario import Estimate, Scenario

PASSING = 0.1
"""A product this close to the answer is no step on the way to it."""

_PERIOD = re.compile(rf"\b(?:per|an?|each|every)\s+({'|'.join(PERIODS)})\b", re.IGNORECASE)
_LITERAL = re.compile(r"(?P<number>(?<![\w.])\d[\d_]*(?:\.\d+)?(?:e\d+)?)|(?P<name>[a-z][\w.]*)", re.IGNORECASE)
_MILLION = 1e6


class Sought(NamedTuple):
    """An estimate as it is looked for."""

    estimate: Estimate
    answer: float
    """What its working comes to, in its unit: more than nothing."""
    place: int
    """In the scenario: a figure that would do for several is the first's, which the others vary."""
    kind: Kind
    scale: float
    """What one of the estimate's unit is worth: 1e9 for GB."""
    measure: str
    """The part of the unit that a figure shows already: `USD`, `GB`."""
    period: str
    words: frozenset[str]
    nouns: frozenset[str]
    operands: tuple[float, ...]
    steps: tuple[float, ...]
    """Products of operands that stand side by side: what one passes on the way."""
    told: tuple[tuple[Kind, float], ...]
    """What the scenario's facts say."""

    def accepts(self, value: float) -> bool:
        """Whether a value of its kind (bytes, dollars) counts as right."""
        low, high = self.estimate.accept
        return low <= value / self.scale <= high


def sought(scenario: Scenario, names: Mapping[str, float]) -> tuple[Sought, ...]:
    """The scenario's estimates that come to more than nothing, each with what tells it from the others. `names` are
    those of the price card."""
    facts = tuple((each.kind, each.value) for fact in scenario.facts for each in quantities(fact.say))
    plain = [_words(estimate) for estimate in scenario.math]
    kinds = [_measure(estimate.unit)[0] for estimate in scenario.math]
    said_of = Counter((kind, word) for kind, words in zip(kinds, plain, strict=True) for word in words)
    return tuple(
        _sought(estimate, place, _own(plain[place], kinds[place], said_of), names, facts)
        for place, estimate in enumerate(scenario.math)
        if _answer(estimate, names) > 0
    )


def _answer(estimate: Estimate, names: Mapping[str, float]) -> float:
    """What the working comes to; the author's answer where it cannot be calculated, which `coach check` reports."""
    try:
        return evaluate(estimate.working, names)
    except WorkingError:
        return estimate.answer


def _own(words: frozenset[str], kind: Kind, said_of: Counter[tuple[Kind, str]]) -> frozenset[str]:
    """The words that tell an estimate from the others of its kind."""
    return frozenset(word for word in words if said_of[kind, word] == 1)


def _sought(
    estimate: Estimate,
    place: int,
    words: frozenset[str],
    names: Mapping[str, float],
    facts: tuple[tuple[Kind, float], ...],
) -> Sought:
    kind, scale, measure = _measure(estimate.unit)
    period = _PERIOD.search(estimate.unit) or (_PERIOD.search(estimate.ask) if kind is Kind.COUNT else None)
    nouns = content_stems(re.split(r"\bper\b|,|\(", estimate.unit)[0]) if kind is Kind.COUNT else frozenset()
    answer = _answer(estimate, names)
    operands, steps = _operands(estimate.working, names, answer)
    per = PERIODS[period[1].lower()] if period else ""
    return Sought(
        estimate, answer, place, kind, scale, measure, per, words, frozenset(nouns), operands, steps, facts
    )


def _words(estimate: Estimate) -> frozenset[str]:
    """Stems that an estimate is spoken of with; numbers and times are none."""
    text = f"{estimate.id.replace('-', ' ')} {estimate.ask} {estimate.unit}"
    for number in reversed(numbers(text)):
        text = f"{text[: number.start]} {text[number.end :]}"
    return content_stems(text) - content_stems(
        " ".join((*PERIODS, "model models token tokens usd cost costs gb share percent"))
    )


def _measure(unit: str) -> tuple[Kind, float, str]:
    first = unit.split(maxsplit=1)[0].strip(",;:")
    if first.upper() in {"USD", "$"} or first.lower().startswith(("dollar", "cent")):
        return Kind.MONEY, 0.01 if first.lower().startswith("cent") else 1.0, first
    sizes = {f"{name[0].upper()}B": size for name, size in BYTES.items()}
    if first.upper() in sizes or first.lower() in {"byte", "bytes"}:
        return Kind.BYTES, sizes.get(first.upper(), 1.0), first
    if first.lower() in {"share", "fraction"} or first.lower().startswith(("percent", "%")):
        return Kind.SHARE, 0.01 if first.lower().startswith(("percent", "%")) else 1.0, first
    if first.lower() in {"ms", "milliseconds", "s", "seconds"}:
        return Kind.SECONDS, 1e-3 if first.lower().startswith("m") else 1.0, first
    return Kind.COUNT, 1.0, ""


def _operands(
    working: str, names: Mapping[str, float], answer: float
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The numbers of a working, and the products of those that stand side by side."""
    found = [match for match in _LITERAL.finditer(working) if match["number"] or match[0] in names]
    values = [float(match["number"].replace("_", "")) if match["number"] else names[match[0]] for match in found]
    steps: list[float] = []
    for first in range(len(found)):
        product = values[first]
        for last in range(first + 1, len(found)):
            if working[found[last - 1].end() : found[last].start()].replace(" ", "") not in {"*", "*("}:
                break
            product *= values[last]
            steps.append(product)
    return (
        tuple(value for value in values if value != _MILLION),
        tuple(step for step in steps if not math.isclose(step, answer, rel_tol=PASSING)),
    )
