"""Printing: one console for people, plain text for machines."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from coach.errors import SetupError

screen = Console(highlight=False)
notes = Console(stderr=True, highlight=False)


def write(text: str, out: str | Path | None) -> None:
    """Write `text` to a file whole or not at all, or to standard output for '-' and None. Raises SetupError."""
    if out is None or str(out) == "-":
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
        sys.stdout.flush()
        return
    path = Path(out)
    partial = path.with_name(f".{path.name}.part")
    try:
        partial.write_text(text if text.endswith("\n") else f"{text}\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SetupError(f"Cannot write {path}: {error.strerror or error}. Choose another place.") from error
