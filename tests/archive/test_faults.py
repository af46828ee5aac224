"""Real processes on one file: killed at any moment, and writing side by side."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from coach.archive.archive import SqlArchive
from tests.archive.builders import begun_round

pytestmark = pytest.mark.slow


def _appending(url: str, *arguments: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.archive.append_turns", url, "r1", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


def _kept(folder: Path) -> list[str]:
    with closing(SqlArchive.open(f"sqlite:///{folder}/coach.db")) as archive:
        return [turn.id for turn in archive.round("r1").turns]


def test_a_killed_process_loses_no_turn_it_was_told_is_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    with closing(SqlArchive.open(url)) as archive:
        archive.add_round(begun_round("r1"))
    acknowledged: list[str] = []
    for heard_before_the_kill in (0, 1, 7, 40, 120):
        with _appending(url, len(_kept(tmp_path)) + 1, 1) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            acknowledged += [process.stdout.readline().strip() for _ in range(heard_before_the_kill)]
            process.kill()
            acknowledged += process.stdout.read().split()
        kept = _kept(tmp_path)
        assert set(acknowledged) <= set(kept)
        assert kept == [f"C{number}" for number in range(1, len(kept) + 1)]
    assert len(acknowledged) >= 168
    with closing(sqlite3.connect(tmp_path / "coach.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_processes_side_by_side_lose_and_repeat_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/coach.db"
    with closing(SqlArchive.open(url)) as archive:
        archive.add_round(begun_round("r1"))
    alone = [_appending(url, first, 2, 60) for first in (1, 2)]
    again = _appending(url, 1, 1, 60)
    acknowledged = [line for process in (*alone, again) for line in process.communicate()[0].split()]
    assert [process.returncode for process in (*alone, again)] == [0, 0, 0]
    turns = {f"C{number}" for number in range(1, 61)}
    assert sorted(acknowledged) == sorted([*turns, "ready", "ready", "ready"])
    assert set(_kept(tmp_path)) == turns
    assert len(_kept(tmp_path)) == 60
