"""An utterance: what a candidate said in one go, from the first sound to the last."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from coach.domain.speech import Heard
from coach.domain.value import Value

LONGEST_SECONDS = 300.0
"""An utterance is ended then, and what follows is another one of the same turn."""


class Utterance(Value):
    """One stretch of speech of a round. Its sound is kept beside it, at least until it has become a turn."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    """Given by who records it, so that sending it again makes no second one."""
    at: Annotated[float, Field(ge=0)]
    """Seconds from the start of the round at which speaking began."""
    seconds: Annotated[float, Field(ge=0)] = 0.0
    """Of sound that has arrived."""
    heard: Heard | None = None
    """What became of it; None as long as nobody knows."""
    turn: str | None = None
    """The turn it belongs to. Settled without a turn, it was given up."""
    is_settled: bool = False
    has_sound: bool = False
    """Whether its sound is still kept."""
