"""How the tables came to be, one revision after the other."""

from __future__ import annotations

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")
"""Every revision there has been, oldest first: known here so that opening a current database needs no Alembic."""

HEAD = REVISIONS[-1]
