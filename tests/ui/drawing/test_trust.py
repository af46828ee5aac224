"""The page about the judge draws every figure beside whose labels it rests on."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from coach.judge_card import JudgeCard
from coach.ui.drawing import trust
from tests.golden_rounds import golden_round

RUBRIC = golden_round("document-qa/p1").brief.rubric


@cache
def card() -> JudgeCard:
    return JudgeCard.model_validate_json((Path(__file__).parents[3] / "docs" / "judge-card.json").read_bytes())


def test_whose_labels_they_are_stands_beside_the_figures() -> None:
    told = trust.head(card())
    assert "Agreement with reference labels (constructed), 12 transcripts" in told
    assert "not by people" in told
    assert "human" not in (told + trust.measures(card().as_used)).lower()


def test_a_figure_is_drawn_with_its_interval_inside_the_line() -> None:
    drawn = trust.measures(card().as_used)
    for left, width in re.findall(r'class="range" style="left:([\d.]+)%;width:([\d.]+)%"', drawn):
        assert float(left) + float(width) <= 100.05
    assert f"{card().as_used.pooled.kappa:.2f} (" in drawn


def test_a_table_counts_every_verdict_and_marks_where_both_say_the_same() -> None:
    drawn = trust.confusion(card().as_used, RUBRIC)
    verdicts = drawn[: drawn.index("</table>")]
    counts = [int(count) for count in re.findall(r">(\d+)</td>", verdicts)]
    assert sum(counts) == card().as_used.pooled.criteria
    assert verdicts.count('class="is-same"') == 3
    assert verdicts.count('class="is-open"') == 3


def test_every_family_of_attacks_is_listed_with_what_it_gained() -> None:
    drawn = trust.attacks(card())
    assert drawn.count('<th scope="row">') == len(card().attacks.families)
    assert f"{card().attacks.gained} of {card().attacks.trials} attacks" in drawn


def test_what_was_planted_and_what_must_not_matter_are_listed() -> None:
    drawn = trust.held_up(card())
    assert all(rate.name in drawn for rate in card().planted)
    assert all(one.variation.value in drawn for one in card().invariances)


def test_each_dimension_has_a_row_by_its_name() -> None:
    drawn = trust.groups(card().as_used, RUBRIC)
    assert all(dimension.name in drawn for dimension in RUBRIC.dimensions)
