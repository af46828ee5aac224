"""A live round in a browser, at a model server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.doubles.models import Double, Fault
from tests.journeys.room import WAITS, Room
from tests.journeys.server import Server
from tests.journeys.test_access import serious
from tests.ui.live import CLAUSES, REFUSED, interviewing, spec
from tests.ui.page import ANSWERS

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WATCH = """() => {
  window.seen = [];
  const look = () => {
    const turns = [...document.querySelectorAll(".coach-turn.is-interviewer")];
    const last = turns.at(-1);
    if (!last) return;
    const now = `${turns.length} ${last.querySelector("p").innerText.trim()}`;
    if (window.seen.at(-1) !== now) window.seen.push(now);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
"""Notes every state of the interviewer's last turn that the page shows."""


@pytest.fixture
def double() -> Iterator[Double]:
    with interviewing() as running:
        yield running


@pytest.fixture
def server(tmp_path: Path, double: Double, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server whose models are those of the double."""
    # A Server leaves out the COACH_… of its surroundings; settings are read in either case.
    monkeypatch.setenv("coach_model", spec(double))
    with Server(tmp_path / "home") as running:
        yield running


@pytest.fixture
def room(browser: Browser, server: Server) -> Iterator[Room]:
    """A live round in which the next question is the model's."""
    page = browser.new_page()
    yield Room(page).open(server.url).start().answer(ANSWERS[0])
    page.close()


def test_a_models_clauses_are_shown_one_after_the_other_and_stay(room: Room, double: Double) -> None:
    double.word_seconds = 0.08
    room.page.evaluate(WATCH)
    room.answer(ANSWERS[1])
    seen = [state.partition(" ")[2] for state in room.page.evaluate("() => window.seen") if state.startswith("3 ")]
    parts = [" ".join(CLAUSES[: number + 1]) for number in range(len(CLAUSES))]
    assert seen == ["thinking…", *parts]
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen[1:]))
    expect(room.questions.last).to_be_in_viewport(ratio=1)
    question = room.question
    room.page.reload()
    room.heard(2)
    assert room.question == question
    assert len(double.requests) == 1


def test_a_reply_that_is_cut_off_goes_away_and_the_round_goes_on_offline_to_its_grade(
    room: Room, server: Server, double: Double
) -> None:
    double.word_seconds = 0.08
    double.faults.append(Fault("cut", after=11))
    room.page.evaluate(WATCH)
    room.box.fill(ANSWERS[1])
    room.box.press("Control+Enter")
    room.page.locator(".coach-note").wait_for()
    room.settle()
    seen = room.page.evaluate("() => window.seen")
    assert f"3 {' '.join(CLAUSES[:2])}" in seen
    assert room.questions.count() == 2
    assert room.answers.all_inner_texts() == list(ANSWERS[:2])
    expect(room.page.locator(".coach-note")).to_contain_text("the reply was cut off")
    for way in ("Try again", "Switch model", "Go on offline"):
        expect(room.page.get_by_role("button", name=way)).to_be_visible()
    assert serious(room.page) == []
    asked = len(double.requests)
    room.page.get_by_role("button", name="Go on offline").click()
    room.heard(2)
    expect(room.page.locator(".coach-led")).to_have_text("offline")
    expect(room.page.locator(".coach-note")).to_have_count(0)
    room.answer(ANSWERS[2]).end()
    assert room.page.get_by_text("Graded offline").is_visible()
    assert len(double.requests) == asked
    assert "Traceback" not in server.log


def test_a_live_round_is_graded_dimension_by_dimension_and_costs_are_read_beside_it(
    room: Room, double: Double
) -> None:
    room.answer(ANSWERS[1]).answer(ANSWERS[2])
    room.page.get_by_role("tab", name="Cost").click()
    expect(room.page.locator(".coach-calls li")).to_have_count(2)
    assert serious(room.page) == []
    double.faults.extend([REFUSED] * 60)
    room.over()
    room.page.get_by_role("button", name="Try again").wait_for()
    expect(room.page.locator(".coach-note")).to_contain_text("Grading stopped; the transcript is safe")
    room.settle()
    assert serious(room.page) == []
    double.faults.clear()
    double.first_seconds = 0.5
    room.page.get_by_role("button", name="Try again").click()
    expect(room.page.locator(".coach-progress")).to_contain_text("reads your answers")
    room.page.locator(".coach-sheet").wait_for(timeout=WAITS)
    room.settle()
    expect(room.page.locator(".coach-graded-by")).to_contain_text("Graded by openai:any at 127.0.0.1")
    assert serious(room.page) == []
