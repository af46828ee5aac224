"""Coverage during a round is what need not be asked again."""

from __future__ import annotations

from coach.domain.finding.coverage import coverage
from coach.domain.scenario import Outcome
from coach.domain.transcript import Board, Transcript
from tests.golden_rounds import conversation, golden_round

BRIEF = golden_round("document-qa/p1").brief
ANSWER = "Recall at ten for retrieval, then supported-claim rate and correctness given the right passages."


def test_a_full_match_is_covered_and_touches_its_dimension() -> None:
    known = coverage(BRIEF, conversation("How do you know it works?", ANSWER))
    assert known.found["evals.retrieval-apart-from-answer"] is Outcome.MET
    assert "evals" in known.touched


def test_nothing_said_covers_nothing() -> None:
    known = coverage(BRIEF, conversation("How do you know it works?", "Hm."))
    assert known.found == {}
    assert known.touched == frozenset()


def test_only_dimensions_that_can_be_asked_about_are_covered() -> None:
    known = coverage(BRIEF, golden_round("document-qa/p1").transcript)
    assert {name.split(".")[0] for name in known.found} <= set(BRIEF.probed_dimensions)
    assert known.touched == set(BRIEF.probed_dimensions)


def test_what_was_covered_once_stays_touched_as_the_round_grows() -> None:
    transcript = golden_round("document-qa/p1").transcript
    touched: frozenset[str] = frozenset()
    for end in range(2, len(transcript.turns), 4):
        now = coverage(BRIEF, transcript.model_copy(update={"turns": transcript.turns[:end]})).touched
        assert touched <= now
        touched = now


def with_notes(notes: str) -> Transcript:
    """A short answer beside a board with these notes."""
    question, answer = conversation("How do you know it works?", "It is on the board.").turns
    drawn = answer.model_copy(update={"board": Board(notes=notes)})
    return conversation().model_copy(update={"turns": (question, drawn)})


def test_what_stands_on_the_board_need_not_be_asked_again() -> None:
    known = coverage(BRIEF, with_notes(f"Evals:\n- {ANSWER}"))
    assert known.found["evals.retrieval-apart-from-answer"] is Outcome.MET
    assert "evals" in known.touched


def test_terms_jotted_down_are_still_asked_about() -> None:
    known = coverage(BRIEF, with_notes("- recall\n- faithfulness\n- golden set\n- monthly"))
    assert known.found == {}
    assert known.touched == frozenset()
