"""What a person does in the room, in a browser."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

WAITS = 60_000
"""Milliseconds anything may take; only a hang reaches it."""


class Room:
    """One browser tab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_default_timeout(WAITS)
        expect.set_options(timeout=WAITS)

    def open(self, url: str) -> Room:
        self.page.goto(url)
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until the page has been drawn."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.page.locator(".stHtml h1").first.wait_for()

    def start(self, scenario: str = "Document Q&A", minutes: int = 12) -> Room:
        """Begin a round."""
        self.page.get_by_text(scenario).first.click()
        self.settle()
        self.page.get_by_text(f"{minutes} min,").click()
        self.settle()
        self.page.get_by_role("button", name="Start the round").click()
        self.box.wait_for()
        expect(self.questions).to_have_count(1)
        return self

    def answer(self, text: str) -> Room:
        """Send an answer by the keyboard and wait for the question after it."""
        said = self.answers.count()
        self.box.fill(text)
        self.box.press("Control+Enter")
        self.heard(said + 1)
        return self

    def heard(self, answers: int) -> None:
        """Wait until so many answers are saved and the last one has been replied to."""
        expect(self.answers).to_have_count(answers)
        expect(self.page.locator(".coach-transcript > li").last).to_have_class(re.compile("is-interviewer"))
        expect(self.page.locator("[aria-busy=true]")).to_have_count(0)
        self.page.locator(f".st-key-answer-{answers} textarea").wait_for()
        self.settle()

    def end(self) -> Room:
        self.page.get_by_role("button", name="End the round").click()
        self.page.get_by_role("button", name="End and grade").click()
        self.page.locator(".coach-result").wait_for()
        self.settle()
        return self

    @property
    def box(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your answer")

    @property
    def answers(self) -> Locator:
        return self.page.locator(".coach-turn.is-candidate p")

    @property
    def questions(self) -> Locator:
        return self.page.locator(".coach-turn.is-interviewer p")

    @property
    def question(self) -> str:
        return self.questions.last.inner_text()

    @property
    def seconds_gone(self) -> int:
        """What the clock shows as gone."""
        minutes, seconds = self.page.locator(".gone").inner_text().split(" of ")[0].split(":")
        return int(minutes) * 60 + int(seconds)
