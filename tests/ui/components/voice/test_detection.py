"""When a turn begins and ends. How fast and how surely is measured in tests/bench/detection.py, on other voices."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.ui.components.voice import clips
from tests.ui.components.voice.clips import (
    Sound,
    Speaker,
    amid,
    cough,
    hum,
    keyboard,
    noise,
    placed,
    silence,
    spoken,
)
from tests.ui.components.voice.hearing import FRAMES, hear

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SPEAKERS = [Speaker("en-us", 165), Speaker("en-gb", 150), Speaker("en-us+f3", 175)]
FIRST, SECOND = "My plan is a queue in front of the model.", "Then the workers can be slow."
needs_speech = pytest.mark.skipif(not clips.can_speak(), reason=clips.NONE)


def quiet(sound: Sound) -> Sound:
    """In a quiet room."""
    return amid(sound, noise("pink", len(sound) / clips.RATE, 1), 35)


def alone(sound: Sound) -> Sound:
    """With silence around it, in a quiet room."""
    return quiet(placed(1.5, sound, 1.5)[0])


def answer(pause: float, speaker: Speaker = SPEAKERS[0]) -> tuple[Sound, tuple[clips.Span, ...]]:
    """Two sentences with a pause between, and eight seconds after."""
    sound, spans = placed(1.0, spoken(FIRST, speaker), pause, spoken(SECOND, speaker), 8.0)
    return quiet(sound), spans


@pytest.mark.parametrize("seed", [2, 4, 6, 8, 10, 12])
def test_a_cough_starts_no_turn(page: Page, seed: int) -> None:
    assert hear(page, alone(cough(seed))).kinds == []


@pytest.mark.parametrize("milliseconds", [12, 60, 100])
def test_a_click_starts_no_turn(page: Page, milliseconds: int) -> None:
    for seed in range(6):
        assert hear(page, alone(clips.click(milliseconds, seed))).kinds == []


def test_typing_starts_no_turn(page: Page) -> None:
    assert hear(page, alone(keyboard(8, 3))).kinds == []


@pytest.mark.parametrize("colour", ["white", "pink", "fan"])
@pytest.mark.parametrize("decibels", [0, 10, 30])
def test_steady_noise_starts_no_turn(page: Page, colour: str, decibels: float) -> None:
    assert hear(page, amid(silence(8), noise(colour, 8, 5), decibels)).kinds == []


def test_noise_that_sets_in_starts_no_turn(page: Page) -> None:
    sound, _ = placed(3.0, 0.1 * noise("white", 6, 2), 3.0)
    assert hear(page, quiet(sound)).kinds == []


def test_silence_is_no_sound(page: Page) -> None:
    heard = hear(page, silence(3))
    assert (heard.kinds, heard.loudest) == ([], 0)


@pytest.mark.parametrize("seed", range(6))
def test_a_hum_starts_no_turn_and_interrupts_nobody(page: Page, seed: int) -> None:
    sound = alone(hum(seed))
    assert hear(page, sound).kinds == []
    heard = hear(page, sound, speaking=True)
    assert heard.kinds == []
    assert max(heard.stirs) == 1  # the interviewer is lowered, not silent


@pytest.mark.parametrize(
    "sound", [clips.click(60, 1), keyboard(5, 3), 0.1 * noise("white", 4, 2)], ids=["click", "keys", "noise"]
)
def test_what_is_no_voice_lowers_nobody(page: Page, sound: Sound) -> None:
    assert set(hear(page, alone(sound), speaking=True).stirs) == {0}


@needs_speech
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_speech_silences_the_interviewer_before_it_is_sure_to_be_speech(page: Page, speaker: Speaker) -> None:
    sound, (first, _) = answer(0.5, speaker)
    heard = hear(page, sound, speaking=True)
    silenced = (heard.stirs.index(2) + 1) / FRAMES
    assert first.start < silenced < heard.events[0].at
    assert 2 not in heard.stirs[round(heard.events[0].at * FRAMES) :]


@needs_speech
@pytest.mark.parametrize("speaker", SPEAKERS)
def test_an_answer_is_a_turn_from_its_first_word_to_its_last(page: Page, speaker: Speaker) -> None:
    sound, (first, second) = answer(0.5, speaker)
    start, end = hear(page, sound, patience=2).events
    assert (start.kind, end.kind) == ("start", "end")
    assert start.since == pytest.approx(first.start, abs=0.1)
    assert end.since == pytest.approx(second.end, abs=0.2)
    assert end.at - end.since == pytest.approx(2, abs=0.25)


@needs_speech
def test_what_was_said_before_the_decision_is_kept_with_400_ms_before_it(page: Page) -> None:
    sound, _ = answer(0.5)
    start = hear(page, sound).events[0]
    assert start.kept == pytest.approx(start.at - start.since + 0.4, abs=0.001)


@needs_speech
def test_speech_over_the_interviewer_interrupts(page: Page) -> None:
    sound, _ = answer(0.5)
    assert hear(page, sound, speaking=True).kinds == ["interrupt", "end"]


@needs_speech
@pytest.mark.parametrize("pause", [1, 2, 3, 3.8])
def test_a_pause_shorter_than_the_patience_ends_no_turn(page: Page, pause: float) -> None:
    sound, (_, second) = answer(pause)
    start, end = hear(page, sound, patience=4).events
    assert (start.kind, end.kind) == ("start", "end")
    assert end.at > second.end


@needs_speech
@pytest.mark.parametrize("pause", [4.4, 6, 8])
def test_a_pause_longer_than_the_patience_ends_the_turn(page: Page, pause: float) -> None:
    assert hear(page, answer(pause)[0], patience=4).kinds == ["start", "end", "start", "end"]


@needs_speech
def test_a_patience_is_between_one_and_ten_seconds(page: Page) -> None:
    sound, (_, second) = answer(0.5)
    assert hear(page, sound, patience=0).events[1].at == pytest.approx(second.end + 1, abs=0.25)
    assert hear(page, sound, patience=99).kinds == ["start"]


@needs_speech
@pytest.mark.parametrize(
    "other", [cough(4), keyboard(3, 9), 0.06 * noise("white", 3, 9)], ids=["cough", "keys", "noise"]
)
def test_what_is_no_voice_keeps_no_turn_open(page: Page, other: Sound) -> None:
    sound, spans = placed(1.0, spoken(FIRST, SPEAKERS[0]), 0.5, other, 3.0)
    end = hear(page, quiet(sound), patience=3).events[1]
    assert end.kind == "end"
    assert end.since < spans[1].start


@needs_speech
@pytest.mark.parametrize("colour", ["white", "pink", "fan"])
def test_at_ten_decibels_every_answer_is_heard_and_ends(page: Page, colour: str) -> None:
    for seed, speaker in enumerate(SPEAKERS):
        sound, _ = placed(2.0, spoken(FIRST, speaker), 3.0)
        noisy = amid(sound, noise(colour, len(sound) / clips.RATE, seed), 10)
        assert hear(page, noisy, patience=2).kinds == ["start", "end"]


@needs_speech
def test_while_the_key_is_held_only_the_level_is_told(page: Page) -> None:
    heard = hear(page, answer(0.5)[0], held=True)
    assert heard.kinds == []
    assert heard.loudest > 0.5
