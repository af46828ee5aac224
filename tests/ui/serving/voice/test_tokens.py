from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.ui.serving.voice.tokens import LASTS, Tokens

SEAT = "a" * 32


class Clock:
    """Says what it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_token_is_for_its_seat_until_its_time_is_over() -> None:
    clock = Clock()
    tokens = Tokens(clock=clock)
    token = tokens.make(SEAT)
    for after, seat in ((0, SEAT), (LASTS - 1, SEAT), (LASTS, None), (LASTS * 9, None)):
        clock.now = 1_000.0 + after
        assert tokens.seat(token) == seat


def test_a_token_of_another_secret_is_none() -> None:
    clock = Clock()
    token = Tokens(b"one", clock).make(SEAT)
    assert Tokens(b"one", clock).seat(token) == SEAT
    assert Tokens(b"two", clock).seat(token) is None
    assert Tokens(clock=clock).seat(Tokens(clock=clock).make(SEAT)) is None


@pytest.mark.parametrize(
    "given_", [None, b"bytes", 7, "", ".", "..", "...", "a.b.c", "a.1.", "x" * 100_000, "ü.1.ü", "\ud800.1.\udfff"]
)
def test_what_is_no_token_is_for_no_seat(given_: object) -> None:
    assert Tokens().seat(given_) is None


@given(st.integers(0, 200), st.characters())
def test_a_token_in_which_anything_was_changed_is_for_no_seat(place: int, letter: str) -> None:
    tokens = Tokens(b"secret", Clock())
    token = tokens.make(SEAT)
    changed = token[:place] + letter + token[place + 1 :]
    assert tokens.seat(changed) == (SEAT if changed == token else None)


@given(st.text(st.characters(codec=None)))
def test_no_text_opens_a_seat(text: str) -> None:
    assert Tokens(b"secret", Clock()).seat(text) is None
