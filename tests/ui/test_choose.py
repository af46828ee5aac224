from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain.rubric import SeniorityLevel
from coach.domain.transcript import Style
from coach.ui import session
from tests.ui.page import Page


def test_a_round_has_the_setup_that_was_chosen(page: Page) -> None:
    chosen = {"Role": "infra", "Level": SeniorityLevel.STAFF, "Interviewer": Style.CHALLENGING}
    setup = page.start("semantic-search", Length=45, Rehearse="Real", **chosen).round.setup
    assert (setup.scenario, setup.minutes, setup.rehearse) == ("semantic-search", 45, False)
    assert (setup.role, setup.level, setup.style) == ("infra", "staff", "challenging")


def test_a_double_click_on_start_begins_one_round(page: Page) -> None:
    begun = page.start().round_id
    assert [line.id for line in session.desk().archive.rounds()] == [begun]
    assert any(link.startswith("Continue: ") for link in Page.opened().links())


@pytest.mark.parametrize("scenario", ["document-qa", "semantic-search"])
def test_dimensions_and_anchors_are_read_before_a_round_and_criteria_never(page: Page, scenario: str) -> None:
    brief = session.desk().library.brief(scenario)
    page.goto("choose", scenario=scenario)
    shown = page.html.replace("&#x27;", "'").replace("&quot;", '"').replace("&gt;", ">").replace("&amp;", "&")
    for dimension in brief.rubric.dimensions:
        assert dimension.name in shown
        assert all(text in shown for text in dimension.anchors.values())
    assert not any(criterion.text in shown for criterion in brief.criteria.values())


def test_the_bar_follows_role_and_level(page: Page) -> None:
    page.choose()
    assert "bar 3.0 of 4" in page.html
    page.choose(Level=SeniorityLevel.STAFF)
    assert "bar 3.5 of 4" in page.html


def test_a_scenario_that_is_not_there_is_one_line_and_a_way_home(page: Page) -> None:
    page.goto("choose", scenario="document-q")
    assert page.html.count('role="alert"') == 1
    assert "document-qa" in page.html
    assert "Practise" in page.click("All rounds").html


def test_without_a_model_a_round_is_offline_and_a_link_leads_to_the_keys(page: Page) -> None:
    page.choose()
    assert "Runs offline." in page.html
    assert "Add a key for a live interviewer" in page.links()
    assert page.click("Start the round").round.setup.engine == "offline"


def test_with_a_model_a_round_is_live_unless_offline_is_chosen(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_MODEL", "openai:gpt-5-mini")
    assert Page.opened().start().round.setup.engine == "llm"
    page = Page.opened().choose(Led="offline")
    assert "Nothing you say leaves this machine" in _said(page)
    assert page.click("Start the round").round.setup.engine == "offline"


def test_who_leads_and_judges_and_what_it_may_cost_is_said_before(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_MODEL", "openai:gpt-5-mini")
    page = Page.opened().choose()
    assert "openai:gpt-5-mini interviews and judges. What you say is sent there. About $0.0" in _said(page)
    assert "with the grade, at most $2.00." in _said(page)
    short = _said(page)
    assert _said(page.choose(Length=45)) != short


def test_a_price_nobody_knows_is_no_number(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_INTERVIEWER", "openai:mine@http://127.0.0.1:1/v1")
    said = _said(Page.opened().choose())
    assert "openai:mine at 127.0.0.1:1 interviews; the grade is given offline." in said
    assert "Price not known." in said
    monkeypatch.setenv("COACH_JUDGE", "anthropic:claude-haiku-4-5")
    assert "interviews, anthropic:claude-haiku-4-5 judges." in _said(Page.opened().choose())


def _said(page: Page) -> str:
    """The small print below the controls."""
    return "\n".join(caption.value for caption in page.app.caption).replace("\\", "")
