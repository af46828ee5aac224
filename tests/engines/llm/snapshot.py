"""Messages to a model as files a reviewer can read. `COACH_SNAPSHOTS=write pytest …` writes them anew."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from coach.domain.calls import Message


def snapshot(path: Path, messages: Iterable[Message]) -> None:
    """Compare `messages` with the file, or write it."""
    parts = (f"## {m.role}{' (stable)' if m.stable else ''}\n\n{m.text.strip()}\n" for m in messages)
    text = "\n".join(parts)
    if os.environ.get("COACH_SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{path.name} is stale: COACH_SNAPSHOTS=write writes it anew"
