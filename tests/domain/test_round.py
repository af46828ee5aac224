"""A round: its clock, its transcript, and the turn a step makes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from coach.domain.round import Setup, Step
from coach.domain.transcript import Board, Move, Speaker
from tests.builders import NINE, ask_for, begun, played, tiny


def test_a_round_is_over_once_it_has_an_end() -> None:
    round_ = begun(tiny())
    assert not round_.is_over
    assert round_.model_copy(update={"ended_at": NINE}).is_over


def test_the_clock_counts_from_the_start_and_stops_at_the_end() -> None:
    round_ = begun(tiny())
    assert round_.elapsed(NINE + timedelta(seconds=90)) == 90.0
    ended = round_.model_copy(update={"ended_at": NINE + timedelta(seconds=60)})
    assert ended.elapsed(NINE + timedelta(hours=9)) == 60.0


def test_the_clock_never_runs_backwards() -> None:
    assert begun(tiny()).elapsed(NINE - timedelta(minutes=1)) == 0.0


def test_the_transcript_carries_how_the_round_was_set_up() -> None:
    said = played(
        tiny(), "Hello.", role="infra", level="staff", minutes=35, style="challenging", rehearse=True
    ).transcript
    assert (said.scenario, said.role, said.level, said.minutes, said.style, said.rehearse) == (
        "tiny", "infra", "staff", 35, "challenging", True,
    )  # fmt: skip
    assert [turn.text for turn in said.turns] == ["Hello."]


def test_a_step_leaves_its_record_on_the_turn_it_makes() -> None:
    hint = Step(move=Move.HINT, dimension="evals", hint=2, criteria=("evals.set",))
    turn = hint.turn("I4", "You have a year of loans.", 61.5)
    assert (turn.id, turn.speaker, turn.at, turn.text) == (
        "I4",
        Speaker.INTERVIEWER,
        61.5,
        "You have a year of loans.",
    )
    assert (turn.move, turn.dimension, turn.hint, turn.criteria) == (Move.HINT, "evals", 2, ("evals.set",))
    probe = ask_for("evals.depth").turn("I5", "Of what?", 70.0)
    assert (probe.move, probe.dimension, probe.probe) == (Move.PROBE, "evals", "evals.depth")
    fact = Step(move=Move.FACT, fact="money").turn("I6", "A hundred.", 80.0)
    ball = Step(move=Move.CURVEBALL, curveball="flood").turn("I7", "A flood.", 90.0)
    assert (fact.fact, ball.curveball) == ("money", "flood")


@pytest.mark.parametrize("minutes", [4, 121])
def test_a_round_lasts_between_five_minutes_and_two_hours(minutes: int) -> None:
    with pytest.raises(ValidationError):
        Setup(scenario="tiny", minutes=minutes)


def test_the_clock_stands_still_in_a_pause_and_never_counts_it() -> None:
    round_ = begun(tiny()).model_copy(update={"paused_at": NINE + timedelta(seconds=40), "paused_seconds": 10.0})
    assert round_.is_paused
    assert round_.elapsed(NINE + timedelta(hours=3)) == 30.0
    ended = round_.model_copy(update={"ended_at": NINE + timedelta(hours=3)})
    assert not ended.is_paused
    assert ended.elapsed(NINE + timedelta(hours=9)) == 30.0
    assert ended.model_copy(update={"paused_at": None}).elapsed(NINE) == 3 * 3600 - 10


def test_the_board_is_unsaid_until_an_answer_has_carried_it() -> None:
    board = Board(notes="hybrid")
    round_ = played(tiny(), "Hello.")
    assert round_.unsaid_board is None
    drawn = round_.model_copy(update={"board": board})
    assert drawn.unsaid_board == board
    said = drawn.turns[-1].model_copy(update={"board": board})
    assert drawn.model_copy(update={"turns": (said,)}).unsaid_board is None
