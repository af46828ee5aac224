"""A measure as a line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable


def tell(name: str, value: float | None, unit: str, goal: float | None = None) -> None:
    """A value holds where it is at most the goal; without a goal it stands beside another."""
    holds = None if value is None or goal is None else value <= goal
    rounded = None if value is None else round(value, 3)
    print(json.dumps({"name": name, "value": rounded, "unit": unit, "goal": goal, "holds": holds}), flush=True)


def timed(work: Callable[[], object]) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
