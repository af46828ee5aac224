"""Waiting for what another process does."""

from __future__ import annotations

import time
from collections.abc import Callable

WAITS = 60
"""Seconds anything may take; only a hang reaches it."""


def wait_for(happened: Callable[[], object]) -> None:
    """Look every few milliseconds until it has happened."""
    give_up = time.monotonic() + WAITS
    while not happened():
        assert time.monotonic() < give_up, "It does not happen"
        time.sleep(0.003)
