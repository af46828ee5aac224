"""Phrases of a criterion, and where spoken words match them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from coach.domain.finding.craft import IDEAS
from coach.domain.language import FILLERS, STOPWORDS, Span, stem
from coach.domain.scenario import Criterion, Flag

_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:\.\d+)?", re.UNICODE)
_ARTICLES = frozenset({"a", "an", "the"})
_EMPTY = STOPWORDS | FILLERS
WHOLE_WORD = 3
"""A phrase's words of at most this many letters match whole words, longer ones match beginnings."""


class Hit(NamedTuple):
    """A group of the locator of criterion or flag `name`, heard in the words [first, last) of a sentence."""

    name: str
    group: int
    first: int
    last: int


@dataclass(frozen=True)
class Locator:
    """What finds one criterion: a weight for each group. `authored` where its author wrote the signals."""

    weights: tuple[float, ...]
    authored: bool

    def share(self, groups: Iterable[int]) -> float:
        """Weighted share of the criterion's groups that these are, 0 to 1."""
        return sum(self.weights[group] for group in groups) / sum(self.weights)


@lru_cache(maxsize=8_192)
def spoken(text: str) -> tuple[Span, ...]:
    """Lower-case words as they are spoken: `fine-tuning` is two words, `0.9` and `don't` are one."""
    plain = text.replace("’", "'").lower()
    return tuple(Span(match[0], match.start(), match.end()) for match in _PART.finditer(plain))


class _Index:
    """Phrases by the letters they begin with, so that a word is compared with few of them. Articles do not count,
    for many a second-language speaker leaves them out; but with a single word (`the rest`) they do."""

    def __init__(self) -> None:
        self._starts: dict[str, list[tuple[tuple[str, ...], int]]] = {}

    def add(self, phrase: str, number: int) -> None:
        heard = tuple(word.text for word in spoken(phrase))
        telling = tuple(word for word in heard if word not in _ARTICLES)
        heard = telling if len(telling) > 1 else heard
        if heard:
            self._starts.setdefault(heard[0][:WHOLE_WORD], []).append((heard, number))

    def at(self, words: tuple[Span, ...], i: int) -> Iterator[tuple[int, int]]:
        """(number, length in words) of every phrase that begins at word `i`."""
        for phrase, number in self._starts.get(words[i].text[:WHOLE_WORD], ()):
            length = _length(phrase, words, i)
            if length:
                yield number, length


def _length(phrase: tuple[str, ...], words: tuple[Span, ...], begin: int) -> int:
    """How many spoken words from `begin` on the phrase's words begin, with the articles between them; 0 where they
    do not."""
    at = begin
    for part in phrase:  # asked millions of times a grading: no generator
        while begin < at < len(words) and words[at].text in _ARTICLES and part not in _ARTICLES:
            at += 1
        if at == len(words):
            return 0
        word = words[at].text
        if word != part and (len(part) <= WHOLE_WORD or not word.startswith(part)):
            return 0
        at += 1
    return at - begin


@cache
def _ideas() -> _Index:
    index = _Index()
    for number, phrases in enumerate(IDEAS):
        for phrase in phrases:
            index.add(phrase, number)
    return index


_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_ONES = frozenset("one two three four five six seven eight nine".split())


def _is_end_of_number(words: tuple[Span, ...], at: int) -> bool:
    """Whether the word only ends a number: `five percent` is not said in `ninety-five percent`."""
    return at > 0 and words[at].text in _ONES and words[at - 1].text in _TENS


class Sign(NamedTuple):
    """An idea of the craft, or else the stem of a word, in the words [first, last)."""

    name: str
    first: int
    last: int


def is_idea(sign: Sign) -> bool:
    """Whether it is an idea of the craft, not only a word."""
    return sign.name.startswith("#")


@lru_cache(maxsize=8_192)
def signs(words: tuple[Span, ...]) -> tuple[Sign, ...]:
    """What words are about: ideas of the craft, and stems of the other words that carry content."""
    found: list[Sign] = []
    taken: set[int] = set()
    for i in range(len(words)):
        for number, length in _ideas().at(words, i):
            found.append(Sign(f"#{number}", i, i + length))
            taken.update(range(i, i + length))
    for i, word in enumerate(words):
        if i not in taken and word.text not in _EMPTY and not word.text[0].isdigit():
            found.append(Sign(stem(word.text), i, i + 1))
    return tuple(found)


@cache
def _ideas_by_phrase() -> Mapping[tuple[str, ...], frozenset[str]]:
    named: dict[tuple[str, ...], set[str]] = {}
    for number, phrases in enumerate(IDEAS):
        for phrase in phrases:
            named.setdefault(tuple(word.text for word in spoken(phrase)), set()).add(f"#{number}")
    return {phrase: frozenset(names) for phrase, names in named.items()}


def _ideas_of(phrase: str) -> frozenset[str]:
    """Ideas of the craft that have this very phrase: one that only begins alike may mean something else."""
    return _ideas_by_phrase().get(tuple(word.text for word in spoken(phrase)), frozenset())


class Locators:
    """The locators of a set of criteria, ready to read sentences with.

    A criterion's groups are its author's signals, each with the ideas of the craft that its phrases say in full and
    no other group says; without signals, the signs in its text, each weighted by how few
    criteria of the set share it: log((1 + n) / used), as inverse document frequency.
    """

    def __init__(self, criteria: Mapping[str, Criterion | Flag]) -> None:
        self.of: dict[str, Locator] = {}
        self._phrases = _Index()
        self._groups: list[tuple[str, int]] = []
        self._signs: dict[str, list[tuple[str, int]]] = {}
        of_text = {name: {sign.name for sign in signs(spoken(each.text))} for name, each in criteria.items()}
        used = Counter(sign for each in of_text.values() for sign in each)
        for name, criterion in criteria.items():
            if criterion.signals:
                self._add_signals(name, criterion)
            else:
                ordered = sorted(of_text[name])
                weights = tuple(math.log((1 + len(criteria)) / used[sign]) for sign in ordered)
                self.of[name] = Locator(weights or (1.0,), authored=False)
                for group, sign in enumerate(ordered):
                    self._signs.setdefault(sign, []).append((name, group))

    def _add_signals(self, name: str, criterion: Criterion | Flag) -> None:
        self.of[name] = Locator((1.0,) * len(criterion.signals), authored=True)
        ideas = [{idea for phrase in phrases for idea in _ideas_of(phrase)} for phrases in criterion.signals]
        for group, phrases in enumerate(criterion.signals):
            for phrase in phrases:
                self._phrases.add(phrase, len(self._groups))
            self._groups.append((name, group))
            elsewhere = set().union(*ideas[:group], *ideas[group + 1 :])
            for idea in sorted(ideas[group] - elsewhere):
                self._signs.setdefault(idea, []).append((name, group))

    def hits(self, words: tuple[Span, ...]) -> Iterator[Hit]:
        """Every group heard in a sentence's words."""
        for i in range(len(words)):
            if _is_end_of_number(words, i):
                continue
            for number, length in self._phrases.at(words, i):
                yield Hit(*self._groups[number], i, i + length)
        for sign in signs(words):
            for name, group in self._signs.get(sign.name, ()):
                yield Hit(name, group, sign.first, sign.last)


@lru_cache(maxsize=32)
def _compiled(criteria: tuple[tuple[str, Criterion | Flag], ...]) -> Locators:
    return Locators(dict(criteria))


def locators(criteria: Mapping[str, Criterion | Flag]) -> Locators:
    """The locators of these criteria; built once for each set."""
    return _compiled(tuple(criteria.items()))
