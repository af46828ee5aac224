"""A model answer as a timeline (format walkthrough/v1)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coach.domain.rubric import SeniorityLevel
from coach.domain.transcript import Speaker, Transcript, Turn, speaking_seconds
from coach.domain.value import FullName, Line, Slug, Value


class Beat(Value):
    """One exchange: what the interviewer asked, what an expert said, what it earned and why it works."""

    at: Annotated[str, Field(pattern=r"^[0-9]{1,3}:[0-5][0-9]$")]
    """Minutes and seconds from the start, "07:30". In quotes, or YAML may read it as a number."""
    dimension: Slug
    """A dimension of the rubric, or `curveball`."""
    interviewer: Line
    expert: Line
    earns: tuple[FullName, ...] = ()
    why: Line

    @property
    def seconds(self) -> int:
        """`at` in seconds."""
        minutes, seconds = self.at.split(":")
        return int(minutes) * 60 + int(seconds)


class Walkthrough(Value):
    """A whole round as an expert would play it, condensed."""

    format: Annotated[Literal["walkthrough/v1"], Field(alias="schema")]
    scenario: Slug
    role: Slug
    level: SeniorityLevel
    minutes: Annotated[int, Field(ge=1, le=240)]
    before_you_read: Line | None = None
    beats: Annotated[tuple[Beat, ...], Field(min_length=1)]
    not_earned: tuple[FullName, ...] = ()
    """Every criterion that no beat earns."""
    lesson: Line

    @property
    def transcript(self) -> Transcript:
        """The round as transcript/v1: each beat is the interviewer's turn and the expert's."""
        turns: list[Turn] = []
        for number, beat in enumerate(self.beats, start=1):
            turns += (
                Turn(
                    id=f"I{number}",
                    speaker=Speaker.INTERVIEWER,
                    text=beat.interviewer,
                    at=beat.seconds,
                    dimension=None if beat.dimension == "curveball" else beat.dimension,
                ),
                Turn(
                    id=f"C{number}",
                    speaker=Speaker.CANDIDATE,
                    text=beat.expert,
                    at=beat.seconds + speaking_seconds(beat.interviewer),
                ),
            )
        return Transcript(
            scenario=self.scenario, role=self.role, level=self.level, minutes=self.minutes, turns=tuple(turns)
        )
