"""The same replies give the same grade, to the byte: in whatever order they come, wherever they are kept and in
whatever process they are read. Cost and times aside."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from coach.archive.archive import SqlArchive
from coach.chat_models.canned import connect
from coach.domain.grade import Cost, Grade
from coach.domain.grading import settle
from coach.engines.llm.calling import Caller
from coach.engines.llm.judge import LlmJudge
from coach.export import grade_json
from coach.ports import CallLog, ChatModel
from coach.practice import LLM, Desk, grade_round, take_in
from tests.builders import GOLDEN, NINE, library
from tests.cli.command import coach_process
from tests.engines.llm.judge_double import PROMPTS, Asked, JudgeModel, SharedCalls, entry, reply
from tests.golden_rounds import golden_round

ROUND = golden_round("document-qa/p1")
FILE = GOLDEN / "document-qa" / "p1.yaml"
SAID = [(turn.id, " ".join(turn.text.split()[:14])) for turn in ROUND.transcript.candidate if turn.words > 14]
INVENTED = ("C1", "We never ship on Fridays, whatever the metrics say")
LATEST = 0.02
"""Seconds a reply is late at most."""


def drawn(*of: str) -> int:
    """A number that is always the same for the same words."""
    return int(sha256("\n".join(of).encode()).hexdigest(), 16)


def varied(asked: Asked) -> str:
    """Found and missed, sure and unsure, quoted and invented, so that a grading takes all of its waves."""
    question = asked.request.messages[-1].text
    given = {}
    for text in asked.criteria.values():
        chance = drawn(question, text)
        turn, words = INVENTED if chance % 7 == 0 else SAID[chance % len(SAID)]
        verdict = ("met", "partial", "missed")[chance % 3]
        quoted = "" if verdict == "missed" else words
        given[text] = entry(
            verdict, quoted, turn, confidence=("low", "high")[chance % 2], reason=f"Só \u2028 {chance}"
        )
    return json.dumps(json.loads(reply(asked, given)), ensure_ascii=False)


def late(seed: int) -> JudgeModel:
    """A model whose replies come in an order of the seed's own."""

    def answer(asked: Asked) -> str:
        time.sleep(LATEST * (drawn(str(seed), asked.request.model_dump_json()) % 100) / 100)
        return varied(asked)

    return JudgeModel(answer)


class Graded(NamedTuple):
    """A grade as it is written, and the order in which the findings came."""

    written: str
    order: tuple[str, ...]


def written(grade: Grade) -> str:
    return grade_json(grade.model_copy(update={"cost": Cost()}))


def judge_of(model: ChatModel, log: CallLog | None = None) -> LlmJudge:
    caller = Caller([model], log or SharedCalls(), price=lambda *_: 0.0, sleep=lambda _: None)
    return LlmJudge(caller, PROMPTS)


def graded(model: ChatModel) -> Graded:
    judge = judge_of(model)
    found = list(judge.judge(ROUND.brief, ROUND.transcript, ROUND.brief.rubric.dimension_ids))
    grade = settle(ROUND.brief, ROUND.transcript, found, judge.stamp(ROUND.brief))
    return Graded(written(grade), tuple(each.dimension for each in found))


def test_replies_that_come_in_another_order_give_the_same_bytes() -> None:
    models = [late(seed) for seed in range(6)]
    gradings = [graded(model) for model in models]
    assert len({grading.order for grading in gradings}) > 1, "nothing came in another order"
    assert {len(model.requests) for model in models} == {len(models[0].requests)}
    assert len(models[0].requests) > 2 * len(ROUND.brief.rubric.dimension_ids), "there are no further waves"
    assert any(asked.is_repair for asked in models[0].asked)
    assert len({grading.written for grading in gradings}) == 1


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    with closing(SqlArchive.open(f"sqlite:///{tmp_path / 'coach.sqlite'}")) as opened:
        yield opened


def grade_kept(archive: SqlArchive, model: JudgeModel) -> Grade:
    desk = Desk(library(), archive, {}, {LLM: judge_of(model, archive)}, archive)
    take_in(desk, "r1", ROUND.transcript, NINE)
    *_, grade = grade_round(desk, "r1", LLM)
    assert isinstance(grade, Grade)
    return grade


def test_a_grade_made_again_from_the_replies_that_are_kept_is_the_same_to_the_byte(
    archive: SqlArchive, tmp_path: Path
) -> None:
    first = grade_kept(archive, late(1))
    with closing(sqlite3.connect(tmp_path / "coach.sqlite")) as file:
        file.execute("DELETE FROM verdict")
        file.execute("DELETE FROM findings")
        file.commit()
    silent = JudgeModel(lambda _: AssertionError("nobody is to be asked"))
    again = grade_kept(archive, silent)
    assert silent.requests == []
    assert written(again) == written(first)


def test_findings_that_are_kept_give_the_same_bytes_as_those_just_made(archive: SqlArchive) -> None:
    first = grade_kept(archive, late(1))
    silent = JudgeModel(lambda _: AssertionError("nobody is to be asked"))
    assert written(grade_kept(archive, silent)) == written(first)
    assert silent.requests == []


@pytest.fixture
def canned(tmp_path: Path) -> str:
    """A model that gives written replies, those which `varied` gives to the same requests."""
    file = tmp_path / "replies.yaml"
    spec = f"canned:{file}"
    model = JudgeModel(varied, spec)
    graded(model)
    replies = [{"when": asked.request.messages[-1].text, "reply": varied(asked)} for asked in model.asked]
    file.write_text(yaml.safe_dump(replies, allow_unicode=True), encoding="utf-8")
    return spec


class Named:
    """A model under the name that it is set by, as an installation knows it."""

    def __init__(self, spec: str) -> None:
        self.name = spec
        self.stream = connect(spec.partition(":")[2]).stream


@pytest.mark.slow
def test_written_replies_give_the_same_bytes_in_every_run_and_process(canned: str, tmp_path: Path) -> None:
    here = [graded(Named(canned)).written for _ in range(2)]
    assert here[0] == here[1]
    for seed in ("1", "2"):
        env = {"COACH_MODEL": canned, "PYTHONHASHSEED": seed}
        ran = coach_process("grade", FILE, "--engine", "llm", "--json", "-", home=tmp_path / "home", env=env)
        assert ran.status == 0, ran.err
        assert written(Grade.model_validate_json(ran.out)) == here[0]
        assert ran.out.partition('"cost"')[0] == here[0].partition('"cost"')[0]
