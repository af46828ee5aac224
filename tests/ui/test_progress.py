"""Progress over the graded rounds."""

from __future__ import annotations

from datetime import timedelta

from coach import practice
from coach.domain.self_rating import SelfRating
from coach.ui import session
from tests.builders import NINE
from tests.golden_rounds import conversation
from tests.ui.page import ANSWERS, Page


def _graded(id_: str, day: int, *, rating: int | None = None) -> None:
    desk = session.desk()
    said = conversation(*(words for answer in ANSWERS for words in ("How do you know it works?", answer)))
    practice.take_in(desk, id_, said, NINE + timedelta(days=day))
    for _ in practice.grade_round(desk, id_):
        pass
    if rating is not None:
        desk.archive.keep_self_rating(id_, SelfRating(dimension="data", score=rating, sure=True, at=NINE))


def test_before_the_first_graded_round_it_leads_to_one(page: Page) -> None:
    page.goto("progress")
    assert "No graded round yet" in page.html
    assert "Start a 12-minute baseline" in page.click("Begin a round").labels()


def test_one_round_is_shown_and_what_is_missing_is_said(page: Page) -> None:
    _graded("r1", 1)
    page.goto("progress")
    assert "Over 1 graded round." in page.html
    assert "2 more graded rounds" in page.html
    assert "You have not rated yourself yet" in page.html
    assert "One attempt so far" in page.html


def test_three_rated_rounds_have_bands_and_a_curve_and_stand_side_by_side(page: Page) -> None:
    for day in range(3):
        _graded(f"r{day}", day, rating=4)
    page.goto("progress")
    assert "Last 3: " in page.html
    assert "Over 3 ratings in 3 rounds" in page.html
    assert "First to last" in page.html
    assert len([link for link in page.links() if link.startswith("Result of ")]) == 3


def test_home_and_result_lead_here_once_something_is_graded(page: Page) -> None:
    link = "Progress over your graded rounds"
    assert link not in page.links()
    _graded("r1", 1)
    assert link in page.goto("home").links()
    assert link in page.goto("result", round="r1").links()
