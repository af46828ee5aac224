"""Times a person waits for a page, in a browser."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from statistics import median

from playwright.sync_api import TimeoutError as Unheard
from playwright.sync_api import sync_playwright

from coach.archive.archive import SqlArchive
from coach.domain.round import Round
from tests.bench.processes import app, wait_for
from tests.bench.telling import tell, timed
from tests.journeys import chromium
from tests.journeys.room import Room


def measure(round_: Round) -> None:
    """Null where there is no browser."""
    times = _times(round_)
    tell("start to first page", times.get("first"), "s", 5)
    tell("page switch, median of 6", times.get("switch"), "ms", 1_000)
    tell("rerun after an answer, median of 5", times.get("answer"), "ms", 500)
    tell("redraw of a 60-turn round, median of 7", times.get("redraw"), "ms", 100)


def _times(round_: Round) -> dict[str, float]:
    """Times a person waits in a browser that is open already; none without a browser.

    `first`: seconds from starting the app's process to the scenarios. The rest in milliseconds, from the key or
    click to the page at rest: `switch` to another page and back, `answer` until the next question stands, `redraw`
    of a round of 60 turns by its script alone, from its first message to its last.
    """
    browser = chromium.found()
    if browser is None:
        return {}
    with tempfile.TemporaryDirectory() as home, sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=browser, args=chromium.FLAGS).new_page()
        long = _sixty_turns(home, round_)
        began = time.perf_counter()
        with app(home) as address:
            wait_for(f"{address}/_stcore/health")
            page.goto(address)
            page.get_by_text("Document Q&A").first.wait_for()
            first = time.perf_counter() - began
            page.add_init_script(STOPWATCH)
            room = Room(page).open(address)
            switch = [_switched(room, *stop) for stop in TOUR]
            room.open(address).start(minutes=45)
            answer = [_answered(room, f"{number}: {ANSWER}") for number in range(5)]
            room.open(f"{address}/room?round={long}")
            redraw = [_redrawn(room) for _ in range(7)]
        return {"first": first, "switch": median(switch), "answer": median(answer), "redraw": median(redraw)}


PRESSES = 3
"""The first one after a page was opened may go unheard."""
TOUR = (
    ("A graded round", ".coach-sheet"),
    ("Coach", ".st-key-hero"),
    ("Grade a transcript", ".st-key-pasted"),
    ("Coach", ".st-key-hero"),
    ("A graded round", ".coach-sheet"),
    ("Coach", ".st-key-hero"),
)
"""Links of the bar, and what shows that the page behind one is there."""
ANSWER = "I would measure it on a golden set of three hundred questions before I change it, and gate the release."
STOPWATCH = """
window.spans = [];
new MutationObserver(() => {
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState;
  const last = window.spans.at(-1);
  if (state === "running" && (!last || last.length === 2)) window.spans.push([performance.now()]);
  if (state === "notRunning" && last?.length === 1) last.push(performance.now());
}).observe(document, { subtree: true, childList: true, attributeFilter: ["data-test-script-state"] });
"""
"""Notes in the page when Streamlit's script began and ended to run."""


def _sixty_turns(home: str, round_: Round) -> str:
    """Keep a running round of 60 turns in the database there and return its id."""
    turns = (round_.turns * 3)[:60]
    counts = Counter[str]()
    numbered = []
    for turn in turns:
        counts[turn.id[0]] += 1
        numbered.append(turn.model_copy(update={"id": f"{turn.id[0]}{counts[turn.id[0]]}"}))
    steps = {
        turn.id: round_.steps[old.id] for turn, old in zip(numbered, turns, strict=True) if old.id in round_.steps
    }
    setup = round_.setup.model_copy(update={"rehearse": True})
    now = datetime.now(UTC)
    long = round_.model_copy(
        update={"id": "sixty", "turns": tuple(numbered), "steps": steps, "setup": setup, "started_at": now}
    )
    archive = SqlArchive.open(f"sqlite:///{home}/coach.sqlite")
    archive.add_round(long)
    archive.close()
    return long.id


def _switched(room: Room, link: str, shows: str) -> float:
    def switch() -> None:
        room.page.get_by_role("link", name=link, exact=True).click()
        room.page.locator(shows).wait_for()
        room.settle()

    return 1_000 * timed(switch)


def _answered(room: Room, text: str) -> float:
    room.box.fill(text)
    return 1_000 * timed(lambda: room.answer(text))


def _redrawn(room: Room) -> float:
    """One run of the room's script, asked for by Streamlit's own key, with the cursor outside the answer box."""
    room.page.evaluate("() => { window.spans = []; document.querySelector('.st-key-bar a').focus(); }")
    for _ in range(PRESSES):
        room.page.keyboard.press("r")
        with suppress(Unheard):
            room.page.wait_for_function("() => window.spans.at(-1)?.length === 2", timeout=4_000)
            break
    began, ended = room.page.evaluate("() => window.spans.at(-1)")
    return float(ended - began)
