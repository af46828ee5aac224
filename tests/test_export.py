"""Rounds and grades as files."""

from __future__ import annotations

import json

from coach.content.prompts import FilePrompts
from coach.domain.grade import Grade
from coach.domain.round import Round
from coach.domain.transcript import Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.export import grade_json, round_json, round_markdown, transcript_json
from coach.practice import grade_transcript
from tests.builders import begun, converse, shipped

TALK = (
    "Six thousand claims staff, thirty thousand questions a day, so this is quality-bound, not throughput-bound. "
    "Recall at ten above point nine, unsupported claims under two percent, or the change doesn't ship. Scans go "
    "through OCR with a confidence score; tables stay as rows with their headers, not flattened into prose."
)
NASTY = "# Not a heading\n<script>alert(1)</script> *loud* [link](http://x.example) `code` | cell |\n- no list"


def played(*said: str) -> Round:
    return converse(begun(shipped()), *said)


def graded(round_: Round) -> Grade:
    return grade_transcript(round_.brief, round_.transcript, OfflineJudge())


def test_a_transcript_is_read_back_as_it_was() -> None:
    said = played(TALK, "What is the budget?", TALK).transcript
    written = json.loads(transcript_json(said))
    assert written["schema"] == "transcript/v1"
    assert Transcript.model_validate(written) == said


def test_a_turn_is_written_without_what_it_does_not_have() -> None:
    written = json.loads(transcript_json(played(TALK).transcript))
    assert written["turns"][1].keys() == {"id", "speaker", "text", "at"}
    assert written["minutes"] == 45


def test_a_grade_is_read_back_as_it_was_and_the_same_grade_gives_the_same_bytes() -> None:
    round_ = played(TALK, TALK)
    written = grade_json(graded(round_))
    assert json.loads(written)["schema"] == "grade/v1"
    assert Grade.model_validate_json(written) == graded(round_)
    assert grade_json(graded(round_)) == written


def test_a_grade_has_every_field_of_the_format() -> None:
    written = json.loads(grade_json(graded(played(TALK, TALK))))
    parts = "schema scenario role level judge verdicts flags dimensions result notices cost"
    assert written.keys() == set(parts.split())
    assert written["judge"].keys() == {"engine", "model", "version", "rubric"}
    assert written["dimensions"][0].keys() == {"id", "score", "low", "high", "level", "bar", "opened"}
    assert written["verdicts"][0].keys() == {"criterion", "verdict", "help", "confidence", "reason", "quotes"}


def test_a_round_is_written_with_its_grade_or_without_one() -> None:
    round_ = played(TALK)
    assert json.loads(round_json(round_, None))["grade"] is None
    whole = json.loads(round_json(round_, graded(round_)))
    assert whole["grade"]["scenario"] == whole["transcript"]["scenario"] == "document-qa"


def test_letters_of_other_languages_stay_readable() -> None:
    assert "Straße für 30 €" in transcript_json(played("Straße für 30 €").transcript)


def test_a_round_to_read_has_its_turns_its_scores_and_its_quotes() -> None:
    round_ = played(TALK, TALK)
    text = round_markdown(round_, graded(round_), FilePrompts())
    assert text.startswith(f"# {round_.brief.scenario.title}\n")
    assert "## Result" in text
    assert "| Problem framing |" in text
    assert "**I1 interviewer** (0:00)" in text
    assert "**C1 candidate** (1:00)" in text
    assert "on this round" in text
    assert text.endswith("\n")


def test_a_round_without_a_grade_shows_no_result() -> None:
    text = round_markdown(played(TALK), None, FilePrompts())
    assert "## Result" not in text
    assert "## Transcript" in text


def test_what_a_person_said_is_never_markup() -> None:
    text = round_markdown(played(NASTY), None, FilePrompts())
    for markup in ("<script", "\n# Not", "*loud*", "[link]", "`code`", "| cell |", "\n- no list", "http://x"):
        assert markup not in text
    assert "Not a heading" in text
