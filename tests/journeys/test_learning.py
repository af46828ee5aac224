"""From the end of a round past the self-rating to its result, a retry and the delta, by the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

AGAIN = (
    "A golden set of three hundred real questions; two underwriters mark which answers are supported, and twenty "
    "fresh failures replace old ones a month. Below point nine recall the change does not ship. I check the judge "
    "against two experts on a hundred answers, kappa above point six."
)
THINKS = "I would keep it simple and look at how people use it before deciding anything more about this part."


def press(room: Room, *keys: str) -> None:
    for key in keys:
        room.page.keyboard.press(key)


def ended(browser: Browser, server: Server) -> Room:
    """At the end of a round whose evaluation was asked about and hardly answered."""
    room = Room(browser.new_page()).open(server.url).start()
    for number in range(8):
        room.answer(ANSWERS[number] if number < len(ANSWERS) else THINKS)
    room.page.keyboard.press("Alt+E")
    expect(room.page.get_by_role("button", name="End and grade")).to_be_focused()
    room.page.keyboard.press("Enter")
    expect(room.page.get_by_role("radio")).to_have_count(45)
    room.settle()
    return room


def test_a_round_is_rated_read_and_tried_again_by_keyboard(browser: Browser, server: Server) -> None:
    room = ended(browser, server)
    expect(room.page.get_by_role("heading", name="How did it go?")).to_be_focused()
    press(room, "Tab")
    expect(room.page.get_by_role("button", name="Skip", exact=True)).to_be_focused()
    press(room, "Tab")
    expect(room.page.get_by_role("radio").first).to_be_focused()
    press(room, "Space")
    room.page.get_by_text("Saved ✓ 1 of 9 rated.").wait_for()
    press(room, "ArrowRight", "ArrowRight")
    expect(room.page.get_by_role("radio", name="2 Workable").first).to_be_checked()
    room.settle()
    press(room, "Tab", "Space")
    room.settle()
    room.page.reload()
    room.settle()
    expect(room.page.get_by_role("radio", name="2 Workable").first).to_be_checked()
    expect(room.page.get_by_role("checkbox", name="unsure").first).to_be_checked()
    room.tab_to("Read the result")
    press(room, "Enter")
    room.graded()
    expect(room.page.locator(".coach-whisker i.self")).to_have_count(1)

    room.tab_to("Retry this moment")
    press(room, "Enter")
    box = room.page.get_by_role("textbox", name="Your answer")
    expect(box).to_be_focused()
    room.settle()
    room.page.keyboard.type("We would look at a few answers")
    room.page.wait_for_timeout(600)
    gone = room.seconds_gone
    room.page.reload()
    room.settle()
    expect(box).to_have_value("We would look at a few answers")
    assert room.seconds_gone >= gone
    box.fill(AGAIN)
    box.press("Control+Enter")
    room.page.locator(".coach-again .changes").first.wait_for()
    expect(room.page.locator(".coach-again .score p")).to_have_text(re.compile(r"\d\.\d\d"))
    room.settle()

    room.tab_to("Once more")
    press(room, "Enter")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    room.settle()
    room.tab_to("Back to the result")
    press(room, "Enter")
    room.graded()
    expect(room.page.locator(".leftover")).to_be_hidden()


def test_what_was_skipped_is_skipped_and_the_grade_was_made_meanwhile(browser: Browser, server: Server) -> None:
    room = ended(browser, server)
    press(room, "Tab")
    expect(room.page.get_by_role("button", name="Skip", exact=True)).to_be_focused()
    press(room, "Enter")
    room.graded()
    expect(room.page.locator(".coach-whisker i.self")).to_have_count(0)
