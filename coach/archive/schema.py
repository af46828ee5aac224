"""The shape of the database: which revision it is at, and bringing it to the newest."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect

from coach.archive.engine import ELSEWHERE, place, reading, rebuilding
from coach.archive.migrations import HEAD, REVISIONS
from coach.archive.search import take_in_missing
from coach.errors import ArchiveError


def prepare(engine: Engine) -> None:
    """Bring the database to the newest revision, from an empty file or an older version of Coach.

    All or nothing, and once only however many processes start together. Raises ArchiveError, and changes nothing,
    where the file belongs to a newer version of Coach or to another program.
    """
    with reading(engine) as connection:
        if _is_current(connection):
            return
    with rebuilding(engine) as connection:
        if not _is_current(connection):
            _upgrade(connection)


def _is_current(connection: Connection) -> bool:
    where = place(connection.engine)
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise ArchiveError(f"Cannot use {where}: it is another program's database; {ELSEWHERE}")
        return False
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if revision not in REVISIONS:
        raise ArchiveError(
            f"Cannot use {where}: it was written by a newer version of Coach (revision {revision}, this one"
            f" knows {HEAD}); install the newer version, or {ELSEWHERE}"
        )
    return bool(revision == HEAD)


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - takes a second, and a current database does without
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "coach.archive:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    take_in_missing(connection)
