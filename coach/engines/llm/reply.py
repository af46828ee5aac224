"""The judge's reply on the wire: the form it is asked for, and a tolerant reading of what came.

No number stands in it: a model finds evidence and says met, partial or missed; it never grades.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError

from coach.domain.grade import Confidence
from coach.errors import ModelReplyError

VERDICTS = ("met", "partial", "missed")
Entry = TypeVar("Entry", bound=BaseModel)


def _plain(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return [] if value is None else value


def _confidence(value: object) -> object:
    known = _plain(value)
    return known if known in tuple(Confidence) else Confidence.LOW


class CitedReply(BaseModel):
    """Words the model says stand in a turn."""

    turn: str
    text: str


Cited = Annotated[list[CitedReply], BeforeValidator(_as_list)]


class CriterionReply(BaseModel):
    """What the model found on one criterion, in the order it has to work in: evidence before verdict."""

    criterion: str
    quotes: Cited = Field(default_factory=list)
    against: Cited = Field(default_factory=list)
    reason: str = ""
    verdict: Annotated[Literal["met", "partial", "missed"], BeforeValidator(_plain)]
    confidence: Annotated[Confidence, BeforeValidator(_confidence)] = Confidence.LOW


class FlagReply(BaseModel):
    """Whether a position is taken and still held at the end."""

    flag: str
    quotes: Cited = Field(default_factory=list)
    reason: str = ""
    stands: bool


class Reply(NamedTuple):
    """A reply as far as it can be read, by the ids it was asked with."""

    criteria: Mapping[str, CriterionReply]
    flags: Mapping[str, FlagReply]


def form(criteria: int, flags: int) -> dict[str, Any]:
    """JSON Schema for at most so many criteria (`K1`…) and flags (`F1`…).

    It names no dimension, so that all calls of a round share it: providers put it before the messages, and a
    schema that differed would cost the shared prefix. Every field is required and nothing else is allowed, as
    the strictest of them wants it.
    """
    quotes = {"$ref": "#/$defs/quotes"}
    text = {"type": "string"}
    criterion = {
        "criterion": {"type": "string", "enum": [f"K{i + 1}" for i in range(max(1, criteria))]},
        "quotes": quotes,
        "against": quotes,
        "reason": text,
        "verdict": {"type": "string", "enum": list(VERDICTS)},
        "confidence": {"type": "string", "enum": [each.value for each in Confidence]},
    }
    flag = {
        "flag": {"type": "string", "enum": [f"F{i + 1}" for i in range(max(1, flags))]},
        "quotes": quotes,
        "reason": text,
        "stands": {"type": "boolean"},
    }
    lists = {"criteria": array_of(object_of(criterion)), "flags": array_of(object_of(flag))}
    return {**object_of(lists), "$defs": {"quotes": array_of(object_of({"turn": text, "text": text}))}}


def object_of(properties: dict[str, Any]) -> dict[str, Any]:
    """JSON Schema of an object with these properties, every one required and nothing else allowed."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def array_of(items: dict[str, Any]) -> dict[str, Any]:
    """JSON Schema of an array of these."""
    return {"type": "array", "items": items}


def read_reply(text: str) -> Reply:
    """What can be used of a reply: of two entries on one thing the first counts, an entry that is not in the
    form's words is left out. Raises ModelReplyError where the whole is not in the form."""
    begin, end = text.find("{"), text.rfind("}")
    try:
        data = json.loads(text[begin : end + 1])
    except (ValueError, RecursionError):
        raise ModelReplyError("The judge's reply is not JSON: ask again, or use another model.") from None
    lists = [data.get(name) for name in ("criteria", "flags")]
    if not all(isinstance(each, list) for each in lists):
        raise ModelReplyError("The judge's reply is not in the form it was asked for: ask again.")
    criteria: dict[str, CriterionReply] = {}
    flags: dict[str, FlagReply] = {}
    for entry in lists[0]:
        if (criterion := _valid(CriterionReply, entry)) is not None:
            criteria.setdefault(criterion.criterion, criterion)
    for entry in lists[1]:
        if (flag := _valid(FlagReply, entry)) is not None:
            flags.setdefault(flag.flag, flag)
    return Reply(criteria, flags)


def _valid(kind: type[Entry], entry: object) -> Entry | None:
    try:
        return kind.model_validate(entry)
    except ValidationError:
        return None
