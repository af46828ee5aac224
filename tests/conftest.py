"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from pytest_socket import enable_socket

from tests.journeys import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("coach", deadline=None)  # how long an example takes is a matter for benchmarks
settings.load_profile("coach")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey that fails is played once more, and the summary says that it was: see docs/decisions/0012."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="module")
def running_browser() -> Iterator[Browser]:
    """Any Chromium. Skipped where there is none, unless COACH_REQUIRE_BROWSER=1."""
    path = chromium.found()
    if path is None:
        if os.environ.get("COACH_REQUIRE_BROWSER") == "1":
            pytest.fail(chromium.NONE)
        pytest.skip(chromium.NONE)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need no browser

    enable_socket()  # the driver talks to its browser over a pipe and an event loop of its own
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def browser(running_browser: Browser) -> Iterator[Browser]:
    """A browser whose tabs are closed after each test: one left open goes on asking for its server."""
    yield running_browser
    for context in running_browser.contexts:
        context.close()
