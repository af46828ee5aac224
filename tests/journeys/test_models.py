"""A key that is typed in: known to its tab over a reload, to no other tab, and never sent back by the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket, expect

from tests.doubles.models import Double, serving
from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.journeys.test_access import WIDER, serious

pytestmark = [pytest.mark.slow, pytest.mark.browser]

KEY = "sk-test-RECOGNISABLE-0123456789abcdef"
VARIABLE = "OPENAI_COMPATIBLE_API_KEY"
EVERYTHING = """() => {
  const all = (root) => [...root.querySelectorAll("*")].flatMap((each) => [
    ...(each.shadowRoot ? [each.shadowRoot.innerHTML, ...all(each.shadowRoot)] : []),
    ...("value" in each ? [String(each.value)] : []),
  ]);
  return [document.documentElement.outerHTML, ...all(document)].join("\\n");
}"""
"""What stands in the page, in shadow roots and in fields."""


@pytest.fixture
def double() -> Iterator[Double]:
    with serving() as running:
        yield running


@dataclass
class Wire:
    """What went over the tab's web socket."""

    sent: list[bytes] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)

    def listen(self, page: Page) -> Wire:
        page.on("websocket", self._listen)
        return self

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(_bytes(frame)))
        socket.on("framereceived", lambda frame: self.received.append(_bytes(frame)))

    def sendings(self) -> int:
        """How often the key was sent to the server."""
        return sum(KEY.encode() in frame for frame in self.sent)

    def resendings(self) -> int:
        """How often the page was run again to tell the server what it had lost."""
        return sum(b"resend" in frame and b'"kept"' in frame for frame in self.sent)


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


@dataclass
class Tab:
    """The page of models, in one browser tab."""

    page: Page
    wire: Wire

    @classmethod
    def opened(cls, context: BrowserContext, url: str) -> Tab:
        page = context.new_page()
        tab = cls(page, Wire().listen(page))
        Room(page).open(f"{url}/models")
        return tab

    @property
    def in_use(self) -> Locator:
        return self.page.locator(".coach-in-use")

    @property
    def kept(self) -> str:
        """What the tab keeps."""
        return str(self.page.evaluate("() => JSON.stringify({ ...sessionStorage })"))

    def settle(self) -> None:
        Room(self.page).settle()

    def choose(self, spec: str) -> Tab:
        box = self.page.get_by_role("combobox", name="Interviewer and judge")
        box.fill(spec)
        box.press("Enter")
        expect(self.in_use).to_contain_text(spec)
        self.settle()
        return self

    def type_key(self) -> Tab:
        """By the keyboard alone."""
        self.page.get_by_text("A server of your own that wants a key").click()
        self.page.get_by_label(VARIABLE).press_sequentially(KEY)
        self.page.keyboard.press("Enter")
        expect(self.in_use).to_contain_text("key from this page")
        self.settle()
        return self

    def reload(self) -> Tab:
        self.page.reload()
        self.settle()
        return self


def test_a_key_is_known_to_its_tab_and_is_never_sent_back(browser: Browser, server: Server, double: Double) -> None:
    spec = f"openai:any@{double.url}/v1"
    context = browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    tab = Tab.opened(context, server.url).choose(spec).type_key()
    assert tab.wire.sendings() == 1
    tab.page.get_by_role("button", name="Try it").click()
    expect(tab.page.locator(".coach-tried.is-good")).to_contain_text("works, in")
    assert double.requests[-1].headers["authorization"] == f"Bearer {KEY}"

    tab.reload()
    expect(tab.in_use).to_contain_text(spec)
    expect(tab.in_use).to_contain_text("key from this page")
    tab.settle()
    assert (tab.wire.sendings(), tab.wire.resendings()) == (2, 1)
    tab.page.get_by_text("Same for both").click()
    expect(tab.page.get_by_role("combobox", name="Judge")).to_be_visible()
    tab.page.get_by_role("link", name="Coach", exact=True).click()
    tab.page.get_by_role("button", name="Start a 12-minute baseline").wait_for()
    tab.settle()
    assert tab.wire.sendings() == 2, "a key is sent when the server has lost it, and not with every click"

    other = Tab.opened(context, server.url)
    expect(other.in_use).to_contain_text("Everything runs offline")
    assert "RECOGNISABLE" not in other.kept

    assert KEY in tab.kept
    received = b"".join(tab.wire.received + other.wire.received)
    assert VARIABLE.encode() in received, "the frames are readable"
    assert b"RECOGNISABLE" not in received
    for page in (tab.page, other.page):
        assert "RECOGNISABLE" not in page.evaluate(EVERYTHING)
        assert "RECOGNISABLE" not in page.evaluate("() => JSON.stringify({ ...localStorage }) + document.cookie")
    assert not [url for url in asked if "RECOGNISABLE" in url]
    server.kill()
    files = [file for file in server.home.rglob("*") if file.is_file()]
    assert {"server.log", "coach.sqlite"} <= {file.name for file in files}
    assert not [file for file in files if b"RECOGNISABLE" in file.read_bytes()]


def test_a_key_that_is_forgotten_is_gone(browser: Browser, server: Server, double: Double) -> None:
    tab = Tab.opened(browser.new_context(), server.url).choose(f"openai:any@{double.url}/v1").type_key()
    tab.page.get_by_role("button", name="Forget the key of your own server").click()
    expect(tab.in_use).to_contain_text("without a key")
    expect(tab.page.get_by_label(VARIABLE)).to_be_focused()
    assert "RECOGNISABLE" not in tab.kept
    tab.settle()
    tab.reload()
    expect(tab.in_use).to_contain_text(double.url)
    expect(tab.in_use).to_contain_text("without a key")


def test_a_tab_without_a_key_runs_its_pages_once(browser: Browser, server: Server) -> None:
    tab = Tab.opened(browser.new_context(), server.url)
    tab.page.wait_for_timeout(1_000)
    assert tab.wire.sent
    assert tab.wire.resendings() == 0


def test_a_server_that_starts_again_is_told_again(browser: Browser, server: Server, double: Double) -> None:
    spec = f"openai:any@{double.url}/v1"
    tab = Tab.opened(browser.new_context(), server.url).choose(spec).type_key()
    server.kill()
    server.start()
    expect(tab.in_use).to_contain_text("key from this page")
    tab.page.get_by_role("link", name="Coach", exact=True).click()
    tab.page.get_by_role("link", name="Models").click()
    expect(tab.in_use).to_contain_text(spec)
    expect(tab.in_use).to_contain_text("key from this page")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, server: Server, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    tab = Tab.opened(context, server.url)
    assert serious(tab.page) == []
    _fill(tab)
    assert serious(tab.page) == []


def test_on_a_phone_and_at_twice_the_size_nothing_is_cut_off(browser: Browser, server: Server) -> None:
    tab = Tab.opened(browser.new_context(viewport={"width": 390, "height": 844}), server.url)
    _fill(tab)
    for width, height in ((390, 844), (640, 400), (320, 568)):
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.settle()
        assert tab.page.locator("[data-testid=stMain]").evaluate(WIDER) == []


def _fill(tab: Tab) -> None:
    """A key kept, a model that does not answer, a fallback that names none."""
    tab.choose("openai:a-model-with-a-rather-long-name@http://127.0.0.1:9/v1").type_key()
    fallbacks = tab.page.get_by_label("Where it fails, ask")
    fallbacks.fill("openai:gpt-5.5, nonsense")
    fallbacks.press("Enter")
    expect(tab.page.locator(".coach-wrong")).to_contain_text("Fallback 2")
    tab.settle()
    tab.page.get_by_role("button", name="Try it").click()
    expect(tab.page.locator(".coach-tried")).to_have_text(re.compile("Is the server running"))
    tab.page.mouse.move(0, 0)
    tab.settle()
