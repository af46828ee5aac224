"""The transcript: one HTML block, however long the round."""

from __future__ import annotations

from html import escape

from coach.domain.round import Round
from coach.domain.rubric import Rubric
from coach.domain.transcript import Move, Speaker, Turn

_NAMES = {Speaker.INTERVIEWER: "Interviewer", Speaker.CANDIDATE: "You"}


def transcript(round_: Round, *, moves: bool, saying: str | None = None) -> str:
    """The turns in order. `moves` shows what each interviewer turn did; `saying` is a turn still being said."""
    turns = [_turn(turn, _move(turn, round_.brief.rubric) if moves else "") for turn in round_.turns]
    if saying is not None:
        body = escape(saying) or '<span class="coach-dots">thinking…</span>'
        turns.append(
            f'<li class="coach-turn is-interviewer" aria-busy="true">{_head("Interviewer")}<p>{body}</p></li>'
        )
    return f'<ol class="coach-transcript" aria-label="Transcript">{"".join(turns)}</ol>'


def clock_time(seconds: float) -> str:
    """`4:07`, or `1:02:09` past an hour."""
    minutes, rest = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _turn(turn: Turn, move: str) -> str:
    is_candidate = turn.speaker is Speaker.CANDIDATE
    saved = '<span class="coach-saved">saved ✓</span>' if is_candidate else ""
    at = f'<span class="coach-at">{clock_time(turn.at)}</span>' if turn.at is not None else ""
    return (
        f'<li class="coach-turn is-{turn.speaker.value}" id="turn-{escape(turn.id)}">'
        f"{_head(_NAMES[turn.speaker], move, at, saved)}<p>{escape(turn.text)}</p></li>"
    )


def _head(name: str, *notes: str) -> str:
    return f'<div class="coach-who"><strong>{name}</strong>{"".join(notes)}</div>'


def _move(turn: Turn, rubric: Rubric) -> str:
    if turn.move is None:
        return ""
    known = {dimension.id: dimension.name for dimension in rubric.dimensions}
    what = f"hint {turn.hint}" if turn.move is Move.HINT and turn.hint else turn.move.value.replace("_", " ")
    where = f" · {known[turn.dimension]}" if turn.dimension in known else ""
    return f'<span class="coach-chip">{escape(what + where)}</span>'
