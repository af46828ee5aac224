"""The interviewer's ledger: what has been asked, told, hinted and found so far. Derived, never stored."""

from __future__ import annotations

from functools import cached_property

from coach.domain.finding.coverage import Coverage, opened_unasked
from coach.domain.interview.hearing import Heard, hear
from coach.domain.round import Round, Situation, Step
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome, Rung
from coach.domain.transcript import Move, Speaker, Style, Turn
from coach.domain.value import Value

HINTS_PER_DIMENSION = 2
HINTS_PER_ROUND = 5
_QUESTIONS = frozenset({Move.PROBE, Move.FOLLOW_UP, Move.HINT})


class Ledger(Value):
    """A round as its interviewer sees it, `at` seconds from the start."""

    round: Round
    coverage: Coverage
    gains: tuple[int, ...] = ()
    """Criteria newly found in each of the candidate's last two turns, the latest last."""
    at: float

    @property
    def brief(self) -> Brief:
        return self.round.brief

    @property
    def style(self) -> Style:
        return self.round.setup.style

    @property
    def total(self) -> float:
        """Length of the round in seconds."""
        return self.round.setup.minutes * 60.0

    @property
    def share(self) -> float:
        """How much of the round has passed, 0 to 1 and beyond."""
        return self.at / self.total

    @cached_property
    def asked(self) -> tuple[Step, ...]:
        """The interviewer's steps so far, in order."""
        return tuple(
            self.round.steps[turn.id]
            for turn in self.round.turns
            if turn.speaker is Speaker.INTERVIEWER and turn.id in self.round.steps
        )

    @cached_property
    def last_said(self) -> Turn | None:
        """The candidate's latest turn."""
        return self.round.transcript.candidate[-1] if self.round.transcript.candidate else None

    @cached_property
    def heard(self) -> Heard:
        """What that turn asks for."""
        return hear(self.brief.scenario, self.last_said.text if self.last_said else "")

    @cached_property
    def probes(self) -> frozenset[str]:
        """Ladder probes asked, as `dimension.rung`."""
        return frozenset(step.probe for step in self.asked if step.probe)

    @cached_property
    def dimension(self) -> str:
        """The dimension being talked about."""
        current = [step.dimension for step in self.asked if step.dimension and step.move in _QUESTIONS]
        return current[-1] if current else self.brief.probed_dimensions[0]

    @cached_property
    def opened(self) -> frozenset[str]:
        """Dimensions the interviewer has asked about, or the candidate has opened by two points of their own."""
        asked = {step.dimension for step in self.asked if step.dimension and step.move in _QUESTIONS}
        return (self.earned | asked) & frozenset(self.brief.probed_dimensions)

    @cached_property
    def earned(self) -> frozenset[str]:
        """Dimensions the candidate has opened by points of their own."""
        return opened_unasked(self.brief, self.coverage)

    @property
    def unopened(self) -> tuple[str, ...]:
        return tuple(d for d in self.brief.probed_dimensions if d not in self.opened)

    def questions_in(self, dimension: str) -> int:
        """Questions asked in a dimension so far."""
        return sum(1 for step in self.asked if step.dimension == dimension and step.move in _QUESTIONS)

    def hints_in(self, dimension: str) -> int:
        return sum(1 for step in self.asked if step.move is Move.HINT and step.dimension == dimension)

    @property
    def hints(self) -> int:
        return sum(1 for step in self.asked if step.move is Move.HINT)

    def times(self, situation: Situation, dimension: str | None = None) -> int:
        """How often a situation has been met, in one dimension or in the round."""
        return sum(
            1
            for step in self.asked
            if step.situation is situation and (dimension is None or step.dimension == dimension)
        )

    @cached_property
    def silences(self) -> int:
        """How often the candidate has stayed silent since the last thing to answer was said."""
        count = 0
        for turn in reversed(self.round.turns):
            step = self.round.steps.get(turn.id)
            if step is None or step.move is not Move.FALLBACK:
                break
            count += step.situation in {Situation.FIRST_SILENCE, Situation.SECOND_SILENCE}
        return count

    @property
    def unasked(self) -> tuple[str, ...]:
        """Dimensions no question has been asked in, in the rubric's order."""
        return tuple(d for d in self.brief.probed_dimensions if not self.questions_in(d))

    @property
    def gained(self) -> bool:
        """Whether the candidate's latest turn brought new evidence."""
        return bool(self.gains) and self.gains[-1] > 0

    @property
    def is_stale(self) -> bool:
        """Two turns in a row that brought nothing new."""
        return len(self.gains) == 2 and not any(self.gains)

    @property
    def last_step(self) -> Step | None:
        return self.asked[-1] if self.asked else None

    @property
    def seconds_an_exchange(self) -> float:
        """How long a question and its answer have taken so far, at least 20 s."""
        answers = len(self.round.transcript.candidate)
        return max(20.0, self.at / answers) if answers else 45.0

    def unmet_core(self, dimension: str) -> list[str]:
        """Core criteria of a dimension not yet met, by full name."""
        return [
            name
            for name, criterion in self.brief.criteria.items()
            if name.startswith(f"{dimension}.")
            and criterion.tier == "core"
            and self.coverage.found.get(name) is not Outcome.MET
        ]

    def is_saturated(self, dimension: str) -> bool:
        """All core met and one advanced landed: nothing more to learn here."""
        landed = any(
            self.coverage.found.get(name) is Outcome.MET and criterion.tier == "advanced"
            for name, criterion in self.brief.criteria.items()
            if name.startswith(f"{dimension}.")
        )
        return landed and not self.unmet_core(dimension)

    def exposes(self, probe: str) -> tuple[str, ...]:
        """Criteria a probe gives away by stating the problem."""
        return self.brief.scenario.exposes.get(probe, ())

    def had_open_chance(self, dimension: str) -> bool:
        """Whether the candidate could have raised a dimension's points unhelped: its opening question was asked,
        or they earned something in it by themselves."""
        return f"{dimension}.{Rung.CLARIFY}" in self.probes or any(
            name.startswith(f"{dimension}.") and found is Outcome.MET for name, found in self.coverage.found.items()
        )

    def is_answered(self, probe: str, *, in_full: bool = False) -> bool:
        """Whether asking a probe would ask for what has been said: all it exposes is found, in part at least or
        `in_full`; for an opening question, the dimension is opened or a higher rung of it was asked."""
        dimension, rung = probe.split(".")
        exposed = self.exposes(probe)
        if exposed:
            enough = {Outcome.MET} if in_full else {Outcome.MET, Outcome.PARTIAL}
            return all(self.coverage.found.get(name) in enough for name in exposed)
        higher = any(asked.startswith(f"{dimension}.") for asked in self.probes)
        return rung == Rung.CLARIFY and (dimension in self.earned or higher)

    def weight(self, dimension: str) -> float:
        """Role weight times the scenario's emphasis."""
        base = self.brief.rubric.roles[self.round.setup.role][dimension]
        return base * self.brief.scenario.emphasis.get(dimension, 1.0)
