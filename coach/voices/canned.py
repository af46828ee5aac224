"""Transcripts somebody wrote beforehand, and tones for speech: for demonstrations and tests.

It speaks a tone of 60 ms for each word, at speed 1. Without a file it hears the tone itself: how high and how long.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Field, TypeAdapter

from coach.domain.speech import Doubt, Heard
from coach.domain.value import Value
from coach.errors import ModelReplyError, SetupError
from coach.ports import Voice
from coach.voices.destinations import HERE, Destination
from coach.voices.door import Door, Hearing, Speech
from coach.voices.tones import fingerprint, tone
from coach.written import read_list

KEY = None
KEY_NEEDED = False
IN_BROWSER = False
WORD_SECONDS = 0.06
HERTZ = 220.0
PIECE_BYTES = 4_800
"""A tenth of a second."""
_ADVICE = "write a list of `- text: TEXT`, with `doubts: [WORD]` where one is unsure."
_WORDS = re.compile(r"\S+\s*")


class CannedHearing(Value):
    """One transcript, and the words of it that are in doubt."""

    text: str
    doubts: tuple[str, ...] = Field(default=())

    @property
    def heard(self) -> Heard:
        """The transcript; a doubted word is its first occurrence. Raises SetupError where it has none."""
        spans = []
        for word in self.doubts:
            start = self.text.find(word)
            if start < 0 or not word:
                raise SetupError(
                    f"canned: {word!r} is doubted and does not occur in {self.text[:60]!r}: correct it."
                )
            spans.append(Doubt(start=start, end=start + len(word)))
        return Heard(text=self.text, doubts=tuple(spans))


class CannedVoice:
    """Hears the next of the transcripts, or tones where it is given None. Safe to share between threads."""

    def __init__(self, hearings: Iterable[CannedHearing | str] | None = None, name: str = "canned:") -> None:
        """Raises SetupError."""
        self._waiting = None if hearings is None else [_heard(hearing) for hearing in hearings]
        self._lock = threading.Lock()
        self._door = Door(name, "this machine", None, self._hear, self._say)

    @property
    def name(self) -> str:
        return self._door.name

    def transcribe(self, sound: bytes, hints: str = "") -> Iterator[str | Heard]:
        """Word by word. See Voice."""
        return self._door.transcribe(sound, hints)

    def speak(self, text: str, speed: float = 1.0) -> Iterator[bytes]:
        """See Voice."""
        return self._door.speak(text, speed)

    def _hear(self, sound: bytes, hints: str, seconds: float) -> Hearing:
        heard = self._next(sound)
        yield from _WORDS.findall(heard.text)
        yield heard

    def _next(self, sound: bytes) -> Heard:
        if self._waiting is None:
            return Heard(text=fingerprint(sound).words)
        with self._lock:
            if self._waiting:
                return self._waiting.pop(0)
        raise ModelReplyError(f"{self.name}: no written transcript is left. Write one more.")

    def _say(self, text: str, speed: float, seconds: float) -> Speech:
        sound = tone(HERTZ, len(text.split()) * WORD_SECONDS / speed)
        for start in range(0, len(sound), PIECE_BYTES):
            yield sound[start : start + PIECE_BYTES]


def _heard(hearing: CannedHearing | str) -> Heard:
    return Heard(text=hearing) if isinstance(hearing, str) else hearing.heard


def destination(base_url: str | None) -> Destination:
    """Nothing is sent."""
    return HERE


def connect(models: str, key: str | None = None, base_url: str | None = None) -> Voice:
    """`models` is the path of a YAML or JSON file: a list of texts, or of `text` with `doubts`, a list of its
    words. Without one it hears tones."""
    if base_url is not None:
        raise SetupError("canned: it is on no server. Leave out @ and what follows.")
    if not models:
        return CannedVoice()
    path = Path(models).expanduser()
    hearings = read_list(path, TypeAdapter(list[CannedHearing | str]), "transcript", _ADVICE)
    return CannedVoice(hearings, f"canned:{path.name}")
