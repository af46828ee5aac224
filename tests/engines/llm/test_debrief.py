"""The debrief of a live round: written once, kept, checked each time it is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.content.prompts import FilePrompts
from coach.domain.grade import Grade
from coach.domain.grading import settle
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.engines.llm.calling import Caller
from coach.engines.llm.debrief import LlmDebriefer
from coach.errors import ModelReplyError, ModelUnavailableError
from tests.builders import STAMP, ask_for, findings, played, quoted, shipped, verdict
from tests.engines.llm.models import ListedCalls, ScriptedModel
from tests.engines.llm.snapshot import snapshot

SAID = (
    "I'd have an LLM judge score the answers and watch the trend over the weeks, on two hundred questions from the "
    "search logs, with thirty of them that have no answer in the documents at all. Those are the dangerous ones: a "
    "clerk who is told something wrong pays a claim that nobody owed, so I'd rather hear nothing than a guess."
)
REPLY = json.dumps(
    {
        "headline": "On this round you measure before you trust.",
        "keep": [],
        "fixes": [
            {
                "criterion": "evals.golden-set",
                "quote": {"turn": "C1", "text": "watch the trend over the weeks"},
                "hears": "Nothing can fail.",
                "say": "Too short.",
                "added": [],
            },
            {
                "criterion": "evals.judge-or-human-plan",
                "quote": {"turn": "C1", "text": "words nobody said here at all"},
                "hears": "Nothing.",
                "say": "",
                "added": [],
            },
        ],
        "moments": [],
    }
)


def graded() -> tuple[Round, Grade]:
    round_ = played(shipped(), ask_for("evals.clarify"), SAID)
    said = round_.transcript
    met = verdict(
        "evals.judge-or-human-plan", Outcome.PARTIAL, quoted(said, "C1", "an LLM judge score the answers")
    )
    return round_, settle(
        shipped(), said, [findings("evals", met, verdict("evals.golden-set", Outcome.MISSED))], STAMP
    )


def debriefer(*replies: str | list[str | Exception]) -> tuple[LlmDebriefer, ScriptedModel]:
    model = ScriptedModel(*replies)
    caller = Caller([model], ListedCalls(), price=lambda _model, _usage: None, sleep=lambda _seconds: None)
    return LlmDebriefer(caller, FilePrompts()), model


def test_a_debrief_is_written_once_and_checked() -> None:
    writer, model = debriefer(REPLY)
    round_, grade = graded()
    assert writer.written(round_, grade) is None
    made = writer.write(round_, grade)
    assert [fix.criterion for fix in made.fixes] == ["evals.golden-set"]
    assert made.fixes[0].say is None
    assert len(made.dropped) == 2
    assert writer.write(round_, grade) == writer.written(round_, grade) == made
    assert len(model.requests) == 1


def test_a_reply_that_is_no_draft_is_asked_for_again_once() -> None:
    writer, model = debriefer("I think you did well.", REPLY)
    assert writer.write(*graded()).headline
    assert len(model.requests) == 2
    broken, _ = debriefer("I think you did well.")
    with pytest.raises(ModelReplyError):
        broken.write(*graded())


def test_a_failure_writes_nothing_and_can_be_repeated() -> None:
    unavailable = ModelUnavailableError("busy", retry_after=200.0)
    writer, _ = debriefer([unavailable], REPLY)
    round_, grade = graded()
    with pytest.raises(ModelUnavailableError):
        writer.write(round_, grade)
    assert writer.written(round_, grade) is None
    assert writer.write(round_, grade).headline


def test_the_messages_are_as_reviewed() -> None:
    writer, model = debriefer(REPLY)
    writer.write(*graded())
    snapshot(Path(__file__).parent / "snapshots" / "debrief.md", model.requests[0].messages)
