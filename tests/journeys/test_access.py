"""Every page for everybody: axe on each in light and dark, no request that leaves the machine, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from coach.domain.transcript import Board
from tests.journeys.prepared import Prepared
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
BOARD = Board(notes="6k staff", mermaid="graph TD\n  Q[Question] --> R[Retriever]\n  R -->|top 50| K[Reranker]")
SHORT = (ANSWERS[0], "How many documents are there?")
WHOLE = (*SHORT, *ANSWERS[1:])
THIN = (*ANSWERS, *[THINKS] * 5)
"""Each dimension is asked about, and most are hardly answered."""
SPOKEN = '{"scenario":"document-qa","minutes":12,"mode":"voice"}'
"""What was chosen before a sound check, as its address carries it."""


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


def _open_all(room: Room, part: str) -> None:
    """Open what is folded up in a part of the page."""
    for summary in room.page.locator(f"{part} summary").all():
        summary.click()


# Pages of an installation in which nothing was played


def _page(path: str) -> Callable[[Room, str], None]:
    def show(room: Room, url: str) -> None:
        room.open(url + path)

    return show


def _choose(room: Room, url: str) -> None:
    room.open(f"{url}/choose?scenario=document-qa")
    _open_all(room, ".coach-rubric")


def _keys(room: Room, url: str) -> None:
    room.open(url)
    room.page.get_by_role("button", name="Keys").click()


EMPTY: dict[str, Callable[[Room, str], None]] = {
    "home, empty": _page(""),
    "keys": _keys,
    "choose": _choose,
    "sound check": _page(f"/sound_check?setup={quote(SPOKEN)}"),
    "progress, empty": _page("/progress"),
    "example": _page("/example"),
    "upload": _page("/upload"),
    "models": _page("/models"),
    "agreement, empty": _page("/agreement"),
    "not found": _page("/room?round=nowhere"),
}


# Pages of rounds, each its own, beside those of other tests


def _filled(room: Room, prepared: Prepared) -> None:
    prepared.graded(WHOLE, BOARD)
    prepared.running()
    room.open(prepared.url)


def _room(room: Room, prepared: Prepared) -> None:
    room.open(prepared.at("room", prepared.running(SHORT, BOARD)))
    room.page.get_by_role("img", name="Your drawing").wait_for()


def _tab(name: str) -> Callable[[Room, Prepared], None]:
    def show(room: Room, prepared: Prepared) -> None:
        _room(room, prepared)
        room.page.get_by_role("tab", name=name).click()

    return show


def _voice_room(room: Room, prepared: Prepared) -> None:
    room.open(prepared.at("room", prepared.running(SHORT, mode="voice")))
    room.page.locator(".voice .state").wait_for()


def _result(room: Room, prepared: Prepared) -> None:
    room.open(prepared.at("result", prepared.graded(WHOLE, BOARD))).graded()
    _open_all(room, ".coach-sheet")


def _settle(room: Room, prepared: Prepared) -> None:
    room.open(prepared.at("settle", prepared.graded(WHOLE, BOARD)))
    room.page.locator(".coach-criterion").wait_for()
    room.listens().page.keyboard.press("3")
    expect(room.page.locator(".coach-over strong")).to_have_text(re.compile("^2 of"))
    room.page.keyboard.press("b")
    expect(room.page.get_by_role("button", name="Take back")).to_be_visible()


def _rate(room: Room, prepared: Prepared) -> None:
    room.open(prepared.at("rate", prepared.over(THIN)))
    room.page.locator(".st-key-ratings").get_by_text("3 Strong").first.click()
    room.page.get_by_text("Saved ✓ 1 of 9 rated.").wait_for()


def _retry(room: Room, prepared: Prepared) -> None:
    room.open(prepared.at("result", prepared.graded(THIN, rated=3))).graded()
    room.page.get_by_role("button", name="Retry this moment").click()
    room.page.locator("[class*=st-key-answer-again] textarea").wait_for()
    _open_all(room, ".coach-again")


def _retried(room: Room, prepared: Prepared) -> None:
    _retry(room, prepared)
    room.box.fill(ANSWERS[2])
    room.box.press("Control+Enter")
    room.page.locator(".coach-again .answers").wait_for()


def _progress(room: Room, prepared: Prepared) -> None:
    prepared.graded(THIN, rated=3)
    room.open(f"{prepared.url}/progress")
    _open_all(room, ".coach-progressing")


def _dispute(room: Room, prepared: Prepared) -> None:
    room.open(prepared.at("result", prepared.graded(ANSWERS[:2]))).graded()
    room.page.get_by_role("button", name="Dispute a verdict").click()
    room.page.get_by_role("button", name="Send it to a reviewer").wait_for()


def _reviews(room: Room, prepared: Prepared) -> None:
    prepared.graded(ANSWERS[:2])
    room.open(f"{prepared.url}/queue?by=Ana")
    room.page.get_by_role("link", name="Review:").first.wait_for()


def _review(criterion: str) -> Callable[[Room, Prepared], None]:
    def show(room: Room, prepared: Prepared) -> None:
        round_id = prepared.graded(ANSWERS[:2])
        room.open(prepared.at("review", round_id, f"&by=Ana&criterion={criterion}"))
        room.page.locator(".coach-criterion").wait_for()

    return show


def _ways(room: Room, prepared: Prepared) -> None:
    prepared.running()
    room.open(f"{prepared.url}/search")


def _hits(room: Room, prepared: Prepared) -> None:
    prepared.graded(ANSWERS[:2])
    room.open(f"{prepared.url}/search?q=claims+band:excellent")
    room.page.locator(".coach-hit").first.wait_for()


PLAYED: dict[str, Callable[[Room, Prepared], None]] = {
    "home, filled": _filled,
    "room": _room,
    "room, prices": _tab("Prices"),
    "room, covered": _tab("Covered so far"),
    "voice room": _voice_room,
    "result": _result,
    "settle": _settle,
    "rate": _rate,
    "retry": _retry,
    "retried": _retried,
    "progress": _progress,
    "dispute": _dispute,
    "reviews": _reviews,
    "review": _review("framing.users-and-load"),
    "review, level": _review("framing"),
    "search": _ways,
    "search, found": _hits,
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server in whose home nobody plays."""
    with Server(tmp_path_factory.mktemp("empty"), COACH_VOICE="browser") as running:
        yield running


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    """A server with the rounds of every test so far."""
    with Server(tmp_path_factory.mktemp("played"), COACH_VOICE="browser") as running:
        yield Prepared(running)


def show(name: str, room: Room, empty: Server, prepared: Prepared) -> str:
    """Open the page as it is to be looked at; the address of its server."""
    if name in EMPTY:
        EMPTY[name](room, empty.url)
    else:
        PLAYED[name](room, prepared)
    room.settle()
    return empty.url if name in EMPTY else prepared.url


@pytest.mark.parametrize("shown", [*EMPTY, *PLAYED])
def test_axe_finds_nothing_serious_and_nothing_is_asked_of_another_machine(
    browser: Browser, empty: Server, prepared: Prepared, shown: str
) -> None:
    context = browser.new_context(color_scheme="light", reduced_motion="reduce")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    room = Room(context.new_page())
    url = show(shown, room, empty, prepared)
    assert serious(room.page) == []
    assert [each for each in asked if not each.startswith((url, "blob:", "data:"))] == []


@pytest.mark.parametrize("shown", [*EMPTY, *PLAYED])
def test_in_the_dark_on_a_phone_axe_finds_nothing_and_at_twice_the_size_nothing_is_cut_off(
    browser: Browser, empty: Server, prepared: Prepared, shown: str
) -> None:
    room = Room(browser.new_page(viewport={"width": 390, "height": 844}, color_scheme="dark"))
    show(shown, room, empty, prepared)
    assert serious(room.page) == []
    for width, height in ((390, 844), (640, 400), (320, 568)):
        room.page.set_viewport_size({"width": width, "height": height})
        room.settle()
        main = room.page.locator("[data-testid=stMain]")
        wide = main.evaluate(WIDER)
        assert wide == [], f"{shown} at {width} px"
