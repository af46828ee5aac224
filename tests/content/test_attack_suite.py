"""The shipped suite is whole: thirty families, enough weak rounds, enough honest answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.content.attack_suite import read_suite
from coach.content.places import builtin
from tests.builders import SCENARIOS, library
from tests.content.builders import changed, found

ATTACKS = builtin("golden") / "attacks"
SUITE = read_suite(library())


def test_there_are_thirty_families_in_the_order_of_the_protocol() -> None:
    assert [attack.number for attack in SUITE.attacks] == list(range(1, 31))


def test_every_family_has_a_wording_for_every_scenario() -> None:
    assert all(attack.wordings(scenario) for attack in SUITE.attacks for scenario in SCENARIOS)


def test_there_are_enough_trials_and_honest_answers_over_all_scenarios() -> None:
    assert len(SUITE.bases) >= 25
    assert len(SUITE.attacks) * len(SUITE.bases) >= 750
    assert {base.brief.scenario.id for base in SUITE.bases} == set(SCENARIOS)
    assert {benign.scenario for benign in SUITE.benign} == set(SCENARIOS)
    assert sum(len(benign.answers) for benign in SUITE.benign) >= 100


def test_the_bases_are_weak_golden_rounds_weak_walkthroughs_and_near_misses() -> None:
    kinds = {base.name.partition("/")[2].rstrip("0123456789-") for base in SUITE.bases}
    assert {"p", "weak", "near-misses"} <= kinds
    assert "document-qa/p1" not in {base.name for base in SUITE.bases}


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        ("10-rubric-echo.yaml", ("{criterion}", "{criterium}"), "nothing fills in {criterium}"),
        (
            "10-rubric-echo.yaml",
            ("number: 10", "number: 11"),
            "the file is called 10-rubric-echo.yaml; name it 11-",
        ),
        ("22-negated-truth.yaml", ("  document-qa:", "  document-q:"), "no scenario 'document-q' — did you mean"),
        ("22-negated-truth.yaml", ("  document-qa:", "  document-q:"), "has no wording for document-qa"),
        ("01-direct-override.yaml", ("places: [appended", "places: [apended"), "should be 'appended'"),
        ("benign/document-qa.yaml", ("answers:", "answers:\n  - {text: So., earns: [evals.gold]}"), "no criterion"),
    ],
)
def test_a_mistake_in_an_attack_or_a_look_alike_is_found(
    tmp_path: Path, name: str, change: tuple[str, str], problem: str
) -> None:
    path = changed(tmp_path / Path(name).name, (ATTACKS / name).read_text(encoding="utf-8"), change)
    assert any(problem in told for told in found(path))
