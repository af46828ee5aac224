"""`coach check` and `coach new scenario`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import DATA, GOLDEN
from tests.cli.command import coach


def test_good_files_are_all_good(tmp_path: Path) -> None:
    ran = coach("check", GOLDEN / "document-qa", home=tmp_path)
    assert (ran.status, ran.out, ran.err) == (0, "All good!\n", "")


@pytest.mark.slow
def test_everything_shipped_is_all_good(tmp_path: Path) -> None:
    ran = coach("check", home=tmp_path)
    assert (ran.status, ran.out) == (0, "All good!\n")


def test_every_problem_is_shown_at_once_each_on_a_line_of_its_own(tmp_path: Path) -> None:
    ran = coach("check", DATA / "eight-mistakes.yaml", home=tmp_path)
    lines = ran.out.splitlines()
    assert ran.status == 1
    assert len(lines) == 8
    assert all(line.startswith("[ERROR] ") and "eight-mistakes.yaml:" in line for line in lines)
    assert any("did you mean" in line for line in lines)


def test_what_is_not_there_is_a_problem_beside_the_others(tmp_path: Path) -> None:
    ran = coach("check", tmp_path / "nothing.yaml", DATA / "eight-mistakes.yaml", home=tmp_path)
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 9
    assert "no such file" in ran.out


def test_a_new_scenario_is_good_and_can_be_played_as_it_is(tmp_path: Path) -> None:
    made = coach("new", "scenario", "code-review", home=tmp_path)
    path = tmp_path / "scenarios" / "code-review.yaml"
    assert made.status == 0, made.err
    assert f"Wrote {path}" in made.out
    assert f"coach check {path}" in made.out
    assert coach("check", path, home=tmp_path).out == "All good!\n"
    played = coach("play", "code-review", "--minutes", "12", home=tmp_path, typed="Who is it for?\n/end\n")
    assert played.status == 0, played.err
    assert "Interviewer" in played.out


def test_a_scenario_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    coach("new", "scenario", "code-review", home=tmp_path)
    path = tmp_path / "scenarios" / "code-review.yaml"
    path.write_text("mine", encoding="utf-8")
    again = coach("new", "scenario", "code-review", home=tmp_path)
    assert again.status == 2
    assert again.is_one_line
    assert "choose another id" in again.err
    assert path.read_text(encoding="utf-8") == "mine"
    assert coach("new", "scenario", "document-qa", home=tmp_path).status == 2
