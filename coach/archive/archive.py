"""The archive on SQLAlchemy: every round, turn and grade, on the disk before a method returns."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from coach.archive import search
from coach.archive.engine import open_engine, place, reading, wipe, writing
from coach.archive.hold import hold, missing
from coach.archive.learning import SqlLearning
from coach.archive.reviews import SqlReviews, enqueue
from coach.archive.rounds import OF_CANDIDATES, read_round, round_lines
from coach.archive.schema import prepare
from coach.archive.search import SqlSearch
from coach.archive.sounds import SqlSounds
from coach.archive.tables import (
    CallRow,
    FindingsRow,
    GradeRow,
    ReplyRow,
    RoundRow,
    TurnRow,
    VerdictRow,
)
from coach.domain.grade import Findings, Grade, JudgeStamp, Verdict
from coach.domain.queue import Waiting
from coach.domain.round import Round, Step
from coach.domain.transcript import Board, Turn
from coach.errors import ArchiveError, NotFoundError, RoundClosedError
from coach.ports import RoundLine


class SqlArchive(SqlLearning, SqlReviews, SqlSearch, SqlSounds):
    """What candidates did and what models cost, in the database behind `engine`. Safe to share between threads."""

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
                    paused_at=round_.paused_at,
                    paused_seconds=round_.paused_seconds,
                    board=round_.board,
                    setup=round_.setup,
                    brief=round_.brief,
                )
            )
            search.take_in(connection, round_.id, round_.setup.scenario, round_.brief.scenario.title)
            for seq, turn in enumerate(round_.turns, start=1):
                _append(connection, round_.id, seq, turn, round_.steps.get(turn.id))

    def round(self, id_: str) -> Round:
        with reading(self._engine) as connection:
            return read_round(connection, id_)

    def rounds(self, limit: int | None = None, offset: int = 0) -> list[RoundLine]:
        with reading(self._engine) as connection:
            return round_lines(connection, OF_CANDIDATES, limit=limit, offset=offset)

    def add_turn(self, round_id: str, turn: Turn, step: Step | None = None, key: str | None = None) -> bool:
        with writing(self._engine) as connection:
            ended_at = hold(connection, round_id)
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

    def revise_turn(self, round_id: str, turn: Turn) -> None:
        with writing(self._engine) as connection:
            seq = _unjudged_turn(connection, round_id, turn.id)
            this = (TurnRow.round_id == round_id, TurnRow.seq == seq)
            connection.execute(update(TurnRow).where(*this).values(turn=turn))
            search.take_in_again(connection, round_id)

    def take_back_turn(self, round_id: str, turn_id: str) -> None:
        with writing(self._engine) as connection:
            if hold(connection, round_id) is not None:
                raise RoundClosedError(f"Round {round_id} has ended; its turns stay")
            seq = _unjudged_turn(connection, round_id, turn_id)
            its = TurnRow.round_id == round_id
            if seq != connection.scalar(select(func.max(TurnRow.seq)).where(its)):
                raise ArchiveError(f"Turn {turn_id} has been answered: it stays")
            connection.execute(delete(TurnRow).where(its, TurnRow.seq == seq))
            search.take_in_again(connection, round_id)

    def keep_board(self, round_id: str, board: Board) -> None:
        with writing(self._engine) as connection:
            if hold(connection, round_id) is not None:
                raise RoundClosedError(f"Round {round_id} has ended; its board stays as it was")
            connection.execute(update(RoundRow).where(RoundRow.id == round_id).values(board=board))

    def pause_round(self, round_id: str, paused_at: datetime) -> None:
        with writing(self._engine) as connection:
            if hold(connection, round_id) is None:
                running = (RoundRow.id == round_id, RoundRow.paused_at.is_(None))
                connection.execute(update(RoundRow).where(*running).values(paused_at=paused_at))

    def resume_round(self, round_id: str, resumed_at: datetime) -> None:
        with writing(self._engine) as connection:
            hold(connection, round_id)
            this = RoundRow.id == round_id
            paused_at = connection.scalar(select(RoundRow.paused_at).where(this, RoundRow.ended_at.is_(None)))
            if paused_at is not None:
                longer = RoundRow.paused_seconds + max(0.0, (resumed_at - paused_at).total_seconds())
                connection.execute(update(RoundRow).where(this).values(paused_at=None, paused_seconds=longer))

    def switch_engine(self, round_id: str, engine: str) -> None:
        with writing(self._engine) as connection:
            if hold(connection, round_id) is not None:
                raise RoundClosedError(f"Round {round_id} has ended; begin a new one with another engine")
            this = RoundRow.id == round_id
            setup = connection.execute(select(RoundRow.setup).where(this)).scalar_one()
            switched = setup.model_copy(update={"engine": engine})
            connection.execute(update(RoundRow).where(this).values(setup=switched))

    def end_round(self, round_id: str, ended_at: datetime) -> None:
        with writing(self._engine) as connection:
            if hold(connection, round_id) is None:
                connection.execute(update(RoundRow).where(RoundRow.id == round_id).values(ended_at=ended_at))

    def delete_round(self, round_id: str) -> None:
        with writing(self._engine) as connection:
            search.forget(connection, round_id)
            if not connection.execute(delete(RoundRow).where(RoundRow.id == round_id)).rowcount:
                raise missing(self._engine, round_id)
        wipe(self._engine)

    def delete_everything(self) -> None:
        with writing(self._engine) as connection:
            search.forget_everything(connection)
            connection.execute(delete(RoundRow))
            connection.execute(delete(CallRow))
        wipe(self._engine)

    def add_findings(self, round_id: str, judge: JudgeStamp, findings: Findings) -> None:
        grading = {"round_id": round_id, "judge": judge.version, "dimension": findings.dimension}
        with writing(self._engine) as connection:
            hold(connection, round_id)
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

    def forget_grading(self, round_id: str, judge: JudgeStamp) -> None:
        its_findings = (FindingsRow.round_id == round_id, FindingsRow.judge == judge.version)
        with writing(self._engine) as connection:
            hold(connection, round_id)
            connection.execute(delete(FindingsRow).where(*its_findings))
            connection.execute(delete(ReplyRow).where(ReplyRow.round_id == round_id))

    def add_grade(self, round_id: str, grade: Grade, waiting: Waiting | None = None) -> None:
        with writing(self._engine) as connection:
            hold(connection, round_id)
            connection.execute(insert(GradeRow).values(round_id=round_id, judge=grade.judge.version, grade=grade))
            search.take_in_grade(connection, round_id, grade)
            if waiting is not None:
                enqueue(connection, waiting)

    def grade(self, round_id: str) -> Grade | None:
        with reading(self._engine) as connection:
            return connection.scalar(
                select(GradeRow.grade).where(GradeRow.round_id == round_id).order_by(GradeRow.id.desc()).limit(1)
            )

    def grades(self, round_id: str) -> list[Grade]:
        in_order = select(GradeRow.grade).where(GradeRow.round_id == round_id).order_by(GradeRow.id)
        with reading(self._engine) as connection:
            return list(connection.scalars(in_order))


def _unjudged_turn(connection: Connection, round_id: str, turn_id: str) -> int:
    """The place of a turn whose words may still change. Raises NotFoundError, or RoundClosedError once a judge has
    quoted from the round."""
    hold(connection, round_id)
    for table in (FindingsRow, GradeRow):
        if connection.scalar(select(exists().where(table.round_id == round_id))):
            raise RoundClosedError(f"Round {round_id} has been judged by its words; they stay as they are")
    its = (TurnRow.round_id == round_id, TurnRow.turn_id == turn_id)
    seq = connection.scalar(select(TurnRow.seq).where(*its))
    if seq is None:
        raise NotFoundError(f"No turn {turn_id!r} in round {round_id}; reload the page")
    return int(seq)


def _append(
    connection: Connection, round_id: str, seq: int, turn: Turn, step: Step | None, key: str | None = None
) -> None:
    search.take_in_turn(connection, round_id, seq, turn, search.board_before(connection, round_id))
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
