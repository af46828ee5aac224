"""Everything that can go wrong, in one place.

CoachError                 says what, where and the next thing to do
├── ContentError           an authored file (or several) cannot be used; carries every problem found
├── NotFoundError          no such scenario, rubric, engine, round or prompt
├── RoundClosedError       the round has ended, nothing can be added to it
├── ArchiveError           what candidates did cannot be stored or read
└── SetupError             this installation cannot do it: a missing file, folder, package or setting
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class CoachError(Exception):
    """One line for a person: what, where, and what to do next."""


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in an authored file. `line` counts from 1; 0 where the file as a whole is meant."""

    path: str
    line: int
    where: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        where = f"{self.where}: " if self.where else ""
        return f"[ERROR] {place}: {where}{self.message}"


class ContentError(CoachError):
    """Authored content that cannot be used. `problems` holds all that was found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class NotFoundError(CoachError):
    """Nothing by that name."""


class RoundClosedError(CoachError):
    """The round has ended."""


class ArchiveError(CoachError):
    """The database cannot be written or read."""


class SetupError(CoachError):
    """Something this installation lacks."""
