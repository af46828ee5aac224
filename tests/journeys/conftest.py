"""The app as a process, and a real browser on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_socket import enable_socket

from tests.journeys.server import Server

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Skipped where there is none, unless COACH_REQUIRE_BROWSER=1."""
    if not CHROMIUM.exists():
        line = f"No {CHROMIUM}: `apt-get install chromium` to run the browser journeys."
        if os.environ.get("COACH_REQUIRE_BROWSER") == "1":
            pytest.fail(line)
        pytest.skip(line)
    enable_socket()  # the driver talks to its browser over a pipe and an event loop of its own
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own for each journey, with an empty COACH_HOME."""
    with Server(tmp_path / "home") as running:
        yield running
