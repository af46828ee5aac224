"""Calls to models, what they cost, and the replies a grading may need again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _calls()
    _replies()


def _calls() -> None:
    op.create_table(
        "model_call",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Text()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text()),
        sa.Column("usd", sa.Float()),
        sa.Column("input_tokens", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("cached_tokens", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("output_tokens", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("seconds", sa.Float(), nullable=False, server_default="0"),
        sa.Column("call", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name="fk_model_call_round_id_round", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_model_call"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_model_call_round_id", "model_call", ["round_id"])
    op.create_index("ix_model_call_at", "model_call", ["at"])


def _replies() -> None:
    op.create_table(
        "reply",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_reply_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "key", name="pk_reply"),
    )
