"""Rounds that several tests look at, played once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import DATA
from tests.cli.command import coach


@pytest.fixture(scope="session")
def weak_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home folder of an unattended round of twelve weak answers, with its transcript in `r.json`."""
    home = tmp_path_factory.mktemp("weak")
    ran = coach("play", "document-qa", "--answers", DATA / "weak.txt", "--out", home / "r.json", home=home)
    assert ran.status == 0, ran.err
    (home / "shown.txt").write_text(ran.out, encoding="utf-8")
    (home / "notes.txt").write_text(ran.err, encoding="utf-8")
    return home
