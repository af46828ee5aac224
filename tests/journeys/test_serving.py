"""Nothing a page shows makes the browser ask anybody but this server."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from coach import practice
from coach.domain.round import Setup
from coach.domain.transcript import Board
from coach.settings import Settings
from coach.ui.serving import HEADERS
from coach.wiring import build_desk
from tests.journeys.room import Room
from tests.journeys.server import Server

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HARMLESS = "graph TD\n  A[User] --> B[(Cache)]"
HOSTILE = 'graph TD\n  A@{{ img: "{outside}/drawing.png", label: "Cache", w: 60, h: 60 }} --> B'
MARKUP = "url => document.body.insertAdjacentHTML('beforeend', `<img src='${url}/markup.png'>`)"


class Outside(BaseHTTPRequestHandler):
    """Somebody else's server, which writes down what it is asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def outside() -> Iterator[tuple[str, list[str]]]:
    """The address of another server, and what it has been asked for."""
    asked: list[str] = []
    handler = type("Handler", (Outside,), {"asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def room_with(drawing: str, server: Server) -> str:
    """The address of a round with `drawing` on its board."""
    desk = build_desk(Settings(home=server.home, database_url=None))
    practice.begin(desk, "drawn", Setup(scenario="document-qa", minutes=12), datetime.now(UTC))
    practice.draw(desk, "drawn", Board(mermaid=drawing))
    return f"{server.url}/room?round=drawn"


def is_refused(message: ConsoleMessage) -> bool:
    return "Content Security Policy" in message.text


def test_every_answer_carries_the_headers(server: Server) -> None:
    with urllib.request.urlopen(server.url) as answer:
        script = re.search(r'src="\./(static/js/[^"]+)"', answer.read().decode())
    assert script
    for path in ("", script[1], "app/static/fonts/inter-latin.woff2", "_stcore/health"):
        with urllib.request.urlopen(f"{server.url}/{path}") as answer:
            assert {name: answer.headers.get_all(name) for name in HEADERS} == {
                name: [value] for name, value in HEADERS.items()
            }


def test_a_page_works_with_its_own_fonts_and_nothing_is_refused(browser: Browser, server: Server) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if is_refused(message) else None)
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    Room(page).open(server.url)
    page.goto(room_with(HARMLESS, server))
    page.get_by_role("img", name="Your drawing").wait_for()
    for font in ("16px Inter", "600 16px Newsreader", "italic 16px Newsreader"):
        assert page.evaluate("font => document.fonts.load(font).then(faces => faces.length)", font)
    assert refused == []
    assert all(url.startswith((server.url, "blob:", "data:")) for url in asked)


def test_a_drawing_and_markup_that_ask_for_an_outside_picture_are_refused(browser: Browser, server: Server) -> None:
    with outside() as (url, asked):
        page = browser.new_page()
        with page.expect_console_message(lambda message: is_refused(message) and "drawing.png" in message.text):
            page.goto(room_with(HOSTILE.format(outside=url), server))
        with page.expect_console_message(lambda message: is_refused(message) and "markup.png" in message.text):
            page.evaluate(MARKUP, url)
        assert asked == []
