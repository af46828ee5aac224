"""A text as units of meaning: its words and set phrases, each with what may match it in other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from coach.domain.interview.everyday import IDEAS, KINDS
from coach.domain.interview.small_words import LIGHT, PARTICLES, SILENT, SPEAKING, TELLING
from coach.domain.language import EVERYDAY, FILLERS, STOPWORDS, stem, words

LONGEST_PHRASE = 5
_APART = {"business": "business", "businesses": "business", "authority": "authority", "authorities": "authority"}
"""Words the stemmer throws together with others (`busy`, `author`)."""
_SHORTENED = re.compile(r"'(?:d|ve|re|ll|m)$|(?<=\bwho)'s$")
_DROPPED = (STOPWORDS | FILLERS | SILENT) - SPEAKING


class Unit(NamedTuple):
    """A word or a set phrase: its stem, and the ideas it brings up (`#money`)."""

    stem: str
    ideas: frozenset[str]
    light: bool
    """Said in any question: where no topic knows it, it tells nothing."""

    @property
    def keys(self) -> frozenset[str]:
        """All by which it can be matched."""
        return self.ideas | {self.stem}


@lru_cache(maxsize=8_192)
def units(text: str) -> tuple[Unit, ...]:
    """The units of a text in order, each once. Function words are none."""
    spoken = [_SHORTENED.sub("", part) for word in words(text) for part in _parts(word.text.replace("’", "'"))]
    return tuple(dict.fromkeys(_read(spoken)))


def _parts(word: str) -> list[str]:
    """A word joined of others as those, where it is no set phrase itself."""
    return [word] if _stem(word) in _ways() else word.split("-")


def keys(of: Iterable[Unit]) -> frozenset[str]:
    """All keys of some units."""
    return frozenset[str]().union(*(unit.keys for unit in of))


def _read(spoken: list[str]) -> Iterator[Unit]:
    stems = [_stem(word) for word in spoken]
    at = 0
    while at < len(spoken):
        phrase, parted = _phrase_at(stems, at)
        if not phrase:
            yield from _word(spoken[at], stems[at])
            at += 1
            continue
        ideas = _ways()[phrase]
        yield Unit(phrase, ideas, light=ideas <= KINDS)
        if parted:
            yield from _word(spoken[at + 1], stems[at + 1])
        at += phrase.count(" ") + 1 + parted


def _phrase_at(stems: list[str], at: int) -> tuple[str, bool]:
    """The longest set phrase at a place, and whether a word stands between its verb and its particle."""
    for length in range(min(LONGEST_PHRASE, len(stems) - at), 1, -1):
        phrase = " ".join(stems[at : at + length])
        if phrase in _ways():
            return phrase, False
    if at + 2 < len(stems) and stems[at + 2] in PARTICLES and (apart := f"{stems[at]} {stems[at + 2]}") in _ways():
        return apart, True
    return "", False


def _word(word: str, stemmed: str) -> Iterator[Unit]:
    if word not in _DROPPED:
        light = word not in TELLING and (stemmed in _light() or word.isdigit())
        yield Unit(stemmed, _ways().get(stemmed, frozenset()), light)


@cache
def _light() -> frozenset[str]:
    """The stems of words said in any question."""
    return frozenset(map(_stem, EVERYDAY | LIGHT | SPEAKING))


@cache
def _ways() -> dict[str, frozenset[str]]:
    """Every way to say something, by its stems, and the ideas it brings up."""
    ways: dict[str, set[str]] = {}
    idea = ""
    for token in IDEAS.split():
        if token.endswith(":"):
            idea = f"#{token[:-1]}"
        else:
            ways.setdefault(" ".join(map(_stem, token.split("_"))), set()).add(idea)
    return {way: frozenset(ideas) for way, ideas in ways.items()}


def _stem(word: str) -> str:
    return _APART.get(word) or stem(word)
