"""The design board of a round, and its pauses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("paused_at", sa.DateTime(timezone=True)))
        table.add_column(sa.Column("paused_seconds", sa.Float(), nullable=False, server_default="0"))
        table.add_column(sa.Column("board", sa.Text()))
