from __future__ import annotations

import pytest

from coach.domain.utterance import Utterance
from coach.errors import NotFoundError
from coach.ui.drawing.sound import cost, goes_to, in_use, named, not_heard

ID = "a" * 32


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("browser", "Your browser"),
        ("openai", "openai"),
        ("openai:whisper-1/kokoro@http://127.0.0.1:8000/v1", "openai:whisper-1/kokoro at 127.0.0.1:8000"),
        ("nosuch:any", "nosuch:any"),
    ],
)
def test_a_speech_service_has_a_name_for_the_eye(spec: str, name: str) -> None:
    assert named(spec) == name
    assert f"{name} hears and speaks." in in_use(spec)


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ("browser", "Some browsers send what they hear to their makers"),
        ("canned", "Your voice stays on this machine."),
        ("openai@http://localhost:8000/v1", "Your voice stays on this machine."),
        ("openai@https://gpu.example:8443/v1", "Your voice is sent to gpu.example:8443, and to nobody else."),
    ],
)
def test_where_a_voice_goes_is_said(spec: str, said: str) -> None:
    assert said in goes_to(spec)


def test_openai_is_named_as_the_place_a_voice_goes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert "sent to api.openai.com" in goes_to("openai")


def test_of_what_is_not_there_nothing_is_promised() -> None:
    with pytest.raises(NotFoundError, match="no speech service 'nosuch'"):
        goes_to("nosuch")


@pytest.mark.parametrize("spec", ["browser", "canned", "openai@http://127.0.0.1:8000/v1"])
def test_what_is_free_says_so(spec: str) -> None:
    assert "Speech costs nothing here." in cost(spec, 45)


def test_a_price_nobody_knows_is_no_number() -> None:
    assert "The price of this speech service is not known." in cost("openai@https://gpu.example/v1", 45)


def test_what_is_paid_for_is_told_for_the_length_of_the_round() -> None:
    told = cost("openai:whisper-1/tts-1", 45)
    assert "Speech: about $0.26 for 45 minutes, within your caps." in told
    assert told != cost("openai:whisper-1/tts-1", 12)


def test_the_usual_openai_service_has_a_price() -> None:
    assert "Speech: about $" in cost("openai", 45)


def test_what_was_never_heard_is_told_by_its_time_and_length() -> None:
    assert not_heard([]) == ""
    told = not_heard([Utterance(id=ID, at=65.0, seconds=3.4), Utterance(id=ID, at=600.0)])
    assert "no part of the grade" in told
    assert "<li>At 1:05, 3 s</li><li>At 10:00</li>" in told


def test_a_name_is_never_markup() -> None:
    assert "<b>" not in in_use("canned:<b>")
