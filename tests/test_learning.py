"""What a candidate learns from, against the real archive, library and offline engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from coach.domain.calls import Call, CallOutcome, Purpose
from coach.domain.grade import Findings, Grade, JudgeStamp
from coach.domain.retry import Retry, answer_id
from coach.domain.review import SELF, Override
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.self_rating import SelfRating
from coach.domain.transcript import Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.errors import CapReachedError, NotFoundError
from coach.learning import LOOKS_BACK, judge_retry, progress, question_again, rate
from coach.practice import LLM, Desk, grade_round, override, review, take_in
from tests.builders import NINE
from tests.golden_rounds import conversation
from tests.test_practice import desk as desk  # noqa: PLC0414 - the same Desk
from tests.ui.page import ANSWERS

BETTER = (
    "A golden set of three hundred real questions; two underwriters mark which answers are supported, and twenty "
    "fresh failures replace old ones a month. Below point nine recall the change does not ship. I check the judge "
    "against two experts on a hundred answers, kappa above point six."
)


class PaidJudge:
    """The offline judge as one that a call is paid for."""

    def __init__(self, desk: Desk, error: CapReachedError | None = None) -> None:
        self.inner, self.desk, self.error = OfflineJudge(), desk, error

    def stamp(self, brief: Brief) -> JudgeStamp:
        return self.inner.stamp(brief).model_copy(update={"engine": LLM, "model": "test:model"})

    def judge(
        self, brief: Brief, transcript: Transcript, dimensions: Sequence[str], round_id: str | None = None
    ) -> Iterator[Findings]:
        if self.error:
            raise self.error
        call = Call(purpose=Purpose.JUDGE, model="test:model", prompt="0" * 12, at=NINE, usd=0.25)
        ended = call.model_copy(update={"outcome": CallOutcome.REPLIED})
        self.desk.calls.end_call(self.desk.calls.begin_call(call, round_id), ended)
        yield from self.inner.judge(brief, transcript, dimensions)


def graded(desk: Desk, id_: str = "r1", days: int = 0, engine: str = "offline") -> Grade:
    said = conversation(*(words for answer in ANSWERS for words in ("How do you know it works?", answer)))
    take_in(desk, id_, said, NINE + timedelta(days=days))
    *_, grade = grade_round(desk, id_, engine)
    assert isinstance(grade, Grade)
    return grade


def asked_again(desk: Desk, criterion: str = "evals.judge-calibrated", id_: str = "t1") -> Retry:
    """A fresh answer, kept and not judged yet."""
    round_ = desk.archive.round("r1")
    question = question_again(round_, review(desk, round_, desk.archive.grades("r1")[0]).settled, criterion)
    assert question is not None
    retry = Retry(
        id=id_,
        criterion=criterion,
        question=question,
        answer=BETTER,
        turn=answer_id(round_.transcript),
        at=NINE,
        seconds=80,
    )
    assert desk.archive.add_retry("r1", retry)
    return retry


def missed(grade: Grade, dimension: str) -> list[str]:
    return [
        v.criterion
        for v in grade.verdicts
        if v.criterion.startswith(f"{dimension}.") and v.verdict is Outcome.MISSED
    ]


def test_a_self_rating_is_kept_and_one_of_an_unknown_dimension_is_not(desk: Desk) -> None:
    graded(desk)
    rating = SelfRating(dimension="evals", score=3, sure=True, at=NINE)
    rate(desk, "r1", rating)
    with pytest.raises(NotFoundError, match="'charm'"):
        rate(desk, "r1", rating.model_copy(update={"dimension": "charm"}))
    assert desk.archive.self_ratings("r1") == (rating,)


def test_only_what_was_missed_or_met_in_part_and_has_a_question_is_asked_again(desk: Desk) -> None:
    grade = graded(desk)
    round_ = desk.archive.round("r1")
    for each in grade.verdicts:
        question = question_again(round_, grade, each.criterion)
        has_one = bool(round_.brief.scenario.probes.get(each.criterion.split(".")[0]))
        assert bool(question) is (has_one and each.verdict in {Outcome.MISSED, Outcome.PARTIAL})
    assert question_again(round_, grade, "evals.invented") is None


def test_a_better_answer_to_the_same_question_meets_what_was_missed_and_the_grade_stays(desk: Desk) -> None:
    grade = graded(desk)
    assert "evals.judge-calibrated" in missed(grade, "evals")
    retry = asked_again(desk)
    outlook = judge_retry(desk, desk.archive.round("r1"), grade, retry)
    now = next(v for v in outlook.after if v.criterion == "evals.judge-calibrated")
    assert now.verdict is Outcome.MET
    assert now.quotes[0].text in BETTER
    assert outlook.now.low is not None
    assert outlook.was.low is not None
    assert outlook.now.low > outlook.was.low
    assert desk.archive.retries("r1") == [retry.model_copy(update={"outlook": outlook})]
    assert desk.archive.grades("r1") == [grade]


def test_a_judge_that_fails_leaves_the_answer_kept_and_unjudged(desk: Desk) -> None:
    paid = replace(desk, judges={**desk.judges, LLM: PaidJudge(desk)})
    grade = graded(paid, engine=LLM)
    broke = replace(desk, judges={**desk.judges, LLM: PaidJudge(desk, CapReachedError("The cap is reached."))})
    retry = asked_again(desk)
    with pytest.raises(CapReachedError):
        judge_retry(broke, desk.archive.round("r1"), grade, retry)
    assert desk.archive.retries("r1") == [retry]


def test_the_judge_of_the_round_judges_the_retry_and_the_offline_one_where_no_model_is_set(desk: Desk) -> None:
    paid = replace(desk, judges={**desk.judges, LLM: PaidJudge(desk)})
    grade = graded(paid, engine=LLM)
    round_ = desk.archive.round("r1")
    assert judge_retry(paid, round_, grade, asked_again(desk, id_="t1")).judge.engine == LLM
    assert judge_retry(desk, round_, grade, asked_again(desk, id_="t2")).judge.engine == "offline"


def test_what_a_retry_costs_is_the_retrys_and_not_the_next_grades(desk: Desk) -> None:
    paid = replace(desk, judges={**desk.judges, LLM: PaidJudge(desk)})
    grade = graded(paid, engine=LLM)
    outlook = judge_retry(paid, desk.archive.round("r1"), grade, asked_again(desk))
    assert (outlook.cost.calls, outlook.cost.usd) == (1, 0.25)
    *_, again = grade_round(paid, "r1", LLM, afresh=True)
    assert isinstance(again, Grade)
    assert (again.cost.calls, again.cost.usd) == (1, 0.25)


def test_progress_is_told_from_the_oldest_round_to_the_newest_as_people_have_settled_them(desk: Desk) -> None:
    first = graded(desk, "r1", 1)
    graded(desk, "r2")
    name = next(v.criterion for v in first.verdicts if v.verdict is Outcome.UNJUDGED)
    override(desk, "r1", first.judge, Override(criterion=name, verdict=Outcome.MISSED, by=SELF, at=NINE))
    found = progress(desk)
    assert [each.round_id for each in found] == ["r2", "r1"]
    settled = next(v for v in found[1].grade.verdicts if v.criterion == name)
    assert settled.verdict is Outcome.MISSED
    assert found[1].grade == review(desk, desk.archive.round("r1"), first).settled


def test_a_round_that_was_not_graded_for_lack_of_words_is_no_attempt(desk: Desk) -> None:
    take_in(desk, "r1", conversation("How do you know it works?", "Fine."), NINE)
    for _ in grade_round(desk, "r1"):
        pass
    assert progress(desk) == ()
    assert LOOKS_BACK >= 6
