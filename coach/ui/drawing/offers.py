"""Models to pick: which there are and at what price, whether what was typed names one, and with which key it is
used. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from coach.chat_models import key_name, provider
from coach.chat_models.prices import models, price
from coach.domain.estimate import estimate
from coach.errors import CoachError
from coach.keys import Keys, Source

OFFLINE = "Offline: no model"
"""Stands first among the models to pick."""
PROVIDERS = ("openai", "anthropic")
"""Those whose models are listed."""
LENGTHS = (12, 35, 45)
"""Minutes of the rounds whose cost is told beforehand."""
HOW_TO_WRITE = "write provider:model, such as openai:gpt-5.4-mini"

_NO_ADDRESS = re.compile(r"(?!.*@https?://[^/]).*@.*[/:]")
_BETWEEN = " · "
"""Between a model and its price."""


class KeyState(StrEnum):
    """With which key a model is used."""

    PAGE = "key from this page"
    ENVIRONMENT = "key from the environment"
    FILE = "key from the secrets file"
    NEEDS_NONE = "needs no key"
    GOES_WITHOUT = "without a key"
    MISSING = "no key yet"


class Cost(NamedTuple):
    """What a round of so many minutes and its grading are expected to cost, in US dollars: nothing offline, None
    where the price is not known."""

    minutes: int
    interviewer: float | None
    judge: float | None

    @property
    def together(self) -> float | None:
        return None if self.interviewer is None or self.judge is None else self.interviewer + self.judge


def offers(keys: Keys, also: Iterable[str] = ()) -> list[str]:
    """What stands in the list: offline, then each model with its price, those of providers with a key first; `also`
    are further ones, such as those in use."""
    ordered = sorted(PROVIDERS, key=lambda name: keys.source(name) is None)
    priced = {
        f"{name}:{offer.model}": f"{_dollars(offer.input_usd)} in, {_dollars(offer.output_usd)} out"
        for name in ordered
        for offer in models(name)
    }
    further = [spec for spec in dict.fromkeys(also) if spec not in priced]
    return [OFFLINE, *further, *(f"{spec}{_BETWEEN}{cost}" for spec, cost in priced.items())]


def line_of(spec: str | None, lines: Iterable[str]) -> str:
    """The line of the list that stands for a model, or for none."""
    if spec is None:
        return OFFLINE
    return next((line for line in lines if line.partition(_BETWEEN)[0] == spec), spec)


def picked(line: str | None, fallbacks: str | None = "") -> tuple[str, ...]:
    """The models that a line of the list, or what was typed in its place, and the fallbacks name; none is
    offline."""
    first = tuple(_listed((line or "").partition(_BETWEEN)[0]))
    if not first or line == OFFLINE or first[0].lower() == "offline":
        return ()
    return tuple(dict.fromkeys((*first, *_listed(fallbacks or ""))))


def problem(spec: str, name: str = "This") -> str | None:
    """What is wrong with how the model called `name` is written; None where nothing is. What holds no colon is not
    repeated: it may be a key in the wrong field."""
    if ":" not in spec:
        return f"{name} names no model: {HOW_TO_WRITE}."
    if any(sign.isspace() for sign in spec):
        return f"{name} has blanks in it: {HOW_TO_WRITE}."
    if _NO_ADDRESS.match(spec):
        return f"{name} has no address after @: write @http://HOST:PORT/v1."
    try:
        key_name(spec)
    except CoachError as error:
        return str(error)
    return None


def key_state(spec: str, keys: Keys) -> KeyState:
    """With which key a model is used. Raises CoachError where `problem` finds something."""
    name = key_name(spec)
    if name is None:
        return KeyState.NEEDS_NONE
    match keys.source(name):
        case Source.PAGE:
            return KeyState.PAGE
        case Source.ENVIRONMENT:
            return KeyState.ENVIRONMENT
        case Source.FILE:
            return KeyState.FILE
    needed = provider(spec.partition(":")[0].strip()).KEY_NEEDED and "@http" not in spec
    return KeyState.MISSING if needed else KeyState.GOES_WITHOUT


def costs(interviewer: str | None, judge: str | None) -> list[Cost]:
    """For each of LENGTHS, with the first choice for each role; None is offline."""
    found = []
    for minutes in LENGTHS:
        uses = estimate(minutes)
        found.append(
            Cost(
                minutes,
                price(interviewer, uses.interviewer) if interviewer else 0.0,
                price(judge, uses.judge) if judge else 0.0,
            )
        )
    return found


def _dollars(amount: float) -> str:
    return f"${amount:,.2f}".removesuffix(".00")


def _listed(text: str) -> Iterator[str]:
    return (spec for part in text.split(",") if (spec := part.strip()))
