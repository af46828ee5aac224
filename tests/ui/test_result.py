from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coach.domain.grading import is_verbatim
from coach.ui import session
from tests.ui.page import ANSWERS, Page


def test_every_quote_shown_was_said(page: Page) -> None:
    page.start()
    for text in ANSWERS:
        page.answer(text)
    page.end()
    grade = session.desk().archive.grade(page.round_id)
    assert grade is not None
    quotes = [quote for verdict in grade.verdicts for quote in verdict.quotes]
    assert quotes
    assert all(is_verbatim(page.round.transcript, quote) for quote in quotes)
    assert page.html.count("<blockquote>") >= len(quotes)


def test_too_little_said_is_not_graded_and_says_why(page: Page) -> None:
    page.start().answer("Fine.").end()
    assert "<h2>Not graded</h2>" in page.html
    assert "Words from the candidate: 1; at least 60 are needed" in page.html


def test_a_grade_is_given_once(page: Page) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1]).end()
    first = session.desk().archive.grade(page.round_id)
    again = page.reload()
    assert session.desk().archive.grade(page.round_id) == first
    assert "Grade again" not in again.labels()


def test_a_grading_that_fails_keeps_the_transcript_and_is_tried_again_on_request(page: Page, home: Path) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1])
    file = next(path for path in home.rglob("*") if path.read_bytes()[:15] == b"SQLite format 3")
    with closing(sqlite3.connect(file)) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON verdict "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        page.end()
        assert "Grading stopped; the transcript is safe" in page.html
        assert "thirty thousand questions a day" in page.html
        assert not page.app.exception
        assert "Grade again" in page.app.run().button[0].label
        database.execute("DROP TRIGGER full")
    page.click("Grade again")
    assert session.desk().archive.grade(page.round_id) is not None
    assert "Baseline" in page.html


def test_playing_again_begins_a_new_round_set_up_alike(page: Page) -> None:
    page.start("semantic-search", manner="Real").answer(ANSWERS[0]).end()
    before = page.round
    page.click("Play again")
    assert page.round_id != before.id
    assert page.round.setup == before.setup
    assert not page.round.is_over


def test_the_result_of_a_real_round_shows_what_the_interviewer_did(page: Page) -> None:
    page.start(manner="Real").answer(ANSWERS[0])
    assert "coach-chip" not in page.html
    assert "coach-chip" in page.end().html


def test_a_round_is_taken_along_as_markdown_and_as_json(page: Page) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1]).end()
    names = [button.proto.label for button in page.app.get("download_button")]
    assert names == ["Markdown", "JSON"]
    assert not page.app.exception
