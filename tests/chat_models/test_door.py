"""The door, with a provider made of plain functions before it."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from coach.chat_models.door import Door, Ending, Pieces, Reason
from coach.domain.calls import Request, Usage
from coach.errors import ModelRefusedError, ModelUnavailableError
from tests.chat_models.asking import KEY, asked, hear


def door(*pieces: str | Ending | Exception, pause: float = 0.0) -> Door:
    """A model whose provider gives these pieces, with `pause` seconds before each but the first."""

    def ask(request: Request) -> Pieces:
        for place, piece in enumerate(pieces):
            time.sleep(pause if place else 0.0)
            if isinstance(piece, Exception):
                raise piece
            yield piece

    return Door("test:model", "host:80", "TEST_API_KEY", ask, KEY)


class AnsweredError(Exception):
    """As SDKs raise for an answer that is an error."""

    def __init__(self, status: int, headers: dict[str, str] | None = None, **body: str) -> None:
        super().__init__("See the body.")
        self.status_code = status
        self.response = SimpleNamespace(headers=headers or {})
        self.body = {"error": body}


def test_usage_that_a_provider_leaves_out_is_estimated() -> None:
    heard = hear(door("Four", " more", Ending(Reason.WHOLE)), asked("Go."))
    assert heard.usage == Usage(input_tokens=5, output_tokens=3)


def test_signs_of_life_do_not_make_up_for_words() -> None:
    heard = hear(door("Well", *[""] * 9, Ending(Reason.WHOLE), pause=0.05), asked(timeout=0.2))
    assert "nothing was said for 0.2 s" in str(heard.error)
    assert heard.text == "Well"


def test_what_comes_after_the_end_is_not_waited_for() -> None:
    heard = hear(door("All.", Ending(Reason.WHOLE), RuntimeError()))
    assert heard.error is None
    assert heard.usage is not None


def test_an_error_nobody_knows_is_a_reply_that_cannot_be_read() -> None:
    heard = hear(door("Half", KeyError(KEY)))
    assert isinstance(heard.error, ModelUnavailableError)
    assert "KeyError" in str(heard.error)
    assert KEY not in heard.shown


@pytest.mark.parametrize("secret", [KEY, "Bearer abc.def", "sk-proj-1***9876", "gsk_", "xai-0123456789"])
def test_a_providers_words_are_cleaned_of_keys(secret: str) -> None:
    error = hear(door(AnsweredError(400, message=f"You sent\n{secret}"))).error
    assert str(error).startswith("test:model refuses the request: You sent ")
    assert "\n" not in str(error)
    assert secret == "gsk_" or secret not in str(error)


def test_an_account_without_credit_is_not_asked_again() -> None:
    error = hear(door(AnsweredError(429, code="insufficient_quota", message="Pay."))).error
    assert isinstance(error, ModelRefusedError)
    assert "billing" in str(error)
