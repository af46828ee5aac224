"""What a candidate said and wrote, read for its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coach.domain.figures.quantities import Quantity, quantities
from coach.domain.figures.spoken import Sum
from coach.domain.figures.sums import sums
from coach.domain.grade import Quote
from coach.domain.transcript import Move, Speaker, Transcript, Turn


class Told(NamedTuple):
    """What a candidate said in one turn, or newly wrote on the board at it."""

    turn: str
    text: str
    asked: str
    """The interviewer's words before it."""
    quantities: tuple[Quantity, ...]
    """With the unit that a sum gives its result."""
    sums: tuple[Sum, ...]
    on_board: bool
    premise_changed: bool
    """It answers a curveball: its figures are for another premise."""

    def quote(self, start: int, end: int) -> Quote:
        source: str | None = "board" if self.on_board else None
        return Quote.model_validate(
            {"turn": self.turn, "start": start, "end": end, "text": self.text[start:end], "source": source}
        )


def told(transcript: Transcript) -> tuple[Told, ...]:
    """What the candidate said and wrote, in order."""
    return tuple(_told(transcript))


def _told(transcript: Transcript) -> Iterator[Told]:
    before: Turn | None = None
    written: frozenset[str] = frozenset()
    for turn in transcript.turns:
        if turn.speaker is not Speaker.CANDIDATE:
            before = turn
            continue
        changed = before is not None and before.move is Move.CURVEBALL
        asked = before.text if before else ""
        yield _read(turn.id, turn.text, asked, changed)
        if turn.board:
            board = turn.board.text
            yield _read(turn.id, board, asked, changed, known=written)
            written |= frozenset(line.strip() for line in board.splitlines())


def _read(turn: str, text: str, asked: str, changed: bool, known: frozenset[str] | None = None) -> Told:
    """One text; of a board, where `known` is what stood there before, only what is new counts."""
    done = tuple(one for one in sums(text) if known is None or _line(text, one.start) not in known)
    results = {one.result.digits_end: one.result for one in done if one.result.end == one.end}
    measured = tuple(
        each._replace(kind=found.kind, unit=found.unit, value=found.value)
        if (found := results.get(each.digits_end)) and found.start == each.start
        else each
        for each in quantities(text)
        if known is None or _line(text, each.start) not in known
    )
    return Told(turn, text, asked, measured, done, known is not None, changed)


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[text.rfind("\n", 0, at) + 1 : end if end >= 0 else len(text)].strip()
