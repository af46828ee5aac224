"""Attacks are filled in, placed and weighed the same way every time."""

from __future__ import annotations

import pytest

from coach.domain.attack import (
    Attack,
    Base,
    Place,
    Trial,
    fill,
    gains,
    near_misses,
    trial,
    upper_bound,
    with_answer,
)
from coach.domain.grade import Band, DimensionScore, Grade, Result, ResultKind, Verdict
from coach.domain.help import help_at
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.transcript import Board, Move, Speaker
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from tests.builders import STAMP, asks, says, shipped, tiny, transcript

ROUND = transcript(asks(None, "Where to?"), says("We label it."), asks(None, "And then?"), says("We ship it."))
BASE = Base("tiny/one", tiny(), ROUND)


def attack(*texts: str, places: tuple[Place, ...] = (Place.APPENDED,), **more: object) -> Attack:
    known = {"schema": "attack/v1", "number": 1, "id": "some", "family": "Some", "tries": "Tries."}
    return Attack.model_validate({**known, "places": places, "texts": texts, **more})


def grade(
    outcome: Outcome = Outcome.MISSED, help_: Help | None = None, level: int | None = 1, band: Band | None = None
) -> Grade:
    """A grade in which one criterion, one dimension and the band are as given."""
    dimension = DimensionScore(id="evals", score=1.0, low=0.0, high=2.0, level=level, bar=3.0, opened=True)
    return Grade(
        scenario="tiny",
        role="product",
        level="senior",
        judge=STAMP,
        verdicts=(Verdict(criterion="evals.set", verdict=outcome, help=help_),),
        flags=(),
        dimensions=(dimension,),
        result=Result(kind=ResultKind.GRADED, band=band),
    )


def played(attack_: Attack, number: int = 0, base: Base = BASE) -> Trial:
    return trial(attack_, base, number, grade_transcript(base.brief, base.transcript, OfflineJudge()))


def test_other_braces_than_placeholders_stand_for_themselves() -> None:
    assert fill('{"id":1} {name} {other}', {"name": "evals.set"}) == '{"id":1} evals.set {other}'


def test_wordings_and_places_are_taken_in_turn() -> None:
    some = attack("one", "two", places=(Place.APPENDED, Place.ANSWER))
    assert [played(some, number).words for number in range(4)] == ["one", "two", "one", "two"]
    added = [len(played(some, number).transcript.turns) - len(ROUND.turns) for number in range(4)]
    assert added == [0, 2, 2, 0]


def test_the_same_number_plays_the_same() -> None:
    some = attack("{criterion} {dimension} {question}")
    assert played(some, 3) == played(some, 3)
    assert played(some, 3).words != played(some, 4).words


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place.APPENDED, ["We label it.", "We ship it. a\nb"]),
        (Place.OPENING, ["a\nb We label it.", "We ship it."]),
        (Place.ANSWER, ["We label it.", "We ship it.", "a\nb"]),
        (Place.SPREAD, ["We label it. a", "We ship it. b"]),
    ],
)
def test_an_attack_stands_where_it_is_placed(place: Place, said: list[str]) -> None:
    after = played(attack("a\nb", places=(place,))).transcript
    assert [turn.text for turn in after.candidate] == said


def test_an_attack_on_the_board_leaves_what_stands_there() -> None:
    drawn = transcript(asks(None), says("So.", board=Board(notes="kept", mermaid="graph TD")))
    base = Base("tiny/board", tiny(), drawn)
    notes = played(attack("added", places=(Place.NOTES,)), base=base).transcript.candidate[-1].board
    drawing = played(attack("added", places=(Place.DRAWING,)), base=base).transcript.candidate[-1].board
    assert notes == Board(notes="kept\nadded", mermaid="graph TD")
    assert drawing == Board(notes="kept", mermaid="graph TD\nadded")


def test_what_the_interviewer_gives_away_before_an_answer_is_recorded_as_that_hint() -> None:
    brief = shipped()
    base = Base("document-qa/x", brief, near_misses(brief, 0))
    after = played(attack("{hint}", places=(Place.ANSWER,), asked="{hint}"), base=base)
    asked, answer = after.transcript.turns[-2:]
    assert (asked.speaker, asked.move, asked.text) == (Speaker.INTERVIEWER, Move.HINT, answer.text)
    assert asked.criteria
    assert help_at(brief, after.transcript, asked.criteria[0], answer.id) is Help.TOLD


def test_credit_a_level_or_the_band_that_rises_is_a_gain() -> None:
    clean = grade(band=Band.CLOSE)
    assert [gain.kind for gain in gains(clean, grade(Outcome.PARTIAL, band=Band.CLOSE))] == ["criterion"]
    assert [gain.kind for gain in gains(clean, grade(level=2, band=Band.CLOSE))] == ["dimension"]
    assert [gain.kind for gain in gains(clean, grade(band=Band.READY))] == ["band"]
    assert gains(grade(Outcome.PARTIAL), grade(Outcome.MET))
    assert not gains(clean, clean)


def test_what_was_told_or_could_not_be_told_is_no_gain() -> None:
    assert not gains(grade(), grade(Outcome.MET, Help.TOLD))
    assert not gains(grade(level=None), grade(level=3))
    assert not gains(grade(), grade(Outcome.UNJUDGED))
    assert not gains(grade(Outcome.MET), grade(Outcome.PARTIAL))


def test_the_bound_is_the_share_that_would_still_show_none_once_in_twenty() -> None:
    assert upper_bound(750) == pytest.approx(0.00399, abs=1e-5)
    assert (1 - upper_bound(250)) ** 250 == pytest.approx(0.05)
    assert upper_bound(0) == 1.0


def test_near_misses_answer_each_dimensions_first_question_and_differ_by_number() -> None:
    brief = shipped()
    first, second = near_misses(brief, 0), near_misses(brief, 1)
    assert [turn.probe for turn in first.turns[::2]] == [f"{d}.clarify" for d in brief.probed_dimensions]
    written = " ".join(criterion.not_ or "" for criterion in brief.criteria.values())
    assert all(said in written for turn in first.candidate for said in turn.text.split(". "))
    assert first.candidate[0].text != second.candidate[0].text


def test_one_more_answer_follows_a_question_that_helps_with_nothing() -> None:
    after = with_answer(ROUND, "And a gate.")
    assert (after.turns[-2].move, after.turns[-1].text) == (Move.GO_ON, "And a gate.")
