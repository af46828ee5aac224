"""How long the offline engine and a command take."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from coach.domain.interview.agenda import next_step
from coach.domain.round import Round
from coach.domain.transcript import Speaker
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from tests.bench.telling import tell, timed


def measure(round_: Round) -> None:
    tell("offline next move, p50 over a 45-minute round", _next_move(round_), "ms", 50)
    tell("offline grade of a 40-minute round, cold", _cold(_grade_cold), "s", 1)
    tell("offline grade of a 40-minute round, warm", timed(lambda: _grade(round_)), "s", 1)
    tell("coach --help, median of 5", median(timed(_help) for _ in range(5)), "s", 0.3)


def _next_move(round_: Round) -> float:
    """Milliseconds from an answer to the next step, each as it comes in a round."""
    times = []
    for place, turn in enumerate(round_.turns):
        if turn.speaker is Speaker.CANDIDATE:
            sofar = round_.model_copy(update={"turns": round_.turns[: place + 1]})
            at = turn.at or 0.0
            times.append(timed(lambda sofar=sofar, at=at: next_step(sofar, at)))  # type: ignore[misc]
    return median(times) * 1_000


def _grade(round_: Round) -> None:
    grade_transcript(round_.brief, round_.transcript, OfflineJudge())


def _grade_cold() -> str:
    return (
        "import time; from coach.content.library import FileLibrary;"
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
