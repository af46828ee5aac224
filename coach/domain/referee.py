"""The referee of a candidate's numbers: what they stated beside the scenario's own arithmetic, and their own sums
done again.

For learning only: no verdict and no score comes from here. A figure is taken for an estimate's by what it measures
and by what stands around it: the operands of the scenario's working, the words of the estimate, a result close to
its own. Where that is not sure it is *unclear*, never *off*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from coach.domain.figures.digits import shown
from coach.domain.figures.matching import Match, found_for
from coach.domain.figures.sought import Sought, sought
from coach.domain.figures.told import Told, told
from coach.domain.grade import Quote
from coach.domain.prices import price_names
from coach.domain.rubric import Brief
from coach.domain.transcript import Transcript
from coach.domain.value import Value

_LITERAL = re.compile(r"[\w.]+")

SUM = "sum"
"""What a ruling on the candidate's own sum is about."""


class Standing(StrEnum):
    """How a figure stands beside what it should be."""

    CONSISTENT = "consistent"
    OFF = "off"
    MISSING = "missing"
    UNCLEAR = "unclear"
    """A number stands near, and what it means could not be told."""


class Ruling(Value):
    """One figure of the candidate, or the want of one, and what it should be."""

    about: str
    """The estimate's id, or `sum` for a sum of the candidate's own."""
    ask: str
    """The estimate's question; of a sum nothing."""
    standing: Standing
    quote: Quote | None = None
    """The words; none where the figure is missing."""
    stated: str = ""
    """The figure as it was understood, in digits: `$0.0135`."""
    expected: str
    """What it should be, in digits with its unit."""
    accept: str = ""
    """What else counts as right, in digits; of a sum nothing."""
    working: str
    """The scenario's own working, or the candidate's operands."""
    factor: float | None = None
    """How many times too large the figure is; under 1 where it is too small. Only where it is off."""

    @property
    def off_by(self) -> str:
        """The factor as it is shown: times what it should be, or a part of it; nothing where it is not off."""
        if self.factor is None:
            return ""
        times, sign = (self.factor, "×") if self.factor >= 1 else (1 / self.factor, "÷")
        return f"{sign}{times:,.0f}" if times >= 9.95 else f"{sign}{times:.2g}"


def rulings(brief: Brief, transcript: Transcript) -> tuple[Ruling, ...]:
    """A ruling on each estimate of the scenario, in its order, then one on each sum of the candidate, in theirs."""
    heard = told(transcript)
    names = price_names(brief.prices)
    wanted = sought(brief.scenario, names)
    return (*(_on_estimate(each, wanted, heard, names) for each in wanted), *_on_sums(heard))


def _on_estimate(
    one: Sought, wanted: Sequence[Sought], heard: Sequence[Told], names: Mapping[str, float]
) -> Ruling:
    best = found_for(one, wanted, heard)
    standing = _standing(best)
    low, high = (shown(end * one.scale, one.kind) for end in one.estimate.accept)
    return Ruling(
        about=one.estimate.id,
        ask=one.estimate.ask,
        standing=standing,
        quote=best.quote if best else None,
        stated=shown(best.value * one.scale, one.kind) if best else "",
        expected=f"{shown(one.answer * one.scale, one.kind)}{_beyond_the_figure(one)}",
        accept=f"{low} to {high}",
        working=_written(one.estimate.working, names),
        factor=best.value / one.answer if best and standing is Standing.OFF else None,
    )


def _standing(best: Match | None) -> Standing:
    if best is None:
        return Standing.MISSING
    if not best.is_sure:
        return Standing.UNCLEAR
    return Standing.CONSISTENT if best.is_accepted else Standing.OFF


def _beyond_the_figure(one: Sought) -> str:
    """What the unit says that the figure does not show."""
    rest = one.estimate.unit.removeprefix(one.measure).strip()
    return f"{'' if rest.startswith(',') else ' '}{rest}" if rest else ""


def _written(working: str, names: Mapping[str, float]) -> str:
    """An author's working as people write it, prices in figures."""
    figures = _LITERAL.sub(lambda found: _in_figures(found[0], names), working)
    return figures.replace("**", "^").replace("*", "×").replace("/", "÷")


def _in_figures(literal: str, names: Mapping[str, float]) -> str:
    if literal in names:
        return f"{names[literal]:g}"
    try:
        value = float(literal)
    except ValueError:
        return literal
    return f"{value:,.0f}" if value >= 1_000 and value == int(value) else f"{value:g}"


def _on_sums(heard: Sequence[Told]) -> Iterator[Ruling]:
    for turn in heard:
        for one in turn.sums:
            yield Ruling(
                about=SUM,
                ask="",
                standing=Standing.CONSISTENT if one.is_right else Standing.OFF,
                quote=turn.quote(one.start, one.end),
                stated=shown(one.result.value, one.result.kind, one.result.unit),
                expected=shown(one.comes_to, one.result.kind, one.result.unit),
                working=one.working,
                factor=None if one.is_right else one.factor,
            )
