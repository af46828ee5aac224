"""Authored files to read, right and wrong."""

from __future__ import annotations

from pathlib import Path

from coach.content.check import check
from coach.content.library import FileLibrary
from coach.content.places import builtin

DATA = Path(__file__).parents[1] / "data"
TEMPLATE = builtin("prompts") / "new" / "scenario.yaml"


def scenario(folder: Path, *changes: tuple[str, str], id_: str = "my-topic") -> Path:
    """The template as `folder`/`id_`.yaml, with each first occurrence of a text changed into another."""
    text = TEMPLATE.read_text(encoding="utf-8").replace("my-topic", id_)
    return changed(folder / f"{id_}.yaml", text, *changes)


def changed(path: Path, text: str, *changes: tuple[str, str]) -> Path:
    """`text` with `changes`, written to `path`."""
    for old, new in changes:
        assert old in text, f"{old!r} is not in the text to change"
        text = text.replace(old, new, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def found(path: Path, library: FileLibrary | None = None) -> list[str]:
    """What the lint says about a file: `line: where: message`, without the folder."""
    problems = check([path], library or FileLibrary())
    return [f"{problem.line}: {problem.where}: {problem.message}" for problem in problems]


def line_of(path: Path, text: str) -> int:
    """The line on which `text` first stands."""
    before, _, _ = path.read_text(encoding="utf-8").partition(text)
    return before.count("\n") + 1
