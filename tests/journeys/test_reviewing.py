"""A reviewer's work in a real browser, by the keyboard alone: from the queue to the next round."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle

import pytest
from playwright.sync_api import Browser, expect

from coach import practice, reviewing
from coach.domain.remarks import Dismissal
from coach.domain.scenario import Outcome
from coach.domain.worksheet import is_level
from coach.practice import Desk
from coach.settings import Settings
from coach.wiring import build_desk
from tests.golden_rounds import conversation
from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

HEADING = "() => document.activeElement.matches('h1')"


def waiting(server: Server, *round_ids: str) -> Desk:
    """Graded rounds in the queue, the first one the oldest."""
    desk = build_desk(Settings(home=server.home, database_url=None))
    said = conversation(*(words for answer in ANSWERS for words in ("How do you know it works?", answer)))
    for age, id_ in enumerate(reversed(round_ids), start=1):
        practice.take_in(desk, id_, said, datetime.now(UTC) - timedelta(hours=age))
        for _ in practice.grade_round(desk, id_):
            pass
    return desk


def place(room: Room, number: int) -> None:
    """Wait for the item with that number."""
    expect(room.page.locator(".coach-over strong")).to_have_text(re.compile(rf"^{number} of \d+$"))
    room.settle()


def read_out(room: Room, number: int) -> None:
    """Wait for the item with that number, which takes the focus so that it is read out."""
    place(room, number)
    room.page.wait_for_function(HEADING)


def evidence(room: Room) -> None:
    """The next sentence of the candidate as evidence."""
    room.page.keyboard.press("j")
    room.page.keyboard.press("q")
    expect(room.page.get_by_role("button", name="Met")).to_be_enabled()
    room.settle()


def test_a_whole_review_by_the_keyboard_alone(browser: Browser, server: Server) -> None:
    desk = waiting(server, "first", "second")
    room = Room(browser.new_page()).open(f"{server.url}/queue")
    keys = room.page.keyboard
    room.page.get_by_role("textbox", name=re.compile("Your name")).wait_for()
    room.tab_to("Your name")
    keys.type("Ana")
    keys.press("Enter")
    expect(room.page.get_by_role("button", name="Reviewing as Ana")).to_be_visible()
    room.tab_to("Blind: my findings first")
    keys.press("Space")
    room.page.wait_for_timeout(300)  # single keys rest while the page is drawn anew
    room.settle()
    began = time.perf_counter()
    keys.press("n")
    place(room, 1)
    expect(room.page.get_by_text("Blind: the judge is hidden")).to_be_visible()
    items = _find_blind(room, desk)
    room.page.get_by_text("All your findings are in").wait_for()
    case = reviewing.case(desk, "first", "Ana")
    assert case.left(blind=True) == ()
    assert case.sheet.blind[items[0]].quotes[0].text in case.round.transcript.candidate[0].text
    assert case.review.overrides == ()
    keys.press("Control+Enter")
    room.page.locator(".coach-revealed").wait_for()
    room.settle()
    parted = _decide(room, desk)
    room.page.get_by_text("Everything that needed you is decided.").wait_for()
    keys.press("Control+Enter")
    place(room, 1)
    assert "round=second" in room.page.url
    seconds = time.perf_counter() - began
    print(f"scripted blind review of {len(items)} items and {len(parted)} decisions: {seconds:.1f} s")
    kept = reviewing.case(desk, "first", "Ana")
    assert kept.left(blind=False) == ()
    assert [each.verdict for each in kept.review.overrides].count(Outcome.MISSED) >= len(parted) // 2
    assert [each.round_id for each in desk.archive.queue()] == ["second"]
    assert len(reviewing.blind_reviews(desk)) == 1


def _find_blind(room: Room, desk: Desk) -> tuple[str, ...]:
    """Every blind finding: the first met, with a sentence; the others missed, and level 2."""
    items = reviewing.case(desk, "first", "Ana").asked_blind()
    for number, item in enumerate(items, start=1):
        read_out(room, number)
        if is_level(item):
            expect(room.page.get_by_role("button", name="Workable")).to_be_visible()
            room.page.keyboard.press("2")
        elif number == 1:
            evidence(room)
            room.page.keyboard.press("1")
        else:
            room.page.keyboard.press("3")
    return items


def _decide(room: Room, desk: Desk) -> tuple[str, ...]:
    """Where the two part: mine and the judge's by turns."""
    revealed = reviewing.case(desk, "first", "Ana")
    parted = revealed.left(blind=False)
    looked_at = len(revealed.needing()) - len(parted)
    for done, key in zip(range(1, len(parted) + 1), cycle("3a"), strict=False):
        expect(room.page.locator(".coach-judge").first).to_be_visible()
        room.page.keyboard.press(key)
        expect(room.page.locator(".coach-far strong")).to_contain_text(f"{looked_at + done} of")
        room.settle()
    return parted


def test_words_selected_with_the_mouse_become_evidence_to_the_letter_whatever_stands_before_them(
    browser: Browser, server: Server
) -> None:
    desk = build_desk(Settings(home=server.home, database_url=None))
    tricky = f"Über 𝟑𝟎𝟎 🙂 cases <b>marked</b> & checked. {ANSWERS[1]}"
    said = conversation("How do you know it works?", tricky, "And then?", ANSWERS[0])
    practice.take_in(desk, "r1", said, datetime.now(UTC))
    for _ in practice.grade_round(desk, "r1"):
        pass
    room = Room(browser.new_page()).open(f"{server.url}/review?round=r1&by=Ana")
    place(room, 1)
    criterion = reviewing.case(desk, "r1", "Ana").left(blind=False)[0]
    room.page.evaluate(
        """() => {
          const text = document.querySelector('#turn-C1 > p').firstChild;
          const start = text.data.indexOf('🙂'), end = text.data.indexOf('checked');
          const range = document.createRange();
          range.setStart(text, start);
          range.setEnd(text, end);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    room.page.get_by_role("button", name="Use selected words").click()
    expect(room.page.get_by_role("button", name="Met")).to_be_enabled()
    expect(room.page.locator("#turn-C1 mark").first).to_have_text("🙂 cases <b>marked</b> &")
    room.page.keyboard.press("2")
    place(room, 2)
    found = reviewing.case(desk, "r1", "Ana").sheet.findings[criterion]
    (quote,) = found.quotes
    assert tricky[quote.start : quote.end] == quote.text == "🙂 cases <b>marked</b> &"


def test_single_letters_can_be_switched_off_and_write_where_something_is_written(
    browser: Browser, server: Server
) -> None:
    desk = waiting(server, "r1")
    room = Room(browser.new_page()).open(f"{server.url}/review?round=r1&by=Ana")
    place(room, 1)
    note = room.page.get_by_role("textbox", name="Note")
    note.fill("")
    note.press("n")
    note.press("3")
    expect(note).to_have_value("n3")
    assert reviewing.case(desk, "r1", "Ana").sheet.findings == {}
    room.page.keyboard.press("Escape")
    room.page.locator("h1").first.click()
    room.page.get_by_role("button", name="Keys").click()
    room.page.get_by_role("checkbox", name=re.compile("keys")).uncheck()
    room.page.get_by_role("button", name="Close").click()
    room.page.keyboard.press("3")
    room.page.wait_for_timeout(500)
    assert reviewing.case(desk, "r1", "Ana").sheet.findings == {}


def test_a_round_that_cannot_be_judged_is_taken_out_by_key(browser: Browser, server: Server) -> None:
    desk = waiting(server, "r1")
    room = Room(browser.new_page()).open(f"{server.url}/review?round=r1&by=Ana")
    place(room, 1)
    room.page.keyboard.press("d")
    why = room.page.get_by_role("textbox", name="Why", exact=True)
    why.press_sequentially("Mostly noise.")
    why.press("Enter")
    room.tab_to("Take it out of the queue")
    room.page.keyboard.press("Enter")
    room.page.get_by_text("Nothing waits.").wait_for()
    end = reviewing.case(desk, "r1", "Ana").sheet.end
    assert isinstance(end, Dismissal)
    assert end.text == "Mostly noise."
