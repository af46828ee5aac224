from __future__ import annotations

from pathlib import Path

from coach.domain.rubric import SeniorityLevel
from coach.domain.transcript import Style
from coach.ui import session
from coach.ui.home import ROUNDS_SHOWN
from tests.archive.builders import played_round
from tests.ui.page import Page


def test_the_home_offers_every_scenario_with_what_it_is_about(page: Page) -> None:
    shelf = session.desk().library.shelf()
    chooser = page.app.radio(key="scenario")
    assert len(chooser.options) == len(shelf.scenarios) == 6
    assert all(
        scenario.title in label.replace("\\", "")
        for scenario, label in zip(shelf.scenarios, chooser.options, strict=True)
    )
    assert "offline" in page.html


def test_a_round_has_the_setup_that_was_chosen(page: Page) -> None:
    page.choose("semantic-search", minutes="45", manner="Real")
    page.app.selectbox(key="role").set_value("infra")
    page.app.selectbox(key="level").set_value(SeniorityLevel.STAFF)
    page.app.selectbox(key="style").set_value(Style.CHALLENGING).run()
    setup = page.click("Start the round").round.setup
    assert (setup.scenario, setup.minutes, setup.rehearse) == ("semantic-search", 45, False)
    assert (setup.role, setup.level, setup.style) == ("infra", "staff", "challenging")


def test_a_double_click_on_start_begins_one_round(page: Page) -> None:
    page.choose()
    button = page.app.button(key="start")
    button.click()
    page.app.run()
    begun = page.round_id
    again = Page.opened()
    assert [line.id for line in session.desk().archive.rounds()] == [begun]
    session.desk().archive.round(begun)
    assert "Continue" in again.labels()


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


def test_a_running_round_is_continued_from_the_list(page: Page) -> None:
    page.start()
    question = page.question
    again = Page.opened().click("Continue")
    assert again.round_id == page.round_id
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
    assert page.labels().count("Open") == ROUNDS_SHOWN
    page.app.toggle(key="all_rounds").set_value(True).run()
    assert page.labels().count("Open") == ROUNDS_SHOWN + 3
