"""Rounds out loud without any key: the browser itself hears and speaks, where it can."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.server import Server
from tests.journeys.spoken import ANSWER, SpokenRoom

pytestmark = [pytest.mark.slow, pytest.mark.browser]

CHUNKS = "We chunk the documents by heading and keep the page number with each chunk."

_SPEECH = """
(() => {
  window.recognised = CHUNKS;
  window.SpeechRecognition = class {
    start() {
      if (window.deaf) return setTimeout(() => { this.onerror?.({ error: "audio-capture" }); this.onend?.(); }, 50);
      this.timer = setTimeout(() => this.hears(false), 300);
    }
    hears(isFinal) {
      const result = [{ transcript: window.recognised }];
      result.isFinal = isFinal;
      this.onresult?.({ resultIndex: 0, results: [result] });
    }
    stop() { clearTimeout(this.timer); this.hears(true); setTimeout(() => this.onend?.(), 20); }
    abort() { this.stop(); }
  };
  window.read = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    speak(words) {
      if (window.mute) return setTimeout(() => words.onerror?.({ error: "synthesis-failed" }), 2);
      window.read.push(words.text);
      words.onstart?.();
      setTimeout(() => { words.dispatchEvent(new Event("end")); }, 400);
    },
    cancel() {},
  } });
})();
"""


@pytest.fixture(scope="module")
def speaking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(tmp_path_factory.mktemp("home"), COACH_VOICE="browser") as running:
        yield running


def opened(browser: Browser, before: str = "") -> SpokenRoom:
    room = SpokenRoom(browser.new_page())
    room.page.add_init_script(_SPEECH.replace("CHUNKS", repr(CHUNKS)) + before)
    return room


def test_a_browser_that_hears_and_speaks_needs_no_service(browser: Browser, speaking: Server) -> None:
    room = opened(browser).speak(speaking)
    room.hold(ANSWER)
    room.said(CHUNKS)
    room.is_my_turn()
    read = room.page.evaluate("() => window.read.join(' ')")
    assert room.question.split(".")[0].split("?")[0] in read


def test_a_browser_that_cannot_hear_says_so_and_one_types(browser: Browser, speaking: Server) -> None:
    room = opened(browser, "window.deaf = true;").speak(speaking)
    room.hold(ANSWER)
    expect(room.page.locator(".voice .problem")).to_contain_text("cannot turn speech into words")
    room.ways.get_by_role("button", name="Leave it out").click()
    room.answer(CHUNKS)
    room.said(CHUNKS)


def test_a_browser_that_cannot_speak_shows_the_words(browser: Browser, speaking: Server) -> None:
    room = opened(browser, "window.mute = true;").speak(speaking)
    room.hold(ANSWER)
    room.said(CHUNKS)
    room.is_my_turn()


def test_a_round_by_the_keyboard_and_captions_alone(browser: Browser, speaking: Server) -> None:
    room = opened(browser).speak(speaking)
    room.tab_to("Captions only")
    room.page.keyboard.press("Space")
    before = room.page.evaluate("() => window.read.length")
    room.tab_to("Hold to talk", "Shift+Tab")
    room.page.keyboard.down("Space")
    room.say(ANSWER)
    room.page.keyboard.up("Space")
    room.said(CHUNKS)
    room.page.keyboard.press("Alt+e")
    expect(room.page.get_by_role("button", name="End and grade")).to_be_focused()
    room.page.keyboard.press("Enter")
    expect(
        room.page.get_by_role("heading", name="How did it go?").or_(room.page.locator(".coach-result"))
    ).to_be_visible()
    assert room.page.evaluate("() => window.read.length") == before
