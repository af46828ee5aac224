"""Quotes checked against what the candidate said: the source's own words are what is shown, never the judge's.

The rule and its measured pass rates: protocol of the judge, quote verifier. A quote stands where its normalised
words are found exactly, else where a span of the source at least 90 % alike holds every word of the quote in
order, with the same negators and the same numbers.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from coach.domain.grade import Quote
from coach.domain.grading import source_text
from coach.domain.numbers import numbers
from coach.domain.transcript import Transcript, Turn

ALIKE = 90.0
"""Least similarity (0 to 100) of a quote that is not found word for word."""
LEAST_WORDS_TO_SNAP = 4
"""A shorter quote must be found word for word."""
_SLACK = 24
"""Characters looked at around the place that looks most alike, so that a cut word is found whole."""
_DROPPED_CATEGORIES = frozenset({"Cf", "Co", "Cn", "Cs"})
_QUOTE_MARKS = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
_NEGATORS = frozenset(
    "not no never none nothing nobody neither nor without cannot unless except only instead rather hardly".split()
)
"""Words that turn a statement round: a quote must hold exactly as many of each as its source."""


class Canonical(NamedTuple):
    """A text as it is compared, and for each of its characters the place in the source it comes from."""

    text: str
    places: tuple[int, ...]
    length: int
    """Characters of the source."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the compared characters [start, end) stand in the source, end exclusive."""
        last = self.places[end - 1]
        after = next((place for place in self.places[end:] if place > last), self.length)
        return self.places[start], min(after, last + 1) if after > last else last + 1


@lru_cache(maxsize=2_048)
def canonicalise(text: str) -> Canonical:
    """Normal form for comparing: NFKC, case folded, straight quotes, punctuation as one space, nothing invisible.

    Apostrophes inside words and points inside numbers stay.
    """
    kept: list[str] = []
    places: list[int] = []
    for place, cluster in _clusters(text):
        for char in unicodedata.normalize("NFKC", cluster).translate(_QUOTE_MARKS).casefold():
            plain = char if char.isalnum() or char in "'." or unicodedata.category(char).startswith("M") else " "
            if plain == " " and (not kept or kept[-1] == " "):
                continue
            kept.append(plain)
            places.append(place)
    return _without_loose_marks(kept, places, len(text))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Each visible character with the marks that combine with it, and where it begins."""
    start, cluster = 0, ""
    for place, char in enumerate(text):
        if unicodedata.category(char) in _DROPPED_CATEGORIES or "\ufe00" <= char <= "\ufe0f":
            continue
        if cluster and unicodedata.combining(char):
            cluster += char
            continue
        if cluster:
            yield start, cluster
        start, cluster = place, char
    if cluster:
        yield start, cluster


def _without_loose_marks(kept: list[str], places: list[int], length: int) -> Canonical:
    """Drops apostrophes that do not stand between letters and points that do not stand between digits."""
    text: list[str] = []
    where: list[int] = []
    for i, char in enumerate(kept):
        before = kept[i - 1] if i else " "
        after = kept[i + 1] if i + 1 < len(kept) else " "
        inside = (char == "'" and before.isalpha() and after.isalpha()) or (
            char == "." and before.isdigit() and after.isdigit()
        )
        plain = char if char not in "'." or inside else " "
        if plain == " " and (not text or text[-1] == " "):
            continue
        text.append(plain)
        where.append(places[i])
    if text and text[-1] == " ":
        text.pop()
        where.pop()
    return Canonical("".join(text), tuple(where), length)


def find_quote(transcript: Transcript, text: str, turn_hint: str | None = None) -> Quote | None:
    """The span of a candidate turn, or of the board there, that `text` quotes; None where there is none.

    The turn called `turn_hint` is looked at first, then the others in order. Exact finds, after normalising,
    go before near ones. The quote's words are always the source's.
    """
    wanted = canonicalise(text).text
    if not wanted:
        return None
    turns = sorted(transcript.candidate, key=lambda turn: turn.id != turn_hint)
    sources = [source for turn in turns for source in _sources(turn)]
    for find in (_exactly, _nearly):
        for place, said in sources:
            span = find(wanted, canonicalise(said))
            if span is not None:
                start, end = span
                return place.model_copy(update={"start": start, "end": end, "text": said[start:end]})
    return None


def _sources(turn: Turn) -> Iterator[tuple[Quote, str]]:
    """The texts a quote of this turn may come from, each with an empty quote that names its place."""
    spoken = Quote(turn=turn.id, start=0, end=0, text="")
    yield spoken, turn.text
    if turn.board:
        board = Quote(turn=turn.id, start=0, end=0, text="", source="board")
        yield board, source_text(turn, board)


def _exactly(wanted: str, said: Canonical) -> tuple[int, int] | None:
    at = f" {said.text} ".find(f" {wanted} ")
    return None if at < 0 else said.span(at, at + len(wanted))


def _nearly(wanted: str, said: Canonical) -> tuple[int, int] | None:
    words = wanted.split()
    if len(words) < LEAST_WORDS_TO_SNAP or len(said.text) < len(wanted):
        return None
    alike = fuzz.partial_ratio_alignment(wanted, said.text, score_cutoff=ALIKE)
    if alike is None:
        return None
    begin = said.text.rfind(" ", 0, max(0, alike.dest_start - _SLACK)) + 1
    end = said.text.find(" ", min(len(said.text), alike.dest_end + _SLACK))
    window = said.text[begin : end if end >= 0 else len(said.text)]
    span = _holding_all(words, window)
    if span is None:
        return None
    found = window[span[0] : span[1]]
    if fuzz.ratio(wanted, found) < ALIKE or not _says_the_same(wanted, found):
        return None
    return said.span(begin + span[0], begin + span[1])


def _holding_all(words: list[str], window: str) -> tuple[int, int] | None:
    """The shortest piece of `window` that holds all `words` in their order."""
    places: list[tuple[str, int, int]] = []
    at = 0
    for word in window.split():
        places.append((word, at, at + len(word)))
        at += len(word) + 1
    best: tuple[int, int] | None = None
    for first, (word, begin, _) in enumerate(places):
        if word != words[0]:
            continue
        wanted = iter(words)
        missing: str | None = next(wanted)
        for said, _, end in places[first:]:
            if said == missing:
                missing = next(wanted, None)
                if missing is None:
                    if best is None or end - begin < best[1] - best[0]:
                        best = (begin, end)
                    break
    return best


def _says_the_same(quote: str, source: str) -> bool:
    return _negators(quote) == _negators(source) and _values(quote) == _values(source)


def _negators(text: str) -> Counter[str]:
    return Counter("not" if w.endswith("n't") else w for w in text.split() if w in _NEGATORS or w.endswith("n't"))


def _values(text: str) -> Counter[tuple[float, str | None]]:
    return Counter((number.value, number.unit) for number in numbers(text))
