"""Printing: one console for people, plain text for machines."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.text import Text

from coach.errors import SetupError

screen = Console(highlight=False)
notes = Console(stderr=True, highlight=False)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def spoken(text: str, style: str = "") -> Text:
    """What a person said, for the screen: without characters a terminal would obey."""
    return Text(_CONTROL.sub("\ufffd", text), style=style)


def write(text: str, out: Path | None) -> None:
    """Write `text` to a file whole or not at all, or to standard output for '-' and None. Raises SetupError."""
    content = f"{text.rstrip()}\n".encode()
    if out is None or str(out) == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    target = out.resolve()
    partial = target if _is_device(target) else target.with_name(f".{target.name}.part")
    try:
        partial.write_bytes(content)
        partial.replace(target)
    except OSError as error:
        if partial != target:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
        raise SetupError(f"Cannot write {out}: {error.strerror or error}. Choose another place.") from error


def _is_device(path: Path) -> bool:
    """Something like /dev/null, which is written into and never replaced."""
    return path.exists() and not path.is_file()
