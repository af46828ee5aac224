from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.transcript import LONGEST_TEXT
from coach.ui.serving.voice.messages import (
    LONGEST_MESSAGE,
    LONGEST_PIECE,
    MOST_PIECES,
    Ask,
    Begin,
    Choose,
    Cut,
    Drop,
    End,
    Hello,
    MalformedError,
    Message,
    Piece,
    Say,
    Test,
    read,
    read_sound,
)
from tests.ui.serving.voice.line import ID

Test.__test__ = False  # type: ignore[attr-defined]  # a message, and no test

KINDS = (Hello, Begin, End, Drop, Cut, Ask, Say, Test, Choose)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from([ID, "I1", "hint"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
NAMES = sorted({name for kind in KINDS for name in kind.model_fields})


def _is_read_or_malformed(text: str) -> None:
    try:
        message = read(text)
    except MalformedError:
        return
    assert isinstance(message, KINDS)


@given(st.text(st.characters(codec=None)))
def test_any_text_is_read_or_malformed_and_nothing_else(text: str) -> None:
    _is_read_or_malformed(text)


@given(
    st.dictionaries(st.sampled_from(NAMES), JSON),
    st.sampled_from([kind.model_fields["t"].annotation.__args__[0] for kind in KINDS]),  # type: ignore[union-attr]
)
def test_any_message_is_read_or_malformed_and_nothing_else(fields: dict[str, object], t: str) -> None:
    _is_read_or_malformed(json.dumps({**fields, "t": t}))


LONG = st.tuples(st.binary(min_size=20, max_size=20), st.integers(LONGEST_PIECE - 3, LONGEST_PIECE + 3))


@given(st.binary(max_size=200) | LONG.map(lambda long: long[0] + bytes(long[1])))
def test_any_bytes_are_a_piece_or_malformed_and_nothing_else(data: bytes) -> None:
    try:
        piece = read_sound(data)
    except MalformedError:
        return
    assert len(piece.utterance) == 32
    assert 0 <= piece.seq < MOST_PIECES
    assert 0 < len(piece.sound) <= LONGEST_PIECE
    assert len(piece.sound) % 2 == 0


@given(st.binary(min_size=1, max_size=50), st.integers(0, MOST_PIECES - 1))
def test_a_piece_is_read_as_it_was_packed(half: bytes, seq: int) -> None:
    packed = struct.pack("<16sI", bytes.fromhex(ID), seq) + half + half
    assert read_sound(packed) == Piece(ID, seq, half + half)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f'{{"t":"begin","u":"{ID}"}}', Begin(t="begin", u=ID)),
        (f'{{"t":"end","u":"{ID}","pieces":3,"text":null}}', End(t="end", u=ID, pieces=3)),
        ('{"t":"ask","wish":"hint"}', Ask.model_validate({"t": "ask", "wish": "hint"})),
        ('{"t":"choose","aloud":false}', Choose(t="choose", aloud=False)),
    ],
)
def test_a_message_is_read_as_it_is_meant(text: str, message: Message) -> None:
    assert read(text) == message


@pytest.mark.parametrize(
    "fields",
    [
        {"t": "begin", "u": ID.upper()},
        {"t": "begin", "u": ID + "\n"},
        {"t": "begin", "u": ID, "ago": -1},
        {"t": "begin", "u": ID, "more": 1},
        {"t": "end", "u": ID, "pieces": MOST_PIECES + 1},
        {"t": "end", "u": ID, "text": "x" * (LONGEST_TEXT + 1)},
        {"t": "cut", "turn": "I1", "played": 0, "fraction": 1.5, "seconds": 1},
        {"t": "cut", "turn": "i1", "played": 0, "fraction": 0.5, "seconds": 1},
        {"t": "choose", "aloud": True, "speed": 9},
        {"t": "test", "text": "x" * 301},
    ],
)
def test_what_is_out_of_bounds_is_malformed(fields: dict[str, object]) -> None:
    with pytest.raises(MalformedError):
        read(json.dumps(fields))


def test_an_error_says_nothing_of_what_was_in_the_message() -> None:
    for text in ('{"t":"hello","token":7,"zanzibar":1}', "zanzibar" * LONGEST_MESSAGE):
        with pytest.raises(MalformedError) as refused:
            read(text)
        assert "zanzibar" not in str(refused.value)
        assert "\n" not in str(refused.value)
