from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.journeys.room import Room
from tests.journeys.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TURNS = 30


def test_kill_9_after_each_of_thirty_answers_loses_none(browser: Browser, server: Server) -> None:
    """The server is killed as soon as an answer reads `saved ✓`, whether or not its reply was there yet. Each third
    time the page is opened anew; else the tab is left open and goes on by itself."""
    room = Room(browser.new_page()).open(server.url).start(minutes=45)
    address = room.page.url
    said = [f"Answer {number}: I would measure it before I change it." for number in range(1, TURNS + 1)]
    for number, text in enumerate(said, start=1):
        room.box.fill(text)
        room.box.press("Control+Enter")
        room.answers.nth(number - 1).wait_for()
        session = room.session
        server.kill()
        server.start()
        if number % 3 == 0:
            room.open(address)
        else:
            room.reconnected(session)
        room.heard(number)
        assert room.answers.all_inner_texts() == said[:number]
    assert room.questions.count() >= TURNS
