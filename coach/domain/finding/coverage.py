"""What the candidate has said so far, criterion by criterion: what the interviewer need not ask again."""

from __future__ import annotations

from collections import Counter

from coach.domain.finding.finder import HALF, MOST, Trace, search
from coach.domain.finding.weighing import NEAR_GROUPS
from coach.domain.rubric import Brief
from coach.domain.scenario import Criterion, Outcome
from coach.domain.transcript import Transcript
from coach.domain.value import FullName, Slug, Value

LEAST_CORE = 2
"""Core points that open a dimension: one may be a turn of phrase."""
BEGUN_POINTS = 3
"""Points that begin the first dimension: two for a criterion met, one for a part of one."""
CLOSE_GROUPS = NEAR_GROUPS + 1
"""Distinctive words of a criterion's text in one window that make asking for it again unwelcome."""


class Coverage(Value):
    """Criteria with evidence so far, by full name (`met` or `partial` only), and the dimensions spoken about."""

    found: dict[FullName, Outcome]
    touched: frozenset[Slug]


def opened_unasked(brief: Brief, covered: Coverage) -> frozenset[str]:
    """Dimensions a candidate has opened without being asked: by at least two of their core points.

    In the first one, where every round begins, a core point and half of another will do: to be asked to begin
    again, minutes later, sounds like not having been heard.
    """
    met: Counter[str] = Counter()
    points: Counter[str] = Counter()
    for name, found in covered.found.items():
        dimension = name.split(".", maxsplit=1)[0]
        met[dimension] += found is Outcome.MET and brief.criteria[name].tier == "core"
        points[dimension] += 2 if found is Outcome.MET else 1
    opened = {dimension for dimension, count in met.items() if count >= LEAST_CORE}
    first = brief.probed_dimensions[0]
    if met[first] and points[first] >= BEGUN_POINTS:
        opened.add(first)
    return frozenset(opened)


def coverage(brief: Brief, transcript: Transcript) -> Coverage:
    """Coverage of a round as it stands. Kinder than a grade: asking again for what was said costs trust."""
    criteria = {
        name: each for name, each in brief.criteria.items() if name.split(".")[0] in brief.probed_dimensions
    }
    found: dict[str, Outcome] = {}
    touched: set[str] = set()
    for name, trace in search(criteria, transcript).items():
        outcome = _outcome(criteria[name], trace)
        if outcome is not None:
            found[name] = outcome
        if outcome is not None or (not criteria[name].signals and trace.groups >= NEAR_GROUPS):
            touched.add(name.split(".", maxsplit=1)[0])
    return Coverage(found=found, touched=frozenset(touched))


def _outcome(criterion: Criterion, trace: Trace) -> Outcome | None:
    if criterion.signals:
        if trace.share >= MOST:
            return Outcome.MET
        return Outcome.PARTIAL if trace.share >= HALF else None
    if trace.groups < CLOSE_GROUPS:
        return None
    return Outcome.MET if trace.share >= HALF else Outcome.PARTIAL
