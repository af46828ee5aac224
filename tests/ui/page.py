"""A page as a test sees it: Streamlit's AppTest through `app.py`, with the words of the screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from streamlit.testing.v1 import AppTest

from coach.domain.round import Round
from coach.ui import session

APP = Path(__file__).parents[2] / "app.py"
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
    def opened(cls, round_id: str | None = None) -> Page:
        """A new tab on the home, or on a round's address."""
        app = AppTest.from_file(str(APP), default_timeout=SECONDS)
        if round_id is not None:
            app.query_params["round"] = round_id
        return cls(app.run())

    def reload(self) -> Page:
        """The same address in a new session, as F5 does."""
        return Page.opened(self.round_id)

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

    def click(self, label: str) -> Page:
        """Press the first button called `label`."""
        next(button for button in self.app.button if button.label == label).click()
        self.app.run()
        return self

    def choose(self, scenario: str = "document-qa", *, minutes: str = "", manner: str = "") -> Page:
        """Choose a scenario, a length (as its button reads) and Rehearse or Real."""
        self.app.radio(key="scenario").set_value(scenario).run()
        for label, value in (("Length", minutes), ("Rehearse or Real", manner)):
            if value:
                control = next(c for c in self.app.segmented_control if c.label == label)
                control.set_value(next(o for o in control.options if value in str(o)))
                self.app.run()
        return self

    def start(self, scenario: str = "document-qa", *, minutes: str = "", manner: str = "") -> Page:
        """Begin a round."""
        return self.choose(scenario, minutes=minutes, manner=manner).click("Start the round")

    def type(self, text: str) -> Page:
        """Write into the answer box without sending."""
        self.app.text_area[0].set_value(text)
        return self

    def answer(self, text: str) -> Page:
        return self.type(text).click("Send")

    def end(self) -> Page:
        return self.click("End and grade")
