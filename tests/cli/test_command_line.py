"""What every command shares: help at once, one line for an error, and the exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import DATA, GOLDEN
from tests.cli.command import COMMAND, coach, coach_process, environment

HEAVY = (
    "alembic",
    "jinja2",
    "pydantic",
    "pydantic_settings",
    "rapidfuzz",
    "rich",
    "ruamel",
    "snowballstemmer",
    "sqlalchemy",
    "streamlit",
    "yaml",
)
"""What only a command that runs may import."""


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    seen = (
        "import sys\n"
        "sys.argv = ['coach', '--help']\n"
        "from coach.cli import main\n"
        "try:\n"
        "    main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code\n"
        "print('MODULES', *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", seen], capture_output=True, text=True, check=True, env=environment(tmp_path)
    )
    assert "Mock interviews" in ran.stdout
    imported = set(ran.stdout.rpartition("MODULES")[2].split())
    assert "typer" in imported
    assert imported.isdisjoint(HEAVY)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["play", "document-qq"], "did you mean 'document-qa'?"),
        (["play", "nothing-like-it"], "semantic-search"),
        (["play"], "Missing argument"),
        (["play", "document-qa", "--level", "principal"], "'mid', 'senior' or 'staff'"),
        (["play", "document-qa", "--style", "rude"], "'supportive', 'neutral' or 'challenging'"),
        (["play", "document-qa", "--minutes", "3"], "--minutes"),
        (["play", "document-qa", "--role", "boss"], "choose one of product, applied, infra"),
        (["play", "document-qa", "--engine", "oracle"], "choose one of offline"),
        (["play", "Document QA"], "SCENARIO"),
        (["play", "document-qa", "--answers", "no-such-file.txt"], "no-such-file.txt"),
        (["play", "document-qa", "--answers", "."], "is a directory"),
        (["play", "document-qa", "--out", "no/such/folder/r.json"], "no/such/folder"),
        (["play", "document-qa", "--out", "."], "is a folder"),
        (["play", "document-qa", "--resume", "nobody-knows"], "No round 'nobody-knows'"),
        (["grade", "no-such-file.json"], "no-such-file.json"),
        (["grade", "."], "is a directory"),
        (["grade", str(GOLDEN / "document-qa" / "p1.yaml"), "--engine", "oracle"], "choose one of offline"),
        (["grade", str(GOLDEN / "document-qa" / "p1.yaml"), "--json", "no/such/r.json"], "no/such"),
        (["export", "nobody-knows"], "No round 'nobody-knows'"),
        (["export", "nobody-knows", "--format", "docx"], "choose"),
        (["calibrate", "no-such-folder"], "no-such-folder"),
        (["calibrate", str(GOLDEN), "--engine", "oracle"], "choose one of offline"),
        (["new", "scenario", "Not An Id"], "did you mean 'not-an-id'?"),
        (["run", "--port", "99999"], "65535"),
        (["run", "--port", "tcp"], "--port"),
        (["bogus"], "No such command 'bogus'"),
        (["play", "document-qa", "--colour"], "--colour"),
    ],
)
def test_wrong_use_is_one_line_and_status_2(arguments: list[str], says: str, tmp_path: Path) -> None:
    ran = coach(*arguments, home=tmp_path / "home", cwd=tmp_path)
    assert ran.status == 2
    assert ran.is_one_line, (ran.out, ran.err)
    assert says in ran.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "No answers"),
        (b" \n\n", "No answers"),
        (b"---\n---\n", "No answers"),
        (b"\x7fELF\x02\x01\x01\x00\xff\xfe", "not UTF-8"),
        (b"one\n---\n" + b"a" * 200_001, "Answer 2"),
    ],
)
def test_a_file_without_usable_answers_is_one_line_and_status_1(content: bytes, says: str, tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_bytes(content)
    ran = coach("play", "document-qa", "--answers", answers, home=tmp_path / "home")
    assert ran.status == 1
    assert ran.is_one_line, (ran.out, ran.err)
    assert says in ran.err
    assert not (tmp_path / "home").exists(), "no round is begun that cannot be played"


def test_no_command_shows_the_help(tmp_path: Path) -> None:
    ran = coach(home=tmp_path)
    assert ran.status == 2
    assert "calibrate" in ran.err
    assert "Traceback" not in ran.err


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "grade", str(GOLDEN / "document-qa" / "p1.yaml"), "--json", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.slow
def test_an_unattended_round_whose_reader_goes_away_is_kept(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "play", "document-qa", "--answers", str(DATA / "weak.txt")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert "Traceback" not in said
    kept = coach("export", "--format=json", "--", said.split()[1], home=tmp_path)
    assert json.loads(kept.out)["transcript"]["turns"]


@pytest.mark.slow
def test_a_terminal_that_knows_no_quotation_marks_gets_replacements(tmp_path: Path) -> None:
    file = GOLDEN / "document-qa" / "p1.yaml"
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    shown = coach_process("grade", file, home=tmp_path, env=plain)
    assert shown.status == 0, shown.err
    written = coach_process("grade", file, "--json", "-", home=tmp_path, env=plain)
    assert written.status == 0, written.err
    grade = json.loads(written.out)
    assert grade["schema"] == "grade/v1"
    assert "?" not in "".join(verdict["criterion"] for verdict in grade["verdicts"])


def test_a_home_that_is_nobodys_is_said(tmp_path: Path) -> None:
    ran = coach("doctor", home="~nobody-at-all")
    assert ran.status == 1
    assert ran.is_one_line, (ran.out, ran.err)
    assert "COACH_HOME is ~nobody-at-all" in ran.err


def test_an_empty_home_setting_means_the_usual_home(tmp_path: Path) -> None:
    ran = coach("new", "scenario", "my-own", home="", cwd=tmp_path, HOME=str(tmp_path))
    assert ran.status == 0, ran.err
    assert (tmp_path / ".coach" / "scenarios" / "my-own.yaml").is_file()


@pytest.mark.parametrize("name", ["with space", "Zoë", "100%", "a'b"])
def test_a_home_may_have_any_name(name: str, tmp_path: Path) -> None:
    ran = coach("doctor", home=tmp_path / name)
    assert ran.status == 0, ran.out
    assert (tmp_path / name / "coach.sqlite").is_file()
