"""Lists that somebody wrote into a file beforehand, for the canned model and the canned voice."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from coach.errors import SetupError

Entry = TypeVar("Entry")


def read_list(path: Path, entries: TypeAdapter[list[Entry]], noun: str, advice: str) -> list[Entry]:
    """The list in a YAML or JSON file. What an entry is (`reply`) and how a list is written are for the message.
    Raises SetupError."""
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"canned:{path}: the file cannot be read: check its path.") from error
    except yaml.YAMLError as error:
        raise SetupError(f"canned:{path}: neither YAML nor JSON: {' '.join(str(error).split())}") from error
    try:
        return entries.validate_python(written)
    except ValidationError as error:
        place = error.errors()[0]["loc"][:1]
        which = f"entry {int(place[0]) + 1} is no {noun}" if place else "not a list"
        raise SetupError(f"canned:{path}: {which}: {advice}") from error
