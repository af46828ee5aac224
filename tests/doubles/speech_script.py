"""What a speech double is told, what it says, and what it has seen."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from zlib import crc32

from coach.voices.tones import tone

THANKS = "Thank you for watching!"
"""Heard in silence by recognisers that learnt from films."""
WORD_SECONDS = 0.06
SURE = -0.01
UNSURE = -2.5
"""Logarithms of probabilities: of a token, and of one in `doubted`."""

Kind = Literal[
    "status",  # an answer that is an error
    "slow",  # nothing for `seconds`, then all is well
    "drop",  # the connection is dropped before any answer
    "stall",  # nothing more for `seconds` after so many pieces
    "cut",  # the connection is dropped after so many
    "end",  # a clean end after so many
    "garble",  # a frame that is no JSON after so many
    "error",  # an error told in mid-stream
    "event",  # the same, as an event of its own kind
    "broken",  # JSON that ends in the middle
    "page",  # a page where sound or JSON belongs
    "empty",  # no text, or no sound
    "short",  # fewer bytes than were promised
    "odd",  # half a sample at the end
    "file",  # a WAV file in the place of samples
]
IN_MID_STREAM: frozenset[Kind] = frozenset({"stall", "cut", "end", "garble", "error", "event"})


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one request. A fault in mid-answer comes once `after` pieces are sent."""

    kind: Kind
    after: int = 2
    status: int = 500
    retry_after: str | None = None
    code: str | None = None
    message: str = "The double was told to fail."
    seconds: float = 30.0


@dataclass
class Seen:
    """A request, what was decoded of it, and how far its answer got."""

    path: str
    model: str
    keyed: bool
    """Whether it came with a key; which one is not kept."""
    fields: Mapping[str, Any]
    """What else was sent, such as `prompt`, `include`, `input`, `voice`, `speed`."""
    seconds: float = 0.0
    energy: float = 0.0
    voiced: float = 0.0
    hertz: int | None = None
    """Of the recording, as in `Fingerprint`."""
    pieces: int = 0
    whole: bool = False
    ended: bool = False


@dataclass
class SpeechDouble:
    """What the service is told, and what it has seen. Safe to use from another thread than the server's."""

    faults: deque[Fault] = field(default_factory=deque)
    """One for each request to come; None of them left, all is well."""
    texts: deque[str] = field(default_factory=deque)
    """One for each recording to come; without one, what is heard is how high and how long the tone in it is."""
    doubted: frozenset[str] = frozenset()
    """Words whose tokens are improbable."""
    tells_in: frozenset[str] = frozenset({"delta", "done"})
    """Events that tell how sure it is, where it is asked."""
    hallucinates: bool = False
    first_seconds: float = 0.0
    piece_seconds: float = 0.0
    word_seconds: float = WORD_SECONDS
    """Of a tone it speaks."""
    requests: list[Seen] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """Without the `/v1` of the base URL."""
        return f"http://127.0.0.1:{self.port}"

    def forget(self) -> None:
        """All it was told, and all it has seen."""
        self.doubted, self.hallucinates, self.first_seconds, self.piece_seconds = frozenset(), False, 0.0, 0.0
        self.tells_in, self.word_seconds = frozenset({"delta", "done"}), WORD_SECONDS
        self.faults.clear()
        self.texts.clear()
        self.requests.clear()

    def script(self, script: Mapping[str, Any]) -> None:
        """Be told by a body as in the first lines of this file."""
        self.faults.extend(Fault(**fault) for fault in script.get("faults", ()))
        self.texts.extend(script.get("texts", ()))
        self.doubted = frozenset(script.get("doubted", self.doubted))
        self.hallucinates = script.get("hallucinates", self.hallucinates)
        self.first_seconds = script.get("first_seconds", self.first_seconds)
        self.piece_seconds = script.get("piece_seconds", self.piece_seconds)


def tone_for(text: str, speed: float = 1.0, word_seconds: float = WORD_SECONDS) -> bytes:
    """What the service says for a text: so long for each word, as high as this text alone."""
    return tone(200 + 10 * (crc32(text.encode()) % 80), max(1, len(text.split())) * word_seconds / speed)


def tokens_of(text: str, doubted: frozenset[str]) -> list[dict[str, Any]]:
    """The text as a recogniser cuts it: words with the blank before them, and what is no word apart."""
    return [
        {
            "token": piece,
            "bytes": list(piece.encode()),
            "logprob": UNSURE if piece.strip() in doubted else SURE,
        }
        for piece in re.findall(r"\s*\w+|\s*[^\w\s]|\s+$", text)
    ]
