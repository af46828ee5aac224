"""How voices are named.

    service
    service:recogniser/speaker
    service:recogniser/speaker+voice@base_url

Either half may be left out for the service's usual one, as in `openai:whisper-1` or `openai:/tts-1`. Where names
hold a slash themselves, two of them stand between the halves: `openai:maker/hears//maker/speaks@http://HOST:PORT/v1`.
Base URLs never hold a password, so a name can be shown, stored and exported.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.addresses import check_address, shown
from coach.errors import SetupError

_SPEC = re.compile(r"(?P<service>\w+)(?::(?P<models>.*?))?(?:@(?P<base_url>https?://\S*))?")


class Spec(NamedTuple):
    """Which voice is meant."""

    service: str
    models: str
    """As the service's file reads it; empty for its usual ones."""
    base_url: str | None

    @property
    def name(self) -> str:
        """The spec as one text."""
        named = f"{self.service}:{self.models}" if self.models else self.service
        return named if self.base_url is None else f"{named}@{self.base_url}"


class Models(NamedTuple):
    """What hears and what speaks; empty where the usual one is meant."""

    recogniser: str
    speaker: str
    voice: str

    def __str__(self) -> str:
        between = "//" if "/" in self.recogniser + self.speaker else "/"
        voice = f"+{self.voice}" if self.voice else ""
        return f"{self.recogniser}{between}{self.speaker}{voice}"


def read(spec: str) -> Spec:
    """The parts of a spec. Raises SetupError."""
    match = _SPEC.fullmatch(spec.strip())
    if match is None:
        raise SetupError(f"{shown(spec)} names no voice: write service:recogniser/speaker, or openai alone.")
    name, models, base_url = match.group("service", "models", "base_url")
    if base_url is not None:
        check_address(base_url, "voice", "SERVICE_COMPATIBLE_API_KEY")
    return Spec(name, models or "", base_url)


def models_of(models: str) -> Models:
    """The two halves of a service's models. Raises SetupError."""
    between = "//" if "//" in models else "/"
    if models.count(between) > 1:
        raise SetupError(f"{models[:80]!r} names more than two models: write recogniser//speaker.")
    recogniser, _, speaking = models.partition(between)
    speaker, _, voice = speaking.partition("+")
    return Models(recogniser, speaker, voice)
