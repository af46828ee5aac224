"""`coach play`: unattended from a file, and by hand through a pipe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.cli.playing import read_answers
from coach.content.files import read_transcript
from coach.domain.grade import Grade
from coach.domain.transcript import Move, Speaker, Style
from tests.builders import DATA
from tests.cli.command import Ran, coach

SCENARIO = "document-qa"
BASELINE = ("--minutes", "12")


def played(home: Path, *options: str | Path, answers: Path = DATA / "weak.txt") -> Ran:
    ran = coach("play", SCENARIO, "--answers", answers, "--out", home / "r.json", *options, home=home)
    assert ran.status == 0, ran.err
    return ran


def round_id(ran: Ran) -> str:
    return ran.err.split()[1]


def test_the_same_answers_make_the_same_transcript(weak_round: Path, tmp_path: Path) -> None:
    played(tmp_path)
    assert (tmp_path / "r.json").read_bytes() == (weak_round / "r.json").read_bytes()


def test_every_answer_is_in_the_transcript_to_the_letter(weak_round: Path) -> None:
    transcript = read_transcript(weak_round / "r.json")
    said = [turn.text for turn in transcript.candidate]
    assert said == read_answers(DATA / "weak.txt")[: len(said)]
    assert len(said) == 12
    assert transcript.turns[0].move is Move.OPENING
    assert transcript.starts == tuple(sorted(transcript.starts))


def test_what_is_shown_is_the_round_and_its_grade(weak_round: Path) -> None:
    shown = " ".join((weak_round / "shown.txt").read_text(encoding="utf-8").split())
    for turn in read_transcript(weak_round / "r.json").turns:
        assert " ".join(turn.text.split()) in shown
    assert "On this round" in shown or "Incomplete round" in shown
    assert "Could not tell:" in shown


def test_a_played_round_can_be_graded_from_its_file_to_the_same_verdicts(weak_round: Path) -> None:
    ran = coach("grade", weak_round / "r.json", "--json", "-", home=weak_round)
    found = Grade.model_validate_json(ran.out)
    kept = coach("export", "--format=json", "--", _kept(weak_round), home=weak_round)
    assert json.loads(kept.out)["grade"]["verdicts"] == found.model_dump(mode="json")["verdicts"]


def _kept(home: Path) -> str:
    return (home / "notes.txt").read_text(encoding="utf-8").split()[1]


def test_the_choices_are_in_the_transcript(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("Who uses it?\n---\n\n---\nThen I know enough.\n", encoding="utf-8")
    options = ("--role", "infra", "--level", "staff", "--minutes", "35", "--style", "challenging", "--rehearse")
    played(tmp_path, *options, answers=answers)
    transcript = read_transcript(tmp_path / "r.json")
    assert (transcript.role, transcript.level, transcript.minutes) == ("infra", "staff", 35)
    assert transcript.style is Style.CHALLENGING
    assert transcript.rehearse
    assert [turn.text for turn in transcript.candidate] == ["Who uses it?", "Then I know enough."]


def test_an_empty_block_is_silence_and_is_answered(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_text("Who uses it?\n---\n---\nThen I know enough.\n", encoding="utf-8")
    played(tmp_path, *BASELINE, answers=answers)
    turns = read_transcript(tmp_path / "r.json").turns
    speakers = [turn.speaker for turn in turns]
    candidate, interviewer = Speaker.CANDIDATE, Speaker.INTERVIEWER
    assert speakers == [interviewer, candidate, interviewer, interviewer, candidate, interviewer]
    assert turns[3].move is Move.FALLBACK


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    answers = tmp_path / "answers.txt"
    answers.write_bytes(b"\xef\xbb\xbfWho uses it?\r\n---\r\nSecond answer,\r\nsecond line.\r\n")
    assert read_answers(answers) == ["Who uses it?", "Second answer,\nsecond line."]


def test_a_short_round_is_a_baseline_without_a_band(tmp_path: Path) -> None:
    ran = played(tmp_path, *BASELINE)
    assert "Baseline (senior Product AI engineer)" in ran.out
    assert "On this round" not in ran.out


def test_by_hand_the_end_of_the_input_ends_the_round(tmp_path: Path) -> None:
    ran = coach("play", SCENARIO, *BASELINE, home=tmp_path, typed="I would begin with the users.\n")
    assert ran.status == 0, ran.err
    assert "Not graded" in ran.out
    kept = coach("export", "--format=json", "--", round_id(ran), home=tmp_path)
    turns = json.loads(kept.out)["transcript"]["turns"]
    assert [turn["text"] for turn in turns if turn["speaker"] == "candidate"] == ["I would begin with the users."]


def test_an_unknown_command_is_not_taken_for_an_answer(tmp_path: Path) -> None:
    ran = coach("play", SCENARIO, *BASELINE, home=tmp_path, typed="/hnt\n/end\n")
    assert "There is no /hnt." in ran.err
    kept = json.loads(coach("export", "--format=json", "--", round_id(ran), home=tmp_path).out)
    assert all(turn["speaker"] == "interviewer" for turn in kept["transcript"]["turns"])


def test_an_answer_too_long_to_keep_is_said_and_the_round_goes_on(tmp_path: Path) -> None:
    ran = coach("play", SCENARIO, *BASELINE, home=tmp_path, typed="a" * 200_001 + "\nWho uses it?\n/end\n")
    assert "Not saved: 200,001 characters, at most 200,000." in ran.err
    kept = json.loads(coach("export", "--format=json", "--", round_id(ran), home=tmp_path).out)
    said = [turn["text"] for turn in kept["transcript"]["turns"] if turn["speaker"] == "candidate"]
    assert said == ["Who uses it?"]


def test_rehearsing_shows_what_has_been_uncovered(tmp_path: Path) -> None:
    ran = coach("play", SCENARIO, "--rehearse", home=tmp_path, typed="How many people use it?\n/end\n")
    assert "facts 1 of 10" in ran.out


def test_a_round_is_resumed_only_under_its_own_scenario(tmp_path: Path) -> None:
    ran = coach("play", SCENARIO, *BASELINE, home=tmp_path, typed="/end\n")
    wrong = coach("play", "semantic-search", f"--resume={round_id(ran)}", home=tmp_path)
    assert wrong.status == 2
    assert wrong.is_one_line
    assert f"coach play {SCENARIO} --resume={round_id(ran)}" in wrong.err


def test_a_finished_round_resumed_shows_its_grade_again(weak_round: Path) -> None:
    again = coach("play", SCENARIO, f"--resume={_kept(weak_round)}", home=weak_round)
    assert again.status == 0, again.err
    shown = (weak_round / "shown.txt").read_text(encoding="utf-8")
    assert again.out.rpartition("Problem framing")[2] == shown.rpartition("Problem framing")[2]


@pytest.mark.slow
def test_a_strong_candidate_gets_to_the_summary_and_beats_a_weak_one(weak_round: Path, tmp_path: Path) -> None:
    played(tmp_path, answers=DATA / "strong.txt")
    transcript = read_transcript(tmp_path / "r.json")
    assert transcript.turns[-1].move is Move.CLOSE
    strong, weak = (
        Grade.model_validate_json(coach("grade", home / "r.json", "--json", "-", home=tmp_path).out)
        for home in (tmp_path, weak_round)
    )
    for better, worse in zip(strong.dimensions, weak.dimensions, strict=True):
        assert better.opened
        if better.id != "communication":
            assert (better.score or 0.0) > (worse.score or 0.0), better.id
    assert strong.result.gap is not None
    assert weak.result.gap is None or strong.result.gap > weak.result.gap
