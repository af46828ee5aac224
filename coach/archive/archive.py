"""The archive on SQLAlchemy: every round, turn and grade, on the disk before a method returns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, Engine, delete, exists, func, insert, or_, select, update

from coach.archive.engine import open_engine, place, reading, wipe, writing
from coach.archive.schema import prepare
from coach.archive.tables import FindingsRow, GradeRow, RoundRow, TurnRow, VerdictRow
from coach.domain.grade import Findings, Grade, JudgeStamp, Verdict
from coach.domain.round import Round, Step
from coach.domain.transcript import Speaker, Turn
from coach.errors import ArchiveError, NotFoundError, RoundClosedError
from coach.ports import RoundLine


class SqlArchive:
    """What candidates did, in the database behind `engine`. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> SqlArchive:
        """The archive at a database URL, made or brought up to date where needed. Raises ArchiveError."""
        engine = open_engine(url)
        try:
            prepare(engine)
        except ArchiveError:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def add_round(self, round_: Round) -> None:
        with writing(self._engine) as connection:
            if connection.scalar(select(exists().where(RoundRow.id == round_.id))):
                raise ArchiveError(f"Round {round_.id} is already kept in {place(self._engine)}; begin a new one")
            connection.execute(
                insert(RoundRow).values(
                    id=round_.id,
                    title=round_.brief.scenario.title,
                    started_at=round_.started_at,
                    ended_at=round_.ended_at,
                    setup=round_.setup,
                    brief=round_.brief,
                )
            )
            for seq, turn in enumerate(round_.turns, start=1):
                _append(connection, round_.id, seq, turn, round_.steps.get(turn.id))

    def round(self, id_: str) -> Round:
        with reading(self._engine) as connection:
            row = connection.execute(
                select(RoundRow.setup, RoundRow.brief, RoundRow.started_at, RoundRow.ended_at).where(
                    RoundRow.id == id_
                )
            ).one_or_none()
            if row is None:
                raise self._missing(id_)
            said = connection.execute(
                select(TurnRow.turn, TurnRow.step).where(TurnRow.round_id == id_).order_by(TurnRow.seq)
            ).all()
        return Round(
            id=id_,
            setup=row.setup,
            brief=row.brief,
            started_at=row.started_at,
            ended_at=row.ended_at,
            turns=tuple(turn for turn, _ in said),
            steps={turn.id: step for turn, step in said if step is not None},
        )

    def rounds(self) -> list[RoundLine]:
        answered = (
            select(func.count())
            .where(TurnRow.round_id == RoundRow.id, TurnRow.speaker == Speaker.CANDIDATE)
            .scalar_subquery()
        )
        graded = exists().where(GradeRow.round_id == RoundRow.id)
        newest_first = select(
            RoundRow.id,
            RoundRow.title,
            RoundRow.setup,
            RoundRow.started_at,
            RoundRow.ended_at,
            answered,
            graded,
        ).order_by(RoundRow.started_at.desc(), RoundRow.id.desc())
        with reading(self._engine) as connection:
            rows = connection.execute(newest_first).all()
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
            for id_, title, setup, started_at, ended_at, turns, is_graded in rows
        ]

    def add_turn(self, round_id: str, turn: Turn, step: Step | None = None, key: str | None = None) -> bool:
        with writing(self._engine) as connection:
            ended_at = self._ended_at(connection, round_id)
            same = TurnRow.turn_id == turn.id
            if key is not None:
                same = or_(same, TurnRow.client_key == key)
            if connection.scalar(select(exists().where(TurnRow.round_id == round_id, same))):
                return False
            if ended_at is not None:
                raise RoundClosedError(f"Round {round_id} has ended; begin a new one to go on")
            last = connection.scalar(select(func.max(TurnRow.seq)).where(TurnRow.round_id == round_id))
            _append(connection, round_id, (last or 0) + 1, turn, step, key)
        return True

    def end_round(self, round_id: str, ended_at: datetime) -> None:
        with writing(self._engine) as connection:
            if self._ended_at(connection, round_id) is None:
                connection.execute(update(RoundRow).where(RoundRow.id == round_id).values(ended_at=ended_at))

    def delete_round(self, round_id: str) -> None:
        with writing(self._engine) as connection:
            if not connection.execute(delete(RoundRow).where(RoundRow.id == round_id)).rowcount:
                raise self._missing(round_id)
        wipe(self._engine)

    def add_findings(self, round_id: str, judge: JudgeStamp, findings: Findings) -> None:
        grading = {"round_id": round_id, "judge": judge.version, "dimension": findings.dimension}
        with writing(self._engine) as connection:
            self._ended_at(connection, round_id)
            if connection.scalar(select(exists(select(FindingsRow).filter_by(**grading)))):
                return
            rest = findings.model_copy(update={"verdicts": ()})
            connection.execute(insert(FindingsRow).values(**grading, findings=rest))
            for seq, verdict in enumerate(findings.verdicts, start=1):
                connection.execute(
                    insert(VerdictRow).values(**grading, criterion=verdict.criterion, seq=seq, verdict=verdict)
                )

    def findings(self, round_id: str, judge: JudgeStamp) -> tuple[Findings, ...]:
        with reading(self._engine) as connection:
            kept = connection.scalars(
                select(FindingsRow.findings)
                .where(FindingsRow.round_id == round_id, FindingsRow.judge == judge.version)
                .order_by(FindingsRow.dimension)
            ).all()
            verdicts = connection.execute(
                select(VerdictRow.dimension, VerdictRow.verdict)
                .where(VerdictRow.round_id == round_id, VerdictRow.judge == judge.version)
                .order_by(VerdictRow.seq)
            ).all()
        by_dimension: dict[str, list[Verdict]] = {rest.dimension: [] for rest in kept}
        for dimension, verdict in verdicts:
            by_dimension[dimension].append(verdict)
        return tuple(rest.model_copy(update={"verdicts": tuple(by_dimension[rest.dimension])}) for rest in kept)

    def add_grade(self, round_id: str, grade: Grade) -> None:
        with writing(self._engine) as connection:
            self._ended_at(connection, round_id)
            connection.execute(insert(GradeRow).values(round_id=round_id, judge=grade.judge.version, grade=grade))

    def grade(self, round_id: str) -> Grade | None:
        with reading(self._engine) as connection:
            return connection.scalar(
                select(GradeRow.grade).where(GradeRow.round_id == round_id).order_by(GradeRow.id.desc()).limit(1)
            )

    def _ended_at(self, connection: Connection, round_id: str) -> datetime | None:
        """When the round ended, and a hold on it until this write is done. Raises NotFoundError."""
        held = select(RoundRow.ended_at).where(RoundRow.id == round_id).with_for_update()
        row = connection.execute(held).one_or_none()
        if row is None:
            raise self._missing(round_id)
        ended_at: datetime | None = row.ended_at
        return ended_at

    def _missing(self, round_id: str) -> NotFoundError:
        return NotFoundError(f"No round {round_id!r} in {place(self._engine)}; pick one from the list of rounds")


def _append(
    connection: Connection, round_id: str, seq: int, turn: Turn, step: Step | None, key: str | None = None
) -> None:
    connection.execute(
        insert(TurnRow).values(
            round_id=round_id,
            seq=seq,
            turn_id=turn.id,
            client_key=key,
            speaker=turn.speaker.value,
            turn=turn,
            step=step,
        )
    )
