"""What holds for every model, however it is reached and whatever goes wrong."""

from __future__ import annotations

import json
import logging
import socket
import time

import pytest

from coach.domain.calls import Message, Request
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from coach.ports import ChatModel
from tests.chat_models.asking import FORM, KEY, asked, hear, opened
from tests.chat_models.conftest import HAS_LITELLM, WAYS
from tests.doubles.models import QUESTION, Double, Fault

FIRST_THREE = "How would you "
STATUSES: dict[int, tuple[type[ModelError], str]] = {
    400: (ModelRefusedError, "refuses the request: The double was told to fail."),
    401: (ModelRefusedError, "check "),
    402: (ModelRefusedError, "billing"),
    403: (ModelRefusedError, "not allowed"),
    404: (ModelRefusedError, "no such model"),
    408: (ModelUnavailableError, "Try again"),
    413: (ModelRefusedError, "refuses the request"),
    429: (ModelUnavailableError, "busy"),
    500: (ModelUnavailableError, "failing"),
    503: (ModelUnavailableError, "Try again later"),
    529: (ModelUnavailableError, "Try again later"),
}
IN_MID_REPLY = {
    "stall": "nothing was said for 0.4 s",
    "cut": "the reply was cut off",
    "end": "the reply was cut off",
    "garble": "Try again",
    "error": "Try again",
}


@pytest.mark.skipif(not HAS_LITELLM, reason="not installed: `make check` tests it in an environment of its own")
def test_litellm_is_one_of_the_ways() -> None:
    assert any(way.startswith("litellm") for way in WAYS)


def test_a_reply_comes_in_pieces_and_its_usage_last(model: ChatModel, double: Double) -> None:
    heard = hear(model)
    assert heard.error is None
    assert heard.text == QUESTION
    assert heard.pieces > 5
    assert heard.usage is not None
    assert heard.usage.input_tokens > 0
    assert heard.usage.output_tokens == -(-len(QUESTION) // 4)
    assert len(double.requests) == 1


def test_what_was_sent_before_is_counted_as_cached(model: ChatModel) -> None:
    system = Message(role="system", text="You interview. " * 100, stable=True)
    first = Message(role="user", text="I would begin with the users. " * 30, stable=True)
    turn = Message(role="user", text="Now ask.")
    before = hear(model, Request(messages=(system, first, turn), max_tokens=50, cache_key="round"))
    since = Message(role="assistant", text="Which users? " * 30, stable=True)
    after = hear(model, Request(messages=(system, first, since, turn), max_tokens=50, cache_key="round"))
    assert before.usage is not None
    assert after.usage is not None
    assert before.usage.cached_tokens == 0
    shared = (len(system.text) + len(first.text)) // 4
    assert shared - 16 <= after.usage.cached_tokens <= shared + 16
    assert after.usage.input_tokens >= before.usage.input_tokens + len(since.text) // 4


def test_a_form_is_followed(model: ChatModel, double: Double) -> None:
    heard = hear(model, asked(form=FORM))
    assert json.loads(heard.text) == {"verdict": "met", "quotes": []}
    assert heard.usage is not None
    assert len(double.requests) == 1


def test_words_of_every_script_come_through(model: ChatModel, double: Double) -> None:
    double.replies.append("Wie groß? 数据 🙂\n\n- “one”\t2")
    assert hear(model).text == "Wie groß? 数据 🙂\n\n- “one”\t2"


def test_a_long_reply_comes_whole(model: ChatModel, double: Double) -> None:
    double.faults.append(Fault("long"))
    heard = hear(model, asked(timeout=30.0))
    assert heard.error is None
    assert len(heard.text) > 100_000


def test_a_reply_without_an_end_is_stopped(model: ChatModel, double: Double) -> None:
    double.replies.append(" ".join(f"{number:05}" * 800 for number in range(120)))
    heard = hear(model, asked(timeout=30.0))
    assert isinstance(heard.error, ModelReplyError)
    assert "did not come to an end" in str(heard.error)
    assert 390_000 < len(heard.text) <= 400_000


@pytest.mark.parametrize("status", STATUSES)
def test_a_refusal_or_a_busy_server_is_told_apart(model: ChatModel, double: Double, status: int) -> None:
    kind, says = STATUSES[status]
    double.faults.append(Fault("status", status=status))
    heard = hear(model)
    assert type(heard.error) is kind
    assert says in str(heard.error)
    assert model.name in str(heard.error)
    assert (heard.text, heard.usage) == ("", None)
    assert len(double.requests) == 1


@pytest.mark.parametrize("status", [429, 503])
def test_how_long_a_provider_asks_to_wait_is_kept(model: ChatModel, double: Double, status: int) -> None:
    double.faults.append(Fault("status", status=status, retry_after="17"))
    began = time.monotonic()
    error = hear(model).error
    assert isinstance(error, ModelUnavailableError)
    assert error.retry_after == 17.0
    assert "17 s" in str(error)
    assert time.monotonic() - began < 5
    assert len(double.requests) == 1


@pytest.mark.parametrize("kind", IN_MID_REPLY)
def test_a_reply_that_breaks_off_is_never_whole(model: ChatModel, double: Double, kind: str) -> None:
    double.faults.append(Fault(kind, seconds=2.0))  # type: ignore[arg-type]
    heard = hear(model, asked(timeout=0.4))
    assert isinstance(heard.error, ModelUnavailableError)
    assert IN_MID_REPLY[kind] in str(heard.error)
    assert heard.text == FIRST_THREE
    assert heard.usage is None
    assert len(double.requests) == 1


def test_a_server_that_does_not_begin_is_not_waited_for(model: ChatModel, double: Double) -> None:
    double.faults.append(Fault("slow", seconds=2.0))
    heard = hear(model, asked(timeout=0.4))
    assert isinstance(heard.error, ModelUnavailableError)
    assert "nothing was said for 0.4 s" in str(heard.error)
    assert heard.text == ""


def test_an_answer_that_is_no_stream_is_no_reply(model: ChatModel, double: Double) -> None:
    double.faults.append(Fault("broken"))
    heard = hear(model)
    assert isinstance(heard.error, ModelUnavailableError)
    assert (heard.text, heard.usage) == ("", None)
    assert len(double.requests) == 1


@pytest.mark.parametrize("form", [None, FORM])
@pytest.mark.parametrize(
    ("kind", "error", "says"),
    [
        ("empty", ModelReplyError, "empty reply"),
        ("length", ModelReplyError, "stopped at 200 tokens"),
        ("refused", ModelRefusedError, "declined to reply"),
    ],
)
def test_a_reply_that_ends_and_is_none_is_told_apart(
    model: ChatModel, double: Double, kind: str, error: type[ModelError], says: str, form: dict[str, object] | None
) -> None:
    double.faults.append(Fault(kind))  # type: ignore[arg-type]
    heard = hear(model, asked(form=form))
    assert type(heard.error) is error
    assert says in str(heard.error)
    assert heard.usage is None
    assert len(double.requests) == 1


def test_closing_a_reply_cancels_the_request(model: ChatModel, double: Double) -> None:
    double.word_seconds = 0.05
    reply = opened(model)
    assert next(reply) == "How "
    reply.close()
    (seen,) = double.requests
    deadline = time.monotonic() + 3
    while not seen.ended and time.monotonic() < deadline:
        time.sleep(0.01)
    assert seen.ended
    assert not seen.whole


def test_after_a_failure_the_next_request_goes_well(model: ChatModel, double: Double) -> None:
    double.faults.append(Fault("cut"))
    assert hear(model).error is not None
    assert hear(model).text == QUESTION


def test_an_error_handled_by_the_caller_is_not_taken_for_ours(model: ChatModel, double: Double) -> None:
    double.faults.append(Fault("status", status=500))
    try:
        socket.create_connection(("127.0.0.1", 9))
    except ConnectionRefusedError:
        heard = hear(model)
    assert "failing" in str(heard.error) or "Try again later" in str(heard.error)


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500])
def test_a_key_is_shown_nowhere(
    model: ChatModel, double: Double, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    double.faults.append(Fault("status", status=status, message=f"Incorrect API key provided: {KEY}."))
    heard = hear(model)
    assert heard.error is not None
    assert "\n" not in str(heard.error)
    (seen,) = double.requests
    assert KEY in str(seen.headers), "The key was not even sent."
    assert KEY not in heard.shown
    assert KEY not in repr(model)
    assert KEY not in caplog.text


@pytest.mark.parametrize("kind", ["cut", "garble", "error", "broken"])
def test_a_broken_reply_shows_no_key_either(
    model: ChatModel, double: Double, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    double.faults.append(Fault(kind))  # type: ignore[arg-type]
    heard = hear(model)
    assert heard.error is not None
    assert KEY not in heard.shown + repr(model) + caplog.text
