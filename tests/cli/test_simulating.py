from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Ran, coach
from tests.doubles.models import Double, Fault, serving

SAID = (
    "I would begin with the people who ask, because they live with a wrong answer, and then look at the documents."
)


@pytest.fixture
def double() -> Iterator[Double]:
    with serving() as running:
        yield running


def by_models(double: Double, home: Path, *more: str) -> Ran:
    """Short rounds in which every part is played by the double."""
    arguments = ("simulate", "document-qa", "--engine", "llm", "--minutes", "5", *more)
    return coach(*arguments, home=home, COACH_MODEL=f"openai:double@{double.url}/v1", COACH_MONTH_CAP="none")


def test_simulating_prints_every_candidate_what_leaked_and_how_far_grades_part_them(tmp_path: Path) -> None:
    ran = coach("simulate", "document-qa", "--minutes", "12", home=tmp_path)
    for name in ("strong", "bluffing", "instruction-injecting", "second-language"):
        assert name in ran.out
    assert "Strong minus bluffing" in ran.out
    assert "fact leaks in 0" in " ".join(ran.out.split())


def test_simulating_for_machines_tells_every_check(tmp_path: Path) -> None:
    told = json.loads(coach("simulate", "document-qa", "--minutes", "12", "--json", "-", home=tmp_path).out)
    assert len(told["rounds"]) == 27
    assert all(len(each["checks"]) == 15 for each in told["rounds"])
    assert set(told["separation"]) == {"supportive", "neutral", "challenging"}


def test_an_unknown_scenario_is_wrong_use(tmp_path: Path) -> None:
    ran = coach("simulate", "document-q", home=tmp_path)
    assert ran.status == 2
    assert "document-qa" in ran.err


def test_without_a_model_the_line_says_what_to_set(tmp_path: Path) -> None:
    ran = coach("simulate", "document-qa", "--engine", "llm", home=tmp_path)
    assert ran.is_one_line
    assert "COACH_MODEL" in ran.err


def test_a_model_that_refuses_the_first_request_is_one_line_and_no_table(tmp_path: Path, double: Double) -> None:
    double.faults.extend([Fault("status", status=401)] * 40)
    ran = by_models(double, tmp_path)
    assert ran.is_one_line
    assert "key" in ran.err


@pytest.mark.slow
def test_models_play_all_parts_and_what_they_cost_is_told(tmp_path: Path, double: Double) -> None:
    double.answer = lambda body: SAID if "You play a candidate" in json.dumps(body) else None
    ran = by_models(double, tmp_path, "--json", "-")
    told = json.loads(ran.out)
    assert len(told["rounds"]) == 27
    assert not [check for each in told["rounds"] for check in each["checks"] if check["passes"] is False]
    assert 27 < told["cost"]["calls"] <= len(double.requests)
    assert told["cost"]["input_tokens"] > told["cost"]["cached_tokens"] > 0
