"""Which question comes next: the ladder here, another dimension, a curveball, or the close."""

from __future__ import annotations

from zlib import crc32

from coach.domain.interview.ledger import Ledger
from coach.domain.interview.quoting import decision_worth_pushing
from coach.domain.interview.timebox import (
    ALL_OPENED_BY,
    CLOSE,
    CURVEBALL,
    EVALS_OPENED_BY,
    GRACE_SECONDS,
    box,
    is_baseline,
)
from coach.domain.round import Situation, Step
from coach.domain.scenario import Rung
from coach.domain.transcript import Move, Style

THREAD = 3
"""Questions on one thread after the one that opened it."""
PUSHBACK_EVERY = {Style.SUPPORTIVE: 4, Style.NEUTRAL: 3, Style.CHALLENGING: 2}
"""One decision in so many is pushed back on."""
CURVEBALLS = {Style.SUPPORTIVE: 1, Style.NEUTRAL: 1, Style.CHALLENGING: 2}
EARLY = 0.7
"""A candidate who has answered everything by this share of the round gets a second curveball in any style."""
FAILURE_THREADS = 2
"""Threads to take to the failure rung."""


def ask(ledger: Ledger, preface: Situation | None = None, *, elsewhere: bool = False) -> Step:
    """The next question: a curveball when due, else the next rung here, else the next dimension.

    `preface` is said before it; `elsewhere` leaves the current dimension whatever is left in it.
    """
    if _curveball_is_due(ledger):
        return _owed_before_another_curveball(ledger, elsewhere=elsewhere) or _curveball(ledger)
    step = None
    if not elsewhere and not _moves_on(ledger):
        step = _pushback(ledger) or _probe(ledger, ledger.dimension)
    step = step or _next_dimension(ledger, elsewhere=elsewhere)
    if step is None and _curveballs_left(ledger):
        return _curveball(ledger)
    step = step or _pushback(ledger, every=1)
    if step is None:
        return Step(move=Move.CLOSE, situation=Situation.SUMMARY)
    return step.model_copy(update={"situation": preface}) if preface and step.situation is None else step


def _moves_on(ledger: Ledger) -> bool:
    """Whether the current dimension has had its share: saturated, stale, its box over, or others waiting."""
    here = ledger.dimension
    asked = ledger.questions_in(here)
    if ledger.is_saturated(here) or must_hurry(ledger):
        return True
    if not asked:
        return ledger.share >= box(here, ledger.brief.probed_dimensions).end
    if is_baseline(ledger.round.setup.minutes):
        return asked >= 2 or ledger.gained or bool(ledger.unasked and _is_behind(ledger))
    if asked > THREAD or (ledger.is_stale and asked > 1):
        return True
    over = box(here, ledger.brief.probed_dimensions).end * ledger.total
    grace = GRACE_SECONDS * ledger.total / 2_700
    return bool(ledger.unasked) and ledger.at > over + grace


def must_hurry(ledger: Ledger) -> bool:
    """At the pace so far, dimensions still unopened need all the time left before they are due."""
    last_call = ALL_OPENED_BY * ledger.total - ledger.seconds_an_exchange
    evals_call = EVALS_OPENED_BY * ledger.total - 2 * ledger.seconds_an_exchange
    if "evals" in ledger.unopened and ledger.at >= evals_call:
        return True
    return bool(ledger.unopened) and ledger.at + len(ledger.unopened) * ledger.seconds_an_exchange >= last_call


def _is_behind(ledger: Ledger) -> bool:
    """A short round whose unasked dimensions would not fit if one more question were spent here."""
    needed = (len(ledger.unasked) + 1) * ledger.seconds_an_exchange
    return ledger.at + needed > ALL_OPENED_BY * ledger.total


def _pushback(ledger: Ledger, every: int | None = None) -> Step | None:
    """Every so often a decision is asked what it costs, in the candidate's own words."""
    if is_baseline(ledger.round.setup.minutes) or must_hurry(ledger) or ledger.last_said is None:
        return None
    if every is None and failure_is_due(ledger):
        return None
    questions = sum(1 for step in ledger.asked if step.move in {Move.PROBE, Move.FOLLOW_UP})
    if not questions or (questions + 1) % (every or PUSHBACK_EVERY[ledger.style]):
        return None
    quoted = {step.said for step in ledger.asked if step.said}
    decision = decision_worth_pushing(ledger.last_said.text)
    if decision is None or decision in quoted:
        return None
    return Step(move=Move.FOLLOW_UP, situation=Situation.PUSHBACK, dimension=ledger.dimension, said=decision)


def _probe(ledger: Ledger, dimension: str) -> Step | None:
    """The lowest rung of a dimension's ladder that is neither asked nor answered, and may be asked yet."""
    is_owed = failure_is_due(ledger)
    for rung in [Rung.FAILURE, *Rung] if is_owed else list(Rung):
        name = f"{dimension}.{rung}"
        if rung not in ledger.brief.scenario.probes.get(dimension, {}) or name in ledger.probes:
            continue
        needs_chance = rung is Rung.FAILURE or ledger.exposes(name)
        answered = ledger.is_answered(name, in_full=is_owed and rung is Rung.FAILURE)
        if answered or (needs_chance and not ledger.had_open_chance(dimension)):
            continue
        return Step(move=Move.PROBE, dimension=dimension, probe=name)
    return None


def failure_is_due(ledger: Ledger) -> bool:
    """Whether threads still owed to the failure rung need most of the questions that are left."""
    if is_baseline(ledger.round.setup.minutes):
        return False
    owed = FAILURE_THREADS - sum(1 for probe in ledger.probes if probe.endswith(f".{Rung.FAILURE}"))
    left = (CLOSE.start * ledger.total - ledger.at) / ledger.seconds_an_exchange - len(ledger.unasked)
    return owed > 0 and left <= owed + 3


def _next_dimension(ledger: Ledger, *, elsewhere: bool) -> Step | None:
    """The first question of the dimension that is due, else a deeper one where most is still to be learnt."""
    others = [d for d in ledger.unasked if not (elsewhere and d == ledger.dimension)]
    first = (_probe(ledger, _due(ledger, others)) or _first_open(ledger, others)) if others else None
    if first or is_baseline(ledger.round.setup.minutes):
        return first
    open_ended = [d for d in ledger.brief.probed_dimensions if _probe(ledger, d)]
    if elsewhere:
        open_ended = [d for d in open_ended if d != ledger.dimension]
    deeper = [d for d in open_ended if not ledger.is_saturated(d)] or open_ended
    if not deeper:
        return None
    return _to_failure(ledger, deeper) or _probe(ledger, max(deeper, key=lambda d: _worth(ledger, d)))


def _first_open(ledger: Ledger, dimensions: list[str]) -> Step | None:
    """A question in the first of `dimensions` that still has one to ask."""
    return next((step for step in (_probe(ledger, d) for d in dimensions) if step), None)


def _due(ledger: Ledger, waiting: list[str]) -> str:
    """Which waiting dimension comes next: evals when late, else the weightiest overdue, else the next in plan."""
    if "evals" in waiting and ledger.at >= EVALS_OPENED_BY * ledger.total - 2 * ledger.seconds_an_exchange:
        return "evals"
    unopened = [d for d in waiting if d in ledger.unopened] or waiting
    boxes = {d: box(d, ledger.brief.probed_dimensions) for d in unopened}
    overdue = [d for d in unopened if boxes[d].end <= ledger.share]
    if overdue:
        return max(overdue, key=lambda d: _worth(ledger, d))
    return min(unopened, key=lambda d: boxes[d].start)


def _worth(ledger: Ledger, dimension: str) -> float:
    """Role weight times unmet core, shared among the questions already spent there."""
    unmet = len(ledger.unmet_core(dimension)) + 0.5
    return ledger.weight(dimension) * unmet / (1 + ledger.questions_in(dimension))


def _to_failure(ledger: Ledger, dimensions: list[str]) -> Step | None:
    """The failure rung of one of `dimensions`, until enough threads have been taken there."""
    taken = sum(1 for probe in ledger.probes if probe.endswith(f".{Rung.FAILURE}"))
    if taken >= FAILURE_THREADS:
        return None
    for dimension in sorted(dimensions, key=lambda d: _worth(ledger, d), reverse=True):
        name = f"{dimension}.{Rung.FAILURE}"
        has_it = Rung.FAILURE in ledger.brief.scenario.probes[dimension] and name not in ledger.probes
        if has_it and not ledger.is_answered(name, in_full=True) and ledger.had_open_chance(dimension):
            return Step(move=Move.PROBE, dimension=dimension, probe=name)
    return None


def _curveballs_left(ledger: Ledger) -> bool:
    if is_baseline(ledger.round.setup.minutes):
        return False
    thrown = sum(1 for step in ledger.asked if step.move is Move.CURVEBALL)
    most = CURVEBALLS[Style.CHALLENGING] if ledger.share < EARLY else CURVEBALLS[ledger.style]
    return thrown < min(most, len(ledger.brief.scenario.curveballs))


def _curveball_is_due(ledger: Ledger) -> bool:
    ready = not ledger.unopened or ledger.share >= ALL_OPENED_BY + 0.05
    return _curveballs_left(ledger) and ledger.share >= CURVEBALL.start and ready


def _owed_before_another_curveball(ledger: Ledger, *, elsewhere: bool) -> Step | None:
    """After the first curveball, a thread still owed to the failure rung goes before the second."""
    if not failure_is_due(ledger) or not any(step.move is Move.CURVEBALL for step in ledger.asked):
        return None
    return _to_failure(
        ledger, [d for d in ledger.brief.probed_dimensions if not (elsewhere and d == ledger.dimension)]
    )


def _curveball(ledger: Ledger) -> Step:
    """The next curveball; which comes first differs from round to round."""
    thrown = {step.curveball for step in ledger.asked}
    choices = [ball for ball in ledger.brief.scenario.curveballs if ball.id not in thrown]
    seed = ledger.round.setup.seed
    ball = choices[(crc32(ledger.round.id.encode()) if seed is None else seed) % len(choices)]
    return Step(move=Move.CURVEBALL, curveball=ball.id)
