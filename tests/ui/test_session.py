from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.transcript import Board
from coach.ui.session import both, revision, submission


@given(text=st.text(), answers=st.integers(0, 1_000))
def test_the_same_submission_has_the_same_key(text: str, answers: int) -> None:
    assert submission(answers, text) == submission(answers, f" {text}\n")


@given(text=st.text(), answers=st.integers(0, 1_000))
def test_the_same_words_after_one_more_answer_have_another_key(text: str, answers: int) -> None:
    assert submission(answers, text) != submission(answers + 1, text)


def test_other_words_have_another_key() -> None:
    assert submission(3, "hybrid search") != submission(3, "hybrid  search")


@given(st.text(), st.text(), st.text(), st.text())
def test_what_two_tabs_drew_at_once_is_kept_whole(kept: str, drawn: str, notes: str, drawing: str) -> None:
    ours, theirs = Board(notes=kept, mermaid=drawn), Board(notes=notes, mermaid=drawing)
    together = both(ours, theirs)
    for words in (kept, notes, drawing, *drawn.splitlines()):
        assert words in together.notes or words in together.mermaid


def test_a_board_that_only_grew_is_as_it_was_written() -> None:
    grown = Board(notes="OCR first, then chunks", mermaid="graph TD; a-->b")
    assert both(Board(notes="OCR first", mermaid="graph TD; a"), grown) == grown


def test_a_revision_tells_boards_apart() -> None:
    assert revision(Board(notes="a")) == revision(Board(notes="a")) != revision(Board(mermaid="a"))
