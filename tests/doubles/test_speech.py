"""The speech double tells the truth about what it is sent, and runs as a process of its own."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
import time
import urllib.request
import wave
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.doubles.speech import serving_speech
from tests.doubles.speech_script import THANKS, SpeechDouble, tokens_of, tone_for
from tests.voices.speaking import sine


@pytest.fixture(scope="module")
def double() -> Iterator[SpeechDouble]:
    with serving_speech() as serving:
        yield serving


def call(url: str, method: str = "GET", body: bytes | None = None, kind: str = "application/json") -> bytes:
    headers = {"content-type": kind, "authorization": "Bearer sk-x"}
    with urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method), timeout=5) as answer:
        read: bytes = answer.read()
        return read


def post(url: str, sound: bytes, rate: int = 16_000, **fields: str) -> bytes:
    """A form with a recording, written by hand."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writing:
        writing.setparams((1, 2, rate, 0, "NONE", ""))
        writing.writeframes(sound)
    parts = [f'name="{name}"\r\n\r\n{value}'.encode() for name, value in {"model": "m", **fields}.items()]
    parts.append(b'name="file"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n' + file.getvalue())
    body = (
        b"".join(b"--edge\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts) + b"--edge--\r\n"
    )
    return call(f"{url}/v1/audio/transcriptions", "POST", body, "multipart/form-data; boundary=edge")


def ask(url: str, text: str, **fields: Any) -> bytes:
    body = {"model": "m", "voice": "v", "input": text, "response_format": "pcm", **fields}
    return call(f"{url}/v1/audio/speech", "POST", json.dumps(body).encode())


def test_it_hears_what_is_in_the_recording(double: SpeechDouble) -> None:
    double.forget()
    for rate in (16_000, 44_100):
        heard = json.loads(post(double.url, sine(700, 0.5, rate), rate, prompt="a hint"))
        assert heard["text"] == "A tone of 700 hertz for 0.5 seconds."
    for seen in double.requests:
        assert (seen.model, seen.keyed, seen.fields) == ("m", True, {"prompt": "a hint"})
        assert seen.seconds == pytest.approx(0.5)
        assert seen.hertz == 700
        assert seen.energy > 0.1


def test_it_streams_words_and_then_the_whole(double: SpeechDouble) -> None:
    double.forget()
    double.texts.append("Two words.")
    lines = post(double.url, sine(700, 0.2), stream="true").decode().split("\n\n")
    events = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: {")]
    assert [event.get("delta") for event in events] == ["Two", " words", ".", None]
    assert events[-1] == {"type": "transcript.text.done", "text": "Two words."}
    assert double.requests[0].whole


def test_it_makes_something_up_in_silence_only_if_told_to(double: SpeechDouble) -> None:
    double.forget()
    assert json.loads(post(double.url, bytes(16_000)))["text"] == ""
    double.hallucinates = True
    assert json.loads(post(double.url, bytes(16_000)))["text"] == THANKS
    assert json.loads(post(double.url, sine(700, 0.5)))["text"] != THANKS


def test_every_text_has_a_tone_of_its_length(double: SpeechDouble) -> None:
    double.forget()
    short, long = ask(double.url, "One two."), ask(double.url, "One two three four.")
    assert (short, long) == (tone_for("One two."), tone_for("One two three four."))
    assert len(long) == 2 * len(short)
    assert ask(double.url, "One two.", speed=2.0) == tone_for("One two.", 2.0)


def test_tokens_make_up_their_text() -> None:
    text = "So: a write-ahead  log, naïve? "
    tokens = tokens_of(text, frozenset({"ahead"}))
    assert "".join(token["token"] for token in tokens) == text
    assert [token["token"] for token in tokens if token["logprob"] < -1] == ["ahead"]


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port: int = taken.getsockname()[1]
        return port


def test_it_runs_as_a_process_that_is_told_what_to_do() -> None:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.doubles.speech", "--port", str(port)])
    try:
        url = f"http://127.0.0.1:{port}"
        told = json.dumps({"texts": ["Told so."], "faults": [{"kind": "slow", "seconds": 0.0}]}).encode()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                call(f"{url}/double", "POST", told)
                break
            except OSError:
                time.sleep(0.05)
        assert json.loads(post(url, sine(440, 0.2)))["text"] == "Told so."
        (seen,) = json.loads(call(f"{url}/double"))
        assert seen["hertz"] == 440
        call(f"{url}/double", "DELETE")
        assert json.loads(call(f"{url}/double")) == []
    finally:
        process.kill()
        process.wait()
