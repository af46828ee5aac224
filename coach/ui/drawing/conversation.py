"""The transcript: one HTML block, however long the round, with what was quoted from it marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from coach.domain.grade import Quote
from coach.domain.round import Round, Step
from coach.domain.rubric import Rubric
from coach.domain.transcript import Board, Move, Speaker, Turn

_INTERVIEWER = "Interviewer"


class Evidence(NamedTuple):
    """A quote, and the verdict that rests on it."""

    quote: Quote
    verdict: str
    """Id of the verdict's element on the page; none where the words are only marked."""
    label: str
    """What it is evidence of."""


def transcript(
    round_: Round,
    *,
    moves: bool,
    saying: str | None = None,
    saved: bool = False,
    evidence: Mapping[str, Sequence[Evidence]] | None = None,
    candidate: str = "You",
) -> str:
    """The turns in order. `moves` shows what each interviewer turn did; `saying` is a turn still being said;
    `saved` says so of each answer; `evidence` lists by turn id what was quoted, with the way to its verdict;
    `candidate` is what the candidate is called."""
    turns: list[str] = []
    note = '<span class="coach-saved">saved ✓</span>' if saved else ""
    before = Board()
    for turn in round_.turns:
        move = _move(turn, round_.steps.get(turn.id), round_.brief.rubric) if moves else ""
        board = turn.board or before
        kept = note if turn.speaker is Speaker.CANDIDATE else ""
        cited = (evidence or {}).get(turn.id, ())
        name = candidate if turn.speaker is Speaker.CANDIDATE else _INTERVIEWER
        turns.append(_turn(turn, name, (move or kept) + _aloud(turn), cited, board if board != before else None))
        before = board
    if saying is not None:
        body = escape(saying) or '<span class="coach-dots">thinking…</span>'
        turns.append(
            f'<li class="coach-turn is-interviewer" aria-busy="true">{_head(_INTERVIEWER)}<p>{body}</p></li>'
        )
    reach = ' tabindex="0"' if saved else ""  # the room's scroller has nothing else for the keyboard to hold on to
    return f'<ol class="coach-transcript" aria-label="Transcript"{reach}>{"".join(turns)}</ol>'


def marked(text: str, quotes: Iterable[Quote]) -> str:
    """A text, escaped, with the quotes from it marked."""
    return _marked(text, [Evidence(quote, "", "") for quote in quotes])


def clock_time(seconds: float) -> str:
    """`4:07`, or `1:02:09` past an hour."""
    minutes, rest = divmod(max(int(seconds), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _turn(turn: Turn, name: str, note: str, evidence: Sequence[Evidence], board: Board | None) -> str:
    at = f'<span class="coach-at">{clock_time(turn.at)}</span>' if turn.at is not None else ""
    spoken = [each for each in evidence if each.quote.source is None]
    words = f"<p>{_marked(turn.text, spoken)}</p>" if turn.text else ""
    drawn = _board(board, [each for each in evidence if each.quote.source == "board"]) if board else ""
    return (
        f'<li class="coach-turn is-{turn.speaker.value}" id="turn-{escape(turn.id)}" tabindex="-1">'
        f"{_head(escape(name), at, note)}{words}{drawn}{_back(evidence)}</li>"
    )


def _marked(text: str, evidence: Sequence[Evidence]) -> str:
    """The text, escaped, with every quoted stretch marked once however many verdicts quote it."""
    marked: list[str] = []
    done = 0
    for start, end in _stretches(evidence):
        marked.append(f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>")
        done = end
    return "".join(marked) + escape(text[done:])


def _stretches(evidence: Sequence[Evidence]) -> list[tuple[int, int]]:
    """Where the quotes stand, those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((each.quote.start, each.quote.end) for each in evidence):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _board(board: Board, evidence: Sequence[Evidence]) -> str:
    """The board as it stood. A drawing is shown as it was written: what a candidate wrote never runs here."""
    return (
        f'<details class="coach-drawn"{" open" if evidence else ""}><summary>The board, as it stood here</summary>'
        f"<pre>{_marked(board.text, evidence)}</pre></details>"
    )


def _aloud(turn: Turn) -> str:
    """What became of a turn on its way: broken off by the candidate, or misheard and corrected."""
    notes = ['<span class="coach-chip">interrupted</span>'] if turn.interrupted else []
    if turn.heard is not None:
        notes.append(f'<span class="coach-chip" title="Heard: {escape(turn.heard)}">corrected</span>')
    return "".join(notes)


def _back(evidence: Sequence[Evidence]) -> str:
    """The way from the words to the verdicts that rest on them."""
    links = dict.fromkeys(
        f'<a href="#{escape(each.verdict)}">{escape(each.label)}</a>' for each in evidence if each.verdict
    )
    return f'<p class="coach-back">Evidence for {" ".join(links)}</p>' if links else ""


def _head(name: str, *notes: str) -> str:
    return f'<div class="coach-who"><strong>{name}</strong>{"".join(notes)}</div>'


def _move(turn: Turn, step: Step | None, rubric: Rubric) -> str:
    """What an interviewer turn did; where the move alone does not tell, the situation it answered."""
    if turn.move is None:
        return ""
    known = {dimension.id: dimension.name for dimension in rubric.dimensions}
    what = f"hint {turn.hint}" if turn.move is Move.HINT and turn.hint else turn.move.value.replace("_", " ")
    if turn.move is Move.FALLBACK and step and step.situation:
        what = step.situation.value.replace("-", " ")
    where = f" · {known[turn.dimension]}" if turn.dimension in known else ""
    return f'<span class="coach-chip">{escape(what + where)}</span>'
