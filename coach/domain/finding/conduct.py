"""How the candidate ran the round, from acts that can be pointed at. Never accent, grammar, fillers or pace.

Each rule finds sentences; what cannot be found this way (whether the question was answered) is left undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from coach.domain.finding.addressing import addressed
from coach.domain.finding.patterns import any_of
from coach.domain.language import Span, sentences
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript

PLAN_SECONDS = 300.0
"""A plan for the round is stated within the first five minutes."""
COMMITMENTS = 3
"""Decision points at which an option is chosen and its cost named."""


class Act(NamedTuple):
    """A sentence of a candidate turn."""

    turn: str
    sentence: Span


class Seen(NamedTuple):
    """What the acts of a round come to for one criterion, the sentences that show it, and why."""

    outcome: Outcome
    acts: tuple[Act, ...]
    reason: str


_UNDECIDED = Seen(Outcome.UNJUDGED, (), "Cannot be told from words alone.")
_STEP = any_of(
    r"""
    first(?:ly)?
    second(?:ly)?
    then
    next
    after that
    finally
    lastly
    at the end
    to finish
    finish on
    start (?:with|by|on)
    before that
    last
    """
)
_ROUND = any_of(
    r"""
    minutes?
    our time
    the time
    order
    plan
    agenda
    structure
    spend
    walk (?:you )?through
    i'll cover
    how i'd like
    questions? (?:about|on|first)
    """
)
_ASSUMES = any_of(
    r"""
    i'?m assuming
    i'?ll assume
    i'?d assume
    i assume
    let me assume
    let's assume
    assuming
    assume
    i(?:'d)? guess
    """
)
_CHECKS = any_of(
    r"""
    tell me if
    correct me
    stop me if
    shout if
    let me know if
    is (?:it|that) (?:fair|right|ok(?:ay)?|fine|reasonable|about right)
    does that (?:sound|hold|match|fit)
    am i (?:right|wrong|far off)
    is that a fair
    say if
    if (?:that's|i'm) (?:wrong|off)
    """
)
_COSTS = any_of(
    r"""
    the price (?:is|of)
    (?:what )?i(?:'d)? pay
    we pay (?:with|for)
    (?:it|that|this|which)(?:'ll| will)? costs? (?:me|us|a|an|about|some|\w+ milli)
    cost of that
    (?:we|you|i)(?:'d|'ll| will| would)? (?:lose|give up|be slower|live with|accept)
    i live with
    at the (?:cost|price|expense) of
    the downside
    the catch
    in exchange
    in return
    trade-?off
    (?:it|that)'s (?:slower|more expensive|unfair)
    """
)
_SKIPS = any_of(
    r"""
    (?:i'm going to|i'll|i'd|let me|i would|we can) (?:skip|leave out)
    (?:i'm going to|i'll|i'd|let me|i would|we can) not (?:go into|cover)
    (?:i'm going to|i'll|i'd|let me|i would|we can) (?:park|keep short|do quickly|rush)
    skip(?:ping)? (?:over )?\w+
    i'm giving up on
    i won't (?:go into|spend|cover)
    not going to spend
    """
)
_RISK = any_of(
    r"""
    risk(?:y|iest)
    biggest slice
    most (?:of the )?time
    what (?:sinks|kills|breaks)
    where (?:projects|it) (?:die|dies|fail)
    hardest
    matters? most
    the (?:hard|dangerous|interesting|difficult) part
    worr(?:y|ies) me
    """
)
_UNKNOWN = any_of(
    r"""
    i (?:really |honestly )?(?:don't|do not) (?:know|have a (?:clean|good) (?:fix|answer))
    i(?:'ve| have) (?:no|never|not)\b
    i haven't
    i'm not sure
    not sure
    i(?:'ve)? no (?:idea|view)
    no view worth
    i can't (?:say|tell)
    i don't remember
    from (?:the )?(?:head|memory)
    """
)
_FINDS_OUT = any_of(
    r"""
    i(?:'d|'ll| would| will)(?: \w+)? (?:look|measure|calculate|load ?test|test|go and|ask|check|read|shadow|find)
    i(?:'d|'ll| would| will)(?: \w+)? (?:get|try|start|run|estimate|sample|count|compute|want)
    """
)
_TAKES_IN = any_of(
    r"""
    i(?:'d|'ll| will| would)? take (?:that |it |this )?back
    i'd change
    i(?:'ll| will| can)? (?:drop|change|switch|revise)\b[^.]{0,30}\b(?:then|definition|idea|design|mind)
    then i can drop
    that (?:breaks|changes|kills) (?:my|the)
    you're right
    good (?:point|challenge|catch)
    fair (?:point|enough)?\b
    so i'd (?:change|now)
    """,
    after="",
)


def observe(transcript: Transcript) -> dict[str, Seen]:
    """What the acts of a round come to, by the criterion's id."""
    said = list(_acts(transcript))
    return {
        "plan-stated": _plan(transcript),
        "assumptions-marked": _assumptions(said),
        "commits-with-cost": _commitments(said),
        "steers-time": _steering(said),
        "handles-not-knowing": _not_knowing(said),
        "updates-on-evidence": _UNDECIDED,
        "answers-the-question": _UNDECIDED,
    }


def withdrawals(transcript: Transcript) -> list[Act]:
    """Sentences in which the candidate takes something back or takes in a challenge."""
    return _matching(list(_acts(transcript)), _TAKES_IN)


def _acts(transcript: Transcript) -> Iterator[Act]:
    for turn in transcript.candidate:
        aside = addressed(turn.text)
        for sentence in sentences(turn.text):
            if not any(span.start < sentence.end and sentence.start < span.end for span in aside):
                yield Act(turn.id, sentence)


def _plain(act: Act) -> str:
    return act.sentence.text.replace("\u2019", "'")


def _matching(said: list[Act], pattern: re.Pattern[str]) -> list[Act]:
    return [act for act in said if pattern.search(_plain(act))]


def _plan(transcript: Transcript) -> Seen:
    early = {turn.id for turn, at in zip(transcript.turns, transcript.starts, strict=True) if at <= PLAN_SECONDS}
    by_turn: dict[str, list[Act]] = {}
    for act in _acts(transcript):
        if act.turn in early:
            by_turn.setdefault(act.turn, []).append(act)
    best: list[Act] = []
    steps, about = 0, False
    for acts in by_turn.values():
        telling = _matching(acts, _STEP)
        count = sum(len(_STEP.findall(_plain(act))) for act in telling)
        if count > steps:
            best, steps, about = telling, count, any(_ROUND.search(_plain(act)) for act in acts)
    if steps >= 2 and about:
        return Seen(Outcome.MET, tuple(best[:3]), f"{steps} steps of a plan in one early turn.")
    if steps >= 2 or transcript.seconds < PLAN_SECONDS:
        return _UNDECIDED
    return Seen(Outcome.MISSED, (), "No order of steps in the first five minutes.")


def _assumptions(said: list[Act]) -> Seen:
    assumed = _matching(said, _ASSUMES)
    checked = [act for act in said if _CHECKS.search(_plain(act)) and act.turn in {known.turn for known in assumed}]
    if assumed and checked:
        return Seen(Outcome.MET, (assumed[0], checked[0]), "An assumption is marked and checked.")
    if assumed:
        return Seen(Outcome.PARTIAL, (assumed[0],), "An assumption is marked, none checked.")
    return _UNDECIDED


def _commitments(said: list[Act]) -> Seen:
    costs = _matching(said, _COSTS)
    if len(costs) >= COMMITMENTS:
        return Seen(Outcome.MET, tuple(costs[:3]), f"The cost of a choice is named {len(costs)} times.")
    return _UNDECIDED


def _steering(said: list[Act]) -> Seen:
    skipped, risks = _matching(said, _SKIPS), _matching(said, _RISK)
    if not skipped and not risks:
        return Seen(Outcome.MISSED, (), "Nothing is skipped aloud and no part is called the risky one.")
    return _UNDECIDED


def _not_knowing(said: list[Act]) -> Seen:
    for i, act in enumerate(said):
        if _UNKNOWN.search(_plain(act)):
            for after in said[i : i + 2]:
                if after.turn == act.turn and _FINDS_OUT.search(_plain(after)):
                    acts = (act,) if after is act else (act, after)
                    return Seen(Outcome.MET, acts, "Says what is not known and how to find out.")
    return _UNDECIDED
