"""What candidates say aloud: utterances, and their sound as it arrives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "utterance",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("utterance_id", sa.Text(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("turn_id", sa.Text(), nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("utterance", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_utterance_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "utterance_id", name="pk_utterance"),
    )
    op.create_index("ix_utterance_kept_at", "utterance", ["kept_at"])
    op.create_table(
        "sound",
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("utterance_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sound", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id", "utterance_id"],
            ["utterance.round_id", "utterance.utterance_id"],
            name="fk_sound_round_id_utterance",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", "utterance_id", "seq", name="pk_sound"),
    )
