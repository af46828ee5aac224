"""What else people say about a round: a level, a flag, a comment, a dispute, how a review goes, or that the round
cannot be judged. Each is added and none is changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from coach.domain.review import SELF, FlagFound, LevelFound, Name
from coach.domain.value import FullName, Line, Value


class Comment(Value):
    """Something about one turn, for the candidate."""

    kind: Literal["comment"] = "comment"
    turn: str
    text: Line
    by: Name
    at: datetime


class Dispute(Value):
    """A verdict that the candidate holds to be wrong, and why."""

    kind: Literal["dispute"] = "dispute"
    criterion: FullName
    text: Line
    by: Name = SELF
    at: datetime


class Reveal(Value):
    """A blind review is in, and its reviewer sees what the judge found: from here on nothing of theirs is blind."""

    kind: Literal["reveal"] = "reveal"
    by: Name
    at: datetime


class Completion(Value):
    """A review is complete."""

    kind: Literal["completion"] = "completion"
    by: Name
    at: datetime
    blind: bool = False


class Dismissal(Value):
    """The round cannot be judged, and why."""

    kind: Literal["dismissal"] = "dismissal"
    text: Line
    by: Name
    at: datetime


Remark = LevelFound | FlagFound | Comment | Dispute | Reveal | Completion | Dismissal

_READ: TypeAdapter[Remark] = TypeAdapter(Annotated[Remark, Field(discriminator="kind")])


def read_remark(text: str) -> Remark:
    """A remark from its JSON. Raises ValueError."""
    return _READ.validate_json(text)


def is_about_the_round(remark: Remark) -> bool:
    """Whether it holds whoever judged the round; else it is about one judge's grades of it."""
    return isinstance(remark, Comment | Dispute | Dismissal)
