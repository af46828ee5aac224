"""`coach calibrate`: how far a judge agrees with labels, and that it says whose labels they are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.builders import GOLDEN, SCENARIOS
from tests.cli.command import coach


@pytest.mark.slow
def test_agreement_is_with_reference_labels_never_with_people(tmp_path: Path) -> None:
    shown = coach("calibrate", GOLDEN, home=tmp_path)
    assert shown.status == 0, shown.err
    assert "agreement with reference labels (constructed)" in shown.out
    assert "two raters among themselves (constructed and model)" in shown.out
    assert "human" not in shown.out.lower()
    figures = [line for line in shown.out.splitlines() if line[-1:].isdigit() and "." in line and "/" not in line]
    assert figures
    assert all("constructed" in line for line in figures)


@pytest.mark.slow
def test_the_report_for_machines_has_every_group_with_intervals(tmp_path: Path) -> None:
    written = coach("calibrate", GOLDEN, "--json", "-", home=tmp_path)
    report = json.loads(written.out)
    assert report["quotes"]["shown"] == report["quotes"]["verbatim"] > 0
    assert set(report["scenario"]) == set(SCENARIOS)
    low, high = report["pooled"]["intervals"]["kappa"]
    assert low < report["pooled"]["kappa"] < high
    assert report["raters"]["kappa"] > report["pooled"]["kappa"]
    assert sum(map(sum, report["confusion"]["verdicts"])) == report["pooled"]["criteria"]
    assert report["criterion"]["communication.plan-stated"]["criteria"] == report["rounds"]
    assert "human" not in f"{report['labels']} {report['raters_labels']}"


@pytest.mark.slow
def test_refit_says_which_thresholds_each_scenario_was_measured_with(tmp_path: Path) -> None:
    two = tmp_path / "golden"
    for scenario in ("document-qa", "recommendation"):
        shutil.copytree(GOLDEN / scenario, two / scenario)
    ran = coach("calibrate", two, "--refit", home=tmp_path)
    assert ran.status == 0, ran.err
    assert "Without document-qa: part" in ran.out
    assert "Without recommendation: part" in ran.out


def test_only_the_offline_judge_is_fitted(tmp_path: Path) -> None:
    ran = coach("calibrate", GOLDEN, "--refit", "--engine", "llm", home=tmp_path)
    assert ran.status == 1
    assert ran.is_one_line
    assert "--refit fits the offline judge" in ran.err


def test_a_folder_without_labels_is_one_line(tmp_path: Path) -> None:
    ran = coach("calibrate", tmp_path, home=tmp_path)
    assert ran.status != 0
    assert ran.is_one_line
    assert "No labelled transcripts" in ran.err


def test_agreement_on_one_scenario_is_laid_out_in_80_columns(tmp_path: Path) -> None:
    ran = coach("calibrate", GOLDEN / "document-qa", home=tmp_path)
    assert ran.status == 0, ran.err
    assert "document-qa" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
