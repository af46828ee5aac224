"""Holding a round while something is written for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, select

from coach.archive.engine import place
from coach.archive.tables import RoundRow
from coach.errors import NotFoundError


def hold(connection: Connection, round_id: str) -> datetime | None:
    """When the round ended, and a hold on it until this write is done. Raises NotFoundError."""
    held = select(RoundRow.ended_at).where(RoundRow.id == round_id).with_for_update()
    row = connection.execute(held).one_or_none()
    if row is None:
        raise missing(connection.engine, round_id)
    ended_at: datetime | None = row.ended_at
    return ended_at


def missing(engine: Engine, round_id: str) -> NotFoundError:
    """No such round in this database."""
    return NotFoundError(f"No round {round_id!r} in {place(engine)}; pick one from the list of rounds")
