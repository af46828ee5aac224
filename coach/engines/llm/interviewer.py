"""The live interviewer: a model words the questions, the agenda decides them, and a gate lets its words through.

What an author wrote word for word (opening, facts asked for, hints, curveballs) and the stock lines of a round are
said as written: they need no model, cost nothing and leak nothing.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from hashlib import sha256

from rapidfuzz import fuzz

from coach.domain.calls import Purpose, Request
from coach.domain.interview.gate import Gate
from coach.domain.interview.wording import ALIKE
from coach.domain.round import Round, Step
from coach.domain.transcript import Move
from coach.engines.llm.calling import Caller, Errand
from coach.engines.llm.turns import Plan, conversation, plan_of
from coach.engines.offline.interviewer import SCRIPT, OfflineInterviewer
from coach.errors import ModelReplyError, ModelUnavailableError
from coach.ports import Prompts

WORDED = frozenset({Move.PROBE, Move.FOLLOW_UP, Move.CLARIFY})
"""Moves that a model words."""
PROMPTS = ("interviewer/system", "interviewer/turn")
MOST_TOKENS = 2_000
"""Of a reply: forty words and the trailer, and room for a model that thinks first; the gate stops any other."""
SAME_QUESTION = 55.0
"""Likeness (0 to 100) of the words to the authored probe from which they ask that probe."""


class LlmInterviewer:
    """Words each step with a model; where that fails to give words that may be said, with the author's."""

    def __init__(self, caller: Caller, prompts: Prompts) -> None:
        self._caller = caller
        self._prompts = prompts
        self._script = OfflineInterviewer(prompts)

    def say(self, step: Step, round_: Round) -> Iterator[str | Step]:
        """The step's words, a clause at a time; last, where it was carried out otherwise, the step that was made.
        Raises ModelError or CapReachedError."""
        if step.move not in WORDED or (step.move is Move.PROBE and step.fact):
            yield from self._script.say(step, round_)
            return
        plan = plan_of(step, round_)
        try:
            gate = yield from self._spoken(plan)
        except ModelReplyError:
            yield from self._script.say(step, round_)
            return
        made = _made(plan, gate)
        if not _asks(plan, gate) and made.move is not Move.FACT:
            yield self._question(plan)
            made = step
        if made != step:
            yield made

    def _spoken(self, plan: Plan) -> Generator[str, None, Gate]:
        """What the model says, as far as it may be said. Raises ModelReplyError where nothing of it may."""
        gate = Gate(plan.limits)
        errand = self._errand(plan)
        for attempt in self._caller.attempts(errand):
            gate = Gate(plan.limits)
            with attempt as pieces:
                for clause in _passed(gate, pieces):
                    yield clause if errand.shown else f"{self._warning(plan.step)}{clause}"
                    errand.shown = True
                _check(gate)
        return gate

    def _errand(self, plan: Plan) -> Errand:
        key = sha256(plan.round.id.encode()).hexdigest()[:32]
        messages = conversation(plan, self._prompts)
        request = Request(messages=messages, max_tokens=MOST_TOKENS, cache_key=key)
        return Errand(request, Purpose.INTERVIEW, self._prompts.version(*PROMPTS), plan.round.id)

    def _warning(self, step: Step) -> str:
        return f"{self._prompts.render(SCRIPT, 'warning')} " if step.warns else ""

    def _question(self, plan: Plan) -> str:
        """The author's question, where the model's words held none."""
        unwarned = plan.step.model_copy(update={"warns": False})
        return plan.question or "".join(self._script.say(unwarned, plan.round))


def _passed(gate: Gate, pieces: Iterator[str]) -> Iterator[str]:
    """The clauses the gate lets through. A reply that is cut off after its question has said all that is wanted."""
    try:
        for piece in pieces:
            yield from gate.feed(piece)
            if gate.is_done:
                return
    except ModelUnavailableError:
        if not gate.asked:
            raise
    yield from gate.end()


def _check(gate: Gate) -> None:
    if not gate.shown:
        dropped = ", ".join(sorted({reason.value for _, reason in gate.dropped})) or "no words"
        raise ModelReplyError(f"The reply held nothing an interviewer may say: {dropped}.")


def _asks(plan: Plan, gate: Gate) -> bool:
    """Whether a question has been put; some of the author's are requests: "Put rough times on each step"."""
    asks = plan.question or ""
    return gate.asked or bool(0 < len(asks) <= len(gate.text) and fuzz.partial_ratio(asks, gate.text) >= ALIKE)


def _made(plan: Plan, gate: Gate) -> Step:
    """The step that was carried out: what the model says it did, as far as its words bear it out."""
    step = plan.step
    told = next((fact for fact in plan.may_tell if fuzz.partial_ratio(fact.say, gate.text) >= ALIKE), None)
    if told is not None:
        return Step(move=Move.FACT, fact=told.id, warns=step.warns)
    if step.move is not Move.PROBE or not plan.may_follow_up:
        return step
    is_probe = fuzz.token_set_ratio(plan.question or "", gate.text) >= SAME_QUESTION
    if is_probe or gate.trailer.get("move") != Move.FOLLOW_UP:
        return step
    return Step(move=Move.FOLLOW_UP, dimension=step.dimension, warns=step.warns)
