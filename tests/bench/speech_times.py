"""The speech double, with a note of how long each of its answers took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.doubles.loopback import on_loopback
from tests.doubles.speech import application
from tests.doubles.speech_script import SpeechDouble


class Call(NamedTuple):
    """One request. Seconds of `time.monotonic`."""

    path: str
    asked: float
    answered: float
    """When the first of its answer left: all of a transcript, the first piece of speech."""


class Service:
    """The double, and the calls it has answered."""

    def __init__(self) -> None:
        self.double = SpeechDouble()
        self.calls: list[Call] = []

    @property
    def spec(self) -> str:
        """For COACH_VOICE."""
        return f"openai:whisper-1/tts-1@{self.double.url}/v1"

    def seconds_for(self, since: float) -> float:
        """What it took of its time for the reply to what was said at `since`: to hear it, and to begin to speak."""
        heard = next(call for call in self.calls if call.asked >= since and call.path.endswith("transcriptions"))
        spoke = next(call for call in self.calls if call.asked >= heard.answered and call.path.endswith("speech"))
        return heard.answered - heard.asked + spoke.answered - spoke.asked

    def timed(self, served: ASGIApp) -> ASGIApp:
        """The application, its calls noted."""

        async def called(scope: Scope, receive: Receive, send: Send) -> None:
            asked, is_noted = time.monotonic(), False

            async def noting(message: Message) -> None:
                nonlocal is_noted
                if not is_noted and message.get("body"):
                    is_noted = True
                    self.calls.append(Call(scope["path"], asked, time.monotonic()))
                await send(message)

            await served(scope, receive, noting)

        return called


@contextmanager
def timed_speech(first_seconds: float) -> Iterator[Service]:
    """A service on a free port of loopback that takes so long for an answer, while the context is open."""
    service = Service()
    service.double.first_seconds = first_seconds
    with on_loopback(service.timed(application(service.double))) as service.double.port:
        yield service
