"""The door, with a service made of plain functions before it."""

from __future__ import annotations

import time

import pytest

from coach.domain.speech import SPOKEN_RATE, Heard
from coach.domain.transcript import LONGEST_TEXT
from coach.errors import ModelRefusedError, ModelReplyError, ModelUnavailableError
from coach.voices.door import LONGEST_SECONDS, Door, FailedError, Hearing, Speech
from tests.voices.speaking import KEY, hear, say

WHOLE = Heard(text="All of it.")


def door(*pieces: str | bytes | Heard | Exception, pause: float = 0.0, host: str = "host:80") -> Door:
    """A voice whose service gives these pieces, with `pause` seconds before each but the first."""

    def given(*kinds: type) -> Hearing | Speech:
        for place, piece in enumerate(pieces):
            time.sleep(pause if place else 0.0)
            if isinstance(piece, Exception):
                raise piece
            assert isinstance(piece, kinds)
            yield piece

    return Door(
        name="test:a/b",
        host=host,
        key_name="TEST_API_KEY",
        hear=lambda sound, hints, seconds: given(str, Heard),  # type: ignore[arg-type, return-value]
        say=lambda text, speed, seconds: given(bytes),  # type: ignore[arg-type, return-value]
        seconds=0.2,
    )


def test_signs_of_life_do_not_make_up_for_words() -> None:
    came = hear(door("Well", *[""] * 9, WHOLE, pause=0.05))
    assert "sent nothing for 0.2 s" in str(came.error)
    assert came.words == "Well"


def test_what_comes_after_the_end_is_not_waited_for() -> None:
    came = hear(door("All.", WHOLE, RuntimeError()))
    assert came.error is None
    assert came.heard == WHOLE


def test_words_without_an_end_are_no_transcript() -> None:
    assert isinstance(hear(door("All", " of", " it.")).error, ModelUnavailableError)


def test_a_transcript_without_an_end_is_stopped() -> None:
    came = hear(door(*["x" * 50_000] * 9, WHOLE))
    assert isinstance(came.error, ModelReplyError)
    assert "did not come to an end" in str(came.error)
    assert len(came.words) <= LONGEST_TEXT


def test_speech_without_an_end_is_stopped() -> None:
    second = bytes(2 * SPOKEN_RATE)
    came = say(door(*[second] * 700))
    assert isinstance(came.error, ModelReplyError)
    assert len(came.sound) == len(second) * LONGEST_SECONDS


@pytest.mark.parametrize(
    "pieces", [(b"ab", b"cd"), (b"a", b"bcd"), (b"abc", b"d"), (b"a", b"b", b"c", b"d"), (b"", b"abcd")]
)
def test_torn_samples_are_put_together(pieces: tuple[bytes, ...]) -> None:
    came = say(door(*pieces))
    assert came.error is None
    assert came.sound == b"abcd"


def test_an_error_nobody_knows_is_an_answer_that_cannot_be_read() -> None:
    for came in (hear(door("Half", KeyError(KEY))), say(door(b"ab", KeyError(KEY)))):
        assert isinstance(came.error, ModelUnavailableError)
        assert "KeyError" in str(came.error)
        assert KEY not in came.shown


@pytest.mark.parametrize(
    ("kind", "error"),
    [("server_error", ModelUnavailableError), (None, ModelUnavailableError), ("invalid_value", ModelRefusedError)],
)
def test_a_service_that_breaks_off_says_whether_it_is_worth_another_try(
    kind: str | None, error: type[Exception]
) -> None:
    assert isinstance(hear(door("Half", FailedError(kind))).error, error)


def test_a_host_is_named_once() -> None:
    assert str(say(door()).error).startswith("test:a/b at host:80: ")
    assert str(say(door(host="a/b")).error).startswith("test:a/b: ")
