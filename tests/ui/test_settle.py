"""Settling what the judge could not tell, one criterion at a time."""

from __future__ import annotations

import re

from coach import practice
from coach.domain.grade import Grade
from coach.domain.review import SELF, Review
from coach.domain.scenario import Outcome
from coach.ui import session
from tests.builders import NINE
from tests.golden_rounds import conversation
from tests.ui.page import ANSWERS, Page

MET, PARTIAL, MISSED, SKIP, BACK = "Met `1`", "Partial `2`", "Missed `3`", "Skip `s`", "Back `b`"


def _settling(page: Page) -> Page:
    """On the first criterion of a round that was played elsewhere and is graded."""
    desk = session.desk()
    said = conversation(*(words for answer in ANSWERS for words in ("How do you know it works?", answer)))
    practice.take_in(desk, "r1", said, NINE)
    for _ in practice.grade_round(desk, "r1"):
        pass
    return page.goto("settle", round="r1")


def _grade(page: Page) -> Grade:
    grade = session.desk().archive.grade(page.round_id)
    assert grade is not None
    return grade


def _review(page: Page) -> Review:
    return practice.review(session.desk(), page.round, _grade(page))


def _place(page: Page) -> tuple[int, int]:
    found = re.search(r"<strong>(\d+) of (\d+)</strong>", page.html)
    assert found is not None
    return int(found[1]), int(found[2])


def _criterion(page: Page) -> str:
    found = re.search(r'<h1 class="coach-criterion">(.*?)</h1>', page.html)
    assert found is not None
    return found[1]


def _enabled(page: Page) -> list[str]:
    return [button.label for button in page.app.button if not button.disabled]


def test_a_criterion_is_shown_with_what_earns_it_what_does_not_and_the_words_nearest_to_it(page: Page) -> None:
    _settling(page)
    open_ = sum(v.verdict is Outcome.UNJUDGED for v in _grade(page).verdicts)
    assert _place(page) == (1, open_)
    assert "Earns it" in page.html
    assert "Does not" in page.html
    assert "The judge alone: could not tell" in page.html
    assert page.app.radio[0].label == "Your words nearest to it"
    assert page.app.radio[0].options[-1] == "Other words"
    assert not page.app.exception


def test_a_verdict_is_kept_with_the_chosen_words_and_the_next_criterion_comes(page: Page) -> None:
    _settling(page)
    while len(page.app.radio[0].options) < 3:
        page.click(SKIP)
    first, place = _criterion(page), _place(page)[0]
    second = page.app.radio[0].options[1]
    page.app.radio[0].set_value(1)
    page.app.run()
    page.click(PARTIAL)
    assert _place(page)[0] == place + 1
    assert _criterion(page) != first
    (found,) = _review(page).overrides
    assert (found.verdict, found.by) == (Outcome.PARTIAL, SELF)
    assert page.round.brief.criteria[found.criterion].text in first.replace("&#x27;", "'").replace("&quot;", '"')
    assert " ".join(found.quotes[0].text.split()) == second.strip("“”").replace("\\", "")


def test_skipping_keeps_nothing_and_back_leads_to_the_one_before(page: Page) -> None:
    first = _criterion(_settling(page))
    assert BACK not in _enabled(page)
    page.click(SKIP)
    assert _place(page)[0] == 2
    page.click(BACK)
    assert _criterion(page) == first
    assert _review(page).overrides == ()


def test_a_verdict_is_changed_and_taken_back(page: Page) -> None:
    _settling(page).click(MET).click(BACK)
    assert "You said: met." in page.html
    page.click(MISSED).click(BACK)
    assert "You said: missed." in page.html
    page.click("Take back")
    assert _place(page)[0] == 1
    assert "You said" not in page.html
    assert _review(page).overrides == ()


def test_credit_waits_for_words_and_missed_needs_none(page: Page) -> None:
    _settling(page)
    page.app.radio[0].set_value(len(page.app.radio[0].options) - 1)
    page.app.run()
    assert MET not in _enabled(page)
    assert PARTIAL not in _enabled(page)
    assert MISSED in _enabled(page)
    said = page.app.selectbox[0]
    assert any("thirty thousand questions a day" in option for option in said.options)
    said.select_index(0)
    page.app.run()
    page.click(MET)
    (found,) = _review(page).overrides
    assert found.quotes[0].start == 0
    assert found.quotes[0].turn == "C1"


def test_the_range_narrows_on_the_page_and_the_judges_own_stands_behind_it(page: Page) -> None:
    _settling(page)
    assert "is-alone" not in page.html
    page.click(MISSED).click(BACK)
    assert "is-alone" in page.html
    assert "the judge alone: " in page.html


def test_a_reviewer_settles_under_their_name(page: Page) -> None:
    _settling(page)
    page.app.text_input(key="reviewer-name").set_value("  Ana   <b> ")
    page.app.run()
    assert page.app.radio[0].label == "The candidate's words nearest to it"
    page.click(MET).click(BACK)
    assert _review(page).overrides[0].by == "Ana <b>"
    assert "Ana &lt;b&gt; said: met." in page.html
    page.app.text_input(key="reviewer-name").set_value("")
    page.app.run()
    page.click(MET)
    assert _review(page).overrides[0].by == SELF


def test_the_result_leads_here(page: Page) -> None:
    _settling(page)
    _, several = _place(page)
    assert _place(page.goto("result", round="r1").click(f"Settle {several} open criteria")) == (1, several)


def test_the_walk_ends_with_what_is_left_and_leads_back_to_the_result(page: Page) -> None:
    _settling(page)
    _, several = _place(page)
    page.click(MISSED)
    for _ in range(several - 1):
        page.click(SKIP)
    assert f"1 of {several} settled" in page.html
    page.click("Go through the open ones")
    assert _place(page)[0] == 2
    for _ in range(several - 1):
        page.click(MISSED)
    assert f"{several} of {several} settled" in page.html
    page.click("Back to the result")
    assert f"{several} settled by you; the judge alone: " in page.html
    assert page.html.count("settled by you</strong>") == several
    page.click("Look at what was settled")
    assert f"{several} of {several} settled" in page.html
    page.click("Look through them again")
    assert _place(page)[0] == 1


def test_the_result_shows_the_reviewed_scores_and_the_judges_verdict_beside_each(page: Page) -> None:
    _settling(page).click(MET)
    name = _review(page).overrides[0].criterion
    score = next(d for d in _review(page).settled.dimensions if d.id == name.split(".")[0])
    page.goto("result", round=page.round_id)
    assert f"range {score.low:.2f}–{score.high:.2f}" in page.html
    row = page.html.split(f'id="verdict-{name.replace(".", "-")}"')[1].split("</li>")[0]
    assert "Met" in row
    assert "settled by you" in row
    assert "The judge alone: could not tell" in row
    assert session.desk().archive.grades(page.round_id) == [_review(page).grade]


def test_an_address_with_a_criterion_opens_that_one_and_one_with_another_the_first_open_one(page: Page) -> None:
    _settling(page).click(SKIP).click(SKIP)
    third, id_ = _criterion(page), page.round_id
    named = page.app.query_params["criterion"]
    name = named if isinstance(named, str) else named[0]
    assert _criterion(page.goto("settle", round=id_, criterion=name)) == third
    assert _place(page.goto("settle", round=id_, criterion="evals.invented"))[0] == 1


def test_where_nothing_is_open_the_page_says_so_and_leads_back(page: Page) -> None:
    page.start().answer("Well, hm.").end()
    assert not any(label.startswith("Settle") for label in page.labels())
    page.goto("settle", round=page.round_id)
    assert "Nothing is open" in page.html
    assert "Not graded" in page.click("Back to the result").html


def test_a_round_without_a_grade_says_what_to_do(page: Page) -> None:
    page.start()
    page.goto("settle", round=page.round_id)
    assert "This round has no grade yet" in page.html
