"""Where in a candidate's words the evidence for each criterion may stand, and how those words were meant.

Pure reading: what is found here is judged elsewhere. Interviewer words are never evidence, nor is what only
repeats them, reads a criterion out, strings terms together or addresses the grader.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from coach.domain.finding.addressing import addressed
from coach.domain.finding.guards import echoes, is_list_of_terms, is_soup, reads_out
from coach.domain.finding.polarity import Said, Stance, read
from coach.domain.finding.signals import Locator, Locators, locators, spoken
from coach.domain.grade import Notice
from coach.domain.language import Span
from coach.domain.numbers import numbers
from coach.domain.scenario import Criterion, Flag
from coach.domain.transcript import Speaker, Transcript

NEARBY = 2
"""Sentences before and after a window that belong to the same thought."""
BORROWER = 0.05
"""Share of sentences in other people's words, from which on a speaker is one who reports more than decides."""
WINDOW = 3
"""Sentences looked at together; they may cross from one candidate turn to the next."""


Groups = Mapping[str, frozenset[int]]
"""Groups heard, by the full name of the criterion or flag they belong to."""


class Reading(NamedTuple):
    """One sentence of a candidate turn: what was heard in it, by stance."""

    sentence: Span
    held: Groups
    """Said as the candidate's own position, imagined ones included."""
    unheld: Groups
    """Rejected, or other people's."""
    imagined: frozenset[str]
    """Criteria of which something held is only imagined."""
    named: bool
    """Terms one after the other, which earn partial at most."""
    figures: tuple[float, ...]
    """Numbers said."""


class Heard(NamedTuple):
    """A reading and the turn it comes from."""

    turn: str
    reading: Reading

    @property
    def sentence(self) -> Span:
        return self.reading.sentence


class Trace(NamedTuple):
    """The best window for one criterion."""

    window: tuple[Heard, ...]
    """The sentences in which something was heard, in order."""
    share: float
    """Weighted share of the criterion's groups held there, 0 to 1."""
    groups: int
    """How many groups that is."""
    unheld: float
    """The largest weighted share heard anywhere in words that are not the candidate's position."""
    beside: float
    """The share heard in such words within NEARBY sentences of the window."""
    imagined: bool
    """Some of what was held in the window was only imagined."""
    named: bool
    """The window is a list of terms."""


def search(entries: Mapping[str, Criterion | Flag], transcript: Transcript) -> dict[str, Trace]:
    """The best window for each of `entries` (criteria or flags by full name) in which anything was heard."""
    known = locators(entries)
    heard = sentences_heard(entries, transcript)
    best: dict[str, Trace] = {}
    for i in range(len(heard)):
        window = heard[i : i + WINDOW]
        around = heard[max(0, i - NEARBY) : i + WINDOW + NEARBY]
        for name in window[0].reading.held.keys() | window[0].reading.unheld.keys():
            _keep_better(best, name, known.of[name], window, around)
    return best


def reports_more_than_decides(transcript: Transcript) -> bool:
    """Whether the candidate often speaks for others, so that terms heard from them need a cleaner match."""
    said = [sentence for turn in transcript.candidate for sentence in read(turn.text)]
    borrowed = sum(any(s.stance is Stance.BORROWED for s in sentence.stretches) for sentence in said)
    return bool(said) and borrowed / len(said) >= BORROWER


def _keep_better(
    best: dict[str, Trace], name: str, locator: Locator, window: list[Heard], around: list[Heard]
) -> None:
    held = _groups(name, window, held=True)
    share = locator.share(held)
    unheld = locator.share(_groups(name, window, held=False))
    kept = best.get(name)
    if kept is not None:
        unheld = max(unheld, kept.unheld)
        if share <= kept.share:
            if unheld > kept.unheld:
                best[name] = kept._replace(unheld=unheld)
            return
    telling = _telling(name, window)
    best[name] = Trace(
        window=telling,
        share=share,
        groups=len(held),
        unheld=unheld,
        beside=locator.share(_groups(name, around, held=False)),
        imagined=any(name in said.reading.imagined for said in telling),
        named=bool(telling) and all(said.reading.named for said in telling),
    )


def _groups(name: str, window: list[Heard], *, held: bool) -> frozenset[int]:
    none: frozenset[int] = frozenset()
    return none.union(*((said.reading.held if held else said.reading.unheld).get(name, none) for said in window))


def _telling(name: str, window: list[Heard]) -> tuple[Heard, ...]:
    """The fewest sentences of a window that hold all that was heard in it, in order."""
    none: frozenset[int] = frozenset()
    left = _groups(name, window, held=True)
    chosen: list[int] = []
    while left:
        best = max(range(len(window)), key=lambda i: len(left & window[i].reading.held.get(name, none)))
        left -= window[best].reading.held.get(name, none)
        chosen.append(best)
    return tuple(window[i] for i in sorted(chosen))


def sentences_heard(entries: Mapping[str, Criterion | Flag], transcript: Transcript) -> list[Heard]:
    """Every sentence of the candidate that can be evidence, in order."""
    known = locators(entries)
    criteria = tuple(entry.text for entry in entries.values())
    heard: list[Heard] = []
    question = ""
    for turn in transcript.turns:
        if turn.speaker is Speaker.INTERVIEWER:
            question = turn.text
        else:
            heard.extend(Heard(turn.id, reading) for reading in _read_turn(known, criteria, turn.text, question))
    return heard


def notices(transcript: Transcript) -> list[Notice]:
    """What addresses the grader, reported and never evidence."""
    return [
        Notice(kind="addressed-to-grader", turn=turn.id, text=span.text)
        for turn in transcript.candidate
        for span in addressed(turn.text)
    ]


@lru_cache(maxsize=4_096)
def _read_turn(known: Locators, criteria: tuple[str, ...], text: str, question: str) -> tuple[Reading, ...]:
    """A turn's sentences. Of what cannot be evidence only what speaks against the candidate is kept, so that
    nobody gains by spoiling their own words."""
    aside = addressed(text)
    readings = []
    for said in read(text):
        reading = _read_sentence(known, said)
        spoilt = any(span.start < said.sentence.end and said.sentence.start < span.end for span in aside)
        if spoilt or _says_nothing_new(said.sentence.text, question, criteria):
            reading = reading._replace(held={}, imagined=frozenset(), figures=())
        readings.append(reading)
    return tuple(readings)


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
    for hit in known.hits(words):
        stance = said.stance(words[hit.first].start, words[hit.last - 1].end)
        (held if stance >= Stance.IMAGINED else unheld).setdefault(hit.name, set()).add(hit.group)
        if stance is Stance.IMAGINED:
            imagined.add(hit.name)
    return Reading(
        sentence=said.sentence,
        held={name: frozenset(groups) for name, groups in held.items()},
        unheld={name: frozenset(groups - held.get(name, set())) for name, groups in unheld.items()},
        imagined=frozenset(imagined),
        named=is_list_of_terms(text),
        figures=tuple(number.value for number in numbers(text)),
    )
