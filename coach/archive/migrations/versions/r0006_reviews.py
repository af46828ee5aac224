"""What else people say about a round, and which rounds wait for a person."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _remarks()
    _queue()


def _remarks() -> None:
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("judge", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_remark_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
    )
    op.create_index("ix_remark_round_id", "remark", ["round_id"])
    op.create_index("ix_remark_kind", "remark", ["kind"])


def _queue() -> None:
    op.create_table(
        "waiting",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("judge", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("open", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("held_by", sa.Text()),
        sa.Column("held_at", sa.DateTime(timezone=True)),
        sa.Column("done_by", sa.Text()),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_waiting_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", name="pk_waiting"),
    )
    op.create_index("ix_waiting_done_at_place_since", "waiting", ["done_at", "place", "since"])
