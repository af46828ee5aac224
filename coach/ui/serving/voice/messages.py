"""What a browser may say over its line. Everything else is refused.

Sound comes as bytes: 16 of the utterance's id, 4 of the piece's number (little-endian), then the samples.
"""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, TypeAdapter, ValidationError

from coach.domain.interview.agenda import Wish
from coach.domain.transcript import LONGEST_TEXT
from coach.domain.utterance import LONGEST_SECONDS
from coach.domain.value import Value
from coach.errors import CoachError

LONGEST_MESSAGE = 1_000_000
"""Bytes of a message, sound or not."""
LONGEST_PIECE = 64_000
"""Bytes of sound in a message: two seconds."""
MOST_PIECES = int(LONGEST_SECONDS * 4)
"""Pieces of one utterance; a browser sends two a second."""

_HEAD = struct.Struct("<16sI")
_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_Turn = Annotated[str, Field(pattern=r"^[A-Z][0-9]{1,6}$")]


class MalformedError(CoachError):
    """A message that is none of these."""


class Hello(Value):
    """The first message: who this is."""

    t: Literal["hello"]
    token: str


class Begin(Value):
    """The candidate begins to speak, or did so `ago` seconds before."""

    t: Literal["begin"]
    u: _Id
    ago: Annotated[float, Field(ge=0, le=LONGEST_SECONDS)] = 0.0


class End(Value):
    """They have ended, after so many pieces of sound. `text` is what the browser itself heard, or what they typed
    instead."""

    t: Literal["end"]
    u: _Id
    pieces: Annotated[int, Field(ge=0, le=MOST_PIECES)] = 0
    text: Annotated[str, Field(max_length=LONGEST_TEXT)] | None = None


class Drop(Value):
    """Leave an utterance out of the round."""

    t: Literal["drop"]
    u: _Id


class Cut(Value):
    """The candidate has begun to speak while the interviewer was speaking: of `turn` so many sentences were played
    and a fraction of the next, `seconds` in all."""

    t: Literal["cut"]
    turn: _Turn
    played: Annotated[int, Field(ge=0, le=10_000)]
    fraction: Annotated[float, Field(ge=0, le=1)]
    seconds: Annotated[float, Field(ge=0)]


class Ask(Value):
    """Silence that has lasted, or something wished for by key."""

    t: Literal["ask"]
    wish: Wish


class Say(Value):
    """Say a turn aloud, again or for the first time."""

    t: Literal["say"]
    turn: _Turn


class Test(Value):
    """Say a sentence aloud, in a trial."""

    t: Literal["test"]
    text: Annotated[str, Field(max_length=300)]


class Choose(Value):
    """How the interviewer speaks from now on."""

    t: Literal["choose"]
    aloud: bool
    speed: Annotated[float, Field(ge=0.5, le=2.0)] = 1.0


Send = Callable[[dict[str, Any], bytes | None], Awaitable[None]]
"""Sends a message to the browser, alone or in front of sound."""
Message = Hello | Begin | End | Drop | Cut | Ask | Say | Test | Choose
_MESSAGES: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="t")])


class Piece(NamedTuple):
    """A piece of an utterance's sound."""

    utterance: str
    seq: int
    sound: bytes


def read(text: str) -> Message:
    """Raises MalformedError, which says nothing of what was in it."""
    if len(text) > LONGEST_MESSAGE:
        raise MalformedError("A message is too long.")
    try:
        return _MESSAGES.validate_json(text)
    except ValidationError as error:
        raise MalformedError("A message is none that is known here: reload the page.") from error


def read_sound(data: bytes) -> Piece:
    """Raises MalformedError."""
    size = len(data) - _HEAD.size
    if not 0 < size <= LONGEST_PIECE or size % 2:
        raise MalformedError("A piece of sound is too short, too long or not of whole samples.")
    id_, seq = _HEAD.unpack_from(data)
    if seq >= MOST_PIECES:
        raise MalformedError("An utterance is too long.")
    return Piece(id_.hex(), seq, data[_HEAD.size :])
