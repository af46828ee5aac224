"""A page as a test sees it: Streamlit's AppTest through `app.py`, with the words of the screen."""

from __future__ import annotations

from dataclasses import dataclass

from streamlit.testing.v1 import AppTest

from coach.domain.round import Round
from coach.ui import session
from coach.ui.serving import SCRIPT
from tests.installed import scan_once

APP = SCRIPT
SECONDS = 60
"""Longest a page may take; only a hang reaches it."""

ANSWERS = (
    "I'd start with who asks: six thousand claims staff, thirty thousand questions a day, so this is "
    "quality-bound, not throughput-bound. Wrong is five times worse than silent, so I'd hold unsupported claims "
    "under two percent and accept ten percent not found.",
    "Scans go through OCR with a confidence score; tables stay as rows with their headers, not flattened into "
    "prose. Every chunk carries document id, version, effective dates, language and the groups allowed to read it.",
    "Five thousand in, three fifty out, two cents. Six hundred sixty thousand a month is fourteen thousand against "
    "fifteen. Prompt tokens dominate, so route and trim, guarded by the supported-claim gate.",
)


@dataclass
class Page:
    """One browser tab."""

    app: AppTest

    @classmethod
    def opened(cls, page: str = "home", **query: str) -> Page:
        """A new tab on the home, or on a page's address."""
        scan_once()
        tab = cls(AppTest.from_file(str(APP), default_timeout=SECONDS).run())
        return tab if page == "home" else tab.goto(page, **query)

    def goto(self, page: str, **query: str) -> Page:
        """Another address in the same tab."""
        self.app.query_params.clear()
        self.app.query_params.update(query)
        self.app.switch_page(session.page(page))
        self.app.run()
        self.app._page_hash = ""  # else AppTest goes back there on every run, wherever a click has led
        return self

    def reload(self) -> Page:
        """The same address in a new session, as F5 does."""
        return Page.opened("room", round=self.round_id)

    @property
    def round_id(self) -> str:
        found = self.app.query_params.get("round", [""])
        return str(found if isinstance(found, str) else found[0])

    @property
    def html(self) -> str:
        """Everything drawn as HTML, the style sheet aside."""
        blocks = (str(block.proto.body) for block in self.app.get("html"))
        return "\n".join(block for block in blocks if not block.startswith("<style>"))

    @property
    def round(self) -> Round:
        """The round as it is stored."""
        return session.desk().archive.round(self.round_id)

    @property
    def said(self) -> list[str]:
        """What the candidate has said, as it is stored."""
        return [turn.text for turn in self.round.transcript.candidate]

    @property
    def question(self) -> str:
        """The interviewer's last words, as they are stored."""
        return self.round.turns[-1].text

    def labels(self) -> list[str]:
        return [button.label for button in self.app.button]

    def links(self) -> list[str]:
        """What leads to other pages, as it reads."""
        return [link.proto.label.replace("\\", "").replace("**", "") for link in self.app.get("page_link")]

    def click(self, label: str) -> Page:
        """Press the first button called `label`."""
        next(button for button in self.app.button if button.label == label).click()
        self.app.run()
        return self

    def choose(self, scenario: str = "document-qa", **choices: object) -> Page:
        """Choose a scenario and, by the label of the control (`Level=…`), how to play it."""
        self.goto("choose", scenario=scenario)
        for label, value in choices.items():
            next(c for c in self.app.segmented_control if c.label.startswith(label)).set_value(value)
            self.app.run()
        return self

    def start(self, scenario: str = "document-qa", **choices: object) -> Page:
        """Begin a round."""
        return self.choose(scenario, **choices).click("Start the round")

    def type(self, text: str) -> Page:
        """Write into the answer box without sending."""
        self.app.text_area[0].set_value(text)
        return self

    def answer(self, text: str) -> Page:
        return self.type(text).click("Send")

    def end(self) -> Page:
        """End the round and read its result."""
        self.click("End and grade")
        return self.click("Skip") if "Skip" in self.labels() else self
