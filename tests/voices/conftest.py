"""Every way to a voice, before one double of their servers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coach.ports import Voice
from coach.voices import connect
from coach.voices.openai import connect as connect_openai
from tests.doubles.speech import serving_speech
from tests.doubles.speech_script import SpeechDouble
from tests.voices.speaking import KEY

PATIENCE = 0.4
"""Seconds without a byte; as long as any recording here."""


@pytest.fixture(scope="session")
def speech_server() -> Iterator[SpeechDouble]:
    with serving_speech() as double:
        yield double


@pytest.fixture
def double(speech_server: SpeechDouble) -> Iterator[SpeechDouble]:
    """The server, which has forgotten all other tests."""
    speech_server.forget()
    yield speech_server
    speech_server.forget()


@pytest.fixture(scope="session")
def connected(speech_server: SpeechDouble) -> dict[str, Voice]:
    """Voices by the way they are reached; making a client takes longer than most tests."""
    base_url = f"{speech_server.url}/v1"
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("OPENAI_BASE_URL", base_url)
        native = connect_openai("", KEY, None, PATIENCE)
        whisper = connect_openai("whisper-1/tts-1", KEY, None, PATIENCE)
    return {
        "openai": native,
        "whisper": whisper,
        "compatible": connect_openai("base-en/kokoro", KEY, base_url, PATIENCE),
        "canned": connect("canned", {}),
    }


@pytest.fixture(params=["openai", "whisper", "compatible", "canned"])
def voice(request: pytest.FixtureRequest, double: SpeechDouble, connected: dict[str, Voice]) -> Voice:
    """A voice of each kind."""
    return connected[request.param]


@pytest.fixture(params=["openai", "whisper", "compatible"])
def remote(request: pytest.FixtureRequest, double: SpeechDouble, connected: dict[str, Voice]) -> Voice:
    """A voice on a server, reached in each way there is."""
    return connected[request.param]


@pytest.fixture
def streaming(double: SpeechDouble, connected: dict[str, Voice]) -> Voice:
    """A voice whose words come as they are heard."""
    return connected["openai"]
