"""Search over all rounds, in the archive's database: known in the same write as what was said and graded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, Engine, delete, exists, false, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from coach.archive import words
from coach.archive.engine import reading, writing
from coach.archive.hold import hold
from coach.archive.rounds import round_lines
from coach.archive.tables import GradeRow, OverrideRow, RemarkRow, RoundRow, SearchRow, TurnRow
from coach.archive.words import Found, Said
from coach.domain.calibration_rounds import PREFIX
from coach.domain.grade import Grade
from coach.domain.search import Moment, Search, Standing
from coach.domain.transcript import Board, Speaker, Turn
from coach.ports import Hit

MOMENTS = 3
"""Turns of a round that a hit shows."""


class SqlSearch:
    """All rounds, by what was said in them and how they stand. Safe to share between threads."""

    _engine: Engine

    def keep_standing(self, round_id: str, settled: Grade) -> None:
        with writing(self._engine) as connection:
            hold(connection, round_id)
            take_in_grade(connection, round_id, settled)

    def search(self, search: Search, limit: int) -> list[Hit]:
        with reading(self._engine) as connection:
            filters = _filters(search)
            wanted = select(SearchRow.number).where(*filters)
            queries = words.queries(search)
            if not queries:
                newest = wanted.where(~_CALIBRATION).order_by(SearchRow.number.desc()).limit(limit)
                return _hits(connection, {number: [] for number in connection.scalars(newest)}, None)
            hits: list[Hit] = []
            known = set(connection.scalars(select(SearchRow.number).where(_CALIBRATION)))
            for query in queries:
                found = _rounds(
                    words.matching(connection, query, wanted if filters else None), known, limit - len(hits)
                )
                hits += _hits(connection, found, query)
                known |= found.keys()
            return hits


def take_in(connection: Connection, round_id: str, scenario: str, title: str) -> None:
    """Know a new round."""
    blank = {"levels": " ", "notices": " "}
    connection.execute(insert(SearchRow).values(round_id=round_id, scenario=scenario, title=title, **blank))


def take_in_turn(connection: Connection, round_id: str, seq: int, turn: Turn, before: Board) -> None:
    """Know a turn. `before` is the board as it stood at the answer before."""
    number = connection.scalars(select(SearchRow.number).where(SearchRow.round_id == round_id)).one()
    words.add(connection, _said(number, seq, turn, before))


def take_in_again(connection: Connection, round_id: str) -> None:
    """Know a round by its turns as they stand now."""
    number = connection.scalars(select(SearchRow.number).where(SearchRow.round_id == round_id)).one()
    words.remove(connection, number)
    words.add(connection, _all_said(connection, round_id, number))


def board_before(connection: Connection, round_id: str) -> Board:
    """The board as the round's last answer left it."""
    its = (TurnRow.round_id == round_id, TurnRow.speaker == Speaker.CANDIDATE)
    last = connection.scalar(select(TurnRow.turn).where(*its).order_by(TurnRow.seq.desc()).limit(1))
    return (last.board if last else None) or Board()


def take_in_missing(connection: Connection) -> None:
    """Know the rounds that search does not know yet, the oldest first."""
    known = exists().where(SearchRow.round_id == RoundRow.id)
    unknown = select(RoundRow.id, RoundRow.title, RoundRow.setup).where(~known)
    for id_, title, setup in connection.execute(unknown.order_by(RoundRow.started_at, RoundRow.id)).all():
        take_in(connection, id_, setup.scenario, title)
        number = connection.scalars(select(SearchRow.number).where(SearchRow.round_id == id_)).one()
        words.add(connection, _all_said(connection, id_, number))
        newest = select(GradeRow.grade).where(GradeRow.round_id == id_).order_by(GradeRow.id.desc()).limit(1)
        if grade := connection.scalar(newest):
            take_in_grade(connection, id_, grade)


def take_in_grade(connection: Connection, round_id: str, grade: Grade) -> None:
    """Know how a round stands."""
    result = grade.result.band or grade.result.kind
    levels = (f"{each.id}={each.level}" for each in grade.dimensions if each.level is not None)
    notices = dict.fromkeys(notice.kind for notice in grade.notices)
    stands = {"result": result.value, "levels": _spaced(levels), "notices": _spaced(notices)}
    connection.execute(update(SearchRow).where(SearchRow.round_id == round_id).values(**stands))


def forget(connection: Connection, round_id: str) -> None:
    """No longer know a round, for real."""
    number = connection.scalar(select(SearchRow.number).where(SearchRow.round_id == round_id))
    if number is not None:
        words.remove(connection, number)


def forget_everything(connection: Connection) -> None:
    """Know nothing, for real."""
    connection.execute(delete(SearchRow))
    words.clear(connection)


def _all_said(connection: Connection, round_id: str, number: int) -> list[Said]:
    turns = connection.execute(
        select(TurnRow.seq, TurnRow.turn).where(TurnRow.round_id == round_id).order_by(TurnRow.seq)
    ).all()
    before, said = Board(), []
    for seq, turn in turns:
        said += _said(number, seq, turn, before)
        before = turn.board or before
    return said


def _said(number: int, seq: int, turn: Turn, before: Board) -> list[Said]:
    """What a turn added, if anything; of the board the lines that stood on it for the first time."""
    lines = set(before.text.splitlines())
    new = [line for line in (turn.board or before).text.splitlines() if line not in lines]
    said = Said(number, seq, turn.text, "\n".join(new))
    return [said] if said.said or said.board else []


def _rounds(turns: Iterable[Found], known: set[int], limit: int) -> dict[int, list[Found]]:
    """The first `limit` rounds that are not known yet, each with its turns."""
    found: dict[int, list[Found]] = {}
    for turn in turns:
        if turn.number in known:
            continue
        if turn.number not in found and len(found) == limit:
            break
        found.setdefault(turn.number, []).append(turn)
    return found


def _hits(connection: Connection, found: dict[int, list[Found]], query: str | None) -> list[Hit]:
    """The rounds found as hits, in their order."""
    stands = {
        row.number: row
        for row in connection.execute(
            select(SearchRow.number, SearchRow.round_id, SearchRow.result).where(SearchRow.number.in_(found))
        )
    }
    lines = {
        line.id: line for line in round_lines(connection, RoundRow.id.in_([r.round_id for r in stands.values()]))
    }
    shown = {number: _shown(connection, stands[number].round_id, turns) for number, turns in found.items() if turns}
    keys = [Found(number, place) for number, turns in shown.items() for place in turns]
    around = words.snippets(connection, query, keys) if query else {}
    return [
        Hit(
            line=lines[stands[number].round_id],
            result=stands[number].result,
            moments=tuple(
                Moment(turn=turn.id, speaker=turn.speaker, at=turn.at, snippet=snippet, on_board=on_board)
                for place, turn in shown.get(number, {}).items()
                for snippet, on_board in [around[Found(number, place)]]
            ),
            more=len(turns) - len(shown.get(number, {})),
        )
        for number, turns in found.items()
    ]


def _shown(connection: Connection, round_id: str, turns: Sequence[Found]) -> dict[int, Turn]:
    """The turns of a round to show, by place: what the candidate said comes before what they were asked."""
    its = (TurnRow.round_id == round_id, TurnRow.seq.in_([turn.place for turn in turns]))
    candidate_first = select(TurnRow.seq, TurnRow.turn).where(*its).order_by(TurnRow.speaker, TurnRow.seq)
    return dict(sorted((seq, turn) for seq, turn in connection.execute(candidate_first.limit(MOMENTS))))


def _filters(search: Search) -> list[ColumnElement[bool]]:
    """What must hold of a round, whatever was said in it."""
    asked = []
    if search.scenarios:
        parts = [column.icontains(part, autoescape=True) for part in search.scenarios for column in _NAMES]
        asked.append(or_(*parts))
    if search.results:
        asked.append(SearchRow.result.in_(search.results))
    for dimension, levels in search.levels.items():
        asked.append(or_(false(), *(_has(SearchRow.levels, f" {dimension}={level} ") for level in levels)))
    asked += [_has(SearchRow.notices, part) for part in search.notices]
    return asked + [_STANDING[each] for each in search.standing]


def _has(column: InstrumentedAttribute[str], part: str) -> ColumnElement[bool]:
    return column.contains(part, autoescape=True)


def _said_of(*kinds: str) -> ColumnElement[bool]:
    return SearchRow.round_id.in_(select(RemarkRow.round_id).where(RemarkRow.kind.in_(kinds)))


_NAMES = (SearchRow.scenario, SearchRow.title)
_CALIBRATION = SearchRow.round_id.startswith(PREFIX)
_STANDING: dict[Standing, ColumnElement[bool]] = {
    Standing.DISPUTED: _said_of("dispute"),
    Standing.REVIEWED: or_(
        _said_of("completion", "dismissal", "level", "flag"), SearchRow.round_id.in_(select(OverrideRow.round_id))
    ),
    Standing.NOTICED: SearchRow.notices != " ",
}


def _spaced(parts: Iterable[str]) -> str:
    return "".join(f" {part}" for part in parts) + " "
