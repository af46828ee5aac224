"""Whether words are about a criterion at all: the least that evidence for it must show, whoever judges.

Nothing here says that a criterion is met. Words that somebody rejects, or leaves to others, are about nothing they
hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from coach.domain.finding.guards import calls_by_name, is_bare_list
from coach.domain.finding.polarity import Said, Stance
from coach.domain.finding.signals import Hit, Sign, locators, signs, spoken
from coach.domain.language import EVERYDAY, FILLERS, STOPWORDS, Span, stem
from coach.domain.scenario import Criterion

SHARED = 3
"""Words of the craft or the case shared with a criterion, from which on words without one of its signals are
about it. Of the golden labels' 297 quotes one in twenty has neither."""
CLEAR = 2
"""Signals, with as many shared words, from which on words are about this criterion more than about others."""
ENGLISH = 0.15
"""Share of English function words in English prose, at least."""
_COUNTED = frozenset(
    """one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty
    seventy eighty ninety hundred thousand million billion half percent point""".split()
)


class Bearing(NamedTuple):
    """What words have in common with a criterion."""

    groups: int
    """Of its author's signals."""
    shared: int
    """Words shared with its text and the line that would earn it, everyday words and numbers aside."""

    is_english: bool = True
    """Some of it is English prose, which the signals and the criterion are written in."""

    @property
    def is_about(self) -> bool:
        """Whether they are about the criterion, as far as can be told."""
        return not self.is_english or self.groups > 0 or self.shared >= SHARED

    @property
    def is_clearly_about(self) -> bool:
        heard = self.groups > CLEAR or (self.groups == CLEAR and self.shared >= CLEAR)
        return heard or self.shared > SHARED


class Criteria:
    """The criteria of a round, ready to hold words against."""

    def __init__(self, criteria: Mapping[str, Criterion]) -> None:
        self._known = locators(criteria)
        self._about = {name: _about(criterion) for name, criterion in criteria.items()}

    def bearing(self, name: str, said: Iterable[Said]) -> Bearing:
        """What sentences have in common with the criterion called `name`, where they say it as the speaker's own.
        Raises KeyError."""
        groups: set[int] = set()
        shared: set[str] = set()
        is_english = False
        for each in said:
            words = spoken(each.sentence.text)
            heard = [hit for hit in self._known.hits(words) if hit.name == name and self.has_signals(name)]
            is_empty = self._is_empty(each.sentence.text, words, heard)
            is_english = is_english or is_empty or _is_english(words)
            if not is_empty:
                wanted = (sign for sign in signs(words) if sign.name in self._about[name])
                shared.update(sign.name for sign in wanted if _is_held(each, words, sign))
                groups.update(hit.group for hit in heard if _is_held(each, words, hit))
        return Bearing(len(groups), len(shared), is_english)

    def has_signals(self, name: str) -> bool:
        """Whether the criterion's author wrote what it sounds like; without that nothing can be told of it."""
        return self._known.of[name].authored

    def _is_empty(self, text: str, words: Sequence[Span], heard: Sequence[Hit]) -> bool:
        """Whether a sentence calls a criterion by its name, or lists its signals and nothing else."""
        return calls_by_name(text, self._known.of) or (is_bare_list(text) and _is_nothing_else(words, heard))


def _is_english(words: Sequence[Span]) -> bool:
    return sum(word.text in STOPWORDS for word in words) >= ENGLISH * len(words)


def _is_held(said: Said, words: Sequence[Span], found: Sign | Hit) -> bool:
    return said.stance(words[found.first].start, words[found.last - 1].end) > Stance.DENIED


def _is_nothing_else(words: Sequence[Span], heard: Iterable[Hit]) -> bool:
    """Whether the criterion's signals are all that is said."""
    said = {i for hit in heard for i in range(hit.first, hit.last)}
    return all(i in said or word.text in STOPWORDS | FILLERS for i, word in enumerate(words))


def _about(criterion: Criterion) -> frozenset[str]:
    named = {sign.name for sign in signs(spoken(f"{criterion.text} {criterion.hear or ''}"))}
    return frozenset(named - _common())


@cache
def _common() -> frozenset[str]:
    return frozenset(map(stem, EVERYDAY | _COUNTED))
