"""A spoken round in a browser: what a person does there, and what they say."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.journeys.mouth import Mouth
from tests.journeys.room import Room
from tests.journeys.server import Server

_CLIPS = Path(__file__).parents[1] / "data" / "speech"
ANSWER, QUESTION, MORE, COUGH, SILENCE = (
    (_CLIPS / f"{name}.ogg").read_bytes() for name in ("answer", "question", "more", "cough", "silence")
)

_SOCKETS = """
(() => {
  const Real = window.WebSocket;
  window.lines = [];
  window.WebSocket = class extends Real {
    constructor(...what) {
      super(...what);
      if (String(what[0]).endsWith("/voice")) window.lines.push(this);
    }
  };
})();
"""


class SpokenRoom(Room):
    """One browser tab with a microphone."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.mouth = Mouth(page)
        page.add_init_script(_SOCKETS)

    def check_sound(self, server: Server) -> SpokenRoom:
        """From the home to the sound check of a 12-minute rehearsal."""
        self.open(server.url)
        self.page.locator(".st-key-scenarios").get_by_role("link", name=re.compile("Document Q&A")).click()
        self.page.get_by_role("button", name="Start the round").wait_for()
        for choice in ("12 min", "Rehearse", "Out loud"):
            self.page.locator("[data-testid=stButtonGroup]").get_by_text(choice, exact=True).click()
            self.settle()
        self.page.get_by_role("button", name="Sound check").click()
        self.page.get_by_role("heading", name="Sound check").wait_for()
        self.settle()
        return self

    def speak(self, server: Server) -> SpokenRoom:
        """In a spoken round, once its opening has been said."""
        self.check_sound(server).page.get_by_role("button", name="Start the round").click()
        self.begun()
        self.is_my_turn()
        return self

    def is_my_turn(self) -> None:
        expect(self.state).to_have_text(re.compile("Your turn"))

    def free(self, patience: int) -> None:
        """Talk hands-free, with so many seconds of patience."""
        self.page.get_by_label("Patience").select_option(str(patience))
        self.page.get_by_label("Hands-free").check()
        expect(self.page.get_by_label("Hands-free")).to_be_checked()

    def say(self, *clips: bytes, pause: float = 0.0) -> None:
        for place, clip in enumerate(clips):
            if place:
                self.page.wait_for_timeout(pause * 1000)
            self.mouth.say(clip)

    def hold(self, clip: bytes) -> None:
        """Say it with the space bar held."""
        self.page.locator(".coach-title").click()
        self.page.keyboard.down("Space")
        expect(self.state).to_have_text("Listening")
        self.mouth.say(clip)
        self.page.keyboard.up("Space")

    def said(self, *answers: str) -> None:
        """So many answers are saved, these, and the last one is replied to."""
        expect(self.answers).to_have_text(list(answers))
        expect(self.page.locator(".coach-transcript > li").last).to_have_class(re.compile("is-interviewer"))

    def drop_line(self) -> None:
        """Cut the connection, as a network does."""
        self.page.evaluate("() => window.lines.at(-1).close()")

    @property
    def state(self) -> Locator:
        return self.page.locator(".voice .state")

    @property
    def ways(self) -> Locator:
        """What is offered where something could not be heard."""
        return self.page.locator(".voice .ways")
