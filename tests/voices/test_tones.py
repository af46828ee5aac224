"""Tones, and what is read off them."""

from __future__ import annotations

import random
import struct

import pytest

from coach.domain.speech import HEARD_RATE, SPOKEN_RATE
from coach.voices.tones import LOUDNESS, fingerprint, tone
from tests.voices.speaking import sine


@pytest.mark.parametrize("hertz", [100, 440, 1_000, 3_000])
@pytest.mark.parametrize("rate", [HEARD_RATE, SPOKEN_RATE])
def test_a_tone_is_read_back(hertz: int, rate: int) -> None:
    for sound in (tone(hertz, 0.5, rate), sine(hertz, 0.5, rate)):
        read = fingerprint(sound, rate)
        assert read.hertz == hertz
        assert read.seconds == pytest.approx(0.5)
        assert read.voiced == pytest.approx(0.5, abs=0.05)


def test_a_tone_is_heard_between_silences_and_through_noise() -> None:
    noise = random.Random(7)
    hiss = struct.pack("<16000h", *(noise.randrange(-90, 90) for _ in range(16_000)))
    read = fingerprint(hiss + sine(440, 1.0) + hiss)
    assert read.hertz == 440
    assert read.voiced == pytest.approx(1.0, abs=0.05)
    assert read.seconds == 3.0
    assert read.words == "A tone of 440 hertz for 1.0 seconds."


@pytest.mark.parametrize("sound", [b"", bytes(100), bytes(32_000)])
def test_silence_has_no_tone(sound: bytes) -> None:
    read = fingerprint(sound)
    assert (read.energy, read.voiced, read.hertz, read.words) == (0.0, 0.0, None, "")


def test_energy_is_a_share_of_the_loudest() -> None:
    loud = struct.pack("<1000h", *[-32_768] * 1_000)
    assert fingerprint(loud).energy == pytest.approx(1.0)
    assert fingerprint(tone(440, 1.0, HEARD_RATE)).energy == pytest.approx(LOUDNESS / 2**0.5, rel=0.01)


def test_a_tone_begins_and_ends_at_rest() -> None:
    samples = struct.unpack("<2400h", tone(440, 0.1))
    assert samples[0] == samples[-1] == 0
    assert max(abs(sample) for sample in samples[:10] + samples[-10:]) < 1_000


def test_no_time_is_no_sound() -> None:
    assert tone(440, 0.0) == b""
