from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.grade import DimensionScore
from coach.domain.self_rating import CLEAR, SelfRating, compared, partings
from tests.builders import NINE


def rated(dimension: str, score: int, *, sure: bool = True) -> SelfRating:
    return SelfRating(dimension=dimension, score=score, sure=sure, at=NINE)


def scored(
    dimension: str, score: float | None, low: float | None = None, high: float | None = None
) -> DimensionScore:
    low, high = (score if low is None else low), (score if high is None else high)
    return DimensionScore(id=dimension, score=score, low=low, high=high, level=None, bar=3.0, opened=True)


def test_a_whole_level_apart_and_outside_the_range_is_a_clear_parting_the_farthest_first() -> None:
    ratings = [rated("data", 3), rated("evals", 4), rated("cost", 1)]
    scores = [scored("data", 1.8), scored("evals", 1.5), scored("cost", 2.4)]
    assert [(each.dimension, round(each.by, 2)) for each in partings(ratings, scores)] == [
        ("evals", 2.5),
        ("cost", -1.4),
        ("data", 1.2),
    ]


def test_what_lies_in_the_range_or_within_a_level_is_none() -> None:
    ratings = [rated("data", 3), rated("evals", 3), rated("cost", 2)]
    scores = [scored("data", 1.0, 0.5, 3.0), scored("evals", 2.1), scored("cost", 1.05, 1.05, 1.05)]
    assert partings(ratings, scores) == ()


def test_what_was_not_assessed_is_not_compared() -> None:
    ratings = [rated("data", 4), rated("evals", 4)]
    scores = [scored("data", None, 0.0, 2.0), scored("cost", 3.0)]
    assert compared(ratings, scores) == ()
    assert partings(ratings, scores) == ()


@given(st.integers(0, 4), st.floats(0, 4), st.floats(0, 4), st.floats(0, 4))
def test_a_parting_is_never_within_the_range_nor_less_than_a_level(
    rating: int, score: float, one: float, other: float
) -> None:
    low, high = min(one, other, score), max(one, other, score)
    found = partings([rated("data", rating)], [scored("data", score, low, high)])
    is_clear = abs(rating - score) >= CLEAR and not low <= rating <= high
    assert bool(found) is is_clear
    assert all(each.by == rating - score for each in found)
