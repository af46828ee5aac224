"""A graded round to hand on: a labelled one with a board, markup in an answer, and two findings over the grade."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from coach.domain.composing import composed
from coach.domain.debrief import Debrief
from coach.domain.review import SELF, Override, Review, open_criteria, reviewed
from coach.domain.round import Round, Setup
from coach.domain.scenario import Outcome
from coach.domain.transcript import Board, Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.practice import grade_transcript
from tests.builders import NINE, library
from tests.golden_rounds import golden_round

MARKUP = "</p><script>alert(1)</script><img src=x onerror=alert(2)>"
DRAWING = 'graph TD\n  A[<script>alert(3)</script>] -->|top 50| B\n  click A "javascript:alert(4)"'
NOTES = "- recall@10 is at least 90% or it doesn't ship"
REVIEWER = "Ana <b>"


class Shared(NamedTuple):
    round: Round
    review: Review
    debrief: Debrief


@cache
def shared_round(name: str = "document-qa/p1") -> Shared:
    golden = golden_round(name)
    round_ = taken_in(_marked_up(golden.transcript))
    brief, transcript = round_.brief, round_.transcript
    grade = grade_transcript(brief, transcript, OfflineJudge())
    open_ = [each for each in open_criteria(brief, transcript, grade) if each.nearest][:2]
    over = [
        Override(criterion=each.name, verdict=Outcome.MET, by=by, at=NINE, quotes=each.nearest[:1])
        for each, by in zip(open_, (SELF, REVIEWER), strict=True)
    ]
    review = reviewed(brief, transcript, grade, over)
    return Shared(round_, review, composed(brief, transcript, review.settled))


def taken_in(transcript: Transcript) -> Round:
    """A transcript as a round that is over."""
    setup = Setup.model_validate(transcript.model_dump(include=set(Setup.model_fields)))
    brief = library().brief(transcript.scenario)
    return Round(id="r1", setup=setup, brief=brief, started_at=NINE, ended_at=NINE, turns=transcript.turns)


def _marked_up(transcript: Transcript) -> Transcript:
    board = Board(notes=NOTES, mermaid=DRAWING)
    turns = tuple(
        turn.model_copy(update={"text": f"{turn.text} {MARKUP}", "board": board}) if turn.id == "C6" else turn
        for turn in transcript.turns
    )
    return transcript.model_copy(update={"turns": turns})
