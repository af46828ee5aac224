"""Findings are set beside labels, as far as the rater could tell."""

from __future__ import annotations

from coach.domain.comparison import FlagPair, LevelPair, VerdictPair, compare, compare_raters
from coach.domain.grade import DimensionScore, FlagFinding, Grade, JudgeStamp, Result, ResultKind, Verdict
from coach.domain.labels import LabelledVerdict
from coach.domain.rubric import Help, SeniorityLevel
from coach.domain.scenario import Outcome
from tests.domain.grades import LABELS
from tests.golden_rounds import golden_round

MET, PARTIAL, UNJUDGED = Outcome.MET, Outcome.PARTIAL, Outcome.UNJUDGED


def test_a_rater_who_could_not_tell_is_no_reference() -> None:
    labels = LABELS.model_copy(update={"verdicts": {"evals.a": LabelledVerdict(verdict=UNJUDGED)}})
    assert compare_raters(LABELS, labels).verdicts == ()
    assert compare_raters(labels, LABELS).verdicts == (
        VerdictPair("document-qa/p9", "evals.a", UNJUDGED, PARTIAL, None, Help.PROBED),
    )


def test_a_grade_is_set_beside_the_labels_of_its_transcript() -> None:
    rubric = golden_round("document-qa/p1").brief.rubric
    grade = Grade(
        scenario="document-qa",
        role="product",
        level=SeniorityLevel.SENIOR,
        judge=JudgeStamp(engine="offline", model=None, version="1", rubric="r@1"),
        verdicts=(Verdict(criterion="evals.a", verdict=MET), Verdict(criterion="evals.unlabelled", verdict=MET)),
        flags=(FlagFinding(flag="evals.f", stands=None),),
        dimensions=(
            DimensionScore(id="evals", score=2.6, low=1.2, high=3.6, level=3, bar=3, opened=True),
            DimensionScore(id="cost", score=None, low=None, high=None, level=None, bar=3, opened=False),
        ),
        result=Result(kind=ResultKind.GRADED),
    )
    known = compare(grade, LABELS, rubric)
    assert known.verdicts == (VerdictPair("document-qa/p9", "evals.a", MET, PARTIAL, None, Help.PROBED),)
    assert known.flags == (FlagPair("document-qa/p9", "evals.f", None, False),)
    assert known.levels == (LevelPair("document-qa/p9", "evals", 3, 1, 4, 2),)
