from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Engine, text

from coach.archive.archive import SqlArchive
from coach.archive.engine import open_engine, reading, rebuilding, wipe, writing
from coach.archive.schema import prepare
from coach.errors import ArchiveError
from tests.archive.builders import begun_round, played_round


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path}/coach.db", busy_ms=50)
    prepare(opened)
    yield opened
    opened.dispose()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_its_owner_may_look_into_the_folder_and_the_files(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    with closing(SqlArchive.open(f"sqlite:///{home}/coach.db")) as archive:
        archive.add_round(begun_round())
        assert _mode(home) == 0o700
        assert {file.name: _mode(file) for file in home.iterdir()} == {
            "coach.db": 0o600,
            "coach.db-wal": 0o600,
            "coach.db-shm": 0o600,
        }


def test_a_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    open_engine(f"sqlite:///{tmp_path}/coach.db").dispose()
    assert _mode(tmp_path) == 0o755


def test_a_relative_path_is_settled_when_the_archive_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = open_engine("sqlite:///coach.db")
    assert engine.url.database == str(tmp_path / "coach.db")
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("busy_timeout", 15_000),
    ],
)
def test_every_connection_is_set_for_safety_before_speed(tmp_path: Path, pragma: str, value: object) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coach.db")
    with reading(engine) as first, reading(engine) as second:
        for connection in (first, second):
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value
    engine.dispose()


@pytest.mark.parametrize(
    "url",
    [
        "coach.db",
        "",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///coach.db?mode=ro",
        "postgresql://example.com:port/coach",
        "postgresql://me@example.com/coach",
        "nosuchengine:///coach.db",
    ],
)
def test_a_url_that_names_no_sqlite_file_is_refused_with_one_that_would_do(url: str) -> None:
    with pytest.raises(ArchiveError, match=r"^COACH_DATABASE_URL .*; write it as sqlite:////folder/coach\.db$"):
        open_engine(url)


def test_a_refused_url_does_not_give_its_password_away() -> None:
    with pytest.raises(ArchiveError) as refused:
        open_engine("postgresql://me:secret-word@example.com/coach")
    assert "secret-word" not in str(refused.value)


def test_a_writer_holds_off_other_writers_and_no_reader(engine: Engine) -> None:
    with writing(engine):
        with reading(engine) as reader:
            assert reader.execute(text("SELECT count(*) FROM round")).scalar() == 0
        with pytest.raises(ArchiveError, match="another program has held it"), writing(engine):
            pass


def test_a_block_that_fails_writes_nothing(engine: Engine) -> None:
    insert = text("INSERT INTO round VALUES (:id, 't', '2026-03-02', NULL, '{}', '{}')")
    with pytest.raises(ArchiveError), writing(engine) as connection:
        connection.execute(insert, [{"id": "r1"}, {"id": "r2"}, {"id": "r1"}])
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM round")).scalar() == 0


def test_a_table_can_be_rebuilt_without_losing_the_rows_that_refer_to_it(engine: Engine) -> None:
    archive = SqlArchive(engine)
    archive.add_round(played_round("r1"))
    with rebuilding(engine) as connection:
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("round", recreate="always"):
            pass
    assert archive.round("r1") == played_round("r1")
    archive.delete_round("r1")
    with reading(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM turn")).scalar() == 0


def test_a_rebuilding_that_tears_rows_apart_is_undone(engine: Engine) -> None:
    archive = SqlArchive(engine)
    archive.add_round(played_round("r1"))
    with pytest.raises(ArchiveError, match="left as it was"), rebuilding(engine) as connection:
        connection.execute(text("DELETE FROM round"))
    assert archive.round("r1") == played_round("r1")


def test_wiping_says_when_a_reader_keeps_deleted_text_alive(engine: Engine, tmp_path: Path) -> None:
    archive = SqlArchive(engine)
    archive.add_round(played_round("r1"))
    with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM round").fetchone()
        with pytest.raises(ArchiveError, match=r"coach\.db-wal because another program is reading"):
            archive.delete_round("r1")
        assert archive.rounds() == []
    wipe(engine)
    assert (tmp_path / "coach.db-wal").stat().st_size == 0
