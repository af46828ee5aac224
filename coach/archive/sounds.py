"""What candidates say aloud: utterances and their sound, on the disk as it arrives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, exists, func, insert, select, update

from coach.archive.engine import reading, wipe, writing
from coach.archive.hold import hold
from coach.archive.tables import SoundRow, UtteranceRow
from coach.domain.speech import Heard, seconds_of
from coach.domain.utterance import Utterance
from coach.errors import NotFoundError, RoundClosedError


class SqlSounds:
    """The tables of spoken rounds, in the database behind `engine`."""

    _engine: Engine

    def add_utterance(self, round_id: str, utterance: Utterance, now: datetime) -> None:
        with writing(self._engine) as connection:
            ended_at = hold(connection, round_id)
            if connection.scalar(select(exists().where(*_this(round_id, utterance.id)))):
                return
            if ended_at is not None:
                raise RoundClosedError(f"Round {round_id} has ended; begin a new one to go on")
            connection.execute(
                insert(UtteranceRow).values(
                    round_id=round_id, utterance_id=utterance.id, kept_at=now, utterance=utterance
                )
            )

    def add_sound(self, round_id: str, utterance_id: str, seq: int, sound: bytes) -> None:
        with writing(self._engine) as connection:
            _known(connection, round_id, utterance_id)
            if _is_settled(connection, round_id, utterance_id):
                return  # sent again; where its sound was not to be kept, it must not come back
            piece = {"round_id": round_id, "utterance_id": utterance_id, "seq": seq}
            if not connection.scalar(select(exists(select(SoundRow).filter_by(**piece)))):
                connection.execute(insert(SoundRow).values(**piece, sound=sound))

    def missing_sound(self, round_id: str, utterance_id: str, pieces: int) -> list[int]:
        its = (SoundRow.round_id == round_id, SoundRow.utterance_id == utterance_id)
        with reading(self._engine) as connection:
            if _is_settled(connection, round_id, utterance_id):
                return []
            arrived = set(connection.scalars(select(SoundRow.seq).where(*its)))
        return [seq for seq in range(pieces) if seq not in arrived]

    def sound(self, round_id: str, utterance_id: str) -> bytes:
        its = (SoundRow.round_id == round_id, SoundRow.utterance_id == utterance_id)
        with reading(self._engine) as connection:
            return b"".join(connection.scalars(select(SoundRow.sound).where(*its).order_by(SoundRow.seq)))

    def utterances(self, round_id: str) -> list[Utterance]:
        size: Any = func.sum(func.length(SoundRow.sound))
        sizes = (
            select(SoundRow.utterance_id, size.label("size"))
            .where(SoundRow.round_id == round_id)
            .group_by(SoundRow.utterance_id)
        )
        rows = (
            select(UtteranceRow.utterance, UtteranceRow.turn_id, UtteranceRow.settled)
            .where(UtteranceRow.round_id == round_id)
            .order_by(UtteranceRow.kept_at, UtteranceRow.utterance_id)
        )
        with reading(self._engine) as connection:
            kept = {row.utterance_id: int(row.size) for row in connection.execute(sizes)}
            found = connection.execute(rows).all()
        return [_as_it_stands(row.utterance, row.turn_id, row.settled, kept.get(row.utterance.id)) for row in found]

    def settle_utterance(
        self, round_id: str, utterance_id: str, heard: Heard | None, turn_id: str | None, *, keep_sound: bool
    ) -> None:
        its = (SoundRow.round_id == round_id, SoundRow.utterance_id == utterance_id)
        with writing(self._engine) as connection:
            known = _known(connection, round_id, utterance_id)
            size = connection.scalar(select(func.sum(func.length(SoundRow.sound))).where(*its)) or 0
            settled = known.model_copy(
                update={"heard": heard, "seconds": seconds_of(size) if size else known.seconds}
            )
            connection.execute(
                update(UtteranceRow)
                .where(*_this(round_id, utterance_id))
                .values(turn_id=turn_id, settled=True, utterance=settled)
            )
            if not keep_sound:
                connection.execute(delete(SoundRow).where(*its))

    def forget_sounds(self, round_id: str | None = None, before: datetime | None = None) -> int:
        old = select(UtteranceRow.utterance_id).where(
            UtteranceRow.round_id == SoundRow.round_id, UtteranceRow.utterance_id == SoundRow.utterance_id
        )
        these: list[ColumnElement[bool]] = [exists(old.where(UtteranceRow.kept_at < before))] if before else []
        if round_id is not None:
            these.append(SoundRow.round_id == round_id)
        with writing(self._engine) as connection:
            pairs = select(SoundRow.round_id, SoundRow.utterance_id).where(*these).distinct()
            gone = len(connection.execute(pairs).all())
            connection.execute(delete(SoundRow).where(*these))
        if gone:
            wipe(self._engine)
        return gone


def _this(round_id: str, utterance_id: str) -> tuple[Any, Any]:
    return UtteranceRow.round_id == round_id, UtteranceRow.utterance_id == utterance_id


def _is_settled(connection: Connection, round_id: str, utterance_id: str) -> bool:
    settled = select(UtteranceRow.settled).where(*_this(round_id, utterance_id))
    return bool(connection.scalar(settled))


def _known(connection: Connection, round_id: str, utterance_id: str) -> Utterance:
    """Raises NotFoundError."""
    found: Utterance | None = connection.scalar(
        select(UtteranceRow.utterance).where(*_this(round_id, utterance_id))
    )
    if found is None:
        raise NotFoundError(f"No utterance {utterance_id!r} in this round; say it again")
    return found


def _as_it_stands(utterance: Utterance, turn_id: str | None, settled: bool, size: int | None) -> Utterance:
    seconds = seconds_of(size) if size else utterance.seconds
    return utterance.model_copy(
        update={"turn": turn_id, "is_settled": settled, "has_sound": bool(size), "seconds": seconds}
    )
