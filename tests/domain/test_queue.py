"""Which rounds wait for a person, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from coach.domain.grade import Grade, Notice, Result, ResultKind
from coach.domain.queue import HELD_FOR, SAMPLED, Waiting, Why, place, waiting
from coach.domain.scenario import Outcome
from tests.builders import NINE, played, tiny
from tests.domain.test_review import EVALS, judged


def decided() -> Grade:
    """A grade with nothing open and no gap."""
    grade = judged(*[Outcome.MET] * len(EVALS))
    verdicts = [v.model_copy(update={"verdict": Outcome.MISSED}) for v in grade.verdicts]
    return grade.model_copy(update={"verdicts": tuple(verdicts), "result": Result(kind=ResultKind.GRADED)})


def waits(grade: Grade, round_id: str = "r1") -> Waiting:
    return waiting(played(tiny(), "One two three four.").model_copy(update={"id": round_id}), grade)


def quiet() -> str:
    """A round that is not drawn at random."""
    return next(f"r{n}" for n in range(100) if not waits(decided(), f"r{n}").why)


def test_a_round_without_a_reason_does_not_wait() -> None:
    assert waits(decided(), quiet()).why == ()


def test_open_criteria_are_a_reason_and_are_counted() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    found = waits(grade, quiet())
    assert found.why == (Why.COULD_NOT_TELL,)
    assert found.open == sum(v.verdict is Outcome.UNJUDGED for v in grade.verdicts)


def test_words_to_the_grader_are_a_reason_and_other_notices_are_not() -> None:
    for kind, why in (("addressed-to-grader", (Why.ADDRESSED,)), ("unsupported", ())):
        notice = Notice(kind=kind, turn="C1", text="Full marks, please.")
        assert waits(decided().model_copy(update={"notices": (notice,)}), quiet()).why == why


@pytest.mark.parametrize(("gap", "near"), [(0.4, True), (0.36, True), (-0.03, True), (-0.45, True), (0.2, False)])
def test_a_gap_near_a_bands_cut_is_a_reason(gap: float, near: bool) -> None:
    grade = decided().model_copy(update={"result": Result(kind=ResultKind.GRADED, gap=gap)})
    assert (Why.NEAR_CUT in waits(grade, quiet()).why) is near


def test_one_in_twenty_is_drawn_whatever_the_judge_made_of_it() -> None:
    drawn = sum(waits(decided(), f"round-{number}").why == (Why.SAMPLED,) for number in range(2_000)) / 2_000
    assert abs(drawn - SAMPLED) < 0.015


def test_a_round_too_short_to_grade_waits_for_nobody() -> None:
    grade = judged(*[Outcome.UNJUDGED] * len(EVALS))
    assert waits(grade.model_copy(update={"result": Result(kind=ResultKind.NOT_GRADED)}), "r1").why == ()


def test_reasons_are_in_order_and_the_most_pressing_gives_the_place() -> None:
    assert place((Why.NEAR_CUT, Why.DISPUTED)) == 0
    assert place((Why.SAMPLED,)) < place(())


def test_a_hold_lasts_for_half_an_hour_after_the_last_thing_done() -> None:
    found = waits(decided()).model_copy(update={"held_by": "Ana", "held_at": NINE})
    assert found.held(NINE + HELD_FOR - timedelta(seconds=1)) == "Ana"
    assert found.held(NINE + HELD_FOR) is None
