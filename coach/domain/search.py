"""A search over all rounds, as a person types it: words, "words together", filters such as `evals<=1 band:ready`.

Any text is a query: what is no filter is words, and no sign has a meaning of its own in them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from enum import StrEnum
from operator import eq, ge, gt, le, lt

from pydantic import Field

from coach.domain.grade import Band, ResultKind
from coach.domain.transcript import Speaker
from coach.domain.value import Value

MOST_WORDS = 32
"""Words and phrases of one query that are looked for; those after them are left out."""
LEVELS = range(5)
"""The levels a dimension can have."""
RESULTS = (*(band.value for band in Band), *(kind.value for kind in ResultKind if kind is not ResultKind.GRADED))
"""What `band:` can ask for: a band, or what kind of result stands in its place."""

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": le, "≤": le, ">=": ge, "≥": ge, "<": lt, ">": gt, "=": eq, ":": eq,
}  # fmt: skip
_PART = re.compile(
    r'(?P<key>[a-z][a-z-]*)(?P<sign><=|>=|[≤≥<>=:])(?P<value>"[^"]*"?|[^\s"<>=≤≥]+)(?=\s|$)'
    r'|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)',
    re.IGNORECASE,
)
_QUOTATION_MARKS = str.maketrans("“”„«»", '"""""')


class Standing(StrEnum):
    """What people, or the judge's notices, have made of a round: `is:disputed`."""

    DISPUTED = "disputed"
    REVIEWED = "reviewed"
    NOTICED = "noticed"


class Search(Value):
    """What is looked for. All of it must hold; of several scenarios, results or levels of a dimension, one must."""

    words: tuple[str, ...] = ()
    """Each stands in one and the same turn, or on the board there."""
    phrases: tuple[str, ...] = ()
    """The words of each stand there one after the other."""
    scenarios: tuple[str, ...] = ()
    """A part of the scenario's id or title."""
    results: tuple[str, ...] = ()
    """Of RESULTS."""
    levels: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    """By dimension, the levels it may have."""
    notices: tuple[str, ...] = ()
    """A part of a notice's kind."""
    standing: tuple[Standing, ...] = ()
    unread: tuple[str, ...] = ()
    """Filters that name nothing there is, and filter nothing."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return self.model_copy(update={"unread": ()}) == Search()


class Snippet(Value):
    """Words around what was found, and where it stands in them."""

    text: str
    hits: tuple[tuple[int, int], ...]
    """Code points, end exclusive; in order, and none reaches into another."""


class Moment(Value):
    """A turn in which something was found."""

    turn: str
    speaker: Speaker
    at: float | None
    """Seconds from the start."""
    snippet: Snippet
    on_board: bool
    """Found in the candidate's notes or drawing, where they first stood."""


def read_search(text: str, dimensions: Collection[str]) -> Search:
    """What a person typed. `dimensions` are those whose level can be asked for."""
    asked = _Asked(dimensions)
    for part in _PART.finditer(text.translate(_QUOTATION_MARKS)):
        if part["key"]:
            asked.filter(part[0], part["key"].lower(), part["sign"], part["value"].strip('"'))
        elif part["word"]:
            asked.word(part["word"])
        else:
            asked.phrase(part["phrase"] or "")
    return asked.search()


class _Asked:
    """What has been read of a query so far."""

    def __init__(self, dimensions: Collection[str]) -> None:
        self._dimensions = dimensions
        self._found: dict[str, list[str]] = {}
        self._levels: dict[str, tuple[int, ...]] = {}

    def word(self, text: str) -> None:
        self._look_for("words", text)

    def phrase(self, text: str) -> None:
        self._look_for("phrases", text)

    def filter(self, whole: str, key: str, sign: str, value: str) -> None:
        """Take a filter in; words that only look like one are words."""
        if key in self._dimensions and re.fullmatch(r"[0-9](\.[0-9])?", value):
            allowed = self._levels.get(key, tuple(LEVELS))
            self._levels[key] = tuple(level for level in allowed if _COMPARE[sign](level, float(value)))
            return
        known = {
            "scenario": ("scenarios", _shown(value)),
            "notice": ("notices", _shown(value)),
            "band": ("results", _one_of(RESULTS, value)),
            "is": ("standing", _one_of(tuple(Standing), value)),
        }
        if sign not in ":=" or key not in known:
            self.word(whole)
            return
        name, meant = known[key]
        self._add(*((name, meant) if meant else ("unread", _shown(whole))))

    def search(self) -> Search:
        return Search.model_validate({**self._found, "levels": self._levels})

    def _look_for(self, name: str, text: str) -> None:
        shown = _shown(text.replace('"', " "))
        many = len(self._found.get("words", ())) + len(self._found.get("phrases", ()))
        if many < MOST_WORDS and any(sign.isalnum() for sign in shown):
            self._add(name, shown)

    def _add(self, name: str, text: str) -> None:
        self._found.setdefault(name, []).append(text)


def _shown(text: str) -> str:
    """The text without signs that cannot be seen, and none of its spaces doubled."""
    whole = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign if sign.isprintable() else " " for sign in whole).split())


def _one_of(known: Collection[str], value: str) -> str | None:
    """The known value that is meant, however its words are joined."""
    plain = "_".join(re.findall(r"[^\W_]+", value.lower()))
    return next((each for each in known if each == plain), None)
