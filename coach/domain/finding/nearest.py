"""The candidate's own words that come nearest to a criterion, for a person to read. They decide nothing.

Looked for by what the criterion's author wrote to find it and by the words of its text and `hear` line, under the
same guards as evidence: what echoes the interviewer, strings terms together or addresses the grader is not near.
On the golden rounds, of the criteria that the offline judge could not tell and a rater credited, the rater's own
quote is the first of these for two in three, and among the three for seven in ten.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.domain.finding.addressing import addressed
from coach.domain.finding.reading import Heard, boards_heard, sentences_heard
from coach.domain.finding.signals import Locators, locators
from coach.domain.grade import Quote
from coach.domain.grading import source_text
from coach.domain.help import dimension_asked
from coach.domain.language import sentences
from coach.domain.rubric import Brief
from coach.domain.scenario import Criterion
from coach.domain.transcript import Speaker, Transcript, Turn

MOST = 3
"""Quotes for one criterion."""
LONGEST = 3
"""Sentences of one quote, in a row and from one turn."""
LEAST_WORDS = 2
"""Distinctive words shared with a criterion, below which nothing is near it, unless its author's signals are."""
BY_SIGNALS = 0.5
"""Worth of a criterion's signals, all held together, beside 1 for all of its words."""
ASKED = 0.2
"""Worth of standing in the answer to a question about the criterion's dimension."""
LONGER = 0.04
"""What each further sentence must be worth."""


class _Spot(NamedTuple):
    """Sentences [first, last) of a text, and what they are worth for a criterion."""

    worth: float
    text: Sequence[Heard]
    first: int
    last: int

    def overlaps(self, other: _Spot) -> bool:
        return self.text is other.text and self.first < other.last and other.first < self.last


def nearest(brief: Brief, transcript: Transcript, names: Collection[str]) -> dict[str, tuple[Quote, ...]]:
    """For each of `names` (criteria by full name) up to MOST quotes that do not overlap, the nearest first; none
    where nothing is near."""
    spots: dict[str, list[_Spot]] = {name: [] for name in names}
    for name, spot in _spots(brief, transcript, frozenset(names)):
        spots[name].append(spot)
    turns = {turn.id: turn for turn in transcript.turns}
    return {name: tuple(_quote(turns, spot) for spot in _best(found)) for name, found in spots.items()}


def sentences_said(transcript: Transcript) -> tuple[Quote, ...]:
    """Every sentence the candidate spoke, in order, to choose from; but none that addresses the grader."""
    return tuple(
        Quote(turn=turn.id, start=said.start, end=said.end, text=said.text)
        for turn in transcript.candidate
        for said in sentences(turn.text)
        if not any(aside.start < said.end and said.start < aside.end for aside in addressed(turn.text))
    )


def _best(spots: Sequence[_Spot]) -> list[_Spot]:
    """The worthiest that do not overlap; of equals the first."""
    kept: list[_Spot] = []
    for spot in sorted(spots, key=lambda each: -each.worth):
        if len(kept) < MOST and not any(spot.overlaps(other) for other in kept):
            kept.append(spot)
    return kept


def _quote(turns: Mapping[str, Turn], spot: _Spot) -> Quote:
    first, last = spot.text[spot.first], spot.text[spot.last - 1]
    start, end = first.sentence.start, last.sentence.end
    place = Quote(
        turn=first.turn, start=start, end=end, text="", source=None if first.on_board is None else "board"
    )
    return place.model_copy(update={"text": source_text(turns[first.turn], place)[start:end]})


def _spots(brief: Brief, transcript: Transcript, names: frozenset[str]) -> Iterator[tuple[str, _Spot]]:
    """Every stretch of sentences that is near one of `names`."""
    by_words = _in_their_words(tuple(brief.criteria.items()))
    found_by = locators(brief.criteria), locators(by_words)
    asked = _asked(brief, transcript)
    texts = zip(_texts(brief.criteria, transcript), _texts(by_words, transcript), strict=True)
    for signals, words in texts:
        for first, last in _stretches(signals):
            near = names & (_names(signals[first]) | _names(words[first]))
            for name in near:
                worth = _worth(name, found_by, signals[first:last], words[first:last])
                if worth:
                    answers = asked.get(signals[first].turn) == name.split(".", maxsplit=1)[0]
                    worth += ASKED * answers - LONGER * (last - first - 1)
                    yield name, _Spot(worth, signals, first, last)


def _stretches(text: Sequence[Heard]) -> Iterator[tuple[int, int]]:
    """Every [first, last) of at most LONGEST sentences of one turn."""
    for first, said in enumerate(text):
        for last in range(first + 1, min(first + LONGEST, len(text)) + 1):
            if text[last - 1].turn == said.turn:
                yield first, last


def _worth(
    name: str, found_by: tuple[Locators, Locators], signals: Sequence[Heard], words: Sequence[Heard]
) -> float:
    """What a stretch is worth by what it says; 0 where nothing is near."""
    by_signals, by_words = (locators_.of[name] for locators_ in found_by)
    authored = _groups(name, signals) if by_signals.authored else frozenset()
    shared = _groups(name, words)
    if not authored and len(shared) < LEAST_WORDS:
        return 0.0
    return BY_SIGNALS * by_signals.share(authored) + by_words.share(shared)


def _groups(name: str, text: Sequence[Heard]) -> frozenset[int]:
    """What of a criterion was heard there, rejected or borrowed words too: they tell a person as much."""
    none: frozenset[int] = frozenset()
    return none.union(*(said.reading.held.get(name, none) | said.reading.unheld.get(name, none) for said in text))


def _names(said: Heard) -> frozenset[str]:
    return frozenset(said.reading.held) | frozenset(said.reading.unheld)


def _texts(criteria: Mapping[str, Criterion], transcript: Transcript) -> list[Sequence[Heard]]:
    """What was said, then what was new on each board."""
    boards = ([page.heard[i] for i in sorted(page.fresh)] for page in boards_heard(criteria, transcript))
    return [sentences_heard(criteria, transcript), *boards]


@lru_cache(maxsize=32)
def _in_their_words(criteria: tuple[tuple[str, Criterion], ...]) -> Mapping[str, Criterion]:
    """The criteria as they are found by the words of their text and `hear` line."""
    return {
        name: each.model_copy(update={"signals": (), "text": f"{each.text} {each.hear or ''}"})
        for name, each in criteria
    }


def _asked(brief: Brief, transcript: Transcript) -> dict[str, str]:
    """By candidate turn, the dimension it was asked about."""
    asked: dict[str, str] = {}
    dimension = brief.rubric.dimension_ids[0]
    for place, turn in enumerate(transcript.turns):
        if turn.speaker is Speaker.INTERVIEWER:
            dimension = dimension_asked(brief, transcript.turns[:place], turn)
        else:
            asked[turn.id] = dimension
    return asked
