"""Dimensions are judged side by side, what fails takes nothing with it, and no reply is asked for twice."""

from __future__ import annotations

from threading import Barrier

import pytest

from coach.engines.llm.judge import LlmJudge
from coach.errors import CapReachedError, CoachError, ModelRefusedError, ModelReplyError, ModelUnavailableError
from tests.builders import shipped, tiny
from tests.engines.llm.judge_double import (
    EVALS,
    FALSE,
    GATE,
    LOANS,
    PROMPTS,
    SET,
    Asked,
    JudgeModel,
    SharedCalls,
    caller,
    entry,
    evals,
    judged,
    reply,
)

ALL = set(tiny().rubric.dimension_ids)


def judge_of(model: JudgeModel, log: SharedCalls | None = None) -> LlmJudge:
    return LlmJudge(caller(model, log), PROMPTS)


def as_far_as_it_goes(judge: LlmJudge, round_id: str | None = None) -> tuple[set[str], CoachError | None]:
    """The dimensions judged, and the error raised after them."""
    found: set[str] = set()
    try:
        for each in judge.judge(tiny(), LOANS, tiny().rubric.dimension_ids, round_id):
            found.add(each.dimension)
    except CoachError as error:
        return found, error
    return found, None


def test_the_first_dimension_goes_alone_and_the_others_together() -> None:
    others = Barrier(8)

    def answer(asked: Asked) -> str:
        if asked.dimension != "Problem framing":
            others.wait(timeout=10)
        return reply(asked)

    found, model = judged(answer, LOANS, shipped())
    assert len(found) == 9
    assert model.asked[0].dimension == "Problem framing"


def test_further_readings_of_one_dimension_go_out_together() -> None:
    both = Barrier(2)

    def answer(asked: Asked) -> str:
        if asked.reading:
            both.wait(timeout=10)
        return reply(asked, evals(("set", entry("met", SET, confidence="low"))))

    assert len(judged(answer, LOANS, tiny(), "evals")[1].requests) == 3


def test_a_resumed_grading_asks_for_no_reply_that_is_kept() -> None:
    def answer(asked: Asked) -> str:
        return reply(asked, evals(("set", entry("met", FALSE)), ("gate", entry("met", GATE))))

    log = SharedCalls()
    first = JudgeModel(answer)
    found = {f.dimension: f for f in LlmJudge(caller(first, log), PROMPTS).judge(tiny(), LOANS, ["evals"], "r1")}
    again = JudgeModel(answer)
    same = {f.dimension: f for f in LlmJudge(caller(again, log), PROMPTS).judge(tiny(), LOANS, ["evals"], "r1")}
    assert len(first.requests) > 1
    assert again.requests == []
    assert same == found


def test_after_a_failure_only_what_has_no_reply_is_asked() -> None:
    log = SharedCalls()
    busy = JudgeModel(lambda asked: ModelUnavailableError("Busy.") if asked.dimension == EVALS else reply(asked))
    assert isinstance(as_far_as_it_goes(judge_of(busy, log), "r1")[1], ModelUnavailableError)
    well = JudgeModel(reply)
    assert as_far_as_it_goes(judge_of(well, log), "r1") == (ALL, None)
    assert [asked.dimension for asked in well.asked] == [EVALS]


def test_another_model_or_another_round_is_asked_anew() -> None:
    log = SharedCalls()
    as_far_as_it_goes(judge_of(JudgeModel(reply), log), "r1")
    other, elsewhere = JudgeModel(reply, "test:other"), JudgeModel(reply)
    as_far_as_it_goes(judge_of(other, log), "r1")
    as_far_as_it_goes(judge_of(elsewhere, log), "r2")
    assert len(other.requests) == len(elsewhere.requests) == 5


def test_without_a_round_no_reply_is_kept() -> None:
    log = SharedCalls()
    as_far_as_it_goes(judge_of(JudgeModel(reply), log))
    assert log.replies == {}
    assert len(log.entries) == 5


def test_closing_early_asks_nothing_more() -> None:
    model = JudgeModel(reply)
    findings = LlmJudge(caller(model), PROMPTS, workers=1).judge(tiny(), LOANS, tiny().rubric.dimension_ids)
    next(findings)
    findings.close()  # type: ignore[attr-defined]
    assert len(model.requests) < 5


@pytest.mark.parametrize(
    ("instead", "kind"),
    [
        ("I cannot say.", ModelReplyError),
        (ModelUnavailableError("Busy."), ModelUnavailableError),
        (ModelRefusedError("No such model."), ModelRefusedError),
        (CapReachedError("Enough."), CapReachedError),
    ],
)
def test_all_others_are_handed_over_before_the_error_of_one_is_raised(
    instead: str | Exception, kind: type[CoachError]
) -> None:
    judge = judge_of(JudgeModel(lambda asked: instead if asked.dimension == EVALS else reply(asked)))
    found, error = as_far_as_it_goes(judge)
    assert isinstance(error, kind)
    assert found == ALL - {"evals"}


def test_a_further_reading_that_cannot_be_had_is_no_finding_and_the_first_reply_is_kept() -> None:
    log = SharedCalls()
    unsure = evals(("set", entry("met", SET, confidence="low")))

    def down(asked: Asked) -> str | Exception:
        return ModelUnavailableError("Busy.") if asked.reading else reply(asked, unsure)

    found, error = as_far_as_it_goes(judge_of(JudgeModel(down), log), "r1")
    assert isinstance(error, ModelUnavailableError)
    assert found == ALL - {"evals"}
    well = JudgeModel(lambda asked: reply(asked, unsure))
    assert as_far_as_it_goes(judge_of(well, log), "r1") == (ALL, None)
    assert len(well.requests) == 2
