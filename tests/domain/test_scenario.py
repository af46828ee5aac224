"""What a scenario file may and may not say."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from coach.domain.scenario import Criterion, Flag, Rung, Scenario
from tests.builders import SCENARIOS, shipped, tiny


def changed(**update: Any) -> Scenario:
    whole = tiny().scenario.model_dump(mode="json", by_alias=True, exclude_none=True)
    return Scenario.model_validate({**whole, **update})


def test_a_criterion_is_core_or_advanced_by_its_first_key() -> None:
    core, advanced = Criterion(core="goal", text="A."), Criterion(advanced="scope", text="B.")
    assert (core.id, core.tier) == ("goal", "core")
    assert (advanced.id, advanced.tier) == ("scope", "advanced")


@pytest.mark.parametrize("tiers", [{}, {"core": "a", "advanced": "b"}])
def test_a_criterion_with_no_tier_or_two_is_an_error(tiers: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match=r"either `core: its-id` or `advanced: its-id`"):
        Criterion.model_validate({**tiers, "text": "A."})


def test_an_entry_with_a_flag_key_is_a_flag_and_needs_a_severity() -> None:
    read = changed(
        criteria={"data": [{"core": "a", "text": "A."}, {"flag": "b", "severity": "minor", "text": "B."}]}
    )
    assert [type(entry) for entry in read.criteria["data"]] == [Criterion, Flag]
    with pytest.raises(ValidationError, match="severity"):
        changed(criteria={"data": [{"flag": "b", "text": "B."}]})


def test_the_same_scenario_is_read_back_from_what_it_is_written_as() -> None:
    for id_ in SCENARIOS:
        scenario = shipped(id_).scenario
        assert Scenario.model_validate_json(scenario.model_dump_json(by_alias=True)) == scenario


@pytest.mark.parametrize(
    "update",
    [
        {"facts": []},
        {"facts": [{"id": "x", "topics": [], "say": "X."}]},
        {"criteria": {"data": []}},
        {"minutes": {"full": 2, "short": 35}},
        {"emphasis": {"data": 0}},
        {"hints": {"data": [{"say": "A."}] * 4}},
        {"probes": {"data": {"deeper": "Why?"}}},
        {"id": "Not A Slug"},
        {"opening": "   "},
        {"colour": "blue"},
    ],
)
def test_what_is_not_in_the_format_is_an_error(update: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        changed(**update)


def test_the_ladder_climbs_from_clarify_to_failure() -> None:
    assert list(Rung) == ["clarify", "depth", "tradeoff", "failure"]


def test_facts_are_found_by_id() -> None:
    assert tiny().scenario.facts_by_id["money"].say == "A hundred dollars a month."
