"""Rating oneself on the way to the result, while the round is graded."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coach.domain.self_rating import SelfRating
from coach.ui import session
from tests.ui.page import ANSWERS, Page


def _ended(page: Page) -> Page:
    return page.start().answer(ANSWERS[0]).answer(ANSWERS[1]).click("End and grade")


def _rate(page: Page, dimension: str, score: int, *, unsure: bool = False) -> Page:
    if unsure:
        page.app.checkbox(key=f"unsure-{page.round_id}-{dimension}").check()
    page.app.radio(key=f"rate-{page.round_id}-{dimension}").set_value(score)
    page.app.run()
    return page


def _kept(page: Page) -> dict[str, tuple[int, bool]]:
    found: tuple[SelfRating, ...] = session.desk().archive.self_ratings(page.round_id)
    return {each.dimension: (each.score, each.sure) for each in found}


def test_the_end_of_a_round_leads_past_nine_rows_without_an_answer_in_them(page: Page) -> None:
    _ended(page)
    assert "How did it go?" in page.html
    assert len(page.app.radio) == len(page.round.brief.rubric.dimensions) == 9
    assert all(row.value is None for row in page.app.radio)
    assert _kept(page) == {}


def test_each_choice_is_kept_as_it_is_made_and_stands_there_after_a_reload(page: Page) -> None:
    _rate(_ended(page), "evals", 3)
    _rate(page, "data", 1, unsure=True)
    assert _kept(page) == {"evals": (3, True), "data": (1, False)}
    assert "Saved ✓ 2 of 9 rated." in page.html
    again = Page.opened("rate", round=page.round_id)
    assert again.app.radio(key=f"rate-{page.round_id}-evals").value == 3
    assert again.app.checkbox(key=f"unsure-{page.round_id}-data").value is True
    _rate(again, "evals", 0)
    assert _kept(page)["evals"] == (0, True)


def test_unsure_alone_rates_nothing_and_can_be_said_afterwards(page: Page) -> None:
    _ended(page)
    box = f"unsure-{page.round_id}-cost"
    page.app.checkbox(key=box).check()
    page.app.run()
    assert _kept(page) == {}
    _rate(page, "cost", 2)
    page.app.checkbox(key=box).uncheck()
    page.app.run()
    assert _kept(page) == {"cost": (2, True)}


def test_skipping_reads_the_result_without_a_word_of_it(page: Page) -> None:
    _ended(page).click("Skip")
    assert "Baseline" in page.html
    assert "how you rated yourself" not in page.html
    assert len(session.desk().archive.grades(page.round_id)) == 1


def test_the_result_shows_oneself_beside_the_judge_and_where_they_part(page: Page) -> None:
    _rate(_rate(_ended(page), "data", 0), "framing", 4, unsure=True)
    page.click("Read the result")
    assert "how you rated yourself" in page.html
    assert "You rated yourself clearly below the judge in Data (0, judge " in page.html
    assert page.html.count('<i class="self" style=') == 2
    assert "· you: 4, unsure" in page.html
    assert len(session.desk().archive.grades(page.round_id)) == 1


def test_a_round_with_too_little_in_it_leads_straight_to_its_result(page: Page) -> None:
    page.start().answer("Fine.").click("End and grade")
    assert "Not graded" in page.html


def test_a_round_that_runs_is_not_rated(page: Page) -> None:
    page.start()
    page.goto("rate", round=page.round_id)
    assert "Send" in page.labels()


def test_a_grading_that_fails_meanwhile_keeps_what_was_rated_and_is_told_on_the_result(
    page: Page, home: Path
) -> None:
    page.start().answer(ANSWERS[0]).answer(ANSWERS[1])
    file = next(path for path in home.rglob("*") if path.read_bytes()[:15] == b"SQLite format 3")
    with closing(sqlite3.connect(file)) as database:
        database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON verdict "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        page.click("End and grade")
        _rate(page, "evals", 3).click("Read the result")
        assert "Grading stopped; the transcript is safe" in page.html
        database.execute("DROP TRIGGER full")
    page.click("Grade again")
    assert "· you: 3" in page.html
