"""The index of words on a file: what the disk holds of it, and how it comes to an older database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coach.archive import words
from coach.archive.archive import SqlArchive
from coach.archive.engine import open_engine, writing
from coach.archive.schema import prepare
from coach.domain.search import Search, read_search
from coach.domain.transcript import Board
from tests.archive.builders import answer, begun_round, grade, played_round


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_words_of_a_deleted_round_are_nowhere_in_the_index_or_the_files(tmp_path: Path) -> None:
    with closing(SqlArchive.open(f"sqlite:///{tmp_path}/coach.db")) as archive:
        for id_, word in (("r1", "wombat"), ("r2", "zanzibar"), ("r3", "yodel")):
            archive.add_round(begun_round(id_))
            for number in range(1, 4):
                said = answer(number, f"{word} {number}").model_copy(update={"board": Board(notes=f"{word}s")})
                archive.add_turn(id_, said)
        with closing(sqlite3.connect(tmp_path / "coach.db")) as file:
            assert any(b"zanzibar" in block for (block,) in file.execute("SELECT block FROM words_data"))
        archive.delete_round("r2")
        assert b"zanzibar" not in _bytes(tmp_path).lower()
        assert b"wombat" in _bytes(tmp_path)
        assert [hit.line.id for hit in archive.search(Search(words=("yodel",)), 9)] == ["r3"]
        archive.delete_everything()
        assert b"wombat" not in _bytes(tmp_path).lower()
        assert b"yodel" not in _bytes(tmp_path).lower()


def test_rounds_from_before_there_was_a_search_are_found_once_the_database_is_up_to_date(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/coach.db")
    prepare(engine)
    with closing(SqlArchive(engine)) as archive:
        archive.add_round(played_round("r1"))
        archive.add_grade("r1", grade())
        expected = archive.search(read_search("golden evals=2 band:incomplete", ["evals"]), 9)
        assert [moment.turn for hit in expected for moment in hit.moments] == ["C1", "C2", "C3"]
        with writing(engine) as connection:
            for later in ("sound", "utterance", "search"):
                connection.exec_driver_sql(f"DROP TABLE {later}")
            connection.exec_driver_sql(f"DROP TABLE {words.NAME}")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0006'")
        prepare(engine)
        assert archive.search(read_search("golden evals=2 band:incomplete", ["evals"]), 9) == expected
