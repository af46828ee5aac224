"""What a search asks of rounds, and the index of their words. Rounds from before are taken in once all tables are
there: `coach.archive.search.take_in_missing`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "search",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Text(), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("result", sa.Text()),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("notices", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_search_round_id_round", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name="pk_search"),
        sa.UniqueConstraint("round_id", name="uq_search_round_id"),
        sqlite_autoincrement=True,
    )
    op.execute(
        "CREATE VIRTUAL TABLE words USING fts5(said, board, tokenize='porter unicode61 remove_diacritics 2')"
    )
