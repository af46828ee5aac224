"""The evidence strip: time across, a row for each dimension, a mark where words of that moment are evidence."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from coach.domain.grade import Grade
from coach.domain.interview.timebox import PHASES
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Speaker, Transcript, speaking_seconds
from coach.ui.drawing.cards import counted
from coach.ui.drawing.conversation import clock_time

COLUMNS = 32
"""Slices of time across the strip."""

_OUTSTANDING = {Move.CURVEBALL: ("⚡", "premise changed"), Move.HINT: ("H", "hint")}


class Mark(NamedTuple):
    """What one turn is evidence of in one dimension."""

    dimension: str
    turn: str
    at: float
    """Seconds from the start."""
    met: int
    partial: int
    flags: int

    @property
    def says(self) -> str:
        found = ((self.met, "met"), (self.partial, "partly met"), (self.flags, "held against you"))
        return ", ".join(f"{count} {what}" for count, what in found if count)


def strip(grade: Grade, round_: Round) -> str:
    """The strip with links from every mark to its moment, and the same as a table."""
    marks = evidence_marks(grade, round_.transcript)
    if not marks:
        return (
            '<p class="coach-empty">No words of this round are evidence for a criterion, so there is no strip.</p>'
        )
    rows = "".join(
        _row(escape(dimension.name), _cells(dimension.id, marks, round_, linked=True))
        for dimension in round_.brief.rubric.dimensions
    )
    return (
        '<section class="coach-strip" aria-label="Evidence strip"><h2>Where the evidence is</h2>'
        f'<p class="coach-small">Time runs to the right. {_LEGEND} Click one to read its moment.</p>'
        f'<div class="scroll">{_phases(round_)}{_talk(round_)}{rows}{_ticks(round_.transcript)}</div>'
        f"{_table(marks, round_)}</section>"
    )


_LEGEND = (
    '<span class="key met">2</span> that many criteria met there, <span class="key partial">1</span> partly, '
    '<span class="key flag">⚑</span> held against you.'
)


def thumbnail(round_: Round, grade: Grade) -> str:
    """The strip small and without words: a picture of what a grade rests on."""
    marks = evidence_marks(grade, round_.transcript)
    rows = "".join(
        f'<div class="row">{_cells(dimension.id, marks, round_, linked=False)}</div>'
        for dimension in round_.brief.rubric.dimensions
    )
    said = (
        f"A graded round as a picture: {counted(len(marks), 'moment')} with evidence "
        f"in {counted(len({mark.dimension for mark in marks}), 'dimension')}, over {round_.setup.minutes} minutes."
    )
    return f'<div class="coach-strip is-small" role="img" aria-label="{escape(said)}">{rows}</div>'


def evidence_marks(grade: Grade, transcript: Transcript) -> list[Mark]:
    """What each turn is evidence of, dimension by dimension, in order of time."""
    counts: dict[tuple[str, str], list[int]] = {}
    for verdict in grade.verdicts:
        if verdict.verdict in {Outcome.MET, Outcome.PARTIAL}:
            place = 0 if verdict.verdict is Outcome.MET else 1
            _count(counts, verdict.criterion, {quote.turn for quote in verdict.quotes}, place)
    for flag in grade.flags:
        if flag.stands:
            _count(counts, flag.flag, {quote.turn for quote in flag.quotes}, 2)
    starts = {turn.id: at for turn, at in zip(transcript.turns, transcript.starts, strict=True)}
    marks = [Mark(dimension, turn, starts[turn], *found) for (dimension, turn), found in counts.items()]
    return sorted(marks, key=lambda mark: (mark.at, mark.dimension))


def _count(counts: dict[tuple[str, str], list[int]], name: str, turns: Iterable[str], place: int) -> None:
    for turn in turns:
        counts.setdefault((name.split(".", maxsplit=1)[0], turn), [0, 0, 0])[place] += 1


def _column(seconds: float, transcript: Transcript) -> int:
    """The slice of time, from 1."""
    return min(COLUMNS, 1 + int(COLUMNS * seconds / max(transcript.seconds, 1.0)))


def _cells(dimension: str, marks: list[Mark], round_: Round, *, linked: bool) -> str:
    """The marks of one dimension. Turns of the same slice of time share one, which leads to the first of them."""
    by_column: dict[int, list[Mark]] = {}
    for mark in marks:
        if mark.dimension == dimension:
            by_column.setdefault(_column(mark.at, round_.transcript), []).append(mark)
    name = round_.brief.rubric.dimension(dimension).name
    cells = "".join(_cell(column, found, name, linked=linked) for column, found in by_column.items())
    return f'<span class="cells">{cells}</span>'


def _cell(column: int, found: list[Mark], name: str, *, linked: bool) -> str:
    first = found[0]
    whole = first._replace(
        met=sum(m.met for m in found), partial=sum(m.partial for m in found), flags=sum(m.flags for m in found)
    )
    kind = "flag" if whole.flags else "met" if whole.met else "partial"
    style = f'class="{kind} n{min(whole.met + whole.partial, 4)}" style="grid-column:{column}"'
    if not linked:
        return f"<i {style}></i>"
    turns = ", ".join(mark.turn for mark in found)
    said = escape(f"{name}, {turns} at {clock_time(first.at)}: {whole.says}")
    sign = "⚑" if whole.flags else str(whole.met + whole.partial)
    return f'<a {style} href="#turn-{escape(first.turn)}" title="{said}" aria-label="{said}">{sign}</a>'


def _talk(round_: Round) -> str:
    """Who spoke when, with hints and changed premises marked."""
    transcript = round_.transcript
    whole = max(transcript.seconds, 1.0)
    spoken = ""
    for turn, (begin, end) in zip(transcript.turns, spans(transcript), strict=True):
        sign, what = _OUTSTANDING.get(turn.move, ("", "")) if turn.move else ("", "")
        title = f' title="{what} at {clock_time(begin)}"' if what else ""
        who = "you" if turn.speaker is Speaker.CANDIDATE else "them"
        style = f"left:{100 * begin / whole:.1f}%;width:{100 * (end - begin) / whole:.1f}%"
        spoken += f'<i class="{who}{" is-marked" if sign else ""}" style="{style}"{title}>{sign}</i>'
    return _row("Who spoke", f'<span class="talk" aria-hidden="true">{spoken}</span>')


def spans(transcript: Transcript) -> list[tuple[float, float]]:
    """When each turn was said, in seconds from the start: as long as its words take, at most until the next turn. A
    typed answer is there all at once, with the question after it: it is drawn up to that moment."""
    found: list[tuple[float, float]] = []
    ends = (*transcript.starts[1:], transcript.seconds)
    for turn, at, end in zip(transcript.turns, transcript.starts, ends, strict=True):
        length = speaking_seconds(turn.text)
        if turn.speaker is Speaker.CANDIDATE and end - at < 1:
            found.append((max(found[-1][0] if found else 0.0, at - length, 0.0), at))
        else:
            found.append((at, max(at, min(at + length, end))))
    return found


def _phases(round_: Round) -> str:
    """The plan's phases over the time that was played."""
    total, played = round_.setup.minutes * 60.0, max(round_.transcript.seconds, 1.0)
    begins = [start * total for start in PHASES.values()] + [max(total, played)]
    bands = "".join(
        f'<i style="width:{100 * (min(end, played) - start) / played:.1f}%">{name}</i>'
        for name, start, end in zip(PHASES, begins, begins[1:], strict=False)
        if start < played
    )
    return _row("", f'<span class="bands" aria-hidden="true">{bands}</span>', "is-phases")


def _ticks(transcript: Transcript) -> str:
    ticks = "".join(f"<i>{clock_time(transcript.seconds * quarter / 4)}</i>" for quarter in range(5))
    return _row("", f'<span class="ticks" aria-hidden="true">{ticks}</span>', "is-ticks")


def _row(name: str, drawn: str, kind: str = "") -> str:
    return f'<div class="row {kind}"><span class="name">{name}</span>{drawn}</div>'


def _table(marks: list[Mark], round_: Round) -> str:
    names = {dimension.id: dimension.name for dimension in round_.brief.rubric.dimensions}
    rows = "".join(
        f'<tr><td>{clock_time(mark.at)}</td><td><a href="#turn-{escape(mark.turn)}">{escape(mark.turn)}</a></td>'
        f"<td>{escape(names[mark.dimension])}</td><td>{mark.says}</td></tr>"
        for mark in marks
    )
    reached = len({mark.dimension for mark in marks})
    said = f"As a table: {counted(len(marks), 'moment')} in {reached} of {len(names)} dimensions"
    return (
        f"<details><summary>{said}</summary>"
        '<table><thead><tr><th scope="col">Time</th><th scope="col">Turn</th><th scope="col">Dimension</th>'
        f'<th scope="col">Found there</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )
