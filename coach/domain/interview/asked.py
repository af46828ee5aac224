"""What a question asks, read from its form: what it names and of which whole, what it wants counted, and whether it
wants to know who, why, how it is done, since when, by which name or which is the most so."""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.domain.interview.everyday import KINDS
from coach.domain.interview.units import Unit, keys, units

COUNTS = r"how (?:many|much)|number of|amount of"
_PART_OF = re.compile(
    rf"(\b(?:{COUNTS}|(?:(?:what|which) )?(?:share|portion|fraction|percentage|percent|part|proportion)"
    r"|which|what)|^) ?\bof (?:all )?(?:the|our|your|all|these|those) (?P<whole>(?:\w+ )?\w+s\b|\w+)",
    re.IGNORECASE,
)
"""Of a given whole, a part is asked for: the whole is no sign of what is asked ("how many of the posts …")."""
_RELATIVE = re.compile(
    r"\b((?:\w+s|people|person|staff|someone|somebody|anyone|one|those)) who\b"
    r"|\b((?!know|me|wonder|ask|of|on|and|or|so|but|to|sure|clear|idea|from)\w+) where\b"
    r"|\bwhere(?= (?:do|does|should|is|are) .*"
    r"\b(?:want|stands?|stuck|struggles?|falls?|fails?|(?:go|goes) wrong)\b)",
    re.IGNORECASE,
)
"""Who and where, as they ask for nobody and no place."""
OF_THE_TALK = re.compile(
    r"\b(?:does|do|did) (?:that|this|it|i) (?:\w+ )?(?:make|sound|look|seem)\b"
    r"|\bam i (?:on|right|correct|going|missing)\b"
    r"|\bis (?:that|this|it) (?:\w+ )?(?:right|correct|okay|ok|fine|clear|good|reasonable|enough)\W*$",
    re.IGNORECASE,
)
"""Asks about the talk or the candidate's own words."""
_NOUN = (
    r"(?!(?:do|does|did|is|are|was|were|can|could|should|would|will|have|has|had|of|in|on|to|for|a|an|the|we|you"
    r"|they|it|i|there|that|may|must|per|at|from|get|gets|come|comes|end|up|about|and|or|by|with|between)\b)[\w'-]+"
)
COUNTED = re.compile(
    rf"\b(?:{COUNTS}) (?:(?:the|these|those|our|new|different|other|actual|average|exact) )*"
    rf"({_NOUN}(?: {_NOUN}){{0,2}})",
    re.IGNORECASE,
)
"""What a question wants counted."""
_HEADED = re.compile(
    rf"\b(?:which|what)(?: (?:kind|kinds|sort|sorts|type|types) of)? (?!else\b|all\b)({_NOUN})", re.IGNORECASE
)
"""What "which" or "what" stands before."""

WAYS = {
    "who": re.compile(
        r"\bwho(?:'s|se|m)?\b|\b(?:which|what) (?:team|department|person|people|vendor|company|agency)\b",
        re.IGNORECASE,
    ),
    "why": re.compile(r"\bwhy\b|\bhow come\b|\bwhat (?:is|was|are|were) the reasons?\b", re.IGNORECASE),
    "how": re.compile(r"\bhow (?:is|are|was|were|do|does|did|has|have|had)\b", re.IGNORECASE),
    "when": re.compile(r"\bwhen (?:did|was|were)\b|\bhow old\b|\bhow (?:many|much)\b.* did\b", re.IGNORECASE),
    "name": re.compile(
        r"\b(?:which|what)(?: [\w-]+){1,4} (?:do|does|did|are|is) (?:we|the company)"
        r" (?:\w+ly )?(?:us(?:e|ing)|run(?:ning)?|buy|on|in|with|at)(?: on| in)?\W*$",
        re.IGNORECASE,
    ),
    "most": re.compile(
        r"\b(?:which\b|what(?:'s| is| are) the (?=most|least|\w+est\b)).*"
        r"\b(?:most|least|best|worst|\w{3,}(?<!qu)(?<!lat)(?<!inter)est)\b",
        re.IGNORECASE,
    ),
}
"""Ways to ask whose answer is no part of a fact merely because it tells of the same things."""


class Asked(NamedTuple):
    """A question as it is matched."""

    units: tuple[Unit, ...]
    keys: frozenset[str]
    named: list[Unit]
    """What it is about, also the whole it asks a part of."""
    whole: list[Unit]
    counted: list[Unit]
    head: list[Unit]
    ways: frozenset[str]
    """Whether it wants to know who, why, how, since when, by which name or which most."""


def read(question: str) -> Asked:
    """A question by its form."""
    plain = _RELATIVE.sub(r"\1\2", question)
    part = _PART_OF.search(plain)
    asked = units(_PART_OF.sub(r"\1", plain))
    named = [unit for unit in asked if not unit.light and not unit.ideas & KINDS]
    whole = [unit for unit in units(part["whole"]) if not unit.light] if part else []
    return Asked(
        units=asked,
        keys=keys(asked),
        named=[*named, *whole],
        whole=whole,
        counted=_head(COUNTED, plain),
        head=_head(_HEADED, plain),
        ways=ways(plain),
    )


def ways(text: str) -> frozenset[str]:
    """Who, why, how, since when, by which name and which most, as far as a text asks it."""
    return frozenset(way for way, pattern in WAYS.items() if pattern.search(text))


def _head(pattern: re.Pattern[str], question: str) -> list[Unit]:
    """The units of what a question stands before, none where it stands before nothing."""
    match = pattern.search(question)
    return [unit for unit in units(match[1]) if not unit.ideas & KINDS] if match else []
