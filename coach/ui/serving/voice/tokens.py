"""Short-lived tokens: who holds one may speak in one seat, and in no other."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from hashlib import sha256

LASTS = 600
"""Seconds a token is good for. An open line stays open; a new one needs a token that is still good."""
_PARTS = 3
_LONGEST = 200


class Tokens:
    """Makes and reads tokens. The secret lives as long as the process."""

    def __init__(self, secret: bytes | None = None, clock: Callable[[], float] = time.time) -> None:
        self._secret = secret or secrets.token_bytes(32)
        self._clock = clock

    def make(self, seat: str) -> str:
        """A token for the seat, good for LASTS seconds."""
        body = f"{seat}.{int(self._clock()) + LASTS}"
        return f"{body}.{self._sign(body)}"

    def seat(self, token: object) -> str | None:
        """The seat a token is for; None where it is none of ours, was changed, or is no longer good."""
        if not isinstance(token, str) or len(token) > _LONGEST or token.count(".") != _PARTS - 1:
            return None
        seat, until, sign = token.split(".")
        if not hmac.compare_digest(_bytes(sign), self._sign(f"{seat}.{until}").encode()):
            return None
        return seat if int(until) > self._clock() else None

    def _sign(self, body: str) -> str:
        return hmac.new(self._secret, _bytes(body), sha256).hexdigest()


def _bytes(text: str) -> bytes:
    """Of any text, half a character among it."""
    return text.encode(errors="surrogatepass")
