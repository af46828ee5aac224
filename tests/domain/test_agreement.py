"""Agreement is counted as its definitions say."""

from __future__ import annotations

import pytest

from coach.domain.agreement import agreement
from coach.domain.comparison import (
    Comparison,
    FlagPair,
    LevelPair,
    VerdictPair,
    by_criterion,
    by_dimension,
    by_profile,
    by_scenario,
    compare_raters,
)
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from tests.domain.grades import LABELS

MET, PARTIAL, MISSED, UNJUDGED = Outcome.MET, Outcome.PARTIAL, Outcome.MISSED, Outcome.UNJUDGED


def comparison(
    *pairs: tuple[Outcome, Outcome], name: str = "document-qa/p1", dimension: str = "evals"
) -> Comparison:
    verdicts = tuple(
        VerdictPair(name, f"{dimension}.c{i}", judged, label) for i, (judged, label) in enumerate(pairs)
    )
    return Comparison(transcript=name, verdicts=verdicts)


def test_kappa_of_a_hand_counted_table() -> None:
    """20 both yes, 5 and 10 apart, 15 both no: observed .70, by chance .50, kappa .40."""
    pairs = [(MET, MET)] * 20 + [(MET, MISSED)] * 5 + [(MISSED, MET)] * 10 + [(MISSED, MISSED)] * 15
    assert agreement([comparison(*pairs)]).kappa == pytest.approx(0.4)


def test_kappa_without_room_for_agreement_is_undefined() -> None:
    assert agreement([comparison((MET, MET), (MET, MET))]).kappa is None


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
    known = agreement([Comparison(transcript="a/p1", levels=levels)])
    assert (known.dimensions, known.ranges) == (2, 3)
    assert known.inside == pytest.approx(1 / 3)
    assert known.qwk == pytest.approx(1 - 1 / 7)


def test_flags_that_could_not_be_told_are_left_out() -> None:
    flags = (FlagPair("a/p1", "evals.f", None, True), FlagPair("a/p1", "evals.g", True, True))
    known = agreement([Comparison(transcript="a/p1", flags=flags)])
    assert known.flags_decided == 1


def test_agreement_is_split_by_dimension_profile_and_scenario() -> None:
    both = [comparison((MET, MET)), comparison((MET, MISSED), name="recommendation/p5", dimension="data")]

    def accuracies(groups: dict[str, list[Comparison]]) -> dict[str, float | None]:
        return {name: agreement(of).accuracy for name, of in groups.items()}

    assert accuracies(by_dimension(both)) == {"evals": 1, "data": 0}
    assert accuracies(by_profile(both)) == {"p1": 1, "p5": 0}
    assert list(by_scenario(both)) == ["document-qa", "recommendation"]
    assert accuracies(by_criterion(both)) == {"document-qa/evals.c0": 1, "recommendation/data.c0": 0}


def test_help_is_compared_where_both_credit() -> None:
    pairs = (
        VerdictPair("a/p1", "evals.a", MET, MET, Help.PROBED, Help.PROBED),
        VerdictPair("a/p1", "evals.b", MET, PARTIAL, Help.TOLD, Help.HINTED),
        VerdictPair("a/p1", "evals.c", MISSED, MET, None, Help.PROBED),
    )
    known = agreement([Comparison(transcript="a/p1", verdicts=pairs)])
    assert (known.help_pairs, known.help_agreement) == (2, 0.5)


def test_two_raters_are_compared_like_a_judge_and_a_rater() -> None:
    other = LABELS.model_copy(update={"levels": {"evals": 3, "cost": None}})
    known = agreement([compare_raters(other, LABELS)])
    assert (known.criteria, known.dimensions, known.mae, known.ranges) == (1, 1, 1.0, 0)
