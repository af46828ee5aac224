"""Sound on a file: what is deleted leaves the disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from coach.archive.archive import SqlArchive
from coach.domain.utterance import Utterance
from tests.archive.builders import NINE, begun_round

ID = "a" * 32
MARK = b"zanzibar"


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


@pytest.mark.parametrize(
    "remove",
    [
        lambda archive: archive.delete_round("r1"),
        lambda archive: archive.delete_everything(),
        lambda archive: archive.forget_sounds("r1"),
        lambda archive: archive.forget_sounds(before=NINE.replace(year=2030)),
    ],
    ids=["the round", "everything", "its sound", "old sound"],
)
def test_sound_that_is_deleted_is_nowhere_in_the_files(
    tmp_path: Path, remove: Callable[[SqlArchive], object]
) -> None:
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.db")) as archive:
        archive.add_round(begun_round("r1"))
        archive.add_utterance("r1", Utterance(id=ID, at=0.0), NINE)
        for seq in range(3):
            archive.add_sound("r1", ID, seq, MARK * 2_000)
        assert MARK in _bytes(tmp_path)
        remove(archive)
        assert archive.sound("r1", ID) == b""
        assert MARK not in _bytes(tmp_path)


def test_the_sound_of_other_rounds_stays(tmp_path: Path) -> None:
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.db")) as archive:
        for round_id in ("r1", "r2"):
            archive.add_round(begun_round(round_id))
            archive.add_utterance(round_id, Utterance(id=ID, at=0.0), NINE)
            archive.add_sound(round_id, ID, 0, MARK * 2_000)
        archive.delete_round("r1")
        assert archive.sound("r2", ID) == MARK * 2_000
        assert archive.sound("r1", ID) == b""
