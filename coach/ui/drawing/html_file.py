"""A graded round as one HTML file: opened from a disk, on a phone or on paper, it asks nothing of any machine.

The same drawings as on the pages. It runs no script, and its policy would let none run. Its fonts are the reader's
own: the house's would more than double a file of some 100 kB.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from coach.domain.beside import Beside
from coach.domain.debrief import Debrief
from coach.domain.grade import ResultKind
from coach.domain.redaction import BY_RULES
from coach.domain.referee import rulings
from coach.domain.retry import Retry
from coach.domain.review import Review
from coach.domain.round import Round
from coach.ui.drawing import debrief, scorecard, settling
from coach.ui.drawing import retry as again
from coach.ui.drawing.cards import round_head
from coach.ui.drawing.conversation import transcript
from coach.ui.drawing.referee import your_numbers
from coach.ui.drawing.reviewing import said_by_people

_HERE = Path(__file__).parent
_SHEETS = ("base", "result", "debrief", "referee", "room")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def round_html(
    round_: Round,
    review: Review | None,
    made: Debrief | None = None,
    beside: Beside | None = None,
    *,
    is_redacted: bool = False,
) -> str:
    """The round with its debrief, its grade under what people found over it, its transcript, and what stands
    `beside` them; every quote leads to its words and back. What the candidate said or drew is escaped text."""
    title = escape(round_.brief.scenario.title)
    told = f'<p class="coach-ribbon">{escape(BY_RULES)}</p>' if is_redacted else ""
    said = beside or Beside()
    shown = _graded(round_, review, made, said) if review else _not_graded(round_)
    shown += "".join(_retried(round_, retry, said.retries[:place]) for place, retry in enumerate(said.retries))
    shown += said_by_people(said.remarks, round_)
    numbers = "" if is_redacted else your_numbers(rulings(round_.brief, round_.transcript), round_)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title} · Coach</title><style>{_style(said)}</style></head>\n"
        # the classes a page has around it, so that one style serves both
        f'<body class="stApp stHtml"><main>{told}{shown}{numbers}</main>'
        f'<footer class="coach-small">Begun {round_.started_at:%d %b %Y, %H:%M} UTC. “You” is the candidate. '
        "This file holds all it shows and asks nothing of any machine.</footer></body></html>\n"
    )


def _style(said: Beside) -> str:
    """The sheets of what is in the file."""
    sheets = [*_SHEETS, *(["rating"] if said.self_ratings else []), *(["retry"] if said.retries else [])]
    return "".join(map(_sheet, (*(f"style/{name}" for name in sheets), "html_file")))


@cache
def _sheet(name: str) -> str:
    return (_HERE / f"{name}.css").read_text(encoding="utf-8")


def _graded(round_: Round, review: Review, made: Debrief | None, said: Beside) -> str:
    shown = review.settled
    advice = ""
    if made and shown.result.kind is not ResultKind.NOT_GRADED:
        advice = debrief.first(made, round_) + debrief.rest(made, round_)
    by_people = settling.settled_by(review, review.grade.result)
    rated = {rating.dimension: rating for rating in said.self_ratings}
    return (
        f"{scorecard.head(shown, round_)}{by_people}{advice}"
        f"{scorecard.body(shown, round_, review, rated)}{_unsaid(round_)}"
    )


def _retried(round_: Round, retry: Retry, before: Sequence[Retry]) -> str:
    """An answer given once more, after those given before it to the same question: beside the first one where it
    has been judged."""
    earlier = [each for each in before if each.criterion == retry.criterion]
    asked = (
        f"<h2>Answered once more</h2><p>{escape(round_.brief.criteria[retry.criterion].text)}</p>"
        f"<blockquote>{escape(retry.question.text)}</blockquote>"
    )
    if retry.outlook is None:
        return f'<section>{asked}<p class="coach-small">Not judged.</p><p>{escape(retry.answer)}</p></section>'
    return f"<section>{asked}{again.compared(round_, retry, retry.outlook, earlier)}</section>"


def _not_graded(round_: Round) -> str:
    why = "Not graded." if round_.is_over else "This round is still running."
    return (
        f'{round_head(round_)}<p class="coach-empty">{why}</p><h2>Transcript</h2>'
        f"{transcript(round_, moves=True)}{_unsaid(round_)}"
    )


def _unsaid(round_: Round) -> str:
    """The board, where it holds something that no answer has carried yet."""
    board = round_.unsaid_board
    return f"<section><h2>Board</h2><pre>{escape(board.text)}</pre></section>" if board else ""
