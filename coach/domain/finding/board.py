"""The design board as lines to read: what stands on it, and from which turn on.

A board is a state that turns carry along. A line is evidence once, where it first stands; a changed line is a new
one. Notes are terse, so each of their lines is a sentence (a line of several sentences is several); each statement
of a drawing is one too. What a line says is judged with the whole board around it, whenever it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from coach.domain.finding.addressing import line_addresses_grader
from coach.domain.finding.guards import terms_in_runs
from coach.domain.finding.mermaid import statements
from coach.domain.finding.patterns import any_of
from coach.domain.finding.polarity import Stance, Stretch
from coach.domain.finding.signals import spoken
from coach.domain.language import Span, sentences
from coach.domain.transcript import Board, Speaker, Transcript


class Line(NamedTuple):
    """One sentence of a board."""

    words: Span
    """What is read, at its place in `Board.text`: of a drawing only the words, the rest blank."""
    written: str
    """The same place to the letter."""
    same: str
    """Equal for lines that differ only in case, space or place."""
    terms: int = 0
    """Terms in the lines around that only name terms, this one among them; 0 where it says something."""
    addressed: bool = False
    """It is for the grader, not for the interviewer."""
    under: Stance = Stance.HELD
    """What the heading above makes of it: `Rejected:`, `Out of scope:`."""

    @property
    def set_aside(self) -> tuple[Stretch, ...]:
        """What the heading above does to the line, as a stretch of it."""
        return () if self.under is Stance.HELD else (Stretch(0, len(self.words.text), self.under),)


class Page(NamedTuple):
    """The board of a candidate turn on which something new stands."""

    turn: str
    lines: tuple[Line, ...]
    fresh: tuple[int, ...]
    """Which of the lines stand on no earlier board."""
    told: tuple[str, ...]
    """What the interviewer had said by then."""


class _Piece(NamedTuple):
    """A sentence of the notes; `goes_on` where it may be the rest of the line above."""

    sentence: Span
    under: Stance
    goes_on: bool


_MARKER = re.compile(
    r"[ \t]*((?:(?:[-*+\u2022\u25e6\u25aa\u2023\u2013\u2014]|\d{1,3}[.)]|#{1,6}|>|\[[ xX\u2713]?\])[ \t]+)*)"
)
_HEADINGS = {
    Stance.REJECTED: any_of(
        r"""
        (?:rejected|avoid|skip(?:ped)?|no|don'?ts?|anti-?patterns?|ruled out|dropped)
        (?:not|won't|will not) (?:do(?:ing)?|us(?:e|ing)|build(?:ing)?)
        (?:alternatives?|options?) (?:rejected|considered|not taken)
        (?:rejected|considered) (?:alternatives?|options?)
        """,
        before=r"^\W*",
        after=r"\W*$",
    ),
    Stance.IMAGINED: any_of(
        r"(?:out of scope|later|future(?: work)?|v2|version two|phase (?:2|two)|nice to have|someday|maybe)",
        before=r"^\W*",
        after=r"\W*$",
    ),
}
_OF_A_DRAWING = str.maketrans("[](){}|_", "        ")


@lru_cache(maxsize=512)
def lines(board: Board) -> tuple[Line, ...]:
    """The lines of a board that hold words, its notes first, and those that address the grader."""
    offset = len(board.notes) + 1
    pieces = list(_notes(board.notes))
    drawn = statements(board.mermaid)
    terms = terms_in_runs([*(piece.sentence.text for piece in pieces), *(span.text for span in drawn)])
    jotted = [
        Line(
            piece.sentence,
            piece.sentence.text,
            f"{piece.under} {_same(piece.sentence.text)}",
            terms[i],
            _is_for_grader(pieces, i),
            piece.under,
        )
        for i, piece in enumerate(pieces)
    ]
    asides = _asides(board.mermaid)
    for span, count in zip(drawn, terms[len(pieces) :], strict=True):
        if not any(aside.start < span.end and span.start < aside.end for aside in asides):
            written = board.mermaid[span.start : span.end]
            place = span._replace(start=span.start + offset, end=span.end + offset)
            jotted.append(Line(place, written, _same(written), count, line_addresses_grader(span.text.strip())))
    for aside in asides:
        blank = Span(" " * len(aside.text), aside.start + offset, aside.end + offset)
        jotted.append(Line(blank, aside.text, _same(aside.text), addressed=True))
    return tuple(line for line in jotted if line.addressed or spoken(line.words.text))


def _same(written: str) -> str:
    return " ".join(written.casefold().split())


def pages(transcript: Transcript) -> Iterator[Page]:
    """The boards that bring something new, in order."""
    known: set[str] = set()
    told: list[str] = []
    before: Board | None = None
    for turn in transcript.turns:
        if turn.speaker is Speaker.INTERVIEWER:
            told.append(turn.text)
        elif turn.board is not None and turn.board != before:
            before = turn.board
            fresh: list[int] = []
            written = lines(turn.board)
            for i, line in enumerate(written):
                if line.same not in known:
                    known.add(line.same)
                    fresh.append(i)
            if fresh:
                yield Page(turn.id, written, tuple(fresh), tuple(told))


def _notes(notes: str) -> Iterator[_Piece]:
    """The sentences of the notes, without bullets and numbers before them."""
    under, head = Stance.HELD, 0.0
    place, ended = 0, True
    for raw in notes.splitlines(keepends=True):
        marker = _MARKER.match(raw)
        begin = marker.end() if marker else 0
        text = raw[begin:].rstrip()
        depth = _depth(raw, marker[1] if marker else "")
        if (not text and head >= 0) or (text and depth <= head):
            under = Stance.HELD
        heading = next((stance for stance, cues in _HEADINGS.items() if cues.search(text)), None)
        if heading is not None:
            under, head = heading, depth
        for sentence in sentences(text):
            span = Span(sentence.text, place + begin + sentence.start, place + begin + sentence.end)
            goes_on = not ended and sentence.start == 0 and not (marker and marker[1])
            yield _Piece(span, Stance.HELD if heading is not None else under, goes_on)
        ended = not text or text[-1] in ".!?:;"
        place += len(raw)


def _depth(raw: str, marker: str) -> float:
    """How far inside a line stands: headings outside of all, bullets inside of plain lines."""
    if "#" in marker:
        return -1.0
    plain = raw.expandtabs(4)
    return len(plain) - len(plain.lstrip()) + (0.5 if marker else 0.0)


def _is_for_grader(pieces: list[_Piece], i: int) -> bool:
    """Whether a sentence of the notes, alone or with the line that it goes on or that goes on with it, is."""
    here = pieces[i]
    if line_addresses_grader(here.sentence.text):
        return True
    pairs = [pieces[k : k + 2] for k in (i - 1, i) if k >= 0]
    return any(
        len(pair) == 2
        and pair[1].goes_on
        and not any(line_addresses_grader(piece.sentence.text) for piece in pair)
        and line_addresses_grader(" ".join(piece.sentence.text for piece in pair))
        for pair in pairs
    )


def _asides(mermaid: str) -> list[Span]:
    """Lines of a drawing's source that address the grader, comments and settings too."""
    found: list[Span] = []
    place = 0
    for raw in mermaid.split("\n"):
        text = raw.strip()
        if text and line_addresses_grader(text.translate(_OF_A_DRAWING)):
            start = place + raw.index(text)
            found.append(Span(text, start, start + len(text)))
        place += len(raw) + 1
    return found
