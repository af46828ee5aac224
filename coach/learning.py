"""What a candidate learns from a graded round: rate oneself · answer a moment once more · see what moves."""

from __future__ import annotations

from coach.domain.beside import Beside, beside
from coach.domain.calls import cost_of, judging
from coach.domain.grade import Grade
from coach.domain.progress import Attempt, comparable
from coach.domain.reopening import Question, question_for
from coach.domain.retry import Outlook, Retry, can_retry, reopened, retried
from coach.domain.round import Round
from coach.domain.self_rating import SelfRating
from coach.errors import NotFoundError
from coach.practice import OFFLINE, Desk, engine, review

LOOKS_BACK = 30
"""Graded rounds that progress is shown over."""


def rate(desk: Desk, round_id: str, rating: SelfRating) -> None:
    """Keep what the candidate thinks of a dimension. Raises NotFoundError for one that the round does not have."""
    if rating.dimension not in desk.archive.round(round_id).brief.rubric.dimension_ids:
        raise NotFoundError(f"The round has no dimension {rating.dimension!r}.")
    desk.archive.keep_self_rating(round_id, rating)


def question_again(round_: Round, settled: Grade, criterion: str) -> Question | None:
    """The question to answer again for a criterion that the round missed or met in part; None where it did neither
    or no question leads to it (communication)."""
    verdict = next((each for each in settled.verdicts if each.criterion == criterion), None)
    if verdict is None or not can_retry(verdict):
        return None
    said = verdict.quotes[0].turn if verdict.quotes else None
    return question_for(round_.brief, round_.transcript, criterion, said)


def judge_retry(desk: Desk, round_: Round, settled: Grade, retry: Retry) -> Outlook:
    """Have a retry that is kept judged, by the engine that graded the round or offline where that is not set, and
    keep what came of it. The round's grade stays. Raises ModelError or CapReachedError: the answer stays kept."""
    engines = desk.judges
    judge = engine(engines, settled.judge.engine if settled.judge.engine in engines else OFFLINE)
    sent = len(judging(desk.calls.calls(round_.id)))
    dimension = retry.criterion.split(".", maxsplit=1)[0]
    (found,) = judge.judge(round_.brief, reopened(round_.transcript, retry), [dimension], round_.id)
    cost = cost_of(judging(desk.calls.calls(round_.id))[sent:])
    outlook = retried(round_.brief, round_.transcript, settled, retry, found, judge.stamp(round_.brief), cost)
    desk.archive.keep_outlook(round_.id, retry.id, outlook)
    return outlook


def beside_grade(desk: Desk, round_: Round, grade: Grade | None) -> Beside:
    """What stands beside a grade of the round; of what people said all that is about the round or this judge."""
    archive = desk.archive
    remarks = archive.remarks(round_.id, grade.judge) if grade else ()
    return beside(archive.self_ratings(round_.id), archive.retries(round_.id), remarks)


def progress(desk: Desk, scenario: str | None = None) -> tuple[Attempt, ...]:
    """The newest graded rounds with scores, of one scenario or of all, the oldest first, as people have settled
    them."""
    return comparable(_settled(desk, attempt) for attempt in desk.archive.attempts(LOOKS_BACK, scenario))


def _settled(desk: Desk, attempt: Attempt) -> Attempt:
    if not attempt.reviewed:
        return attempt
    settled = review(desk, desk.archive.round(attempt.round_id), attempt.grade).settled
    return attempt.model_copy(update={"grade": settled})
