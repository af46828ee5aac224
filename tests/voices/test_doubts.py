"""Which words are doubted."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.speech import Heard
from coach.voices.doubts import UNSURE, Token, doubts_of

SURE, DOUBTED = math.log(0.99), math.log(UNSURE / 2)


def doubted(text: str, *tokens: tuple[str | bytes, float]) -> list[str]:
    """The words of `text` in doubt, by tokens with their logprobs."""
    made = [Token(piece if isinstance(piece, bytes) else piece.encode(), logprob) for piece, logprob in tokens]
    return [text[doubt.start : doubt.end] for doubt in doubts_of(text, made)]


def test_a_word_is_doubted_for_its_least_likely_token() -> None:
    tokens = [("We", SURE), (" sh", SURE), ("ard", DOUBTED), (" it", SURE)]
    assert doubted("We shard it", *tokens) == ["shard"]


def test_a_word_just_likely_enough_is_not_doubted() -> None:
    assert doubted("one two", ("one", math.log(UNSURE) + 0.01), (" two", math.log(UNSURE) - 0.01)) == ["two"]


def test_nobody_doubts_a_comma() -> None:
    assert doubted("Yes, it is.", ("Yes", SURE), (",", DOUBTED), (" it", SURE), (" is", SURE), (".", DOUBTED)) == []


def test_a_word_with_marks_inside_is_one() -> None:
    tokens = [("the", SURE), (" write", SURE), ("-", SURE), ("ahead", DOUBTED), (" log’s", SURE), (" end", SURE)]
    assert doubted("the write-ahead log’s end", *tokens) == ["write-ahead"]


def test_a_character_cut_in_two_is_still_one_word() -> None:
    tokens: list[tuple[str | bytes, float]] = [("gro", SURE), (b"\xc3", SURE), (b"\x9f", DOUBTED), (" genug", SURE)]
    assert doubted("groß genug", *tokens) == ["groß"]


def test_blanks_before_the_text_move_nothing() -> None:
    assert doubted("a b", (" a", DOUBTED), (" b", SURE)) == ["a"]


def test_tokens_of_another_text_are_nobodys_doubts() -> None:
    assert doubted("something else", ("some", DOUBTED), ("one", DOUBTED)) == []
    assert doubted("no tokens") == []
    assert doubted("") == []


@given(st.lists(st.tuples(st.binary(max_size=6), st.floats(max_value=0.0, allow_nan=False)), max_size=20))
def test_doubts_lie_inside_any_text(pieces: list[tuple[bytes, float]]) -> None:
    text = b"".join(piece for piece, _ in pieces).decode(errors="ignore")
    doubts = doubts_of(text, [Token(*piece) for piece in pieces])
    assert Heard(text=text, doubts=doubts).doubts == doubts
