"""What people say in the rounds that are measured: long answers of a round that was written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path

from coach.content.files import read_transcript

WRITTEN = sorted((Path(__file__).parents[2] / "golden" / "document-qa").glob("p?.yaml"))
SHORTEST = 40
"""Words. What is shorter, or asks, may be answered with a fact, and needs no model."""


def long_answers() -> tuple[str, ...]:
    """Each answer once."""
    turns = [turn for path in WRITTEN for turn in read_transcript(path).candidate]
    return tuple(turn.text for turn in turns if "?" not in turn.text and len(turn.text.split()) >= SHORTEST)


def answers(who: str) -> Iterator[str]:
    """Without end, each with a mark of its own in front."""
    for number, text in zip(count(1), cycle(long_answers()), strict=False):
        yield f"{mark(who, number)} {text}"


def mark(who: str, number: int) -> str:
    return f"({who}, {number})"
