"""The rubric and the brief a round is played by."""

from __future__ import annotations

import pytest

from coach.domain.rubric import Help, SeniorityLevel
from coach.domain.scenario import Criterion, Flag
from tests.builders import SCENARIOS, shipped, tiny


def test_help_credit_falls_as_help_grows() -> None:
    credit = [shipped().rubric.help_credit[help_] for help_ in Help]
    assert credit == [1.0, 0.9, 0.75, 0.5, 0.0]


def test_weights_of_every_role_sum_to_a_hundred_over_all_dimensions() -> None:
    rubric = shipped().rubric
    for weights in rubric.roles.values():
        assert set(weights) == set(rubric.dimension_ids)
        assert sum(weights.values()) == 100


@pytest.mark.parametrize(
    ("role", "level", "dimension", "bar"),
    [("product", "mid", "evals", 2.25), ("product", "mid", "cost", 1.75), ("infra", "senior", "cost", 3.0),
     ("infra", "senior", "evals", 2.5), ("applied", "staff", "data", 3.5), ("applied", "staff", "safety", 3.0)],
)  # fmt: skip
def test_priority_dimensions_are_held_to_the_higher_bar(role: str, level: str, dimension: str, bar: float) -> None:
    assert shipped().rubric.bar(role, SeniorityLevel(level), dimension) == bar


def test_a_dimension_is_found_by_id() -> None:
    assert shipped().rubric.dimension("evals").name == "Evaluation"
    with pytest.raises(KeyError, match="beauty"):
        shipped().rubric.dimension("beauty")


def test_a_rubric_is_stamped_with_id_and_version() -> None:
    assert shipped().rubric.name == "ai-system-design@1"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_communication_is_graded_alike_in_every_scenario(scenario: str) -> None:
    brief = shipped(scenario)
    assert brief.expected["communication"] == brief.rubric.dimension("communication").criteria
    assert brief.expected["evals"] == brief.scenario.criteria["evals"]


def test_criteria_and_flags_go_by_full_names_in_the_rubrics_order() -> None:
    brief = tiny()
    assert list(brief.expected) == list(brief.rubric.dimension_ids)
    assert isinstance(brief.criteria["evals.kappa"], Criterion)
    assert isinstance(brief.flags["evals.vibes"], Flag)
    assert not brief.criteria.keys() & brief.flags.keys()
    assert [name for name in brief.criteria if name.startswith("data.")] == [
        "data.source",
        "data.returns",
        "data.size",
    ]


def test_an_interviewer_can_open_what_has_probes() -> None:
    assert tiny().probed_dimensions == ("framing", "data", "evals", "safety")
    assert "communication" not in shipped().probed_dimensions
    assert len(shipped().probed_dimensions) == 8
