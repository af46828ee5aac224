"""Criteria whose answer is known, hidden among the others: who gets one wrong is not judging."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import NamedTuple

from coach.engines.llm.reply import CriterionReply
from coach.ports import Prompts

CANARIES = "judge/canaries"


class Canary(NamedTuple):
    """A criterion that nobody can meet, or that everybody does."""

    holds: bool
    text: str
    hear: str
    near_miss: str


def choose(prompts: Prompts, seed: str) -> tuple[Canary, Canary]:
    """One that is never true and one that always is, the same for the same seed. Raises ContentError where the
    prompt file does not hold them."""
    return _one(prompts, "never", seed, holds=False), _one(prompts, "always", seed, holds=True)


def _one(prompts: Prompts, block: str, seed: str, *, holds: bool) -> Canary:
    written = [line for line in prompts.render(CANARIES, block).splitlines() if line.strip()]
    number = int(sha256(f"{seed} {block}".encode()).hexdigest(), 16) % len(written)
    text, hear, near_miss = (part.strip() for part in written[number].split("|"))
    return Canary(holds, text, hear, near_miss)


def are_right(canaries: Mapping[str, Canary], said: Mapping[str, CriterionReply]) -> bool:
    """Whether a reply gave the known answer on every canary (by id). To leave one out is to get it wrong."""
    return all(id_ in said and (said[id_].verdict != "missed") == canary.holds for id_, canary in canaries.items())
