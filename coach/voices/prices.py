"""What speech costs, by OpenAI's price list (developers.openai.com/api/docs/pricing, read in November 2026).

Where OpenAI counts tokens, its own estimates for a minute of sound stand. All are estimates, good enough for a cap.
"""

from __future__ import annotations

from coach.voices.destinations import destination_of
from coach.voices.naming import models_of, read
from coach.voices.openai import RECOGNISER, SPEAKER

HEARD_USD = {
    "gpt-transcribe": 0.0045,
    "gpt-4o-transcribe": 0.006,
    "gpt-4o-transcribe-diarize": 0.006,
    "gpt-4o-mini-transcribe": 0.003,
    "gpt-4o-mini-transcribe-2025-12-15": 0.003,
    "whisper-1": 0.006,
}
"""US dollars for a minute of a recording."""

CHARACTERS_A_MINUTE = 960
"""Of speech at a voice's own speed."""

SPOKEN_USD = {
    "gpt-4o-mini-tts": 0.015 / CHARACTERS_A_MINUTE * 1_000_000,
    "gpt-4o-mini-tts-2025-12-15": 0.015 / CHARACTERS_A_MINUTE * 1_000_000,
    "tts-1": 15.0,
    "tts-1-hd": 30.0,
}
"""US dollars for a million characters of text."""

FREE = frozenset({"browser", "canned"})
"""Services that nobody is paid for."""


def heard_usd(name: str, seconds: float) -> float | None:
    """US dollars for hearing a recording with the voice of this name; None where nobody says. A server on this
    machine is free. Raises SetupError where the name is none."""
    return _usd(name, heard=True, amount=seconds / 60)


def spoken_usd(name: str, characters: int) -> float | None:
    """US dollars for saying so many characters with the voice of this name; see `heard_usd`."""
    return _usd(name, heard=False, amount=characters / 1_000_000)


def _usd(name: str, *, heard: bool, amount: float) -> float | None:
    spec = read(name)
    if spec.service in FREE:
        return 0.0
    if spec.base_url is not None:
        return 0.0 if destination_of(spec.base_url).leaves == "no" else None
    if spec.service != "openai":
        return None
    models = models_of(spec.models)
    price = HEARD_USD.get(models.recogniser or RECOGNISER) if heard else SPOKEN_USD.get(models.speaker or SPEAKER)
    return None if price is None else price * amount
