"""Recordings, texts, and what comes of them."""

from __future__ import annotations

import math
import struct
import traceback
from collections.abc import Generator
from dataclasses import dataclass
from typing import cast

from coach.domain.speech import HEARD_RATE, Heard
from coach.errors import ModelError
from coach.ports import Voice

KEY = "sk-never-to-be-seen-0123456789"
SAID = "Please describe the shibboleth."
"""A text with a word that occurs nowhere else."""
HINTS = "xylophone, pgvector"


def sine(hertz: float, seconds: float, rate: int = HEARD_RATE, peak: int = 9_000) -> bytes:
    """A tone, made in another way than the one under test."""
    size = round(seconds * rate)
    samples = (round(peak * math.sin(math.tau * hertz * place / rate)) for place in range(size))
    return struct.pack(f"<{size}h", *samples)


RECORDING = sine(440, 0.3)
HEARD = "A tone of 440 hertz for 0.3 seconds."
SILENCE = bytes(len(RECORDING))


@dataclass
class Came:
    """What came of a request."""

    words: str = ""
    heard: Heard | None = None
    sound: bytes = b""
    pieces: int = 0
    error: ModelError | None = None

    @property
    def shown(self) -> str:
        """All that an error could show to anybody."""
        error = self.error
        return "".join(traceback.format_exception(error)) + repr(error) + str(error) if error else ""


def hear(voice: Voice, sound: bytes = RECORDING, hints: str = HINTS) -> Came:
    """The whole transcript, or as much as there was of it."""
    came = Came()
    try:
        for piece in voice.transcribe(sound, hints):
            assert came.heard is None, "Something came after the end."
            if isinstance(piece, Heard):
                came.heard = piece
            else:
                came.words += piece
                came.pieces += 1
    except ModelError as error:
        came.error = error
    return came


def say(voice: Voice, text: str = SAID, speed: float = 1.0) -> Came:
    """The whole sound, or as much as there was of it."""
    came = Came()
    sound: list[bytes] = []
    try:
        for piece in voice.speak(text, speed):
            assert piece, "An empty piece came."
            assert len(piece) % 2 == 0, "A sample was torn."
            sound.append(piece)
    except ModelError as error:
        came.error = error
    came.sound, came.pieces = b"".join(sound), len(sound)
    return came


def hearing(voice: Voice) -> Generator[str | Heard, None, None]:
    """A transcript that can be closed."""
    return cast("Generator[str | Heard, None, None]", voice.transcribe(RECORDING, HINTS))


def saying(voice: Voice) -> Generator[bytes, None, None]:
    """Speech that can be closed."""
    return cast("Generator[bytes, None, None]", voice.speak(SAID))
