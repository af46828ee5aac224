"""The door to a provider: replies come in, and nothing but ModelError gets out."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from coach.domain.calls import Request, Usage
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from coach.troubles import Trouble, answered, stays, timely, told_by, trouble_of

CONNECT_SECONDS = 5.0
"""How long a connection may take."""
LONGEST_REPLY = 400_000
"""Characters; a model that goes on is not listened to."""
BYTES_A_TOKEN = 4
"""For estimates, where a provider does not count."""
PIECE = 8
"""Characters of a key in a row that are never shown: some providers repeat a part of it."""
_SECRET = re.compile(r"(?i)\bbearer\s+\S+|\b(?:sk|pk|gsk|xai)-[\w.*\-]{6,}")
_INNER = re.compile(r'"message": ?"(?P<message>[^"]+)"')
_CALLER_NAMES = re.compile(r"^(?:litellm\.)?(?:\w+(?:Error|Exception): )+(?:\w+Exception - )?")


class Reason(StrEnum):
    """How a provider says that its reply has ended."""

    WHOLE = "whole"
    LENGTH = "length"
    """At the most tokens that were allowed."""
    REFUSED = "refused"
    """By the model itself or by a filter."""


@dataclass(frozen=True)
class Ending:
    """The last thing a provider says of a reply."""

    reason: Reason
    usage: Usage | None = None


Pieces = Generator[str | Ending, None, None]


class FailedError(Exception):
    """An error that a provider tells of inside a reply; does not leave the door."""

    def __init__(self, kind: str | None, message: str | None) -> None:
        super().__init__(kind, message)
        self.body = {"code": kind, "message": message}


@dataclass(frozen=True)
class Door:
    """A ChatModel: one model of one provider, seen from outside."""

    name: str
    """`provider:model[@base_url]`, as in the call log."""
    host: str
    """Whom it is asked of: `host:port`, or a word for it."""
    key_name: str | None
    """Environment variable of the key."""
    ask: Callable[[Request], Pieces] = field(repr=False)
    """Sends a request. Gives the reply's pieces, of which an empty one is a sign of life and no word, and its
    Ending once the provider has told of it. May raise anything; closing it cancels the request."""
    key: str | None = field(default=None, repr=False)

    def stream(self, request: Request) -> Iterator[str | Usage]:
        """The reply, a piece at a time, and Usage once it is whole: the provider's, or an estimate where it does
        not count. Raises ModelError and nothing else."""
        said, ending = "", None
        with self._translated(request), closing(self.ask(request)) as pieces:
            for piece in timely(pieces, request.timeout):
                if isinstance(piece, Ending):
                    ending = piece
                    break
                said += piece
                if len(said) > LONGEST_REPLY:
                    raise ModelReplyError(f"{self.name} did not come to an end: stopped at {len(said)} characters.")
                yield piece
        yield self._whole(request, said, ending)

    def _whole(self, request: Request, said: str, ending: Ending | None) -> Usage:
        """What a whole reply took. Raises ModelError for any other."""
        if ending is None:
            raise self._in(Trouble.CUT, request)
        if ending.reason is Reason.REFUSED:
            raise ModelRefusedError(f"{self.name} declined to reply: ask in other words, or another model.")
        if ending.reason is Reason.LENGTH:
            raise ModelReplyError(f"{self.name} was stopped at {request.max_tokens} tokens, in mid-reply.")
        if not said.strip():
            raise ModelReplyError(f"{self.name} sent an empty reply.")
        return ending.usage or estimate(request, said)

    @contextmanager
    def _translated(self, request: Request) -> Iterator[None]:
        """Whatever is raised inside leaves as a ModelError. The foreign error does not come along: it may hold a
        key, or what was said."""
        handled = sys.exception()
        try:
            yield
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001 - what SDKs raise is neither documented nor kept within bounds
            raise self._of(error, request, handled) from None

    def _of(self, error: Exception, request: Request, handled: BaseException | None) -> ModelError:
        status = getattr(error, "status_code", None)
        if isinstance(status, int) and 400 <= status < 500 and status != 408:
            return self._answered(status, error)
        if (trouble := trouble_of(error, handled)) is not None:
            return self._in(trouble, request)
        if isinstance(status, int) and status >= 500:
            return self._answered(status, error)
        if (told := told_by(error)) is not None:
            return self._failed(*told)
        return ModelUnavailableError(f"{self.name}: the reply cannot be read ({type(error).__name__}). Try again.")

    def _in(self, trouble: Trouble, request: Request) -> ModelUnavailableError:
        told = trouble.value.format(host=self.host, seconds=request.timeout)
        return ModelUnavailableError(f"{self.name}: {told}")

    def _failed(self, kind: str | None, message: str | None) -> ModelError:
        said = self._clean(message or kind or "no reason given")
        if stays(kind):
            return ModelRefusedError(f"{self.name} refuses the request: {said}")
        return ModelUnavailableError(f"{self.name}: the reply was broken off ({said}). Try again.")

    def _answered(self, status: int, error: Exception) -> ModelError:
        """What an HTTP status from 400 on means."""
        if (told := answered(self.name, status, error, self.key_name)) is not None:
            return told
        match status:
            case 404:
                message = f"no such model: {self.name}. Check its name."
            case 413:
                message = f"{self.name} refuses the request: it is too long."
            case _:
                _, said = told_by(error) or (None, None)
                message = f"{self.name} refuses the request: {self._clean(said or str(error))}"
        return ModelRefusedError(message)

    def _clean(self, text: str) -> str:
        """A provider's words on one line, without anything like a key."""
        if self.key:
            text = text.replace(self.key, "…")
            for start in range(len(self.key) - PIECE + 1):
                text = text.replace(self.key[start : start + PIECE], "…")
        if inner := _INNER.search(text):
            text = inner["message"]
        text = _CALLER_NAMES.sub("", " ".join(text.split()))
        return _SECRET.sub("…", text)[:200]


def estimate(request: Request, reply: str) -> Usage:
    """Tokens by the length of the texts: UTF-8 bytes / 4."""
    asked = sum(len(message.text.encode()) for message in request.messages)
    return Usage(
        input_tokens=math.ceil(asked / BYTES_A_TOKEN), output_tokens=math.ceil(len(reply.encode()) / BYTES_A_TOKEN)
    )
