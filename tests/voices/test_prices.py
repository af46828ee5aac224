"""Prices: published ones, and never guessed."""

from __future__ import annotations

import pytest

from coach.errors import SetupError
from coach.voices import connect
from coach.voices.openai import RECOGNISER, SPEAKER
from coach.voices.prices import CHARACTERS_A_MINUTE, HEARD_USD, SPOKEN_USD, heard_usd, spoken_usd


@pytest.mark.parametrize(
    ("name", "usd"),
    [
        ("openai:gpt-4o-mini-transcribe/gpt-4o-mini-tts", 0.03),
        ("openai:gpt-4o-transcribe/tts-1", 0.06),
        ("openai:whisper-1/tts-1", 0.06),
        ("openai:gpt-transcribe/tts-1", 0.045),
    ],
)
def test_ten_minutes_heard_cost_ten_times_one(name: str, usd: float) -> None:
    assert heard_usd(name, 600) == pytest.approx(usd)


@pytest.mark.parametrize(("name", "usd"), [("openai:a/tts-1", 1.5), ("openai:a/tts-1-hd+nova", 3.0)])
def test_speech_is_paid_by_the_character(name: str, usd: float) -> None:
    assert spoken_usd(name, 100_000) == pytest.approx(usd)


def test_speech_that_is_paid_by_its_length_is_estimated() -> None:
    assert spoken_usd("openai:a/gpt-4o-mini-tts", CHARACTERS_A_MINUTE) == pytest.approx(0.015)


def test_the_usual_models_have_a_price() -> None:
    assert RECOGNISER in HEARD_USD
    assert SPEAKER in SPOKEN_USD
    name = connect("openai", {"OPENAI_API_KEY": "sk-x"}).name
    assert heard_usd(name, 60) == HEARD_USD[RECOGNISER]
    assert spoken_usd(name, 1_000_000) == SPOKEN_USD[SPEAKER]


@pytest.mark.parametrize(
    "name", ["canned", "canned:said.yaml", "browser", "openai:whisper-1/tts-1@http://127.0.0.1:8000/v1"]
)
def test_what_nobody_is_paid_for_is_free(name: str) -> None:
    assert heard_usd(name, 600) == 0.0
    assert spoken_usd(name, 1_000) == 0.0


@pytest.mark.parametrize(
    "name", ["openai:unheard/of", "openai:whisper-1/tts-1@https://speech.example/v1", "other:whisper-1/tts-1"]
)
def test_an_unknown_price_is_not_guessed(name: str) -> None:
    assert heard_usd(name, 600) is None
    assert spoken_usd(name, 1_000) is None


def test_a_name_that_is_none_has_no_price() -> None:
    with pytest.raises(SetupError):
        heard_usd("", 1)
