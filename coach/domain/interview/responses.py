"""The situations of a round: what the interviewer does about what was heard, before going on with the plan."""

from __future__ import annotations

import re

from coach.domain.interview.asking import ask, failure_is_due, must_hurry
from coach.domain.interview.ledger import HINTS_PER_DIMENSION, HINTS_PER_ROUND, Ledger
from coach.domain.round import Situation, Step
from coach.domain.transcript import Move, Style, speaking_seconds

RAMBLING_SECONDS = {Style.SUPPORTIVE: 180, Style.NEUTRAL: 150, Style.CHALLENGING: 90}
"""Speech without a decision after which the interviewer cuts in."""
THIN_WORDS = 12
ANNOUNCEMENT_WORDS = 80
_ANNOUNCES = re.compile(
    r"\b(?:let me|i'll|i will|i'd like to|i want to|i'd|we can|let's) (?:first |just |quickly )?"
    r"(?:start|begin|go through|walk|spend|talk|take it|lay out|plan|cover|sketch)\b|\bmy plan\b",
    re.IGNORECASE,
)


def respond(ledger: Ledger) -> Step | None:
    """The step that what was heard calls for, or None where the next question can simply be asked."""
    return _role(ledger) or _requests(ledger) or _questions(ledger) or _trouble(ledger)


def _fallback(situation: Situation) -> Step:
    return Step(move=Move.FALLBACK, situation=situation)


def _role(ledger: Ledger) -> Step | None:
    situations = ledger.heard.situations
    if Situation.KEEPS_ROLE in situations:
        # Declined once in full; after that the decline is only a word before the next question.
        if ledger.times(Situation.KEEPS_ROLE) or must_hurry(ledger):
            return ask(ledger, Situation.KEEPS_ROLE)
        return _fallback(Situation.KEEPS_ROLE)
    return _fallback(Situation.DISTRESS) if Situation.DISTRESS in situations else None


def _requests(ledger: Ledger) -> Step | None:
    situations = ledger.heard.situations
    last = ledger.last_step
    offered = last is not None and last.situation is Situation.HINT_OFFER
    if Situation.HINT_OFFER in situations or (offered and ledger.heard.agrees and ledger.heard.words < THIN_WORDS):
        return hint(ledger)
    if Situation.REPEAT in situations and ledger.heard.words < 25:
        return _fallback(Situation.REPEAT)
    most_words = THIN_WORDS if ledger.gained else 25
    if Situation.THINKING_TIME in situations and ledger.heard.words < most_words:
        return _fallback(Situation.THINKING_TIME)
    return None


def _questions(ledger: Ledger) -> Step | None:
    heard = ledger.heard
    if heard.facts:
        return _fact(ledger)
    if not heard.asks or must_hurry(ledger):
        return None
    for situation in (
        Situation.ASKS_LEAVE,
        Situation.WHAT_WOULD_YOU_DO,
        Situation.IS_THAT_RIGHT,
        Situation.HOW_AM_I_DOING,
    ):
        if situation in heard.situations:
            move = Move.GO_ON if situation is Situation.ASKS_LEAVE else Move.FALLBACK
            return Step(move=move, situation=situation)
    if heard.your_call:
        return Step(move=Move.CLARIFY, situation=Situation.YOUR_CALL)
    if Situation.BROAD_QUESTION in heard.situations:
        return _broad(ledger)
    if Situation.SKIPS in heard.situations:
        return None
    return Step(move=Move.CLARIFY, situation=Situation.UNKNOWN_QUESTION)


def _fact(ledger: Ledger) -> Step:
    """One fact; where time is short, the question that cannot wait follows in the same breath."""
    told = {step.fact for step in ledger.asked}
    fact = next((fact for fact in ledger.heard.facts if fact not in told), ledger.heard.facts[0])
    if must_hurry(ledger):
        following = ask(ledger)
        if following.move is Move.PROBE:
            return following.model_copy(update={"fact": fact})
    return Step(move=Move.FACT, fact=fact)


def _broad(ledger: Ledger) -> Step:
    """One nudge; asked again, the most basic fact not yet told, then the next, then no more."""
    if not ledger.times(Situation.BROAD_QUESTION):
        return Step(move=Move.CLARIFY, situation=Situation.BROAD_QUESTION)
    told = {step.fact for step in ledger.asked}
    basic = [fact.id for fact in ledger.brief.scenario.facts[:2] if fact.id not in told]
    if basic:
        return Step(move=Move.FACT, fact=basic[0])
    return Step(move=Move.CLARIFY, situation=Situation.UNKNOWN_QUESTION)


def _trouble(ledger: Ledger) -> Step | None:
    situations, here = ledger.heard.situations, ledger.dimension
    if Situation.SKIPS in situations:
        return ask(ledger, Situation.SKIPS, elsewhere=True)
    if Situation.DONT_KNOW in situations and not ledger.gained:
        return _dont_know(ledger)
    if not ledger.questions_in(here):
        return Step(move=Move.GO_ON) if _announces(ledger) else None
    if ledger.last_said is None or ledger.gained:
        return None
    if speaking_seconds(ledger.last_said.text) > RAMBLING_SECONDS[ledger.style]:
        return _follow_up(ledger, Situation.RAMBLING)
    if ledger.heard.lists_terms and not ledger.times(Situation.BUZZWORDS, here):
        return _follow_up(ledger, Situation.BUZZWORDS)
    answers_a_question = ledger.last_step is not None and ledger.last_step.move in {Move.PROBE, Move.FOLLOW_UP}
    if answers_a_question and ledger.heard.words < THIN_WORDS and not ledger.times(Situation.TOO_THIN, here):
        return _follow_up(ledger, Situation.TOO_THIN)
    return None


def _announces(ledger: Ledger) -> bool:
    """Whether the candidate says what they are about to do: they are waved on once, then a question comes."""
    if ledger.last_said is None or ledger.heard.words >= ANNOUNCEMENT_WORDS or must_hurry(ledger):
        return False
    waved_on = ledger.last_step is not None and ledger.last_step.move is Move.GO_ON
    return not waved_on and _ANNOUNCES.search(ledger.last_said.text.replace("’", "'")) is not None


def _follow_up(ledger: Ledger, situation: Situation) -> Step | None:
    """A follow-up where there is time for one: dimensions unopened and threads owed to failure come first."""
    if must_hurry(ledger) or failure_is_due(ledger):
        return None
    return Step(move=Move.FOLLOW_UP, situation=situation, dimension=ledger.dimension)


def _dont_know(ledger: Ledger) -> Step | None:
    here = ledger.dimension
    tried = (
        ledger.times(Situation.DONT_KNOW, here) + ledger.times(Situation.HINT_OFFER, here) + ledger.hints_in(here)
    )
    if tried or not ledger.questions_in(here) or must_hurry(ledger):
        return ask(ledger, Situation.DONT_KNOW, elsewhere=True)
    if ledger.style is Style.SUPPORTIVE and ledger.brief.scenario.hints.get(here):
        return Step(move=Move.FALLBACK, situation=Situation.HINT_OFFER, dimension=here)
    return Step(move=Move.FOLLOW_UP, situation=Situation.DONT_KNOW, dimension=here)


def silence(ledger: Ledger) -> Step:
    """The silence ladder: permission, structure, a pointer (not in the challenging style), then another angle."""
    if ledger.silences == 0:
        return _fallback(Situation.FIRST_SILENCE)
    if must_hurry(ledger):
        return ask(ledger, elsewhere=True)
    if ledger.silences == 1:
        return _fallback(Situation.SECOND_SILENCE)
    last = ledger.last_step
    was_helped = last is not None and (last.move is Move.HINT or last.situation is Situation.NEUTRAL_HELP)
    if ledger.style is not Style.CHALLENGING and not was_helped and _hints_left(ledger):
        return hint(ledger)
    return ask(ledger, elsewhere=True)


def hint(ledger: Ledger) -> Step:
    """The next hint where the talk is; where none is written, a neutral line that exposes nothing."""
    here = ledger.dimension
    written = ledger.brief.scenario.hints.get(here, ())
    if not written:
        return Step(move=Move.FALLBACK, situation=Situation.NEUTRAL_HELP, dimension=here)
    level = ledger.hints_in(here) + 1
    if not _hints_left(ledger) or level > len(written):
        return _fallback(Situation.NO_HINT_LEFT)
    criteria = tuple(f"{here}.{criterion}" for criterion in written[level - 1].exposes)
    return Step.model_validate({"move": Move.HINT, "dimension": here, "hint": level, "criteria": criteria})


def _hints_left(ledger: Ledger) -> bool:
    return ledger.hints < HINTS_PER_ROUND and ledger.hints_in(ledger.dimension) < HINTS_PER_DIMENSION
