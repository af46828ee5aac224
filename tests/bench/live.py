"""How fast a live interviewer's words come to a browser, alone and among other rounds.

The model is a double on this machine that notes when each word leaves it; the page notes when words stand in its
document. Both read the clock of the operating system, the page to the millisecond.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from playwright.sync_api import Page, sync_playwright

from tests.bench.answers import answers, mark
from tests.bench.company import beside
from tests.bench.processes import app, double, model_at, told_by, wait_for
from tests.bench.telling import tell
from tests.journeys import chromium
from tests.journeys.room import Room

ROUNDS, TURNS = 3, 8
PEOPLE = 19
"""With the browser's round, twenty at once."""
PAUSE = 6.0
"""Seconds between a question and each of their answers, half to one and a half: people take ten times as long."""
P50, P95 = 100.0, 250.0
"""Milliseconds from the end of the model's first clause to its words in the browser, at most."""
_CLAUSE = re.compile(r".*?[.?!;:,…—](?=\s)", re.DOTALL)
WATCH = """
window.heard = [];
window.sent = [];
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") window.sent.push(Date.now());
}, true);
new MutationObserver(() => {
  const at = Date.now();
  const turn = document.querySelector(".coach-transcript > li:last-child.is-interviewer");
  const text = turn?.querySelector(".coach-dots") ? "" : turn?.querySelector("p")?.textContent ?? "";
  const key = document.querySelectorAll(".coach-transcript > li").length + text;
  if (text && window.heard.at(-1)?.key !== key) window.heard.push({ at, key, text });
}).observe(document, { subtree: true, childList: true, characterData: true });
"""
"""Notes in the page when an answer is sent by the keyboard, and whenever the last turn shows other words."""


class Turn(NamedTuple):
    """One answer and its reply. Milliseconds."""

    delay: float
    """From the end of the model's first clause to its words in the browser."""
    wait: float
    """From sending the answer to the first words in the browser."""
    asking: float
    """From sending the answer to its request at the model."""


def measure() -> None:
    """Tell of rounds alone, then of rounds among others."""
    alone: list[Turn] = []
    among: list[Turn] = []
    others: dict[str, Any] = {}
    if chromium.found() is not None:
        with tempfile.TemporaryDirectory() as home, double() as model, app(home, model_at(model)) as address:
            wait_for(f"{address}/_stcore/health")
            with _page() as page:
                alone = _rounds(page, address, model, "alone")
            pace = ("--people", PEOPLE, "--pause", PAUSE)
            with beside("tests.bench.crowd", address, *pace) as others, _page() as page:
                among = _rounds(page, address, model, "among")
    for turns, where in ((alone, ""), (among, f", {PEOPLE} more rounds")):
        delays = [turn.delay for turn in turns]
        tell(f"first clause complete to its words in the browser, p50{where}", _at(delays, 50), "ms", P50)
        tell(f"first clause complete to its words in the browser, p95{where}", _at(delays, 95), "ms", P95)
        tell(f"send to first words in the browser, p50{where}", _at([turn.wait for turn in turns], 50), "ms")
        tell(f"send to the model being asked, p50{where}", _at([turn.asking for turn in turns], 50), "ms")
        tell(f"turns measured{where}", len(turns) or None, "turns")
    tell(f"pace of the {PEOPLE} more rounds together", others.get("pace"), "answers/min")


def _at(values: Sequence[float], percent: int) -> float | None:
    """The smallest value that so many percent do not exceed."""
    ranked = sorted(values)
    return ranked[-(-len(ranked) * percent // 100) - 1] if ranked else None


@contextmanager
def _page() -> Iterator[Page]:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium.found(), args=chromium.FLAGS)
        page = browser.new_page()
        page.add_init_script(WATCH)
        yield page
        browser.close()


def _rounds(page: Page, address: str, model: str, who: str) -> list[Turn]:
    """What ROUNDS rounds in the browser came to."""
    turns: list[Turn] = []
    room = Room(page)
    for number in range(ROUNDS):
        room.open(address).start(minutes=45)
        name = f"{who} {number}"
        page.evaluate("() => { window.heard = []; window.sent = []; }")
        for text in islice(answers(name), TURNS):
            room.answer(text)
        sent, heard = page.evaluate("() => [window.sent, window.heard]")
        replies = told_by(f"{model}/said")
        for place, at in enumerate(sent):
            until = sent[place + 1] if place + 1 < len(sent) else at + 60_000
            seen = [each for each in heard if at <= each["at"] < until]
            asked = mark(name, place + 1)
            reply = next((each for each in replies if asked in each["asked"][0]), None)
            if reply is not None and (turn := _turn(at, seen, reply)):
                turns.append(turn)
    return turns


def _turn(sent: float, seen: list[dict[str, Any]], reply: dict[str, Any]) -> Turn | None:
    """What became of one reply; None where its first clause was not let through."""
    said = ""
    for at, words in reply["pieces"]:
        said += words
        if clause := _CLAUSE.match(said):
            shown = next((each["at"] for each in seen if clause[0].strip() in each["text"]), None)
            if shown is None:
                print(f"not shown: {json.dumps([said, seen])}", file=sys.stderr)
                return None
            return Turn(shown - 1_000 * at, shown - sent, 1_000 * reply["began"] - sent)
    return None
