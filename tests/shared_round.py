"""A graded round to hand on: a labelled one with a board, markup in an answer, and two findings over the grade."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from coach.domain.beside import Beside
from coach.domain.composing import composed
from coach.domain.debrief import Debrief
from coach.domain.remarks import Comment, Dismissal, Dispute
from coach.domain.retry import Retry, answer_id, can_retry, reopened, retried
from coach.domain.review import SELF, Override, Review, open_criteria, reviewed
from coach.domain.round import Round, Setup
from coach.domain.scenario import Outcome
from coach.domain.self_rating import SelfRating
from coach.domain.transcript import Board, Transcript
from coach.engines.offline.judge import OfflineJudge
from coach.learning import question_again
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


AGAIN = f"So at Zalando we held seventeen thousand cases, and nothing shipped below 93 percent. {MARKUP}"
"""An answer given once more, with a number and a name that the round does not hold."""


@cache
def beside_shared() -> Beside:
    """What stands beside the shared round: one of each kind, and an answer given again that is not judged yet."""
    round_, review, _ = shared_round()
    criteria = [v.criterion for v in review.settled.verdicts if can_retry(v)]
    name = next(each for each in criteria if question_again(round_, review.settled, each))
    question = question_again(round_, review.settled, name)
    assert question is not None
    told = {"id": "f00", "criterion": name, "question": question, "at": NINE, "seconds": 75}
    first = Retry.model_validate({**told, "answer": AGAIN, "turn": answer_id(round_.transcript)})
    judge, dimension = OfflineJudge(), name.split(".")[0]
    (found,) = judge.judge(round_.brief, reopened(round_.transcript, first), [dimension])
    outlook = retried(round_.brief, round_.transcript, review.settled, first, found, judge.stamp(round_.brief))
    return Beside(
        self_ratings=(SelfRating(dimension="evals", score=4, sure=False, at=NINE),),
        retries=(first.model_copy(update={"outlook": outlook}), first.model_copy(update={"id": "f01"})),
        disputes=(Dispute(criterion=name, text=f"{REVIEWER} missed it. {MARKUP}", at=NINE),),
        comments=(Comment(turn="C1", text="Zalando again? 17000!", by=REVIEWER, at=NINE),),
        dismissals=(Dismissal(text="Mostly noise.", by=REVIEWER, at=NINE),),
    )


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
