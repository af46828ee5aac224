"""Settling what the judge could not tell, by the keyboard alone, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HEADING = "() => document.activeElement.matches('h1')"


def graded(browser: Browser, server: Server) -> Room:
    room = Room(browser.new_page()).open(server.url).start()
    for text in ANSWERS:
        room.answer(text)
    return room.end()


def place(room: Room, number: int | str) -> None:
    """Wait for the criterion with that number, which takes the focus so that it is read out."""
    expect(room.page.locator(".coach-over strong")).to_have_text(re.compile(rf"^{number} of \d+$"))
    room.settle()
    room.page.wait_for_function(HEADING)


def test_one_key_settles_a_criterion_and_the_range_narrows_as_one_watches(browser: Browser, server: Server) -> None:
    room = graded(browser, server)
    room.tab_to("Settle").page.keyboard.press("Enter")
    place(room, 1)
    alone = room.page.locator(".coach-narrowed .is-alone")
    expect(alone).to_have_count(0)
    room.page.keyboard.press("3")
    place(room, 2)
    room.page.keyboard.press("s")
    place(room, 3)
    room.page.keyboard.press("b")
    place(room, 2)
    room.page.keyboard.press("b")
    place(room, 1)
    expect(room.page.get_by_text("You said: missed.")).to_be_visible()
    expect(alone).to_have_count(1)
    room.page.keyboard.press("1")
    place(room, 2)
    room.open(f"{server.url}/result{room.page.url.partition('settle')[2].split('&criterion')[0]}").graded()
    expect(room.page.locator(".coach-ribbon")).to_contain_text("1 settled by you; the judge alone:")
    expect(room.page.locator("li:has-text('settled by you')")).to_have_count(1)


def test_a_key_writes_where_something_is_written_and_rests_where_keys_are_off(
    browser: Browser, server: Server
) -> None:
    room = graded(browser, server)
    room.page.get_by_role("button", name=re.compile("^Settle")).click()
    place(room, 1)
    room.page.get_by_role("button", name="Settling as the candidate").click()
    name = room.page.get_by_role("textbox", name="A reviewer's name")
    expect(name).to_be_focused()
    room.page.keyboard.type("bs 1")
    room.page.keyboard.press("Enter")
    expect(name).to_have_value("bs 1")
    expect(room.page.get_by_role("button", name="Settling as bs 1")).to_be_visible()
    place_now = room.page.locator(".coach-over strong").inner_text()
    assert place_now.startswith("1 of ")
    room.page.keyboard.press("Escape")
    room.page.get_by_role("button", name="Keys").click()
    room.page.keyboard.press("3")
    room.page.get_by_role("checkbox").uncheck()
    room.page.get_by_role("button", name="Close").click()
    room.page.keyboard.press("3")
    room.page.wait_for_timeout(500)
    assert room.page.locator(".coach-over strong").inner_text() == place_now


def test_the_words_lead_to_their_moment_and_others_can_be_chosen(browser: Browser, server: Server) -> None:
    room = graded(browser, server)
    room.page.get_by_role("button", name=re.compile("^Settle")).click()
    place(room, 1)
    link = room.page.locator("[class*=st-key-near-] a").first
    turn = link.inner_text().split()[0]
    link.click()
    expect(room.page.locator(f"#turn-{turn}")).to_be_in_viewport()
    assert len(room.page.context.pages) == 1
    room.page.get_by_text("Other words").click()
    met = room.page.get_by_role("button", name="Met")
    expect(met).to_be_disabled()
    room.page.get_by_role("combobox").fill("Scans go through")
    room.page.keyboard.press("Enter")
    expect(met).to_be_enabled()
    room.page.keyboard.press("Alt+1")
    place(room, 2)
    room.page.keyboard.press("b")
    place(room, 1)
    expect(room.page.get_by_text("You said: met.")).to_be_visible()
