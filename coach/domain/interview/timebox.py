"""When each part of a round is due: boxes for the interviewer, never for the candidate.

Fractions of the round, from the 45-minute plan (opening 0:00, framing 1:30, a first sketch 7:30, data 10:30,
approach 14:30, evals 20:30, latency and cost 26:30, safety 32:00, monitoring 35:30, curveball 38:30, close 42:00);
the 35-minute plan has the same ones within two hundredths.
"""

from __future__ import annotations

from typing import NamedTuple

from coach.domain.scoring import BASELINE_MINUTES


class Box(NamedTuple):
    """When a dimension is due and when it should be over, as fractions of the round."""

    start: float
    end: float


_BOXES = {
    "framing": Box(0.033, 0.20),
    "data": Box(0.20, 0.322),
    "approach": Box(0.322, 0.456),
    "evals": Box(0.456, 0.589),
    "latency": Box(0.589, 0.65),
    "cost": Box(0.65, 0.711),
    "safety": Box(0.711, 0.789),
    "monitoring": Box(0.789, 0.856),
}
PHASES = {"Clarify": 0.0, "Design": 0.20, "Deep-dive": 0.456, "Operate": 0.711, "Wrap": 0.856}
"""What a candidate is told of the plan: from which fraction of the round on each phase is due."""
CURVEBALL = Box(0.856, 0.933)
CLOSE = Box(0.933, 1.0)
ALL_OPENED_BY = 0.80
EVALS_OPENED_BY = 0.53
GRACE_SECONDS = 60
"""A box may run over by this much in a 45-minute round, and by its share of it in a shorter one."""
WARNING_SECONDS = 300


def box(dimension: str, dimensions: tuple[str, ...]) -> Box:
    """When `dimension` is due; one unknown to the plan gets an even share of the time before the curveball."""
    if dimension in _BOXES:
        return _BOXES[dimension]
    share = CURVEBALL.start / len(dimensions)
    place = dimensions.index(dimension)
    return Box(place * share, (place + 1) * share)


def is_baseline(minutes: int) -> bool:
    """A short round: one clarifying question a dimension, at most one follow-up each, no curveball, no band."""
    return minutes < BASELINE_MINUTES
