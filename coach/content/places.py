"""Where content lives: beside the package in a checkout or an editable install, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

from coach.errors import SetupError

PACKAGE = Path(__file__).resolve().parent.parent
SCHEMAS = PACKAGE / "content" / "schemas"


def builtin(name: str) -> Path:
    """The folder of shipped content called `name`: scenarios, rubrics, prompts. Raises SetupError."""
    for folder in (PACKAGE / "_content" / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise SetupError(
        f"the folder {name!r} that ships with coach is missing from {PACKAGE.parent}: install coach again"
    )


def shown(path: Path) -> str:
    """The path as a person would type it: relative where it lies below the current folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
