"""The judge with a model: one call a dimension, every quote checked in code, every reply kept.

It proposes verdicts with quotes; credit, help, scores and band are made from them by the same code as always.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from types import ModuleType

from coach.domain import evidence, grade, grading, language, numbers, scenario, scoring
from coach.domain import help as help_
from coach.domain import transcript as transcript_
from coach.domain.calls import Purpose, Request
from coach.domain.finding import (
    addressing,
    bearing,
    board,
    craft,
    estimates,
    finder,
    guards,
    mermaid,
    patterns,
    polarity,
    reading,
    signals,
    weighing,
)
from coach.domain.grade import Findings, JudgeStamp
from coach.domain.rubric import Brief
from coach.domain.transcript import Transcript
from coach.engines.llm import canaries, inquiry, questions, readings, record, reply, together
from coach.engines.llm.calling import Caller, Errand
from coach.engines.llm.inquiry import Answer, Ask, Case, inquire
from coach.engines.llm.questions import PROMPTS, Questions
from coach.engines.llm.record import Record
from coach.engines.llm.reply import read_reply
from coach.engines.llm.together import Together
from coach.errors import ModelError, ModelReplyError
from coach.ports import Prompts

REQUESTS_AT_ONCE = 18
"""Nine dimensions, each read twice more at the same time."""
_DEPENDS_ON: tuple[ModuleType, ...] = (
    addressing,
    bearing,
    board,
    canaries,
    craft,
    estimates,
    evidence,
    finder,
    grade,
    grading,
    guards,
    help_,
    inquiry,
    language,
    mermaid,
    numbers,
    patterns,
    polarity,
    questions,
    reading,
    readings,
    record,
    reply,
    scenario,
    scoring,
    signals,
    together,
    transcript_,
    weighing,
)
"""Modules whose change makes another judge: what is asked, what is read from replies, and the arithmetic."""


class LlmJudge:
    """Asks a model for verdicts with quotes, and believes the quotes that stand. Safe to share between threads."""

    def __init__(
        self, caller: Caller, prompts: Prompts, second: Caller | None = None, workers: int = REQUESTS_AT_ONCE
    ) -> None:
        """`second`: whom to ask for further readings of what is unsure; `workers`: requests at once."""
        self._caller = caller
        self._prompts = prompts
        self._second = second
        self._workers = workers

    def stamp(self, brief: Brief) -> JudgeStamp:
        """Which judge this is: its code, prompts and models, the rubric, and what this scenario expects."""
        content = json.dumps(
            {
                "models": [self._caller.models, self._second.models if self._second else ()],
                "prompts": self._prompts.version(*PROMPTS),
                "rubric": brief.rubric.model_dump(mode="json"),
                "criteria": {name: entry.model_dump(mode="json") for name, entry in brief.criteria.items()},
                "flags": {name: entry.model_dump(mode="json") for name, entry in brief.flags.items()},
                "math": [estimate.model_dump(mode="json") for estimate in brief.scenario.math],
            },
            sort_keys=True,
        )
        version = hashlib.sha256(f"{_code()}\n{content}".encode()).hexdigest()
        return JudgeStamp(engine="llm", model=self._caller.models[0], version=version, rubric=brief.rubric.name)

    def judge(
        self, brief: Brief, transcript: Transcript, dimensions: Sequence[str], round_id: str | None = None
    ) -> Iterator[Findings]:
        """Findings for each of `dimensions` as they become final, in any order. A dimension for which no reply
        could be had or read is left out, and the reason raised at the end: ModelError or CapReachedError."""
        stamp = self.stamp(brief)
        round_ = Record(transcript, [criterion.text for criterion in brief.criteria.values()])
        case = Case(brief, round_, Questions(brief, round_, self._prompts, stamp.version), stamp)
        prompt = self._prompts.version(*PROMPTS)

        def ask(asked: Ask, heard: Callable[[], None]) -> Answer | None:
            errand = Errand(asked.request, Purpose.JUDGE, prompt, round_id)
            return self._answer(asked, errand, heard)

        held = {dimension: inquire(case, dimension) for dimension in dimensions}
        yield from Together(ask, self._workers).hold(held, meanwhile=lambda: case.spoken_about)

    def _answer(self, ask: Ask, errand: Errand, heard: Callable[[], None]) -> Answer | None:
        """The reply to a request; None where it cannot be read and is not needed. Raises ModelError or
        CapReachedError."""
        if ask.other and self._second is not None:
            with suppress(ModelError):
                return self._reply(self._second, errand, heard)
        try:
            return self._reply(self._caller, errand, heard)
        except ModelReplyError:
            if ask.needed:
                raise
            return None

    def _reply(self, caller: Caller, errand: Errand, heard: Callable[[], None]) -> Answer:
        """The reply of `caller`'s models: the one kept for this round, else a new one, which is kept."""
        key = _key(caller, errand.request)
        kept = None if errand.round_id is None else self._caller.log.reply(errand.round_id, key)
        if kept is not None:
            return Answer(kept, read_reply(kept))
        text = ""
        for attempt in caller.attempts(errand):
            with attempt as pieces:
                text = "".join(_each(pieces, heard))
                answer = Answer(text, read_reply(text))
                if errand.round_id is not None:  # before the call is closed: what is paid for is not lost
                    self._caller.log.keep_reply(errand.round_id, key, text)
        return answer


def _each(pieces: Iterator[str], heard: Callable[[], None]) -> Iterator[str]:
    for piece in pieces:
        heard()
        yield piece


def _key(caller: Caller, request: Request) -> str:
    """What a reply is kept by: who was asked, and every byte of what."""
    asked = json.dumps([caller.models, request.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


@cache
def _code() -> str:
    """Fingerprint of everything the findings and the arithmetic depend on."""
    here = inspect.getmodule(_code)
    sources = [inspect.getsource(module) for module in (*_DEPENDS_ON, here) if module]
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()
