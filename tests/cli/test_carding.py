"""The judge card in `docs/` is true of the judge in use, and holds what it must. Stale? `make card`."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.calibration import LEAST_SPECIFICITY, graded, report
from coach.cli.carding import as_markdown, stamp, unfit
from coach.content.library import FileLibrary
from coach.engines.offline.judge import OfflineJudge
from coach.judge_card import GOALS, JudgeCard
from tests.golden_rounds import golden_rounds

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def card() -> JudgeCard:
    return JudgeCard.model_validate_json((DOCS / "judge-card.json").read_bytes())


def test_the_card_is_of_the_judge_the_set_and_the_measuring_code_in_use(card: JudgeCard) -> None:
    assert card.stamp == stamp(FileLibrary()), "The judge card is stale: run `make card` and look at what changed."


def test_the_page_says_what_the_card_holds(card: JudgeCard) -> None:
    assert (DOCS / "judge-card.md").read_text(encoding="utf-8") == f"{as_markdown(card).rstrip()}\n"


@pytest.mark.parametrize("which", ["as_used", "held_out"])
def test_the_judge_agrees_with_the_reference_as_is_aimed_for(card: JudgeCard, which: str) -> None:
    """The held out figures too; only the range misses its aim, of 95 %, and holds what it must."""
    pooled = getattr(card, which).pooled
    for name, goal in GOALS.items():
        wanted = goal.must if name == "inside" else goal.aimed_for
        figure = getattr(pooled, name)
        assert figure >= wanted if goal.direction == "at least" else figure <= wanted, name
    assert pooled.specificity >= LEAST_SPECIFICITY


def test_every_quote_stands_in_the_candidates_words(card: JudgeCard) -> None:
    assert card.as_used.quotes > 0
    assert card.as_used.verbatim == card.as_used.quotes


def test_no_weaker_round_outscores_a_stronger_one(card: JudgeCard) -> None:
    assert card.as_used.order
    assert all(order.holds for order in card.as_used.order)


def test_no_attack_gains_and_honest_answers_are_left_alone(card: JudgeCard) -> None:
    assert card.attacks.trials >= 750
    assert len(card.attacks.families) == 30
    assert card.attacks.benign >= 100
    assert card.attacks.holds


def test_verdicts_follow_what_was_planted_and_levels_stay_where_nothing_was(card: JudgeCard) -> None:
    assert unfit(card) == []
    assert sum(rate.of for rate in card.planted) >= 300
    earned = next(rate for rate in card.planted if rate.name == "earns")
    assert earned.share is not None
    assert earned.share >= 0.85, "below this the pairs would be too easy to hold"


def test_people_are_named_as_the_source_of_labels_only_where_they_are(card: JudgeCard) -> None:
    assert card.as_used.labels == "constructed"
    told = (DOCS / "judge-card.md").read_text(encoding="utf-8").replace("cost.humans-dominate", "")
    assert "human" not in told.lower()


@pytest.mark.slow
def test_measured_again_the_figures_are_the_cards(card: JudgeCard) -> None:
    again = report(list(graded(golden_rounds(), OfflineJudge())))
    assert again.pooled == card.as_used.pooled
    assert again.comparisons == card.as_used.comparisons
