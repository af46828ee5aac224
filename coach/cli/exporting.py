"""`coach export`: one round with its grade, in one file."""

from __future__ import annotations

from pathlib import Path

import typer

from coach.cli.terminal import write
from coach.content.prompts import FilePrompts
from coach.export import round_json, round_markdown
from coach.settings import Settings
from coach.wiring import open_archive


def export(round_id: str, format_: str, out: Path | None) -> None:
    if format_ not in {"md", "json"}:
        raise typer.BadParameter(f"{format_!r} is none; choose md or json.", param_hint="--format")
    archive = open_archive(Settings())
    round_ = archive.round(round_id)
    grade = archive.grade(round_id)
    text = round_json(round_, grade) if format_ == "json" else round_markdown(round_, grade, FilePrompts())
    write(text, out)
