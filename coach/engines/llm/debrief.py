"""The debrief of a live round: a model writes it once from the frozen grade, code checks what it says."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from coach.domain.calls import Message, Purpose, Request
from coach.domain.debrief import REWRITE_WORDS, Debrief, Draft, check
from coach.domain.grade import Grade
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.domain.worth import worth_fixing
from coach.engines.llm.calling import Caller, Errand
from coach.engines.llm.record import Record
from coach.engines.llm.reply import array_of, object_of
from coach.errors import ModelReplyError
from coach.ports import Prompts

PROMPT = "debrief/write"
MOST_TOKENS = 3_000
MOST_OFFERED = 8
"""Criteria that a fix may be chosen from."""


class LlmDebriefer:
    """Writes what a grade means for the candidate. The reply is kept; a debrief is always what it makes."""

    def __init__(self, caller: Caller, prompts: Prompts) -> None:
        self._caller = caller
        self._prompts = prompts

    def written(self, round_: Round, grade: Grade) -> Debrief | None:
        """The debrief of this grade, where it has been written."""
        reply = self._caller.log.reply(round_.id, self._key(self._request(round_, grade)))
        return None if reply is None else check(_draft(reply), round_.brief, round_.transcript, grade)

    def write(self, round_: Round, grade: Grade) -> Debrief:
        """Write it, once. Raises ModelError or CapReachedError."""
        if known := self.written(round_, grade):
            return known
        request = self._request(round_, grade)
        errand = Errand(request, Purpose.DEBRIEF, self._prompts.version(PROMPT), round_.id)
        reply = ""
        for attempt in self._caller.attempts(errand):
            with attempt as pieces:
                reply = "".join(pieces)
                _draft(reply)
                self._caller.log.keep_reply(round_.id, self._key(request), reply)
        return check(_draft(reply), round_.brief, round_.transcript, grade)

    def _key(self, request: Request) -> str:
        asked = json.dumps([self._caller.models, request.model_dump(mode="json")], sort_keys=True)
        return sha256(asked.encode()).hexdigest()

    def _request(self, round_: Round, grade: Grade) -> Request:
        low, high = REWRITE_WORDS
        rules = self._prompts.render(PROMPT, "system", level=grade.level.value, least=low, most=high)
        facts = self._prompts.render(PROMPT, "round", **_facts(round_, grade))
        messages = (Message(role="system", text=rules, stable=True), Message(role="user", text=facts))
        return Request(messages=messages, max_tokens=MOST_TOKENS, form=_FORM, timeout=60.0)


def _facts(round_: Round, grade: Grade) -> dict[str, Any]:
    """What the prompt is filled with: nothing but the transcript and the grade."""
    brief, record = round_.brief, Record(round_.transcript)
    fixes = worth_fixing(brief, grade)[:MOST_OFFERED]
    by_name = {verdict.criterion: verdict for verdict in grade.verdicts}
    shown = [v for v in grade.verdicts if v.verdict in {Outcome.MET, Outcome.PARTIAL} and v.quotes]
    return {
        "fence": f"round {record.fingerprint[:16]}",
        "turns": record.shown,
        "role": grade.role,
        "level": grade.level.value,
        "result": grade.result.band.value if grade.result.band else grade.result.kind.value,
        "scores": [
            {
                "name": brief.rubric.dimension(score.id).name,
                "score": f"{score.score:.1f}",
                "bar": f"{score.bar:.1f}",
            }
            for score in grade.dimensions
            if score.score is not None
        ],
        "shown": [
            {
                "criterion": verdict.criterion,
                "verdict": verdict.verdict.value,
                "text": brief.criteria[verdict.criterion].text,
                "turn": verdict.quotes[0].turn,
                "quote": " ".join(verdict.quotes[0].text.split()[:40]),
            }
            for verdict in shown
        ],
        "fixes": [
            {
                "criterion": each.criterion,
                "verdict": by_name[each.criterion].verdict.value,
                "text": brief.criteria[each.criterion].text,
                "hear": brief.criteria[each.criterion].hear,
                "reason": by_name[each.criterion].reason,
            }
            for each in fixes
        ],
        "flags": [brief.flags[flag.flag].text for flag in grade.flags if flag.stands],
    }


def _draft(reply: str) -> Draft:
    """The reply as a draft. Raises ModelReplyError."""
    begin, end = reply.find("{"), reply.rfind("}")
    try:
        return Draft.model_validate_json(reply[begin : end + 1])
    except ValidationError:
        raise ModelReplyError("The debrief is not in the form it was asked for: ask again.") from None


_TEXT = {"type": "string"}
_CITED = object_of({"turn": _TEXT, "text": _TEXT})
_FORM = object_of(
    {
        "headline": _TEXT,
        "keep": array_of(object_of({"says": _TEXT, "quote": _CITED})),
        "fixes": array_of(
            object_of({"criterion": _TEXT, "quote": _CITED, "hears": _TEXT, "say": _TEXT, "added": array_of(_TEXT)})
        ),
        "moments": array_of(object_of({"turn": _TEXT, "says": _TEXT})),
    }
)
"""The draft's JSON Schema, every field required and nothing else allowed, as the strictest provider wants it."""
