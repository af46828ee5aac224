"""Agreement is counted as its definitions say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.agreement import (
    Comparison,
    FlagPair,
    LevelPair,
    VerdictPair,
    agreement,
    by_dimension,
    by_profile,
    by_scenario,
    compare,
    kappa,
)
from coach.domain.grade import DimensionScore, FlagFinding, Grade, JudgeStamp, Result, ResultKind, Verdict
from coach.domain.labels import LabelledFlag, LabelledVerdict, Labels
from coach.domain.rubric import SeniorityLevel
from coach.domain.scenario import Outcome
from tests.golden_rounds import golden_round

MET, PARTIAL, MISSED, UNJUDGED = Outcome.MET, Outcome.PARTIAL, Outcome.MISSED, Outcome.UNJUDGED
RATINGS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40)


def comparison(
    *pairs: tuple[Outcome, Outcome], name: str = "document-qa/p1", dimension: str = "evals"
) -> Comparison:
    verdicts = tuple(
        VerdictPair(name, f"{dimension}.c{i}", judged, label) for i, (judged, label) in enumerate(pairs)
    )
    return Comparison(verdicts=verdicts, flags=(), levels=())


def test_kappa_of_a_hand_counted_table() -> None:
    """20 both yes, 5 and 10 apart, 15 both no: observed .70, by chance .50, kappa .40."""
    judged = [1] * 20 + [1] * 5 + [0] * 10 + [0] * 15
    labels = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert kappa(judged, labels) == pytest.approx(0.4)


def test_quadratic_kappa_of_a_hand_counted_table() -> None:
    """Squared distances 0, 1, 0, 4 make 5; over all sixteen pairs they make 32, by chance 8 of them."""
    assert kappa([0, 1, 2, 3], [0, 2, 2, 1], quadratic=True) == pytest.approx(1 - 5 / 8)


def test_kappa_without_items_or_without_room_for_agreement_is_undefined() -> None:
    assert kappa([], []) is None
    assert kappa([1, 1], [1, 1]) is None


def test_kappa_wants_one_label_for_each_item() -> None:
    with pytest.raises(ValueError, match="give one label for each"):
        kappa([1], [1, 0])


@given(RATINGS)
def test_a_judge_agrees_with_itself_in_full(pairs: list[tuple[int, int]]) -> None:
    judged = [a for a, _ in pairs]
    assert kappa(judged, judged, quadratic=True) in {None, 1.0}


@given(RATINGS, st.booleans())
def test_kappa_does_not_mind_who_is_who_nor_the_order_and_never_passes_one(
    pairs: list[tuple[int, int]], quadratic: bool
) -> None:
    judged, labels = [a for a, _ in pairs], [b for _, b in pairs]
    value = kappa(judged, labels, quadratic=quadratic)
    assert value == kappa(labels, judged, quadratic=quadratic)
    turned = kappa(judged[::-1], labels[::-1], quadratic=quadratic)
    if value is None:
        assert turned is None
    else:
        assert turned == pytest.approx(value)
        assert value <= 1


def test_unjudged_counts_as_not_met_and_lowers_coverage() -> None:
    known = agreement([comparison((MET, MET), (UNJUDGED, MET), (MISSED, MISSED), (MET, PARTIAL))])
    assert known.coverage == 0.75
    assert (known.sensitivity, known.specificity, known.accuracy) == (0.5, 0.5, 0.5)
    assert known.met_gap == 0
    assert known.kappa == pytest.approx(0.0)
    assert known.kappa_decided == pytest.approx(0.4)


def test_nothing_compared_measures_nothing() -> None:
    known = agreement([])
    assert (known.criteria, known.kappa, known.coverage, known.qwk, known.inside) == (0, None, None, None, None)


def test_levels_are_compared_where_both_gave_one_and_ranges_where_the_judge_has_one() -> None:
    levels = (
        LevelPair("a/p1", "evals", 3, 2, 4, 3),
        LevelPair("a/p1", "data", None, 0, 3, 4),
        LevelPair("a/p1", "cost", 1, 1, 2, 0),
    )
    known = agreement([Comparison(verdicts=(), flags=(), levels=levels)])
    assert (known.dimensions, known.ranges) == (2, 3)
    assert known.inside == pytest.approx(1 / 3)
    assert known.qwk == pytest.approx(1 - 1 / 7)


def test_flags_that_could_not_be_told_are_left_out() -> None:
    flags = (FlagPair("a/p1", "evals.f", None, True), FlagPair("a/p1", "evals.g", True, True))
    known = agreement([Comparison(verdicts=(), flags=flags, levels=())])
    assert known.flags_decided == 1


def test_agreement_is_split_by_dimension_profile_and_scenario() -> None:
    both = [comparison((MET, MET)), comparison((MET, MISSED), name="recommendation/p5", dimension="data")]
    assert {name: known.accuracy for name, known in by_dimension(both).items()} == {"evals": 1, "data": 0}
    assert {name: known.accuracy for name, known in by_profile(both).items()} == {"p1": 1, "p5": 0}
    assert list(by_scenario(both)) == ["document-qa", "recommendation"]


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
    labels = Labels(
        transcript="document-qa/p9",
        rater="writer",
        label_source="constructed",
        verdicts={"evals.a": LabelledVerdict(verdict=PARTIAL)},
        flags={"evals.f": LabelledFlag(stands=False)},
        levels={"evals": 2, "cost": None},
    )
    known = compare(grade, labels, rubric)
    assert known.verdicts == (VerdictPair("document-qa/p9", "evals.a", MET, PARTIAL),)
    assert known.flags == (FlagPair("document-qa/p9", "evals.f", None, False),)
    assert known.levels == (LevelPair("document-qa/p9", "evals", 3, 1, 4, 2),)
