"""Alembic's way in: run what is missing on the connection it was handed, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from coach.archive.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
