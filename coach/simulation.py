"""Rounds without a person: a simulated candidate plays against an interviewer on the virtual clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from coach.domain.grade import DimensionScore, Grade
from coach.domain.interview.agenda import Wish, next_step
from coach.domain.interview.checks import Check, check_interviewer
from coach.domain.round import Round, Setup, Step
from coach.domain.rubric import Brief
from coach.domain.transcript import Speaker, Style, Turn, speaking_seconds
from coach.domain.value import Value
from coach.errors import CoachError
from coach.ports import Candidate, Interviewer, Judge
from coach.practice import grade_transcript

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
SILENCE_SECONDS = 20.0
"""How long a candidate who says nothing is waited for."""
MOST_TURNS = 400
SEPARATION = 1.5
"""How far apart a strong and a bluffing candidate must score in every dimension opened in both."""


class Simulated(Value):
    """One simulated round: who played it in which style, what the checks found, and its grade."""

    candidate: str
    style: Style
    round: Round
    checks: tuple[Check, ...]
    grade: Grade

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.passes is False)

    @property
    def opened(self) -> int:
        """Dimensions opened, of all that are graded."""
        return sum(score.opened for score in self.grade.dimensions)

    @property
    def mean(self) -> float | None:
        """The mean score over dimensions assessed."""
        scores = [score.score for score in self.grade.dimensions if score.score is not None]
        return sum(scores) / len(scores) if scores else None


def simulate(
    brief: Brief,
    interviewer: Interviewer,
    judge: Judge,
    candidates: Iterable[Candidate],
    minutes: int,
    at_once: int = 1,
) -> Iterator[Simulated]:
    """Every candidate in every style, in that order, one round each as it is done; so many are played side by side.
    Raises CoachError at the first round that could not be played; those before it have been handed over."""

    def play(part: tuple[Candidate, Style]) -> Simulated:
        candidate, style = part
        setup = Setup(scenario=brief.scenario.id, style=style, minutes=minutes, seed=1)
        round_ = play_out(brief, setup, interviewer, candidate)
        return Simulated(
            candidate=candidate.name,
            style=style,
            round=round_,
            checks=check_interviewer(brief, round_.transcript),
            grade=grade_transcript(brief, round_.transcript, judge),
        )

    parts = [(candidate, style) for candidate in candidates for style in Style]
    with ThreadPoolExecutor(at_once, thread_name_prefix="round") as pool:
        yield from pool.map(play, parts)


def play_out(brief: Brief, setup: Setup, interviewer: Interviewer, candidate: Candidate) -> Round:
    """A whole round, until the interviewer closes it. Raises CoachError where it never does."""
    round_ = Round(id="simulated", setup=setup, brief=brief, started_at=START)
    clock, wish = 0.0, None
    for _ in range(MOST_TURNS):
        step = next_step(round_, clock, wish)
        pieces = list(interviewer.say(step, round_))
        text = "".join(piece for piece in pieces if isinstance(piece, str)).strip()
        step = next((piece for piece in pieces if isinstance(piece, Step)), step)
        turn = step.turn(round_.transcript.next_id(Speaker.INTERVIEWER), text, clock)
        round_ = _with(round_, turn).model_copy(update={"steps": {**round_.steps, turn.id: step}})
        clock += speaking_seconds(text)
        if step.ends:
            return round_
        said = candidate.answer(round_)
        wish = None if said else Wish.SILENCE
        if said:
            id_ = round_.transcript.next_id(Speaker.CANDIDATE)
            round_ = _with(round_, Turn(id=id_, speaker=Speaker.CANDIDATE, text=said, at=clock))
        clock += speaking_seconds(said) if said else SILENCE_SECONDS
    raise CoachError(f"{candidate.name} in {brief.scenario.id}: the interviewer never closed the round.")


def separation(strong: Simulated, bluffing: Simulated) -> dict[str, float]:
    """How much higher the strong candidate scored, in every dimension that has probes and was opened in both. Where
    too little could be told for a score, what was earned for sure stands in for it: the low end of the range."""
    other = {score.id: earned(score) for score in bluffing.grade.dimensions if score.opened}
    return {
        score.id: earned(score) - other[score.id]
        for score in strong.grade.dimensions
        if score.opened and score.id in other and score.id in strong.round.brief.probed_dimensions
    }


def earned(score: DimensionScore) -> float:
    """The score, or what was earned for sure where too little could be told for one."""
    return score.score if score.score is not None else score.low or 0.0


def _with(round_: Round, turn: Turn) -> Round:
    return round_.model_copy(update={"turns": (*round_.turns, turn)})
