"""`coach export`: one round in one file, with what was said shown as data."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

from coach.content.files import read_transcript
from coach.domain.grade import Grade
from coach.domain.remarks import Comment
from coach.domain.review import Override
from coach.domain.round import Setup
from coach.domain.scenario import Outcome
from coach.domain.self_rating import SelfRating
from coach.practice import begin, override
from coach.settings import Settings
from coach.wiring import build_desk
from tests.builders import NINE
from tests.cli.command import coach

MARKUP = (
    "<script>alert(1)</script> ![x](http://example.com/y.png) `rm -rf` # not a heading\n"
    "# heading\n"
    "- item\n"
    "> quoted\n"
    "1. one\n"
    "| a | b |\n"
    "***bold*** __under__ ~~gone~~ [link](javascript:alert(1)) &lt; &#35; \\* C:\\dir\n"
    "---\n"
)


@pytest.fixture
def marked_up(tmp_path: Path) -> str:
    """A round whose one answer is full of markup."""
    typed = "\\\n".join(MARKUP.strip().split("\n")) + "\n/end\n"
    ran = coach("play", "document-qa", "--minutes", "12", home=tmp_path, typed=typed)
    assert ran.status == 0, ran.err
    return ran.err.split()[1]


def test_json_holds_the_transcript_and_its_grade(weak_round: Path) -> None:
    id_ = (weak_round / "notes.txt").read_text(encoding="utf-8").split()[1]
    whole = json.loads(coach("export", "--format=json", "--", id_, home=weak_round).out)
    assert whole["transcript"] == json.loads((weak_round / "r.json").read_text(encoding="utf-8"))
    assert Grade.model_validate(whole["grade"]).scenario == "document-qa"


def test_markdown_holds_the_result_every_turn_and_every_quote(weak_round: Path) -> None:
    id_ = (weak_round / "notes.txt").read_text(encoding="utf-8").split()[1]
    ran = coach("export", "--", id_, home=weak_round)
    assert ran.status == 0, ran.err
    assert ran.out.startswith("# Document Q&A over insurance policies")
    assert "## Result" in ran.out
    for turn in read_transcript(weak_round / "r.json").turns:
        assert f"**{turn.id} {turn.speaker.value}**" in ran.out
    lines = ran.out.splitlines()
    table = lines.index("| Dimension | Level | Score | Range | Bar |")
    rows = lines[table + 2 : table + 11]
    assert all(row.startswith("| ") and row.count("|") == 6 for row in rows), "nine dimensions, a line each"
    for place, line in enumerate(lines):
        if line.startswith("#"):
            assert lines[place + 1] == ""
            assert not place or lines[place - 1] == ""
    found = Grade.model_validate(
        json.loads(coach("export", "--format=json", "--", id_, home=weak_round).out)["grade"]
    )
    quotes = sum(len(verdict.quotes) for verdict in found.verdicts)
    quotes += sum(len(flag.quotes) for flag in found.flags if flag.stands)
    assert sum(line.startswith("  - C") for line in lines) == quotes > 0
    assert "\n\n\n" not in ran.out


def test_markup_in_an_answer_is_shown_as_data(marked_up: str, tmp_path: Path) -> None:
    ran = coach("export", "--", marked_up, home=tmp_path)
    said = ran.out.rpartition("**C1 candidate**")[2].partition("**I2")[0]
    assert "script" in said
    for live in ("<script", "![x](", "[link](", "`", "***", "__under", "~~", "\n# ", "\n- ", "\n1. ", "| a |"):
        assert live not in said
    for line in said.strip().splitlines()[1:]:
        assert line.startswith("> ") or not line.strip()
        body = line.removeprefix("> ").lstrip()
        assert not body.startswith(("#", "-", ">", "1.", "|", "*", "+", "="))


def test_markup_survives_in_json_to_the_letter(marked_up: str, tmp_path: Path) -> None:
    whole = json.loads(coach("export", "--format=json", "--", marked_up, home=tmp_path).out)
    assert next(turn["text"] for turn in whole["transcript"]["turns"] if turn["id"] == "C1") == MARKUP.strip()


def test_markup_in_an_answer_is_not_read_by_the_terminal(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    said = "[bold red]not styled[/] [link=file:///etc]no link[/link]"
    answers.write_text(f"{said} \x1b[31mno escape\x07\n", encoding="utf-8")
    ran = coach("play", "document-qa", "--minutes", "12", "--answers", answers, home=tmp_path)
    assert said in " ".join(ran.out.split())
    assert not {"\x1b", "\x07"} & set(ran.out)


def test_a_round_is_written_to_a_file(marked_up: str, tmp_path: Path) -> None:
    ran = coach("export", "--out", tmp_path / "round.md", "--", marked_up, home=tmp_path)
    assert (ran.status, ran.out) == (0, "")
    assert (tmp_path / "round.md").read_text(encoding="utf-8") == coach(
        "export", "--", marked_up, home=tmp_path
    ).out


def test_a_round_that_is_not_over_is_exported_without_a_grade(tmp_path: Path) -> None:
    desk = build_desk(Settings(home=tmp_path))
    begin(desk, "begun-and-left", Setup(scenario="document-qa"), NINE)
    whole = json.loads(coach("export", "begun-and-left", "--format", "json", home=tmp_path).out)
    assert whole["grade"] is None
    assert "## Result" not in coach("export", "begun-and-left", home=tmp_path).out


def test_an_id_that_begins_with_a_hyphen_is_an_id_and_not_an_option(tmp_path: Path) -> None:
    desk = build_desk(Settings(home=tmp_path))
    begin(desk, "-xY_3", Setup(scenario="document-qa"), NINE)
    assert coach("export", "-xY_3", home=tmp_path).out.startswith("# Document Q&A")
    assert coach("play", "document-qa", "--resume=-xY_3", home=tmp_path, typed="/end\n").status == 0
    assert coach("export", "-xY_3", "--format", "json", home=tmp_path).status == 0


def test_what_a_person_found_is_in_both_formats(weak_round: Path) -> None:
    id_ = (weak_round / "notes.txt").read_text(encoding="utf-8").split()[1]
    desk = build_desk(Settings(home=weak_round))
    grade = desk.archive.grade(id_)
    assert grade is not None
    name = next(v.criterion for v in grade.verdicts if v.verdict is Outcome.UNJUDGED)
    missed = Override(criterion=name, verdict=Outcome.MISSED, by="Ana", at=NINE)
    override(desk, id_, grade.judge, missed)
    whole = json.loads(coach("export", "--format=json", "--", id_, home=weak_round).out)
    assert [(o["criterion"], o["by"]) for o in whole["review"]["overrides"]] == [(name, "Ana")]
    assert "1 settled by Ana; the judge alone: " in coach("export", "--", id_, home=weak_round).out


def test_html_is_one_file_with_the_result_and_every_turn_and_no_live_markup(
    weak_round: Path, marked_up: str, tmp_path: Path
) -> None:
    id_ = (weak_round / "notes.txt").read_text(encoding="utf-8").split()[1]
    ran = coach("export", "--format=html", "--", id_, home=weak_round)
    assert ran.status == 0, ran.err
    assert ran.out.startswith("<!doctype html>")
    for turn in read_transcript(weak_round / "r.json").turns:
        assert f'id="turn-{turn.id}"' in ran.out
    shown = coach("export", "--format=html", "--", marked_up, home=tmp_path).out
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ![x](http://example.com/y.png)" in shown
    assert "<script" not in shown


@pytest.mark.parametrize("format_", ["html", "md", "json"])
def test_every_format_is_redacted_and_a_person_is_told_what_to_look_for(tmp_path: Path, format_: str) -> None:
    typed = "We did it at Zalando for Zoe, thirty thousand a day. Jane said so.\n/end\n"
    ran = coach("play", "document-qa", "--minutes", "12", home=tmp_path, typed=typed)
    id_ = ran.err.split()[1]
    whole = coach("export", "--format", format_, "--", id_, home=tmp_path)
    assert "thirty thousand a day" in whole.out
    assert not whole.err
    clean = coach("export", "--format", format_, "--redact", "--", id_, home=tmp_path)
    for gone in ("Zalando", "Zoe", "thirty thousand a day"):
        assert gone not in clean.out
    assert "Jane" in clean.out
    assert clean.err.startswith("Taken for names: Zalando, Zoe.")
    assert "Read it before you share it." in " ".join(clean.err.split())
    listed = coach("export", "--format", format_, "--name", "jane", "--name", "said so", "--", id_, home=tmp_path)
    for gone in ("Jane", "Zalando", "said so", "thirty thousand a day"):
        assert gone not in listed.out


def test_a_format_there_is_not_is_wrong_use(tmp_path: Path) -> None:
    ran = coach("export", "x", "--format", "pdf", home=tmp_path)
    assert ran.status == 2
    assert "choose html, md or json" in ran.err


def test_what_stands_beside_the_grade_is_exported_and_redacted_along(weak_round: Path, tmp_path: Path) -> None:
    home = tmp_path / "copy"
    copytree(weak_round, home)
    id_ = (home / "notes.txt").read_text(encoding="utf-8").split()[1]
    archive = build_desk(Settings(home=home)).archive
    grade = archive.grade(id_)
    assert grade is not None
    archive.keep_self_rating(id_, SelfRating(dimension="cost", score=3, sure=True, at=NINE))
    archive.add_remark(id_, grade.judge, Comment(turn="C1", text="Zoe <b> said more.", by="Zoe", at=NINE))
    assert "- Zoe on C1: Zoe &#60;b&#62; said more." in coach("export", "--", id_, home=home).out
    whole = json.loads(coach("export", "--redact", "--format=json", "--", id_, home=home).out)
    (said,) = whole["comments"]
    assert said["by"].startswith("[name ")
    assert said["text"] == f"{said['by']} <b> said more."
    assert whole["self_ratings"][0]["score"] == 3
    assert "Zoe &lt;b&gt; said more." in coach("export", "--format=html", "--", id_, home=home).out
