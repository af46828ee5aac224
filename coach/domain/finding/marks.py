"""Text as it would be read aloud: without the marks of Markdown, which must neither hide a cue nor make one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_MARK = re.compile(
    r"^\s*(?:(?:[-+•]|\*(?!\*)|\d{1,2}[.)])\s+|#{1,6}\s+)|\*+|`+|(?<![^\W_])_+(?=\w)|(?<=\w)_+(?![^\W_])"
)


class Unmarked(NamedTuple):
    """A text without its marks, straight apostrophes in it, and where each of its characters stood."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters [start, end) stood, end exclusive."""
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=8_192)
def unmarked(text: str) -> Unmarked:
    """One sentence or line without marks of lists, headings, emphasis and code."""
    marked = {place for mark in _MARK.finditer(text) for place in range(*mark.span())}
    places = tuple(place for place in range(len(text)) if place not in marked)
    return Unmarked("".join(text[place] for place in places).replace("\u2019", "'"), places)
