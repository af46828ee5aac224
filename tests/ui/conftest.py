"""Every page test plays in a home folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import lay
from tests.ui.page import Page


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty COACH_HOME."""
    folder = tmp_path / "home"
    lay(folder)
    monkeypatch.setenv("COACH_HOME", str(folder))
    monkeypatch.delenv("COACH_DATABASE_URL", raising=False)
    return folder


@pytest.fixture
def page(home: Path) -> Page:
    """The home page of a new installation."""
    return Page.opened()
