"""Speech: what a recogniser heard, and the form sound has on its way."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from coach.domain.transcript import LONGEST_TEXT
from coach.domain.value import Value

HEARD_RATE = 16_000
"""Samples a second of a recording: one channel, 16 bits, little-endian."""
SPOKEN_RATE = 24_000
"""Samples a second of what a voice says, in the same form."""
SAMPLE_BYTES = 2


class Doubt(Value):
    """A span of a text that the recogniser is not sure of, in code points, the end exclusive."""

    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]


class Heard(Value):
    """What a recogniser made of one recording. No text is nothing heard."""

    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    doubts: tuple[Doubt, ...] = ()

    @model_validator(mode="after")
    def _doubts_lie_inside(self) -> Heard:
        if any(not doubt.start < doubt.end <= len(self.text) for doubt in self.doubts):
            raise ValueError("a doubt lies outside the text")
        return self


def seconds_of(size: int, rate: int = HEARD_RATE) -> float:
    """How long `size` bytes of sound last."""
    return size / SAMPLE_BYTES / rate
