"""What changed from one grade of a round to another: verdicts that flipped, and what that did to the scores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from coach.domain.grade import DimensionScore, FlagFinding, Grade, Quote, Result, Verdict


class Difference(NamedTuple):
    """One thing that tells two gradings apart."""

    what: str
    """engine, model, version, rubric, role or level."""
    before: str | None
    after: str | None


class VerdictChange(NamedTuple):
    """A criterion on which the outcome or the help is another. Each side keeps its quotes and its reason."""

    before: Verdict
    after: Verdict


class FlagChange(NamedTuple):
    """A flag that stands on one side only, or could be judged on one side only."""

    before: FlagFinding
    after: FlagFinding


class ScoreChange(NamedTuple):
    """A dimension whose score, range, level or bar is another, or that only one grade has opened."""

    before: DimensionScore
    after: DimensionScore

    @property
    def score(self) -> float | None:
        """How far the score went up; None where one of the two was not assessed."""
        return _delta(self.before.score, self.after.score)

    @property
    def level(self) -> int | None:
        """How many levels it went up; None where one of the two was not assessed."""
        if self.before.level is None or self.after.level is None:
            return None
        return self.after.level - self.before.level


class ResultChange(NamedTuple):
    """Another result: its kind, band or gap, or their ranges."""

    before: Result
    after: Result

    @property
    def gap(self) -> float | None:
        """How far the gap went up; None where one of the two has none."""
        return _delta(self.before.gap, self.after.gap)


class Changes(NamedTuple):
    """What is not the same in two grades. What is the same is counted, not listed."""

    judge: tuple[Difference, ...]
    """What differs in who graded, and in the role and level that were held to."""
    verdicts: tuple[VerdictChange, ...]
    flags: tuple[FlagChange, ...]
    dimensions: tuple[ScoreChange, ...]
    result: ResultChange | None
    only_before: tuple[str, ...]
    """Full names of criteria and flags, and ids of dimensions, that only the grade before has."""
    only_after: tuple[str, ...]
    same: int
    """Verdicts with the same outcome and help."""
    requoted: int
    """Of those, the ones that rest on other words."""

    @property
    def is_empty(self) -> bool:
        """Whether both come to the same, whoever gave them."""
        listed = (self.verdicts, self.flags, self.dimensions, self.result, self.only_before, self.only_after)
        return not any(listed)


def changes(before: Grade, after: Grade) -> Changes:
    """What changed from `before` to `after`, in the order of `after`."""
    old_verdicts = {verdict.criterion: verdict for verdict in before.verdicts}
    old_flags = {flag.flag: flag for flag in before.flags}
    old_scores = {dimension.id: dimension for dimension in before.dimensions}
    verdicts = [VerdictChange(old_verdicts[v.criterion], v) for v in after.verdicts if v.criterion in old_verdicts]
    flags = [FlagChange(old_flags[flag.flag], flag) for flag in after.flags if flag.flag in old_flags]
    scores = [ScoreChange(old_scores[d.id], d) for d in after.dimensions if d.id in old_scores]
    same = [both for both in verdicts if _found(both.before) == _found(both.after)]
    names, old_names = _names(after), _names(before)
    return Changes(
        judge=tuple(_judge(before, after)),
        verdicts=tuple(both for both in verdicts if _found(both.before) != _found(both.after)),
        flags=tuple(both for both in flags if both.before.stands is not both.after.stands),
        dimensions=tuple(both for both in scores if both.before != both.after),
        result=ResultChange(before.result, after.result) if before.result != after.result else None,
        only_before=tuple(name for name in old_names if name not in names),
        only_after=tuple(name for name in names if name not in old_names),
        same=len(same),
        requoted=sum(_words(both.before) != _words(both.after) for both in same),
    )


def _judge(before: Grade, after: Grade) -> Iterable[Difference]:
    old, new = before.judge, after.judge
    for what, one, other in (
        ("engine", old.engine, new.engine),
        ("model", old.model, new.model),
        ("version", old.version, new.version),
        ("rubric", old.rubric, new.rubric),
        ("role", before.role, after.role),
        ("level", before.level.value, after.level.value),
    ):
        if one != other:
            yield Difference(what, one, other)


def _delta(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else round(after - before, 2)


def _found(verdict: Verdict) -> tuple[object, ...]:
    return verdict.verdict, verdict.help


def _words(verdict: Verdict) -> set[Quote]:
    return set(verdict.quotes)


def _names(grade: Grade) -> dict[str, None]:
    """Everything a grade says something on, in its order."""
    names = (
        *(verdict.criterion for verdict in grade.verdicts),
        *(flag.flag for flag in grade.flags),
        *(dimension.id for dimension in grade.dimensions),
    )
    return dict.fromkeys(names)
