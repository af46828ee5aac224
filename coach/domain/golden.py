"""A round of the golden set: a transcript with reference labels."""

from __future__ import annotations

from typing import NamedTuple

from coach.domain.labels import Labels
from coach.domain.rubric import Brief
from coach.domain.transcript import Transcript


class GoldenRound(NamedTuple):
    """A transcript, what it is graded by, and a rater's labels; a second one's where there are any."""

    brief: Brief
    transcript: Transcript
    labels: Labels
    second: Labels | None = None

    @property
    def name(self) -> str:
        """`scenario/profile`."""
        return self.labels.transcript
