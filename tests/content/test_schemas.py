"""The committed JSON Schemas say what the models say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from coach.content.places import builtin
from coach.content.reading import read
from coach.content.schemas import FOLDER, FORMATS, REFRESH, generate, path
from tests.content.builders import DATA, TEMPLATE


def test_every_format_has_a_schema_and_no_other_lies_there() -> None:
    assert sorted(FOLDER.glob("*.json")) == sorted(generate())
    assert len(FORMATS) == 10


@pytest.mark.parametrize("file", sorted(generate()), ids=lambda file: file.name)
def test_a_schema_is_fresh(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == generate()[file], f"stale: run `{REFRESH}`"


GOLDEN = Path(__file__).parents[2] / "golden" / "document-qa"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("scenario", builtin("scenarios") / "document-qa.yaml"),
        ("scenario", TEMPLATE),
        ("rubric", builtin("rubrics") / "ai-system-design.yaml"),
        ("prices", builtin("scenarios") / "prices" / "neutral-card.yaml"),
        ("walkthrough", builtin("scenarios") / "walkthroughs" / "document-qa.yaml"),
        ("transcript", GOLDEN / "p1.yaml"),
        ("labels", GOLDEN / "p1.labels.yaml"),
    ],
)
def test_shipped_files_satisfy_their_schema(name: str, file: Path) -> None:
    schema = json.loads(path(name).read_text(encoding="utf-8"))
    value = json.loads(json.dumps(read(file).composed.value))  # keys as text, as JSON has them
    jsonschema.Draft202012Validator(schema).validate(value)


def test_a_file_with_mistakes_does_not() -> None:
    schema = json.loads(path("scenario").read_text(encoding="utf-8"))
    value = json.loads(json.dumps(read(DATA / "eight-mistakes.yaml").composed.value))
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(value))
