"""A transcript from any file or upload: told by its name, else by its first line, and never more than a problem."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.content.files import parse_transcript, read_transcript
from coach.domain.round import Setup
from coach.domain.transcript import Transcript
from coach.errors import ContentError
from tests.builders import GOLDEN

PLAIN = "Scenario: document-qa\nInterviewer: Where to start?\nCandidate: With who asks."
SHORT = {"schema": "transcript/v1", "scenario": "document-qa", "turns": [{"speaker": "candidate", "text": "Yes."}]}
YAML = "schema: transcript/v1\nscenario: document-qa\nturns:\n- {speaker: candidate, text: Yes.}\n"


def told(name: str, data: bytes | str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse_transcript(name, data if isinstance(data, bytes) else data.encode())
    return [str(problem) for problem in caught.value.problems]


def outcome(name: str, data: bytes) -> Transcript | ContentError:
    try:
        return parse_transcript(name, data)
    except ContentError as error:
        return error


@pytest.mark.parametrize(
    "file", sorted(GOLDEN.glob("*/p?.yaml")), ids=lambda file: f"{file.parent.name}-{file.stem}"
)
def test_an_upload_is_read_as_the_file_is(file: Path) -> None:
    assert parse_transcript(file.name, file.read_bytes()) == read_transcript(file)


@pytest.mark.parametrize("name", ["x.yaml", "x.YML", "x.txt", "x", "x.md"])
def test_yaml_is_told_by_its_ending_or_its_keys(name: str) -> None:
    expected = Transcript.model_validate(SHORT)
    assert parse_transcript(name, YAML.encode()) == expected
    assert parse_transcript(name, f"# mine\nrole: product\nlevel: senior\n{YAML}".encode()) == expected


@pytest.mark.parametrize("name", ["x.json", "x.JSON", "x.txt", "x"])
def test_json_is_told_by_its_ending_or_its_brace(name: str) -> None:
    assert parse_transcript(name, json.dumps(SHORT, indent="\t").encode()) == Transcript.model_validate(SHORT)


def test_plain_text_is_what_is_left_and_a_file_of_it_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "interview.md"
    file.write_text(PLAIN, encoding="utf-8")
    assert read_transcript(file) == parse_transcript("interview", PLAIN.encode())
    assert [turn.text for turn in read_transcript(file).candidate] == ["With who asks."]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.yaml", "turns:\n- speaker: candidate\n  text: a: b\n", "[ERROR] x.yaml:3: not valid YAML"),
        ("x.txt", "turns:\n- speaker: candidate\n  text: a: b\n", "[ERROR] x.txt:3: not valid YAML"),
        ("x.yaml", "Interviewer: Why: so?\n", "[ERROR] x.yaml:1: not valid YAML"),
        ("x.json", PLAIN, "[ERROR] x.json:1: not valid JSON"),
        ("x.txt", '{"turns": [}', "[ERROR] x.txt:1: not valid JSON"),
        ("x.yaml", YAML.encode("utf-16"), "[ERROR] x.yaml:1: is not UTF-8 text"),
    ],
)
def test_a_broken_file_is_told_as_what_it_was_meant_to_be(name: str, content: bytes | str, says: str) -> None:
    (line,) = told(name, content)
    assert line.startswith(says)


def test_yaml_and_json_name_their_own_setup() -> None:
    chosen = Setup.model_validate({"scenario": "semantic-search", "level": "staff"})
    assert parse_transcript("x.yaml", YAML.encode(), chosen) == Transcript.model_validate(SHORT)
    with pytest.raises(ContentError, match="scenario: is missing"):
        parse_transcript("x.yaml", b"turns: []", chosen)


@pytest.mark.parametrize(
    ("name", "shown"), [("", "transcript"), ("a\n\x1b[31mb", "a [31mb"), ("a\0b.txt", "a b.txt")]
)
def test_an_odd_name_is_shown_in_one_line(name: str, shown: str) -> None:
    assert told(name, b"") == [f"[ERROR] {shown}: the file is empty"]


def test_a_missing_scenario_names_the_line_to_add_and_the_ids(tmp_path: Path) -> None:
    file = tmp_path / "x.txt"
    file.write_text("Candidate: Yes.", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_transcript(file, scenarios=["document-qa", "tiny"])
    said = "scenario: is missing; add `Scenario: ID` as the first line, ID being one of document-qa, tiny"
    assert str(caught.value) == f"[ERROR] {file}:1: {said}"


NAMES = st.sampled_from(["x.txt", "x.yaml", "x.json", "x", "x.md"]) | st.text(max_size=10)
PIECES = st.sampled_from(
    [
        b"Candidate:",
        b"\n",
        b"[99:99] ",
        b"Q: ",
        b"turns:",
        b"{",
        b"Scenario: ",
        b"\xff\xfe",
        b"\0",
        b"**",
        b"Minutes: 1",
    ]
)


@given(
    name=NAMES, data=st.binary(max_size=200) | st.lists(PIECES | st.binary(max_size=4), max_size=20).map(b"".join)
)
def test_any_bytes_are_a_transcript_or_problems(name: str, data: bytes) -> None:
    came_out = outcome(name, data)
    if isinstance(came_out, Transcript):
        assert came_out.scenario
    else:
        assert came_out.problems
        assert all("\n" not in str(problem) for problem in came_out.problems)
