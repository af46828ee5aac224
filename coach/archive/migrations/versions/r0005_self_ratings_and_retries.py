"""What candidates think of their own rounds, and moments answered once more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "self_rating",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name="fk_self_rating_round_id_round", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "dimension", name="pk_self_rating"),
    )
    op.create_table(
        "retry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("retry_id", sa.Text(), nullable=False),
        sa.Column("retry", sa.Text(), nullable=False),
        sa.Column("outlook", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_retry_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_retry"),
        sa.UniqueConstraint("round_id", "retry_id", name="uq_retry_round_id_retry_id"),
    )
