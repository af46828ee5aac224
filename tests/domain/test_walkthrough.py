"""A walkthrough reads as a round."""

from __future__ import annotations

from coach.domain.transcript import Speaker
from coach.domain.walkthrough import Beat, Walkthrough

WALKTHROUGH = Walkthrough.model_validate(
    {
        "schema": "walkthrough/v1",
        "scenario": "document-qa",
        "role": "product",
        "level": "senior",
        "minutes": 42,
        "beats": [
            {
                "at": "00:40",
                "dimension": "framing",
                "interviewer": "Where to start?",
                "expert": "A plan.",
                "why": "w",
            },
            {"at": "07:30", "dimension": "curveball", "interviewer": "It broke.", "expert": "I look.", "why": "w"},
        ],
        "lesson": "Numbers and reasons.",
    }
)


def test_a_beats_time_is_minutes_and_seconds() -> None:
    assert [beat.seconds for beat in WALKTHROUGH.beats] == [40, 450]


def test_each_beat_becomes_a_turn_of_the_interviewer_and_one_of_the_candidate() -> None:
    turns = WALKTHROUGH.transcript.turns
    assert [turn.id for turn in turns] == ["I1", "C1", "I2", "C2"]
    assert [turn.speaker for turn in turns[:2]] == [Speaker.INTERVIEWER, Speaker.CANDIDATE]
    assert turns[2].at == 450
    assert (turns[3].at or 0) > 450


def test_a_curveball_beat_names_no_dimension_in_the_transcript() -> None:
    turns = WALKTHROUGH.transcript.turns
    assert turns[0].dimension == "framing"
    assert turns[2].dimension is None


def test_a_beat_is_frozen_and_strict() -> None:
    assert Beat.model_config["frozen"]
    assert Beat.model_config["extra"] == "forbid"
