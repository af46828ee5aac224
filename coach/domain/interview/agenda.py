"""The agenda: what the interviewer does next. Pure: a round and the time make one step.

The path of a decision: open · close when it is time · answer what was heard · else ask. Engines only word the step.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise

from coach.domain.finding.coverage import coverage
from coach.domain.interview import responses
from coach.domain.interview.asking import ask
from coach.domain.interview.ledger import Ledger
from coach.domain.interview.timebox import CLOSE, WARNING_SECONDS
from coach.domain.round import Round, Situation, Step
from coach.domain.transcript import Move, Speaker


class Wish(StrEnum):
    """What a candidate can ask for without saying anything."""

    HINT = "hint"
    SILENCE = "silence"
    THINK = "think"
    REPEAT = "repeat"


def next_step(round_: Round, at: float, wish: Wish | None = None) -> Step:
    """The interviewer's next turn, `at` seconds from the start of the round."""
    if not round_.turns:
        return Step(move=Move.OPENING, situation=Situation.GREETING)
    ledger = ledger_of(round_, at)
    step = _closing(ledger, wish) or _response(ledger, wish) or ask(ledger)
    left = ledger.total - at
    warned = any(asked.warns for asked in ledger.asked)
    warns = left <= WARNING_SECONDS < ledger.total and not warned and step.move is not Move.CLOSE
    return step.model_copy(update={"warns": True}) if warns else step


def ledger_of(round_: Round, at: float) -> Ledger:
    """The interviewer's view of a round: coverage now, and what each of the last two answers added."""
    transcript = round_.transcript
    places = [i for i, turn in enumerate(transcript.turns) if turn.speaker is Speaker.CANDIDATE][-2:]
    views = [
        coverage(round_.brief, transcript.model_copy(update={"turns": transcript.turns[:place]}))
        for place in places
    ]
    views.append(coverage(round_.brief, transcript))
    gains = tuple(len(later.found.keys() - sooner.found.keys()) for sooner, later in pairwise(views))
    return Ledger(round=round_, coverage=views[-1], gains=gains, at=at)


def _closing(ledger: Ledger, wish: Wish | None) -> Step | None:
    """Summary, then questions, then goodbye; begun when its box begins."""
    stages = [step.situation for step in ledger.asked if step.move is Move.CLOSE]
    answered = ledger.round.turns[-1].speaker is Speaker.CANDIDATE
    if Situation.QUESTIONS in stages:
        asked_for = ledger.heard.facts[0] if answered and ledger.heard.facts else None
        return Step(move=Move.CLOSE, situation=Situation.GOODBYE, fact=asked_for, ends=True)
    if Situation.SUMMARY in stages:
        if wish in {Wish.THINK, Wish.REPEAT} or (wish is Wish.SILENCE and not ledger.silences):
            return None
        return Step(move=Move.CLOSE, situation=Situation.QUESTIONS)
    if ledger.share >= CLOSE.start and (answered or wish is Wish.SILENCE):
        return Step(move=Move.CLOSE, situation=Situation.SUMMARY)
    return None


def _response(ledger: Ledger, wish: Wish | None) -> Step | None:
    if wish is Wish.HINT:
        return responses.hint(ledger)
    if wish is Wish.THINK:
        return Step(move=Move.FALLBACK, situation=Situation.THINKING_TIME)
    if wish is Wish.REPEAT:
        return Step(move=Move.FALLBACK, situation=Situation.REPEAT)
    if wish is Wish.SILENCE:
        return responses.silence(ledger)
    return responses.respond(ledger)
