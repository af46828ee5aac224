"""A new scenario to begin from: complete, playable and clean, so that an author only replaces words."""

from __future__ import annotations

import os
import re
from pathlib import Path

from coach.content import places, schemas
from coach.errors import CoachError, SetupError

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LONGEST_ID = 60


def scaffold(id_: str, folder: Path) -> Path:
    """Write `folder`/`id_`.yaml from the template and say where it is. Never overwrites.

    Raises CoachError where the id is none or taken, SetupError where the folder cannot be written.
    """
    if not _ID.fullmatch(id_) or len(id_) > _LONGEST_ID:
        words = "-".join(re.findall(r"[a-z0-9]+", id_.lower()))[:_LONGEST_ID].strip("-")
        near = f" — did you mean {words!r}?" if words else ", such as 'call-notes'"
        rule = f"use small letters, digits and single hyphens, at most {_LONGEST_ID} characters"
        raise CoachError(f"{id_!r} is not an id: {rule}{near}")
    path = folder / f"{id_}.yaml"
    for taken in (path, places.builtin("scenarios") / path.name):
        if os.path.lexists(taken):
            raise CoachError(f"{places.shown(taken)} is there already; choose another id")
    template = (places.builtin("prompts") / "new" / "scenario.yaml").read_text(encoding="utf-8")
    title = id_.replace("-", " ").capitalize()
    text = template.replace("my-topic", id_).replace("My topic", title)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(f"# yaml-language-server: $schema={_schema_seen_from(folder)}\n{text}")
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise SetupError(f"{places.shown(path)} cannot be written: {reason}; choose another folder") from None
    return path


def _schema_seen_from(folder: Path) -> str:
    """Where an editor finds the schema: relative inside a checkout, which may move, else absolute."""
    schema = schemas.path("scenario")
    checkout = places.PACKAGE.parent
    if folder.resolve().is_relative_to(checkout) and (checkout / "pyproject.toml").is_file():
        return Path(os.path.relpath(schema, folder.resolve())).as_posix()
    return schema.as_uri()
