"""JSON Schemas of the formats, for editors and other tools, generated from the models of the domain."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from coach.domain.attack import Attack, Benign
from coach.domain.grade import Grade
from coach.domain.labels import Labels
from coach.domain.planted import Planted
from coach.domain.prices import PriceCard
from coach.domain.rubric import Rubric
from coach.domain.scenario import Scenario
from coach.domain.transcript import Transcript
from coach.domain.value import Value
from coach.domain.walkthrough import Walkthrough

FOLDER = Path(__file__).parent
REFRESH = "python -m coach.content.schemas"
FORMATS: dict[str, tuple[type[Value], Literal["validation", "serialization"]]] = {
    "scenario": (Scenario, "validation"),
    "rubric": (Rubric, "validation"),
    "prices": (PriceCard, "validation"),
    "transcript": (Transcript, "validation"),
    "labels": (Labels, "validation"),
    "walkthrough": (Walkthrough, "validation"),
    "planted": (Planted, "validation"),
    "attack": (Attack, "validation"),
    "benign": (Benign, "validation"),
    "grade": (Grade, "serialization"),
}
"""Written by people, so what may be left out is optional; but a grade is written by code, in full."""


def path(name: str) -> Path:
    """The committed schema of a format: `path("scenario")`."""
    return FOLDER / f"{name}.v1.json"


def generate() -> dict[Path, str]:
    """Every schema file and what should stand in it."""
    return {path(name): _text(name, model, mode) for name, (model, mode) in FORMATS.items()}


def _text(name: str, model: type[Value], mode: Literal["validation", "serialization"]) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{name}/v1"}
    schema |= {key: part for key, part in model.model_json_schema(mode=mode).items() if key != "title"}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
