"""Which words a recogniser is not sure of, by the probabilities of its tokens."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from coach.domain.speech import Doubt

UNSURE = 0.5
"""Probability under which a word is doubted. Not measured."""
_WORD = re.compile(r"\w+(?:['’./-]\w+)*")


class Token(NamedTuple):
    """A piece of what was heard, as a recogniser cuts it."""

    text: bytes
    """UTF-8, which may end within a character."""
    logprob: float


def doubts_of(text: str, tokens: Iterable[Token]) -> tuple[Doubt, ...]:
    """The words of `text` of which any token is improbable; how a comma or a stop is heard is nobody's doubt. None
    where the tokens do not make up the text: then nobody can say what they are about."""
    kept = list(tokens)
    start = b"".join(token.text for token in kept).find(text.encode())
    if start < 0:
        return ()
    ends = list(accumulate(len(token.text) for token in kept))
    found = []
    for word in _WORD.finditer(text):
        first = start + len(text[: word.start()].encode())
        last = first + len(word[0].encode())
        within = kept[bisect_right(ends, first) : bisect_right(ends, last - 1) + 1]
        if min((token.logprob for token in within), default=0.0) < math.log(UNSURE):
            found.append(Doubt(start=word.start(), end=word.end()))
    return tuple(found)
