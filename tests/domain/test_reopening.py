"""Which question a criterion is answered to once more."""

from __future__ import annotations

from coach.domain.reopening import Question, question_for
from coach.domain.transcript import Move
from tests.builders import asks, probes, says, tiny, transcript

GATE = "evals.gate"


def test_the_question_that_exposed_it_comes_first() -> None:
    said = transcript(
        probes("evals.clarify", "How so?"), says(), probes("evals.failure", "Why did nothing stop it?"), says()
    )
    assert question_for(tiny(), said, GATE) == Question(
        text="Why did nothing stop it?", turn="I2", probe="evals.failure"
    )
    assert question_for(tiny(), said, "evals.set") == Question(text="How so?", turn="I1", probe="evals.clarify")


def test_else_the_one_that_the_words_were_said_to() -> None:
    follow_up = asks(Move.FOLLOW_UP, "Who marks them?", dimension="evals")
    said = transcript(probes("evals.clarify"), says(), follow_up, says())
    asked = question_for(tiny(), said, "evals.set", "C2")
    assert asked == Question(text="Who marks them?", turn="I2", probe=None)


def test_a_question_that_was_not_answered_or_asks_for_something_else_is_not_the_one() -> None:
    said = transcript(
        probes("data.clarify"), says(), asks(Move.HINT, dimension="evals", hint=1), says(), probes("evals.clarify")
    )
    asked = question_for(tiny(), said, GATE, "C1")
    assert asked == Question(text=tiny().scenario.probes["evals"]["failure"], turn=None, probe="evals.failure")  # type: ignore[index]


def test_what_nobody_asked_has_the_scenarios_own_question() -> None:
    said = transcript(asks(Move.OPENING), says())
    asked = question_for(tiny(), said, "evals.set")
    assert asked == Question(text="How do you know it works?", turn=None, probe="evals.clarify")


def test_a_dimension_without_questions_has_none() -> None:
    assert question_for(tiny(), transcript(asks(Move.OPENING), says()), "communication.plan-stated") is None


def test_a_transcript_without_moves_is_read_by_its_questions() -> None:
    said = transcript(asks(None, "How do you know it works?"), says(), asks(None, "Fine."), says())
    asked = question_for(tiny(), said, "evals.set")
    assert asked is not None
    assert asked.turn == "I1"
