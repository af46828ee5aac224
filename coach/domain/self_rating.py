"""What candidates think of their own round before they read its grade, and how far that is from the judge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, NamedTuple

from pydantic import Field

from coach.domain.grade import DimensionScore
from coach.domain.value import Slug, Value

CLEAR = 1.0
"""Distance between a self-rating and a score, a whole level, from which they part clearly."""


class SelfRating(Value):
    """One dimension of their own round on the rubric's scale, as the candidate sees it."""

    dimension: Slug
    score: Annotated[int, Field(ge=0, le=4)]
    sure: bool
    at: datetime


class Parting(NamedTuple):
    """A dimension in which candidate and judge part clearly."""

    dimension: str
    rated: int
    score: float

    @property
    def by(self) -> float:
        """How far the candidate is above the judge."""
        return self.rated - self.score


def compared(
    ratings: Iterable[SelfRating], scores: Iterable[DimensionScore]
) -> tuple[tuple[SelfRating, DimensionScore], ...]:
    """The self-ratings with the scores beside them; those of dimensions that were not assessed are left out."""
    assessed = {score.id: score for score in scores if score.score is not None}
    return tuple((rating, assessed[rating.dimension]) for rating in ratings if rating.dimension in assessed)


def partings(ratings: Iterable[SelfRating], scores: Iterable[DimensionScore]) -> tuple[Parting, ...]:
    """Where a self-rating lies a whole level or more from the score and outside its range, the farthest first."""
    found = [
        Parting(rating.dimension, rating.score, score.score)
        for rating, score in compared(ratings, scores)
        if score.score is not None
        and abs(rating.score - score.score) >= CLEAR
        and not _in_range(rating.score, score)
    ]
    return tuple(sorted(found, key=lambda each: -abs(each.by)))


def _in_range(rated: int, score: DimensionScore) -> bool:
    return score.low is not None and score.high is not None and score.low <= rated <= score.high
