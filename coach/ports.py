"""What the practice needs from the outside: one role each, one or two methods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from coach.domain.grade import Findings, Grade, JudgeStamp
from coach.domain.round import Round, Step
from coach.domain.rubric import Brief
from coach.domain.scenario import Scenario
from coach.domain.transcript import Transcript, Turn
from coach.domain.value import Value
from coach.errors import Problem


class Interviewer(Protocol):
    """Words the agenda's steps."""

    def say(self, step: Step, round_: Round) -> Iterator[str]:
        """The step's words, a piece at a time. Closing the iterator cancels."""
        ...


class Judge(Protocol):
    """Finds evidence for and against each criterion. Never adds up."""

    def stamp(self, brief: Brief) -> JudgeStamp:
        """Who judges, so that two grades can be told apart."""
        ...

    def judge(self, brief: Brief, transcript: Transcript, dimensions: Sequence[str]) -> Iterator[Findings]:
        """Findings for each of `dimensions`, as they arrive and in any order."""
        ...


class Prompts(Protocol):
    """Prose kept in `prompts/`."""

    def render(self, name: str, block: str | None = None, **values: Any) -> str:
        """The prompt `name` (a path below `prompts/`, no ending), or one block of it. Raises NotFoundError."""
        ...


class Shelf(Value):
    """The scenarios that can be played, and what is wrong with those that cannot."""

    scenarios: tuple[Scenario, ...]
    problems: tuple[Problem, ...] = ()


class Library(Protocol):
    """What authors wrote."""

    def shelf(self) -> Shelf:
        """All scenarios: built-ins, then the person's own. A broken one is a problem, never an exception."""
        ...

    def brief(self, scenario: str) -> Brief:
        """What a round of `scenario` is played and graded by. Raises NotFoundError or ContentError."""
        ...


class RoundLine(Value):
    """A round as it stands in a list."""

    id: str
    scenario: str
    title: str
    role: str
    level: str
    minutes: int
    rehearse: bool
    started_at: datetime
    ended_at: datetime | None
    turns: int
    """Candidate turns saved."""
    graded: bool


class Archive(Protocol):
    """What candidates did. Every method commits before it returns; all raise ArchiveError."""

    def add_round(self, round_: Round) -> None:
        """Keep a new round with its turns and steps."""
        ...

    def round(self, id_: str) -> Round:
        """The round as it stands. Raises NotFoundError."""
        ...

    def rounds(self) -> list[RoundLine]:
        """All rounds, newest first."""
        ...

    def add_turn(self, round_id: str, turn: Turn, step: Step | None = None, key: str | None = None) -> bool:
        """Append a turn. False, and nothing changes, where the round already has a turn with this `key`
        or this turn id: a rerun or a second tab cannot insert twice. Raises NotFoundError, and RoundClosedError
        for a new turn once the round has ended."""
        ...

    def end_round(self, round_id: str, ended_at: datetime) -> None:
        """Close the round; the first end stands."""
        ...

    def delete_round(self, round_id: str) -> None:
        """Remove the round, its turns and grades for real."""
        ...

    def add_findings(self, round_id: str, judge: JudgeStamp, findings: Findings) -> None:
        """Keep one dimension's findings; a dimension already kept for this judge stays as it was."""
        ...

    def findings(self, round_id: str, judge: JudgeStamp) -> tuple[Findings, ...]:
        """What has been kept of this judge's grading, so that an interrupted one resumes."""
        ...

    def add_grade(self, round_id: str, grade: Grade) -> None:
        """Keep a finished grade."""
        ...

    def grade(self, round_id: str) -> Grade | None:
        """The newest grade, or None."""
        ...
