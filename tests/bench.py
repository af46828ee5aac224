"""Measures, one JSON object a line: name, value, unit, goal, whether it holds. Null where nothing was measured.

Absolute times are aims on a quiet machine with two cores.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from coach.content.library import FileLibrary
from coach.content.prompts import FilePrompts
from coach.domain.interview.agenda import next_step
from coach.domain.round import Round, Setup
from coach.domain.rubric import Brief
from coach.domain.transcript import Speaker
from coach.engines.offline.interviewer import OfflineInterviewer
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from tests.candidates import CANDIDATES, play

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def main() -> None:
    """Print every measure."""
    brief = FileLibrary().brief("document-qa")
    round_ = play(
        brief, Setup(scenario="document-qa", minutes=45), OfflineInterviewer(FilePrompts()), CANDIDATES[0]
    )
    tell("offline next move, p50 over a 45-minute round", _next_move(round_), "ms", 50)
    tell("offline grade of a 40-minute round, cold", _cold(_grade_cold), "s", 1)
    tell("offline grade of a 40-minute round, warm", _timed(lambda: _grade(brief, round_)), "s", 1)
    tell("coach --help, median of 5", median(_timed(_help) for _ in range(5)), "s", 0.3)
    tell("start to first page", _first_page(), "s", 5)


def tell(name: str, value: float | None, unit: str, goal: float) -> None:
    """One measure as a line; a value holds where it is at most the goal."""
    holds = None if value is None else value <= goal
    rounded = None if value is None else round(value, 3)
    print(json.dumps({"name": name, "value": rounded, "unit": unit, "goal": goal, "holds": holds}), flush=True)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _next_move(round_: Round) -> float:
    """Milliseconds from an answer to the next step, each as it comes in a round."""
    times = []
    for place, turn in enumerate(round_.turns):
        if turn.speaker is Speaker.CANDIDATE:
            sofar = round_.model_copy(update={"turns": round_.turns[: place + 1]})
            at = turn.at or 0.0
            times.append(_timed(lambda sofar=sofar, at=at: next_step(sofar, at)))  # type: ignore[misc]
    return median(times) * 1_000


def _grade(brief: Brief, round_: Round) -> None:
    grade_transcript(brief, round_.transcript, OfflineJudge())


def _grade_cold() -> str:
    return (
        "import time; from tests.candidates import *; from coach.content.library import FileLibrary;"
        "from coach.content.files import read_transcript; from coach.engines.offline.judge import OfflineJudge;"
        "from coach.practice import grade_transcript; from pathlib import Path;"
        "t = read_transcript(Path('golden/document-qa/p1.yaml')); b = FileLibrary().brief('document-qa');"
        "began = time.perf_counter(); grade_transcript(b, t, OfflineJudge()); print(time.perf_counter() - began)"
    )


def _cold(script: Callable[[], str]) -> float:
    """Seconds that a fresh process reports."""
    done = subprocess.run([sys.executable, "-c", script()], capture_output=True, text=True, check=True)
    return float(done.stdout)


def _help() -> None:
    subprocess.run([Path(sys.executable).with_name("coach"), "--help"], capture_output=True, check=True)


@contextmanager
def _app() -> Iterator[str]:
    """The app in a process of its own with an empty home; gives its address at once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "COACH_HOME": home}
        command = [str(Path(sys.executable).with_name("coach")), "run", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(10)


def _first_page() -> float | None:
    """Seconds from starting the app's process, in an empty home, to the scenarios in a browser that is open
    already; None without a browser."""
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where there is a browser

    with sync_playwright() as driver:
        page = driver.chromium.launch(executable_path=browser, args=list(CHROMIUM_FLAGS)).new_page()
        began = time.perf_counter()
        with _app() as address:
            while time.perf_counter() - began < 60:
                try:
                    urllib.request.urlopen(f"{address}/_stcore/health", timeout=1)
                    break
                except (urllib.error.URLError, ConnectionError):
                    time.sleep(0.05)
            page.goto(address)
            page.get_by_text("Document Q&A").first.wait_for()
            return time.perf_counter() - began


if __name__ == "__main__":
    main()
