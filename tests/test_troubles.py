"""What went wrong with a service, read off errors of any SDK."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from coach.errors import ModelRefusedError, ModelUnavailableError
from coach.troubles import answered, busy, passes, retry_after, stays, timely

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class AnsweredError(Exception):
    """As SDKs raise for an answer that is an error."""

    def __init__(self, headers: dict[str, str] | None = None) -> None:
        super().__init__("See the headers.")
        self.response = SimpleNamespace(headers=headers or {})


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"Retry-After": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "Mon, 02 Mar 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Mon, 02 Mar 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": ""}, None),
        ({}, None),
    ],
)
def test_a_wait_is_read_however_it_is_written(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(AnsweredError(headers), NOON) == seconds


@pytest.mark.parametrize(
    ("status", "kind", "later"),
    [
        (500, None, True),
        (503, "insufficient_quota", True),
        (429, None, True),
        (429, "rate_limit_exceeded", True),
        (429, "insufficient_quota", False),
        (408, None, True),
        (400, None, False),
        (401, "invalid_api_key", False),
    ],
)
def test_what_passes_is_told_from_what_stays(status: int, kind: str | None, later: bool) -> None:
    assert passes(status, kind) is later


def test_a_kind_nobody_knows_does_not_stay() -> None:
    assert not stays("server_error")
    assert not stays(None)
    assert stays("model_not_found error")


def test_a_server_in_trouble_is_told_by_its_status() -> None:
    assert [busy(status) for status in (429, 504, 529, 500)] == [
        "busy, or asked too often",
        "too slow",
        "overloaded",
        "failing (HTTP 500)",
    ]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "a voice: the key is not accepted: check HERE_API_KEY."),
        (402, "a voice: the account is out of credit or quota: see to its billing."),
        (403, "a voice: not allowed: check what HERE_API_KEY may use."),
    ],
)
def test_what_only_the_account_s_owner_can_mend_says_what_to_do(status: int, says: str) -> None:
    told = answered("a voice", status, AnsweredError(), "HERE_API_KEY")
    assert isinstance(told, ModelRefusedError)
    assert str(told) == says


def test_what_passes_says_how_long_to_wait() -> None:
    told = answered("a model", 429, AnsweredError({"retry-after": "7"}), None)
    assert isinstance(told, ModelUnavailableError)
    assert str(told) == "a model is busy, or asked too often. It asks to wait 7 s. Try again later."
    assert told.retry_after == 7


@pytest.mark.parametrize("status", [400, 404, 413, 422])
def test_what_depends_on_the_service_is_left_to_its_door(status: int) -> None:
    assert answered("a model", status, AnsweredError(), None) is None


def test_signs_of_life_are_no_pieces() -> None:
    assert list(timely(iter(["", "a", "", "b"]), seconds=60)) == ["a", "b"]


def test_signs_of_life_alone_end_in_a_timeout() -> None:
    def only_pings() -> Iterator[str]:
        while True:
            yield ""

    with pytest.raises(TimeoutError):
        list(timely(only_pings(), seconds=0))
