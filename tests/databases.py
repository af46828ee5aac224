"""An empty database, brought up to date once for the whole process: migrating takes longer than most tests."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from coach.settings import Settings
from coach.wiring import open_archive


def lay(home: Path) -> None:
    """Put one into a home that has none."""
    place = _place(home)
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        place.write_bytes(_empty())


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        open_archive(Settings(home=home)).close()
        return _place(home).read_bytes()


def _place(home: Path) -> Path:
    return Path(Settings(home=home).database.removeprefix("sqlite:///"))
