"""Whatever goes wrong, a ModelError comes of it, that shows neither a key nor a word."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable

import pytest

from coach.domain.speech import Heard
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from coach.ports import Voice
from coach.voices import connect
from tests.doubles.speech_script import THANKS, Fault, Kind, SpeechDouble
from tests.voices.speaking import HEARD, HINTS, KEY, SAID, SILENCE, Came, hear, say

STATUSES: dict[int, tuple[type[ModelError], str]] = {
    400: (ModelRefusedError, "refuses the request (HTTP 400)"),
    401: (ModelRefusedError, "the key is not accepted: check OPENAI_"),
    402: (ModelRefusedError, "billing"),
    403: (ModelRefusedError, "not allowed"),
    404: (ModelRefusedError, "no such model"),
    408: (ModelUnavailableError, "too slow"),
    413: (ModelRefusedError, "too long"),
    422: (ModelRefusedError, "refuses the request (HTTP 422)"),
    429: (ModelUnavailableError, "busy"),
    500: (ModelUnavailableError, "failing"),
    503: (ModelUnavailableError, "overloaded"),
}
CUT = "the reply was cut off"
STREAMED: dict[Kind, str] = {
    "stall": "sent nothing for 0.4 s",
    "cut": CUT,
    "end": CUT,
    "garble": "the reply was garbled",
    "error": "broke off (server_error)",
    "event": "broke off (server_error)",
}
SPOKEN: dict[Kind, str] = {"stall": "sent nothing for 0.4 s", "cut": CUT, "short": CUT, "odd": CUT}
BOTH = pytest.mark.parametrize("ask", [hear, say], ids=["heard", "spoken"])


def test_the_recording_lies_within_the_patience(remote: Voice) -> None:
    """Else what is awaited below would be another time."""
    assert hear(remote, SILENCE).error is None


@BOTH
@pytest.mark.parametrize("status", STATUSES)
def test_a_refusal_or_a_busy_server_is_told_apart(
    remote: Voice, double: SpeechDouble, status: int, ask: Callable[[Voice], Came]
) -> None:
    kind, says = STATUSES[status]
    double.faults.append(Fault("status", status=status))
    came = ask(remote)
    assert type(came.error) is kind
    assert says in str(came.error)
    assert str(double.port) in str(came.error), "The host is not named."
    assert (came.heard, came.sound) == (None, b"")
    assert len(double.requests) == 1


@BOTH
@pytest.mark.parametrize("status", [429, 503])
def test_how_long_a_service_asks_to_wait_is_kept(
    remote: Voice, double: SpeechDouble, status: int, ask: Callable[[Voice], Came]
) -> None:
    double.faults.append(Fault("status", status=status, retry_after="17"))
    error = ask(remote).error
    assert isinstance(error, ModelUnavailableError)
    assert error.retry_after == 17.0
    assert "17 s" in str(error)
    assert len(double.requests) == 1


def test_an_account_without_credit_is_not_asked_again(remote: Voice, double: SpeechDouble) -> None:
    double.faults.append(Fault("status", status=429, code="insufficient_quota"))
    error = say(remote).error
    assert isinstance(error, ModelRefusedError)
    assert "billing" in str(error)


def test_what_a_service_calls_a_mistake_is_shown(remote: Voice, double: SpeechDouble) -> None:
    double.faults.append(Fault("status", status=400, code="invalid_voice"))
    assert "(HTTP 400) (invalid_voice, error)" in str(say(remote).error)


@BOTH
@pytest.mark.parametrize(("kind", "says"), [("drop", CUT), ("slow", "sent nothing for 0.4 s")])
def test_a_server_that_does_not_begin_is_not_waited_for(
    remote: Voice, double: SpeechDouble, kind: Kind, says: str, ask: Callable[[Voice], Came]
) -> None:
    double.faults.append(Fault(kind, seconds=2.0))
    came = ask(remote)
    assert isinstance(came.error, ModelUnavailableError)
    assert says in str(came.error)
    assert (came.words, came.sound) == ("", b"")
    assert len(double.requests) == 1


@pytest.mark.parametrize("kind", STREAMED)
def test_a_transcript_that_breaks_off_is_never_whole(streaming: Voice, double: SpeechDouble, kind: Kind) -> None:
    double.faults.append(Fault(kind, seconds=2.0))
    came = hear(streaming)
    assert isinstance(came.error, ModelUnavailableError)
    assert STREAMED[kind] in str(came.error)
    assert came.words == "A tone"
    assert came.heard is None


@pytest.mark.parametrize("kind", ["cut", "end"])
def test_a_transcript_that_ends_before_its_first_word_is_not_silence(
    streaming: Voice, double: SpeechDouble, kind: Kind
) -> None:
    double.faults.append(Fault(kind, after=0))
    came = hear(streaming)
    assert isinstance(came.error, ModelUnavailableError)
    assert CUT in str(came.error)


@pytest.mark.parametrize(
    ("kind", "says"), [("stall", "sent nothing for 0.4 s"), ("cut", CUT), ("broken", "garbled")]
)
def test_a_transcript_in_one_piece_is_whole_or_none(
    double: SpeechDouble, connected: dict[str, Voice], kind: Kind, says: str
) -> None:
    for way in ("whisper", "compatible"):
        double.faults.append(Fault(kind, seconds=2.0))
        came = hear(connected[way])
        assert isinstance(came.error, ModelUnavailableError)
        assert says in str(came.error)


@pytest.mark.parametrize("kind", SPOKEN)
def test_speech_that_breaks_off_is_never_whole(remote: Voice, double: SpeechDouble, kind: Kind) -> None:
    double.faults.append(Fault(kind, after=1, seconds=2.0))
    came = say(remote)
    assert isinstance(came.error, ModelUnavailableError)
    assert SPOKEN[kind] in str(came.error)
    assert came.sound


@pytest.mark.parametrize("fault", [Fault("empty"), Fault("cut", after=0), Fault("end", after=0)])
def test_no_sound_at_all_is_an_error(remote: Voice, double: SpeechDouble, fault: Fault) -> None:
    double.faults.append(fault)
    came = say(remote)
    assert isinstance(came.error, ModelUnavailableError)
    assert CUT in str(came.error)


@pytest.mark.parametrize("kind", ["page", "broken", "file"])
def test_what_is_no_sound_is_not_played(remote: Voice, double: SpeechDouble, kind: Kind) -> None:
    double.faults.append(Fault(kind))
    came = say(remote)
    assert isinstance(came.error, ModelReplyError)
    assert came.sound == b""
    assert str(double.port) in str(came.error)


def test_a_page_is_no_transcript(remote: Voice, double: SpeechDouble) -> None:
    double.faults.append(Fault("page"))
    came = hear(remote)
    assert isinstance(came.error, (ModelReplyError, ModelUnavailableError))
    assert came.heard is None


def test_nothing_heard_is_told_apart_from_an_error(remote: Voice, double: SpeechDouble) -> None:
    double.faults.append(Fault("empty"))
    came = hear(remote)
    assert came.error is None
    assert came.heard == Heard(text="")


def test_what_a_recogniser_makes_up_in_silence_is_passed_on(remote: Voice, double: SpeechDouble) -> None:
    """To tell it from words is the business of whoever knows the sound."""
    double.hallucinates = True
    came = hear(remote, SILENCE)
    assert came.heard == Heard(text=THANKS)
    assert double.requests[0].energy == 0.0


@BOTH
def test_after_a_failure_the_next_request_goes_well(
    remote: Voice, double: SpeechDouble, ask: Callable[[Voice], Came]
) -> None:
    double.faults.append(Fault("drop"))
    assert ask(remote).error is not None
    assert ask(remote).error is None


def test_an_error_handled_by_the_caller_is_not_taken_for_ours(remote: Voice, double: SpeechDouble) -> None:
    double.faults.append(Fault("drop"))
    try:
        socket.create_connection(("127.0.0.1", 9))
    except ConnectionRefusedError:
        came = say(remote)
    assert CUT in str(came.error)


@BOTH
def test_a_server_that_is_not_running_is_named(ask: Callable[[Voice], Came]) -> None:
    assert "nothing answers at 127.0.0.1:9" in str(ask(connect("openai@http://127.0.0.1:9/v1", {})).error)


@BOTH
@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_a_service_that_quotes_what_it_was_sent_is_not_repeated(
    remote: Voice,
    double: SpeechDouble,
    status: int,
    ask: Callable[[Voice], Came],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    message = f"Key {KEY} may not have {SAID!r} or {HINTS!r}, nor {HEARD!r}."
    double.faults.append(Fault("status", status=status, message=message, code=KEY))
    came = ask(remote)
    assert came.error is not None
    assert "\n" not in str(came.error)
    for secret in (KEY, "shibboleth", "xylophone", "hertz"):
        assert secret not in came.shown + repr(remote) + caplog.text


@pytest.mark.parametrize("kind", ["cut", "garble", "error", "broken", "drop", "page"])
def test_a_broken_answer_shows_nothing_either(streaming: Voice, double: SpeechDouble, kind: Kind) -> None:
    double.texts.extend(["The shibboleth is secret."])
    double.faults.append(Fault(kind, message=f"{KEY}: shibboleth"))
    came = hear(streaming)
    assert came.error is not None
    for secret in (KEY, "shibboleth", "xylophone"):
        assert secret not in came.shown


def test_a_key_is_not_even_in_the_log(
    streaming: Voice, double: SpeechDouble, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    hear(streaming)
    say(streaming)
    assert [seen.keyed for seen in double.requests] == [True, True]
    assert KEY not in caplog.text
