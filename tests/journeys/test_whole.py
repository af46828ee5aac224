"""The whole way of a candidate: from the home to a grade, its evidence, and gone again."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

DRAFT = "Half an answer about zanzibar"
SIZES = {"desktop": (1280, 800), "phone": (390, 844)}


def rounds_kept(server: Server) -> int:
    with closing(sqlite3.connect(server.home / "coach.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM round").fetchone()[0])


def words_on_disk(server: Server, words: str) -> bool:
    return any(words.encode() in path.read_bytes() for path in server.home.glob("coach.sqlite*"))


def sees_moment(page: Page) -> None:
    """The address names a turn, and that turn is in view."""
    turn = page.evaluate("location.hash")
    assert re.fullmatch(r"#turn-C\d+", turn)
    expect(page.locator(turn)).to_be_in_viewport()


@pytest.mark.parametrize("size", SIZES)
def test_by_mouse_or_finger(browser: Browser, server: Server, size: str) -> None:
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height})
    room = Room(page).open(server.url).start()
    room.answer(ANSWERS[0]).answer(ANSWERS[1])
    question = room.question
    room.box.fill(DRAFT)
    page.reload()
    room.heard(2)
    expect(room.box).to_have_value(DRAFT)
    assert room.question == question
    room.answer(ANSWERS[2]).end()

    page.locator(".coach-dimension summary", has_text=re.compile(r"[1-9] of \d+ found")).first.click()
    link = page.locator(".coach-dimension[open] blockquote a").first
    link.click()
    sees_moment(page)
    turn = page.evaluate("location.hash")
    page.locator(f"{turn} .coach-back a").first.click()
    expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()
    page.locator(".coach-strip a").first.click()
    sees_moment(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    assert words_on_disk(server, "six thousand claims staff")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Delete for good").click()
    page.get_by_text("No round yet").wait_for()
    assert rounds_kept(server) == 0
    assert not words_on_disk(server, "six thousand claims staff")
    assert page.evaluate("Object.keys(localStorage).filter(key => /^coach\\.(draft|board)/.test(key))") == []


def test_by_the_keyboard_alone(browser: Browser, server: Server) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    room = Room(page).open(server.url)
    _play_by_keyboard(room)
    _read_the_result_by_keyboard(room)
    page.reload()
    room.graded().tab_to("Delete")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Delete for good")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_text("No round yet").wait_for()
    assert rounds_kept(server) == 0


def _play_by_keyboard(room: Room) -> None:
    page, press = room.page, room.page.keyboard.press
    room.tab_to("Document Q&A")
    press("Enter")
    page.get_by_role("button", name="Start the round").wait_for()
    room.settle()
    room.tab_to("Start the round")
    press("Enter")
    room.begun()
    for number, text in enumerate(ANSWERS[:2], start=1):
        expect(room.box).to_be_focused()
        page.keyboard.insert_text(text)
        press("Control+Enter")
        room.heard(number)
    press("Alt+h")
    expect(room.questions).to_have_count(4)
    room.settle()
    press("Alt+b")
    page.keyboard.insert_text("kept on the board: rc")
    press("r")
    press("c")
    expect(page.locator(".coach-board .state")).to_have_text("Saved ✓")
    press("Alt+p")
    expect(page.locator(".left")).to_have_text("Paused")
    press("Alt+p")
    expect(page.locator(".left")).to_contain_text("left")
    press("Alt+a")
    expect(room.box).to_be_focused()
    page.keyboard.insert_text(DRAFT)
    page.reload()
    room.heard(2)
    expect(room.box).to_have_value(DRAFT)
    expect(page.locator(".coach-board .notes")).to_have_value("kept on the board: rcrc")
    press("Control+Enter")
    room.heard(3)
    press("Alt+e")
    expect(page.get_by_role("button", name="End and grade")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("heading", name="How did it go?")).to_be_focused()
    expect(page.get_by_role("radio")).to_have_count(45)
    room.tab_to("Read the result")
    press("Enter")
    room.graded()


def _read_the_result_by_keyboard(room: Room) -> None:
    page, press = room.page, room.page.keyboard.press
    room.tab_to("found in your words")
    press("Enter")
    room.tab_to("C1 at")
    press("Enter")
    sees_moment(page)
    room.tab_to("(met)")
    press("Enter")
    expect(page.locator(page.evaluate("location.hash"))).to_be_in_viewport()


def test_the_sheet_of_keys_opens_by_a_key_and_turns_them_off(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    room = Room(page).open(server.url).start()
    press = page.keyboard.press
    sheet = page.get_by_role("dialog", name="Keys")
    press("Alt+a")
    page.keyboard.type("what?")
    expect(sheet).to_have_count(0)
    expect(room.box).to_have_value("what?")
    page.locator(".coach-title").click()
    page.keyboard.type("?")
    expect(sheet).to_be_visible()
    page.get_by_label("are on").uncheck()
    press("Escape")
    expect(sheet).to_have_count(0)
    press("Alt+h")
    page.locator(".coach-title").click()
    page.keyboard.type("?")
    page.wait_for_timeout(500)
    expect(sheet).to_have_count(0)
    expect(room.questions).to_have_count(1)


def test_a_board_written_just_before_a_crash_is_there_afterwards(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    server.kill()
    room.page.locator(".coach-board .notes").fill("drawn while nobody listened")
    server.start()
    room.page.reload()
    room.heard(0)
    expect(room.page.locator(".coach-board .notes")).to_have_value("drawn while nobody listened")
    expect(room.page.locator(".coach-board .state")).to_have_text("Saved ✓")
