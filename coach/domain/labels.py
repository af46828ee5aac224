"""Reference labels for a transcript (format labels/v1): what a rater found on every criterion and flag."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.value import FullName, Line, Slug, Value

TurnId = Annotated[str, Field(pattern=r"^[A-Za-z]{1,3}[0-9]{1,6}$")]


class LabelledVerdict(Value):
    """A rater's finding on one criterion, with the words that earn it."""

    verdict: Outcome
    help: Help | None = None
    turn: TurnId | None = None
    quote: Line | None = None


class LabelledFlag(Value):
    """Whether a rater found that the flag stands at the end, with the words that hold the position."""

    stands: bool
    turn: TurnId | None = None
    quote: Line | None = None


class Labels(Value):
    """Every criterion and flag of the brief, exactly once, as one rater saw it."""

    transcript: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$", max_length=121)]
    """`scenario/profile`: the file `profile.yaml` in the golden set's folder of that scenario."""
    rater: Slug
    label_source: Literal["constructed", "model", "human"]
    """Where the labels come from: planted by the writer, a language model, or a person."""
    verdicts: dict[FullName, LabelledVerdict]
    flags: dict[FullName, LabelledFlag]
    levels: dict[Slug, Annotated[int, Field(ge=0, le=4)] | None]
    """The rater's level of each dimension; null where it was not reached."""
    note: Line | None = None
