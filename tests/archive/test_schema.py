from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from coach.archive.engine import open_engine, writing
from coach.archive.migrations import HEAD, REVISIONS
from coach.archive.schema import prepare
from coach.archive.tables import Table
from coach.errors import ArchiveError


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
        if table != "alembic_version"
    }


def test_migrations_lead_to_the_tables_the_code_knows(engine: Engine) -> None:
    prepare(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
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
