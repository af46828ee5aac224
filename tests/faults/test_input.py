"""Transcripts nobody meant: one clear line each, or a grade, and never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.domain.grade import Grade
from tests.builders import DATA, GOLDEN
from tests.cli.command import Ran, coach

SAID = [block.strip() for block in (DATA / "weak.txt").read_text(encoding="utf-8").split("---\n")]


def written(folder: Path, content: bytes | str | dict[str, Any], name: str = "round.json") -> Path:
    path = folder / name
    if isinstance(content, dict):
        content = json.dumps({"schema": "transcript/v1", "scenario": "document-qa", **content})
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def turns(*speakers: str, **more: object) -> list[dict[str, object]]:
    return [
        {"speaker": speaker, "text": SAID[number % len(SAID)], **more} for number, speaker in enumerate(speakers)
    ]


def complains(ran: Ran) -> bool:
    """Whether the problems are lines of their own on standard error, and status 1."""
    lines = ran.err.splitlines()
    return ran.status == 1 and not ran.out and bool(lines) and all(line.startswith("[ERROR] ") for line in lines)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02", ""),
        (b"\xff\xfe\x00s", "UTF-8"),
        ("schéma: transcript/v1".encode("latin-1"), "UTF-8"),
        (b"[1, 2, 3]", "a list"),
        (b"{", "not valid JSON"),
        (b'{"schema": "transcript/v1"}', "scenario"),
        (b'{"schema": "transcript/v2", "scenario": "document-qa"}', "transcript/v1"),
        (b'{"scenario": "document-qa", "turns": {"speaker": "candidate"}}', "turns"),
        (b'{"scenario": "document-qa", "turns": [7]}', "turns"),
        (b'{"scenario": "document-qa", "turns": [{"speaker": "judge", "text": "x"}]}', "speaker"),
        (b'{"scenario": "document-qa", "turns": [{"speaker": "candidate", "txt": "x"}]}', "did you mean 'text'"),
        (b'{"scenario": "document-qa", "turns": [{"speaker": "candidate", "text": "\\ud800"}]}', "text"),
        (b'{"scenario": "document-qa", "turns": [{"speaker": "candidate", "text": "x", "at": NaN}]}', "NaN"),
        (b'{"scenario": "document-qa", "turns": [{"speaker": "candidate", "text": "x", "at": -1}]}', "at"),
        (b'{"scenario": "document-qa", "minutes": 1e999, "turns": []}', ""),
        (b'{"scenario": "../../etc/passwd", "turns": []}', "scenario"),
        (b'{"a": ' * 5_000 + b"1" + b"}" * 5_000, "nested"),
        (b'{"a": "' + b"x" * 5_000_001 + b'"}', "larger than 5 MB"),
    ],
)
def test_what_is_no_transcript_is_told_line_by_line(content: bytes, says: str, tmp_path: Path) -> None:
    ran = coach("grade", written(tmp_path, content), home=tmp_path)
    assert complains(ran), (ran.status, ran.out, ran.err)
    assert says in ran.err


@pytest.mark.parametrize(
    "content",
    [
        "a: &a [*a]",
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n",
        "- " * 3_000,
        "{" * 3_000,
        "!!python/object/apply:os.system ['true']",
        "turns: [\n",
        "\tscenario: document-qa",
        "scenario: document-qa\nscenario: document-qa\nturns: []",
    ],
)
def test_yaml_meant_to_harm_is_told_line_by_line(content: str, tmp_path: Path) -> None:
    ran = coach("grade", written(tmp_path, content, "round.yaml"), home=tmp_path)
    assert complains(ran), (ran.status, ran.out, ran.err)


def test_every_problem_of_a_transcript_is_told_at_once(tmp_path: Path) -> None:
    wrong = {"role": 7, "level": "junior", "minutes": "long", "turns": [{"speaker": "nobody"}, {"txt": "x"}]}
    ran = coach("grade", written(tmp_path, wrong), home=tmp_path)
    assert complains(ran)
    assert len(ran.err.splitlines()) >= 6


@pytest.mark.parametrize(
    "said",
    [
        {"turns": []},
        {"turns": turns("interviewer")},
        {"turns": turns(*["interviewer"] * 12)},
        {"turns": turns(*["candidate"] * 12)},
        {"turns": turns("candidate", "interviewer"), "minutes": 1},
        {"turns": [{"speaker": "candidate", "text": ""}]},
        {"turns": [{"speaker": "candidate", "text": " \n\t\u200b\x00"}]},
        {"turns": [{"speaker": "candidate", "text": "e\u0301\u202e\U0001f600" * 400}]},
        {"turns": [{"speaker": "candidate", "text": "word " * 39_000}]},
        {"turns": turns(*["candidate"] * 3, at=1e300)},
        {"turns": turns("interviewer", "candidate", move="probe", probe="nothing.known", dimension="nowhere")},
        {"turns": turns("interviewer", "candidate", move="fact", fact="unheard-of")},
        {"turns": turns("interviewer", "candidate", move="hint", hint=3, criteria=["data.unheard-of"])},
        {"turns": turns("interviewer", "candidate", move="curveball", curveball="unheard-of")},
    ],
)
def test_an_odd_round_gets_a_complete_grade(said: dict[str, Any], tmp_path: Path) -> None:
    file = written(tmp_path, said)
    ran = coach("grade", file, "--json", "-", home=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    grade = Grade.model_validate_json(ran.out)
    assert len(grade.dimensions) == 9
    assert len({verdict.criterion for verdict in grade.verdicts}) == len(grade.verdicts) == 54
    assert coach("grade", file, home=tmp_path).status == 0


@pytest.mark.slow
def test_ten_thousand_turns_are_graded(tmp_path: Path) -> None:
    """Grading takes time in proportion to the turns: this hangs where it does not."""
    long = [
        {"speaker": speaker, "text": f"{SAID[number % len(SAID)]} Number {number}.", **asked}
        for number in range(5_000)
        for speaker, asked in (("interviewer", {"move": "follow_up"}), ("candidate", {}))
    ]
    ran = coach("grade", written(tmp_path, {"turns": long}), "--json", "-", home=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert len(Grade.model_validate_json(ran.out).verdicts) == 54


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(SAID),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
KEYS = "id at interrupted heard board move dimension probe fact hint criteria curveball notes".split()
WORDS = "candidate interviewer probe hint fact evals evals.depth corpus C1 I1".split()
VALUES = st.sampled_from(WORDS) | st.sampled_from(SAID) | st.integers(-1, 4) | JSON
SPEAKERS = st.sampled_from(["candidate", "interviewer"])
TURN = st.fixed_dictionaries(
    {"speaker": SPEAKERS, "text": st.text(max_size=60) | st.sampled_from(SAID)},
    optional=dict.fromkeys(KEYS, VALUES),
)
TRANSCRIPT = st.fixed_dictionaries(
    {"scenario": st.sampled_from(["document-qa", "semantic-search"]), "turns": st.lists(TURN, max_size=12)},
    optional={
        "schema": st.just("transcript/v1"),
        "role": st.sampled_from(["product", "infra"]),
        "minutes": st.integers(0, 300),
        "level": st.sampled_from(["mid", "staff"]),
    },
)


@pytest.mark.slow
@settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=TRANSCRIPT | JSON)
def test_any_json_is_graded_or_told_line_by_line(content: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.getbasetemp()
    ran = coach("grade", written(folder, json.dumps(content)), "--json", "-", home=folder)
    if ran.status == 0:
        assert ran.err == ""
        Grade.model_validate_json(ran.out)
    else:
        assert complains(ran), (ran.status, ran.out, ran.err)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_good_file_with_bytes_changed_is_graded_or_told(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray((GOLDEN / "document-qa" / "p1.yaml").read_bytes()[:3_000])
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.getbasetemp()
    ran = coach("grade", written(folder, bytes(content), "round.yaml"), home=folder)
    assert ran.status == 0 or complains(ran), (ran.status, ran.out, ran.err)
