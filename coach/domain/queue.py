"""The queue: rounds that a person should look at, and why. Told once, when a grade is kept or disputed."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from coach.domain.chance import share_of
from coach.domain.grade import Grade, ResultKind
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.domain.scoring import CLOSE_GAP, READY_GAP, STRONG_GAP
from coach.domain.value import Value

NEAR = 0.05
"""Distance of the weighted gap from a band's cut, below which a verdict or two decide the band."""
SAMPLED = 0.05
"""Share of rounds looked at whatever the judge made of them, so that its mistakes are seen where it is sure."""
WORDS_A_MINUTE = 230
"""Silent reading of English prose, mean of adults: Brysbaert 2019 (J Mem Lang 109:104047), 238, rounded down."""
HELD_FOR = timedelta(minutes=30)
"""How long a round stays a reviewer's after they last did something in it."""


class Why(StrEnum):
    """Why a round waits, the most pressing first."""

    DISPUTED = "disputed"
    ADDRESSED = "addressed-to-grader"
    COULD_NOT_TELL = "could-not-tell"
    NEAR_CUT = "near-cut"
    SAMPLED = "sampled"


class Waiting(Value):
    """A round in the queue."""

    round_id: str
    judge: str
    """Version of the judge whose grade is to be looked at."""
    title: str
    since: datetime
    words: int
    """To read."""
    open: int
    """Criteria the judge could not tell."""
    why: tuple[Why, ...]
    held_by: str | None = None
    held_at: datetime | None = None
    done_by: str | None = None
    done_at: datetime | None = None

    @property
    def minutes(self) -> int:
        """It takes to read, at least one."""
        return max(1, round(self.words / WORDS_A_MINUTE))

    def held(self, now: datetime) -> str | None:
        """Who holds it at this moment."""
        return self.held_by if self.held_at and now - self.held_at < HELD_FOR else None


def waiting(round_: Round, grade: Grade) -> Waiting:
    """How a round waits after `grade`; with no reason it does not. It has waited since it ended."""
    unsure = [v for v in grade.verdicts if v.verdict is Outcome.UNJUDGED]
    return Waiting(
        round_id=round_.id,
        judge=grade.judge.version,
        title=round_.brief.scenario.title,
        since=round_.ended_at or round_.started_at,
        words=sum(turn.words for turn in round_.turns),
        open=len(unsure),
        why=_reasons(round_.id, grade, bool(unsure)),
    )


def _reasons(round_id: str, grade: Grade, unsure: bool) -> tuple[Why, ...]:
    if grade.result.kind is ResultKind.NOT_GRADED:
        return ()
    gap = grade.result.gap
    holds = {
        Why.ADDRESSED: any(notice.kind == Why.ADDRESSED.value for notice in grade.notices),
        Why.COULD_NOT_TELL: unsure,
        Why.NEAR_CUT: gap is not None and any(abs(gap - cut) <= NEAR for cut in (STRONG_GAP, READY_GAP, CLOSE_GAP)),
        Why.SAMPLED: share_of("sampled", round_id) < SAMPLED,
    }
    return tuple(why for why, so in holds.items() if so)


def place(why: tuple[Why, ...]) -> int:
    """Where the most pressing reason stands in the order, from 0."""
    return min((list(Why).index(each) for each in why), default=len(Why))
