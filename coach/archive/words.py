"""The index of everything said and noted in rounds, and all that is spoken to SQLite's FTS5 alone.

A row is a turn. Its key holds the number of its round and its place there, so that the newest round comes first
without sorting, however many turns match. Another engine keeps the same rows and answers the same six questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Select, Text, bindparam, column, func, insert, literal_column, select
from sqlalchemy import delete as deleting
from sqlalchemy import table as table_of

from coach.domain.search import Search, Snippet

NAME = "words"
_CREATE = f"CREATE VIRTUAL TABLE {NAME} USING fts5(said, board, tokenize='porter unicode61 remove_diacritics 2')"
_PLACES = 20
"""Bits of a key that hold a turn's place; a transcript has 20,000 turns at most."""
_AROUND = 24
"""Words of a snippet."""
_OPENS, _CLOSES = "\x02", "\x03"
"""Signs around what was found. None is ever kept, whatever a candidate types."""

_WORDS = table_of(NAME, column("rowid", Integer), column("said", Text), column("board", Text))
_ROWID = _WORDS.c.rowid


class Said(NamedTuple):
    """What a turn added: its words, and the lines that were new on the board."""

    number: int
    """Of the round."""
    place: int
    said: str
    board: str


class Found(NamedTuple):
    """A turn that matches."""

    number: int
    place: int


def create(connection: Connection) -> None:
    """An empty index."""
    connection.exec_driver_sql(_CREATE)


def add(connection: Connection, said: Iterable[Said]) -> None:
    """Take turns in."""
    rows = [
        {"key": _key(each.number, each.place), "said": _readable(each.said), "board": _readable(each.board)}
        for each in said
    ]
    if rows:
        values: dict[str, Any] = {"rowid": bindparam("key"), "said": bindparam("said"), "board": bindparam("board")}
        connection.execute(insert(_WORDS).values(values), rows)


def remove(connection: Connection, number: int) -> None:
    """Take a round out, for real: until its parts are joined, the index spells out deleted words."""
    connection.execute(deleting(_WORDS).where(_ROWID.between(_key(number, 0), _key(number + 1, 0) - 1)))
    connection.exec_driver_sql(f"INSERT INTO {NAME}({NAME}) VALUES ('optimize')")  # noqa: S608 - our own name


def clear(connection: Connection) -> None:
    """Take everything out, for real."""
    connection.exec_driver_sql(f"DROP TABLE {NAME}")
    create(connection)


def queries(search: Search) -> list[str]:
    """What to ask the index, the closest first: the words one after the other as they were typed; then each of
    them anywhere in a turn. None where no word is looked for."""
    phrases = [_quoted(each) for each in search.phrases]
    asked = [" AND ".join([*map(_quoted, search.words), *phrases])]
    if len(search.words) > 1:
        asked.insert(0, " AND ".join([_quoted(" ".join(search.words)), *phrases]))
    return [each for each in asked if each]


def matching(connection: Connection, query: str, numbers: Select[Any] | None) -> Iterator[Found]:
    """The turns that match, the newest round first, of all rounds or of those with these numbers."""
    wanted = _matching(query).order_by(_ROWID.desc())
    if numbers is not None:
        wanted = wanted.where(_ROWID.op(">>")(_PLACES).in_(numbers))
    with connection.execute(wanted) as rows:
        for (key,) in rows:
            yield Found(key >> _PLACES, key & ((1 << _PLACES) - 1))


def snippets(connection: Connection, query: str, turns: Iterable[Found]) -> dict[Found, tuple[Snippet, bool]]:
    """The words around what was found in each of these turns, and whether it stands on the board."""
    keys = {_key(*turn): turn for turn in turns}
    if not keys:
        return {}
    around = [_snippet(0), _snippet(1)]
    rows = connection.execute(_matching(query).add_columns(*around).where(_ROWID.in_(keys)))
    found = {}
    for key, said, board in rows:
        on_board = _OPENS not in said
        found[keys[key]] = (_read(board if on_board else said), on_board)
    return found


def _matching(query: str) -> Select[Any]:
    return select(_ROWID).where(literal_column(NAME).op("MATCH")(query))


def _snippet(place: int) -> Any:
    return func.snippet(literal_column(NAME), place, _OPENS, _CLOSES, "…", _AROUND)


def _read(marked: str) -> Snippet:
    """The snippet without its signs."""
    text, hits = "", []
    for part in marked.split(_OPENS):
        found, closed, after = part.partition(_CLOSES)
        if closed:
            hits.append((len(text), len(text) + len(found)))
        text += found + after
    return Snippet(text=text, hits=tuple(hits))


def _key(number: int, place: int) -> int:
    return number << _PLACES | place


def _quoted(text: str) -> str:
    """As words and nothing else, whatever they mean to FTS5."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _readable(text: str) -> str:
    return text.replace(_OPENS, " ").replace(_CLOSES, " ").replace("\0", " ")
