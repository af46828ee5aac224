"""Reviews in the archive's database: what people say about rounds, and the queue of rounds that wait for a person.

The queue is a narrow row a round, kept in the same write as what changes it, so that it never says anything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, or_, select, update

from coach.archive.calls import SqlCallLog
from coach.archive.engine import reading, writing
from coach.archive.hold import hold
from coach.archive.tables import GradeRow, OverrideRow, RemarkRow, WaitingRow
from coach.domain.calibration_rounds import PREFIX, is_calibration
from coach.domain.grade import Grade, JudgeStamp
from coach.domain.queue import HELD_FOR, Waiting, Why, place
from coach.domain.remarks import Completion, Dismissal, Dispute, Remark, is_about_the_round
from coach.domain.review import Override

_COLUMNS = [column for column in WaitingRow.__table__.columns if column.name != "place"]


class SqlReviews(SqlCallLog):
    """What people found and said, and what waits for them. Safe to share between threads."""

    def add_override(self, round_id: str, judge: JudgeStamp, override: Override) -> None:
        with writing(self._engine) as connection:
            hold(connection, round_id)
            connection.execute(
                insert(OverrideRow).values(round_id=round_id, judge=judge.version, override=override)
            )

    def overrides(self, round_id: str, judge: JudgeStamp) -> list[Override]:
        over_it = (OverrideRow.round_id == round_id, OverrideRow.judge == judge.version)
        with reading(self._engine) as connection:
            return list(connection.scalars(select(OverrideRow.override).where(*over_it).order_by(OverrideRow.id)))

    def add_remark(self, round_id: str, judge: JudgeStamp, remark: Remark) -> None:
        about = None if is_about_the_round(remark) else judge.version
        with writing(self._engine) as connection:
            hold(connection, round_id)
            connection.execute(
                insert(RemarkRow).values(round_id=round_id, judge=about, kind=remark.kind, remark=remark)
            )
            if isinstance(remark, Completion | Dismissal):
                _end(connection, round_id, remark)
            elif isinstance(remark, Dispute):
                _press(connection, round_id, judge, remark)

    def remarks(self, round_id: str, judge: JudgeStamp) -> list[Remark]:
        about_it = or_(RemarkRow.judge.is_(None), RemarkRow.judge == judge.version)
        wanted = select(RemarkRow.remark).where(RemarkRow.round_id == round_id, about_it).order_by(RemarkRow.id)
        with reading(self._engine) as connection:
            return list(connection.scalars(wanted))

    def blind_reviews(self) -> list[tuple[str, str, Grade]]:
        newest = (
            select(GradeRow.round_id, GradeRow.judge, func.max(GradeRow.id).label("id"))
            .group_by(GradeRow.round_id, GradeRow.judge)
            .subquery()
        )
        ended = (
            select(RemarkRow.id, RemarkRow.round_id, RemarkRow.remark, GradeRow.grade)
            .join(newest, (newest.c.round_id == RemarkRow.round_id) & (newest.c.judge == RemarkRow.judge))
            .join(GradeRow, GradeRow.id == newest.c.id)
            .where(RemarkRow.kind == "completion", ~RemarkRow.round_id.startswith(PREFIX))
            .order_by(RemarkRow.id)
        )
        with reading(self._engine) as connection:
            found = connection.execute(ended).all()
        known = {
            (row.round_id, row.remark.by, row.grade.judge.version): row.grade for row in found if row.remark.blind
        }
        return [(round_id, by, grade) for (round_id, by, _), grade in known.items()]

    def enqueue(self, waiting: Waiting) -> None:
        with writing(self._engine) as connection:
            hold(connection, waiting.round_id)
            enqueue(connection, waiting)

    def queue(self, why: Why | None = None, limit: int | None = None) -> list[Waiting]:
        with reading(self._engine) as connection:
            rows = connection.execute(_open(why).limit(limit)).mappings()
            return [_waiting(row) for row in rows]

    def queue_length(self) -> int:
        with reading(self._engine) as connection:
            return connection.scalar(select(func.count()).select_from(_open(None).subquery())) or 0

    def queue_sizes(self) -> dict[Why, int]:
        still = select(WaitingRow.why, func.count()).where(WaitingRow.done_at.is_(None)).group_by(WaitingRow.why)
        sizes = dict.fromkeys(Why, 0)
        with reading(self._engine) as connection:
            for why, several in connection.execute(still).all():
                for each in _reasons(why):
                    sizes[each] += several
        return sizes

    def waiting(self, round_id: str) -> Waiting | None:
        with reading(self._engine) as connection:
            row = connection.execute(select(*_COLUMNS).where(WaitingRow.round_id == round_id)).mappings().first()
        return None if row is None else _waiting(row)

    def done_since(self, moment: datetime) -> int:
        done = select(func.count()).select_from(WaitingRow).where(WaitingRow.done_at >= moment)
        with reading(self._engine) as connection:
            return connection.scalar(done) or 0

    def hold_review(self, round_id: str, by: str, now: datetime, *, take_over: bool = False) -> Waiting | None:
        free = or_(WaitingRow.held_by.is_(None), WaitingRow.held_by == by, WaitingRow.held_at <= now - HELD_FOR)
        mine = update(WaitingRow).where(WaitingRow.round_id == round_id).values(held_by=by, held_at=now)
        with writing(self._engine) as connection:
            connection.execute(mine if take_over else mine.where(free))
            row = connection.execute(select(*_COLUMNS).where(WaitingRow.round_id == round_id)).mappings().first()
        return None if row is None else _waiting(row)

    def hold_next(self, by: str, now: datetime, why: Why | None = None) -> Waiting | None:
        free = or_(WaitingRow.held_by.is_(None), WaitingRow.held_by == by, WaitingRow.held_at <= now - HELD_FOR)
        with writing(self._engine) as connection:
            row = connection.execute(_open(why).where(free).limit(1)).mappings().first()
            if row is None:
                return None
            mine = update(WaitingRow).where(WaitingRow.round_id == row["round_id"])
            connection.execute(mine.values(held_by=by, held_at=now))
        return _waiting(row).model_copy(update={"held_by": by, "held_at": now})

    def let_go(self, round_id: str, by: str) -> None:
        its = (WaitingRow.round_id == round_id, WaitingRow.held_by == by)
        with writing(self._engine) as connection:
            connection.execute(update(WaitingRow).where(*its).values(held_by=None, held_at=None))


def enqueue(connection: Connection, new: Waiting) -> None:
    """Keep how a round waits. What was looked at with the same judge stays done, and a dispute stays open. A round
    that reviewers calibrate on waits for nobody."""
    if is_calibration(new.round_id):
        return
    row = connection.execute(select(*_COLUMNS).where(WaitingRow.round_id == new.round_id)).mappings().first()
    if row is None:
        connection.execute(insert(WaitingRow).values(**_values(new)))
        return
    old = _waiting(row)
    kept: dict[str, Any] = {"held_by": old.held_by, "held_at": old.held_at}
    if old.judge == new.judge or not new.why:
        kept |= {"done_by": old.done_by, "done_at": old.done_at}
    why = new.why
    if Why.DISPUTED in old.why and old.done_at is None:
        why, kept["since"] = (Why.DISPUTED, *why), old.since
    values = _values(new.model_copy(update={"why": why, **kept}))
    connection.execute(update(WaitingRow).where(WaitingRow.round_id == new.round_id).values(**values))


def _end(connection: Connection, round_id: str, remark: Completion | Dismissal) -> None:
    done = {"done_by": remark.by, "done_at": remark.at, "held_by": None, "held_at": None}
    connection.execute(update(WaitingRow).where(WaitingRow.round_id == round_id).values(**done))


def _press(connection: Connection, round_id: str, judge: JudgeStamp, dispute: Dispute) -> None:
    """A dispute brings its round to the front of the queue, looked at before or not."""
    row = connection.execute(select(*_COLUMNS).where(WaitingRow.round_id == round_id)).mappings().first()
    if row is None:
        return  # the use case has put it there before
    why = (Why.DISPUTED, *(each for each in _reasons(row["why"]) if each is not Why.DISPUTED))
    again = {"why": _written(why), "place": place(why), "judge": judge.version, "since": dispute.at}
    again |= {"done_by": None, "done_at": None}
    connection.execute(update(WaitingRow).where(WaitingRow.round_id == round_id).values(**again))


def _open(why: Why | None) -> Select[Any]:
    """What waits, the most pressing and then the oldest first."""
    still = select(*_COLUMNS).where(WaitingRow.done_at.is_(None), WaitingRow.place < len(Why))
    if why is not None:
        still = still.where(WaitingRow.why.contains(f" {why.value} "))
    return still.order_by(WaitingRow.place, WaitingRow.since, WaitingRow.round_id)


def _values(new: Waiting) -> dict[str, Any]:
    return new.model_dump() | {"why": _written(new.why), "place": place(new.why)}


def _waiting(row: RowMapping) -> Waiting:
    return Waiting.model_validate({**row, "why": _reasons(row["why"])})


def _written(why: Sequence[Why]) -> str:
    return f" {' '.join(why)} "


def _reasons(written: str) -> tuple[Why, ...]:
    return tuple(Why(each) for each in written.split())
