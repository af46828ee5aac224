"""How far the judge and people agree, as a page."""

from __future__ import annotations

import re

from coach import reviewing
from coach.domain.review import LevelFound, Override
from coach.domain.scenario import Outcome
from coach.domain.worksheet import blind_items, is_level
from coach.ui import session
from tests.builders import NINE
from tests.ui.page import Page
from tests.ui.test_queue import graded


def reviewed_blind(round_id: str, by: str, outcome: Outcome = Outcome.MISSED, level: int = 1) -> None:
    """A complete blind review, every finding the same."""
    desk = session.desk()
    found = reviewing.case(desk, round_id, by)
    for item in blind_items(found.round.brief, found.grade, round_id):
        if is_level(item):
            given = LevelFound(dimension=item, level=level, by=by, at=NINE, blind=True)
            reviewing.level(desk, found, given)
        else:
            whole = {"criterion": item, "verdict": outcome, "by": by, "at": NINE, "blind": True}
            reviewing.find(desk, found, Override.model_validate(whole))
    reviewing.reveal(desk, reviewing.case(desk, round_id, by), NINE)
    reviewing.complete(desk, reviewing.case(desk, round_id, by), NINE, blind=True)


def rows(page: Page, heading: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    table = page.html.split(f"<h2>{heading}</h2>")[1].split("</table>")[0]
    lines = table.split("<tr>")[2:]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines]


def test_without_a_blind_review_it_says_so(page: Page) -> None:
    page.goto("agreement")
    assert "<strong>0 blind reviews</strong>" in page.html
    assert "<table" not in page.html


def test_one_blind_review_gives_counts_and_no_figures(page: Page) -> None:
    graded("r1")
    reviewed_blind("r1", "Ana")
    page.goto("agreement")
    assert "<strong>1 blind review</strong> by 1 person" in page.html
    assert rows(page, "By reviewer") == [["Ana", "1", "n/a", "n/a", "n/a", "n/a", "0"]]
    assert {row[2] for row in rows(page, "By dimension")} == {"n/a"}


def test_two_give_figures_by_dimension_judge_and_reviewer_and_overrides_count_nowhere(page: Page) -> None:
    graded("r1", "r2", "r3")
    reviewed_blind("r1", "Ana")
    reviewed_blind("r2", "Ana", level=0)
    other = reviewing.case(session.desk(), "r3", "Ben")
    finding = Override(criterion="evals.golden-set", verdict=Outcome.MISSED, by="Ben", at=NINE)
    reviewing.find(session.desk(), other, finding)
    reviewing.complete(session.desk(), other, NINE, blind=False)
    page.goto("agreement")
    (ana,) = rows(page, "By reviewer")
    assert ana[:2] == ["Ana", "2"]
    levels = [
        pair.judged - pair.label
        for each in reviewing.blind_reviews(session.desk())
        for pair in each.comparison.levels
        if pair.judged is not None
    ]
    assert ana[5] == f"{sum(levels) / len(levels):.2f}"
    assert float(ana[4]) > 0
    (judge,) = rows(page, "By version of the judge")
    assert judge[1] == "2"
    assert rows(page, "By dimension")[-1][0] == "All"
    assert "judged (rows) by labelled (columns)" in page.html
    assert not page.app.exception


def test_a_reviewers_name_is_text(page: Page) -> None:
    graded("r1")
    reviewed_blind("r1", "<b>Ana")
    assert "&lt;b&gt;Ana" in page.goto("agreement").html
