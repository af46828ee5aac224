"""What was not said is no answer: how much voice a recording holds, and what a recogniser made of it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from coach.domain.speech import HEARD_RATE, Heard
from coach.domain.unclear import nothing_said, voiced_seconds, why_unclear

_Wave = npt.NDArray[np.float64]
_RANDOM = np.random.default_rng(7)


def _silence(seconds: float) -> _Wave:
    return np.zeros(int(seconds * HEARD_RATE))


def _noise(seconds: float, loudness: float) -> _Wave:
    return loudness * _RANDOM.standard_normal(int(seconds * HEARD_RATE))


def _syllables(seconds: float, loudness: float = 0.2) -> _Wave:
    """A tone that swells and fades four times a second, as a voice does."""
    at = np.arange(int(seconds * HEARD_RATE)) / HEARD_RATE
    return loudness * np.sin(2 * np.pi * 150 * at) * np.abs(np.sin(2 * np.pi * 2 * at))


def _sound(*parts: _Wave) -> bytes:
    return (np.clip(np.concatenate(parts), -1, 1) * 32_767).astype("<i2").tobytes()


@pytest.mark.parametrize(
    "sound",
    [
        b"",
        b"\x00",
        _sound(_silence(3)),
        _sound(_noise(3, 0.002)),
        _sound(_noise(3, 0.02)),
        _sound(_noise(3, 0.15)),
        _sound(_silence(3) + 0.3),
    ],
    ids=["empty", "half a sample", "silence", "hiss", "a fan", "a loud fan", "an offset"],
)
def test_silence_and_steady_noise_hold_no_voice(sound: bytes) -> None:
    assert voiced_seconds(sound) == 0.0
    assert nothing_said(voiced_seconds(sound))


@pytest.mark.parametrize("hiss", [0.0, 0.001, 0.01])
@pytest.mark.parametrize("loudness", [0.1, 0.5])
def test_a_voice_between_pauses_is_measured(hiss: float, loudness: float) -> None:
    spoken = np.concatenate(
        [_silence(1), _syllables(2, loudness), _silence(1.5), _syllables(1, loudness), _silence(1)]
    )
    found = voiced_seconds(_sound(spoken + _noise(len(spoken) / HEARD_RATE, hiss)))
    assert 2.0 <= found <= 3.0


def test_a_short_word_in_a_long_recording_with_a_fan_is_found() -> None:
    spoken = np.concatenate([_silence(60), _syllables(0.5), _silence(60)])
    found = voiced_seconds(_sound(spoken + _noise(len(spoken) / HEARD_RATE, 0.02)))
    assert 0.2 <= found <= 0.5


@pytest.mark.parametrize("loudness", [0.03, 0.2, 0.9])
def test_who_does_not_pause_is_heard_too(loudness: float) -> None:
    assert voiced_seconds(_sound(_syllables(10, loudness))) > 6.0


def test_a_key_that_clicks_is_no_word() -> None:
    click = _noise(0.03, 0.3)
    assert nothing_said(voiced_seconds(_sound(_silence(1), click, _silence(1), click, _silence(1))))


@pytest.mark.parametrize("voiced", [0.0, 2.0])
@pytest.mark.parametrize(
    "text", ["", "  ", "[Music]", "(applause)", "♪", "♪ la la ♪", "...", "*sighs*", "[noise] [noise]"]
)
def test_no_words_are_no_answer(text: str, voiced: float) -> None:
    assert why_unclear(Heard(text=text), voiced) in {"Nothing was heard.", "Sounds were heard, but no words."}


def test_what_is_too_short_for_words_is_told_with_its_length() -> None:
    assert why_unclear(Heard(text="Yes."), 0.1) == "0.1 s of voice is too short for words."
    assert why_unclear(Heard(text="Yes."), 0.2) is None


def test_more_words_than_anybody_can_say_in_that_time_were_not_said() -> None:
    told = why_unclear(Heard(text="word " * 15), 2.0)
    assert told == "15 words cannot have been said in 2.0 s of voice."
    assert why_unclear(Heard(text="word " * 14), 2.0) is None


@pytest.mark.parametrize(
    "text",
    [
        "Thank you for watching.",
        "Thanks for watching!",
        "Thank you so much for watching. Bye.",
        "Please subscribe.",
        "Please like and subscribe to my channel!",
        "Don't forget to subscribe.",
        "Subtitles by the Amara.org community",
        "See you in the next video.",
        "I'll see you next time.",
        "Untertitel im Auftrag des ZDF",
    ],
)
def test_what_recognisers_make_of_silence_counts_only_with_much_voice(text: str) -> None:
    told = why_unclear(Heard(text=text), 1.5)
    assert told is not None
    assert text in told
    assert "\n" not in told
    assert why_unclear(Heard(text=text), 4.0) is None


@pytest.mark.parametrize("text", ["Thank you.", "Thanks.", "Bye.", "Bye bye.", "you", "Thank you. Thank you."])
def test_a_word_of_thanks_counts_when_it_was_said_clearly(text: str) -> None:
    assert why_unclear(Heard(text=text), 0.2) is not None
    assert why_unclear(Heard(text=text), 0.6) is None


@pytest.mark.parametrize(
    "text",
    [
        "I'd subscribe to the change feed.",
        "Thank you for the number, so two hundred milliseconds.",
        "You want recall first.",
        "[pause] I would start with the golden set.",
        "Music is one of the categories.",
    ],
)
def test_an_answer_with_such_words_in_it_is_an_answer(text: str) -> None:
    assert why_unclear(Heard(text=text), 2.0) is None


def test_a_text_of_many_brackets_is_read_at_once() -> None:
    assert why_unclear(Heard(text="[.]" * 2_000 + "word"), 0.5) is None
