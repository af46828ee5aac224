"""A grade: all verdicts, scores and the band of one round (format grade/v1)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from coach.domain.rubric import Help, SeniorityLevel
from coach.domain.scenario import Outcome
from coach.domain.value import FullName, Slug, Value


class Confidence(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Band(StrEnum):
    """How a round stands against the bar of the target level, lowest first."""

    NOT_YET = "not_yet"
    CLOSE = "close"
    READY = "ready"
    STRONG = "strong"


class ResultKind(StrEnum):
    GRADED = "graded"
    BASELINE = "baseline"
    INCOMPLETE = "incomplete"
    NOT_GRADED = "not_graded"


class Quote(Value):
    """A verified span of a candidate turn: `text` is exactly what stands at [start, end) there."""

    turn: str
    start: Annotated[int, Field(ge=0)]
    """Code points from the start of the turn's text (or of the board's notes, then Mermaid)."""
    end: Annotated[int, Field(ge=0)]
    text: str
    source: Literal["board"] | None = None


class Verdict(Value):
    """The finding on one criterion. `help` is null unless met or partial."""

    criterion: FullName
    verdict: Outcome
    help: Help | None = None
    confidence: Confidence = Confidence.LOW
    reason: str = ""
    quotes: tuple[Quote, ...] = ()


class FlagFinding(Value):
    """Whether a flag stands at the end of the round; null where that could not be judged."""

    flag: FullName
    stands: bool | None
    quotes: tuple[Quote, ...] = ()


class Notice(Value):
    """Something a person should know about the transcript, such as text addressed to the grader."""

    kind: Slug
    turn: str
    text: str


class DimensionScore(Value):
    """A dimension's number 0 to 4 with its range. Score and level are null where it was not assessed."""

    id: Slug
    score: float | None
    low: float | None
    high: float | None
    level: int | None
    bar: float
    opened: bool


class Result(Value):
    """The round as a whole, with the range that undecided criteria leave."""

    kind: ResultKind
    band: Band | None = None
    band_low: Band | None = None
    band_high: Band | None = None
    gap: float | None = None
    gap_low: float | None = None
    gap_high: float | None = None
    why: tuple[str, ...] = ()


class JudgeStamp(Value):
    """Which judge gave a grade. Same version, same findings."""

    engine: str
    model: str | None
    version: str
    """sha256 of judge and evidence code, prompts, schema, rubric, model and settings."""
    rubric: str


class Cost(Value):
    """What a grade cost. Not part of what makes two grades the same."""

    usd: float = 0.0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    calls: int = 0
    seconds: float = 0.0


class Findings(Value):
    """What a judge found in one dimension, before help and arithmetic."""

    dimension: Slug
    verdicts: tuple[Verdict, ...]
    flags: tuple[FlagFinding, ...] = ()
    notices: tuple[Notice, ...] = ()
    opened: bool = False
    """The candidate spoke about the dimension, whatever it earned."""


class Grade(Value):
    """Format grade/v1. Every criterion and flag of the brief appears exactly once."""

    format: Annotated[Literal["grade/v1"], Field(alias="schema")] = "grade/v1"
    scenario: Slug
    role: Slug
    level: SeniorityLevel
    judge: JudgeStamp
    verdicts: tuple[Verdict, ...]
    flags: tuple[FlagFinding, ...]
    dimensions: tuple[DimensionScore, ...]
    result: Result
    notices: tuple[Notice, ...] = ()
    cost: Cost = Cost()
