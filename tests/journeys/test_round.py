from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_a_round_survives_a_reload_and_a_second_tab_and_ends_in_a_grade_that_quotes(
    browser: Browser, server: Server
) -> None:
    context = browser.new_context()
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    room = Room(context.new_page()).open(server.url).start()
    for text in ANSWERS:
        room.answer(text)
    question, gone, address = room.question, room.seconds_gone, room.page.url

    room.page.reload()
    room.heard(len(ANSWERS))
    assert room.question == question
    assert room.seconds_gone >= gone
    assert room.answers.all_inner_texts() == list(ANSWERS)

    second = Room(context.new_page()).open(address)
    second.heard(len(ANSWERS))
    assert second.question == question
    second.page.close()

    room.end()
    quotes = room.page.locator(".coach-dimension blockquote")
    assert quotes.count()
    said = " ".join(ANSWERS)
    for quote in quotes.all_text_contents():
        words = quote.rsplit("”", 1)[0].removeprefix("“")
        assert words in said
    assert all(url.startswith((server.url, "blob:", "data:")) for url in asked)
    assert "Traceback" not in server.log


def test_a_double_click_makes_one_turn(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    room.box.fill(ANSWERS[0])
    room.page.get_by_role("button", name="Send").dblclick()
    room.heard(1)
    room.box.fill(ANSWERS[1])
    room.page.evaluate(
        "() => { const b = document.querySelector('.stFormSubmitButton button'); b.click(); b.click(); b.click(); }"
    )
    room.heard(2)
    room.page.get_by_role("button", name="Hint", exact=True).dblclick()
    expect(room.questions).to_have_count(4)
    room.page.reload()
    room.heard(2)
    assert room.answers.all_inner_texts() == list(ANSWERS[:2])
    assert room.questions.count() == 4


def test_a_stale_tab_keeps_its_answer_and_then_shows_the_truth(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    room = Room(context.new_page()).open(server.url).start()
    stale = Room(context.new_page()).open(room.page.url)
    room.answer(ANSWERS[0])
    stale.box.fill(ANSWERS[1])
    stale.box.press("Control+Enter")
    stale.heard(2)
    assert stale.answers.all_inner_texts() == [ANSWERS[0], ANSWERS[1]]


def test_a_half_written_answer_survives_a_hint_and_a_reload(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    room.box.fill("Half an answer")
    room.page.get_by_role("button", name="Hint", exact=True).click()
    expect(room.questions).to_have_count(2)
    expect(room.box).to_have_value("Half an answer")
    room.page.reload()
    expect(room.box).to_have_value("Half an answer")
    room.box.press("Control+Enter")
    room.heard(1)
    assert room.answers.all_inner_texts() == ["Half an answer"]
    expect(room.box).to_have_value("")
    expect(room.box).to_be_focused()


def test_the_newest_words_are_in_view_and_the_clock_ticks_by_itself(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    for number in range(6):
        room.answer(f"{number}: {ANSWERS[number % 3]}")
    expect(room.questions.last).to_be_in_viewport()
    frames: list[str] = []
    room.page.on("websocket", lambda socket: socket.on("framesent", lambda _: frames.append("sent")))
    before = room.seconds_gone
    expect(room.page.locator(".gone")).not_to_contain_text(f"{before // 60}:{before % 60:02} of")
    assert room.seconds_gone > before
    assert not frames


def test_what_a_candidate_writes_never_runs(browser: Browser, server: Server) -> None:
    room = Room(browser.new_page()).open(server.url).start()
    alarms: list[str] = []
    room.page.on("dialog", lambda dialog: alarms.append(dialog.message))
    attack = "</p></ol></div><script>alert(1)</script><img src=x onerror=alert(2)> **bold** " + ANSWERS[0]
    room.draw(
        "<script>alert(3)</script>",
        '%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\n'
        "graph TD\n  A[<img src=x onerror=alert(4)>] --> B\n  click B call alert(5)\n"
        '  click A href "javascript:alert(6)"',
    )
    room.page.wait_for_timeout(1_000)
    for node in room.page.locator("[data-testid=stMermaidChart] svg .node").all():
        node.dispatch_event("click")
    room.answer(attack)
    assert room.answers.all_inner_texts() == [attack]
    assert (
        room.page.locator(
            ".coach-transcript img, .coach-transcript script, .coach-transcript strong strong"
        ).count()
        == 0
    )
    room.end()
    expect(room.page.locator(".coach-drawn pre")).to_contain_text("<script>alert(3)</script>")
    room.page.get_by_role("button", name="Download").click()
    for kind in ("HTML", "Markdown"):
        with room.page.expect_download() as download:
            room.page.get_by_role("button", name=kind).click()
        assert "<script" not in download.value.path().read_text(encoding="utf-8")
    assert not alarms


def test_the_result_begins_at_its_top_and_can_be_taken_along(browser: Browser, server: Server) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 700})
    room = Room(page).open(server.url).start()
    expect(page.locator(".coach-title")).to_be_in_viewport()
    room.answer(ANSWERS[0]).answer(ANSWERS[1]).end()
    expect(page.locator(".coach-result")).to_be_in_viewport()
    page.get_by_role("button", name="Download").click()
    for kind, words in (("HTML", "<!doctype html>"), ("Markdown", ANSWERS[0][:40]), ("JSON", '"grade/v1"')):
        with page.expect_download() as download:
            page.get_by_role("button", name=kind).click()
        assert words in download.value.path().read_text(encoding="utf-8")
