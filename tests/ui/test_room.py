from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coach import practice
from coach.domain.transcript import LONGEST_TEXT, Move
from coach.ui import session
from tests.ui.page import ANSWERS, Page


def test_a_reload_finds_the_same_question_and_the_same_clock(page: Page) -> None:
    page.start().answer(ANSWERS[0])
    question, began = page.question, page.round.started_at
    again = page.reload()
    assert again.question == question
    assert again.round.started_at == began
    assert question in again.html.replace("&#x27;", "'")
    assert "saved ✓" in again.html


def test_the_same_words_said_again_later_are_a_new_turn(page: Page) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[0])
    assert page.said == [ANSWERS[0], ANSWERS[0]]


def test_an_empty_answer_is_no_turn(page: Page) -> None:
    page.start().answer("  \n ")
    assert page.said == []


def test_a_long_answer_is_kept_whole(page: Page) -> None:
    long = "Nine words that go on and on and on. " * 2_000
    page.start().answer(long)
    assert page.said == [long.strip()]


def test_an_answer_past_the_limit_stays_in_the_box(page: Page) -> None:
    long = "x" * (LONGEST_TEXT + 1)
    page.start().answer(long)
    assert page.said == []
    assert page.app.text_area[0].value == long
    assert "Send it in parts" in page.html


def test_a_stale_tab_shows_the_truth_and_loses_no_answer(page: Page) -> None:
    page.start()
    other = page.reload()
    page.answer(ANSWERS[0])
    other.answer(ANSWERS[1])
    assert other.said == [ANSWERS[0], ANSWERS[1]]
    assert other.question in other.html.replace("&#x27;", "'")


def test_the_same_answer_from_two_tabs_is_one_turn(page: Page) -> None:
    page.start()
    other = page.reload()
    page.answer(ANSWERS[0])
    other.answer(ANSWERS[0])
    assert other.said == [ANSWERS[0]]


def test_an_answer_to_a_round_that_another_tab_ended_is_given_back(page: Page) -> None:
    page.start()
    other = page.reload()
    page.end()
    other.answer("My very last words")
    assert other.said == []
    assert "This round has ended" in other.html
    assert other.app.code[0].value == "My very last words"


def test_a_question_owed_after_a_crash_is_asked_on_the_next_load(page: Page) -> None:
    page.start()
    practice.say(session.desk(), page.round_id, ANSWERS[0], session.now(), "before the crash")
    again = page.reload()
    assert [turn.id for turn in again.round.turns] == ["I1", "C1", "I2"]
    assert again.question in again.html.replace("&#x27;", "'")


@pytest.mark.parametrize("button", ["Hint", "Let me think", "Repeat"])
def test_help_adds_one_interviewer_turn_and_leaves_the_draft_alone(page: Page, button: str) -> None:
    page.start().answer(ANSWERS[0])
    before = len(page.round.turns)
    box = page.app.text_area[0].key
    page.click(button)
    assert len(page.round.turns) == before + 1
    assert page.app.text_area[0].key == box
    page.app.run()
    assert len(page.round.turns) == before + 1


def test_a_hint_asked_for_on_a_stale_page_is_not_given(page: Page) -> None:
    page.start()
    other = page.reload()
    page.answer(ANSWERS[0])
    before = len(page.round.turns)
    other.click("Hint")
    assert len(other.round.turns) == before
    assert other.question in other.html.replace("&#x27;", "'")


def test_rehearse_shows_moves_facts_and_dimensions_and_real_does_not(page: Page) -> None:
    page.start(manner="Rehearse").answer("How many documents are there?")
    assert page.round.turns[-1].move is Move.FACT
    assert '<span class="coach-chip">fact' in page.html
    assert "four hundred thousand documents" in page.html.split("Facts uncovered")[1]
    real = Page.opened().start(manner="Real").answer("How many documents are there?")
    assert "coach-chip" not in real.html
    assert "Facts uncovered" not in real.html
    assert "Price card" in real.html


def test_what_a_candidate_writes_is_never_markup(page: Page) -> None:
    page.start().answer("</p></li></ol><script>alert(1)</script><img src=x onerror=alert(1)> **bold** </div>")
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html


def test_words_that_cannot_be_saved_stay_in_the_box(page: Page, home: Path) -> None:
    page.start()
    with closing(sqlite3.connect(_file(home))) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON turn BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        page.answer(ANSWERS[0])
        assert "Not saved" in page.html
        assert page.app.text_area[0].value == ANSWERS[0]
        assert not page.app.exception
        database.execute("DROP TRIGGER full")
    page.click("Send")
    assert page.said == [ANSWERS[0]]


def test_words_come_back_with_the_page_where_the_database_was_away(page: Page, home: Path) -> None:
    page.start()
    with closing(sqlite3.connect(_file(home))) as database:
        database.execute("ALTER TABLE turn RENAME TO away")
        page.answer(ANSWERS[0])
        assert "Not saved" in page.html
        assert not page.app.text_area
        assert not page.app.exception
        database.execute("ALTER TABLE away RENAME TO turn")
    page.app.run()
    assert page.app.text_area[0].value == ANSWERS[0]
    page.click("Send")
    assert page.said == [ANSWERS[0]]


def _file(home: Path) -> Path:
    return next(path for path in home.rglob("*") if path.read_bytes()[:15] == b"SQLite format 3")
