"""Calls to models: what is sent, what came of it, and what it cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field

from coach.domain.grade import Cost
from coach.domain.value import Value
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError


class Purpose(StrEnum):
    """What a call is for."""

    INTERVIEW = "interview"
    JUDGE = "judge"
    DEBRIEF = "debrief"
    CANDIDATE = "candidate"
    TRIAL = "trial"
    HEAR = "hear"
    SPEAK = "speak"


class Message(Value):
    """One message to a model."""

    role: Literal["system", "user", "assistant"]
    text: str
    stable: bool = False
    """Later requests begin with the same messages up to this one, so that a provider may cache them."""


class Request(Value):
    """What a model is asked, the same for every provider."""

    messages: Annotated[tuple[Message, ...], Field(min_length=1)]
    max_tokens: Annotated[int, Field(ge=1)]
    """Of the reply."""
    form: Mapping[str, Any] | None = None
    """JSON Schema the reply must follow; without one it is free text."""
    cache_key: str | None = None
    """Requests with the same key share a prefix."""
    timeout: Annotated[float, Field(gt=0)] = 30.0
    """Seconds to wait for the next piece of the reply."""


class Usage(Value):
    """Tokens of one call. `cached_tokens` are those of `input_tokens` that the provider had kept."""

    input_tokens: Annotated[int, Field(ge=0)] = 0
    cached_tokens: Annotated[int, Field(ge=0)] = 0
    output_tokens: Annotated[int, Field(ge=0)] = 0


class CallOutcome(StrEnum):
    """How a call ended."""

    REPLIED = "replied"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    UNUSABLE = "unusable"
    CLOSED = "closed"
    """We had heard enough, or nobody was listening any more."""

    @classmethod
    def of(cls, error: ModelError) -> CallOutcome:
        """How a call ended that raised `error`."""
        match error:
            case ModelRefusedError():
                return cls.REFUSED
            case ModelReplyError():
                return cls.UNUSABLE
            case ModelUnavailableError() | _:
                return cls.UNAVAILABLE


class Call(Value):
    """One call as the log keeps it. Never holds a key or a word of what was said."""

    purpose: Purpose
    model: str
    """`provider:model`."""
    prompt: str
    """Version of the prompt files it was rendered from."""
    at: datetime
    attempts: Annotated[int, Field(ge=1)] = 1
    """Requests sent."""
    outcome: CallOutcome | None = None
    """None while it is under way, and for ever where the process died."""
    usage: Usage | None = None
    """None where the provider did not say."""
    usd: Annotated[float, Field(ge=0)] | None = None
    """US dollars: the most it can cost while it is under way, then what it did. None where the price is not
    known."""
    first_seconds: float | None = None
    """From sending to the first piece."""
    seconds: float | None = None
    """From sending to the end."""


class Caps(Value):
    """The most that models may cost, in US dollars; None is no cap."""

    round_usd: Annotated[float, Field(ge=0)] | None = None
    month_usd: Annotated[float, Field(ge=0)] | None = None


class Spending(Value):
    """What several calls came to."""

    usd: float = 0.0
    """Of those whose price is known."""
    unpriced: int = 0
    """Calls whose price is not known."""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    calls: int = 0
    seconds: float = 0.0


def judging(calls: Iterable[Call]) -> list[Call]:
    """Those sent to judges, in the same order."""
    return [call for call in calls if call.purpose is Purpose.JUDGE]


def cost_of(calls: Sequence[Call]) -> Cost:
    """What they came to, as a grade says it; a price that is not known is 0."""
    used = [call.usage or Usage() for call in calls]
    return Cost(
        usd=sum(call.usd or 0.0 for call in calls),
        input_tokens=sum(usage.input_tokens for usage in used),
        cached_tokens=sum(usage.cached_tokens for usage in used),
        output_tokens=sum(usage.output_tokens for usage in used),
        calls=len(used),
        seconds=sum(call.seconds or 0.0 for call in calls),
    )


def month_of(now: datetime) -> datetime:
    """When the calendar month of `now` began in UTC, by which a month's cap counts."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
