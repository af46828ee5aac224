"""Tones: sound that is made of numbers, and read back into them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from coach.domain.speech import HEARD_RATE, SPOKEN_RATE, seconds_of

FULL = 32_768
"""The loudest sample."""
LOUDNESS = 0.3
"""Of a tone that is made: its peak, as a share of the loudest."""
FADE_SECONDS = 0.005
"""At both ends, so that it does not click."""
FRAME_SECONDS = 0.02
QUIET = 0.01
"""Energy of a frame under which nothing is heard."""


class Fingerprint(NamedTuple):
    """What a sound is like. Two that differ are told apart by it."""

    seconds: float
    energy: float
    """Root mean square, as a share of the loudest."""
    voiced: float
    """Seconds that are not silence."""
    hertz: int | None
    """The strongest tone, to 10 Hz; None in silence."""

    @property
    def words(self) -> str:
        """What a recogniser of tones hears; nothing in silence."""
        return "" if self.hertz is None else f"A tone of {self.hertz} hertz for {self.voiced:.1f} seconds."


def tone(hertz: float, seconds: float, rate: int = SPOKEN_RATE) -> bytes:
    """One channel of 16 bits, little-endian."""
    size = round(seconds * rate)
    wave = np.sin(2 * np.pi * hertz * np.arange(size) / rate) * LOUDNESS * FULL
    edge = np.minimum(np.arange(size), np.arange(size)[::-1]) / (FADE_SECONDS * rate)
    return (wave * np.minimum(edge, 1.0)).astype("<i2").tobytes()


def fingerprint(sound: bytes, rate: int = HEARD_RATE) -> Fingerprint:
    """What one channel of whole 16-bit samples is like."""
    samples = np.frombuffer(sound, "<i2") / FULL
    frame = int(FRAME_SECONDS * rate)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    loud = frames[np.sqrt((frames**2).mean(axis=1)) > QUIET] if len(frames) else frames
    hertz = None
    if loud.size:
        strengths = np.abs(np.fft.rfft(loud.reshape(-1)))
        strengths[0] = 0.0
        hertz = round(int(strengths.argmax()) * rate / loud.size / 10) * 10
    energy = float(np.sqrt((samples**2).mean())) if samples.size else 0.0
    return Fingerprint(seconds_of(len(sound), rate), energy, loud.size / rate, hertz)
