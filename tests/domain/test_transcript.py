"""Transcripts: numbering, virtual time, what a file may leave out."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from coach.domain.transcript import Move, Speaker, Transcript, Turn, speaking_seconds
from tests.builders import asks, says, transcript


def read(*turns: dict[str, object]) -> Transcript:
    return Transcript.model_validate({"scenario": "tiny", "turns": turns})


def test_a_file_may_lack_all_but_speaker_and_text() -> None:
    said = read({"speaker": "interviewer", "text": "Hello."}, {"speaker": "candidate", "text": "Hi."})
    assert [turn.id for turn in said.turns] == ["I1", "C1"]
    assert (said.minutes, said.level, said.role, said.mode, said.style) == (
        45,
        "senior",
        "product",
        "chat",
        "neutral",
    )


def test_turns_without_an_id_are_numbered_around_those_that_have_one() -> None:
    said = read(
        {"speaker": "candidate", "text": "One."},
        {"speaker": "candidate", "text": "Two.", "id": "C3"},
        {"speaker": "candidate", "text": "Three."},
    )
    ids = [turn.id for turn in said.turns]
    assert ids[1] == "C3"
    assert len(set(ids)) == 3


def test_a_turn_id_used_twice_is_an_error_that_names_it() -> None:
    with pytest.raises(ValidationError, match="'C1' is used twice"):
        read({"speaker": "candidate", "text": "A", "id": "C1"}, {"speaker": "candidate", "text": "B", "id": "C1"})


@pytest.mark.parametrize(
    "turn",
    [
        {"speaker": "candidate", "text": "A", "mood": "calm"},
        {"speaker": "nobody", "text": "A"},
        {"speaker": "interviewer", "text": "A", "hint": 4},
        {"speaker": "interviewer", "text": "A", "move": "praise"},
        {"speaker": "candidate", "text": "A", "at": -1},
        {"speaker": "candidate", "text": "A", "at": float("inf")},
    ],
)
def test_what_is_not_in_the_format_is_an_error(turn: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read(turn)


def test_a_turn_takes_its_words_at_130_a_minute_and_five_seconds() -> None:
    assert speaking_seconds("word " * 130) == pytest.approx(65.0)
    assert speaking_seconds("") == 5.0


def test_without_times_the_clock_is_virtual() -> None:
    said = transcript(asks(Move.OPENING, "word " * 130), says("word " * 65), says("Last."))
    assert said.starts == pytest.approx((0.0, 65.0, 100.0))
    assert said.seconds == pytest.approx(100.0 + speaking_seconds("Last."))


def test_a_known_time_sets_the_clock_for_the_turns_after_it() -> None:
    said = transcript(asks(Move.OPENING, "word " * 130), says("word " * 130, at=200.0), says("Later."))
    assert said.starts == pytest.approx((0.0, 200.0, 265.0))


def test_an_empty_transcript_lasts_no_time() -> None:
    assert transcript().seconds == 0.0
    assert transcript().starts == ()


def test_the_next_id_goes_on_counting_for_each_speaker() -> None:
    said = transcript(asks(Move.OPENING), says("A."), says("B."))
    assert (said.next_id(Speaker.CANDIDATE), said.next_id(Speaker.INTERVIEWER)) == ("C3", "I2")
    assert transcript().next_id(Speaker.CANDIDATE) == "C1"


def test_the_next_id_is_new_even_where_a_file_skips_numbers() -> None:
    said = read(
        {"speaker": "candidate", "text": "A", "id": "C9"}, {"speaker": "candidate", "text": "B", "id": "C2"}
    )
    assert said.next_id(Speaker.CANDIDATE) == "C10"


def test_candidate_turns_stand_in_order() -> None:
    said = transcript(says("A."), asks(Move.GO_ON), says("B."))
    assert [turn.text for turn in said.candidate] == ["A.", "B."]


def test_a_transcript_with_more_turns_knows_their_times_too() -> None:
    short = transcript(says("word " * 130))
    assert short.seconds == pytest.approx(65.0)
    longer = short.with_turns([Turn(id="C2", speaker=Speaker.CANDIDATE, text="word " * 130)])
    assert longer.seconds == pytest.approx(130.0)
    assert len(longer.candidate) == 2
    assert short.seconds == pytest.approx(65.0)
