"""Every way a model can fail, over the real SDKs against a double on loopback, on a turn and on a grading.

Expected of each: what a person is told, what is stored (never invented text), how many requests went out. The table
of all cells is printed at the end of the run.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.util import find_spec
from typing import Any, TypeVar

import pytest

from coach.archive.archive import SqlArchive
from coach.chat_models import connect
from coach.content.prompts import FilePrompts
from coach.domain.calls import CallOutcome
from coach.domain.grade import Grade
from coach.domain.grading import is_verbatim
from coach.domain.round import Setup
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Speaker
from coach.domain.walkthrough import Walkthrough
from coach.engines.llm.calling import Caller, Patience
from coach.engines.llm.interviewer import LlmInterviewer
from coach.engines.llm.judge import LlmJudge
from coach.errors import ModelError, ModelRefusedError, ModelReplyError, ModelUnavailableError, NotFoundError
from coach.ports import ChatModel, Shelf
from coach.practice import LLM, OFFLINE, Desk, begin, finish, go_offline, grade_round, reply, say
from coach.settings import Settings
from coach.wiring import build_desk
from tests.builders import NINE, tiny
from tests.doubles.models import Double, Fault, serving
from tests.doubles.playing import judged, play, texts_of
from tests.doubles.wire import Body

pytestmark = pytest.mark.slow

T = TypeVar("T")
KEY = "sk-double-0123456789abcdef"
SAID = (
    "I would start from the person at the other end and work backwards, since that is who lives with the result. "
    "Six thousand claims staff, thirty thousand questions a day, so this is quality-bound, not throughput-bound. "
    "Recall at ten above point nine, unsupported claims under two percent, or the change doesn't ship."
)
OTHER_LANGUAGE = "Wie würden Sie merken, dass eine Antwort dieses Systems falsch gewesen ist und wer erfährt davon?"
NOWHERE = "http://127.0.0.1:9/v1"
UNKNOWN = "http://double.invalid/v1"
QUICK = Patience(silence=0.4, deadline=30.0)
UNAVAILABLE, REFUSED, UNUSABLE = ModelUnavailableError, ModelRefusedError, ModelReplyError


def _openai(url: str) -> ChatModel:
    return connect(f"openai:double@{url}", {})


def _responses(url: str) -> ChatModel:
    os.environ["OPENAI_BASE_URL"] = url
    try:
        return connect("openai:double", {"OPENAI_API_KEY": KEY})
    finally:
        del os.environ["OPENAI_BASE_URL"]


def _anthropic(url: str) -> ChatModel:
    return connect(f"anthropic:double@{url.removesuffix('/v1')}", {})


def _litellm(url: str) -> ChatModel:
    return connect(f"litellm:openai/double@{url}", {})


APIS: dict[str, Callable[[str], ChatModel]] = {
    "openai chat": _openai,
    "openai responses": _responses,
    "anthropic": _anthropic,
    "litellm": _litellm,
}
needs_litellm = pytest.mark.skipif(find_spec("litellm") is None, reason="litellm is not installed here")


class OneScenario:
    """A library with the smallest scenario."""

    def shelf(self) -> Shelf:
        return Shelf(scenarios=(tiny().scenario,))

    def brief(self, scenario: str) -> Brief:
        return tiny()

    def walkthrough(self, scenario: str, *, weak: bool = False) -> Walkthrough:
        raise NotFoundError("There is none.")


@dataclass(frozen=True)
class Cell:
    """One fault, and what is expected of a turn or a grading that meets it."""

    faults: tuple[Fault, ...] = ()
    replies: Callable[[int, Body], str | None] | None = None
    """Changes the reply to the n-th request."""
    error: type[ModelError] | None = None
    """What a person is told of; None: the turn, or the grade, is made all the same."""
    requests: int | None = 1
    """Sent for the turn; for a grading, at least so many more than without the fault. None: other doubts arise."""
    authored: bool = False
    """The turn is in the author's words."""
    slept: tuple[float, ...] | None = None
    url: str | None = None
    patience: Patience = field(default=QUICK)
    word_seconds: float = 0.0
    check: Callable[[Grade], bool] | None = None

    @property
    def fails_all(self) -> bool:
        """Whether every request of a grading meets the fault."""
        return self.url is not None or self.word_seconds > 0


def status(code: int, times: int = 1, retry_after: str | None = None) -> tuple[Fault, ...]:
    return (Fault("status", status=code, retry_after=retry_after),) * times


def mid(kind: Any, after: int) -> tuple[Fault, ...]:
    return (Fault(kind, after=after, seconds=3.0),)


def first(text: str) -> Callable[[int, Body], str | None]:
    return lambda number, _: text if number == 0 else None


def trailer(change: Callable[[str], str]) -> Callable[[int, Body], str | None]:
    return lambda _, body: change(str(play(body)))


HTTP = {
    "401": Cell(status(401), error=REFUSED),
    "400": Cell(status(400), error=REFUSED),
    "404 model": Cell(status(404), error=REFUSED),
    "429, wait 1 s": Cell(status(429, retry_after="1"), requests=2, slept=(1.0,)),
    "429, wait 200 s": Cell(status(429, retry_after="200"), error=UNAVAILABLE),
    "429 three times": Cell(status(429, 3), error=UNAVAILABLE, requests=3),
    "500, then well": Cell(status(500), requests=2),
    "529, then well": Cell(status(529), requests=2),
    "slow first word": Cell((Fault("slow", seconds=0.2),)),
    "silent at first": Cell((Fault("slow", seconds=3.0),), requests=2),
    "broken body": Cell((Fault("broken"),), requests=2),
    "empty": Cell((Fault("empty"),), requests=2),
    "100 kB": Cell((Fault("long"),), requests=2),
    "nobody there": Cell(url=NOWHERE, error=UNAVAILABLE, requests=0),
    "no such name": Cell(url=UNKNOWN, error=UNAVAILABLE, requests=0),
}
MID = ("stall", "cut", "end", "garble", "error")
TURNS = {
    **HTTP,
    **{f"{kind} before a clause": Cell(mid(kind, 0), requests=2) for kind in MID},
    **{f"{kind} after a clause": Cell(mid(kind, 3), error=UNAVAILABLE) for kind in MID},
    "empty twice": Cell((Fault("empty"), Fault("empty")), requests=2, authored=True),
    "another language": Cell(replies=first(OTHER_LANGUAGE), requests=2),
    "no trailer": Cell(replies=trailer(lambda text: text.split("\n")[0])),
    "broken trailer": Cell(replies=trailer(lambda text: text[:-8])),
    "trailer first": Cell(replies=trailer(lambda text: "\n".join(reversed(text.split("\n"))))),
    "form instead of words": Cell(replies=first('{"verdict": "met"}'), requests=2),
    "takes too long": Cell(patience=Patience(deadline=0.05), word_seconds=0.03, error=UNAVAILABLE),
}


def of_first(change: Callable[[Body], str]) -> Callable[[int, Body], str | None]:
    """The first request's reply, changed."""
    return lambda number, body: change(body) if number == 0 else None


def with_entries(**changed: Any) -> Callable[[int, Body], str | None]:
    return of_first(lambda body: json.dumps(judged(texts_of(body), **changed)))


def unknown_and_missing(body: Body) -> str:
    said = judged(texts_of(body))
    known = [entry for entry in said["criteria"] if entry["verdict"] == "met"]
    return json.dumps({**said, "criteria": [*known, {**said["criteria"][0], "criterion": "K99"}]})


def all_met(text: str, turn: str = "C1") -> dict[str, Any]:
    return {"verdict": "met", "quotes": [{"turn": turn, "text": text}]}


def nothing_invented(grade: Grade) -> bool:
    return all(verdict.verdict is not Outcome.MET or verdict.quotes for verdict in grade.verdicts)


ALTERED = "Six thousand claims staff, thirty million questions a day"
GRADINGS = {
    **{name: replace(cell, requests=(cell.requests or 1) - 1) for name, cell in HTTP.items() if cell.url is None},
    **{name: cell for name, cell in HTTP.items() if cell.url is not None},
    **{f"{kind} in the reply": Cell(mid(kind, 3), requests=1) for kind in MID},
    "not JSON": Cell(replies=first("The candidate did well."), requests=1),
    "wrong form": Cell(replies=first('{"grade": 4}'), requests=1),
    "wrong form twice": Cell(
        replies=lambda number, _: '{"grade": 4}' if number < 2 else None, error=UNUSABLE, requests=0
    ),
    "unknown and missing criteria": Cell(replies=of_first(unknown_and_missing), requests=None),
    "verdict off the menu": Cell(replies=with_entries(verdict="brilliant"), requests=1),
    "invented quote": Cell(replies=with_entries(**all_met("We never ship on Fridays")), check=nothing_invented),
    "altered quote": Cell(replies=with_entries(**all_met(ALTERED)), check=nothing_invented),
    "interviewer's quote": Cell(
        replies=with_entries(**all_met("Design a system that lets them ask a question", "I1")),
        check=nothing_invented,
    ),
    "takes too long": Cell(patience=Patience(deadline=0.01), word_seconds=0.005, error=UNAVAILABLE),
}


@pytest.fixture
def round_id() -> str:
    return secrets.token_hex(8)


@pytest.fixture(scope="module")
def server() -> Iterator[Double]:
    with serving() as double:
        yield double


@pytest.fixture
def double(server: Double) -> Iterator[Double]:
    server.forget()
    server.first_seconds = server.word_seconds = 0.0
    yield server
    server.answer = None


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("home")
    built = replace(build_desk(Settings(home=home, model="", month_cap=None)), library=OneScenario())
    assert isinstance(built.archive, SqlArchive)
    yield built
    built.archive.close()


def with_model(desk: Desk, model: ChatModel, patience: Patience, slept: list[float]) -> Desk:
    caller = Caller([model], desk.calls, price=lambda _model, _usage: 0.001, patience=patience, sleep=slept.append)
    prompts = FilePrompts()
    return replace(
        desk,
        interviewers={**desk.interviewers, LLM: LlmInterviewer(caller, prompts)},
        judges={**desk.judges, LLM: LlmJudge(caller, prompts)},
    )


def script(double: Double, cell: Cell) -> None:
    """Let the double fail as the cell says, and play its part otherwise."""
    asked = iter(range(10_000))

    def answer(body: Body) -> str | None:
        number = next(asked)
        changed = cell.replies(number, body) if cell.replies else None
        return changed if changed is not None else play(body)

    double.answer = answer
    double.word_seconds = cell.word_seconds
    double.faults.extend(cell.faults)


def api(name: str) -> Any:
    return pytest.param(name, marks=needs_litellm if name == "litellm" else ())


@pytest.mark.parametrize("fault", TURNS)
@pytest.mark.parametrize("name", [api(name) for name in APIS])
def test_a_turn(
    name: str, fault: str, double: Double, desk: Desk, round_id: str, record_property: Callable[..., None]
) -> None:
    cell, slept = TURNS[fault], list[float]()
    live = with_model(desk, APIS[name](cell.url or f"{double.url}/v1"), cell.patience, slept)
    begin(live, round_id, Setup(scenario="tiny", engine=LLM), NINE)
    before = say(live, round_id, SAID, NINE, "key")
    script(double, cell)
    shown, told = attempt(cell, lambda: "".join(reply(live, round_id, NINE)).strip())
    after = live.archive.round(round_id)
    stored = after.turns[len(before.turns) :]
    assert [turn.text for turn in stored] == ([shown] if shown else [])
    assert len(double.requests) == cell.requests
    if shown:
        check_turn(shown, after.brief, authored=cell.authored)
    if cell.slept is not None:
        assert tuple(slept) == cell.slept
    assert [call.outcome for call in live.calls.calls(round_id)] == [outcome_of(cell)]
    if told:
        go_offline(live, round_id)
        assert "".join(reply(live, round_id, NINE)).strip()
        assert live.archive.round(round_id).turns[-1].speaker is Speaker.INTERVIEWER
    record_property("cell", (name, "turn", fault, told or f"“{shown}”", len(double.requests)))


def attempt(cell: Cell, act: Callable[[], T]) -> tuple[T | None, str]:
    """What comes of it, and what a person is told."""
    if cell.error is None:
        return act(), ""
    with pytest.raises(cell.error) as raised:
        act()
    check_told(str(raised.value))
    return None, str(raised.value)


def check_told(told: str) -> None:
    assert "\n" not in told
    assert len(told) < 400
    assert KEY not in told
    assert not re.search(r"Traceback|Exception|httpx|litellm\.", told), told


def check_turn(shown: str, brief: Brief, *, authored: bool) -> None:
    questions = [question for ladder in brief.scenario.probes.values() for question in ladder.values()]
    assert any(question in shown for question in questions)
    assert "{" not in shown
    assert shown.startswith("Okay.") != authored


def outcome_of(cell: Cell) -> CallOutcome:
    if cell.authored:
        return CallOutcome.UNUSABLE
    known: dict[Any, CallOutcome] = {UNAVAILABLE: CallOutcome.UNAVAILABLE, REFUSED: CallOutcome.REFUSED}
    return known.get(cell.error, CallOutcome.REPLIED)


@pytest.fixture(scope="module")
def usual(server: Double, desk: Desk) -> Callable[[str], int]:
    """Requests of a grading by one API in which nothing fails."""

    @cache
    def sent(name: str) -> int:
        live, id_ = with_model(desk, APIS[name](f"{server.url}/v1"), QUICK, []), f"usual {name}"
        ended(live, id_)
        server.forget()
        script(server, Cell())
        list(grade_round(live, id_, LLM))
        return len(server.requests)

    return sent


def ended(desk: Desk, round_id: str) -> None:
    begin(desk, round_id, Setup(scenario="tiny", engine=OFFLINE, minutes=12), NINE)
    say(desk, round_id, f"{SAID} {SAID}", NINE, "key")
    finish(desk, round_id, NINE)


@pytest.mark.parametrize("fault", GRADINGS)
@pytest.mark.parametrize("name", [api(name) for name in APIS])
def test_a_grading(
    name: str,
    fault: str,
    double: Double,
    desk: Desk,
    usual: Callable[[str], int],
    round_id: str,
    record_property: Callable[..., None],
) -> None:
    cell, least = GRADINGS[fault], usual(name)
    live = with_model(desk, APIS[name](cell.url or f"{double.url}/v1"), cell.patience, [])
    ended(live, round_id)
    double.forget()
    script(double, cell)
    _, told = attempt(cell, lambda: list(grade_round(live, round_id, LLM)))
    sent = len(double.requests)
    record_property("cell", (name, "grading", fault, told or "graded", sent))
    if not told:
        check_grade(live, round_id, cell)
        assert cell.requests is None or sent >= least + cell.requests
        return
    assert live.archive.grade(round_id) is None
    stamp = live.judges[LLM].stamp(tiny())
    kept = {found.dimension for found in live.archive.findings(round_id, stamp)}
    assert len(kept) == len(tiny().rubric.dimension_ids) - (len(asked()) if cell.fails_all else 1)
    if cell.url is None:
        recovers(with_model(desk, APIS[name](f"{double.url}/v1"), QUICK, []), round_id, double, kept)


def asked() -> list[str]:
    """Dimensions in which something is expected: the others need no model."""
    return [dimension for dimension, entries in tiny().expected.items() if entries]


def check_grade(desk: Desk, round_id: str, cell: Cell) -> None:
    grade = desk.archive.grade(round_id)
    assert grade is not None
    said = desk.archive.round(round_id).transcript
    assert all(is_verbatim(said, quote) for verdict in grade.verdicts for quote in verdict.quotes)
    assert all(verdict.verdict is not Outcome.MET or verdict.quotes for verdict in grade.verdicts)
    assert cell.check is None or cell.check(grade)


def recovers(desk: Desk, round_id: str, double: Double, kept: set[str]) -> None:
    """Trying again judges what has no findings, and nothing else."""
    double.forget()
    script(double, Cell())
    *_, grade = grade_round(desk, round_id, LLM)
    assert isinstance(grade, Grade)
    found = [re.search(r"Dimension: ([^.]+)\.", "\n".join(texts_of(seen.body))) for seen in double.requests]
    known = {dimension.name for dimension in tiny().rubric.dimensions if dimension.id in kept}
    assert not known & {match[1] for match in found if match}
