from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.grade import Grade, Result, ResultKind
from coach.domain.grading import settle
from coach.domain.progress import (
    LAST,
    Attempt,
    Moved,
    Span,
    calibration,
    comparable,
    course,
    leaning,
    moved,
    rated,
    spans_of,
)
from coach.domain.self_rating import SelfRating
from tests.builders import NINE, STAMP
from tests.domain.grades import BRIEF, said
from tests.domain.test_self_rating import rated as own
from tests.domain.test_self_rating import scored

SCORES = st.lists(st.floats(0, 4), max_size=12)


def graded(scores: dict[str, float | None], kind: ResultKind = ResultKind.GRADED) -> Grade:
    grade = settle(BRIEF, said(), [], STAMP)
    dimensions = tuple(scored(name, score) for name, score in scores.items())
    return grade.model_copy(update={"dimensions": dimensions, "result": Result(kind=kind)})


def attempt(
    day: int,
    scores: dict[str, float | None],
    *ratings: SelfRating,
    kind: ResultKind = ResultKind.GRADED,
    again: dict[str, float | None] | None = None,
) -> Attempt:
    return Attempt(
        round_id=f"r{day}",
        scenario="document-qa",
        title="Document Q&A",
        minutes=45,
        started_at=NINE + timedelta(days=day),
        grade=graded(scores, kind),
        ratings=ratings,
        retries=tuple(scored(name, score) for name, score in (again or {}).items()),
    )


def test_attempts_are_held_beside_each_other_from_the_oldest_and_those_without_scores_are_not() -> None:
    found = comparable(
        [attempt(3, {}), attempt(1, {}, kind=ResultKind.BASELINE), attempt(2, {}, kind=ResultKind.NOT_GRADED)]
    )
    assert [each.round_id for each in found] == ["r1", "r3"]


def test_a_course_leaves_out_what_was_not_assessed_and_says_how_many_more_rounds_it_needs() -> None:
    found = course([attempt(1, {"evals": 1.5}), attempt(2, {"evals": None}), attempt(3, {"evals": 2.5})], "evals")
    assert [point.attempt.round_id for point in found.points] == ["r1", "r3"]
    assert (found.missing, [point.span for point in found.points]) == (1, [None, None])


def test_a_band_is_over_the_last_three_scores() -> None:
    found = course([attempt(day, {"evals": score}) for day, score in enumerate((1.0, 3.0, 2.0, 2.5))], "evals")
    assert [point.span for point in found.points] == [None, None, Span(1.0, 3.0), Span(2.0, 3.0)]
    assert found.missing == 0


@given(SCORES)
def test_every_band_holds_its_three_scores_and_there_are_two_fewer_than_scores(values: list[float]) -> None:
    spans = spans_of(values)
    assert len(spans) == len(values)
    assert [span is None for span in spans] == [place < LAST - 1 for place in range(len(values))]
    for place, span in enumerate(spans):
        if span:
            window = values[place - LAST + 1 : place + 1]
            assert all(span.low <= value <= span.high for value in window)
            assert span.low in window
            assert span.high in window


def test_a_dimension_has_moved_only_where_three_lie_on_one_side_of_the_three_before() -> None:
    assert moved([1.0, 1.2, 1.1, 2.0, 1.9, 1.3]) is Moved.HIGHER
    assert moved([2.0, 2.2, 2.1, 1.0, 1.9, 1.3]) is Moved.LOWER
    assert moved([1.0, 1.2, 1.3, 2.0, 1.9, 1.3]) is Moved.WITHIN
    assert moved([0.0, 0.0, 4.0, 4.0, 4.0]) is None


@given(st.lists(st.integers(0, 4), max_size=12))
def test_what_moved_moved_the_other_way_when_all_is_turned_around(values: list[int]) -> None:
    turned = {Moved.HIGHER: Moved.LOWER, Moved.LOWER: Moved.HIGHER, Moved.WITHIN: Moved.WITHIN, None: None}
    assert moved([4 - value for value in values]) is turned[moved(values)]
    assert (moved(values) is None) is (len(values) < 2 * LAST)


def test_calibration_takes_the_judges_scores_by_what_was_said() -> None:
    found = calibration(
        [
            attempt(1, {"evals": 1.0, "data": 2.0}, own("evals", 3), own("data", 3), own("cost", 3)),
            attempt(2, {"evals": 3.0, "data": None}, own("evals", 1), own("data", 4)),
        ]
    )
    assert [(c.rated, c.mean, c.span, c.ratings) for c in found] == [
        (1, 3.0, Span(3.0, 3.0), 1),
        (3, 1.5, Span(1.0, 2.0), 2),
    ]


def test_leaning_tells_the_whole_from_each_and_sure_from_unsure() -> None:
    attempts = [attempt(1, {"evals": 1.0, "data": 3.0}, own("evals", 3), own("data", 2, sure=False))]
    assert leaning(attempts) == (0.5, 1.5, 2)
    assert leaning(attempts, sure=True) == (2.0, 2.0, 1)
    assert leaning(attempts, sure=False) == (-1.0, 1.0, 1)
    assert leaning([attempt(1, {"evals": 1.0})]) is None


def test_rounds_count_as_rated_where_a_rating_meets_a_score() -> None:
    attempts = [
        attempt(1, {"evals": 1.0}, own("evals", 3)),
        attempt(2, {"evals": None}, own("evals", 3)),
        attempt(3, {"evals": 2.0}),
    ]
    assert rated(attempts) == 1


def test_the_best_of_several_retries_of_a_dimension_is_shown() -> None:
    assert attempt(1, {"evals": 1.0}, again={"evals": 2.5}).retried("evals") == 2.5
    assert attempt(1, {"evals": 1.0}, again={"evals": None}).retried("evals") is None
    assert attempt(1, {"evals": 1.0}).retried("evals") is None
