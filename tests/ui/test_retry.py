"""A moment of a round answered once more."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coach import practice
from coach.domain.retry import Retry
from coach.ui import session
from tests.builders import NINE
from tests.golden_rounds import conversation
from tests.test_learning import BETTER
from tests.ui.page import ANSWERS, Page

RETRY = "Retry this moment (2 min)"


def _result(page: Page) -> Page:
    """The result of a round that was played elsewhere."""
    desk = session.desk()
    said = conversation(*(words for answer in ANSWERS for words in ("How do you know it works?", answer)))
    practice.take_in(desk, "r1", said, NINE)
    for _ in practice.grade_round(desk, "r1"):
        pass
    return page.goto("result", round="r1")


def _tries(page: Page) -> list[Retry]:
    return session.desk().archive.retries(page.round_id)


def _asking(page: Page, criterion: str = "evals.judge-calibrated") -> Page:
    _result(page)
    return page.goto("retry", round="r1", criterion=criterion)


def _since(page: Page) -> str:
    found = page.app.query_params.get("since", [""])
    return str(found if isinstance(found, str) else found[0])


def test_the_result_leads_to_its_one_fix_as_the_one_primary_action(page: Page) -> None:
    _result(page)
    first = next(button for button in page.app.button if button.label == RETRY)
    assert first.proto.type == "primary"
    assert sum(button.proto.type == "primary" for button in page.app.button) == 1
    grade = session.desk().archive.grades("r1")[0]
    fix = session.debrief(page.round, practice.review(session.desk(), page.round, grade)).fixes[0]
    assert fix.asked is not None
    page.click(RETRY)
    assert fix.asked.text in page.html
    assert _since(page)


def test_another_criterion_that_was_missed_can_be_chosen(page: Page) -> None:
    _result(page)
    which = next(box for box in page.app.selectbox if box.label == "What was missed or met in part")
    chosen = which.options[-1]
    which.select_index(len(which.options) - 1)
    page.app.run()
    page.click("Retry it (2 min)")
    assert chosen.partition(": ")[2][:40] in page.html.replace("&#x27;", "'")


def test_a_fresh_answer_is_judged_and_stands_beside_the_old_one(page: Page) -> None:
    _asking(page).answer(BETTER)
    (kept,) = _tries(page)
    assert kept.answer == BETTER
    assert kept.outlook is not None
    assert "Met now, missed then" in page.html
    assert "<h3>Then</h3>" in page.html
    assert "Now, in 0:0" in page.html
    assert "<mark>" in page.html
    assert "The round's grade stays." in page.html
    assert len(session.desk().archive.grades("r1")) == 1


def test_a_reload_while_answering_reads_the_same_clock_and_one_afterwards_the_same_outcome(page: Page) -> None:
    _asking(page)
    since = _since(page)
    again = Page.opened("retry", round="r1", criterion="evals.judge-calibrated", since=since)
    assert _since(again) == since
    assert "Send" in again.labels()
    page.answer(BETTER)
    assert not _since(page)
    after = Page.opened("retry", round="r1", criterion="evals.judge-calibrated")
    assert "Met now, missed then" in after.html
    assert len(_tries(page)) == 1


def test_nothing_written_is_nothing_sent(page: Page) -> None:
    _asking(page).answer("  ")
    assert _tries(page) == []
    assert "Send" in page.labels()


def test_once_more_starts_the_clock_again_and_the_tries_before_are_told(page: Page) -> None:
    _asking(page).answer("We would look at a few answers and see.")
    assert "Still missed" in page.html
    page.click("Once more (2 min)")
    assert _since(page)
    page.answer(BETTER)
    assert len(_tries(page)) == 2
    assert "Tries before this one: ○ missed." in page.html
    page.click("Back to the result")
    assert RETRY in page.labels()


def test_a_criterion_that_was_met_or_has_no_question_offers_the_way_back(page: Page) -> None:
    _asking(page, "communication.plan-stated")
    assert "Nothing to answer again" in page.html
    page.goto("retry", round="r1", criterion="evals.invented")
    assert "Nothing to answer again" in page.html
    assert RETRY in page.click("Back to the result").labels()


def test_a_round_without_a_grade_says_what_to_do(page: Page) -> None:
    page.start()
    page.goto("retry", round=page.round_id, criterion="evals.judge-calibrated")
    assert "This round has no grade yet" in page.html


def test_an_answer_that_cannot_be_kept_stays_in_its_box_and_one_that_cannot_be_judged_is_judged_on_request(
    page: Page, home: Path
) -> None:
    _asking(page)
    file = next(path for path in home.rglob("*") if path.read_bytes()[:15] == b"SQLite format 3")
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON retry BEGIN SELECT RAISE(ABORT, 'full'); END")
        page.answer(BETTER)
        assert "Not saved" in page.html
        assert page.app.text_area[0].value == BETTER
        database.execute("DROP TRIGGER full")
        database.execute("CREATE TRIGGER full BEFORE UPDATE ON retry BEGIN SELECT RAISE(ABORT, 'full'); END")
        page.click("Send")
        assert "Your answer is saved; it is not judged yet." in page.html
        database.execute("DROP TRIGGER full")
    page.click("Try again")
    assert "Met now, missed then" in page.html
    assert len(_tries(page)) == 1


def test_what_a_candidate_writes_is_escaped(page: Page) -> None:
    _asking(page).answer(f"<b>bold</b> {BETTER}")
    assert "&lt;b&gt;bold" in page.html
    assert "<b>bold" not in page.html
