"""The tables: what candidates did, beside the values of the domain.

Each row keeps its value whole, as JSON in the words of its public format; a column stands beside it only where
the database itself has to find, order or forbid something.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from sqlalchemy import (
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from coach.domain.calls import Call
from coach.domain.grade import Findings, Grade, Verdict
from coach.domain.remarks import Remark, read_remark
from coach.domain.retry import Outlook, Retry
from coach.domain.review import Override
from coach.domain.round import Setup, Step
from coach.domain.rubric import Brief
from coach.domain.self_rating import SelfRating
from coach.domain.transcript import Board, Turn
from coach.domain.utterance import Utterance
from coach.domain.value import Value


class Instant(TypeDecorator[datetime]):
    """A moment with its zone, kept in UTC. SQLite alone would hand back naive ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the time {value} names no zone; give it in UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Value]):
    """A value of `kind` as JSON. `shared` says how many read values to keep for rows that hold the very same text.

    Text on every engine: PostgreSQL's jsonb would reorder keys, and the order of dimensions is the author's.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[Value], shared: int = 0) -> None:
        super().__init__()
        self.kind = kind
        self.shared = shared
        self.read = lru_cache(shared)(kind.model_validate_json) if shared else kind.model_validate_json

    def process_bind_param(self, value: Value | None, dialect: Dialect) -> str | None:
        return None if value is None else value.model_dump_json(by_alias=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Value | None:
        return None if value is None else self.read(value)


class RemarkJson(TypeDecorator[Remark]):
    """A remark as JSON; its kind says which one it is."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Remark | None, dialect: Dialect) -> str | None:
        return None if value is None else value.model_dump_json(by_alias=True)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Remark | None:
        return None if value is None else read_remark(value)


class Table(DeclarativeBase):
    """Constraints are named by rule, so that a migration on either engine can find them again."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


class RoundRow(Table):
    """A round. `title` is the scenario's, so that a list opens no brief; what a list shows stands before it."""

    __tablename__ = "round"

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(Instant, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    setup: Mapped[Setup] = mapped_column(Json(Setup))
    brief: Mapped[Brief] = mapped_column(Json(Brief, shared=16))
    paused_at: Mapped[datetime | None] = mapped_column(Instant)
    paused_seconds: Mapped[float] = mapped_column(Float, server_default="0")
    board: Mapped[Board | None] = mapped_column(Json(Board))


class TurnRow(Table):
    """A turn, `seq` places into its round from 1, and the step it carried out where the interviewer said it."""

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("round_id", "turn_id"),
        UniqueConstraint("round_id", "client_key"),
        Index(None, "round_id", "speaker"),
    )

    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[str] = mapped_column(Text)
    client_key: Mapped[str | None] = mapped_column(Text)
    speaker: Mapped[str] = mapped_column(Text)
    turn: Mapped[Turn] = mapped_column(Json(Turn))
    step: Mapped[Step | None] = mapped_column(Json(Step))


class FindingsRow(Table):
    """What one judge, known by its version, found in one dimension; the verdicts have rows of their own."""

    __tablename__ = "findings"

    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    judge: Mapped[str] = mapped_column(Text, primary_key=True)
    dimension: Mapped[str] = mapped_column(Text, primary_key=True)
    findings: Mapped[Findings] = mapped_column(Json(Findings))


class VerdictRow(Table):
    """One judge's verdict on one criterion of a round: there can be only one. `seq` is its place among them."""

    __tablename__ = "verdict"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "judge", "dimension"],
            ["findings.round_id", "findings.judge", "findings.dimension"],
            ondelete="CASCADE",
        ),
    )

    round_id: Mapped[str] = mapped_column(Text, primary_key=True)
    judge: Mapped[str] = mapped_column(Text, primary_key=True)
    criterion: Mapped[str] = mapped_column(Text, primary_key=True)
    dimension: Mapped[str] = mapped_column(Text)
    seq: Mapped[int] = mapped_column()
    verdict: Mapped[Verdict] = mapped_column(Json(Verdict))


class GradeRow(Table):
    """A finished grade; the newest has the highest id."""

    __tablename__ = "grade"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), index=True)
    judge: Mapped[str] = mapped_column(Text)
    grade: Mapped[Grade] = mapped_column(Json(Grade))


class OverrideRow(Table):
    """What a person found on a criterion, over what the judge known by its version found. Rows are only added; the
    newest has the highest id."""

    __tablename__ = "override"
    __table_args__ = (Index(None, "round_id", "judge"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"))
    judge: Mapped[str] = mapped_column(Text)
    override: Mapped[Override] = mapped_column(Json(Override))


class SelfRatingRow(Table):
    """What the candidate thinks of one dimension of a round; the newest of it."""

    __tablename__ = "self_rating"

    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    dimension: Mapped[str] = mapped_column(Text, primary_key=True)
    rating: Mapped[SelfRating] = mapped_column(Json(SelfRating))


class RetryRow(Table):
    """A moment of a round answered once more, and what came of it once that was judged."""

    __tablename__ = "retry"
    __table_args__ = (UniqueConstraint("round_id", "retry_id"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"))
    retry_id: Mapped[str] = mapped_column(Text)
    retry: Mapped[Retry] = mapped_column(Json(Retry))
    outlook: Mapped[Outlook | None] = mapped_column(Json(Outlook))


class RemarkRow(Table):
    """What else a person says about a round: over the grades of the judge known by its version, or whoever judged
    it. Rows are only added."""

    __tablename__ = "remark"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), index=True)
    judge: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text, index=True)
    remark: Mapped[Remark] = mapped_column(RemarkJson())


class WaitingRow(Table):
    """How a round stands in the queue of those a person looks at. `place` orders the reasons, the most pressing
    first; `why` has a space around each of them."""

    __tablename__ = "waiting"
    __table_args__ = (Index(None, "done_at", "place", "since"),)

    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    judge: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column()
    since: Mapped[datetime] = mapped_column(Instant)
    title: Mapped[str] = mapped_column(Text)
    words: Mapped[int] = mapped_column()
    open: Mapped[int] = mapped_column()
    why: Mapped[str] = mapped_column(Text)
    held_by: Mapped[str | None] = mapped_column(Text)
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[datetime | None] = mapped_column(Instant)


class SearchRow(Table):
    """What a search asks of a round: how it stands as people have settled it. `levels` and `notices` have a space
    around each of them. The words are in an index of their own, under the round's number."""

    __tablename__ = "search"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read by SQLAlchemy, never written

    number: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), unique=True)
    scenario: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    result: Mapped[str | None] = mapped_column(Text)
    levels: Mapped[str] = mapped_column(Text)
    notices: Mapped[str] = mapped_column(Text)


class UtteranceRow(Table):
    """What a candidate said in one go. Settled with a turn it is part of that turn; without one it was given up."""

    __tablename__ = "utterance"

    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    utterance_id: Mapped[str] = mapped_column(Text, primary_key=True)
    kept_at: Mapped[datetime] = mapped_column(Instant, index=True)
    turn_id: Mapped[str | None] = mapped_column(Text)
    settled: Mapped[bool] = mapped_column(server_default=false())
    utterance: Mapped[Utterance] = mapped_column(Json(Utterance))


class SoundRow(Table):
    """A piece of an utterance's sound, as it arrived."""

    __tablename__ = "sound"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "utterance_id"],
            ["utterance.round_id", "utterance.utterance_id"],
            name="fk_sound_round_id_utterance",
            ondelete="CASCADE",
        ),
    )

    round_id: Mapped[str] = mapped_column(Text, primary_key=True)
    utterance_id: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    sound: Mapped[bytes] = mapped_column(LargeBinary)


class CallRow(Table):
    """A call to a model. Beside the call stands what is summed; it names no round once that is deleted.

    Numbers are never given twice, so that the end of a call deleted meanwhile meets no other one.
    """

    __tablename__ = "model_call"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - read by SQLAlchemy, never written

    number: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[str | None] = mapped_column(Text, ForeignKey("round.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    outcome: Mapped[str | None] = mapped_column(Text)
    usd: Mapped[float | None] = mapped_column(Float)
    input_tokens: Mapped[int] = mapped_column(server_default="0")
    cached_tokens: Mapped[int] = mapped_column(server_default="0")
    output_tokens: Mapped[int] = mapped_column(server_default="0")
    seconds: Mapped[float] = mapped_column(Float, server_default="0")
    call: Mapped[Call] = mapped_column(Json(Call))


class ReplyRow(Table):
    """What a model replied to a question of a grading, so that it is not asked again."""

    __tablename__ = "reply"

    round_id: Mapped[str] = mapped_column(Text, ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(Text, primary_key=True)
    reply: Mapped[str] = mapped_column(Text)
