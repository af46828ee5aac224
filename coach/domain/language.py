"""Words and sentences with their places in the text: what reading a transcript is built on."""

from __future__ import annotations

import itertools
import re
import threading
from functools import cache, lru_cache
from typing import NamedTuple, Protocol, cast

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(]?[^\W_]|[-*•]\s)|\n\s*\n|\n(?=\s*[-*•])")

STOPWORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below
    between both but by can could did do does doing down during each else few for from further get gets
    getting go goes going got had has have having he her here hers him his how i if in into is it its
    itself just let like made make me more most much my need no nor not now of off on once one only or
    other our ours out over own per put same say she should so some such than that the their theirs them
    then there these they thing things this those through to too under until up upon us use used using
    very want was way we well were what when where which while who whom whose why will with would you
    your yours i'd i'll i'm i've we'd we'll we're we've that's it's there's what's let's don't doesn't
    didn't isn't aren't wasn't can't couldn't won't wouldn't shouldn't""".split()
)

FILLERS = frozenset(
    """ah aha alright cool eh er erm fine good great hello hey hi hm hmm huh kind like maybe mhm mm nah
    nice nope oh ok okay perhaps please really right so sorry sort sure test testing thank thanks uh uhm
    uhuh um umm well whatever yeah yep yes yup know mean guess think basically actually literally""".split()
)
"""Words that carry no content by themselves in an answer."""

EVERYDAY = frozenset(
    """able across actually add aim allow almost along already always answer anything apart area arrive ask
    away back bad base become begin behind believe best better big bit book box break bring build busy buy
    call care carry case catch cause chance change check choose clear close cold come common concrete
    consider contain continue copy cost count course cover cut daily day days decide decision deep design
    detail difference difficult draw drive drop early easy edge effect else end ends enough even ever every
    everything example expect explain extra fact fall far fast feel few find fine finish first five fix
    follow form four full gain general give given gone ground group half hand happen hard hear heard help
    high hold hour hours idea important include instead interest interested interview interviewer keep kept
    kind know known large last later lead leave left less let level life light line list little live long
    look lose lot low main may might matter mean means meet mind minute minutes miss moment money month move
    name near new next night note nothing number numbers ok old one open order part pass path people person
    pick piece place plan play point possible problem produce put question questions quick quiet quite rate
    reach read ready reason remain rest result review right room round run safe second seconds see seem send
    sense set seven share short show side simple single six size slow small something sort sound space speak
    spend stage stand start state stay step stop story suggest summarise sure system take talk team tell ten
    things think three time today together top total touch toward track trouble true try turn two understand
    understood unit user users usual view voice wait walk want watch week well whole wide word words work
    works worry worries worst wrong year yes""".split()
)
"""Words anyone may use in any interview: hearing one first from the interviewer gives nothing away."""


class Stemmer(Protocol):
    """What is used of the stemming library."""

    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


class Span(NamedTuple):
    """A piece of a text: `text` stands at [start, end), in code points."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=4_096)
def words(text: str) -> tuple[Span, ...]:
    """The words of a text, lower-cased, in order."""
    return tuple(Span(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text))


@lru_cache(maxsize=4_096)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text as it stands, without the white space around them."""
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    spans = []
    for start, end in itertools.pairwise(edges):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            begin = start + len(piece) - len(piece.lstrip())
            spans.append(Span(stripped, begin, begin + len(stripped)))
    return tuple(spans)


@cache
def _stemmer() -> Stemmer:
    import snowballstemmer  # noqa: PLC0415 - loads every language, which listing scenarios does not need

    return cast("Stemmer", snowballstemmer.stemmer("english"))


_STEMMING = threading.Lock()
"""A Snowball stemmer holds the word it is at: two threads at once would mix theirs, and keep the mixture."""


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a lower-case English word (Snowball): `chunks` and `chunking` share one."""
    with _STEMMING:
        return _stemmer().stemWord(word)


@lru_cache(maxsize=8_192)
def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry content: no stop words, no fillers."""
    return frozenset(stem(word.text) for word in words(text) if word.text not in STOPWORDS | FILLERS)
