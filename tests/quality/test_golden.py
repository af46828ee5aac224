"""What the offline judge reaches on the golden rounds: facts that must hold, and figures that are printed."""

from __future__ import annotations

from functools import cache
from statistics import mean

import pytest

from coach.domain.agreement import Agreement, Comparison, agreement, by_dimension, by_profile, by_scenario, compare
from coach.domain.grade import Grade
from coach.domain.grading import is_verbatim, settle
from coach.engines.offline.judge import OfflineJudge
from tests.golden_rounds import GoldenRound, golden_rounds

pytestmark = pytest.mark.slow


def graded(each: GoldenRound) -> Grade:
    judge = OfflineJudge()
    found = judge.judge(each.brief, each.transcript, each.brief.rubric.dimension_ids)
    return settle(each.brief, each.transcript, found, judge.stamp(each.brief))


@cache
def grades() -> dict[str, Grade]:
    return {each.name: graded(each) for each in golden_rounds()}


@cache
def comparisons() -> tuple[Comparison, ...]:
    return tuple(compare(grades()[each.name], each.labels, each.brief.rubric) for each in golden_rounds())


def test_every_quote_stands_in_the_candidates_words() -> None:
    for each in golden_rounds():
        quotes = [quote for verdict in grades()[each.name].verdicts for quote in verdict.quotes]
        assert all(is_verbatim(each.transcript, quote) for quote in quotes)


def test_the_same_round_gives_the_same_grade_to_the_byte() -> None:
    for each in golden_rounds():
        again = graded(each).model_dump_json(by_alias=True, exclude={"cost"})
        assert again == grades()[each.name].model_dump_json(by_alias=True, exclude={"cost"})


def test_the_strong_candidate_stands_clearly_above_the_fluent_and_wrong_one() -> None:
    strong, wrong = (
        {d.id: d.score for d in grades()[f"document-qa/{profile}"].dimensions if d.score is not None}
        for profile in ("p1", "p5")
    )
    both = strong.keys() & wrong.keys()
    assert len(both) >= 4
    assert mean(strong[d] for d in both) >= mean(wrong[d] for d in both) + 1


def test_credit_is_rarely_given_where_the_reference_gives_none() -> None:
    """The aim: what is credited was earned."""
    known = agreement(comparisons())
    assert known.specificity is not None
    assert known.specificity >= 0.95


def test_nine_of_ten_reference_levels_lie_inside_the_range() -> None:
    known = agreement(comparisons())
    assert known.inside is not None
    assert known.inside >= 0.9


def test_figures_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Agreement with reference labels; the aims that are not gated above are read off here."""
    with capsys.disabled():
        print()
        print(_line("all", agreement(comparisons())))
        for split in (by_scenario, by_profile, by_dimension):
            for name, known in split(comparisons()).items():
                print(_line(name, known))
    assert len(comparisons()) == len(golden_rounds()) > 0


def _line(name: str, known: Agreement) -> str:
    figures = {
        "kappa": known.kappa,
        "decided": known.kappa_decided,
        "coverage": known.coverage,
        "three-way": known.kappa_three_way,
        "specificity": known.specificity,
        "qwk": known.qwk,
        "inside": known.inside,
    }
    shown = "  ".join(f"{key} {'n/a' if value is None else f'{value:.2f}'}" for key, value in figures.items())
    return f"{name:20} {known.criteria:4} criteria  {shown}"
