"""The candidate's sentences, spoken and on the board: what is heard in each, and how it was meant.

Interviewer words are never evidence, nor is what only repeats them, reads a criterion out, strings terms together
or addresses the grader. Of such sentences only what speaks against the candidate is kept, so that nobody gains by
spoiling their own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from coach.domain.finding.addressing import addressed
from coach.domain.finding.board import Line, pages
from coach.domain.finding.guards import (
    STRUNG,
    calls_by_name,
    echoes,
    is_bare_list,
    is_list_of_terms,
    is_piece_of,
    is_soup,
    reads_out,
)
from coach.domain.finding.patterns import SAYS_NO
from coach.domain.finding.polarity import Said, Stance, read, read_lines
from coach.domain.finding.signals import Locators, locators, spoken
from coach.domain.language import FILLERS, STOPWORDS, Span
from coach.domain.numbers import numbers
from coach.domain.scenario import Criterion, Flag
from coach.domain.transcript import Speaker, Transcript

AROUND = 3
"""Lines of a board before and after one, over which a criterion pasted with breaks in it is recognised."""

Groups = Mapping[str, frozenset[int]]
"""Groups heard, by the full name of the criterion or flag they belong to."""


class Reading(NamedTuple):
    """One sentence of the candidate: what was heard in it, by stance."""

    sentence: Span
    """At its place in the turn's text, or in `Board.text`; of a drawing only the words, the rest blank."""
    held: Groups
    """Said as the candidate's own position, imagined ones included."""
    unheld: Groups
    """Rejected, or other people's."""
    imagined: frozenset[str]
    """Criteria of which something held is only imagined."""
    named: bool
    """Terms one after the other, which earn partial at most."""
    mere: frozenset[str]
    """Criteria whose own phrases are all that is said, one after the other, however few."""
    figures: tuple[float, ...]
    """Numbers said."""


class Heard(NamedTuple):
    """A reading and the turn it comes from."""

    turn: str
    reading: Reading
    on_board: str | None = None
    """The sentence to the letter, where it stands on the board there; None where it was spoken."""

    @property
    def sentence(self) -> Span:
        return self.reading.sentence


class Passage(NamedTuple):
    """A board as it stood at a turn, each line at the turn where it first stood, and which lines are new."""

    heard: tuple[Heard, ...]
    fresh: frozenset[int]


def sentences_heard(entries: Mapping[str, Criterion | Flag], transcript: Transcript) -> list[Heard]:
    """Every sentence the candidate spoke, in order."""
    known, criteria = locators(entries), _texts(entries)
    heard: list[Heard] = []
    question = ""
    for turn in transcript.turns:
        if turn.speaker is Speaker.INTERVIEWER:
            question = turn.text
        else:
            heard.extend(Heard(turn.id, reading) for reading in _read_turn(known, criteria, turn.text, question))
    return heard


def boards_heard(entries: Mapping[str, Criterion | Flag], transcript: Transcript) -> Iterator[Passage]:
    """The candidate's boards with something new on them, in order. A line that stood before is not read again."""
    known, criteria = locators(entries), _texts(entries)
    first: dict[str, Heard] = {}
    for page in pages(transcript):
        read_now = _read_page(known, criteria, page.lines, page.fresh, page.told)
        for i, reading in zip(page.fresh, read_now, strict=True):
            line = page.lines[i]
            first[line.same] = Heard(page.turn, reading, on_board=line.written)
        yield Passage(tuple(first[line.same] for line in page.lines), frozenset(page.fresh))


def _texts(entries: Mapping[str, Criterion | Flag]) -> tuple[str, ...]:
    return tuple(entry.text for entry in entries.values())


@lru_cache(maxsize=4_096)
def _read_turn(known: Locators, criteria: tuple[str, ...], text: str, question: str) -> tuple[Reading, ...]:
    aside = addressed(text)
    readings = []
    for said in read(text):
        reading = _read_sentence(known, said)
        spoilt = any(span.start < said.sentence.end and said.sentence.start < span.end for span in aside)
        if (
            spoilt
            or calls_by_name(said.sentence.text, known.of)
            or _says_nothing_new(said.sentence.text, question, criteria)
        ):
            reading = _without_credit(reading)
        readings.append(reading)
    return tuple(readings)


@lru_cache(maxsize=512)
def _read_page(
    known: Locators,
    criteria: tuple[str, ...],
    lines: tuple[Line, ...],
    fresh: tuple[int, ...],
    told: tuple[str, ...],
) -> tuple[Reading, ...]:
    """The fresh lines of a board; an echo is looked for in all the interviewer had told by then, for notes keep."""
    said = read_lines(tuple(line.words for line in lines))
    readings = []
    for i in fresh:
        line, text = lines[i], lines[i].words.text.strip()
        under = Said(said[i].sentence, (*said[i].stretches, *line.set_aside))
        reading = _read_sentence(known, under)
        around = " ".join(near.words.text for near in lines[max(0, i - AROUND) : i + AROUND + 1])
        spoilt = line.addressed or line.terms >= STRUNG or text.endswith("?") or is_soup(text)
        repeated = any(echoes(text, question) for question in told) or any(
            reads_out(text, each) for each in criteria
        )
        if spoilt or repeated or is_piece_of(text, around, criteria):
            reading = _without_credit(reading)
        readings.append(reading._replace(named=reading.named or line.terms > 0))
    return tuple(readings)


def _without_credit(reading: Reading) -> Reading:
    return reading._replace(held={}, imagined=frozenset(), figures=())


def _says_nothing_new(sentence: str, question: str, criteria: tuple[str, ...]) -> bool:
    if sentence.endswith("?") or is_soup(sentence) or (question and echoes(sentence, question)):
        return True  # to ask is not to say
    return any(reads_out(sentence, criterion) for criterion in criteria)


def _read_sentence(known: Locators, said: Said) -> Reading:
    text = said.sentence.text
    words = spoken(text)
    held: dict[str, set[int]] = {}
    unheld: dict[str, set[int]] = {}
    imagined: set[str] = set()
    left = {i for i, word in enumerate(words) if word.text not in STOPWORDS | FILLERS}
    unsaid: dict[str, set[int]] = {}
    for hit in known.hits(words):
        stance = said.stance(words[hit.first].start, words[hit.last - 1].end)
        if stance is Stance.DENIED:
            if not SAYS_NO.search(text, words[hit.first].start, words[hit.last - 1].end):
                continue  # neither held nor spoken against: what is denied may be the very reason for the design
            stance = Stance.HELD
        (held if stance >= Stance.IMAGINED else unheld).setdefault(hit.name, set()).add(hit.group)
        if stance is Stance.IMAGINED:
            imagined.add(hit.name)
        unsaid.setdefault(hit.name, set(left)).difference_update(range(hit.first, hit.last))
    return Reading(
        sentence=said.sentence,
        held={name: frozenset(groups) for name, groups in held.items()},
        unheld={name: frozenset(groups - held.get(name, set())) for name, groups in unheld.items()},
        imagined=frozenset(imagined),
        named=is_list_of_terms(text),
        mere=frozenset(name for name, rest in unsaid.items() if not rest and is_bare_list(text)),
        figures=tuple(number.value for number in numbers(text)),
    )
