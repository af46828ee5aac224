"""From the home to a moment of an old round, by keyboard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from coach.archive.archive import SqlArchive
from tests.archive.builders import NINE, played_round
from tests.journeys.room import Room
from tests.journeys.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_a_moment_is_found_from_the_home_without_a_mouse(browser: Browser, server: Server) -> None:
    archive = SqlArchive.open(f"sqlite:///{server.home}/coach.sqlite")
    for number in range(6):
        archive.add_round(played_round(f"r{number}", exchanges=30, started_at=NINE + timedelta(days=number)))
    archive.close()
    room = Room(browser.new_page(viewport={"width": 1280, "height": 700})).open(server.url)
    room.page.keyboard.press("/")
    room.page.locator(".coach-ways").wait_for()
    room.page.locator(".st-key-query input").wait_for()
    room.page.keyboard.press("/")
    expect(room.page.locator(".st-key-query input")).to_be_focused()
    room.page.keyboard.type("part 20")
    room.page.keyboard.press("Enter")
    expect(room.page.locator(".coach-hit")).to_have_count(6)
    room.settle()
    room.tab_to("How would you know it works, part 20")
    room.page.keyboard.press("Enter")
    expect(room.page.locator("#turn-I20")).to_be_focused()
    expect(room.page.locator("#turn-I20")).to_be_in_viewport()
    assert "round=r5" in room.page.url
    room.page.go_back()
    expect(room.page.locator(".coach-hit")).to_have_count(6)
    expect(room.page.locator(".st-key-query input")).to_have_value("part 20")
