"""One moment of a round answered once more, and what that does to its dimension. The round's grade stays.

The judge reads the round up to the question and the new answer, nothing after it. What the round showed elsewhere
it has shown: only what rested on the answer that is replaced has to be earned again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, NamedTuple

from pydantic import Field

from coach.domain.grade import Cost, DimensionScore, Findings, FlagFinding, Grade, JudgeStamp, Quote, Verdict
from coach.domain.grading import checked, is_verbatim, scored
from coach.domain.reopening import Question
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import LONGEST_TEXT, Move, Speaker, Transcript, Turn
from coach.domain.value import FullName, Value

SECONDS = 120
"""Time for an answer. It is shown, and nothing stops when it is over."""
_RANK = (Outcome.NOT_REACHED, Outcome.UNJUDGED, Outcome.MISSED, Outcome.PARTIAL, Outcome.MET)
_AGAIN = frozenset({Outcome.MISSED, Outcome.PARTIAL})


class Outlook(Value):
    """A dimension with the new answer in the place of the old one, beside what it was."""

    judge: JudgeStamp
    before: tuple[Verdict, ...]
    """On every criterion of the dimension, as the round was graded."""
    after: tuple[Verdict, ...]
    """The same criteria, in the same order. Quotes name the round's turns, or the new answer's."""
    was: DimensionScore
    now: DimensionScore
    cost: Cost = Cost()


class Retry(Value):
    """A fresh answer to a question of a round, for the sake of one criterion."""

    id: str
    """Given by who sends it, so that sending twice keeps one."""
    criterion: FullName
    question: Question
    answer: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    turn: str
    """What the new answer is called in its quotes."""
    at: datetime
    seconds: Annotated[float, Field(ge=0)]
    """How long it took."""
    outlook: Outlook | None = None
    """What came of it; None until it has been judged."""


class Change(NamedTuple):
    """A criterion before and after."""

    before: Verdict
    after: Verdict

    @property
    def by(self) -> int:
        """Above 0 where more was shown, below where less was."""
        return _RANK.index(self.after.verdict) - _RANK.index(self.before.verdict)


def can_retry(verdict: Verdict) -> bool:
    """Whether there is something to answer better."""
    return verdict.verdict in _AGAIN


def answer_id(transcript: Transcript) -> str:
    """What a new answer is called: a turn that the round does not have."""
    return transcript.next_id(Speaker.CANDIDATE)


def reopened(transcript: Transcript, retry: Retry) -> Transcript:
    """The round up to the retried question, with the new answer. A question that was not asked in the round
    is asked after all of it."""
    question = retry.question
    turns = transcript.turns
    if question.turn is None:
        dimension = retry.criterion.split(".", maxsplit=1)[0]
        asked = Turn(
            id=transcript.next_id(Speaker.INTERVIEWER),
            speaker=Speaker.INTERVIEWER,
            text=question.text,
            move=Move.PROBE,
            dimension=dimension,
            probe=question.probe,
        )
        kept = (*turns, asked)
    else:
        kept = turns[: _place(turns, question.turn) + 1]
    said = Turn(id=retry.turn, speaker=Speaker.CANDIDATE, text=retry.answer)
    return transcript.model_copy(update={"turns": (*kept, said)})


def retried(
    brief: Brief,
    transcript: Transcript,
    grade: Grade,
    retry: Retry,
    found: Findings,
    judge: JudgeStamp,
    cost: Cost | None = None,
) -> Outlook:
    """What a judge's findings in the retried criterion's dimension make of a retry of this graded transcript.
    A pure function.

    Credit needs a quote that is verbatim, help is that of the question, and the score comes by the arithmetic of
    every grade. Raises KeyError where the round lacks the question's turn.
    """
    dimension = retry.criterion.split(".", maxsplit=1)[0]
    context, replaced = reopened(transcript, retry), _replaced(transcript, retry)
    given = {verdict.criterion: verdict for verdict in found.verdicts}
    flagged = {flag.flag: flag for flag in found.flags}
    verdicts = {verdict.criterion: verdict for verdict in grade.verdicts}
    flags = {flag.flag: flag for flag in grade.flags}
    mine = [name for name in verdicts if name.split(".")[0] == dimension]
    after = {
        name: _better(verdicts[name], checked(brief, context, name, given.get(name), None), replaced)
        for name in mine
    }
    held = {
        name: _held(flag, flagged.get(name), context, replaced)
        for name, flag in flags.items()
        if name.split(".")[0] == dimension
    }
    opened = {score.id: score.opened or score.id == dimension for score in grade.dimensions}
    held_to = transcript.model_copy(update={"role": grade.role, "level": grade.level})
    dimensions, _ = scored(brief, held_to, verdicts | after, flags | held, opened)
    return Outlook(
        judge=judge,
        before=tuple(verdicts[name] for name in mine),
        after=tuple(after.values()),
        was=_of(grade.dimensions, dimension),
        now=_of(dimensions, dimension),
        cost=cost or Cost(),
    )


def changed(outlook: Outlook, criterion: str) -> tuple[Change, ...]:
    """The retried criterion first, then the others that came out differently, in order."""
    pairs = [Change(*pair) for pair in zip(outlook.before, outlook.after, strict=True)]
    first = [pair for pair in pairs if pair.before.criterion == criterion]
    return (*first, *(pair for pair in pairs if pair.by and pair.before.criterion != criterion))


def _better(before: Verdict, now: Verdict, replaced: frozenset[str]) -> Verdict:
    """Of the verdict on the whole round, as far as it rests on more than the replaced answer, and the new one. What
    could not be told of the whole round stays open where the new answer does not show it."""
    credited = {Outcome.MET, Outcome.PARTIAL}
    if before.verdict is Outcome.UNJUDGED and now.verdict not in credited:
        return before
    elsewhere = tuple(quote for quote in before.quotes if quote.turn not in replaced)
    stays = before.verdict in credited and bool(elsewhere)
    if stays and _RANK.index(before.verdict) >= _RANK.index(now.verdict):
        return before.model_copy(update={"quotes": elsewhere})
    return now


def _held(
    before: FlagFinding, now: FlagFinding | None, context: Transcript, replaced: frozenset[str]
) -> FlagFinding:
    """A flag stands where it did outside the replaced answer, or where the new one raises it."""
    if before.stands and any(quote.turn not in replaced for quote in before.quotes):
        return before
    if now is None:
        return FlagFinding(flag=before.flag, stands=None)
    quotes = tuple(quote for quote in now.quotes if is_verbatim(context, quote))
    stands = None if now.stands and not quotes else now.stands
    return FlagFinding(flag=before.flag, stands=stands, quotes=quotes)


def _replaced(transcript: Transcript, retry: Retry) -> frozenset[str]:
    """The turns that answered the question in the round."""
    return frozenset(turn.id for turn in answered_then(transcript, retry.question))


def answered_then(transcript: Transcript, question: Question) -> tuple[Turn, ...]:
    """What the candidate answered to the question in the round; nothing where it was not asked there."""
    if question.turn is None:
        return ()
    after = transcript.turns[_place(transcript.turns, question.turn) + 1 :]
    return tuple(itertools.takewhile(lambda turn: turn.speaker is Speaker.CANDIDATE, after))


def shown_by(change: Change, retry: Retry) -> tuple[Quote, ...]:
    """The words of the new answer that a changed verdict rests on."""
    return tuple(quote for quote in change.after.quotes if quote.turn == retry.turn)


def _place(turns: Iterable[Turn], id_: str) -> int:
    for place, turn in enumerate(turns):
        if turn.id == id_:
            return place
    raise KeyError(id_)


def _of(dimensions: Iterable[DimensionScore], id_: str) -> DimensionScore:
    return next(score for score in dimensions if score.id == id_)
