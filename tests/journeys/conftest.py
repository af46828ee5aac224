"""The app as a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own for each journey, with an empty COACH_HOME."""
    with Server(tmp_path / "home") as running:
        yield running
