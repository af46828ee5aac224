"""Rounds and grades as files: JSON for machines, Markdown for people."""

from __future__ import annotations

import json
import re

from coach.domain.beside import Beside
from coach.domain.debrief import Debrief
from coach.domain.grade import Grade
from coach.domain.redaction import BY_RULES
from coach.domain.referee import rulings
from coach.domain.retry import changed
from coach.domain.review import Review
from coach.domain.round import Round
from coach.domain.self_rating import SelfRating
from coach.domain.transcript import Board, Transcript
from coach.ports import Prompts

TEMPLATE = "export/round"
_MARKUP = re.compile(r"[&<>`\[\]{}*_#|~\\$]|:(?=//)|(?<=www)\.|@|[\x00-\x08\x0b-\x1f\x7f]")
"""What means something anywhere in a line: emphasis, code, links (bare ones too), tags, tables, formulas."""
_LINE_START = re.compile(r"^[ \t]+|^[-+=]|(?<=^)\d+(?=[.)])")
"""What means something where a line begins: indented code, lists, rules and headings."""


def transcript_json(transcript: Transcript) -> str:
    """The transcript as transcript/v1."""
    return json.dumps(_transcript(transcript), ensure_ascii=False, indent=1)


def grade_json(grade: Grade) -> str:
    """The grade as grade/v1. The same grade always gives the same bytes, cost aside."""
    return json.dumps(grade.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)


def round_json(
    round_: Round,
    review: Review | None,
    debrief: Debrief | None = None,
    beside: Beside | None = None,
    *,
    is_redacted: bool = False,
) -> str:
    """The round's transcript/v1 and its judge's grade/v1 (null where it has none), side by side; where people have
    found something over it, their overrides, levels and flags with the grade/v1 that comes of all; the debrief; and
    each kind of what stands `beside` them that there is any of."""
    whole: dict[str, object] = {
        "transcript": _transcript(round_.transcript),
        "grade": review.grade.model_dump(mode="json", by_alias=True) if review else None,
    }
    if review and (review.overrides or review.levels or review.flags):
        left_out = {"grade"} if review.flags else {"grade", "flags"}
        whole["review"] = review.model_dump(mode="json", by_alias=True, exclude=left_out)
    if is_redacted:
        whole["redacted"] = True
    if debrief:
        whole["debrief"] = debrief.model_dump(mode="json")
    if beside:
        whole |= {kind: said for kind, said in beside.model_dump(mode="json").items() if said}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def round_markdown(
    round_: Round,
    review: Review | None,
    prompts: Prompts,
    debrief: Debrief | None = None,
    beside: Beside | None = None,
    *,
    is_redacted: bool = False,
) -> str:
    """The round, its debrief and its grade to read, with who has found what over which verdict, and what stands
    `beside` them. What the candidate said or drew is quoted, never markup: a drawing is shown as it was written,
    and no renderer takes it for one."""
    whole = prompts.render(
        TEMPLATE,
        round=round_,
        brief=round_.brief,
        review=review,
        grade=review.settled if review else None,
        debrief=debrief,
        beside=beside or Beside(),
        ratings=_rated(round_, review, beside or Beside()),
        changed=changed,
        rulings=() if is_redacted else rulings(round_.brief, round_.transcript),
        board=_last_board(round_),
        redacted=BY_RULES if is_redacted else "",
        plain=_plain,
    )
    return f"{whole.strip()}\n"


def _rated(round_: Round, review: Review | None, beside: Beside) -> list[tuple[SelfRating, float | None]]:
    """The self-ratings in the rubric's order, each with the score beside it."""
    scores = {score.id: score.score for score in review.settled.dimensions} if review else {}
    order = round_.brief.rubric.dimension_ids
    known = sorted(beside.self_ratings, key=lambda rating: order.index(rating.dimension))
    return [(rating, scores.get(rating.dimension)) for rating in known]


def _last_board(round_: Round) -> Board:
    """The board as it stands, or as the last turn that carried one left it."""
    if round_.board.text.strip():
        return round_.board
    return next((turn.board for turn in reversed(round_.turns) if turn.board), round_.board)


def _plain(text: str) -> list[str]:
    """The lines of a text with everything Markdown or HTML would read written as entities."""
    return [_LINE_START.sub(_entities, _MARKUP.sub(_entities, line)) for line in text.splitlines()]


def _entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(char)};" for char in found[0])


def _transcript(transcript: Transcript) -> dict[str, object]:
    whole = transcript.model_dump(mode="json", by_alias=True, exclude={"turns"})
    turns = [turn.model_dump(mode="json", exclude_defaults=True) for turn in transcript.turns]
    return {**whole, "turns": turns}
