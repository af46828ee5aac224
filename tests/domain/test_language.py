"""Words and sentences with their places in the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.language import content_stems, sentences, stem, words


def test_words_are_lower_case_and_keep_their_places() -> None:
    text = "Recall@10 isn't 0.9 — it's “fine”."
    assert [word.text for word in words(text)] == ["recall", "10", "isn't", "0.9", "it's", "fine"]
    assert [text[word.start : word.end] for word in words(text)] == ["Recall", "10", "isn't", "0.9", "it's", "fine"]


def test_a_hyphenated_word_is_one_word() -> None:
    assert [word.text for word in words("fine-tuning, state-of-the-art")] == ["fine-tuning", "state-of-the-art"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("At 0.9 we ship. Not at 0.8.", ["At 0.9 we ship.", "Not at 0.8."]),
        ('He said "stop." Then left.', ['He said "stop."', "Then left."]),
        ("First part\n\nSecond part", ["First part", "Second part"]),
        ("List:\n- one\n- two", ["List:", "- one", "- two"]),
        ("   ", []),
        ("", []),
        ("Straße. Éclair.", ["Straße.", "Éclair."]),
    ],
)
def test_text_falls_into_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


@given(st.text(max_size=200))
def test_every_sentence_and_word_stands_where_it_says(text: str) -> None:
    spans = sentences(text)
    assert all(text[span.start : span.end] == span.text for span in spans)
    assert all(later.start >= sooner.end for sooner, later in pairwise(spans))
    assert all(text[word.start : word.end].lower() == word.text for word in words(text))


@given(st.text(max_size=200))
def test_nothing_but_white_space_is_lost_between_sentences(text: str) -> None:
    kept = "".join("".join(span.text.split()) for span in sentences(text))
    assert kept == "".join(text.split())


def test_forms_of_a_word_share_a_stem() -> None:
    assert stem("chunks") == stem("chunking") == stem("chunked")
    assert stem("cost") != stem("coast")


def test_content_stems_leave_out_stop_words_and_fillers() -> None:
    assert content_stems("Um, so we would just use the chunks, okay?") == {stem("chunks")}
