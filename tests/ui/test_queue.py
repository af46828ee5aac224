"""The reviewer's queue as a page."""

from __future__ import annotations

from coach import practice
from coach.domain.queue import Why
from coach.domain.remarks import Completion, Dispute
from coach.ui import session
from tests.builders import NINE
from tests.golden_rounds import conversation
from tests.ui.page import ANSWERS, Page

START = "Start next `n`"


def graded(*round_ids: str) -> None:
    """Rounds that wait because the judge could not tell."""
    desk = session.desk()
    said = conversation(*(words for answer in ANSWERS for words in ("How do you know it works?", answer)))
    for id_ in round_ids:
        practice.take_in(desk, id_, said, NINE)
        for _ in practice.grade_round(desk, id_):
            pass


def named(page: Page, name: str = "Ana") -> Page:
    page.goto("queue")
    page.app.text_input(key="name").set_value(name)
    page.app.run()
    return page


def enabled(page: Page) -> list[str]:
    return [button.label for button in page.app.button if not button.disabled]


def test_an_empty_queue_says_what_brings_rounds_here_and_where_to_go(page: Page) -> None:
    page.goto("queue")
    assert "Nothing waits." in page.html
    assert "disputes a verdict" in page.html
    assert "How far the judge and people agree" in page.links()
    assert START not in enabled(page)


def test_a_round_that_waits_says_why_since_when_and_how_long_it_takes(page: Page) -> None:
    graded("r1")
    page.goto("queue")
    assert "1 round waiting, 0 done today" in page.html
    assert "could not tell</span>" in page.html
    assert " min to read" in page.html
    assert "waiting " in page.html
    assert "Review: Document Q&A over insurance policies and claims manuals" in page.links()


def test_the_name_is_asked_once_and_then_the_next_round_opens(page: Page) -> None:
    graded("r1")
    page.goto("queue")
    assert START not in enabled(page)
    named(page, "  Ana   <b> ")
    assert page.app.query_params["by"] in ("Ana <b>", ["Ana <b>"])
    page.click(START)
    assert page.round_id == "r1"
    waits = session.desk().archive.waiting("r1")
    assert waits is not None
    assert waits.held_by == "Ana <b>"


def test_who_is_at_a_round_is_told_and_the_next_one_is_another(page: Page) -> None:
    graded("r1", "r2")
    first = session.desk().archive.hold_next("Ben", session.now())
    assert first is not None
    session.desk().archive.hold_review(({"r1", "r2"} - {first.round_id}).pop(), "Ana", session.now())
    assert "Ben is at it" in named(page).html
    assert "you are at it" in page.html
    assert page.click(START).round_id == ({"r1", "r2"} - {first.round_id}).pop()


def test_reasons_filter_what_is_listed_and_started(page: Page) -> None:
    graded("r1", "r2")
    grade = session.desk().archive.grade("r2")
    assert grade is not None
    criterion = grade.verdicts[0].criterion
    session.desk().archive.add_remark("r2", grade.judge, Dispute(criterion=criterion, text="I said it.", at=NINE))
    named(page)
    assert len([link for link in page.links() if link.startswith("Review:")]) == 2
    page.app.button_group(key="why").set_value(Why.DISPUTED)
    page.app.run()
    assert len([link for link in page.links() if link.startswith("Review:")]) == 1
    assert page.click(START).round_id == "r2"


def test_what_was_done_today_is_counted(page: Page) -> None:
    graded("r1")
    grade = session.desk().archive.grade("r1")
    assert grade is not None
    session.desk().archive.add_remark("r1", grade.judge, Completion(by="Ana", at=session.now()))
    assert "0 rounds waiting, 1 done today" in page.goto("queue").html
