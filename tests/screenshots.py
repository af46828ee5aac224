"""Takes the pictures in `docs/screens`: every screen of a candidate in light, in dark and on a phone.

`python -m tests.screenshots`, by hand, whenever a screen has changed; then look at them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from playwright.sync_api import Browser, expect, sync_playwright

from coach import practice, reviewing
from coach.domain.interview.agenda import Wish
from coach.domain.round import Setup
from coach.domain.transcript import Board
from coach.practice import Desk
from coach.settings import Settings
from coach.wiring import build_desk
from tests.journeys import chromium
from tests.journeys.room import Room
from tests.journeys.server import Server

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
LOOKS: dict[str, tuple[Literal["light", "dark"], int]] = {
    "light": ("light", 1280),
    "dark": ("dark", 1280),
    "phone": ("light", 390),
}
"""Colour scheme and width."""
ANSWERS = (
    "I'd start with who asks: six thousand claims staff, thirty thousand questions a day, so this is "
    "quality-bound, not throughput-bound. Wrong is five times worse than silent, so I'd hold unsupported claims "
    "under two percent and accept ten percent not found.",
    "How many documents are there?",
    "Scans go through OCR with a confidence score; tables stay as rows with their headers, not flattened into "
    "prose. Every chunk carries document id, version, effective dates, language and the groups allowed to read it.",
    "Keyword and dense search together, fifty each, fused and reranked to eight, because people paste form codes. "
    "I would not fine-tune for facts: they change daily and cannot be revoked.",
    "A golden set of three hundred questions sampled from the logs, labelled by two underwriters, twenty replaced "
    "a month. Recall at ten above point nine and unsupported claims under two percent, or the change doesn't ship.",
)
AGAIN = (
    "I check the judge against two experts on a hundred answers, kappa above point six, and again whenever we swap "
    "the judge model. Three hundred questions, two underwriters; below point nine recall the change does not ship."
)
ALOUD = Setup(scenario="support-assistant", minutes=12, rehearse=True, mode="voice")
NOTES = "6k staff, peak 4 a second\n660k questions a month, 2 cents each\nGolden set: 300, kappa 0.7"
DRAWING = """graph TD
  Q[Question] --> R[Keyword + dense]
  R -->|top 50| K[Reranker]
  K -->|8 passages| G[Cited answer]"""


def main() -> None:
    """Play one round and look at it from all sides."""
    browser = chromium.found()
    if browser is None:
        raise SystemExit(chromium.NONE)
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        Server(Path(home), COACH_VOICE="browser") as server,
        sync_playwright() as driver,
    ):
        opened = driver.chromium.launch(executable_path=browser, args=chromium.FLAGS)
        _take("home-empty", opened, server.url, 1_240)
        desk = build_desk(Settings(home=server.home, database_url=None))
        _play(desk)
        _take("room", opened, f"{server.url}/room?round=played", 860, _see_the_drawing)
        practice.finish(desk, "played", datetime.now(UTC))
        Room(opened.new_page()).open(server.url).baseline()
        _take("choose", opened, f"{server.url}/choose?scenario=document-qa", 1_060, _open_a_dimension)
        _take("result", opened, f"{server.url}/result?round=played", 1_500, _open_the_evidence)
        _take("rate", opened, f"{server.url}/rate?round=played", 900)
        _take("retry", opened, f"{server.url}/result?round=played", 1_150, _retry_the_moment)
        _take("progress", opened, f"{server.url}/progress", 1_100)
        _take("settle", opened, f"{server.url}/settle?round=played", 1_000, _settle_one)
        _take("home", opened, server.url, 1_330)
        _take("example", opened, f"{server.url}/example", 1_300)
        _take("upload", opened, f"{server.url}/upload", 800)
        _take("models", opened, f"{server.url}/models", 900)
        _take("judge", opened, f"{server.url}/judge", 1_300)
        _take("search", opened, f"{server.url}/search?q=golden", 800)
        _take("search-empty", opened, f"{server.url}/search", 700)
        _take("progress-empty", opened, f"{server.url}/progress?scenario=recommendation", 600)
        _review_it(desk)
        _take("queue", opened, f"{server.url}/queue?by=Ana", 800)
        _take("review", opened, f"{server.url}/review?round=played&by=Ana", 1_000)
        _take("agreement", opened, f"{server.url}/agreement?by=Ana", 900)
        _take("sound-check", opened, f"{server.url}/sound_check?setup={quote(ALOUD.model_dump_json())}", 760)
        practice.begin(desk, "aloud", ALOUD, datetime.now(UTC))
        _take("voice-room", opened, f"{server.url}/room?round=aloud", 1_050)


def _play(desk: Desk) -> None:
    """A baseline as it would stand some minutes in, with a hint taken."""
    began = datetime.now(UTC) - timedelta(minutes=9)
    setup = Setup(scenario="document-qa", minutes=12, rehearse=True)
    practice.begin(desk, "played", setup, began)
    for number, text in enumerate(ANSWERS, start=1):
        practice.answer(desk, "played", text, began + timedelta(seconds=80 * number), f"answer {number}")
    for _ in practice.reply(desk, "played", began + timedelta(seconds=500), Wish.HINT):
        pass
    practice.draw(desk, "played", Board(notes=NOTES, mermaid=DRAWING))


def _review_it(desk: Desk) -> None:
    """Bring the round to the front of the queue."""
    grade = desk.archive.grade("played")
    if grade is None:
        raise SystemExit("The round was not graded: its result was never opened.")
    why = "I named three hundred questions and two raters."
    reviewing.dispute(desk, desk.archive.round("played"), grade, "evals.golden-set", why, datetime.now(UTC))


def _take(
    name: str, browser: Browser, address: str, height: int, show: Callable[[Room], None] | None = None
) -> None:
    """One screen in every look, `height` pixels of it."""
    for look, (scheme, width) in LOOKS.items():
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": height})
        room = Room(page).open(address)
        if show:
            show(room)
        page.mouse.move(0, 0)
        page.wait_for_timeout(1_000)
        page.screenshot(path=FOLDER / f"{name}-{look}.png")
        page.close()


def _see_the_drawing(room: Room) -> None:
    room.page.get_by_role("img", name="Your drawing").wait_for()


def _open_a_dimension(room: Room) -> None:
    room.page.locator(".coach-rubric summary").nth(1).click()


def _settle_one(room: Room) -> None:
    """Settled, and come back to."""
    room.page.get_by_role("button", name="Keys").wait_for()  # from then on keys are listened to
    place = room.page.locator(".coach-over strong").first
    before = place.inner_text()
    room.page.keyboard.press("1")
    expect(place).not_to_have_text(before)
    room.page.keyboard.press("b")
    room.page.get_by_role("button", name="Take back").wait_for()


def _retry_the_moment(room: Room) -> None:
    """Answered again, or as the picture before left it."""
    room.graded()
    room.page.get_by_role("button", name="Retry this moment").click()
    shown = room.page.locator(".coach-again .answers")
    shown.or_(room.box).first.wait_for()
    if not shown.is_visible():
        room.box.fill(AGAIN)
        room.box.press("Control+Enter")
        shown.wait_for()


def _open_the_evidence(room: Room) -> None:
    room.graded()
    room.page.locator(".coach-dimension summary").nth(1).click()


if __name__ == "__main__":
    main()
