"""Which fact a question asks for, told by the author's own topics and everyday English: no model.

Question and topics are read as units: words, set phrases, and the ideas they bring up. A unit weighs by how well it
tells the facts of this scenario apart. A fact scores by how much of the question it knows (its topics, and less its
own wording), by its best single topic, and by how much the question says what the fact is mainly about. It must
agree with the question: tell of what that names, have a number for what it counts, be asked for by who, where, how
long or how often, and have a topic that asks who, why, since when, how it is done or which most in the same matter.
What nobody knows counts against every fact.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

from coach.domain.interview.asked import COUNTED, COUNTS, OF_THE_TALK, Asked, read, ways
from coach.domain.interview.everyday import KINDS, POINTING, TOLD_APART
from coach.domain.interview.units import Unit, keys, units

CLEAR = 0.66
"""Least score at which a question is taken to ask for a fact. A missed question is handed back, a wrong fact
misleads: precision goes first."""
CLEAR_FIGURE = 0.77
"""The same for a question after a number: whatever is on the sheet has other numbers that are not."""
MARGIN = 0.07
"""What the best fact must be ahead of the next one."""
AHEAD = 0.5
"""What it counts for a fact to be far ahead of the next one."""
UNKNOWN, UNKNOWN_LIGHT = 0.712, 0.042
"""What a unit no topic knows weighs against every fact, and a word said in any question."""
BY_IDEA_ONLY = 0.3
"""What a word weighs at least that topics know by an idea only."""
SAID_ANYWHERE = 0.6
"""What a word said in any question weighs beside another, where a topic holds it."""
IDEA, KIND = 0.476, 0.7
"""What an idea weighs beside a word, and a kind of answer ("how many")."""
SAY = 0.63
"""What the fact's own wording counts, beside one of its topics."""
ONE_TOPIC = 0.972
"""The smaller, the more a unit counts that a single topic brings up: it may stand there by chance."""
EVENLY = 0.15
"""How far a fact that brings a unit up less often than another falls behind on it (0: not at all)."""
WHOLE = 0.3
"""Added to what a question weighs, so that a question of one small word is no clear one."""
SMALL = 0.195
"""The same beside the best topic, which a short question may match word for word."""
SAME = 0.14
"""Added where a fact has a topic in which all is said that a question says."""
BEST_TOPIC, MAINLY, NEARBY = 0.5, 0.105, 0.818
"""Shares of the best single topic, of what a fact is mainly about, and of what is said just before."""
NOT_COUNTED = 0.562
"""Taken off where a number is asked for that the fact has none for."""
STRANGE = 0.283
"""Taken off where the fact says nothing about what a question names."""
OTHER_KIND = 0.3
"""Taken off where a fact is never asked for by who, where, how long or how often, and the question does so."""
OTHER_WHOLE, OFTEN = 0.5, 0.2
"""Taken off where a part is asked of a whole the fact seldom brings up, and what share of the most is often."""
OTHER_WAY, ENOUGH = 0.6, 0.6
"""Taken off where a question asks who, why, how, since when, by which name or which most, and no topic that asks so
says enough of it (a share)."""
OTHER_HEAD = 0.09
"""Taken off where the fact never mentions what "which" or "what" stands before."""

Topics = tuple[tuple[str, tuple[str, ...], str], ...]
"""Of each fact: its id, the phrases it is asked for by, and its own wording."""

_CLAUSES = re.compile(
    r",? (?:and|but|plus) (?=(?:how|what|who|which|where|when|is|are|do|does|can|must|will)\b)", re.IGNORECASE
)
"""Where one question joins another."""
_LEANS_BACK = re.compile(r"\b(?:about|for|in|of|on|to|with) (?:that|those|these|this|them|it)\W*$", re.IGNORECASE)
"""How a question ends that asks about what was said before it."""
_NUMBERED = re.compile(rf"\b(?:{COUNTS}|size|count|volume|headcount|per)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|half|third|quarter|fifth|percent)\b",
    re.IGNORECASE,
)


def recognise(topics: Topics, question: str, context: str = "") -> str | None:
    """The id of the fact `question` asks for, or None where no fact is clearly meant.

    The question by itself goes first, then with what was said before it, then the clauses of a long one. One that
    names nothing, or ends by pointing back, is read as one with what was said before.
    """
    least = _least(question)
    if context and not _names(question):
        return None if OF_THE_TALK.search(question) else _clearest(rank(topics, f"{context} {question}"), least)
    leaning = context and _LEANS_BACK.search(question)
    told = _clearest(rank(topics, f"{context} {question}"), least) if leaning else None
    if told is None:
        told = _clearest(rank(topics, question), least)
    if told is None and context:
        told = _clearest(rank(topics, question, context), least)
    if told is None and len(clauses := _CLAUSES.split(question)) > 1:
        found = (_clearest(rank(topics, clause), _least(clause)) for clause in clauses if _names(clause))
        told = next((fact for fact in found if fact is not None), None)
    return told


def _names(question: str) -> bool:
    """Whether a question names what it is about, rather than pointing to it."""
    return any(unit.ideas - POINTING or not (unit.light or unit.ideas) for unit in units(question))


def _least(question: str) -> float:
    return CLEAR_FIGURE if "#number" in keys(units(question)) else CLEAR


def _clearest(ranked: list[tuple[str, float]], least: float) -> str | None:
    (fact, score), (_, second) = (*ranked, ("", 0.0), ("", 0.0))[:2]
    ahead = score - second
    return fact if score + AHEAD * min(ahead, 0.4) >= least and ahead >= MARGIN else None


def rank(topics: Topics, question: str, context: str = "") -> list[tuple[str, float]]:
    """The facts by how well they fit a question (0 to about 1), best first."""
    scores = _sheet(topics).scores(question, context)
    return sorted(scores.items(), key=lambda item: item[1], reverse=True)


class _Sheet:
    """The facts of a scenario as weighted keys."""

    def __init__(self, topics: Topics) -> None:
        topics_of = {fact: [units(phrase) for phrase in phrases if units(phrase)] for fact, phrases, _ in topics}
        self._times = {fact: _mentions(topics_of[fact], say) for fact, _, say in topics}
        self._most = {
            key: max(times.get(key, 0.0) for times in self._times.values())
            for key in frozenset[str]().union(*self._times.values())
        }
        self._weights = {key: self._tells_apart(key) for key in self._most}
        self._topics = [(fact, topic) for fact, phrases in topics_of.items() for topic in phrases]
        self._wholes = [sum(map(self._weight, topic)) or 1.0 for _, topic in self._topics]
        self._places: dict[str, list[tuple[int, int]]] = {}
        for number, (_, topic) in enumerate(self._topics):
            for place, unit in enumerate(topic):
                for key in unit.keys:
                    self._places.setdefault(key, []).append((number, place))
        self._holds = {
            fact: {key: (n / self._most[key]) ** EVENLY * self._weights[key] for key, n in times.items()}
            for fact, times in self._times.items()
        }
        self._often = {
            fact: {key for key, n in times.items() if n >= OFTEN * self._most[key]}
            for fact, times in self._times.items()
        }
        self._mainly = {
            fact: {key: n / (len(topics_of[fact]) or 1) * self._weights[key] for key, n in times.items()}
            for fact, times in self._times.items()
        }
        self._ways = {
            fact: [(ways(phrase), keys(units(phrase))) for phrase in phrases if ways(phrase)]
            for fact, phrases, _ in topics
        }
        self._counted = {fact: _counted(phrases, say) for fact, phrases, say in topics}

    def _tells_apart(self, key: str) -> float:
        """What a key weighs: more where fewer facts bring it up, and where one does so often."""
        most, facts = self._most[key], len(self._times)
        spread = sum(times.get(key, 0.0) / most for times in self._times.values())
        rarity = math.log(1 + (facts - spread + 0.5) / (spread + 0.5)) / math.log(1 + (facts - 0.5) / 1.5)
        strength = KIND if key in KINDS else IDEA if key.startswith("#") else 1.0
        return strength * rarity * most / (most + ONE_TOPIC)

    def scores(self, question: str, context: str) -> dict[str, float]:
        """How well each fact fits."""
        asked = read(question)
        if not asked.units or OF_THE_TALK.search(question):
            return {}
        around = [unit for unit in units(context) if unit not in asked.units]
        weight = sum(map(self._weight, asked.units)) + WHOLE
        alike, the_same = self._alike(asked.units)
        return {
            fact: self._agrees(fact, asked)
            * (
                self._fit(fact, asked, weight, alike.get(fact, 0.0))
                + SAME * (fact in the_same)
                + NEARBY * self._near(fact, around)
            )
            for fact in self._times
        }

    def _fit(self, fact: str, asked: Asked, weight: float, alike: float) -> float:
        """How much of a question a fact knows, in all and by its best topic, and how much it is mainly about it."""
        known = sum(self._held(fact, unit) for unit in asked.units) / weight
        mainly = max((self._mainly[fact].get(key, 0.0) for key in asked.keys), default=0.0)
        return BEST_TOPIC * alike / math.sqrt(weight - WHOLE + SMALL) + (1 - BEST_TOPIC) * known + MAINLY * mainly

    def _agrees(self, fact: str, asked: Asked) -> float:
        """Whether what a question names, counts and stands before is something the fact tells of."""
        known = self._holds[fact].keys()
        return (
            (1 - NOT_COUNTED * _missing(asked.counted, self._counted[fact]))
            * (1 - OTHER_HEAD * _missing(asked.head, known))
            * (1 - STRANGE * _strange(asked.named, known))
            * (1 - OTHER_WHOLE * _missing(asked.whole, self._often[fact]))
            * (1 - OTHER_WAY * self._other_way(fact, asked))
            * (1 - OTHER_KIND * bool((asked.keys & TOLD_APART) - known))
        )

    def _other_way(self, fact: str, asked: Asked) -> float:
        """How far a question that asks who, why, how or which most is from what the fact is asked for that way."""
        if not asked.ways:
            return 0.0
        whole = sum(map(self._weight, asked.units)) or 1.0
        said = max(
            (
                sum(self._weight(unit) for unit in asked.units if not unit.keys.isdisjoint(there))
                for way, there in self._ways[fact]
                if way >= asked.ways
            ),
            default=0.0,
        )
        return 1 - min(1.0, said / whole / ENOUGH)

    def _alike(self, asked: tuple[Unit, ...]) -> tuple[dict[str, float], set[str]]:
        """Of each fact, how well its best topic and the question cover one another, and the facts asked for in so
        many words."""
        covered: dict[int, dict[int, float]] = {}
        covering: dict[int, dict[int, float]] = {}
        for number, unit in enumerate(asked):
            for key in unit.keys & self._places.keys():
                weight = self._weights[key] * _telling(unit)
                for topic, place in self._places[key]:
                    here, there = covered.setdefault(topic, {}), covering.setdefault(topic, {})
                    here[number] = max(here.get(number, 0.0), weight)
                    there[place] = max(there.get(place, 0.0), weight)
        best: dict[str, float] = {}
        the_same: set[str] = set()
        for topic, here in covered.items():
            fact, whole = self._topics[topic]
            if len(here) == len(asked) and len(covering[topic]) == len(whole):
                the_same.add(fact)
            both = math.sqrt(sum(here.values()) * sum(covering[topic].values()) / self._wholes[topic])
            best[fact] = max(best.get(fact, 0.0), both)
        return best, the_same

    def _near(self, fact: str, around: list[Unit]) -> float:
        held = sum(self._held(fact, unit) for unit in around)
        return held / (held + 2)

    def _weight(self, unit: Unit) -> float:
        """What a unit weighs in a question."""
        known = self._best(unit.keys) * _telling(unit)
        if unit.light:
            return max(known, UNKNOWN_LIGHT)
        if unit.stem not in self._weights:
            return max(known, BY_IDEA_ONLY) if known else UNKNOWN
        return known

    def _held(self, fact: str, unit: Unit) -> float:
        """What a fact knows of a unit."""
        holds = self._holds[fact]
        return max((holds.get(key, 0.0) for key in unit.keys), default=0.0) * _telling(unit)

    def _best(self, among: Iterable[str]) -> float:
        return max((self._weights.get(key, 0.0) for key in among), default=0.0)


def _telling(unit: Unit) -> float:
    """How far a unit tells what is asked for."""
    return SAID_ANYWHERE if unit.light and not unit.ideas else 1.0


def _missing(of: list[Unit], known: AbstractSet[str]) -> float:
    """The share of some units that is not among known keys."""
    return sum(unit.keys.isdisjoint(known) for unit in of) / len(of) if of else 0.0


def _strange(named: list[Unit], known: AbstractSet[str]) -> float:
    """How strange some units are to a fact: less, the more of them it knows."""
    strange = sum(unit.keys.isdisjoint(known) for unit in named)
    return strange / (strange + (len(named) - strange) ** 2) if strange else 0.0


def _mentions(phrases: list[tuple[Unit, ...]], say: str) -> dict[str, float]:
    """How often a fact brings each key up."""
    times: dict[str, float] = dict(Counter(key for topic in phrases for key in keys(topic)))
    for key in keys(units(say)):
        times[key] = times.get(key, 0.0) + SAY
    return times


def _counted(phrases: tuple[str, ...], say: str) -> frozenset[str]:
    """What a fact has a number for: what its topics count, and its own clauses that give one."""
    counting = [match[1] for phrase in phrases if (match := COUNTED.search(phrase))]
    sizing = [phrase for phrase in phrases if _NUMBERED.search(phrase) and not COUNTED.search(phrase)]
    giving = [clause for clause in re.split(r"[,.;]", say) if _NUMBER.search(clause)]
    return frozenset[str]().union(*(keys(units(text)) for text in (*counting, *sizing, *giving)))


@lru_cache(maxsize=64)
def _sheet(topics: Topics) -> _Sheet:
    return _Sheet(topics)
