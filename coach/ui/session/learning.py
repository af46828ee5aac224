"""What a candidate learns from: self-ratings as clicks bring them, and a moment answered again."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from coach import learning
from coach.domain.grade import Grade
from coach.domain.grading import why_not_graded
from coach.domain.reopening import Question
from coach.domain.retry import Retry, answer_id
from coach.domain.round import Round
from coach.domain.self_rating import SelfRating
from coach.domain.transcript import LONGEST_TEXT
from coach.errors import CoachError
from coach.ui.session.address import ask_for, asked_for, open_page
from coach.ui.session.installation import desk, now
from coach.ui.session.telling import report, reporting, tell

_SINCE = "since"
_LONGEST_STAMP = 12
_FAILED = "failed_retry"


def after(round_: Round) -> str:
    """The page to read once a round is over: where there is something to rate oneself on, that comes first."""
    return "result" if why_not_graded(round_.transcript) else "rate"


def self_ratings(round_: Round) -> dict[str, SelfRating]:
    """What the candidate thinks of the round, by dimension."""
    return {rating.dimension: rating for rating in desk().archive.self_ratings(round_.id)}


def rate(id_: str, dimension: str, score: str, unsure: str) -> None:
    """For the boxes `score` and `unsure`: keep what they say of a dimension, once they say something."""
    chosen = st.session_state.get(score)
    if chosen is None:
        return
    sure = not st.session_state.get(unsure)
    with reporting():
        learning.rate(desk(), id_, SelfRating(dimension=dimension, score=int(chosen), sure=sure, at=now()))


def retryable(round_: Round, settled: Grade) -> tuple[str, ...]:
    """The criteria that can be answered again, those first whose dimension is farthest below its bar."""
    under = {score.id: (score.score or score.low or 0.0) - score.bar for score in settled.dimensions}
    names = [v.criterion for v in settled.verdicts if learning.question_again(round_, settled, v.criterion)]
    return tuple(sorted(names, key=lambda name: under[name.split(".", maxsplit=1)[0]]))


def open_retry(round_: Round, number: int, criterion: str) -> None:
    """For a click: go to the retry of a criterion of the round's grade `number`; to the last one where there is one
    already, else with the clock running."""
    query = {"round": round_.id, "grade": str(number), "criterion": criterion}
    open_page("retry", **(query if retries_of(round_, criterion) else query | {_SINCE: _stamp()}))


def retries_of(round_: Round, criterion: str) -> list[Retry]:
    """The retries of a criterion, the oldest first."""
    return [each for each in desk().archive.retries(round_.id) if each.criterion == criterion]


def once_more() -> None:
    """For a click, or a page: start the clock of a fresh answer."""
    ask_for(_SINCE, _stamp())


def since() -> float | None:
    """Seconds since the clock of a fresh answer was started, by the address, so that a reload reads the same clock;
    None where nobody is answering."""
    asked = asked_for(_SINCE)
    return max(0.0, now().timestamp() - int(asked)) if asked.isdecimal() and len(asked) <= _LONGEST_STAMP else None


def send_again(round_: Round, criterion: str, question: Question, text: str) -> None:
    """Keep a fresh answer. Nothing written is nothing sent; the box keeps the text where keeping it fails."""
    took = since()
    if not text.strip() or took is None:
        return
    if len(text) > LONGEST_TEXT:
        tell(f"Not saved: {len(text):,} characters in one answer, at most {LONGEST_TEXT:,}.")
        return
    id_ = sha256(f"{criterion} {asked_for(_SINCE)} {text.strip()}".encode()).hexdigest()[:32]
    retry = Retry(
        id=id_,
        criterion=criterion,
        question=question,
        answer=text.strip(),
        turn=answer_id(round_.transcript),
        at=now(),
        seconds=took,
    )
    try:
        desk().archive.add_retry(round_.id, retry)
    except CoachError as error:
        report(error, "Not saved")
        return
    ask_for(_SINCE, None)


def judge_retry(round_: Round, settled: Grade, retry: Retry) -> Retry:
    """The retry with what came of it, judged now where it was not. Where that fails, `failed_retry` says why, and
    it is judged again on request."""
    if retry.outlook or failed_retry(retry):
        return retry
    try:
        return retry.model_copy(update={"outlook": learning.judge_retry(desk(), round_, settled, retry)})
    except CoachError as error:
        st.session_state[_FAILED] = (retry.id, str(error))
        return retry


def failed_retry(retry: Retry) -> str | None:
    """Why judging a retry has failed in this session."""
    id_, line = st.session_state.get(_FAILED, ("", ""))
    return str(line) if id_ == retry.id else None


def judge_again() -> None:
    """For a click: judge the retry whose judging failed."""
    st.session_state.pop(_FAILED, None)


def _stamp() -> str:
    return str(int(now().timestamp()))
