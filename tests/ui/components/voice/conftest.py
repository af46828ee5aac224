"""A page that knows the voice room's scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.ui.components.voice.hearing import prepare


@pytest.fixture
def page(browser: Browser) -> Page:
    """Nothing else is in it."""
    return prepare(browser.new_page())
