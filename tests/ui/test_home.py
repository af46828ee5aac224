from __future__ import annotations

from pathlib import Path

import pytest

from coach.domain.rubric import SeniorityLevel
from coach.ui import session
from coach.ui.pages.home import AT_ONCE, ROUNDS_SHOWN
from tests.archive.builders import played_round
from tests.ui.page import Page
from tests.ui.test_queue import enabled


def test_the_home_offers_every_scenario_with_what_it_leans_on_and_how_long_it_takes(page: Page) -> None:
    shelf = session.desk().library.shelf()
    assert len(shelf.scenarios) == 6
    links = page.links()
    for scenario in shelf.scenarios:
        assert scenario.title in links
        assert f"12 · {scenario.minutes.short} · {scenario.minutes.full} min" in page.html
    assert "Safety, security and trust</span>" in page.html
    assert "offline" in page.html


def test_one_click_begins_a_baseline_of_a_scenario_not_played_yet(page: Page) -> None:
    page.click("Start a 12-minute baseline")
    first = page.round.setup
    assert (first.minutes, first.rehearse) == (12, True)
    second = Page.opened().click("Start a 12-minute baseline").round.setup
    assert second.scenario != first.scenario


def test_the_next_baseline_is_held_to_the_bar_of_the_last_round(page: Page) -> None:
    page.start(Level=SeniorityLevel.STAFF)
    assert Page.opened().click("Start a 12-minute baseline").round.setup.level == "staff"


def test_before_the_first_round_there_is_a_graded_one_to_look_at(page: Page) -> None:
    assert "No round yet" in page.html
    assert "A graded round as a picture" in page.html
    page.goto("example")
    assert "An example" in page.html
    assert "<blockquote>" in page.html
    assert 'aria-label="Debrief"' in page.html
    assert "Keep doing" in page.html
    assert "Your numbers" in page.html
    assert session.desk().archive.rounds() == []


def test_a_broken_scenario_is_a_note_and_the_others_are_played(home: Path) -> None:
    own = home / "scenarios"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("schema: scenario/v1\nid: mine\ntitel: <b>Mine</b>\n", encoding="utf-8")
    page = Page.opened()
    assert "1 scenario cannot be played" in page.app.expander[0].label
    assert "mine.yaml" in page.app.code[0].value
    assert "titel" in page.app.code[0].value
    page.start()
    assert page.round.turns
    assert Page.opened("choose", scenario="mine").html.count('role="alert"') == 1


def test_a_running_round_is_continued_from_the_list(page: Page) -> None:
    page.start()
    question = page.question
    again = Page.opened()
    assert f"Continue: {page.round.brief.scenario.title}" in again.links()
    again.goto("room", round=page.round_id)
    assert question in again.html.replace("&#x27;", "'")


def test_deleting_asks_first_and_removes_only_that_round(page: Page) -> None:
    archive = session.desk().archive
    for id_ in ("r1", "r2"):
        archive.add_round(played_round(id_))
    page = Page.opened()
    page.app.button(key="delete-r1").click().run()
    assert [line.id for line in archive.rounds()] == ["r2"]


def test_a_long_list_of_rounds_shows_the_newest_first_and_the_rest_on_request(page: Page) -> None:
    for number in range(ROUNDS_SHOWN + 3):
        session.desk().archive.add_round(played_round(f"r{number}"))
    page = Page.opened()
    assert sum(link.startswith("Grade: ") for link in page.links()) == ROUNDS_SHOWN
    page.app.toggle(key="all_rounds").set_value(True).run()
    assert sum(link.startswith("Grade: ") for link in page.links()) == ROUNDS_SHOWN + 3


def test_of_very_many_rounds_a_hundred_are_drawn_and_the_others_are_a_page_or_a_search_away(page: Page) -> None:
    for number in range(AT_ONCE + 2):
        session.desk().archive.add_round(played_round(f"r{number:03}"))
    page = Page.opened()
    page.app.toggle(key="all_rounds").set_value(True).run()
    assert sum(link.startswith("Grade: ") for link in page.links()) == AT_ONCE
    assert "Rounds 1 to 100, the newest first." in page.html
    assert "Search all of them" in page.links()
    assert "Newer rounds" not in enabled(page)
    page.click("Older rounds")
    assert "Rounds 101 to 102, the newest first." in page.html
    assert sum(link.startswith("Grade: ") for link in page.links()) == 2
    assert "Older rounds" not in enabled(page)
    for number in range(2):
        page.app.button(key=f"delete-r{number:03}").click().run()
    assert sum(link.startswith("Grade: ") for link in page.links()) == AT_ONCE
    assert "Older rounds" not in page.labels()


def test_everything_is_deleted_after_asking(page: Page) -> None:
    for id_ in ("r1", "r2"):
        session.desk().archive.add_round(played_round(id_))
    page = Page.opened().click("Delete everything for good")
    assert "Everything is deleted." in page.html
    assert session.desk().archive.rounds() == []
    assert "No round yet" in page.html


def test_the_baseline_is_live_where_a_model_is_set_and_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_MODEL", "openai:gpt-5-mini")
    page = Page.opened()
    assert "A live interviewer: openai:gpt-5-mini." in page.html
    assert "what you say is sent to the model that leads it" in page.html
    assert page.click("Start a 12-minute baseline").round.setup.engine == "llm"


def test_without_a_model_the_baseline_is_offline_and_a_link_leads_to_the_keys(page: Page) -> None:
    assert "offline, with no key and no account" in page.html
    assert "Add a key" in page.links()
    assert page.click("Start a 12-minute baseline").round.setup.engine == "offline"
