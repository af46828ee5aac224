from __future__ import annotations

from pathlib import Path

import pytest

from coach.content.check import check
from coach.content.library import FileLibrary
from coach.content.planted_suite import read_planted

PLANT = """schema: planted/v1
scenario: document-qa
plants:
  - criterion: evals.golden-set
    earns: I build a golden set.
    negated: I build none.
    attributed: They build one.
    hypothetical: I might build one.
"""


def problems(folder: Path, text: str, name: str = "document-qa.yaml") -> list[str]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [f"{problem.where}: {problem.message}" for problem in check([path], FileLibrary())]


def test_a_right_file_has_no_problems(tmp_path: Path) -> None:
    assert problems(tmp_path, PLANT) == []


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("evals.golden-set", "evals.golden-sets", "did you mean 'evals.golden-set'?"),
        ("I build none.", "I build a golden set.", "says the same as another text"),
        ("    hypothetical: I might build one.\n", "", "hypothetical"),
        ("negated:", "negates:", "negates"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    assert any(told in problem for problem in problems(tmp_path, PLANT.replace(was, becomes)))


def test_a_criterion_is_planted_once(tmp_path: Path) -> None:
    twice = PLANT + PLANT.split("plants:\n")[1]
    assert any("already used" in problem for problem in problems(tmp_path, twice))


def test_the_file_is_named_after_its_scenario(tmp_path: Path) -> None:
    assert any("name it after the scenario" in problem for problem in problems(tmp_path, PLANT, "other.yaml"))


def test_the_suite_has_plants_golden_rounds_and_both_walkthroughs_of_every_scenario() -> None:
    suite = read_planted(FileLibrary())
    scenarios = [each.scenario for each in suite.planted]
    assert scenarios == sorted(set(scenarios))
    names = {played.name for played in suite.rounds}
    assert {f"{id_}/{kind}" for id_ in scenarios for kind in ("walkthrough", "weak-walkthrough")} < names
    assert "document-qa/p1" in names


def test_every_scenario_has_plants_in_every_dimension_that_is_asked_about() -> None:
    suite = read_planted(FileLibrary())
    assert len(suite.planted) == 6
    assert all(len(each.plants) >= 10 for each in suite.planted)
    planted = {plant.criterion.split(".")[0] for each in suite.planted for plant in each.plants}
    assert planted == set(suite.rounds[0].brief.probed_dimensions)
