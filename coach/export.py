"""Rounds and grades as files: JSON for machines, Markdown for people."""

from __future__ import annotations

import json
import re

from coach.domain.grade import Grade
from coach.domain.round import Round
from coach.domain.transcript import Transcript
from coach.ports import Prompts

TEMPLATE = "export/round"
_MARKUP = re.compile(r"[&<>`\[\]*_#|~\\$]|:(?=//)|(?<=www)\.|@|[\x00-\x08\x0b-\x1f\x7f]")
"""What means something anywhere in a line: emphasis, code, links (bare ones too), tags, tables, formulas."""
_LINE_START = re.compile(r"^[ \t]+|^[-+=]|(?<=^)\d+(?=[.)])")
"""What means something where a line begins: indented code, lists, rules and headings."""


def transcript_json(transcript: Transcript) -> str:
    """The transcript as transcript/v1."""
    return json.dumps(_transcript(transcript), ensure_ascii=False, indent=1)


def grade_json(grade: Grade) -> str:
    """The grade as grade/v1. The same grade always gives the same bytes, cost aside."""
    return json.dumps(grade.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)


def round_json(round_: Round, grade: Grade | None) -> str:
    """The round's transcript/v1 and its grade/v1 (null where it has none), side by side."""
    whole = {
        "transcript": _transcript(round_.transcript),
        "grade": grade.model_dump(mode="json", by_alias=True) if grade else None,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def round_markdown(round_: Round, grade: Grade | None, prompts: Prompts) -> str:
    """The round and its grade to read. What the candidate said is quoted, never markup."""
    whole = prompts.render(TEMPLATE, round=round_, brief=round_.brief, grade=grade, plain=_plain)
    return f"{whole.strip()}\n"


def _plain(text: str) -> list[str]:
    """The lines of a text with everything Markdown or HTML would read written as entities."""
    return [_LINE_START.sub(_entities, _MARKUP.sub(_entities, line)) for line in text.splitlines()]


def _entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in found[0])


def _transcript(transcript: Transcript) -> dict[str, object]:
    whole = transcript.model_dump(mode="json", by_alias=True, exclude={"turns"})
    turns = [turn.model_dump(mode="json", exclude_defaults=True) for turn in transcript.turns]
    return {**whole, "turns": turns}
