from __future__ import annotations

import pytest

from coach.domain.finding.marks import unmarked


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("- **Some** teams do", "Some teams do"),
        ("* one", "one"),
        ("2. two", "two"),
        ("## Plan", "Plan"),
        ("run `kubectl` _now_", "run kubectl now"),
        ("snake_case and 3 - 2 stay", "snake_case and 3 - 2 stay"),
        ("it\u2019s", "it's"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert unmarked(marked).text == plain


def test_a_span_is_given_where_it_stood() -> None:
    text = "- **Some** teams do"
    start, end = unmarked(text).span(0, len("Some teams"))
    assert text[start:end] == "Some** teams"
