from __future__ import annotations

from coach.domain.rubric import SeniorityLevel
from coach.ui import session
from tests.ui.page import ANSWERS, Page

TALK = "\n".join(f"Interviewer: And then?\nCandidate: {answer}" for answer in ANSWERS)


def _pasted(page: Page, text: str) -> Page:
    page.goto("upload")
    next(box for box in page.app.text_area if box.key == "pasted").set_value(text)
    return page.click("Read it")


def test_a_pasted_interview_is_graded_kept_and_listed(page: Page) -> None:
    page.goto("upload")
    page.app.selectbox(key="upload-scenario").set_value("document-qa")
    page.app.selectbox(key="upload-level").set_value(SeniorityLevel.STAFF)
    next(box for box in page.app.text_area if box.key == "pasted").set_value(TALK)
    page.click("Read it")
    assert "3 answers" in page.html
    page.click("Grade it")
    assert page.round.is_over
    assert page.round.setup.level == "staff"
    assert page.said == list(ANSWERS)
    assert "<blockquote>" in page.html
    page.goto("home")
    assert "graded</span>" in page.html


def test_a_file_of_ours_goes_by_what_it_says_itself(page: Page) -> None:
    page.goto("upload")
    written = "schema: transcript/v1\nscenario: semantic-search\nlevel: mid\nminutes: 35\nturns:\n"
    written += "".join(f"- {{speaker: candidate, text: {answer!r}}}\n" for answer in ANSWERS)
    page.app.file_uploader[0].upload("mine.yaml", written.encode(), "application/yaml")
    page.click("Read it")
    setup = page.click("Grade it").round.setup
    assert (setup.scenario, setup.level, setup.minutes) == ("semantic-search", "mid", 35)


def test_every_mistake_is_shown_at_once_and_nothing_is_kept(page: Page) -> None:
    _pasted(page, "Hello there.\nInterviewer: Design it.\nCandidate:\n")
    assert "the pasted text:1" in page.html
    assert "the pasted text:3" in page.html
    assert "Grade it" not in page.labels()
    assert session.desk().archive.rounds() == []


def test_of_very_many_mistakes_the_first_few_are_shown(page: Page) -> None:
    _pasted(page, "Candidate:\n" * 500)
    assert "more" in page.html
    assert page.html.count("[ERROR]") < 20


def test_a_length_no_round_has_is_said_in_one_line(page: Page) -> None:
    _pasted(page, f"Minutes: 3\n{TALK}").click("Grade it")
    assert "5 to 120 minutes" in page.html
    assert session.desk().archive.rounds() == []


def test_markup_in_a_file_is_text(page: Page) -> None:
    _pasted(page, "<script>alert(1)</script>\nCandidate: <img src=x onerror=alert(1)>")
    assert "<script" not in page.html
    assert "<img" not in page.html
