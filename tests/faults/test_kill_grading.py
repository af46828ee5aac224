"""`kill -9` while a model judges or asks: what is kept is not paid for again, and nothing is half kept.

A reply is asked for again only where it was not in the database when the process died. Between its last byte and
the commit lie milliseconds: what was killed there counts as in flight, and is paid for once more.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from coach.archive.archive import SqlArchive
from coach.domain.calls import CallOutcome, Purpose
from coach.domain.grade import Cost, Grade
from coach.domain.transcript import Speaker
from coach.practice import owes_reply, take_in
from coach.settings import Settings
from coach.wiring import build_desk
from tests.builders import DATA, NINE
from tests.cli.command import COMMAND, coach_process, environment
from tests.doubles.models import Double, serving
from tests.doubles.playing import judged, play, texts_of
from tests.doubles.wire import Body
from tests.faults.waiting import WAITS, wait_for
from tests.golden_rounds import golden_round

pytestmark = pytest.mark.slow

ROUND = "killed"
GOLDEN = golden_round("document-qa/p1")
PACE = 0.001
"""Seconds a word: a reply takes about a quarter of a second."""
LATE = 0.3
"""Seconds in which what a process sent before its death has come in."""
KILLED = -9
INVENTED = {"turn": "C1", "text": "We never ship on Fridays, whatever the metrics say"}


@dataclass(frozen=True)
class Kept:
    """What stands in the database."""

    replies: frozenset[str]
    findings: int
    verdicts: list[str]
    calls: list[str | None]
    """Outcomes; None where the process died meanwhile."""

    @classmethod
    def in_(cls, home: Path) -> Kept:
        with closing(sqlite3.connect(home / "coach.sqlite", timeout=WAITS)) as file:
            return cls(
                replies=frozenset(row[0] for row in file.execute("SELECT reply FROM reply")),
                findings=file.execute("SELECT count(*) FROM findings").fetchone()[0],
                verdicts=[row[0] for row in file.execute("SELECT criterion FROM verdict ORDER BY criterion")],
                calls=[row[0] for row in file.execute("SELECT outcome FROM model_call ORDER BY number")],
            )

    @property
    def lost(self) -> int:
        """Calls that nobody knows the outcome of."""
        return self.calls.count(None)


@dataclass(frozen=True)
class Run:
    """What one process sent, in order, and what it left behind."""

    status: int
    sent: list[str]
    """Requests, by what they are asked in."""
    left: Kept


@dataclass
class Grading:
    """A round that is graded by one process after the other, each killed but the last."""

    home: Path
    double: Double
    pace: float = PACE
    runs: list[Run] = field(default_factory=list)

    @classmethod
    def of_golden_round(cls, home: Path, double: Double, pace: float = PACE) -> Grading:
        desk = build_desk(Settings(home=home, model=""))
        assert isinstance(desk.archive, SqlArchive)
        take_in(desk, ROUND, GOLDEN.transcript, NINE)
        desk.archive.close()
        return cls(home, double, pace)

    def run(self, until: Callable[[Grading], bool] | None = None) -> Run:
        """Grade in a process of its own, which is killed once `until` says so."""
        self.double.forget()
        self.double.answer, self.double.word_seconds = reply_to, self.pace
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.grade_round", ROUND],
            env=environment(self.home, COACH_MODEL=f"openai:double@{self.double.url}/v1"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if until is not None:
            wait_for(lambda: until(self) or process.poll() is not None)
            process.kill()
        out, err = process.communicate(timeout=WAITS)
        assert process.returncode in {0, KILLED}, err.decode()
        assert not err, err.decode()
        assert until is not None or out.decode().splitlines()[-1] == "graded"
        time.sleep(LATE)
        sent = [asked_in(seen.body) for seen in self.double.requests]
        self.runs.append(Run(process.returncode, sent, self.kept))
        return self.runs[-1]

    @property
    def kept(self) -> Kept:
        return Kept.in_(self.home)

    @property
    def sent(self) -> int:
        """Requests of the process that runs now."""
        return len(self.double.requests)

    @property
    def replied(self) -> int:
        """Those whose reply was sent whole."""
        return sum(seen.whole for seen in self.double.requests)

    @property
    def grades(self) -> list[Grade]:
        with closing(SqlArchive.open(Settings(home=self.home).database)) as archive:
            return archive.grades(ROUND)


def asked_in(body: Body) -> str:
    """What tells a request from every other: each of its bytes."""
    return hashlib.sha256(json.dumps(body).encode()).hexdigest()


def reply_to(body: Body) -> str:
    """A reply that no other request gets. Some are unsure and some quote what nobody said, so that a grading takes
    several waves of requests."""
    name = asked_in(body)
    ways: tuple[dict[str, Any], ...] = ({"confidence": "low"}, {"verdict": "met", "quotes": [INVENTED]}, {})
    said = judged(texts_of(body), **ways[int(name, 16) % len(ways)])
    for entry in (*said["criteria"], *said["flags"]):
        entry["reason"] = name
    return json.dumps(said)


def but_for_cost(grade: Grade) -> Grade:
    return grade.model_copy(update={"cost": Cost()})


@pytest.fixture(scope="module")
def server() -> Iterator[Double]:
    with serving() as double:
        yield double


@dataclass(frozen=True)
class Usual:
    """A grading that nobody interrupts."""

    grade: Grade
    replies: dict[str, str]
    """By what the request is asked in."""


@pytest.fixture(scope="module")
def usual(server: Double, tmp_path_factory: pytest.TempPathFactory) -> Usual:
    grading = Grading.of_golden_round(tmp_path_factory.mktemp("usual"), server, pace=0.0)
    run = grading.run()
    replies = {asked_in(seen.body): reply_to(seen.body) for seen in server.requests}
    assert len(set(replies.values())) == len(run.sent) == len(replies), "each reply is known by its request"
    assert run.left.replies == set(replies.values())
    assert len(run.sent) > 2 * len(GOLDEN.brief.rubric.dimension_ids), "there are several waves"
    (grade,) = grading.grades
    assert grade.cost.calls == len(run.sent)
    return Usual(grade, replies)


@pytest.fixture
def grading(server: Double, tmp_path: Path) -> Grading:
    return Grading.of_golden_round(tmp_path / "home", server)


def check(grading: Grading, usual: Usual) -> None:
    """All processes together asked for what one alone asks for, and again only for what died with one of them."""
    stored: set[str] = set()
    in_flight: Counter[str] = Counter()
    calls, lost = 0, 0
    for run in grading.runs:
        assert max(Counter(run.sent).values(), default=1) == 1, "no process sends a request twice"
        assert not stored & set(run.sent), "a stored reply is asked for again"
        newly = {name for name, reply in usual.replies.items() if reply in run.left.replies} - stored
        died = set(run.sent) - newly
        stored |= newly
        in_flight.update(died)
        # A call stands in the ledger before it is sent, so more may stand there than were sent, and none fewer.
        assert len(run.left.calls) - calls >= len(run.sent)
        assert len(run.left.calls) - calls - len(newly) >= len(died)
        assert set(run.left.calls) <= {None, CallOutcome.REPLIED}
        assert run.status == KILLED or run.left.lost == lost
        calls, lost = len(run.left.calls), run.left.lost
    sent = Counter(name for run in grading.runs for name in run.sent)
    assert sent == Counter(usual.replies.keys()) + in_flight
    assert stored == set(usual.replies)
    assert grading.runs[-1].left.replies == set(usual.replies.values())

    assert grading.runs[-1].left.verdicts == sorted(verdict.criterion for verdict in usual.grade.verdicts)
    grades = grading.grades
    assert but_for_cost(grades[-1]) == but_for_cost(usual.grade)
    assert sum(grade.cost.calls for grade in grades) == calls


POINTS: dict[str, Callable[[Grading, int], bool]] = {
    "the first request is sent": lambda now, _: now.sent >= 1,
    "the second request is sent": lambda now, _: now.sent >= 2,
    "the first reply has come whole": lambda now, _: now.replied >= 1,
    "nine requests are sent": lambda now, _: now.sent >= 9,
    "the first reply is stored": lambda now, _: len(now.kept.replies) >= 1,
    "five replies are stored": lambda now, _: len(now.kept.replies) >= 5,
    "the first findings are stored": lambda now, _: now.kept.findings >= 1,
    "five findings are stored": lambda now, _: now.kept.findings >= 5,
    "the last request is sent": lambda now, most: now.sent >= most,
    "the last reply has come whole": lambda now, most: now.replied >= most,
    "the last reply is stored": lambda now, most: len(now.kept.replies) >= most,
}
LATEST = ("the last reply has come whole", "the last reply is stored")


@pytest.mark.parametrize("point", POINTS)
def test_a_grading_goes_on_where_it_was_killed_once(point: str, grading: Grading, usual: Usual) -> None:
    killed = grading.run(until=lambda now: POINTS[point](now, len(usual.replies)))
    finished = grading.run()
    check(grading, usual)
    if point in LATEST:
        unstored = len(usual.replies) - len(killed.left.replies)
        assert len(finished.sent) == unstored, "what had come and was not stored yet, and nothing else"
    else:
        assert killed.status == KILLED
        assert len(finished.sent) < len(usual.replies) or len(killed.left.replies) == 0
    if "sent" in point:
        assert set(killed.sent) & set(finished.sent), "something was in flight"
    if "stored" in point:
        assert killed.left.replies, "something was stored"


def test_a_grading_that_is_killed_again_and_again_comes_to_the_same_end(grading: Grading, usual: Usual) -> None:
    for _ in range(5):
        before = len(grading.kept.replies)
        grading.run(until=lambda now, before=before: len(now.kept.replies) > before)  # type: ignore[misc]
    grading.run()
    check(grading, usual)


def test_a_grading_that_was_finished_is_not_paid_for_again(grading: Grading, usual: Usual) -> None:
    grading.run()
    assert grading.run().sent == []
    check(grading, usual)


WORDS = {"nothing is said yet": 0, "a word is said": 1, "a clause has been said": 8}


@pytest.mark.parametrize("point", WORDS)
def test_a_question_that_was_killed_in_the_middle_is_asked_whole(
    point: str, server: Double, tmp_path: Path
) -> None:
    server.forget()
    server.answer, server.word_seconds = play, 0.05
    home = tmp_path / "home"
    models = {"COACH_MODEL": f"openai:double@{server.url}/v1"}
    process = subprocess.Popen(
        [*COMMAND, "play", "document-qa", "--engine", "llm", "--minutes", "12", "--answers", DATA / "weak.txt"],
        env=environment(home, **models),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_for(lambda: len(server.requests) >= 2 and server.requests[1].words >= WORDS[point])
    process.kill()
    assert process.wait(WAITS) == KILLED

    with closing(SqlArchive.open(Settings(home=home).database)) as archive:
        round_ = archive.round(archive.rounds()[0].id)
        *replied, lost = archive.calls(round_.id)
    answers = (DATA / "weak.txt").read_text(encoding="utf-8").split("\n---\n")
    said = [turn.text for turn in round_.turns if turn.speaker is Speaker.CANDIDATE]
    assert said == [answer.strip() for answer in answers[: len(said)]]
    assert owes_reply(round_), "the answer is there, and no part of a question"
    assert lost.outcome is None
    assert all(call.outcome for call in replied)

    server.word_seconds = 0.0
    ran = coach_process("play", "document-qa", f"--resume={round_.id}", home=home, typed="/end\n", env=models)
    assert ran.status == 0, ran.err
    with closing(SqlArchive.open(Settings(home=home).database)) as archive:
        after = archive.round(round_.id)
        calls = archive.calls(round_.id)
        assert archive.grade(round_.id) is not None
    assert after.turns[: len(round_.turns)] == round_.turns
    (question,) = after.turns[len(round_.turns) :]
    assert question.speaker is Speaker.INTERVIEWER
    assert question.text.endswith("?")
    outcomes = [call.outcome for call in calls if call.purpose is Purpose.INTERVIEW]
    assert outcomes == [*(call.outcome for call in replied), None, outcomes[-1]], "what died stays in the ledger"
    assert outcomes[-1] in {CallOutcome.REPLIED, CallOutcome.CLOSED}
