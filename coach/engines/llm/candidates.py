"""Nine simulated candidates played by a model: they behave as the written ones do, in words nobody wrote before.

The conversation is the round as the candidate has it: what the interviewer said comes in, what was answered stands.
It only ever grows at its end, so that a provider finds all of it cached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from coach.domain.calls import Message, Purpose, Request
from coach.domain.round import Round
from coach.domain.transcript import Speaker
from coach.domain.walkthrough import Walkthrough
from coach.engines.llm.calling import Caller, Errand
from coach.ports import Prompts

PERSONAS = "simulate/personas"
SILENCE = "(silence)"
"""What a model writes to say nothing, and what stands in the conversation where nothing was said."""
MOST_TOKENS = 800
"""Of an answer: the longest a person gives, with room for a model that thinks first."""
_SAYS_NOTHING = re.compile(r"[\W_]*(?:(?:silence|silent|says nothing|no answer)[\W_]*)?", re.IGNORECASE)
_BLOCKS = {
    "strong": "strong",
    "adequate": "adequate",
    "rambling": "rambling",
    "silent": "silent",
    "bluffing": "bluffing",
    "skipping": "skipping",
    "answer-seeking": "seeking",
    "instruction-injecting": "injecting",
    "second-language": "second_language",
}
"""The candidates, the strong one first, and the block of each."""
_EVERY = {"strong": 1, "rambling": 0, "silent": 0, "bluffing": 0}
"""Which lines of the walkthrough are known: all, none, else every second."""


@dataclass(frozen=True)
class ModelCandidate:
    """Answers as one of the persons in `prompts/simulate/personas.md`."""

    name: str
    caller: Caller
    prompts: Prompts
    walkthrough: Walkthrough | None

    def answer(self, round_: Round) -> str:
        """What is said to the interviewer's last turn; nothing is silence. Raises ModelError or CapReachedError."""
        key = sha256(f"{self.name} {round_.setup.scenario}".encode()).hexdigest()[:32]
        request = Request(messages=self.conversation(round_), max_tokens=MOST_TOKENS, cache_key=key)
        said = self.caller.whole(Errand(request, Purpose.CANDIDATE, self.prompts.version(PERSONAS)))
        return "" if _SAYS_NOTHING.fullmatch(said) else said.replace(SILENCE, "").strip()

    def conversation(self, round_: Round) -> tuple[Message, ...]:
        """The messages of the next request."""
        part = [self.prompts.render(PERSONAS, block, **self._values()) for block in ("rules", _BLOCKS[self.name])]
        return (Message(role="system", text="\n".join(part), stable=True), *_said(round_))

    def _values(self) -> dict[str, object]:
        every = _EVERY.get(self.name, 2)
        beats = self.walkthrough.beats[::every] if self.walkthrough and every else ()
        return {"silence": SILENCE, "knows": [beat.expert for beat in beats]}


def candidates(caller: Caller, prompts: Prompts, walkthrough: Walkthrough | None) -> list[ModelCandidate]:
    """All nine, the strong one first, with the same names as the written ones."""
    return [ModelCandidate(name, caller, prompts, walkthrough) for name in _BLOCKS]


def _said(round_: Round) -> Iterator[Message]:
    """The turns so far, the interviewer's as what comes in; between two of those nothing was said."""
    before = Speaker.CANDIDATE
    for turn in round_.turns:
        if turn.speaker is Speaker.INTERVIEWER and before is Speaker.INTERVIEWER:
            yield Message(role="assistant", text=SILENCE, stable=True)
        role = "user" if turn.speaker is Speaker.INTERVIEWER else "assistant"
        yield Message.model_validate({"role": role, "text": turn.text, "stable": True})
        before = turn.speaker
