"""Searching the rounds as a page."""

from __future__ import annotations

from coach.domain.grade import Band
from coach.ui import session
from coach.ui.pages.home import HANDFUL
from tests.archive.builders import answer, begun_round, grade, played_round
from tests.ui.page import Page


def searched(text: str) -> Page:
    page = Page.opened("search")
    page.app.text_input(key="query").set_value(text)
    page.app.run()
    return page


def leads(page: Page) -> list[tuple[str, str]]:
    """The query of every link to a round: the page's address, and what it asks for."""
    return [
        (link.proto.page, link.proto.query_string) for link in page.app.get("page_link") if link.proto.query_string
    ]


def test_before_the_first_round_there_is_nothing_to_search(page: Page) -> None:
    page.goto("search")
    assert "No round yet" in page.html
    assert "Begin a round" in page.links()
    assert not page.app.text_input


def test_before_anything_is_typed_the_page_says_what_can_be(page: Page) -> None:
    session.desk().archive.add_round(played_round("r1"))
    page.goto("search")
    for typed in ("evals&lt;=1", "band:ready", "scenario:document-qa", "is:disputed"):
        assert typed in page.html


def test_a_hit_leads_to_its_moment_in_the_result(page: Page) -> None:
    session.desk().archive.add_round(played_round("r1"))
    found = searched("refreshed monthly")
    assert "1 round." in found.html
    assert ("result", "round=r1&turn=C1") in leads(found)
    assert any("200 questions, :primary-background[refreshed monthly]." in link for link in found.links())
    assert found.app.query_params["q"] in ("refreshed monthly", ["refreshed monthly"])


def test_a_round_that_runs_is_gone_on_with(page: Page) -> None:
    session.desk().archive.add_round(begun_round("r1"))
    session.desk().archive.add_turn("r1", answer(1))
    assert ("room", "round=r1&turn=C1") in leads(searched("refreshed"))


def test_the_address_searches_by_itself(page: Page) -> None:
    session.desk().archive.add_round(played_round("r1"))
    page.goto("search", q="refreshed")
    assert page.app.text_input(key="query").value == "refreshed"
    assert "1 round." in page.html


def test_filters_alone_list_rounds_with_their_result(page: Page) -> None:
    archive = session.desk().archive
    for id_, band in (("r1", Band.READY), ("r2", Band.NOT_YET)):
        archive.add_round(played_round(id_))
        result = grade().result.model_copy(update={"band": band})
        archive.add_grade(id_, grade().model_copy(update={"result": result}))
    found = searched("band:not-yet evals=2")
    assert leads(found) == [("result", "round=r2")]
    assert ">not yet</span>" in found.html


def test_nothing_found_says_what_to_try_and_what_was_not_understood(page: Page) -> None:
    session.desk().archive.add_round(played_round("r1"))
    found = searched("zanzibar <b>wombat</b> band:excellent")
    assert "Nothing found. Words have to fall in one turn." in found.html
    assert "Not understood and left out: <code>band:excellent</code>" in found.html
    assert "<b>wombat" not in found.html


def test_a_handful_of_rounds_needs_no_search_and_more_have_a_link_to_it(page: Page) -> None:
    for number in range(HANDFUL):
        session.desk().archive.add_round(played_round(f"r{number}"))
    assert "Search them" not in Page.opened().links()
    session.desk().archive.add_round(played_round("more"))
    assert "Search them" in Page.opened().links()
