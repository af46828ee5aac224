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
        """Go to an address and wait until its page has been drawn and listens to keys."""
        self.page.goto(url)
        return self.listens()

    def settle(self) -> None:
        """Wait until the page has been drawn."""
        self.page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
        self.page.locator(".stHtml h1").first.wait_for()

    def listens(self) -> Room:
        """Wait until keys are listened to, which begins after a first page is drawn."""
        self.page.locator("dialog kbd").first.wait_for(state="attached")
        self.settle()
        return self

    def start(self, scenario: str = "Document Q&A", minutes: int = 12, manner: str = "Rehearse") -> Room:
        """Choose a scenario from the home and begin a round."""
        self.page.locator(".st-key-scenarios").get_by_role("link", name=re.compile(re.escape(scenario))).click()
        self.page.get_by_role("button", name="Start the round").wait_for()
        for choice in (f"{minutes} min", manner):
            self.page.locator("[data-testid=stButtonGroup]").get_by_text(choice, exact=True).click()
            self.settle()
        self.page.get_by_role("button", name="Start the round").click()
        return self.begun()

    def baseline(self) -> Room:
        """Begin a round with the home's one button."""
        self.page.get_by_role("button", name="Start a 12-minute baseline").click()
        return self.begun()

    def begun(self) -> Room:
        """Wait for the first question."""
        self.box.wait_for()
        expect(self.questions).to_have_count(1)
        self.settle()
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
        return self.over().graded()

    def over(self) -> Room:
        """End the round and leave the self-rating out, where one is offered."""
        self.page.get_by_role("button", name="End the round").click()
        self.page.get_by_role("button", name="End and grade").click()
        skip = self.page.get_by_role("button", name="Skip", exact=True)
        skip.or_(self.page.locator(".coach-result, .coach-progress")).first.wait_for()
        if skip.is_visible():
            skip.click()
        return self

    def graded(self) -> Room:
        """Wait for the grade."""
        self.page.locator(".coach-result").wait_for()
        self.page.locator(".coach-sheet, .coach-transcript").first.wait_for()
        self.settle()
        return self

    def draw(self, notes: str, mermaid: str) -> Room:
        """Write on the board and wait until it is kept."""
        self.page.locator(".coach-board .notes").fill(notes)
        self.page.locator(".coach-board .mermaid").fill(mermaid)
        expect(self.page.locator(".coach-board .state")).to_have_text("Saved ✓")
        self.settle()
        return self

    def tab_to(self, name: str, key: str = "Tab") -> Room:
        """Press Tab until what is called `name` has the focus."""
        for _ in range(150):
            self.page.keyboard.press(key)
            here = self.page.evaluate(
                "() => { let at = document.activeElement; while (at?.shadowRoot?.activeElement) "
                "at = at.shadowRoot.activeElement; "
                "return at?.matches('a, button, summary, input, textarea') "
                "? at.getAttribute('aria-label') || at.innerText || at.labels?.[0]?.innerText || '' : ''; }"
            )
            if name in here:
                return self
        raise AssertionError(f"No Tab leads to {name!r}")

    @property
    def session(self) -> str | None:
        """Which of the server's sessions drew the page last."""
        return self.page.locator("[data-session]").get_attribute("data-session")

    def reconnected(self, session: str | None) -> Room:
        """Wait until a tab left open was drawn by another session than that."""
        expect(self.page.locator("[data-session]")).not_to_have_attribute("data-session", session or "")
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
