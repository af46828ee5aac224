"""OpenAI's recognisers and speakers; with a base URL, any server that speaks its audio protocol."""

from __future__ import annotations

import io
import os
import re
import wave
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from weakref import finalize

from coach.domain.speech import HEARD_RATE, SAMPLE_BYTES, Heard
from coach.domain.transcript import LONGEST_TEXT
from coach.ports import Voice
from coach.voices.destinations import Destination, destination_of
from coach.voices.door import CONNECT_SECONDS, SILENCE_SECONDS, Door, FailedError, Hearing, Speech, UnusableError
from coach.voices.doubts import Token, doubts_of
from coach.voices.naming import Models, models_of

if TYPE_CHECKING:
    from openai import OpenAI

KEY = "OPENAI_API_KEY"
KEY_NEEDED = True
IN_BROWSER = False
RECOGNISER = "gpt-4o-mini-transcribe"
SPEAKER = "gpt-4o-mini-tts"
VOICE = "alloy"
"""Said with where a spec names none: every speaker of OpenAI has it, and most compatible servers know it."""
ADDRESS = "https://api.openai.com/v1"
_SURE = re.compile(r"gpt-4o-(mini-)?transcribe(-\d{4}-\d\d-\d\d)?")
"""Recognisers that tell how sure they are. Others refuse to be asked."""
_AT_ONCE = re.compile(r"whisper-\d+")
"""Recognisers that do not stream, even if they are asked to."""


def destination(base_url: str | None) -> Destination:
    """The SDK reads the variable too."""
    return destination_of(base_url or os.environ.get("OPENAI_BASE_URL") or ADDRESS)


def connect(models: str, key: str | None, base_url: str | None, seconds: float = SILENCE_SECONDS) -> Voice:
    """`base_url` also chooses what is sent: only what every server understands with one, all that OpenAI does
    without. `seconds` is how long nothing may come."""
    import openai  # noqa: PLC0415 - a second, and only those who speak need it

    named = models_of(models)
    used = Models(named.recogniser or RECOGNISER, named.speaker or SPEAKER, named.voice)
    client = openai.OpenAI(api_key=key or "none", base_url=base_url, max_retries=0)
    at_once = base_url is not None or _AT_ONCE.fullmatch(used.recogniser) is not None
    audio = Audio(client, used)
    door = Door(
        name=f"openai:{used}" if base_url is None else f"openai:{used}@{base_url}",
        host=client.base_url.netloc.decode("ascii"),
        key_name=KEY if base_url is None else "OPENAI_COMPATIBLE_API_KEY",
        hear=audio.hear_at_once if at_once else audio.hear,
        say=audio.say,
        seconds=seconds,
        hears_at_once=at_once,
    )
    finalize(door, client.close)
    return door


class Audio:
    """The three requests."""

    def __init__(self, client: OpenAI, models: Models) -> None:
        self._client = client
        self._models = models

    def hear(self, sound: bytes, hints: str, seconds: float) -> Hearing:
        """Word by word. See Door."""
        arguments = self._recording(sound, hints, seconds)
        if _SURE.fullmatch(self._models.recogniser):
            arguments["include"] = ["logprobs"]
        tokens: list[Token] = []
        with self._client.audio.transcriptions.create(**arguments, stream=True) as events:
            for event in events:
                match event.type:
                    case "transcript.text.delta":
                        tokens += _tokens(event.logprobs)
                        yield event.delta
                    case "transcript.text.done":
                        yield _heard(event.text, list(_tokens(event.logprobs)) or tokens)
                        return
                    case "error":
                        raise FailedError(getattr(event, "code", None))
                    case _:
                        yield ""

    def hear_at_once(self, sound: bytes, hints: str, seconds: float) -> Hearing:
        """In one piece. See Door."""
        found = self._client.audio.transcriptions.create(**self._recording(sound, hints, seconds))
        yield _heard(getattr(found, "text", None), ())

    def say(self, text: str, speed: float, seconds: float) -> Speech:
        """See Door."""
        arguments: dict[str, Any] = {
            "model": self._models.speaker,
            "voice": self._models.voice or VOICE,
            "input": text,
            "response_format": "pcm",
            "timeout": _timeout(seconds),
        }
        if speed != 1.0:
            arguments["speed"] = speed
        with self._client.audio.speech.with_streaming_response.create(**arguments) as answer:
            if answer.headers.get("content-type", "").startswith(("application/json", "text/")):
                raise UnusableError("sent something that is no sound. Check that its speaker can speak.")
            yield from answer.iter_bytes()

    def _recording(self, sound: bytes, hints: str, seconds: float) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": self._models.recogniser,
            "file": ("recording.wav", wav(sound), "audio/wav"),
            "response_format": "json",
            "timeout": _timeout(seconds),
        }
        if hints:
            arguments["prompt"] = hints
        return arguments


def wav(sound: bytes) -> bytes:
    """A recording as a file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(SAMPLE_BYTES)
        writing.setframerate(HEARD_RATE)
        writing.writeframes(sound)
    return file.getvalue()


def _timeout(seconds: float) -> Any:
    import openai  # noqa: PLC0415 - as above

    return openai.Timeout(seconds, connect=CONNECT_SECONDS)


def _tokens(given: Iterable[Any] | None) -> Iterator[Token]:
    for one in given or ():
        text = bytes(map(int, one.bytes)) if one.bytes else (one.token or "").encode()
        yield Token(text, 0.0 if one.logprob is None else one.logprob)


def _heard(text: object, tokens: Iterable[Token]) -> Heard:
    """Raises UnusableError."""
    if not isinstance(text, str):
        raise UnusableError("sent something that is no transcript. Check that its recogniser can hear.")
    said = text.strip()
    if len(said) > LONGEST_TEXT:
        raise UnusableError(f"heard {len(said)} characters, which is too long. Say less at a time.")
    return Heard(text=said, doubts=doubts_of(said, tokens))
