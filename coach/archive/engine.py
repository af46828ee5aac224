"""The database engine, and everything that is said to SQLite alone.

Another engine follows by answering the same six questions here: how to open it, how a read and a write begin, how
tables are rebuilt, how deleted text leaves the disk, and what its errors mean; and those of `words.py`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError, StatementError
from sqlalchemy.pool import ConnectionPoolEntry

from coach.errors import ArchiveError

BUSY_MS = 15_000
"""How long a write waits for another one before it gives up."""

CONNECTIONS = 5
"""SQLite's write lock is unfair: more writers at once only lengthen the longest wait."""

SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)

ELSEWHERE = "name another file in COACH_DATABASE_URL"

MEANINGS = {
    "SQLITE_FULL": "the disk is full; free some space and try again",
    "SQLITE_READONLY": f"the file or its folder is read-only; allow writing to both, or {ELSEWHERE}",
    "SQLITE_BUSY": "another program has held it for too long; close that program and try again",
    "SQLITE_LOCKED": "another program has held it for too long; close that program and try again",
    "SQLITE_CORRUPT": "the file is damaged; move it and its -wal and -shm files away together and restore a copy",
    "SQLITE_NOTADB": f"the file is not a database; move it away, or {ELSEWHERE}",
    "SQLITE_CANTOPEN": "it cannot be opened; see that it is a file, is there and may be written, like its folder",
    "SQLITE_IOERR": "the disk does not read or write; see that it is there, has space left and is sound",
    "SQLITE_PERM": "this user may not use the file; allow reading and writing",
    "SQLITE_TOOBIG": "a single text is too long to be kept; shorten it",
}
"""By the start of SQLite's name for an error: what it means and what to do next."""


def open_engine(url: str, busy_ms: int = BUSY_MS) -> Engine:
    """The engine for a database URL such as `sqlite:////folder/coach.db`; makes folder (0700) and file (0600)."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise ArchiveError(
            "COACH_DATABASE_URL is not a database URL; write it as sqlite:////folder/coach.db"
        ) from None
    database = parsed.database or ":memory:"
    if parsed.get_backend_name() != "sqlite" or database == ":memory:" or parsed.query:
        raise ArchiveError(
            f"COACH_DATABASE_URL is {parsed.render_as_string()}, and rounds are kept in an SQLite file;"
            " write it as sqlite:////folder/coach.db"
        )
    path = Path(database).absolute()
    with _explained(str(path)):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        creator=lambda: sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, check_same_thread=False),
        pool_size=CONNECTIONS,
        max_overflow=0,
        hide_parameters=True,
    )
    _configure(engine, path, busy_ms)
    return engine


def _configure(engine: Engine, path: Path, busy_ms: int) -> None:
    @event.listens_for(engine, "connect")
    def _settle(file: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        record.info["inode"] = path.stat().st_ino
        file.isolation_level = None
        file.execute(f"PRAGMA busy_timeout={busy_ms}")
        for setting in SETTINGS:
            file.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "checkout")
    def _see_that_it_is_still_there(_: object, record: ConnectionPoolEntry, __: object) -> None:
        if not path.exists() or path.stat().st_ino != record.info["inode"]:
            raise ArchiveError(
                f"Cannot use {path}: the file was moved or deleted meanwhile; put it back, or start Coach again"
            )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one moment of the database and blocks nobody."""
    with _explained(place(engine)), engine.connect() as connection:
        yield connection.execution_options(reads=True)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection that alone may write; what it wrote is on the disk once the block is left, or none of it."""
    with _explained(place(engine)), engine.begin() as connection:
        yield connection


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """As `writing`, for migrations. SQLite changes a table by copying and dropping it, and dropping a table
    deletes the rows that refer to it unless references are let go of meanwhile."""
    with _explained(place(engine)), engine.connect() as connection:
        file = _file(connection)
        file.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise ArchiveError(
                        f"{place(engine)} was left as it was: bringing it up to date would tear rows apart;"
                        " report this with the versions of Coach before and after"
                    )
        finally:
            file.execute("PRAGMA foreign_keys=ON")


def wipe(engine: Engine) -> None:
    """Empty the write-ahead log, the one place where deleted text is still spelled out."""
    with _explained(place(engine)), engine.connect() as connection:
        busy = _file(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        raise ArchiveError(
            f"Deleted, but the text still stands in {place(engine)}-wal because another program is reading;"
            " close that program and Coach, which empties the file"
        )


def place(engine: Engine) -> str:
    """Where the database is, for a person."""
    return engine.url.database or engine.url.render_as_string()


def _file(connection: Connection) -> sqlite3.Connection:
    """The connection below SQLAlchemy's, for what SQLite does only outside a transaction."""
    file = connection.connection.driver_connection
    assert isinstance(file, sqlite3.Connection)  # noqa: S101
    return file


@contextmanager
def _explained(where: str) -> Iterator[None]:
    """Turns whatever the database, the disk or an unreadable row raises into one line."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError, ValueError) as error:
        cause = error.orig if isinstance(error, StatementError) and error.orig else error
        raise ArchiveError(f"Cannot use {where}: {_meaning(cause)}") from error


def _meaning(cause: BaseException) -> str:
    if isinstance(cause, ValidationError):
        first = cause.errors(include_url=False, include_input=False)[0]
        spot = ".".join(str(part) for part in first["loc"])
        return (
            f"a {cause.title.lower()} kept there does not read ({spot or 'all of it'}: {first['msg']});"
            " it was damaged or edited: restore a copy of the file"
        )
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        for start, meaning in MEANINGS.items():
            if name.startswith(start):
                return meaning
    if isinstance(cause, OSError):
        return f"{cause.strerror}; see that its folder is there and may be written, or {ELSEWHERE}"
    first_line = str(cause).partition("\n")[0] or type(cause).__name__
    return f"{first_line}; run `coach doctor`"
