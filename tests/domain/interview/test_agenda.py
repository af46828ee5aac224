"""What the interviewer does next, over a whole round."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.interview.agenda import Wish, ledger_of, next_step
from coach.domain.interview.timebox import CLOSE
from coach.domain.round import Round, Situation, Step
from coach.domain.transcript import Move
from tests.builders import ask_for, begun, converse, last, played, shipped, steps, tiny

TALK = "I would start from the person at the other end and work backwards, since that is who lives with the result."
OPENING = Step(move=Move.OPENING, situation=Situation.GREETING)
FACT = Step(move=Move.FACT, fact="money")
NEAR_THE_END = CLOSE.start * 45 * 60


def long_round(**setup: Any) -> Round:
    """Half an hour in which all four dimensions of the tiny scenario were opened."""
    said: list[Step | str] = [OPENING, TALK]
    for dimension in ("framing", "data", "evals", "safety"):
        said += [item for _ in range(6) for item in (FACT, TALK)]
        said += [ask_for(f"{dimension}.clarify"), TALK]
    return played(tiny(), *said, every=40, **setup)


def test_the_opening_comes_first_and_once() -> None:
    round_ = begun(shipped())
    assert next_step(round_, 0.0) == OPENING
    moves = [step.move for step in steps(converse(round_, *[TALK] * 5))]
    assert moves.count(Move.OPENING) == 1
    assert moves[0] is Move.OPENING


def test_the_same_round_at_the_same_time_always_gets_the_same_step() -> None:
    round_ = long_round()
    assert next_step(round_, 2_200.0) == next_step(round_, 2_200.0)


def test_the_round_closes_with_summary_questions_and_a_goodbye_that_ends_it() -> None:
    round_ = converse(long_round(), "So that is the plan.", every=NEAR_THE_END - 2_280 + 1)
    assert (last(round_).move, last(round_).situation) == (Move.CLOSE, Situation.SUMMARY)
    round_ = converse(round_, TALK, "No questions from me.")
    assert [step.situation for step in steps(round_)[-3:]] == [
        Situation.SUMMARY,
        Situation.QUESTIONS,
        Situation.GOODBYE,
    ]
    assert [step.ends for step in steps(round_)[-3:]] == [False, False, True]


def test_the_close_waits_for_its_box() -> None:
    round_ = long_round()
    assert next_step(round_, NEAR_THE_END - 1).situation is not Situation.SUMMARY
    assert next_step(round_, NEAR_THE_END + 1).situation is Situation.SUMMARY


def closing(*said: str | Wish) -> Step:
    round_ = long_round()
    summary = Step(move=Move.CLOSE, situation=Situation.SUMMARY)
    turn = summary.turn("I99", "Summarise.", NEAR_THE_END)
    round_ = round_.model_copy(update={"turns": (*round_.turns, turn), "steps": {**round_.steps, "I99": summary}})
    return last(converse(round_, *said, every=20))


def test_a_question_asked_at_the_end_is_answered_from_the_sheet() -> None:
    step = closing(TALK, "What is the budget?")
    assert (step.situation, step.fact, step.ends) == (Situation.GOODBYE, "money", True)


def test_silence_at_the_close_gets_patience_once_and_then_goes_on() -> None:
    assert closing(Wish.SILENCE).situation is Situation.FIRST_SILENCE
    assert closing(Wish.SILENCE, Wish.SILENCE).situation is Situation.QUESTIONS
    assert closing(Wish.THINK).situation is Situation.THINKING_TIME
    assert closing(Wish.REPEAT).situation is Situation.REPEAT


def test_a_silent_candidate_is_told_that_the_round_is_over() -> None:
    round_ = converse(begun(tiny(), minutes=12), *[Wish.SILENCE] * 26, every=30)
    assert any(step.ends for step in steps(round_))


def test_five_minutes_before_the_end_it_says_so_once() -> None:
    round_ = converse(long_round(), TALK, every=2_399 - 2_280)
    assert not any(step.warns for step in steps(round_))
    round_ = converse(round_, TALK, TALK, TALK, every=30)
    assert [step.warns for step in steps(round_)].count(True) == 1
    assert "five minutes" in " ".join(turn.text for turn in round_.turns[-6:])


def test_the_close_does_not_warn() -> None:
    round_ = converse(long_round(), TALK, every=NEAR_THE_END - 2_280 + 1)
    assert last(round_).situation is Situation.SUMMARY
    assert not last(round_).warns


@pytest.mark.parametrize(
    ("wish", "situation"), [(Wish.THINK, Situation.THINKING_TIME), (Wish.REPEAT, Situation.REPEAT)]
)
def test_thinking_time_and_a_repeat_can_be_wished_for(wish: Wish, situation: Situation) -> None:
    step = last(converse(begun(tiny()), TALK, wish))
    assert (step.move, step.situation) == (Move.FALLBACK, situation)


def test_the_question_is_said_again_word_for_word() -> None:
    round_ = converse(begun(shipped()), TALK, Wish.REPEAT, Wish.REPEAT)
    assert round_.turns[-1].text == round_.turns[-2].text == round_.turns[-3].text


def test_coverage_and_gains_come_from_what_the_candidate_said() -> None:
    golden = (
        "Three hundred questions sampled from the search logs by line of business, experts mark the passages, "
        "twenty replaced a month from production failures."
    )
    round_ = converse(begun(shipped()), "Hello.", golden)
    ledger = ledger_of(round_, 180.0)
    assert "evals.golden-set" in ledger.coverage.found
    assert ledger.gains[-1] > 0
    assert ledger_of(converse(begun(shipped()), "Hello.", "Good morning."), 180.0).gains == (0, 0)


def test_interviewer_words_cover_nothing() -> None:
    assert ledger_of(converse(begun(shipped()), "How many people use this?"), 60.0).coverage.found == {}
