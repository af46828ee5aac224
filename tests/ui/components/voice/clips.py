"""Sounds whose truth is known because they are made here: when somebody speaks, and when it is only a noise.

Mono, 16 kHz, floats of at most 1. Speech comes from espeak-ng; all else is made of noise and sines. The same seed
makes the same sound.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

RATE = 16_000
LEVEL = 0.06
"""Root mean square of speech while it sounds: that of a laptop's microphone with gain control."""
NEEDED = "espeak-ng"
NONE = "No espeak-ng: `sudo apt-get install espeak-ng` to hear spoken clips."
_HUSH = 0.03
"""Below this share of a word's loudest 10 ms, espeak's own silence before and after it."""

Sound = NDArray[np.float64]


class Span(NamedTuple):
    """From one second to another."""

    start: float
    end: float


class Clip(NamedTuple):
    """A sound and when somebody speaks in it."""

    name: str
    sound: Sound
    speech: tuple[Span, ...] = ()


class Speaker(NamedTuple):
    """A voice of espeak-ng and its words a minute."""

    voice: str
    speed: int


def can_speak() -> bool:
    """Whether spoken clips can be made here."""
    return shutil.which(NEEDED) is not None


def spoken(text: str, speaker: Speaker, level: float = LEVEL) -> Sound:
    """Speech that begins with its first sample and ends with its last."""
    command = [NEEDED, "-v", speaker.voice, "-s", str(speaker.speed), "--stdout", text]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    rate = int.from_bytes(wav[24:28], "little")
    sound = _trimmed(_resampled(np.frombuffer(wav[44:], "<i2") / 32_768, rate))
    return sound * level / _active(sound)


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE))


def noise(colour: str, seconds: float, seed: int) -> Sound:
    """`white`, `pink` or `fan` (a low rumble with two faint tones), of root mean square 1."""
    length = round(seconds * RATE)
    random = np.random.default_rng(seed)
    spectrum = np.fft.rfft(random.standard_normal(length))
    pitch = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 20)
    if colour != "white":
        spectrum /= np.sqrt(pitch) if colour == "pink" else pitch
    sound = np.fft.irfft(spectrum, length)
    sound /= _rms(sound)
    if colour == "fan":
        time = np.arange(length) / RATE
        sound += 0.2 * np.sin(2 * np.pi * 118 * time) + 0.1 * np.sin(2 * np.pi * 236 * time)
    return sound / _rms(sound)


def babble(texts: Sequence[str], speakers: Sequence[Speaker], seconds: float, seed: int) -> Sound:
    """Many people talking far away, of root mean square 1."""
    random = np.random.default_rng(seed)
    length = round(seconds * RATE)
    total = silence(seconds)
    for place, speaker in enumerate(speakers):
        line = np.concatenate([spoken(texts[(place + step) % len(texts)], speaker) for step in range(3)])
        total += np.roll(np.resize(line, length), random.integers(length))
    return total / _rms(total)


def cough(seed: int) -> Sound:
    """A burst, breath through an open throat, and in every other one a short voiced end: 250 to 400 ms."""
    random = np.random.default_rng(seed)
    length = random.uniform(0.25, 0.4)
    time = np.arange(round(length * RATE)) / RATE
    throat = _through(
        random.standard_normal(len(time)), (random.uniform(500, 800), 1_500, random.uniform(2_400, 3_400))
    )
    envelope = np.minimum(time / 0.008, 1) * (0.35 + np.exp(-time / 0.035)) * np.minimum((length - time) / 0.12, 1)
    sound = throat / _rms(throat) * envelope
    if seed % 2:
        began = length - random.uniform(0.07, 0.11)
        voiced = _harmonics(random.uniform(110, 220), len(time), 1.0)
        voiced = _through(voiced, (600, 1_300, 2_500))
        sound += 0.5 * voiced / _rms(voiced) * np.where(time > began, np.minimum((length - time) / 0.05, 1), 0)
    return sound * random.uniform(1.5, 3) * LEVEL / _rms(sound)


def click(milliseconds: int, seed: int) -> Sound:
    """A knock: noise and a resonance of the desk, both dying away."""
    random = np.random.default_rng(seed)
    time = np.arange(round(milliseconds / 1_000 * RATE)) / RATE
    ring = np.sin(2 * np.pi * random.uniform(180, 1_500) * time)
    sound = (random.standard_normal(len(time)) + ring) * np.exp(-3 * time / time[-1])
    loud: Sound = sound * random.uniform(2, 4) * LEVEL / _rms(sound)
    return loud


def keyboard(seconds: float, seed: int) -> Sound:
    """Typing: eight keys a second, each a press and a release."""
    random = np.random.default_rng(seed)
    total = silence(seconds)
    at = 0.1
    while at < seconds - 0.2:
        for later, loud in ((0.0, 1.0), (random.uniform(0.06, 0.1), 0.5)):
            key = loud * random.uniform(0.4, 1) * click(int(random.integers(8, 25)), int(random.integers(1 << 30)))
            start = round((at + later) * RATE)
            total[start : start + len(key)] += key
        at += random.uniform(0.06, 0.2)
    return total


def hum(seed: int, longest: float = 0.68) -> Sound:
    """ "Mm-hm" with the mouth closed: two hums and a breath through the nose between, low harmonics only."""
    random = np.random.default_rng(seed)
    seconds = random.uniform(0.4, longest)
    first, gap = random.uniform(0.35, 0.45), random.uniform(0.12, 0.2)
    pitch = random.uniform(95, 230)
    parts = [_nasal(pitch, first * seconds, seed), silence(gap * seconds)]
    parts.append(_nasal(pitch * random.uniform(1.1, 1.35), (1 - first - gap) * seconds, seed + 1))
    sound = np.concatenate(parts)
    return sound * random.uniform(0.5, 1) * LEVEL / _active(sound)


def placed(*parts: Sound | float) -> tuple[Sound, tuple[Span, ...]]:
    """Sounds one after the other, a number of seconds of silence between; and where each sounds."""
    at, spans, pieces = 0, [], []
    for part in parts:
        piece = silence(part) if isinstance(part, float | int) else part
        if piece is part:
            spans.append(Span(at / RATE, (at + len(piece)) / RATE))
        pieces.append(piece)
        at += len(piece)
    return np.concatenate(pieces), tuple(spans)


def amid(sound: Sound, other: Sound, decibels: float, level: float = LEVEL) -> Sound:
    """A sound over another that is so many decibels below speech of that level."""
    return sound + other[: len(sound)] * level * 10 ** (-decibels / 20)


def as_pcm(sound: Sound) -> bytes:
    """16-bit little-endian samples; what is louder than 1 is cut."""
    return (np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes()


def as_wav(sound: Sound, rate: int = 48_000) -> bytes:
    """A mono file of that rate."""
    pcm = as_pcm(_resampled(sound, RATE, rate))
    sizes = ((36 + len(pcm), 4), (16, 4), (1, 2), (1, 2), (rate, 4), (2 * rate, 4), (2, 2), (16, 2), (len(pcm), 4))
    riff, *layout, data = (number.to_bytes(size, "little") for number, size in sizes)
    return b"RIFF" + riff + b"WAVEfmt " + b"".join(layout) + b"data" + data + pcm


def _rms(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound**2)))


def _hops(sound: Sound) -> Sound:
    """The root mean square of each 10 ms."""
    hop = RATE // 100
    power: Sound = np.mean(sound[: len(sound) // hop * hop].reshape(-1, hop) ** 2, axis=1)
    return np.sqrt(power)


def _active(sound: Sound) -> float:
    """The root mean square while it sounds."""
    hops = _hops(sound)
    return float(np.sqrt(np.mean(hops[hops > 0.1 * hops.max()] ** 2)))


def _trimmed(sound: Sound) -> Sound:
    hops = _hops(sound)
    loud = np.flatnonzero(hops > _HUSH * hops.max())
    return sound[loud[0] * RATE // 100 : (loud[-1] + 1) * RATE // 100]


def _resampled(sound: Sound, rate: int, wanted: int = RATE) -> Sound:
    """Through the whole spectrum: nothing above half the lower rate is left."""
    length = round(len(sound) * wanted / rate)
    return np.fft.irfft(np.fft.rfft(sound), length) * length / len(sound)


def _harmonics(pitch: float, length: int, tilt: float) -> Sound:
    """A voice's source: each harmonic 1/n to the power of the tilt, the pitch rising by a tenth."""
    time = np.arange(length) / RATE
    phase = 2 * np.pi * pitch * (time + 0.05 * time**2 / max(time[-1], 0.01))
    total: Sound = np.sum([np.sin(n * phase) / n**tilt for n in range(1, int(4_000 / pitch))], axis=0)
    return total


def _through(sound: Sound, resonances: tuple[float, ...]) -> Sound:
    """Through a throat of those resonances, 120 Hz wide each."""
    pitch = np.fft.rfftfreq(len(sound), 1 / RATE)
    gain = np.sum([1 / (1 + ((pitch - at) / 120) ** 2) for at in resonances], axis=0)
    return np.fft.irfft(np.fft.rfft(sound) * gain, len(sound))


def _nasal(pitch: float, seconds: float, seed: int) -> Sound:
    """A hum: nearly all below 500 Hz, with a little breath."""
    length = round(seconds * RATE)
    time = np.arange(length) / RATE
    tone = _harmonics(pitch, length, 2.2)
    breath = np.random.default_rng(seed).standard_normal(length)
    swell = np.minimum(time / 0.04, 1) * np.minimum((time[-1] - time) / 0.08, 1)
    sound: Sound = (tone / _rms(tone) + 0.01 * breath) * swell
    return sound
