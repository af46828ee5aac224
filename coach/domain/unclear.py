"""Whether a recording holds a voice, and whether what a recogniser wrote of it can have been said."""

from __future__ import annotations

import re

from coach.domain.speech import HEARD_RATE, SAMPLE_BYTES, Heard

SHORTEST_WORD = 0.15
"""Seconds of voice that no word fits into."""
MOST_WORDS_A_SECOND = 7
"""Words a second of voice that nobody can say: quick talkers reach five and a half."""
FEWEST_COUNTED = 4
"""Words from which their pace is looked at: two or three may run into each other."""
ENOUGH_TO_SAY_SO = 0.3
"""Seconds of voice with which a `Thank you.` was said and not made up."""
ENOUGH_FOR_ANYTHING = 3.0
"""Seconds of voice with which even what nobody says in a round stands as it is."""

_FRAME = HEARD_RATE // 50
"""Samples of 20 ms."""
_LOUDEST = 32_768
_SILENCE = 0.004
"""Loudness (of 1) that no voice falls under: -48 dB."""
_QUIET_SHARE = 20
"""One frame in so many is taken to be without a voice: pauses between words are more than that."""
_ABOVE_QUIET = 2.5
"""A voice is so many times as loud as what is there in its pauses."""
_CLOSE = 0.05
"""Loudness (-26 dB) of somebody who talks right into it and hardly pauses."""
_STEADY = 1.6
"""What stays within so many times its quietest is a fan or a tone, however loud: no voice is so even."""

_SAID_AT_TIMES = re.compile(r"(?:thanks|thank you)(?: so much| very much)?|(?:bye ?)+|goodbye|you|so|the")
_NEVER_SAID = re.compile(
    r"(?:thanks|thank you)(?: so much| very much)?(?: all)? for (?:watching|listening|viewing|your attention)\b.*"
    r"|(?:please |dont forget to )?(?:like and )?subscribe\b.*|.*subscribe to (?:the|my|our) channel"
    r"|(?:ill )?see you (?:all )?(?:in the )?next (?:time|video|week)"
    r"|(?:sub)?titles (?:by|provided by|created by)\b.*|(?:captions?|subtitled|captioned|transcri\w+) by\b.*"
    r"|.*\bamara org\b.*|untertitel\b.*|sous titr\w+\b.*|music|applause|laughter|silence|blank audio|inaudible"
)
_NOISE = re.compile(
    r"(?:\s|\[[^\[\]]{0,80}\]|\([^()]{0,80}\)|\*[^*]{1,80}\*|[♪♫][^♪♫]{0,200}[♪♫]|[♪♫][^♪♫]{0,200}$|[^\w\s])*+"
)
"""What stands for sounds in a text: `[Music]`, `(applause)`, notes, signs alone."""


def voiced_seconds(sound: bytes) -> float:
    """Seconds of a recording (one channel, 16 bits, HEARD_RATE) in which there is a voice: louder than silence and
    clearly louder than what is there between the words."""
    import numpy as np  # noqa: PLC0415 - who types needs none of it

    frames = len(sound) // SAMPLE_BYTES // _FRAME
    if not frames:
        return 0.0
    samples = np.frombuffer(sound, dtype="<i2", count=frames * _FRAME).astype(np.float32).reshape(frames, _FRAME)
    power = np.einsum("ij,ij->i", samples, samples) / _FRAME - samples.mean(axis=1) ** 2
    loudness = np.sqrt(np.maximum(power, 0)) / _LOUDEST
    at = frames // _QUIET_SHARE
    quiet = float(np.partition(loudness, at)[at])
    floor = max(_SILENCE, min(quiet * _ABOVE_QUIET, max(_CLOSE, quiet * _STEADY)))
    return float(np.count_nonzero(loudness > floor)) * _FRAME / HEARD_RATE


def nothing_said(voiced: float) -> bool:
    """Whether a recording with `voiced` seconds of voice need not be sent to any recogniser."""
    return voiced < SHORTEST_WORD


def why_unclear(heard: Heard, voiced: float) -> str | None:
    """Why what was heard of a recording with `voiced` seconds of voice must not count as an answer, in a line for
    the person who spoke; None where it may count."""
    if not heard.text.strip():
        return "Nothing was heard."
    if _NOISE.fullmatch(heard.text):
        return "Sounds were heard, but no words."
    if nothing_said(voiced):
        return f"{_shown(voiced)} of voice is too short for words."
    count = len(heard.text.split())
    if count >= FEWEST_COUNTED and count > MOST_WORDS_A_SECOND * voiced:
        return f"{count} words cannot have been said in {_shown(voiced)} of voice."
    if _is_made_up(heard.text, voiced):
        return f"“{heard.text.strip()}” is what recognisers write where hardly anything was said."
    return None


def _is_made_up(text: str, voiced: float) -> bool:
    """Whether the whole text is what recognisers make of silence, and there was too little voice for more."""
    plain = re.sub(r"['’]", "", text.casefold())
    parts = [" ".join(re.findall(r"\w+", part)) for part in re.split(r"[.!?,]+(?:\s|$)|\n", plain)]
    parts = [part for part in parts if part]
    if voiced < ENOUGH_TO_SAY_SO and all(_SAID_AT_TIMES.fullmatch(part) for part in parts):
        return True
    known = all(_SAID_AT_TIMES.fullmatch(part) or _NEVER_SAID.fullmatch(part) for part in parts)
    return known and voiced < ENOUGH_FOR_ANYTHING and any(_NEVER_SAID.fullmatch(part) for part in parts)


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s"
