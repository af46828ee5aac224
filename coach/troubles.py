"""What went wrong with a service, read off an error of any SDK.

Foreign errors are told apart by what they carry (a status, headers, a body, what caused them) and by their names,
never by their classes: so every SDK and both majors of one are read by the same few lines, and none is imported.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from socket import gaierror
from ssl import SSLError
from typing import Any, TypeVar

from coach.errors import ModelRefusedError, ModelUnavailableError

Piece = TypeVar("Piece")


class Trouble(Enum):
    """What can happen to a connection, as a person is told."""

    NOBODY = "nothing answers at {host}. Is the server running?"
    NOWHERE = "{host} cannot be found. Check the network and the name."
    UNSAFE = "no safe connection to {host}. Check its certificate."
    FAR = "{host} cannot be reached. Check the network."
    SILENT = "nothing was said for {seconds:g} s. Try again."
    CUT = "the reply was cut off. Try again."
    GARBLED = "the reply was garbled. Try again."


_TROUBLES: tuple[tuple[type[BaseException], Trouble], ...] = (
    (ConnectionRefusedError, Trouble.NOBODY),
    (gaierror, Trouble.NOWHERE),
    (SSLError, Trouble.UNSAFE),
)
_TROUBLES_BY_NAME = (
    ("ConnectTimeout", Trouble.FAR),
    ("ConnectError", Trouble.FAR),
    ("Timeout", Trouble.SILENT),
    ("ProtocolError", Trouble.CUT),
    ("ReadError", Trouble.CUT),
    ("WriteError", Trouble.CUT),
    ("ConnectionResetError", Trouble.CUT),
    ("JSONDecodeError", Trouble.GARBLED),
    ("UnicodeDecodeError", Trouble.GARBLED),
    ("ResponseValidationError", Trouble.GARBLED),
)
"""SDKs have HTTP libraries of their own, several of them, whose errors share no class and all the names."""


_LATER = frozenset({408, 409, 425, 429})
"""Statuses of requests that may succeed later, beside all from 500 on."""
_NEVER = re.compile(
    r"insufficient_quota|billing|invalid_|authentication|permission|not_found|policy|residency|too_large"
)
"""Kinds of error that stay as they are until somebody acts."""


def timely(pieces: Iterator[Piece], seconds: float) -> Iterator[Piece]:
    """The pieces that say anything. Empty ones are signs of life, which keep a connection open and do not make up
    for words: raises TimeoutError once there was nothing else for so long."""
    heard: float | None = None
    for piece in pieces:
        now = time.monotonic()
        if piece or heard is None:
            heard = now
        if piece:
            yield piece
        elif now - heard > seconds:
            raise TimeoutError


def answered(
    who: str, status: int, error: Exception, key_name: str | None
) -> ModelUnavailableError | ModelRefusedError | None:
    """What an answer with an HTTP status from 400 on means, whatever the service; None where it depends on that.
    The environment variable of the key is for the message."""
    kind, _ = told_by(error) or (None, None)
    if passes(status, kind):
        wait = retry_after(error)
        asks = f" It asks to wait {wait:g} s." if wait is not None else ""
        return ModelUnavailableError(f"{who} is {busy(status)}.{asks} Try again later.", wait)
    key = key_name or "the key"
    match status:
        case 401:
            return ModelRefusedError(f"{who}: the key is not accepted: check {key}.")
        case 402 | 429:
            return ModelRefusedError(f"{who}: the account is out of credit or quota: see to its billing.")
        case 403:
            return ModelRefusedError(f"{who}: not allowed: check what {key} may use.")
        case _:
            return None


def stays(kind: str | None) -> bool:
    """Whether an error of this kind stays until somebody acts."""
    return bool(kind and _NEVER.search(kind))


def passes(status: int, kind: str | None) -> bool:
    """Whether the same request may succeed later, by the HTTP status of its answer, from 400 on, and its kind."""
    return status >= 500 or (status in _LATER and not stays(kind))


def busy(status: int) -> str:
    """What ails a server whose answer `passes`."""
    match status:
        case 429:
            return "busy, or asked too often"
        case 408 | 504 | 524:
            return "too slow"
        case 503 | 529:
            return "overloaded"
        case _:
            return f"failing (HTTP {status})"


def retry_after(error: Exception, now: datetime | None = None) -> float | None:
    """Seconds that a provider asks to wait, from the headers of its answer."""
    headers: dict[str, str] = {}
    for holder in (getattr(error, "response", None), error):
        for name in ("headers", "litellm_response_headers"):
            headers |= {
                str(key).lower(): str(value) for key, value in dict(getattr(holder, name, None) or {}).items()
            }
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        if (seconds := _number(headers.get(name))) is not None:
            return seconds * unit
    try:
        moment = parsedate_to_datetime(headers.get("retry-after", ""))
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def trouble_of(error: Exception, handled: BaseException | None = None) -> Trouble | None:
    """What happened to the connection, None where nothing did. `handled` is what a caller was dealing with already
    when it asked: Python takes it for a part of the story."""
    causes = tuple(_causes(error, handled))
    for kind, trouble in _TROUBLES:
        if any(isinstance(cause, kind) for cause in causes):
            return trouble
    names = " ".join(type(cause).__name__ for cause in causes)
    for part, trouble in _TROUBLES_BY_NAME:
        if part in names:
            return trouble
    return None


def _causes(error: BaseException, handled: BaseException | None) -> Iterator[BaseException]:
    """The error and those it came from."""
    seen = {id(handled)}
    waiting: list[BaseException | None] = [error]
    while waiting:
        cause = waiting.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        waiting += [cause.__cause__, cause.__context__, getattr(cause, "original_exception", None)]


def told_by(error: Exception) -> tuple[str | None, str | None] | None:
    """Kind and message in the body of an answer, None where it has none."""
    body: Any = getattr(error, "body", None)
    if not isinstance(body, Mapping):
        return None
    inner = body.get("error")
    told = inner if isinstance(inner, Mapping) else body
    kinds = [str(told[name]) for name in ("code", "type") if told.get(name)]
    message = told.get("message")
    return " ".join(kinds) or None, str(message) if message else None
