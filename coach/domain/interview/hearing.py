"""What a candidate's turn asks of the interviewer: which fact, or which of the situations of a round."""

from __future__ import annotations

import re
from functools import lru_cache

from coach.domain.interview.cues import NOT_ABOUT_FACTS, situations_in
from coach.domain.interview.questions import Question, questions
from coach.domain.interview.recognition import Topics, recognise
from coach.domain.language import content_stems, sentences, words
from coach.domain.round import Situation
from coach.domain.scenario import Scenario
from coach.domain.value import Value

_SHORT = 45
"""Words up to which a turn is mainly the request in it. A longer one is an answer that also asks something."""
_MAINLY_SHORT = frozenset(
    {
        Situation.IS_THAT_RIGHT,
        Situation.DONT_KNOW,
        Situation.THINKING_TIME,
        Situation.SKIPS,
        Situation.HOW_AM_I_DOING,
    }
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|please|ok|okay|go ahead|that would help|i'd like that|why not)\b", re.IGNORECASE
)
_TERM_LIST = re.compile(r"(?:[^,.;?!]{2,40},\s*){5,}")


_TELLING = 2
"""Facts whose topics may hold a word that tells which fact is meant."""
_YOUR_CALL = ""
"""Stands among the facts for what is the candidate's to decide."""


class Heard(Value):
    """What one candidate turn asks for."""

    words: int
    facts: tuple[str, ...] = ()
    """Facts asked for, in the order asked."""
    your_call: bool = False
    asks: bool = False
    """The turn puts some question to the interviewer."""
    situations: frozenset[Situation] = frozenset()
    agrees: bool = False
    lists_terms: bool = False
    """Five or more terms in a row between commas, and little said about any."""


def hear(scenario: Scenario, text: str) -> Heard:
    """What the candidate's turn `text` asks of the interviewer of `scenario`."""
    topics = tuple((fact.id, fact.topics, fact.say) for fact in scenario.facts)
    return _hear((*topics, (_YOUR_CALL, scenario.your_call, "")), text)


def near_facts(scenario: Scenario, text: str) -> tuple[str, ...]:
    """Facts that a question in `text` may be about though it cannot be told which: their topics share a word with
    it that few of the other facts' hold."""
    asked = content_stems(" ".join(question.text for question in questions(text) if not question.midway))
    topics = {fact.id: content_stems(" ".join(fact.topics)) for fact in scenario.facts}
    telling = {word for word in asked if sum(word in stems for stems in topics.values()) <= _TELLING}
    return tuple(id_ for id_, stems in topics.items() if telling & stems)


@lru_cache(maxsize=2_048)
def _hear(topics: Topics, text: str) -> Heard:
    spoken = words(text)
    asked = questions(text)
    situations = set(situations_in(text))
    if len(spoken) > _SHORT:
        situations -= _MAINLY_SHORT
    facts: list[str] = []
    your_call = False
    for question in sorted(asked, key=lambda question: question.midway):
        if question.defers:
            your_call = True
            continue
        for best in _asked_for(topics, question):
            if best == _YOUR_CALL:
                your_call = True
            elif best not in facts:
                facts.append(best)
    if facts:
        situations -= {Situation.BROAD_QUESTION, Situation.DONT_KNOW, Situation.IS_THAT_RIGHT}
    return Heard(
        words=len(spoken),
        facts=tuple(facts),
        your_call=your_call and not facts,
        asks=_asks(text, asked),
        situations=frozenset(situations),
        agrees=bool(_YES.match(text)),
        lists_terms=_lists_terms(text),
    )


def _asked_for(topics: Topics, question: Question) -> list[str]:
    """What a question asks for: nothing where it is broad, and of two in one sentence both, in the order asked."""
    if Situation.BROAD_QUESTION in situations_in(question.text):
        return []
    parts = [recognise(topics, part, question.context) for part in question.parts]
    if len(parts) > 1 and all(parts):
        return [part for part in parts if part]
    best = recognise(topics, question.text, question.context) or parts[0]
    return [] if best is None else [best]


def _asks(text: str, asked: list[Question]) -> bool:
    """Whether the turn ends in a question that is put to somebody: a list of self-questions is none."""
    last = sentences(text)[-1].text if text.strip() else ""
    addressed = any(not q.midway and q.addressed for q in asked)
    return addressed or (
        last.endswith("?") and bool(situations_in(last) & (NOT_ABOUT_FACTS | {Situation.BROAD_QUESTION}))
    )


def _lists_terms(text: str) -> bool:
    match = _TERM_LIST.search(text)
    return match is not None and len(words(match[0])) * 2 > len(words(text))
