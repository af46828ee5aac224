"""The labelled rounds in `golden/`, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from coach.content.files import read_transcript
from coach.content.library import FileLibrary
from coach.content.reading import read
from coach.content.shape import validate
from coach.domain.labels import Labels
from coach.domain.rubric import Brief
from coach.domain.transcript import Speaker, Transcript, Turn

FOLDER = Path(__file__).parents[1] / "golden"


class GoldenRound(NamedTuple):
    name: str
    brief: Brief
    transcript: Transcript
    labels: Labels


@cache
def golden_rounds() -> tuple[GoldenRound, ...]:
    """Every round with the writer's labels, by name (`document-qa/p1`)."""
    library = FileLibrary()
    rounds = []
    for path in sorted(FOLDER.glob("*/p?.labels.yaml")):
        labels, problems = validate(read(path), Labels)
        assert labels is not None, problems
        transcript = read_transcript(path.with_name(path.name.replace(".labels", "")))
        rounds.append(GoldenRound(labels.transcript, library.brief(transcript.scenario), transcript, labels))
    return tuple(rounds)


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
