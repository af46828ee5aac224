from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.grade import FlagFinding, Grade, Quote, Verdict
from coach.domain.scenario import Outcome
from coach.ui.drawing.strip import COLUMNS, evidence_marks, spans, strip, thumbnail
from tests.archive.builders import grade, played_round
from tests.builders import asks, says, transcript


def _found(outcome: Outcome, turn: str, criterion: str = "evals.golden-set") -> Verdict:
    return Verdict(
        criterion=criterion, verdict=outcome, quotes=(Quote(turn=turn, start=2, end=12, text="golden set"),)
    )


def _with(*verdicts: Verdict, flags: tuple[FlagFinding, ...] = ()) -> Grade:
    return grade().model_copy(update={"verdicts": verdicts, "flags": flags})


def test_a_mark_counts_what_one_turn_is_evidence_of_in_one_dimension() -> None:
    found = _with(
        _found(Outcome.MET, "C2", "evals.golden-set"),
        _found(Outcome.PARTIAL, "C2", "evals.ci-gate"),
        _found(Outcome.MET, "C1", "data.formats"),
        _found(Outcome.MISSED, "C3", "cost.total"),
        flags=(
            FlagFinding(flag="evals.vibes-only", stands=True, quotes=(Quote(turn="C3", start=0, end=1, text="A"),)),
        ),
    )
    marks = evidence_marks(found, played_round().transcript)
    assert [(mark.turn, mark.dimension, mark.says) for mark in marks] == [
        ("C1", "data", "1 met"),
        ("C2", "evals", "1 met, 1 partly met"),
        ("C3", "evals", "1 held against you"),
    ]


def test_every_mark_leads_to_its_moment_and_says_what_is_there() -> None:
    drawn = strip(_with(_found(Outcome.MET, "C1"), _found(Outcome.PARTIAL, "C3", "data.formats")), played_round())
    links = re.findall(r'href="#(turn-C\d)" title="[^"]*" aria-label="([^"]*)"', drawn)
    assert links == [("turn-C3", "Data, C3 at 3:30: 1 partly met"), ("turn-C1", "Evaluation, C1 at 1:10: 1 met")]


def test_the_strip_can_be_read_as_a_table() -> None:
    drawn = strip(_with(_found(Outcome.MET, "C1")), played_round())
    assert "As a table: 1 moment in 1 of 9 dimensions" in drawn
    assert "<td>1:10</td>" in drawn


def test_without_evidence_there_is_no_strip_and_a_line_says_so() -> None:
    drawn = strip(_with(), played_round())
    assert "coach-strip" not in drawn
    assert "No words of this round are evidence" in drawn


def test_the_small_strip_is_one_picture_with_words_for_it() -> None:
    drawn = thumbnail(played_round(), _with(_found(Outcome.MET, "C1")))
    assert 'role="img" aria-label="A graded round as a picture: 1 moment' in drawn
    assert "href" not in drawn


@given(st.lists(st.sampled_from(["C1", "C2", "C3"]), min_size=1, max_size=20))
def test_every_mark_stands_inside_the_strip_and_no_two_in_one_place(turns: list[str]) -> None:
    verdicts = [_found(Outcome.MET, turn, f"evals.c{number}") for number, turn in enumerate(turns)]
    drawn = strip(_with(*verdicts), played_round())
    columns = [int(column) for column in re.findall(r"grid-column:(\d+)", drawn)]
    assert len(columns) == len(set(columns))
    assert all(1 <= column <= COLUMNS for column in columns)
    shown = [int(count) for count in re.findall(r'aria-label="[^"]*">(\d+)</a>', drawn)]
    assert sum(shown) == len(turns)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 300), st.integers(0, 400)), min_size=1, max_size=12))
def test_nobody_is_drawn_speaking_before_the_start_or_backwards(said: list[tuple[bool, int, int]]) -> None:
    at = 0.0
    turns = []
    for is_candidate, wait, words in said:
        at += wait
        turn = says("word " * words, at=at) if is_candidate else asks(None, "word " * words, at=at)
        turns.append(turn)
    assert all(0 <= begin <= end for begin, end in spans(transcript(*turns)))


def test_a_typed_answer_is_drawn_up_to_the_moment_it_was_sent() -> None:
    typed = transcript(asks(None, "Why?", at=0), says("word " * 130, at=90), asks(None, "And then?", at=90))
    assert spans(typed)[1] == (25.0, 90)
