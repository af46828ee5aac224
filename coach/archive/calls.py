"""The log of calls to models, in the archive's database: how money is counted and replies are found again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, exists, func, insert, select, update

from coach.archive.engine import reading, writing
from coach.archive.hold import hold
from coach.archive.tables import CallRow, ReplyRow
from coach.domain.calls import Call, Spending, Usage


class SqlCallLog:
    """Every call to a model, in the database behind `engine`. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin_call(self, call: Call, round_id: str | None) -> int:
        with writing(self._engine) as connection:
            if round_id is not None:
                hold(connection, round_id)
            row = insert(CallRow).values(round_id=round_id, at=call.at, **_columns(call)).returning(CallRow.number)
            return connection.execute(row).scalar_one()

    def end_call(self, number: int, call: Call) -> None:
        under_way = (CallRow.number == number, CallRow.outcome.is_(None))
        with writing(self._engine) as connection:
            connection.execute(update(CallRow).where(*under_way).values(**_columns(call)))

    def keep_reply(self, round_id: str, key: str, reply: str) -> None:
        with writing(self._engine) as connection:
            hold(connection, round_id)
            if not connection.scalar(select(exists().where(*_known_by(round_id, key)))):
                connection.execute(insert(ReplyRow).values(round_id=round_id, key=key, reply=reply))

    def reply(self, round_id: str, key: str) -> str | None:
        with reading(self._engine) as connection:
            return connection.scalar(select(ReplyRow.reply).where(*_known_by(round_id, key)))

    def spent(self, round_id: str | None = None, since: datetime | None = None) -> Spending:
        sums = select(
            func.coalesce(func.sum(CallRow.usd), 0.0).label("usd"),
            (func.count() - func.count(CallRow.usd)).label("unpriced"),
            func.coalesce(func.sum(CallRow.input_tokens), 0).label("input_tokens"),
            func.coalesce(func.sum(CallRow.cached_tokens), 0).label("cached_tokens"),
            func.coalesce(func.sum(CallRow.output_tokens), 0).label("output_tokens"),
            func.count().label("calls"),
            func.coalesce(func.sum(CallRow.seconds), 0.0).label("seconds"),
        ).select_from(CallRow)
        if round_id is not None:
            sums = sums.where(CallRow.round_id == round_id)
        if since is not None:
            sums = sums.where(CallRow.at >= since)
        with reading(self._engine) as connection:
            return Spending.model_validate(connection.execute(sums).mappings().one())

    def calls(self, round_id: str) -> list[Call]:
        in_order = select(CallRow.call).where(CallRow.round_id == round_id).order_by(CallRow.number)
        with reading(self._engine) as connection:
            return list(connection.scalars(in_order))


def _columns(call: Call) -> dict[str, Any]:
    """The call whole, and beside it what is summed."""
    usage = call.usage or Usage()
    return {
        "outcome": call.outcome,
        "usd": call.usd,
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens,
        "seconds": call.seconds or 0.0,
        "call": call,
    }


def _known_by(round_id: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return ReplyRow.round_id == round_id, ReplyRow.key == key
