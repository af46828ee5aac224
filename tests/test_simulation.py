"""Simulated rounds: played to their end on a clock of their own, checked, graded and compared."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from coach.content.prompts import FilePrompts
from coach.domain.grade import DimensionScore
from coach.domain.round import Round, Setup
from coach.domain.transcript import Style
from coach.engines.offline.candidates import candidates
from coach.engines.offline.judge import OfflineJudge
from coach.errors import ModelRefusedError
from coach.simulation import SEPARATION, Simulated, play_out, separation, simulate
from tests.archive.builders import grade
from tests.builders import begun, interviewer, library, shipped


@dataclass(frozen=True)
class Says:
    """Says the same thing whatever is asked."""

    words: str
    name: str = "parrot"

    def answer(self, round_: Round) -> str:
        return self.words


@dataclass(frozen=True)
class Refuses:
    """A candidate whose model takes no request."""

    name: str = "refused"

    def answer(self, round_: Round) -> str:
        raise ModelRefusedError("The key is refused.")


def _everybody() -> list[Simulated]:
    people = candidates(FilePrompts(), library().walkthrough("document-qa"), None)
    return list(simulate(shipped(), interviewer(), OfflineJudge(), people, 12))


def test_every_candidate_plays_in_every_style() -> None:
    played = _everybody()
    assert len({(one.candidate, one.style) for one in played}) == 9 * len(Style) == len(played)
    assert all(len(one.checks) == 15 for one in played)
    assert all(one.round.transcript.minutes == 12 for one in played)


def test_the_same_candidates_always_play_the_same_rounds() -> None:
    assert [one.round for one in _everybody()] == [one.round for one in _everybody()]


def test_rounds_played_side_by_side_are_the_same_and_come_in_the_same_order() -> None:
    people = [Says("No.", name="no"), Says("Hm.", name="hm"), Says("", name="nothing")]
    one, several = (
        [
            (played.candidate, played.style, played.round)
            for played in simulate(shipped(), interviewer(), OfflineJudge(), people, 5, at_once=at_once)
        ]
        for at_once in (1, 4)
    )
    assert one == several
    assert [name for name, _, _ in one] == [person.name for person in people for _ in Style]


def test_the_rounds_before_one_that_cannot_be_played_are_handed_over() -> None:
    rounds = simulate(shipped(), interviewer(), OfflineJudge(), [Says("No."), Refuses()], 5)
    assert [next(rounds).candidate for _ in Style] == ["parrot"] * len(Style)
    with pytest.raises(ModelRefusedError):
        next(rounds)


def test_a_strong_candidate_is_told_from_a_bluffing_one() -> None:
    played = {(one.candidate, one.style): one for one in _everybody()}
    apart = separation(played["strong", Style.NEUTRAL], played["bluffing", Style.NEUTRAL])
    assert len(apart) == 8
    assert sum(value >= SEPARATION for value in apart.values()) >= 6


def test_silence_is_waited_for_and_makes_no_turn() -> None:
    round_ = play_out(shipped(), Setup(scenario="document-qa", minutes=12), interviewer(), Says(""))
    assert round_.transcript.candidate == ()
    assert round_.turns[-1].at


@pytest.mark.parametrize("words", ["Hm.", "No.", "Next question, please."])
def test_a_candidate_who_gives_nothing_is_led_to_the_end(words: str) -> None:
    round_ = play_out(shipped(), Setup(scenario="document-qa", minutes=120), interviewer(), Says(words))
    assert list(round_.steps.values())[-1].ends


def test_what_could_not_be_told_counts_as_what_was_earned_for_sure() -> None:
    def scored(score: float | None, low: float) -> Simulated:
        dimension = DimensionScore(id="evals", score=score, low=low, high=4.0, level=None, bar=3.0, opened=True)
        graded = grade().model_copy(update={"dimensions": (dimension,)})
        round_ = begun(shipped())
        return Simulated(candidate="x", style=Style.NEUTRAL, round=round_, checks=(), grade=graded)

    assert separation(scored(3.0, 2.0), scored(None, 0.5)) == {"evals": 2.5}
    assert separation(scored(None, 2.0), scored(1.0, 0.0)) == {"evals": 1.0}
