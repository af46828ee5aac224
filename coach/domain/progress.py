"""Graded rounds beside each other: whether a dimension moves beyond noise, and how well candidates know themselves.

One round is noisy: what is told of a dimension is told of its last three scores, and that it moved only where all
three lie on one side of the three before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from coach.domain.grade import DimensionScore, Grade, ResultKind
from coach.domain.self_rating import SelfRating, compared
from coach.domain.value import Slug, Value

LAST = 3
"""Rounds that a band is over, and fewer than which it is not drawn."""


class Attempt(Value):
    """A graded round, as far as it is held against others."""

    round_id: str
    scenario: Slug
    title: str
    minutes: int
    started_at: datetime
    grade: Grade
    """The newest one, with what people found over it."""
    reviewed: bool = False
    """Whether anybody found something over it."""
    ratings: tuple[SelfRating, ...] = ()
    retries: tuple[DimensionScore, ...] = ()
    """What dimensions came to with an answer given again; none of it is in the grade."""

    def retried(self, dimension: str) -> float | None:
        """The best that answering again brought a dimension to."""
        return max((s.score for s in self.retries if s.id == dimension and s.score is not None), default=None)

    def score(self, dimension: str) -> DimensionScore | None:
        """What the dimension came to; None where it was not assessed."""
        return next((s for s in self.grade.dimensions if s.id == dimension and s.score is not None), None)


class Span(NamedTuple):
    """From the lowest to the highest of some scores."""

    low: float
    high: float


class Point(NamedTuple):
    """A dimension in one attempt."""

    attempt: Attempt
    score: DimensionScore
    span: Span | None
    """Over this score and the two before it; None before there are three."""


class Course(NamedTuple):
    """A dimension over time, the oldest attempt first; those that did not assess it are left out."""

    dimension: str
    points: tuple[Point, ...]

    @property
    def missing(self) -> int:
        """How many more rounds a band needs."""
        return max(0, LAST - len(self.points))


class Moved(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    WITHIN = "within"
    """Not beyond what one round differs from the next."""


class Calibrated(NamedTuple):
    """What the judge found where a candidate had rated themselves alike."""

    rated: int
    mean: float
    span: Span
    ratings: int


class Leaning(NamedTuple):
    """How far self-ratings are from the judge's scores: on the whole (above 0: higher), and each by itself."""

    by: float
    off: float
    ratings: int


def comparable(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    """Those with scores, the oldest first."""
    scored = [each for each in attempts if each.grade.result.kind is not ResultKind.NOT_GRADED]
    return tuple(sorted(scored, key=lambda each: (each.started_at, each.round_id)))


def course(attempts: Sequence[Attempt], dimension: str) -> Course:
    """The dimension over these attempts, given the oldest first."""
    found = [(attempt, score) for attempt in attempts if (score := attempt.score(dimension))]
    values = [score.score or 0.0 for _, score in found]
    spans = spans_of(values)
    return Course(dimension, tuple(Point(*pair, span) for pair, span in zip(found, spans, strict=True)))


def spans_of(values: Sequence[float]) -> tuple[Span | None, ...]:
    """For each value the span of it and the two before; None before there are three."""
    return tuple(
        Span(min(values[end - LAST : end]), max(values[end - LAST : end])) if end >= LAST else None
        for end in range(1, len(values) + 1)
    )


def moved(values: Sequence[float]) -> Moved | None:
    """Whether the last three lie all above, or all below, the three before them; None with fewer than six."""
    if len(values) < 2 * LAST:
        return None
    before, last = values[-2 * LAST : -LAST], values[-LAST:]
    if min(last) > max(before):
        return Moved.HIGHER
    return Moved.LOWER if max(last) < min(before) else Moved.WITHIN


def calibration(attempts: Iterable[Attempt]) -> tuple[Calibrated, ...]:
    """The judge's scores by what the candidate had said, from the lowest self-rating used to the highest."""
    by_rating: dict[int, list[float]] = {}
    for rating, score in _pairs(attempts):
        by_rating.setdefault(rating.score, []).append(score)
    return tuple(
        Calibrated(rated, sum(scores) / len(scores), Span(min(scores), max(scores)), len(scores))
        for rated, scores in sorted(by_rating.items())
    )


def leaning(attempts: Iterable[Attempt], *, sure: bool | None = None) -> Leaning | None:
    """How self-ratings lean: all of them, or those the candidate was `sure` of or not. None without any."""
    gaps = [rating.score - score for rating, score in _pairs(attempts) if sure is None or rating.sure is sure]
    if not gaps:
        return None
    return Leaning(sum(gaps) / len(gaps), sum(map(abs, gaps)) / len(gaps), len(gaps))


def rated(attempts: Iterable[Attempt]) -> int:
    """How many attempts the candidate has rated themselves in."""
    return sum(1 for each in attempts if compared(each.ratings, each.grade.dimensions))


def _pairs(attempts: Iterable[Attempt]) -> list[tuple[SelfRating, float]]:
    return [
        (rating, score.score or 0.0)
        for each in attempts
        for rating, score in compared(each.ratings, each.grade.dimensions)
    ]
