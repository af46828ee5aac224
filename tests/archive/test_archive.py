"""The archive on a file: what the disk holds, and what it says when the disk does not play along."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, event

from coach.archive.archive import SqlArchive
from coach.archive.engine import open_engine
from coach.archive.schema import prepare
from coach.errors import ArchiveError
from tests.archive.builders import answer, begun_round, call, findings, grade, played_round, stamp, verdict

NOBODY = 65_534


def _opened(folder: Path) -> SqlArchive:
    return SqlArchive.open(f"sqlite:///{folder}/coach.db")


def _one_line(refused: pytest.ExceptionInfo[ArchiveError], folder: Path) -> str:
    """The message, once it is sure to be one line that says where."""
    line = str(refused.value)
    assert "\n" not in line
    assert str(folder) in line
    return line


def _no_longer_root() -> Iterator[None]:
    """Root may write anywhere: become somebody who may not."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    yield
    if is_root:
        os.seteuid(0)


@pytest.fixture
def guest_folder() -> Iterator[Path]:
    """A folder that may be read and not written."""
    folder = Path(tempfile.mkdtemp())
    with closing(_opened(folder)) as archive:
        archive.add_round(played_round("r1"))
    (folder / "coach.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


as_guest = pytest.fixture(_no_longer_root)


def test_everything_is_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    with closing(_opened(tmp_path)) as archive:
        archive.add_round(played_round("r1"))
        archive.add_findings("r1", stamp(), findings())
        archive.add_grade("r1", grade())
    with closing(_opened(tmp_path)) as archive:
        assert archive.round("r1") == played_round("r1")
        assert archive.findings("r1", stamp()) == (findings(),)
        assert archive.grade("r1") == grade()


def test_what_one_process_adds_another_sees_at_once(tmp_path: Path) -> None:
    with closing(_opened(tmp_path)) as writer, closing(_opened(tmp_path)) as reader:
        writer.add_round(begun_round("r1"))
        writer.add_turn("r1", answer(1))
        assert reader.round("r1").turns == (answer(1),)


def test_rounds_with_the_same_brief_share_it_in_memory(tmp_path: Path) -> None:
    with closing(_opened(tmp_path)) as archive:
        archive.add_round(begun_round("r1"))
        archive.add_round(begun_round("r2"))
        assert archive.round("r1").brief is archive.round("r2").brief


def test_deleted_words_are_nowhere_in_the_files(tmp_path: Path) -> None:
    with closing(_opened(tmp_path)) as archive:
        for number in range(12):
            archive.add_round(begun_round(f"r{number}"))
        for turn in range(1, 9):
            for number in range(12):
                word = f"kiwi{number}fruit" if number % 2 else f"plum{number}tree"
                archive.add_turn(f"r{number}", answer(turn, f"{word} " * 40 * turn), key=f"{word}-{turn}")
        for number in range(1, 12, 2):
            reason = findings().model_copy(update={"verdicts": (verdict(reason=f"kiwi{number}fruit"),)})
            archive.add_findings(f"r{number}", stamp(), reason)
            archive.add_grade(f"r{number}", grade(f"kiwi{number}fruit"))
        stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert b"kiwi" in stored
        for number in range(1, 12, 2):
            archive.delete_round(f"r{number}")
        stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert b"kiwi" not in stored
        assert b"plum" in stored
        assert all(len(archive.round(f"r{number}").turns) == 8 for number in range(0, 12, 2))


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "coach.db").write_text("my holiday photos\n" * 100)
    with pytest.raises(ArchiveError, match="the file is not a database; move it away, or name another") as refused:
        _opened(tmp_path)
    _one_line(refused, tmp_path)
    assert (tmp_path / "coach.db").read_text() == "my holiday photos\n" * 100


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "coach.db").mkdir()
    with pytest.raises(ArchiveError, match="cannot be opened; see that it is a file") as refused:
        _opened(tmp_path)
    _one_line(refused, tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(ArchiveError, match="see that its folder is there and may be written") as refused:
        _opened(tmp_path / "home" / "deeper")
    _one_line(refused, tmp_path)


@pytest.mark.usefixtures("as_guest")
def test_a_folder_that_may_not_be_written_is_refused(guest_folder: Path) -> None:
    with pytest.raises(ArchiveError, match="Permission denied; see that its folder") as refused:
        _opened(guest_folder / "home")
    _one_line(refused, guest_folder)


@pytest.mark.usefixtures("as_guest")
def test_a_file_that_may_not_be_written_is_refused(guest_folder: Path) -> None:
    with pytest.raises(ArchiveError, match=r"read-only|cannot be opened") as refused:
        _opened(guest_folder).add_turn("r1", answer(9))
    _one_line(refused, guest_folder)


def test_a_file_made_read_only_meanwhile_says_so(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coach.db")
    prepare(engine)
    engine.dispose()
    event.listen(engine, "connect", lambda file, _: file.execute("PRAGMA query_only=ON"))
    with closing(SqlArchive(engine)) as archive, pytest.raises(ArchiveError, match="read-only; allow writing"):
        archive.add_round(begun_round("r1"))


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coach.db")
    prepare(engine)
    with closing(SqlArchive(engine)) as archive:
        archive.add_round(begun_round("r1"))
        archive.add_turn("r1", answer(1))
    event.listen(engine, "connect", lambda file, _: file.execute("PRAGMA max_page_count=1"))
    with closing(SqlArchive(engine)) as archive:
        with pytest.raises(ArchiveError, match="the disk is full; free some space") as refused:
            archive.add_turn("r1", answer(2, "too much " * 5_000))
        assert "too much" not in _one_line(refused, tmp_path)
        assert archive.round("r1").turns == (answer(1),)
    with closing(_opened(tmp_path)) as archive:
        assert archive.add_turn("r1", answer(2, "too much " * 5_000))


def test_a_file_another_program_holds_is_still_read(tmp_path: Path) -> None:
    _opened(tmp_path).close()
    archive = SqlArchive(open_engine(f"sqlite:///{tmp_path}/coach.db", busy_ms=50))
    archive.add_round(begun_round("r1"))
    with closing(archive), closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="held it for too long; close that program") as refused:
            archive.add_turn("r1", answer(1))
        _one_line(refused, tmp_path)
        assert archive.round("r1") == begun_round("r1")
        other.execute("ROLLBACK")
        assert archive.add_turn("r1", answer(1))


def test_a_file_moved_meanwhile_takes_no_turn_that_would_be_lost(tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    with closing(_opened(tmp_path)) as archive:
        archive.add_round(begun_round("r1"))
        kept = [file for file in tmp_path.iterdir() if file.is_file()]
        for file in kept:
            file.rename(away / file.name)
        with pytest.raises(ArchiveError, match="moved or deleted meanwhile; put it back") as refused:
            archive.add_turn("r1", answer(1))
        with pytest.raises(ArchiveError, match="cannot be opened; see that it is a file, is there"):
            archive.add_turn("r1", answer(1))
        assert list(tmp_path.iterdir()) == [away]
        for file in kept:
            (away / file.name).rename(file)
        assert archive.add_turn("r1", answer(1))
        assert archive.round("r1").turns == (answer(1),)
    _one_line(refused, tmp_path)


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "my 100% coach? #1 & ünïcode"
    url = str(URL.create("sqlite", database=f"{folder}/coach.db"))
    with closing(SqlArchive.open(url)) as archive:
        archive.add_round(begun_round("r1"))
        assert archive.round("r1") == begun_round("r1")
    assert [file.name for file in folder.iterdir()] == ["coach.db"]


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    with closing(_opened(tmp_path)) as archive:
        archive.add_round(played_round("r1"))
    file = tmp_path / "coach.db"
    with file.open("r+b") as raw:
        raw.seek(4096)
        raw.write(b"\xff" * (file.stat().st_size - 4096))
    with pytest.raises(ArchiveError, match="the file is damaged; move it") as refused:
        _opened(tmp_path).rounds()
    _one_line(refused, tmp_path)


@pytest.mark.parametrize(
    ("damage", "read"),
    [
        ('UPDATE turn SET turn = \'{"id": "C1"}\'', lambda archive: archive.round("r1")),
        ("UPDATE turn SET turn = 'not JSON'", lambda archive: archive.round("r1")),
        ("UPDATE round SET brief = '{}'", lambda archive: archive.round("r1")),
        ("UPDATE round SET started_at = 'noon'", lambda archive: archive.rounds()),
        ("UPDATE grade SET grade = '[]'", lambda archive: archive.grade("r1")),
        ("UPDATE verdict SET verdict = '{}'", lambda archive: archive.findings("r1", stamp())),
        ("UPDATE model_call SET call = '{}'", lambda archive: archive.calls("r1")),
        ("DROP TABLE grade", lambda archive: archive.grade("r1")),
    ],
)
def test_a_row_that_does_not_read_is_named_and_never_guessed(
    tmp_path: Path, damage: str, read: Callable[[SqlArchive], object]
) -> None:
    with closing(_opened(tmp_path)) as archive:
        archive.add_round(played_round("r1"))
        archive.add_findings("r1", stamp(), findings())
        archive.add_grade("r1", grade())
        archive.begin_call(call(), "r1")
        with closing(sqlite3.connect(tmp_path / "coach.db")) as other, other:
            other.execute(damage)
        with pytest.raises(ArchiveError, match=r"^Cannot use ") as refused:
            read(archive)
    _one_line(refused, tmp_path)
