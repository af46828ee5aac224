"""How far a judge can be trusted, on one card: its figures, what attacks gained, what was not measured."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from coach import attacks, calibration, robustness
from coach.calibration import Report
from coach.domain import agreement, attack, comparison, invariance, measures, planted
from coach.domain.agreement import tables
from coach.domain.comparison import Comparison, by_dimension
from coach.domain.invariance import Invariance
from coach.domain.measures import differences
from coach.domain.planted import Rate
from coach.domain.rubric import Brief
from coach.domain.value import Value
from coach.ports import Judge

_MEASURING = (agreement, attack, attacks, calibration, comparison, invariance, measures, planted, robustness)


class Aim(NamedTuple):
    """What a figure must hold, and what is aimed for."""

    direction: str
    must: float
    aimed_for: float


GOALS = {
    "kappa": Aim("at least", 0.45, 0.55),
    "kappa_decided": Aim("at least", 0.60, 0.70),
    "coverage": Aim("at least", 0.55, 0.55),
    "false_credit": Aim("at most", 0.10, 0.05),
    "qwk": Aim("at least", 0.50, 0.62),
    "inside": Aim("at least", 0.90, 0.95),
}
"""Of the offline judge."""

LEAST_QWK_CHANGE = -0.03
"""Where the interval of the change in level QWK may begin, over all dimensions; the protocol's."""
LEAST_QWK_CHANGE_OF_ONE = -0.08
"""The same of a single dimension."""
MOST_MET_SHIFT = 0.03
MOST_SPECIFICITY_LOST = 0.01


class Stamp(Value):
    """What the figures depend on. A card is true of one judge on one set, and says which."""

    judges: Mapping[str, str]
    """The judge's version in every scenario."""
    golden: str
    """Fingerprint of the labelled rounds, the attacks and the planted pairs."""
    measuring: str
    """Fingerprint of the code that measures."""


class JudgeCard(Value):
    """Format judge-card/v1."""

    format: Annotated[Literal["judge-card/v1"], Field(alias="schema")] = "judge-card/v1"
    stamp: Stamp
    as_used: calibration.Report
    held_out: calibration.Report
    """With thresholds fitted on the other scenarios."""
    attacks: attacks.Report
    planted: tuple[Rate, ...]
    """Of pairs of a round with and without a change, how many verdicts went where they must."""
    invariances: tuple[Invariance, ...]
    accepted: str | None = None
    """Why a judge was taken that is worse by a gate than the one before."""


def stamp(judge: Judge, briefs: Iterable[Brief], golden: str) -> Stamp:
    """What a card made now would be true of; `golden` is the fingerprint of the golden set."""
    sources = [inspect.getsource(module) for module in _MEASURING]
    return Stamp(
        judges={brief.scenario.id: judge.stamp(brief).version for brief in briefs},
        golden=golden,
        measuring=hashlib.sha256("\n".join(sources).encode()).hexdigest(),
    )


def regressions(new: Report, old: Report) -> list[str]:
    """Where a judge is worse than the one before by more than the gates allow, one line each. Both are compared
    over the rounds they share, with paired intervals."""
    now, before = _shared(new.comparisons, old.comparisons)
    found = [*_qwk("all dimensions", now, before, LEAST_QWK_CHANGE)]
    parts = by_dimension(before)
    for dimension, after in by_dimension(now).items():
        if dimension in parts:
            found += _qwk(dimension, after, parts[dimension], LEAST_QWK_CHANGE_OF_ONE)
    was, becomes = agreement.agreement(before), agreement.agreement(now)
    drifted = abs(becomes.met_gap or 0.0) - abs(was.met_gap or 0.0)
    if drifted > MOST_MET_SHIFT:
        found.append(f"met-rate gap: {was.met_gap or 0.0:+.3f} before, {becomes.met_gap or 0.0:+.3f} now")
    lost = (was.specificity or 0.0) - (becomes.specificity or 0.0)
    if lost > MOST_SPECIFICITY_LOST:
        found.append(f"specificity: {was.specificity or 0.0:.3f} before, {becomes.specificity or 0.0:.3f} now")
    return found


def _shared(new: Iterable[Comparison], old: Iterable[Comparison]) -> tuple[list[Comparison], list[Comparison]]:
    """The comparisons of the rounds in both, in the same order."""
    before = {each.transcript: each for each in old}
    now = [each for each in new if each.transcript in before]
    return now, [before[each.transcript] for each in now]


def _qwk(what: str, new: list[Comparison], old: list[Comparison], least: float) -> list[str]:
    change = differences([tables(each) for each in new], [tables(each) for each in old]).get("qwk")
    if change is None or change.low >= least:
        return []
    return [f"level QWK of {what}: the change is between {change.low:+.3f} and {change.high:+.3f}"]
