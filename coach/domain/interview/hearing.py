"""What a candidate's turn asks of the interviewer: which fact, or which of the situations of a round."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from coach.domain.interview.cues import situations_in
from coach.domain.interview.recognition import Topics, recognise
from coach.domain.language import Span, sentences, words
from coach.domain.round import Situation
from coach.domain.scenario import Scenario
from coach.domain.value import Value

_ASKS = re.compile(
    r"""^(?:(?:and|so|but|okay|ok|right|now|first|also|then|well|um|uh|er|actually|sorry
    |quick\ question)[,\s:-]+)*
    (?:(?:can|could|may)\ (?:i\ (?:ask|check|know)|you\ (?:tell|say|share|give))
    |do\ (?:we|you|they|i|people)|does|did
    |is\ (?:there|it|that|this|the|any)|are\ (?:there|we|they|the|any|you)
    |have\ (?:we|they|you)|has|was|were
    |what(?:'s|s)?\b|who(?:'s|s)?\b|whose|how(?:'s|s)?\b|when\b|where\b|which|why\b|tell\ me
    |give\ me(?!\ (?:a|one)\ (?:second|sec|minute|moment|hint|pointer))
    |any\ (?:idea|sense|constraints|limits|chance)
    |i(?:'d|\ would)?\ (?:like|want|need|love)\ to\ (?:know|ask|understand|hear)
    |i(?:'m|\ am)\ (?:curious|wondering)|i\ wonder|help\ me\ understand|let\ me\ ask|roughly\ how|about\ how)""",
    re.IGNORECASE | re.VERBOSE,
)
_INDIRECT = re.compile(
    r"\b(?:(?:do|would|could|can) you (?:know|tell|say|give|share)|i(?:'d| would)? (?:like|want|need|love|have)"
    r"(?: you)? to (?:know|ask|understand|hear|tell)|i(?:'m| am) (?:curious|wondering)|i wonder|(?:let me|may i"
    r"|can i|could i) (?:ask|check|clarify)|tell me|give me (?:a|an|the|some)(?! (?:second|sec|minute|moment|hint"
    r"|pointer|clue|nudge|bit|little))|any idea|(?:not sure|don't know|no idea) (?:yet )?(?:how|what|who|when|which"
    r"|whether|if)|my (?:first |next )?question (?:is|would be))\b",
    re.IGNORECASE,
)
_OWN_DESIGN = re.compile(
    r"^(?:(?:and|so|but|okay|now|then|well)[,\s]+)*(?:(?:how|what|why|where|when|which)\b.{0,20}?\b"
    r"(?:do|would|should|can|could|will|did|does|if) (?:we|i|you|it|the)\b|(?:and )?(?:what|how) about\b|why not\b"
    r"|what (?:stops|prevents|happens)\b|who can\b)",
    re.IGNORECASE,
)
_AND_ALSO = re.compile(r",? and (?=(?:how|what|who|where|when|which|is|are|do|does|can|roughly)\b)", re.IGNORECASE)
_SAYS_WHY_IT_ASKS = re.compile(
    r"^(?:if|because|since|otherwise|depending|i(?:'m| am)? ask|that (?:decides|changes|would|matters)"
    r"|it (?:decides|changes)|so that|nothing)\b",
    re.IGNORECASE,
)
_NOT_ABOUT_FACTS = frozenset(
    {
        Situation.ASKS_LEAVE,
        Situation.HOW_AM_I_DOING,
        Situation.REPEAT,
        Situation.WHAT_WOULD_YOU_DO,
        Situation.SKIPS,
        Situation.KEEPS_ROLE,
        Situation.HINT_OFFER,
    }
)
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


class _Question(NamedTuple):
    text: str
    midway: bool


def hear(scenario: Scenario, text: str) -> Heard:
    """What the candidate's turn `text` asks of the interviewer of `scenario`."""
    topics = tuple((fact.id, fact.topics, fact.say) for fact in scenario.facts)
    return _hear((*topics, (_YOUR_CALL, scenario.your_call, "")), text)


@lru_cache(maxsize=2_048)
def _hear(topics: Topics, text: str) -> Heard:
    spoken = words(text)
    questions = _questions(text)
    situations = set(situations_in(text))
    if len(spoken) > _SHORT:
        situations -= _MAINLY_SHORT
    facts: list[str] = []
    your_call = False
    for question in sorted(questions, key=lambda question: question.midway):
        for best in _asked_for(topics, question.text):
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
        asks=_asks(text, questions),
        situations=frozenset(situations),
        agrees=bool(_YES.match(text)),
        lists_terms=_lists_terms(text),
    )


def _asked_for(topics: Topics, question: str) -> list[str]:
    """What a question asks for: nothing where it is broad, and of two in one sentence both, in the order asked."""
    if Situation.BROAD_QUESTION in situations_in(question):
        return []
    parts = [recognise(topics, part) for part in _AND_ALSO.split(question)]
    if len(parts) > 1 and all(parts):
        return [part for part in parts if part]
    whole = recognise(topics, question)
    return [] if whole is None else [whole]


def _asks(text: str, questions: list[_Question]) -> bool:
    """Whether the turn ends in a question that is put to somebody: a list of self-questions is none."""
    last = sentences(text)[-1].text if text.strip() else ""
    addressed = any(not q.midway and (_ASKS.match(q.text) or _INDIRECT.search(q.text)) for q in questions)
    return addressed or (
        last.endswith("?") and bool(situations_in(last) & (_NOT_ABOUT_FACTS | {Situation.BROAD_QUESTION}))
    )


def _questions(text: str) -> list[_Question]:
    """The sentences of a turn that put a question to the interviewer, in order."""
    spans = sentences(text.replace("’", "'"))
    unpunctuated = not re.search(r"[.?!]", text)
    found = []
    for i, span in enumerate(spans):
        clause = _asking_clause(span, unpunctuated=unpunctuated)
        if clause is None:
            continue
        following = spans[i + 1 :]
        midway = sum(len(words(later.text)) for later in following) > 12
        if situations_in(clause) & _NOT_ABOUT_FACTS or (following and _is_rhetorical(clause, following[0])):
            continue
        found.append(_Question(clause, midway))
    return found


def _asking_clause(span: Span, *, unpunctuated: bool) -> str | None:
    """The part of a sentence that asks: all of a short one, the last clauses of a long one.

    Where a recogniser gave no punctuation, opening words like "how many" are all there is to go by.
    """
    text = span.text
    if not (text.endswith("?") or _INDIRECT.search(text) or (unpunctuated and _ASKS.match(text))):
        return None
    if len(words(text)) > 30:
        pieces = re.split(r"[,;:–—]| - | and (?=(?:how|what|who|is|are|do)\b)", text)
        tail = " ".join(pieces[-2:])
        return tail if len(words(tail)) >= 3 else text
    return text


def _is_rhetorical(question: str, following: Span) -> bool:
    """A question about the candidate's own design that the next sentence starts to answer."""
    answered = not following.text.endswith("?") and not _SAYS_WHY_IT_ASKS.match(following.text)
    return bool(answered and _OWN_DESIGN.match(question))


def _lists_terms(text: str) -> bool:
    match = _TERM_LIST.search(text)
    return match is not None and len(words(match[0])) * 2 > len(words(text))
