"""Which fact a question asks for, told by the author's own topics: no model, no vocabulary beyond the scenario's.

A question is held against every topic of every fact. Words weigh by how rare they are among the facts; a topic
counts by how much of it the question holds and how much of the question it accounts for, and the fact's whole
vocabulary by how much of the question it knows.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from coach.domain.language import FILLERS, STOPWORDS, stem, words

CLEAR = 0.45
"""Least score (0 to 1) at which a question is taken to ask for a fact. Chosen so that a wrong fact is told seldom:
a missed question is handed back, a wrong fact misleads."""
MARGIN = 0.03
"""What the best fact must be ahead of the next one."""
UNKNOWN_WORD = 0.6
"""Weight of a word no topic knows, as a share of the rarest known word's."""
WHOLE_TOPIC = 0.15
"""Added where the question holds a topic of several words whole."""
SAY_SHARE = 0.45
"""What a word of the fact's own wording counts, beside one of its topics."""

Topics = tuple[tuple[str, tuple[str, ...], str], ...]
"""Of each fact: its id, the phrases it is asked for by, and its own wording."""

_KEPT = frozenset({"who", "where", "there", "today", "now", "before", "over", "own", "out", "need"})
_ASKING = frozenset(
    "ask asking know tell wonder wondering curious understand question idea clarify happen happens".split()
)
_SAME = {
    "folk": "peopl", "person": "peopl", "everyon": "peopl", "anyon": "peopl", "somebodi": "peopl",
    "anybodi": "peopl", "someon": "peopl", "everybodi": "peopl", "guy": "peopl", "staff": "peopl",
    "employe": "peopl", "dollar": "money", "spend": "money", "pay": "money", "afford": "money", "price": "money",
    "expens": "money", "cash": "money", "quick": "fast", "speed": "fast", "slow": "fast", "file": "document",
    "doc": "document", "big": "size", "larg": "size", "huge": "size", "permit": "allow", "right": "allow",
    "rule": "law", "legal": "law", "lawyer": "law", "regul": "law", "gdpr": "law", "current": "today",
    "present": "today", "exist": "today", "alreadi": "today", "catalog": "catalogu", "often": "frequent",
    "accur": "wrong", "mistak": "wrong", "error": "wrong",
}  # fmt: skip
"""Everyday words that ask for the same thing, by stem."""


def recognise(topics: Topics, question: str) -> str | None:
    """The id of the fact `question` asks for, or None where no fact is clearly meant."""
    sheet = _sheet(topics)
    ranked = sorted(sheet.scores(question).items(), key=lambda item: item[1], reverse=True)
    if not ranked or ranked[0][1] < CLEAR:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
        return None
    return ranked[0][0]


class _Sheet:
    """Facts as weighted words."""

    def __init__(self, topics: Topics) -> None:
        self._topics = {fact: tuple(s for s in map(_stems, phrases) if s) for fact, phrases, _ in topics}
        self._known = {fact: frozenset[str]().union(*stems) for fact, stems in self._topics.items()}
        self._said = {fact: _stems(say) for fact, _, say in topics}
        counts = Counter(word for known in self._known.values() for word in known)
        size = len(self._topics)
        self._weights: Mapping[str, float] = {
            word: math.log(1 + (size - n + 0.5) / (n + 0.5)) for word, n in counts.items()
        }
        self._unknown = UNKNOWN_WORD * math.log(1 + (size - 0.5) / 1.5)

    def scores(self, question: str) -> dict[str, float]:
        """How well each fact fits a question, 0 to 1."""
        asked = _stems(question)
        total = self._weigh(asked)
        if not total:
            return {}
        return {fact: self._score(fact, asked, total) for fact in self._topics}

    def _score(self, fact: str, asked: frozenset[str], total: float) -> float:
        best = 0.0
        for topic in self._topics[fact]:
            shared = self._weigh(topic & asked)
            if shared:
                whole = WHOLE_TOPIC if len(topic) > 1 and topic <= asked else 0.0
                best = max(best, math.sqrt(shared / self._weigh(topic) * shared / total) + whole)
        known = self._weigh(asked & self._known[fact])
        said = self._weigh((asked & self._said[fact]) - self._known[fact])
        return 0.55 * best + 0.45 * (known + SAY_SHARE * said) / total

    def _weigh(self, stems: frozenset[str]) -> float:
        return sum(self._weights.get(word, self._unknown) for word in stems)


def _stems(text: str) -> frozenset[str]:
    """Stems of a question; what tells facts apart (who, how many, how fast) counts as a word."""
    spoken = [word.text.replace("’", "'") for word in words(text)]
    kept = {stem(word) for word in spoken if word in _KEPT or word not in STOPWORDS | FILLERS | _ASKING}
    pairs = {f"how {stem(b)}" for a, b in pairwise(spoken) if a == "how" and b in {"many", "much", "long", "often"}}
    return frozenset({_SAME.get(word, word) for word in kept} | pairs)


@lru_cache(maxsize=64)
def _sheet(topics: Topics) -> _Sheet:
    return _Sheet(topics)
