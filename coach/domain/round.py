"""A round: one candidate playing one scenario, with the brief as it was on that day."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field

from coach.domain.rubric import Brief, SeniorityLevel
from coach.domain.transcript import Board, Move, Speaker, Style, Transcript, Turn
from coach.domain.value import FullName, Slug, Value

BASELINE_LENGTH = 12
"""Minutes of the round a person begins with: scores with ranges, no band."""
SHORTEST = 5
LONGEST = 120
"""Minutes a round may last."""


class Situation(StrEnum):
    """Why an interviewer turn was said, where the move alone does not tell. Names a line of the offline script."""

    GREETING = "greeting"
    FIRST_SILENCE = "first-silence"
    SECOND_SILENCE = "second-silence"
    THINKING_TIME = "thinking-time"
    BROAD_QUESTION = "broad-question"
    UNKNOWN_QUESTION = "unknown-question"
    YOUR_CALL = "your-call"
    REPEAT = "repeat"
    IS_THAT_RIGHT = "is-that-right"
    WHAT_WOULD_YOU_DO = "what-would-you-do"
    HOW_AM_I_DOING = "how-am-i-doing"
    KEEPS_ROLE = "keeps-role"
    DONT_KNOW = "dont-know"
    RAMBLING = "rambling"
    BUZZWORDS = "buzzwords"
    TOO_THIN = "too-thin"
    ASKS_LEAVE = "asks-leave"
    NO_HINT_LEFT = "no-hint-left"
    NEUTRAL_HELP = "neutral-help"
    HINT_OFFER = "hint-offer"
    SKIPS = "skips"
    DISTRESS = "distress"
    PUSHBACK = "pushback"
    SUMMARY = "summary"
    QUESTIONS = "questions"
    GOODBYE = "goodbye"


class Setup(Value):
    """What a candidate chooses before a round."""

    scenario: Slug
    role: Slug = "product"
    level: SeniorityLevel = SeniorityLevel.SENIOR
    minutes: int = Field(default=45, ge=SHORTEST, le=LONGEST)
    style: Style = Style.NEUTRAL
    rehearse: bool = False
    mode: Literal["voice", "chat"] = "chat"
    keeps_sound: bool = False
    """Whether what the candidate says aloud is kept as sound once it has become words."""
    engine: str = "offline"
    seed: int | None = None
    """Picks among a scenario's curveballs; without one the round's id does."""


class Step(Value):
    """The agenda's decision on the next interviewer turn. An engine only words it."""

    move: Move
    situation: Situation | None = None
    dimension: Slug | None = None
    probe: FullName | None = None
    fact: Slug | None = None
    hint: Literal[1, 2, 3] | None = None
    criteria: tuple[FullName, ...] = ()
    curveball: Slug | None = None
    said: str | None = None
    """The candidate's own words the question quotes, to the letter."""
    warns: bool = False
    """Says that five minutes are left."""
    ends: bool = False
    """The round is over once this is said."""

    def turn(self, id_: str, text: str, at: float) -> Turn:
        """The interviewer turn that `text` makes of this step, `at` seconds from the start."""
        return Turn(
            id=id_,
            speaker=Speaker.INTERVIEWER,
            text=text,
            at=at,
            move=self.move,
            dimension=self.dimension,
            probe=self.probe,
            fact=self.fact,
            hint=self.hint,
            criteria=self.criteria,
            curveball=self.curveball,
        )


class Round(Value):
    """One candidate playing one scenario."""

    id: str
    setup: Setup
    brief: Brief
    started_at: datetime
    ended_at: datetime | None = None
    paused_at: datetime | None = None
    """Since when the clock has stood still."""
    paused_seconds: float = Field(default=0.0, ge=0)
    """How long earlier pauses took."""
    board: Board = Board()
    """The design board as it stands now; each answer carries it as it stood then."""
    turns: tuple[Turn, ...] = ()
    steps: dict[str, Step] = Field(default_factory=dict)
    """By interviewer turn id: the step that turn carried out."""

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None and not self.is_over

    @property
    def unsaid_board(self) -> Board | None:
        """The board, where it holds something that no answer has carried yet."""
        said = self.transcript.candidate
        carried = (said[-1].board if said else None) or Board()
        return None if self.board in (carried, Board()) else self.board

    @property
    def transcript(self) -> Transcript:
        """The round as transcript/v1."""
        return Transcript(
            scenario=self.setup.scenario,
            role=self.setup.role,
            level=self.setup.level,
            mode=self.setup.mode,
            minutes=self.setup.minutes,
            style=self.setup.style,
            rehearse=self.setup.rehearse,
            turns=self.turns,
        )

    def elapsed(self, now: datetime) -> float:
        """Seconds on the round's clock at `now`; it stands still in a pause and stops when the round ends."""
        until = self.paused_at or self.ended_at or now
        return max(0.0, (until - self.started_at).total_seconds() - self.paused_seconds)
