"""A round as the judge may read it: what is shown of it, and which words of it can be evidence.

Text addressed to the grader is in neither. What is shown is JSON with the role in the turn's id, which nobody who
speaks can write; what is quoted is looked for in a copy of the transcript in which all that cannot be evidence is
blacked out, character for character, so that a quote's place is its place in the source.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256

from coach.domain.evidence import find_quote
from coach.domain.finding.addressing import addressed
from coach.domain.finding.board import lines, pages
from coach.domain.finding.guards import STRUNG, echoes, is_list_of_terms, is_piece_of, is_soup, reads_out
from coach.domain.finding.polarity import Said, read, read_lines
from coach.domain.finding.reading import AROUND
from coach.domain.grade import Quote
from coach.domain.language import content_stems, words
from coach.domain.numbers import numbers
from coach.domain.transcript import Board, Speaker, Transcript, Turn

REMOVED = "[text addressed to the grader removed]"
"""What the judge reads instead."""
LONGEST_QUOTE = 60
"""Words; asked for are 40, and a model counts badly."""

LEAST_WORDS = 3
LEAST_CONTENT = 2
"""Of those, words that are neither function words nor fillers. Of the golden labels' 359 quotes one has fewer."""

_BLACK = "\ua66e"
"""A letter nobody uses: words it covers are words that no quote holds."""
_BLACKED = re.compile(rf"{_BLACK}(?:[\s{_BLACK}]*{_BLACK})?")
_COMMENT = re.compile(r"%%[^\n]*")
_INVISIBLE = frozenset({"Cf", "Co", "Cn", "Cs"})
_OURS = {Speaker.CANDIDATE: re.compile(r"C\d+"), Speaker.INTERVIEWER: re.compile(r"I\d+")}


class Record:
    """A transcript, what is shown of it, and the quotes that stand in it."""

    def __init__(self, transcript: Transcript, stated: Iterable[str] = ()) -> None:
        """`stated` are the criteria: to read one out shows nothing."""
        self.transcript = transcript
        self._stated = tuple(stated)
        turns = tuple(_blacked(turn, self._stated) for turn in transcript.turns)
        self._sources = transcript.model_copy(update={"turns": turns})
        self._labels = _labels(transcript)
        self._turns = {label: id_ for id_, label in self._labels.items()}

    @cached_property
    def shown(self) -> str:
        """The turns as a JSON array, one a line: `{"id": "C1", "text": …}`, with `board` where something new
        stands there. No times, moves or names."""
        drawn = dict(_newly_drawn(self.transcript))
        turns = []
        for turn in self._sources.turns:
            entry = {"id": self._labels[turn.id], "text": _visible(_BLACKED.sub(REMOVED, turn.text))}
            if turn.id in drawn:
                entry["board"] = _visible(drawn[turn.id])
            turns.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
        return "[" + ",\n".join(turns) + "]"

    @cached_property
    def fingerprint(self) -> str:
        """sha256 of every word of the round. Who writes a turn cannot know the hash of a text that holds it."""
        said = [
            (turn.speaker.value, turn.text, turn.board.text if turn.board else "") for turn in self.transcript.turns
        ]
        return sha256(json.dumps(said).encode()).hexdigest()

    def find(self, text: str, label: str) -> Quote | None:
        """The candidate's words that `text` quotes; None where they stand in no turn of theirs, or are addressed to
        the grader."""
        if len(text.split()) > LONGEST_QUOTE:
            return None
        quote = find_quote(self._sources, text, self._turns.get(label.strip()))
        if quote is not None and quote.source == "board":
            quote = find_quote(self._sources, text)  # a board is carried along: it counts where it first stood
        return None if quote is None or _BLACK in quote.text else quote

    def is_evidence(self, quote: Quote) -> bool:
        """Whether the words can show anything: not where they are a mere fragment, nor where they, or every
        sentence they are taken from, repeat the interviewer's words before them (on a board: any before), read out
        a criterion or string terms together."""
        told, taken_from = self._told(quote), self._sentences(quote)
        if _is_fragment(quote.text) or self._says_nothing_new(quote.text, told):
            return False
        return not taken_from or not all(self._says_nothing_new(said, told) for said in taken_from)

    def _says_nothing_new(self, said: str, told: Iterable[str]) -> bool:
        if is_soup(said) or any(echoes(said, before) or _confirms(said, before) for before in told):
            return True
        return any(reads_out(said, criterion) for criterion in self._stated)

    def only_lists(self, quotes: Iterable[Quote]) -> bool:
        """Whether all of the quotes are taken from sentences that name terms one after the other."""
        return all(all(map(is_list_of_terms, self._sentences(quote))) for quote in quotes)

    def said(self, quote: Quote) -> list[Said]:
        """The sentences a quote is taken from, of a board the lines, and how they are meant."""
        turn = next(turn for turn in self._sources.candidate if turn.id == quote.turn)
        if quote.source == "board" and turn.board:
            pieces = read_lines(tuple(line.words for line in lines(turn.board)))
        else:
            pieces = read(turn.text)
        return [said for said in pieces if said.sentence.start < quote.end and quote.start < said.sentence.end]

    def _sentences(self, quote: Quote) -> list[str]:
        return [said.sentence.text for said in self.said(quote)]

    def _told(self, quote: Quote) -> list[str]:
        """What the interviewer said just before the quote; before a board, since notes keep: all of it so far."""
        told = []
        for turn in self.transcript.turns:
            if turn.id == quote.turn:
                break
            if turn.speaker is Speaker.INTERVIEWER:
                told.append(turn.text)
        return told if quote.source == "board" else told[-1:]


def _labels(transcript: Transcript) -> dict[str, str]:
    """The id each turn is shown with: its own, where all of them tell the role; else they are numbered."""
    if all(_OURS[turn.speaker].fullmatch(turn.id) for turn in transcript.turns):
        return {turn.id: turn.id for turn in transcript.turns}
    counts = dict.fromkeys(Speaker, 0)
    labels = {}
    for turn in transcript.turns:
        counts[turn.speaker] += 1
        labels[turn.id] = f"{'C' if turn.speaker is Speaker.CANDIDATE else 'I'}{counts[turn.speaker]}"
    return labels


def _blacked(turn: Turn, stated: tuple[str, ...]) -> Turn:
    """The turn with what addresses the grader, and what of its board nobody reads, covered."""
    text = turn.text
    for span in addressed(text):
        text = text[: span.start] + _BLACK * (span.end - span.start) + text[span.end :]
    board = _blacked_board(turn.board, stated) if turn.board else None
    return turn.model_copy(update={"text": text, "board": board})


def _blacked_board(board: Board, stated: tuple[str, ...]) -> Board:
    """Notes without lines for the grader; of a drawing only statements that hold words, no comment or setting.
    Terms strung together over several lines are covered, and criteria read out, however they are wrapped."""
    text = list(board.text)
    drawn = len(board.notes) + 1
    hidden = set(range(drawn, len(text)))
    known = lines(board)
    for i, line in enumerate(known):
        place = range(line.words.start, line.words.end)
        around = " ".join(near.words.text for near in known[max(0, i - AROUND) : i + AROUND + 1])
        if line.addressed or line.terms >= STRUNG or is_piece_of(line.words.text, around, stated):
            hidden.update(place)
            continue
        hidden.difference_update(place)
        if place.start >= drawn:
            for aside in _COMMENT.finditer(line.written):
                hidden.update(range(place.start + aside.start(), place.start + aside.end()))
    for i in hidden:
        if not text[i].isspace():
            text[i] = _BLACK
    seen = "".join(text)
    return Board(notes=seen[: len(board.notes)], mermaid=seen[drawn:])


def _confirms(said: str, told: str) -> bool:
    """Whether the words add a single one to the interviewer's, and no number: "a golden set, exactly"."""
    if {number.value for number in numbers(said)} - {number.value for number in numbers(told)}:
        return False
    stems = content_stems(said)
    new = stems - content_stems(told)
    return len(stems) - len(new) >= LEAST_CONTENT and len(new) < LEAST_CONTENT


def _is_fragment(text: str) -> bool:
    """Whether a quote is too short to show anything. Where a script has no spaces, two letters count as a word."""
    unspaced = sum(unicodedata.category(char) == "Lo" for char in text) // 2
    return len(words(text)) + unspaced < LEAST_WORDS or len(content_stems(text)) + unspaced < LEAST_CONTENT


def _newly_drawn(transcript: Transcript) -> Iterable[tuple[str, str]]:
    """The turns at which something new stands on the board, and those lines."""
    for page in pages(transcript):
        fresh = [page.lines[i] for i in page.fresh]
        written = [REMOVED if line.addressed else _COMMENT.sub("", line.written).strip() for line in fresh]
        yield page.turn, "\n".join(line for line in written if line)


def _visible(text: str) -> str:
    """The text without characters that nobody sees, which may carry others or turn them round. The only line ends
    are those that JSON escapes."""
    plain = re.sub("[\x85\u2028\u2029]", " ", text)
    return "".join(char for char in plain if unicodedata.category(char) not in _INVISIBLE)
