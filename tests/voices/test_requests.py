"""What is sent to OpenAI and to servers like it, and what is read off their answers."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from coach.domain.speech import HEARD_RATE, Doubt, Heard
from coach.ports import Voice
from coach.voices.openai import connect
from tests.doubles.speech_script import SpeechDouble
from tests.voices.conftest import PATIENCE
from tests.voices.speaking import HEARD, HINTS, KEY, RECORDING, SAID, hear, say, sine


@pytest.fixture
def named(double: SpeechDouble, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A maker of voices of OpenAI itself, by their models."""
    monkeypatch.setenv("OPENAI_BASE_URL", f"{double.url}/v1")
    return SimpleNamespace(voice=lambda models: connect(models, KEY, None, PATIENCE))


def test_the_recording_arrives_as_it_was_made(remote: Voice, double: SpeechDouble) -> None:
    hear(remote, sine(300, 0.4))
    (seen,) = double.requests
    assert seen.seconds == pytest.approx(0.4)
    assert seen.hertz == 300
    assert seen.energy == pytest.approx(9_000 / 32_768 / 2**0.5, rel=0.02)


def test_openai_is_asked_to_stream_and_how_sure_it_is(streaming: Voice, double: SpeechDouble) -> None:
    hear(streaming)
    (seen,) = double.requests
    assert seen.fields == {
        "stream": "true",
        "response_format": "json",
        "include[]": ["logprobs"],
        "prompt": HINTS,
    }


@pytest.mark.parametrize(
    ("recogniser", "asked"),
    [
        ("gpt-4o-transcribe", ["include[]", "stream"]),
        ("gpt-4o-mini-transcribe-2025-12-15", ["include[]", "stream"]),
        ("gpt-transcribe", ["stream"]),
        ("whisper-1", []),
    ],
)
def test_a_recogniser_is_asked_for_what_it_can_do(
    named: SimpleNamespace, double: SpeechDouble, recogniser: str, asked: list[str]
) -> None:
    assert hear(named.voice(recogniser)).heard == Heard(text=HEARD)
    (seen,) = double.requests
    assert seen.model == recogniser
    assert sorted(seen.fields.keys() - {"response_format", "prompt"}) == asked


def test_another_server_is_sent_only_what_all_understand(double: SpeechDouble, connected: dict[str, Voice]) -> None:
    hear(connected["compatible"], hints="")
    say(connected["compatible"])
    heard, said = double.requests
    assert heard.fields == {"response_format": "json"}
    assert said.fields == {"input": SAID, "voice": "alloy", "response_format": "pcm"}
    assert (heard.model, said.model) == ("base-en", "kokoro")


def test_a_speed_is_sent_where_it_is_another(remote: Voice, double: SpeechDouble) -> None:
    usual, fast = say(remote), say(remote, speed=1.5)
    assert ["speed" in seen.fields for seen in double.requests] == [False, True]
    assert len(fast.sound) == pytest.approx(len(usual.sound) / 1.5, abs=4)


def test_the_voice_of_a_spec_speaks(named: SimpleNamespace, double: SpeechDouble) -> None:
    say(named.voice("/tts-1+nova"))
    (seen,) = double.requests
    assert (seen.model, seen.fields["voice"]) == ("tts-1", "nova")


def test_words_come_before_the_whole(streaming: Voice) -> None:
    came = hear(streaming)
    assert came.words == HEARD
    assert came.pieces > 5


@pytest.mark.parametrize("text", ["Sharded, then: p99 is 40 ms.", "Wie groß? 数据 🙂 naïve", "one\ntwo"])
def test_words_of_every_script_come_through(remote: Voice, double: SpeechDouble, text: str) -> None:
    double.texts.append(text)
    came = hear(remote)
    assert came.heard == Heard(text=text)


def test_blanks_around_a_transcript_are_nobodys_words(streaming: Voice, double: SpeechDouble) -> None:
    double.texts.append("  a quorum \n")
    double.doubted = frozenset({"quorum"})
    assert hear(streaming).heard == Heard(text="a quorum", doubts=(Doubt(start=2, end=8),))


@pytest.mark.parametrize("tells_in", [{"delta"}, {"done"}, {"delta", "done"}])
def test_unlikely_words_are_doubted(streaming: Voice, double: SpeechDouble, tells_in: set[str]) -> None:
    double.tells_in = frozenset(tells_in)
    double.texts.append("Größe: we use pgvector, and a kworum of three.")
    double.doubted = frozenset({"Größe", "kworum", ","})
    came = hear(streaming)
    assert came.heard is not None
    assert [came.heard.text[doubt.start : doubt.end] for doubt in came.heard.doubts] == ["Größe", "kworum"]


def test_nobody_doubts_what_is_not_told_of(double: SpeechDouble, connected: dict[str, Voice]) -> None:
    double.doubted = frozenset({"tone"})
    for way in ("whisper", "compatible"):
        assert hear(connected[way]).heard == Heard(text=HEARD)


def test_a_recogniser_that_answers_at_once_may_listen_as_long_as_one_speaks(
    double: SpeechDouble, connected: dict[str, Voice]
) -> None:
    double.first_seconds = 0.7
    recording = sine(440, 1.5)
    assert len(recording) / 2 / HEARD_RATE > PATIENCE * 3
    assert hear(connected["compatible"], recording).error is None
    assert "sent nothing for 0.4 s" in str(hear(connected["compatible"], RECORDING).error)
    assert "sent nothing for 0.4 s" in str(hear(connected["openai"], recording).error)
