"""A round's HTML file in a browser: from the disk, with the network off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.ui.drawing.html_file import round_html
from tests.journeys.room import Room
from tests.journeys.server import Server
from tests.journeys.test_access import WIDER, serious
from tests.shared_round import MARKUP, shared_round
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]


SCROLLS = """all => all.filter(each =>
  each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
  .map(each => each.className)"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The address of a round's file."""
    written = tmp_path / "round.html"
    written.write_text(round_html(*shared_round()), encoding="utf-8")
    return written.as_uri()


def opened(browser: Browser, file: str, scheme: Literal["light", "dark"] = "light", width: int = 1280) -> Page:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}, offline=True)
    return context.new_page()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_the_disk_asks_for_nothing_runs_nothing_and_axe_finds_nothing_serious(
    browser: Browser, file: str, scheme: Literal["light", "dark"]
) -> None:
    page = opened(browser, file, scheme)
    asked: list[str] = []
    told: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: told.append(message.text))
    page.on("dialog", lambda dialog: told.append(dialog.message))
    page.goto(file)
    expect(page.get_by_role("main")).to_contain_text(MARKUP)
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    for summary in page.locator("summary").all():
        summary.click()
    assert asked == [file]
    assert told == []
    assert serious(page) == []
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert dark == {"light": "rgb(251, 248, 243)", "dark": "rgb(27, 25, 23)"}[scheme]


def test_a_mark_leads_to_its_moment_and_a_quote_to_its_words_and_back(browser: Browser, file: str) -> None:
    page = opened(browser, file)
    page.goto(file)
    page.locator(".coach-strip .cells a").first.click()
    turn = page.locator(".coach-turn:target")
    expect(turn).to_be_in_viewport()
    back = turn.locator(".coach-back a").first
    verdict = page.locator(back.get_attribute("href") or "")
    expect(verdict).not_to_be_visible()
    back.click()
    expect(verdict).to_be_visible()
    expect(verdict).to_be_in_viewport()
    link = verdict.locator("blockquote a").first
    said = (verdict.locator("blockquote").first.inner_text()).partition("”")[0].removeprefix("“")
    link.click()
    expect(page.locator(".coach-turn:target")).to_contain_text(said)


def test_the_keyboard_reaches_every_part(browser: Browser, file: str) -> None:
    page = opened(browser, file)
    page.goto(file)
    page.locator("#dimension-evals > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dimension-evals li").first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert {"Evidence strip", "Debrief"} <= set(
        page.locator("section[aria-label]").evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    )
    page.locator(".coach-strip summary").click()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_nothing_is_cut_off(browser: Browser, file: str, width: int) -> None:
    page = opened(browser, file, width=width)
    page.goto(file)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator("html").evaluate(WIDER) == []


def test_on_paper_everything_folded_is_open_and_nothing_scrolls(browser: Browser, file: str) -> None:
    page = opened(browser, file, "dark", width=690)
    page.goto(file)
    page.emulate_media(media="print")
    shared = shared_round()
    for verdict in shared.review.settled.verdicts:
        expect(page.locator(f"#verdict-{verdict.criterion.replace('.', '-')}")).to_be_visible()
    for turn in shared.round.turns:
        expect(page.locator(f"#turn-{turn.id}")).to_be_visible()
    assert page.locator(".scroll").evaluate_all(SCROLLS) == []
    assert page.locator("html").evaluate(WIDER) == []
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(29, 25, 22)"
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert 5 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 40


def test_the_result_page_hands_out_the_file_whole_or_redacted(
    browser: Browser, server: Server, tmp_path: Path
) -> None:
    page = browser.new_page()
    room = Room(page).open(server.url).start()
    room.answer(f"{ANSWERS[0]} We did it at Zalando.").answer(ANSWERS[1]).end()
    page.get_by_role("button", name="Download").click()
    with page.expect_download() as whole:
        page.get_by_role("button", name="HTML").click()
    page.get_by_text("Replace names and numbers").click()
    listed = page.get_by_label("Names to replace too, a comma between them")
    listed.fill("claims staff, OCR")
    listed.press("Enter")
    room.settle()
    with page.expect_download() as clean:
        page.get_by_role("button", name="HTML").click()
    texts = [
        each.value.path().read_text(encoding="utf-8").partition("coach-transcript")[2] for each in (whole, clean)
    ]
    for said in ("Zalando", "thirty thousand questions", "claims staff", "OCR with"):
        assert [said in text for text in texts] == [True, False], said
    assert clean.value.suggested_filename.endswith("-redacted.html")
    assert not whole.value.suggested_filename.endswith("-redacted.html")
