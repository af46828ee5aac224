"""Everything that can go wrong, in one place.

CoachError                 says what, where and the next thing to do
├── ContentError           an authored file (or several) cannot be used; carries every problem found
├── NotFoundError          no such scenario, rubric, engine, round or prompt
├── RoundClosedError       the round has ended, nothing can be added to it
├── ReviewError            a review cannot go on like this
├── ArchiveError           what candidates did cannot be stored or read
├── ModelError             a model gave no usable reply
│   ├── ModelUnavailableError  busy, slow, cut off or out of reach: the same request may work later
│   ├── ModelRefusedError      key, model or request are refused: asking the same again is no use
│   └── ModelReplyError        a reply came, and nothing can be done with it
├── CapReachedError        the next call would cost more than is allowed
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


class ReviewError(CoachError):
    """A review cannot go on like this."""


class ArchiveError(CoachError):
    """The database cannot be written or read."""


class SetupError(CoachError):
    """Something this installation lacks."""


class ModelError(CoachError):
    """A model gave no usable reply."""


class ModelUnavailableError(ModelError):
    """The provider is busy, slow or out of reach, or cut its reply off."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds the provider asks to wait, where it says so."""


class ModelRefusedError(ModelError):
    """The provider refuses the key, the model or the request."""


class ModelReplyError(ModelError):
    """A whole reply that holds nothing that can be used."""


class CapReachedError(CoachError):
    """A cap on what models may cost is reached."""
