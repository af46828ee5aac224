from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.ui.session import submission


@given(text=st.text(), answers=st.integers(0, 1_000))
def test_the_same_submission_has_the_same_key(text: str, answers: int) -> None:
    assert submission(answers, text) == submission(answers, f" {text}\n")


@given(text=st.text(), answers=st.integers(0, 1_000))
def test_the_same_words_after_one_more_answer_have_another_key(text: str, answers: int) -> None:
    assert submission(answers, text) != submission(answers + 1, text)


def test_other_words_have_another_key() -> None:
    assert submission(3, "hybrid search") != submission(3, "hybrid  search")
