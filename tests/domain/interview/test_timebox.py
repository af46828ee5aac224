"""When each part of a round is due."""

from __future__ import annotations

import pytest

from coach.domain.interview.timebox import ALL_OPENED_BY, CLOSE, CURVEBALL, EVALS_OPENED_BY, box, is_baseline
from tests.builders import shipped

PLAN = shipped().probed_dimensions


def test_the_boxes_follow_one_another_without_gap_up_to_the_close() -> None:
    boxes = [*(box(d, PLAN) for d in PLAN), CURVEBALL, CLOSE]
    assert [b.start for b in boxes[1:]] == [b.end for b in boxes[:-1]]
    assert CLOSE.end == 1.0


@pytest.mark.parametrize(
    ("dimension", "start", "end"),
    [("approach", 14.5, 20.5), ("evals", 20.5, 26.5), ("safety", 32.0, 35.5),
     ("monitoring", 35.5, 38.5)],
)  # fmt: skip
def test_the_boxes_are_those_of_the_45_minute_plan(dimension: str, start: float, end: float) -> None:
    assert box(dimension, PLAN).start * 45 == pytest.approx(start, abs=0.05)
    assert box(dimension, PLAN).end * 45 == pytest.approx(end, abs=0.05)


def test_evals_is_due_before_its_last_call_and_monitoring_about_when_all_must_be_open() -> None:
    assert box("evals", PLAN).start < EVALS_OPENED_BY
    assert pytest.approx(24, abs=0.2) == EVALS_OPENED_BY * 45
    assert box("monitoring", PLAN).start < ALL_OPENED_BY


def test_a_dimension_unknown_to_the_plan_gets_an_even_share_before_the_curveball() -> None:
    mine = ("taste", "smell")
    assert box("taste", mine).start == 0.0
    assert box("taste", mine).end == box("smell", mine).start == CURVEBALL.start / 2
    assert box("smell", mine).end == CURVEBALL.start


def test_under_twenty_minutes_a_round_is_a_baseline() -> None:
    assert is_baseline(19)
    assert not is_baseline(20)
