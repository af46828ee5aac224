"""What candidates make of their own rounds: self-ratings, retries, and graded rounds beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, update

from coach.archive.engine import reading, writing
from coach.archive.hold import hold
from coach.archive.rounds import OF_CANDIDATES
from coach.archive.tables import GradeRow, OverrideRow, RetryRow, RoundRow, SelfRatingRow
from coach.domain.grade import DimensionScore, Grade
from coach.domain.progress import Attempt
from coach.domain.retry import Outlook, Retry
from coach.domain.self_rating import SelfRating
from coach.errors import NotFoundError


class SqlLearning:
    """The tables a candidate learns from, in the database behind `engine`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep_self_rating(self, round_id: str, rating: SelfRating) -> None:
        this = (SelfRatingRow.round_id == round_id, SelfRatingRow.dimension == rating.dimension)
        with writing(self._engine) as connection:
            hold(connection, round_id)
            connection.execute(delete(SelfRatingRow).where(*this))
            connection.execute(
                insert(SelfRatingRow).values(round_id=round_id, dimension=rating.dimension, rating=rating)
            )

    def self_ratings(self, round_id: str) -> tuple[SelfRating, ...]:
        with reading(self._engine) as connection:
            return _ratings(connection, [round_id]).get(round_id, ())

    def add_retry(self, round_id: str, retry: Retry) -> bool:
        this = (RetryRow.round_id == round_id, RetryRow.retry_id == retry.id)
        with writing(self._engine) as connection:
            hold(connection, round_id)
            if connection.scalar(select(exists().where(*this))):
                return False
            asked = retry.model_copy(update={"outlook": None})
            connection.execute(
                insert(RetryRow).values(round_id=round_id, retry_id=retry.id, retry=asked, outlook=retry.outlook)
            )
        return True

    def keep_outlook(self, round_id: str, retry_id: str, outlook: Outlook) -> None:
        this = (RetryRow.round_id == round_id, RetryRow.retry_id == retry_id)
        with writing(self._engine) as connection:
            hold(connection, round_id)
            if not connection.scalar(select(exists().where(*this))):
                raise NotFoundError(f"No retry {retry_id!r} of this round; send the answer again")
            connection.execute(update(RetryRow).where(*this, RetryRow.outlook.is_(None)).values(outlook=outlook))

    def retries(self, round_id: str) -> list[Retry]:
        in_order = (
            select(RetryRow.retry, RetryRow.outlook).where(RetryRow.round_id == round_id).order_by(RetryRow.number)
        )
        with reading(self._engine) as connection:
            return [
                retry.model_copy(update={"outlook": outlook})
                for retry, outlook in connection.execute(in_order).all()
            ]

    def attempts(self, limit: int, scenario: str | None = None) -> list[Attempt]:
        with reading(self._engine) as connection:
            rounds = list(_newest_graded(connection, limit, scenario))
            ids = [each.id for each in rounds]
            grades = _newest_grades(connection, ids)
            looked_at = {
                tuple(row)
                for row in connection.execute(
                    select(OverrideRow.round_id, OverrideRow.judge).where(OverrideRow.round_id.in_(ids)).distinct()
                )
            }
            ratings = _ratings(connection, ids)
            retried = _retried(connection, ids)
        return [
            Attempt(
                round_id=each.id,
                scenario=each.setup.scenario,
                title=each.title,
                minutes=each.setup.minutes,
                started_at=each.started_at,
                grade=grades[each.id],
                reviewed=(each.id, grades[each.id].judge.version) in looked_at,
                ratings=ratings.get(each.id, ()),
                retries=retried.get(each.id, ()),
            )
            for each in rounds
        ]


def _newest_graded(connection: Connection, limit: int, scenario: str | None) -> Iterator[Any]:
    """The newest rounds that have a grade; the scenario stands inside a round's setup."""
    newest_first = (
        select(RoundRow.id, RoundRow.title, RoundRow.setup, RoundRow.started_at)
        .where(OF_CANDIDATES, exists().where(GradeRow.round_id == RoundRow.id))
        .order_by(RoundRow.started_at.desc(), RoundRow.id.desc())
    )
    rows = connection.execute(newest_first if scenario else newest_first.limit(limit))
    matching: Iterator[Any] = (row for row in rows if scenario in {None, row.setup.scenario})
    return islice(matching, limit)


def _newest_grades(connection: Connection, ids: Sequence[str]) -> dict[str, Grade]:
    newest = select(func.max(GradeRow.id)).where(GradeRow.round_id.in_(ids)).group_by(GradeRow.round_id)
    rows = connection.execute(select(GradeRow.round_id, GradeRow.grade).where(GradeRow.id.in_(newest)))
    return {row.round_id: row.grade for row in rows}


def _ratings(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[SelfRating, ...]]:
    rows = connection.execute(
        select(SelfRatingRow.round_id, SelfRatingRow.rating)
        .where(SelfRatingRow.round_id.in_(ids))
        .order_by(SelfRatingRow.round_id, SelfRatingRow.dimension)
    )
    found: dict[str, tuple[SelfRating, ...]] = {}
    for round_id, rating in rows:
        found[round_id] = (*found.get(round_id, ()), rating)
    return found


def _retried(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[DimensionScore, ...]]:
    rows = connection.execute(
        select(RetryRow.round_id, RetryRow.outlook)
        .where(RetryRow.round_id.in_(ids), RetryRow.outlook.is_not(None))
        .order_by(RetryRow.number)
    )
    found: dict[str, tuple[DimensionScore, ...]] = {}
    for round_id, outlook in rows:
        if outlook:
            found[round_id] = (*found.get(round_id, ()), outlook.now)
    return found
