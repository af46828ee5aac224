"""How somebody talked: figures, and none where they cannot be told."""

from __future__ import annotations

import pytest

from coach.domain.talk import Monologue, Pace, Thought, talk
from coach.domain.transcript import Move
from tests.builders import asks, says, transcript

ROUND = transcript(
    asks(Move.OPENING, "word " * 20, at=0.0),
    says("word " * 60, at=40.0),
    asks(Move.PROBE, "word " * 10, at=45.0, interrupted=True),
    says("word " * 30, at=80.0),
)
LENGTHS = {"I1": 8.0, "C1": 24.0, "I2": 4.0, "C2": 20.0}
BEGAN = {"C1": 11.0, "C2": 48.0}


def test_the_share_of_words_needs_no_clock() -> None:
    assert talk(ROUND).word_share == pytest.approx(90 / 120)
    assert talk(transcript()).word_share is None


def test_the_share_of_time_is_of_what_was_measured() -> None:
    assert talk(ROUND, LENGTHS).time_share == pytest.approx(44 / 56)
    assert talk(ROUND, {"I1": 8.0, "C1": 24.0}).time_share == pytest.approx(0.75)


@pytest.mark.parametrize("lengths", [{}, {"C1": 24.0, "C2": 20.0}, {"I1": 8.0}, {"I1": 0.0, "C1": 0.0}])
def test_there_is_no_share_of_time_where_one_of_the_two_was_not_measured(lengths: dict[str, float]) -> None:
    assert talk(ROUND, lengths).time_share is None


def test_the_longest_turn_is_told_by_time_where_there_is_one() -> None:
    assert talk(ROUND, LENGTHS).longest == Monologue(turn="C1", words=60, seconds=24.0)
    assert talk(ROUND, {"C2": 20.0}).longest == Monologue(turn="C2", words=30, seconds=20.0)
    assert talk(ROUND).longest == Monologue(turn="C1", words=60, seconds=None)
    assert talk(transcript(asks(Move.OPENING))).longest is None


def test_thinking_time_runs_from_the_end_of_a_question_to_the_first_word() -> None:
    found = talk(ROUND, LENGTHS, BEGAN)
    assert found.thinking == (Thought(turn="C1", seconds=3.0), Thought(turn="C2", seconds=0.0))
    assert found.usual_thinking == 1.5


def test_a_question_that_began_late_is_measured_from_there() -> None:
    found = talk(ROUND, LENGTHS, {**BEGAN, "I1": 2.0})
    assert found.thinking[0] == Thought(turn="C1", seconds=1.0)


def test_there_is_no_thinking_time_where_an_end_or_a_beginning_is_unknown() -> None:
    assert talk(ROUND, LENGTHS).thinking == ()
    assert talk(ROUND, {"C1": 24.0}, BEGAN).thinking == ()
    assert talk(ROUND).usual_thinking is None
    twice = transcript(says("One.", at=1.0), says("Two.", at=2.0))
    assert talk(twice, {"C1": 1.0, "C2": 1.0}, {"C1": 0.0, "C2": 1.5}).thinking == ()


def test_pace_is_told_turn_by_turn() -> None:
    found = talk(ROUND, LENGTHS, BEGAN)
    assert found.pace == (
        Pace(turn="C1", at=11.0, words_per_minute=150.0),
        Pace(turn="C2", at=48.0, words_per_minute=90.0),
    )
    assert found.usual_pace == 120.0
    assert talk(ROUND, LENGTHS).pace[0].at == 40.0
    assert talk(ROUND).pace == ()
    assert talk(ROUND).usual_pace is None


def test_a_yes_has_no_pace() -> None:
    assert talk(transcript(says("Yes.")), {"C1": 0.4}).pace == ()


def test_pace_is_of_what_was_said_and_not_of_what_it_was_corrected_to() -> None:
    corrected = transcript(says("word " * 10, heard="word " * 20))
    assert talk(corrected, {"C1": 10.0}).pace[0].words_per_minute == 120.0


def test_interruptions_are_told_only_where_somebody_kept_track() -> None:
    assert talk(ROUND).interrupted == ("I2",)
    assert talk(transcript(asks(Move.OPENING, interrupted=False), says())).interrupted == ()
    assert talk(transcript(asks(Move.OPENING), says())).interrupted is None
