"""Rounds, their turns, what judges found in them, and grades."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _rounds_and_turns()
    _findings_and_verdicts()
    _grades()


def _rounds_and_turns() -> None:
    op.create_table(
        "round",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("setup", sa.Text(), nullable=False),
        sa.Column("brief", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_round"),
    )
    op.create_index("ix_round_started_at", "round", ["started_at"])
    op.create_table(
        "turn",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Text(), nullable=False),
        sa.Column("client_key", sa.Text()),
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=False),
        sa.Column("step", sa.Text()),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_turn_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "seq", name="pk_turn"),
        sa.UniqueConstraint("round_id", "turn_id", name="uq_turn_round_id_turn_id"),
        sa.UniqueConstraint("round_id", "client_key", name="uq_turn_round_id_client_key"),
    )
    op.create_index("ix_turn_round_id_speaker", "turn", ["round_id", "speaker"])


def _findings_and_verdicts() -> None:
    op.create_table(
        "findings",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_findings_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "judge", "dimension", name="pk_findings"),
    )
    op.create_table(
        "verdict",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "judge", "dimension"],
            ["findings.round_id", "findings.judge", "findings.dimension"],
            name="fk_verdict_round_id_judge_dimension_findings",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "judge", "criterion", name="pk_verdict"),
    )


def _grades() -> None:
    op.create_table(
        "grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_grade_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_grade"),
    )
    op.create_index("ix_grade_round_id", "grade", ["round_id"])
