"""What an interviewer's model is sent: the round as a conversation, then the instruction for the turn.

The conversation only ever grows at its end, so that a provider finds its start cached; the instruction comes last
and is not kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from statistics import median
from typing import Any

from coach.domain.calls import Message
from coach.domain.interview.agenda import ledger_of
from coach.domain.interview.asking import failure_is_due, must_hurry
from coach.domain.interview.gate import Limits
from coach.domain.interview.hearing import near_facts
from coach.domain.interview.wording import figures, terms
from coach.domain.language import content_stems
from coach.domain.round import Round, Situation, Step
from coach.domain.scenario import Fact, Rung
from coach.domain.transcript import Move, Speaker, Turn
from coach.ports import Prompts

LONGEST_MEDIAN = 20
"""Words; the protocol allows a median of 25."""


@dataclass(frozen=True)
class Plan:
    """A step and what its words may do."""

    step: Step
    round: Round
    question: str | None
    """The authored question of a probe."""
    may_follow_up: bool
    may_tell: tuple[Fact, ...]
    limits: Limits


def plan_of(step: Step, round_: Round) -> Plan:
    """What may be said in carrying out `step`."""
    scenario = round_.brief.scenario
    question = None
    if step.probe:
        dimension, rung = step.probe.split(".")
        question = scenario.probes[dimension][Rung(rung)]
    may_tell = _facts_near(round_) if step.situation is Situation.UNKNOWN_QUESTION else ()
    told = {turn.fact for turn in round_.turns if turn.fact}
    heard = " ".join([*(turn.text for turn in round_.turns), question or "", *(fact.say for fact in may_tell)])
    limits = Limits(
        said=" ".join(turn.text for turn in round_.transcript.candidate),
        heard=content_stems(heard),
        known_figures=figures(heard),
        secret_facts=tuple(fact for fact in scenario.facts if fact.id not in told and fact not in may_tell),
        secret_terms=terms(round_.brief),
        terse=_is_wordy(round_),
    )
    return Plan(step, round_, question, _may_follow_up(step, round_), may_tell, limits)


def _is_wordy(round_: Round) -> bool:
    """Whether the interviewer's turns have been longer than half of them may be."""
    spoken = [turn.words for turn in round_.turns if turn.speaker is Speaker.INTERVIEWER and not turn.fact][1:]
    return bool(spoken) and median(spoken) > LONGEST_MEDIAN


def conversation(plan: Plan, prompts: Prompts) -> tuple[Message, ...]:
    """The messages of one request."""
    fence = _fence(plan.round)
    system = prompts.render("interviewer/system", scenario=plan.round.brief.scenario, fence=fence)
    said = [Message(role="system", text=system, stable=True), *_said(plan.round, fence)]
    instruction = prompts.render("interviewer/turn", **_instruction(plan))
    return (*said, Message(role="user", text=instruction))


def _said(round_: Round, fence: str) -> Iterator[Message]:
    """The turns so far. Those of the candidate are JSON, so that no word of theirs can look like anything else."""
    if round_.turns and round_.turns[0].speaker is Speaker.INTERVIEWER:
        yield Message(role="user", text="The candidate is here.")
    for turn in round_.turns:
        if turn.speaker is Speaker.INTERVIEWER:
            yield Message(role="assistant", text=turn.text, stable=True)
        else:
            yield Message(role="user", text=f"{fence}\n{_json(turn)}\n{fence}", stable=True)


def _json(turn: Turn) -> str:
    words = {"id": turn.id, "text": turn.text}
    if turn.board:
        words["board"] = turn.board.text.strip()
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")


def _fence(round_: Round) -> str:
    """A line no candidate can write: it depends on when the round began, to the microsecond, which is not shown."""
    return f"<said {sha256(f'{round_.id} {round_.started_at.isoformat()}'.encode()).hexdigest()[:12]}>"


def _instruction(plan: Plan) -> dict[str, Any]:
    step, setup = plan.step, plan.round.setup
    at = plan.round.turns[-1].at or 0.0 if plan.round.turns else 0.0
    dimension = plan.round.brief.rubric.dimension(step.dimension) if step.dimension else None
    return {
        "step": step,
        "rung": step.probe.split(".")[1] if step.probe else None,
        "question": plan.question,
        "side": dimension.name if dimension else "",
        "may_follow_up": plan.may_follow_up,
        "may_tell": [fact.id for fact in plan.may_tell],
        "style": setup.style.value,
        "minute": int(at // 60) + 1,
        "minutes": setup.minutes,
    }


def _may_follow_up(step: Step, round_: Round) -> bool:
    """Whether the model may ask about the candidate's own words instead: once after each probe, in the dimension
    that was just answered, while there is time, and never in place of a question that is owed."""
    asked = [round_.steps[turn.id] for turn in round_.turns if turn.id in round_.steps]
    if step.move is not Move.PROBE or step.situation or not asked or step.probe is None:
        return False
    last = asked[-1]
    if last.move is not Move.PROBE or last.dimension != step.dimension or step.probe.endswith(Rung.FAILURE):
        return False
    ledger = ledger_of(round_, round_.turns[-1].at or 0.0)
    return not must_hurry(ledger) and not failure_is_due(ledger)


def _facts_near(round_: Round) -> tuple[Fact, ...]:
    """Facts that the candidate's question, which the code could not place, may be about."""
    said = round_.transcript.candidate
    facts = round_.brief.scenario.facts_by_id
    return tuple(facts[id_] for id_ in near_facts(round_.brief.scenario, said[-1].text)) if said else ()
