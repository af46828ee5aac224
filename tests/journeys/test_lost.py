"""Nothing a candidate wrote is lost: not by going back, by ending, by a second tab, or by a server that died."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_back_leads_back_and_forward_forward(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    page = room.page
    room.answer(ANSWERS[0])
    page.go_back()
    page.get_by_role("button", name="Start the round").wait_for()
    expect(page.locator(".coach-note")).to_have_count(0)
    page.go_forward()
    room.heard(1)
    room.end()
    page.go_back()
    page.get_by_role("link", name="Read its result").wait_for()
    page.go_back()
    page.get_by_role("button", name="Start the round").wait_for()


def test_words_typed_and_not_sent_before_the_end_are_there_to_copy(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start().answer(ANSWERS[0])
    room.box.fill("my unsent words")
    room.end()
    leftover = room.page.get_by_role("region", name="You had typed this")
    expect(leftover).to_contain_text("my unsent words")
    room.page.reload()
    expect(leftover).to_contain_text("my unsent words")
    leftover.get_by_role("button", name="Dismiss").click()
    room.page.reload()
    room.graded()
    expect(room.page.get_by_text("my unsent words")).to_have_count(0)


def test_words_in_a_tab_that_is_behind_move_into_its_new_box(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    room = Room(context.new_page()).open(server.url).start()
    behind = Room(context.new_page()).open(room.page.url)
    behind.box.fill("typed in the other tab")
    room.answer(ANSWERS[0])
    behind.page.get_by_role("button", name="Repeat").click()
    behind.heard(1)
    expect(behind.box).to_have_value("typed in the other tab")
    expect(room.box).to_have_value("")


def test_words_typed_right_after_sending_are_in_the_next_box(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    room.box.press_sequentially("The first answer.", delay=5)
    room.box.press("Control+Enter")
    room.page.keyboard.type(" and more", delay=20)
    room.heard(1)
    assert room.answers.all_inner_texts()[0].startswith("The first answer.")
    kept = room.answers.all_inner_texts()[0] + room.box.input_value()
    assert "more" in kept


def test_a_draft_begun_after_everything_was_deleted_is_kept(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    room = Room(page).open(server.url).baseline().open(server.url)
    page.get_by_role("button", name="Delete everything").click()
    page.get_by_role("button", name="Delete everything for good").click()
    expect(page.get_by_text("Everything is deleted.")).to_be_visible()
    room.baseline()
    room.box.fill("precious draft")
    page.get_by_role("link", name="Coach", exact=True).click()
    page.get_by_role("link", name=re.compile("^Continue")).click()
    expect(room.box).to_have_value("precious draft")


def test_a_board_drawn_in_two_tabs_keeps_both(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    room = Room(context.new_page()).open(server.url).start()
    other = Room(context.new_page()).open(room.page.url)
    expect(other.page.locator(".coach-board .notes")).to_be_editable()  # it holds the empty board now
    room.page.locator(".coach-board .notes").fill("from the first tab")
    expect(room.page.locator(".coach-board .state")).to_have_text("Saved ✓")
    other.page.locator(".coach-board .notes").fill("from the second tab")
    expect(other.page.locator(".coach-board .notes")).to_have_value(re.compile("first tab[\\s\\S]*second tab"))
    room.page.reload()
    expect(room.page.locator(".coach-board .notes")).to_have_value(re.compile("first tab[\\s\\S]*second tab"))


def test_what_is_drawn_while_an_earlier_sending_is_still_answered_stays(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    page.add_init_script(
        "const listen = WebSocket.prototype.addEventListener;"
        "WebSocket.prototype.addEventListener = function (kind, then) {"
        "  const late = (event) => setTimeout(then, window.late ?? 0, event);"
        "  listen.call(this, kind, kind === 'message' ? late : then);"
        "};"
    )
    room = Room(page).open(server.url).start()
    page.evaluate("window.late = 2500")
    page.locator(".coach-board .notes").fill("written first")
    page.locator(".coach-board .mermaid").fill("graph TD; A-->B")  # leaving the notes sends them alone
    page.wait_for_timeout(4_000)
    assert page.locator(".coach-board .mermaid").input_value() == "graph TD; A-->B"
    expect(page.locator(".coach-board .state")).to_have_text("Saved ✓")
    room.open(room.page.url)
    expect(page.locator(".coach-board .notes")).to_have_value("written first")
    expect(page.locator(".coach-board .mermaid")).to_have_value("graph TD; A-->B")


def test_one_goes_on_typing_while_the_server_is_dead(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    room.box.press_sequentially("typing while ", delay=10)
    server.kill()
    expect(room.page.get_by_text("Coach has stopped answering")).to_be_visible()
    room.box.focus()
    room.page.keyboard.type("the server is away", delay=10)
    server.start()
    room.page.reload()
    expect(room.box).to_have_value("typing while the server is away")


def test_a_tab_left_open_goes_on_at_the_first_press_once_the_server_is_back(
    browser: Browser, server: Server
) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    session = room.session
    room.box.fill("Written while the server was there.")
    server.kill()
    server.start()
    room.reconnected(session).box.press("Control+Enter")
    room.heard(1)
    assert room.answers.all_inner_texts() == ["Written while the server was there."]


def test_a_question_of_the_page_is_answered_by_the_next_key(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    room = Room(page).open(server.url).baseline().open(server.url)
    room.tab_to("Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Delete for good")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The round is deleted.")).to_be_visible()


def test_the_board_is_reached_from_another_tab_of_the_side(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    room.page.get_by_role("tab", name="Prices").click()
    room.page.keyboard.press("Alt+b")
    expect(room.page.locator(".coach-board .notes")).to_be_focused()


def test_markup_in_a_title_is_text(browser: Browser, server: Server) -> None:
    own = server.home / "scenarios"
    own.mkdir()
    source = (server.checkout / "scenarios" / "document-qa.yaml").read_text(encoding="utf-8")
    title = next(line for line in source.splitlines() if line.startswith("title:"))
    hostile = source.replace(title, "title: <img src=x onerror=alert(1)>Acme **bold**").replace(
        "id: document-qa\n", "id: acme\n", 1
    )
    (own / "acme.yaml").write_text(hostile, encoding="utf-8")
    page = browser.new_page()
    alarms: list[str] = []
    page.on("dialog", lambda dialog: alarms.append(dialog.message))
    room = Room(page).open(server.url)
    for _ in range(6):
        room.baseline().open(server.url)
    assert page.locator("[data-testid=stMain] img").count() == 0
    expect(page.get_by_text("<img src=x onerror=alert(1)>Acme **bold**").first).to_be_visible()
    assert alarms == []
