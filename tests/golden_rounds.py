"""The labelled rounds in `golden/`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from coach.content import golden as content
from coach.content.library import FileLibrary
from coach.domain.golden import GoldenRound
from coach.domain.transcript import Speaker, Transcript, Turn

FOLDER = Path(__file__).parents[1] / "golden"


@cache
def golden_rounds() -> tuple[GoldenRound, ...]:
    """Every round with its labels, by name (`document-qa/p1`)."""
    return tuple(content.golden_rounds(FOLDER, FileLibrary()))


def golden_round(name: str) -> GoldenRound:
    return next(each for each in golden_rounds() if each.name == name)


def conversation(*said: str, scenario: str = "document-qa", probe: str = "evals.clarify") -> Transcript:
    """An interviewer and a candidate in turn, beginning with the interviewer, whose first turn is the `probe`."""
    turns = []
    for i, text in enumerate(said):
        number = i // 2 + 1
        if i % 2:
            turns.append(Turn(id=f"C{number}", speaker=Speaker.CANDIDATE, text=text))
        else:
            asked = {"move": "probe", "probe": probe} if i == 0 else {}
            turns.append(Turn.model_validate({"id": f"I{number}", "speaker": "interviewer", "text": text, **asked}))
    return Transcript.model_validate(
        {"scenario": scenario, "role": "product", "level": "senior", "turns": tuple(turns)}
    )
