"""`coach export`: one round with its grade, in one file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from coach.cli.terminal import notes, spoken, write
from coach.content.prompts import FilePrompts
from coach.domain.beside import Beside
from coach.domain.debrief import Debrief
from coach.domain.redaction import MISSES, redacted
from coach.domain.review import Review
from coach.domain.round import Round
from coach.export import round_json, round_markdown
from coach.learning import beside_grade
from coach.practice import debrief, review
from coach.settings import Settings
from coach.wiring import build_desk

FORMATS = ("html", "md", "json")


def export(round_id: str, format_: str, out: Path | None, *, redact: bool, names: Sequence[str]) -> None:
    if format_ not in FORMATS:
        raise typer.BadParameter(f"{format_!r} is none; choose html, md or json.", param_hint="--format")
    desk = build_desk(Settings())
    round_ = desk.archive.round(round_id)
    grade = desk.archive.grade(round_id)
    found = review(desk, round_, grade) if grade else None
    means = debrief(desk, round_, found) if found else None
    said = beside_grade(desk, round_, grade)
    is_redacted = redact or bool(names)
    if is_redacted:
        round_, found, means, taken, said = redacted(round_, found, means, names, said)
        notes.print(spoken(f"Taken for names: {', '.join(taken) or 'nothing'}. {MISSES}"))
    write(_written(format_, round_, found, means, said, is_redacted=is_redacted), out)


def _written(
    format_: str, round_: Round, found: Review | None, means: Debrief | None, said: Beside, *, is_redacted: bool
) -> str:
    if format_ == "json":
        return round_json(round_, found, means, said, is_redacted=is_redacted)
    if format_ == "md":
        return round_markdown(round_, found, FilePrompts(), means, said, is_redacted=is_redacted)
    from coach.ui.drawing.html_file import round_html  # noqa: PLC0415 - drawing is only for this format

    return round_html(round_, found, means, said, is_redacted=is_redacted)
