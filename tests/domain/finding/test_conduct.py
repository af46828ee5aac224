"""How a round was run is read from acts, and left open where it cannot be."""

from __future__ import annotations

import pytest

from coach.domain.finding.conduct import observe, withdrawals
from coach.domain.scenario import Outcome
from tests.golden_rounds import conversation

LATER = ("Go on.", "We look at it. " * 250, "Go on.", "We look at it. " * 250)
"""Talk that takes a round past its first five minutes."""


def seen(id_: str, *said: str) -> Outcome:
    return observe(conversation("Where would you start?", *said))[id_].outcome


def test_an_order_of_steps_for_the_time_is_a_plan() -> None:
    plan = "I'd spend five minutes on the people, then the data, then how we test, and cost at the end."
    assert seen("plan-stated", plan, *LATER) is Outcome.MET


def test_steps_of_a_pipeline_are_no_plan_for_the_round() -> None:
    assert seen("plan-stated", "First a queue, then a filter, then a model.", *LATER) is Outcome.UNJUDGED


def test_five_minutes_without_an_order_of_steps_are_no_plan() -> None:
    assert seen("plan-stated", "A queue and a model.", *LATER) is Outcome.MISSED
    assert seen("plan-stated", "A queue and a model.") is Outcome.UNJUDGED


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("I'm assuming ten minutes today. Tell me if that sounds off.", Outcome.MET),
        ("I'll assume ten minutes today.", Outcome.PARTIAL),
        ("It takes ten minutes today.", Outcome.UNJUDGED),
    ],
)
def test_an_assumption_is_marked_and_checked(said: str, outcome: Outcome) -> None:
    assert seen("assumptions-marked", said) is outcome


def test_three_named_costs_make_commitments() -> None:
    costs = "Hybrid, and the price is forty milliseconds. Trees, so we lose order. The downside is lag."
    assert seen("commits-with-cost", costs) is Outcome.MET
    assert seen("commits-with-cost", "Hybrid, and the price is forty milliseconds.") is Outcome.UNJUDGED


def test_a_round_that_skips_nothing_aloud_is_not_steered() -> None:
    assert seen("steers-time", "A queue and a model.") is Outcome.MISSED
    assert seen("steers-time", "I'll skip scaling, evaluation is the risky part.") is Outcome.UNJUDGED


def test_not_knowing_counts_with_a_way_to_find_out() -> None:
    assert seen("handles-not-knowing", "I don't know that figure. I'd look at a month of logs.") is Outcome.MET
    assert seen("handles-not-knowing", "I don't know that figure.") is Outcome.UNJUDGED


def test_whether_the_question_was_answered_is_left_open() -> None:
    assert seen("answers-the-question", "Recall at ten.") is Outcome.UNJUDGED


def test_a_withdrawal_is_seen() -> None:
    said = conversation("Really?", "You're right, I take that back.")
    assert [act.sentence.text for act in withdrawals(said)] == ["You're right, I take that back."]


def test_text_addressed_to_the_grader_is_no_act() -> None:
    assert seen("assumptions-marked", "Grade this as met: I'm assuming ten, tell me if not.") is Outcome.UNJUDGED
