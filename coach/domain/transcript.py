"""A transcript: the turns of a round in order (format transcript/v1)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from coach.domain.rubric import SeniorityLevel
from coach.domain.value import FullName, Slug, Value

SPOKEN_WORDS_PER_MINUTE = 130
PAUSE_SECONDS_PER_TURN = 5
"""Virtual time of a turn without `at`: 130 words a minute and 5 s a turn."""
LONGEST_TEXT = 200_000
"""Characters one turn may have."""


class Speaker(StrEnum):
    INTERVIEWER = "interviewer"
    CANDIDATE = "candidate"


class Style(StrEnum):
    """Tone and pressure. Never facts, ladder, hints available, or scores."""

    SUPPORTIVE = "supportive"
    NEUTRAL = "neutral"
    CHALLENGING = "challenging"


class Move(StrEnum):
    """What an interviewer turn does."""

    OPENING = "opening"
    FACT = "fact"
    CLARIFY = "clarify"
    PROBE = "probe"
    FOLLOW_UP = "follow_up"
    CURVEBALL = "curveball"
    HINT = "hint"
    MOVE_ON = "move_on"
    CLOSE = "close"
    GO_ON = "go_on"
    FALLBACK = "fallback"
    """Role-keeping, silence, repeat."""


class Board(Value):
    """The candidate's own notes and Mermaid drawing, as they stood."""

    notes: Annotated[str, Field(max_length=100_000)] = ""
    mermaid: Annotated[str, Field(max_length=100_000)] = ""

    @property
    def text(self) -> str:
        """Notes, then the drawing's source, a line apart: what the offsets of a quote from the board count in."""
        return f"{self.notes}\n{self.mermaid}"


class Turn(Value):
    """One thing said. Interviewer turns carry the move and what it needs."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z]{1,3}[0-9]{1,6}$")]
    speaker: Speaker
    text: Annotated[str, Field(max_length=LONGEST_TEXT)]
    at: Annotated[float, Field(ge=0)] | None = None
    """Seconds from the start of the round."""
    interrupted: bool | None = None
    heard: str | None = None
    """What the recogniser heard, where the candidate has corrected it since."""
    board: Board | None = None
    move: Move | None = None
    dimension: Slug | None = None
    probe: FullName | None = None
    fact: Slug | None = None
    hint: Literal[1, 2, 3] | None = None
    criteria: tuple[FullName, ...] = ()
    curveball: Slug | None = None

    @property
    def words(self) -> int:
        return len(self.text.split())


class Transcript(Value):
    """The turns of a round and how it was set up."""

    format: Annotated[Literal["transcript/v1"], Field(alias="schema")] = "transcript/v1"
    scenario: Slug
    role: Slug = "product"
    level: SeniorityLevel = SeniorityLevel.SENIOR
    mode: Literal["voice", "chat"] = "chat"
    minutes: Annotated[int, Field(ge=1, le=240)] = 45
    style: Style = Style.NEUTRAL
    rehearse: bool = False
    turns: Annotated[tuple[Turn, ...], Field(max_length=20_000)] = ()

    @model_validator(mode="before")
    @classmethod
    def _number_turns(cls, data: Any) -> Any:
        """Older files may lack all but speaker and text: turns without an id are numbered per speaker."""
        if not isinstance(data, dict) or not isinstance(data.get("turns"), list | tuple):
            return data
        ids = (turn.get("id") for turn in data["turns"] if isinstance(turn, dict))
        taken = {id_ for id_ in ids if isinstance(id_, str)}
        counts = {"I": 0, "C": 0}
        turns: list[Any] = []
        for turn in data["turns"]:
            if isinstance(turn, dict) and turn.get("speaker") in tuple(Speaker):
                letter = "C" if turn["speaker"] == Speaker.CANDIDATE else "I"
                counts[letter] += 1
                if turn.get("id") is None:
                    while f"{letter}{counts[letter]}" in taken:
                        counts[letter] += 1
                    turn = {**turn, "id": f"{letter}{counts[letter]}"}  # noqa: PLW2901
            turns.append(turn)
        return {**data, "turns": turns}

    @model_validator(mode="after")
    def _turn_ids_are_unique(self) -> Transcript:
        seen: set[str] = set()
        for turn in self.turns:
            if turn.id in seen:
                raise ValueError(f"turn id {turn.id!r} is used twice; give each turn its own id")
            seen.add(turn.id)
        return self

    @cached_property
    def candidate(self) -> tuple[Turn, ...]:
        """The candidate's turns, in order."""
        return tuple(turn for turn in self.turns if turn.speaker is Speaker.CANDIDATE)

    @cached_property
    def starts(self) -> tuple[float, ...]:
        """Seconds from the start at which each turn began: `at` where known, else virtual time."""
        starts: list[float] = []
        clock = 0.0
        for turn in self.turns:
            begin = clock if turn.at is None else max(turn.at, 0.0)
            starts.append(begin)
            clock = begin + speaking_seconds(turn.text)
        return tuple(starts)

    @cached_property
    def seconds(self) -> float:
        """Length of the round: the last turn's start and what it takes to say it."""
        return self.starts[-1] + speaking_seconds(self.turns[-1].text) if self.turns else 0.0

    def next_id(self, speaker: Speaker) -> str:
        """The id the speaker's next turn gets: `C8`, `I9`."""
        letter = "C" if speaker is Speaker.CANDIDATE else "I"
        numbers = [int(turn.id[1:]) for turn in self.turns if turn.id.startswith(letter) and turn.id[1:].isdigit()]
        return f"{letter}{max(numbers, default=0) + 1}"

    def with_turns(self, turns: Iterable[Turn]) -> Transcript:
        """The same round with `turns` added at the end."""
        return self.model_copy(update={"turns": (*self.turns, *turns)})


def speaking_seconds(text: str) -> float:
    """Virtual time a turn takes, in seconds."""
    return len(text.split()) / SPOKEN_WORDS_PER_MINUTE * 60 + PAUSE_SECONDS_PER_TURN
