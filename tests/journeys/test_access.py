"""Every page for everybody: axe on each in light and dark, no request that leaves the machine, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.journeys.test_learning import THINKS
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDER = """box => box.scrollWidth <= box.clientWidth + 1 ? [] : [...box.querySelectorAll("*")]
  .filter(each => each.getBoundingClientRect().right > innerWidth + 1)
  .map(each => `${each.tagName}.${each.className}`.slice(0, 90))"""
"""What reaches over the right edge, where the page can be scrolled sideways."""
DRAWING = "graph TD\n  Q[Question] --> R[Retriever]\n  R -->|top 50| K[Reranker]"


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, and where."""
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]}"
        for rule in found
        if rule["impact"] in {"serious", "critical"}
        for node in rule["nodes"]
    ]


def _room(room: Room, url: str) -> None:
    room.open(url).start()
    room.answer(ANSWERS[0]).answer("How many documents are there?").draw("6k staff", DRAWING)
    room.page.get_by_role("img", name="Your drawing").wait_for()


def _result(room: Room, url: str) -> None:
    _room(room, url)
    room.answer(ANSWERS[1]).answer(ANSWERS[2]).end()
    for summary in room.page.locator(".coach-sheet summary").all():
        summary.click()


def _settle(room: Room, url: str) -> None:
    _room(room, url)
    room.answer(ANSWERS[1]).answer(ANSWERS[2]).end()
    room.page.get_by_role("button", name=re.compile("^Settle")).click()
    room.page.locator(".coach-criterion").wait_for()
    room.settle()
    room.page.keyboard.press("3")
    expect(room.page.locator(".coach-over strong")).to_have_text(re.compile("^2 of"))
    room.page.keyboard.press("b")
    expect(room.page.get_by_role("button", name="Take back")).to_be_visible()


def _rate(room: Room, url: str) -> None:
    """Each dimension was asked about, and most were hardly answered."""
    room.open(url).start()
    for text in (*ANSWERS, *[THINKS] * 5):
        room.answer(text)
    room.page.get_by_role("button", name="End the round").click()
    room.page.get_by_role("button", name="End and grade").click()
    room.page.locator(".st-key-ratings").get_by_text("3 Strong").first.click()
    room.page.get_by_text("Saved ✓ 1 of 9 rated.").wait_for()


def _retry(room: Room, url: str) -> None:
    _rate(room, url)
    room.page.get_by_role("button", name="Read the result").click()
    room.graded()
    room.page.get_by_role("button", name="Retry this moment").click()
    room.page.locator("[class*=st-key-answer-again] textarea").wait_for()
    for summary in room.page.locator(".coach-again summary").all():
        summary.click()


def _retried(room: Room, url: str) -> None:
    _retry(room, url)
    room.box.fill(ANSWERS[2])
    room.box.press("Control+Enter")
    room.page.locator(".coach-again .answers").wait_for()


def _progress(room: Room, url: str) -> None:
    _retried(room, url)
    room.open(f"{url}/progress")
    for summary in room.page.locator(".coach-progressing summary").all():
        summary.click()


def _choose(room: Room, url: str) -> None:
    room.open(f"{url}/choose?scenario=document-qa")
    for summary in room.page.locator(".coach-rubric summary").all():
        summary.click()


def _filled(room: Room, url: str) -> None:
    _result(room, url)
    room.open(url).baseline().open(url)


def _graded(room: Room, url: str) -> None:
    room.open(url).start().answer(ANSWERS[0]).answer(ANSWERS[1]).end()


def _dispute(room: Room, url: str) -> None:
    _graded(room, url)
    room.page.get_by_role("button", name="Dispute a verdict").click()
    room.page.get_by_role("button", name="Send it to a reviewer").wait_for()


def _reviews(room: Room, url: str) -> None:
    _graded(room, url)
    room.open(f"{url}/queue?by=Ana")


def _review(criterion: str) -> Callable[[Room, str], None]:
    def show(room: Room, url: str) -> None:
        _reviews(room, url)
        room.page.get_by_role("link", name="Review:").click()
        room.page.locator(".coach-criterion").wait_for()
        room.open(f"{room.page.url}&criterion={criterion}")

    return show


def _hits(room: Room, url: str) -> None:
    _graded(room, url)
    room.open(f"{url}/search?q=claims+band:excellent")
    room.page.locator(".coach-hit").wait_for()


def _ways(room: Room, url: str) -> None:
    room.open(url).baseline().open(f"{url}/search")


def _keys(room: Room, url: str) -> None:
    room.open(url)
    room.page.get_by_role("button", name="Keys").click()


def _tab(name: str) -> Callable[[Room, str], None]:
    def show(room: Room, url: str) -> None:
        _room(room, url)
        room.page.get_by_role("tab", name=name).click()

    return show


def _page(path: str) -> Callable[[Room, str], None]:
    def show(room: Room, url: str) -> None:
        room.open(url + path)

    return show


PAGES: dict[str, Callable[[Room, str], None]] = {
    "home, empty": _page(""),
    "home, filled": _filled,
    "keys": _keys,
    "choose": _choose,
    "room": _room,
    "room, prices": _tab("Prices"),
    "room, covered": _tab("Covered so far"),
    "result": _result,
    "settle": _settle,
    "rate": _rate,
    "retry": _retry,
    "retried": _retried,
    "progress": _progress,
    "progress, empty": _page("/progress"),
    "example": _page("/example"),
    "upload": _page("/upload"),
    "models": _page("/models"),
    "dispute": _dispute,
    "reviews": _reviews,
    "review": _review("framing.users-and-load"),
    "review, level": _review("framing"),
    "agreement, empty": _page("/agreement"),
    "search": _ways,
    "search, found": _hits,
    "not found": _page("/room?round=nowhere"),
}


@pytest.mark.parametrize("shown", PAGES)
def test_axe_finds_nothing_serious_and_nothing_is_asked_of_another_machine(
    browser: Browser, server: Server, shown: str
) -> None:
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    room = Room(context.new_page())
    PAGES[shown](room, server.url)
    room.settle()
    assert serious(room.page) == []
    assert [url for url in asked if not url.startswith((server.url, "blob:", "data:"))] == []


@pytest.mark.parametrize("shown", PAGES)
def test_in_the_dark_on_a_phone_axe_finds_nothing_and_at_twice_the_size_nothing_is_cut_off(
    browser: Browser, server: Server, shown: str
) -> None:
    room = Room(browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark"))
    PAGES[shown](room, server.url)
    room.settle()
    assert serious(room.page) == []
    for width, height in ((390, 844), (640, 400), (320, 568)):
        room.page.set_viewport_size({"width": width, "height": height})
        room.settle()
        main = room.page.locator("[data-testid=stMain]")
        wide = main.evaluate(WIDER)
        assert wide == [], f"{shown} at {width} px"
