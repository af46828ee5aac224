from __future__ import annotations

from html import unescape

from coach.domain.rubric import SeniorityLevel
from coach.ui.drawing.graded_on import graded_on
from tests.archive.builders import brief


def test_every_dimension_is_there_with_anchors_bar_and_what_the_level_expects() -> None:
    drawn = unescape(graded_on(brief(), "product", SeniorityLevel.STAFF))
    rubric = brief().rubric
    for dimension in rubric.dimensions:
        assert dimension.definition in drawn
        assert dimension.seniority[SeniorityLevel.STAFF] in drawn
        assert all(anchor in drawn for anchor in dimension.anchors.values())
    assert drawn.count("bar 3.5 of 4") == len(rubric.priority_dimensions["product"])


def test_what_the_scenario_leans_on_is_marked() -> None:
    drawn = graded_on(brief(), "product", SeniorityLevel.MID)
    assert drawn.count("this scenario leans on it") == sum(w > 1 for w in brief().scenario.emphasis.values())


def test_no_criterion_is_given_away() -> None:
    drawn = unescape(graded_on(brief(), "product", SeniorityLevel.MID))
    assert not any(criterion.text in drawn for criterion in brief().criteria.values())
    assert not any(flag.text in drawn for flag in brief().flags.values())
