"""Rounds as they are read: whole, or as lines of a list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, select

from coach.archive.hold import missing
from coach.archive.tables import GradeRow, RoundRow, TurnRow
from coach.domain.calibration_rounds import PREFIX
from coach.domain.round import Round
from coach.domain.transcript import Board, Speaker
from coach.ports import RoundLine

OF_CANDIDATES = ~RoundRow.id.startswith(PREFIX)
"""Holds of rounds that candidates played, and not of those that reviewers calibrate on."""


def read_round(connection: Connection, id_: str) -> Round:
    """The round as it stands. Raises NotFoundError."""
    row = connection.execute(
        select(
            RoundRow.setup,
            RoundRow.brief,
            RoundRow.started_at,
            RoundRow.ended_at,
            RoundRow.paused_at,
            RoundRow.paused_seconds,
            RoundRow.board,
        ).where(RoundRow.id == id_)
    ).one_or_none()
    if row is None:
        raise missing(connection.engine, id_)
    said = connection.execute(
        select(TurnRow.turn, TurnRow.step).where(TurnRow.round_id == id_).order_by(TurnRow.seq)
    ).all()
    return Round(
        id=id_,
        setup=row.setup,
        brief=row.brief,
        started_at=row.started_at,
        ended_at=row.ended_at,
        paused_at=row.paused_at,
        paused_seconds=row.paused_seconds,
        board=row.board or Board(),
        turns=tuple(turn for turn, _ in said),
        steps={turn.id: step for turn, step in said if step is not None},
    )


def round_lines(
    connection: Connection, *those: ColumnElement[bool], limit: int | None = None, offset: int = 0
) -> list[RoundLine]:
    """The rounds of which all of `those` hold, newest first, without the first `offset`."""
    answered: Any = (
        select(func.count())
        .where(TurnRow.round_id == RoundRow.id, TurnRow.speaker == Speaker.CANDIDATE)
        .scalar_subquery()
    )
    graded = exists().where(GradeRow.round_id == RoundRow.id)
    newest_first = (
        select(
            RoundRow.id,
            RoundRow.title,
            RoundRow.setup,
            RoundRow.started_at,
            RoundRow.ended_at,
            answered,
            graded,
        )
        .where(*those)
        .order_by(RoundRow.started_at.desc(), RoundRow.id.desc())
    )
    return [
        RoundLine(
            id=id_,
            scenario=setup.scenario,
            title=title,
            role=setup.role,
            level=setup.level,
            minutes=setup.minutes,
            rehearse=setup.rehearse,
            started_at=started_at,
            ended_at=ended_at,
            turns=turns,
            graded=is_graded,
        )
        for id_, title, setup, started_at, ended_at, turns, is_graded in connection.execute(
            newest_first.limit(limit).offset(offset)
        )
    ]
