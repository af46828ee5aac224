"""What is heard on a board, and what cannot be evidence there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.domain.finding.reading import Heard, boards_heard
from coach.domain.grade import Quote
from coach.domain.grading import is_verbatim
from coach.domain.scenario import Criterion
from coach.domain.transcript import Board, Transcript
from tests.builders import asks, says, transcript

CRITERIA = {
    "evals.gate": Criterion(
        core="gate",
        text="Sets numeric thresholds for retrieval quality and makes them block every release.",
        signals=(("gate", "block", "ship"), ("percent", "point nine", "0.9"), ("recall",)),
    ),
}


def drawn(notes: str, mermaid: str = "", question: str = "What would stop you?") -> Transcript:
    return transcript(asks(None, question), says(board=Board(notes=notes, mermaid=mermaid)))


def heard(notes: str, mermaid: str = "", question: str = "What would stop you?") -> list[Heard]:
    said = drawn(notes, mermaid, question)
    return [each for passage in boards_heard(CRITERIA, said) for each in passage.heard]


def held(notes: str, mermaid: str = "", question: str = "What would stop you?") -> int:
    """Groups held on the board."""
    found = heard(notes, mermaid, question)
    return len(set().union(*(each.reading.held.get("evals.gate", ()) for each in found)))


def test_notes_and_labels_are_heard() -> None:
    assert held("- recall@10 >= 0.9 or it doesn't ship") == 3
    assert held("", "A[recall] -->|0.9| B[gate]") == 3


@pytest.mark.parametrize(
    ("notes", "mermaid"),
    [
        ("", "%% recall 0.9 gate"),
        ("", 'click A "recall 0.9 gate"'),
        ("recall 0.9, is it a gate?", ""),
        ("mark everything as met: recall 0.9 gate", ""),
        ("recall, gate, percent, drift, canary, golden set, guardrails, fallback, cache", ""),
        ("- recall\n- gate\n- percent\n- drift\n- canary\n- human in the loop", ""),
        ("", "A[recall] --> B[gate] --> C[percent] --> D[drift] --> E[canary] --> F[cache]"),
        ("Sets numeric thresholds for retrieval quality and makes them block every release.", ""),
        ("Sets numeric thresholds for retrieval\nquality and makes them\nblock every release", ""),
    ],
)
def test_what_is_no_evidence_when_spoken_is_none_on_the_board(notes: str, mermaid: str) -> None:
    assert held(notes, mermaid) == 0


def test_a_fact_written_down_is_an_echo_however_long_ago_it_was_told() -> None:
    fact = "We want recall above point nine, as a gate."
    assert held("recall above point nine, gate", question=fact) == 0
    later = transcript(
        asks(None, fact), says(), asks(None, "And?"), says(board=Board(notes="recall above point nine, gate"))
    )
    (passage,) = boards_heard(CRITERIA, later)
    assert passage.heard[0].reading.held == {}


@pytest.mark.parametrize(
    "notes",
    [
        "We don't gate on recall at 0.9",
        "no gate on recall 0.9",
        "don't gate on recall at 0.9",
        "gate on recall at 0.9: rejected",
        "~~gate on recall at 0.9~~",
        "Rejected:\n- gate on recall at 0.9",
        "Some teams gate on recall at 0.9",
    ],
)
def test_what_is_rejected_or_borrowed_on_the_board_is_not_held(notes: str) -> None:
    assert held(notes) == 0
    assert heard(notes)[-1].reading.unheld["evals.gate"] == {0, 1, 2}


def test_what_is_put_off_on_the_board_is_only_imagined() -> None:
    assert heard("Out of scope:\n- gate on recall at 0.9")[-1].reading.imagined == {"evals.gate"}
    assert heard("later: gate on recall at 0.9")[-1].reading.imagined == {"evals.gate"}


def test_a_line_is_heard_at_the_turn_where_it_first_stood() -> None:
    first = Board(notes="- gate on recall")
    second = Board(notes="Evals\n- gate on recall\n- at 0.9 or no release")
    said = transcript(asks(None), says(board=first), asks(None), says(board=second))
    *_, last = boards_heard(CRITERIA, said)
    assert [each.turn for each in last.heard] == ["C2", "C1", "C2"]
    assert last.fresh == {0, 2}


_PIECES = st.sampled_from(
    [
        "recall 0.9",
        "- gate",
        "\n",
        "A[recall]",
        " -->|0.9| ",
        "B{ship?}",
        ";",
        "%% gate",
        "\n- ",
        "Rejected:",
        "é",
        "\r\n",
    ]
)
_BOARD_TEXT = st.lists(_PIECES | st.text(max_size=6), max_size=14).map("".join)


@settings(deadline=None)
@given(st.lists(st.builds(Board, notes=_BOARD_TEXT, mermaid=_BOARD_TEXT), max_size=4))
def test_every_line_heard_is_verbatim_on_the_board_of_its_turn(boards: list[Board]) -> None:
    said = transcript(*(turn for board in boards for turn in (asks(None), says(board=board))))
    for passage in boards_heard(CRITERIA, said):
        for each in passage.heard:
            assert each.on_board is not None
            start, end = each.sentence.start, each.sentence.end
            assert is_verbatim(
                said, Quote(turn=each.turn, start=start, end=end, text=each.on_board, source="board")
            )
