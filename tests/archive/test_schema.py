from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from coach.archive import words
from coach.archive.archive import SqlArchive
from coach.archive.engine import open_engine, rebuilding, writing
from coach.archive.migrations import HEAD, REVISIONS
from coach.archive.schema import prepare
from coach.archive.tables import Table
from coach.domain.value import Value
from coach.errors import ArchiveError
from tests.archive.builders import begun_round, call, findings, grade, played_round, stamp


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path}/coach.db")
    yield opened
    opened.dispose()


def _tables(engine: Engine) -> dict[str, Any]:
    """All that the database itself knows of the tables."""
    known = inspect(engine)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in known.get_columns(table)],
            "primary key": known.get_pk_constraint(table),
            "foreign keys": known.get_foreign_keys(table),
            "unique": sorted(known.get_unique_constraints(table), key=str),
            "indexes": sorted(known.get_indexes(table), key=str),
        }
        for table in known.get_table_names()
        if table != "alembic_version" and not _is_index(table)
    }


def _is_index(table: str) -> bool:
    """The index of words, which SQLite keeps in tables of its own."""
    return table == words.NAME or table.startswith(f"{words.NAME}_")


def test_migrations_lead_to_the_tables_the_code_knows(engine: Engine) -> None:
    prepare(engine)
    with engine.connect() as connection:
        mine = {"include_name": lambda name, kind, _: kind != "table" or not _is_index(name)}
        context = MigrationContext.configure(connection, opts=mine)
        assert compare_metadata(context, Table.metadata) == []
    declared = create_engine("sqlite://")
    Table.metadata.create_all(declared)
    assert _tables(engine) == _tables(declared)
    declared.dispose()


def test_the_code_knows_every_revision_in_order() -> None:
    config = Config()
    config.set_main_option("script_location", "coach.archive:migrations")
    scripts = ScriptDirectory.from_config(config)
    assert tuple(script.revision for script in scripts.walk_revisions())[::-1] == REVISIONS
    assert scripts.get_current_head() == HEAD


def _brought_to(revision: str, engine: Engine) -> None:
    """The database as an older Coach left it."""
    config = Config()
    config.set_main_option("script_location", "coach.archive:migrations")
    with rebuilding(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _played_then(engine: Engine) -> None:
    """`played_round` with findings and a grade, in the columns there have always been."""
    round_, found = played_round("r1"), findings()
    judged = {"round_id": "r1", "judge": "v1", "dimension": found.dimension}
    with writing(engine) as connection:
        _insert(
            connection,
            "round",
            id="r1",
            title=round_.brief.scenario.title,
            started_at=f"{round_.started_at:%Y-%m-%d %H:%M:%S.%f}",
            ended_at=f"{round_.ended_at:%Y-%m-%d %H:%M:%S.%f}",
            setup=round_.setup,
            brief=round_.brief,
        )
        for seq, turn in enumerate(round_.turns, start=1):
            place = {"round_id": "r1", "seq": seq, "turn_id": turn.id, "speaker": turn.speaker.value}
            _insert(connection, "turn", **place, turn=turn, step=round_.steps.get(turn.id))
        _insert(connection, "findings", **judged, findings=found.model_copy(update={"verdicts": ()}))
        for seq, verdict in enumerate(found.verdicts, start=1):
            _insert(connection, "verdict", **judged, criterion=verdict.criterion, seq=seq, verdict=verdict)
        _insert(connection, "grade", round_id="r1", judge="v1", grade=grade())


def _insert(connection: Connection, table: str, **values: object) -> None:
    row = {
        name: value.model_dump_json(by_alias=True) if isinstance(value, Value) else value
        for name, value in values.items()
    }
    slots = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({slots})"), row)


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_any_older_coach_is_brought_up_to_date_with_its_rounds(engine: Engine, revision: str) -> None:
    _brought_to(revision, engine)
    _played_then(engine)
    prepare(engine)
    archive = SqlArchive(engine)
    assert archive.round("r1") == played_round("r1")
    assert archive.findings("r1", stamp()) == (findings(),)
    assert archive.grade("r1") == grade()
    archive.begin_call(call(usd=0.5), "r1")
    archive.keep_reply("r1", "evals", "{}")
    archive.add_round(begun_round("r2"))
    assert archive.spent("r1").usd == 0.5


def test_preparing_twice_is_preparing_once(engine: Engine) -> None:
    prepare(engine)
    before = _tables(engine)
    prepare(engine)
    assert _tables(engine) == before


def test_several_that_start_together_prepare_one_database(tmp_path: Path) -> None:
    engines = [open_engine(f"sqlite:///{tmp_path}/coach.db") for _ in range(4)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(prepare, engines))
    with engines[0].connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [HEAD]
    for engine in engines:
        engine.dispose()


def test_a_current_database_is_opened_without_alembic(engine: Engine) -> None:
    prepare(engine)
    program = (
        "import sys; from coach.archive.archive import SqlArchive;"
        "SqlArchive.open(sys.argv[1]).close(); sys.exit('alembic' in sys.modules)"
    )
    url = engine.url.render_as_string()
    opened = subprocess.run([sys.executable, "-c", program, url], check=False, capture_output=True, text=True)
    assert (opened.returncode, opened.stderr) == (0, "")


def test_a_database_of_a_newer_coach_is_refused_and_left_alone(engine: Engine) -> None:
    prepare(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="newer version of Coach") as refused:
        prepare(engine)
    line = str(refused.value)
    assert "\n" not in line
    assert str(engine.url.database) in line
    assert "revision 9999" in line
    assert "install the newer version" in line
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"


def test_another_programs_database_is_refused_and_left_alone(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    with pytest.raises(ArchiveError, match="another program's database; name another file"):
        prepare(engine)
    assert inspect(engine).get_table_names() == ["recipes"]
