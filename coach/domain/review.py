"""A review: what people found lies over a judge's verdicts and never erases them.

The same arithmetic scores both, and help comes from the recorded moves for both.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints, model_validator

from coach.domain.finding.nearest import nearest
from coach.domain.grade import Confidence, DimensionScore, FlagFinding, Grade, Quote, ResultKind, Verdict
from coach.domain.grading import CREDITED, checked, is_verbatim, scored, why_not_graded
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.scoring import level_of, result_of
from coach.domain.transcript import Transcript
from coach.domain.value import FullName, Slug, Value

SELF = "self"
"""Who settled a criterion, where it was the candidate."""
LONGEST_NAME = 80

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_NAME)]
"""Who reviews: a name for attribution, or SELF."""


class ReasonCode(StrEnum):
    """Why a person's verdict parts from the judge's."""

    MISSED_EVIDENCE = "missed-evidence"
    WRONG_EVIDENCE = "wrong-evidence"
    EVIDENCE_INSUFFICIENT = "evidence-insufficient"
    HINT_MIS_CREDITED = "hint-mis-credited"
    NEGATION_MISSED = "negation-missed"
    RUBRIC_WORDING = "rubric-wording"
    SHOULD_ABSTAIN = "should-abstain"
    INJECTION = "injection"
    OTHER = "other"


class Override(Value):
    """What one person found on one criterion. Without a verdict it takes back what they had found before, and
    leaves the judge's."""

    criterion: FullName
    verdict: Literal[Outcome.MET, Outcome.PARTIAL, Outcome.MISSED, Outcome.UNJUDGED] | None
    by: Name
    at: datetime
    quotes: tuple[Quote, ...] = ()
    """The candidate's words it rests on. Credit needs some."""
    note: Annotated[str, Field(max_length=2_000)] = ""
    reason: ReasonCode | None = None
    blind: bool = False
    """Found before the judge's verdict was shown: a label to hold the judge against, which lies over nothing."""


class LevelFound(Value):
    """The level one person gave a dimension. A blind one is a label to hold the judge against; any other lies over
    what the verdicts come to and says why in its note. Without a level it takes back the one before."""

    kind: Literal["level"] = "level"
    dimension: Slug
    level: Annotated[int, Field(ge=0, le=4)] | None
    by: Name
    at: datetime
    note: Annotated[str, Field(max_length=2_000)] = ""
    blind: bool = False

    @model_validator(mode="after")
    def _says_why(self) -> LevelFound:
        if self.level is not None and not self.blind and not self.note.strip():
            raise ValueError("a level laid over the verdicts needs a note that says why")
        return self


class FlagStanding(StrEnum):
    """What a person can find on a flag."""

    STANDS = "stands"
    FALLS = "does-not-stand"
    UNJUDGED = "unjudged"


class FlagFound(Value):
    """What one person found on one flag, over the judge's finding. Without a finding it takes back what they had
    found before, and leaves the judge's."""

    kind: Literal["flag"] = "flag"
    flag: FullName
    found: FlagStanding | None
    by: Name
    at: datetime
    quotes: tuple[Quote, ...] = ()
    """The candidate's words that hold the position. A flag needs some to stand."""
    note: Annotated[str, Field(max_length=2_000)] = ""

    @property
    def stands(self) -> bool | None:
        """As a judge would say it: None where it could not be told."""
        return None if self.found is FlagStanding.UNJUDGED else self.found is FlagStanding.STANDS


class Review(Value):
    """A grade with its overrides, and what comes of both."""

    grade: Grade
    """The judge's, as it was."""
    overrides: tuple[Override, ...]
    """Those that stand, one a criterion, in the brief's order."""
    settled: Grade
    """The grade with the overrides in the place of the judge's verdicts, scored alike."""
    levels: tuple[LevelFound, ...] = ()
    """Levels that people laid over what the verdicts come to, one a dimension."""
    flags: tuple[FlagFound, ...] = ()
    """What people laid over the judge's flags, one a flag."""

    def override(self, criterion: str) -> Override | None:
        """What stands over the judge's verdict on a criterion (full name)."""
        return next((each for each in self.overrides if each.criterion == criterion), None)

    def judged(self, criterion: str) -> Verdict:
        """The judge's own verdict on a criterion (full name)."""
        return next(verdict for verdict in self.grade.verdicts if verdict.criterion == criterion)

    def over_flag(self, flag: str) -> FlagFound | None:
        """What stands over the judge's finding on a flag (full name)."""
        return next((each for each in self.flags if each.flag == flag), None)

    def judged_flag(self, flag: str) -> FlagFinding:
        """The judge's own finding on a flag (full name)."""
        return next(finding for finding in self.grade.flags if finding.flag == flag)

    def alone(self, dimension: str) -> DimensionScore | None:
        """What the judge alone made of a dimension; None where nobody has found anything over it."""
        touched = {_dimension(each.criterion) for each in self.overrides} | {each.dimension for each in self.levels}
        touched |= {_dimension(each.flag) for each in self.flags}
        if dimension not in touched:
            return None
        return next(score for score in self.grade.dimensions if score.id == dimension)


class OpenCriterion(NamedTuple):
    """A criterion that the judge could not tell, and the candidate's words nearest to it, the nearest first."""

    name: str
    nearest: tuple[Quote, ...]


def reviewed(
    brief: Brief,
    transcript: Transcript,
    grade: Grade,
    given: Iterable[Override] = (),
    levels: Iterable[LevelFound] = (),
    flagged: Iterable[FlagFound] = (),
) -> Review:
    """The review that overrides, levels and findings on flags, in the order they were given, make of a grade of
    this transcript.

    A person's newest finding on a criterion counts; of several people's, the one given last; levels and flags
    alike. Credit in a dimension that was never opened opens it: what was not reached there nobody has judged yet.
    Findings on criteria, dimensions and flags that the brief lacks, and blind ones, are left out.
    """
    found, leveled, on_flags = standing(given), standing_levels(levels), standing_flags(flagged)
    overrides = tuple(found[name] for name in brief.criteria if name in found)
    over_levels = tuple(leveled[id_] for id_ in brief.rubric.dimension_ids if id_ in leveled)
    over_flags = tuple(on_flags[name] for name in brief.flags if name in on_flags)
    if not overrides and not over_levels and not over_flags:
        return Review(grade=grade, overrides=(), settled=grade)
    too_little = why_not_graded(transcript)
    over = {o.criterion: checked(brief, transcript, o.criterion, as_verdict(o), too_little) for o in overrides}
    was_open = {dimension.id: dimension.opened for dimension in grade.dimensions}
    credited = {_dimension(name) for name, verdict in over.items() if verdict.verdict in CREDITED}
    opened = {id_: is_open or id_ in credited for id_, is_open in was_open.items()}
    newly = {id_ for id_, is_open in opened.items() if is_open and not was_open[id_]}
    verdicts = {v.criterion: _nobody_judged(v) if _dimension(v.criterion) in newly else v for v in grade.verdicts}
    verdicts |= {name: verdict for name, verdict in over.items() if opened[_dimension(name)]}
    flags = {
        f.flag: FlagFinding(flag=f.flag, stands=None) if _dimension(f.flag) in newly else f for f in grade.flags
    }
    flags |= {f.flag: as_flag(transcript, f) for f in over_flags if opened[_dimension(f.flag)]}
    held_to = transcript.model_copy(update={"role": grade.role, "level": grade.level})
    dimensions, result = scored(brief, held_to, verdicts, flags, opened)
    settled = grade.model_copy(
        update={
            "verdicts": tuple(verdicts.values()),
            "flags": tuple(flags.values()),
            "dimensions": dimensions,
            "result": result,
        }
    )
    settled = at_levels(brief, settled, over_levels)
    return Review(grade=grade, overrides=overrides, settled=settled, levels=over_levels, flags=over_flags)


def at_levels(brief: Brief, grade: Grade, levels: Iterable[LevelFound]) -> Grade:
    """The grade with its dimensions at the levels people gave them, and the result of that. A score and its range
    move no farther than to the nearest score of that level."""
    given = {each.dimension: each.level for each in levels if each.level is not None}
    if not given or grade.result.kind is ResultKind.NOT_GRADED:
        return grade
    dimensions = tuple(_at_level(brief, d, given[d.id]) if d.id in given else d for d in grade.dimensions)
    result = grade.result
    if result.kind is not ResultKind.BASELINE:
        flags = {flag.flag: flag for flag in grade.flags}
        result = result_of(brief, grade.role, grade.level, dimensions, flags)
    return grade.model_copy(update={"dimensions": dimensions, "result": result})


def _at_level(brief: Brief, found: DimensionScore, level: int) -> DimensionScore:
    least, most = brief.rubric.levels_from_score[level]
    score, low, high = (
        min(max(float(level) if number is None else number, least), most)
        for number in (found.score, found.low, found.high)
    )
    at = level_of(brief.rubric, score)
    return found.model_copy(update={"score": score, "low": low, "high": high, "level": at, "opened": True})


def standing(given: Iterable[Override]) -> dict[str, Override]:
    """By criterion, the finding that counts of those given in this order."""
    newest: dict[tuple[str, str], Override] = {}
    for each in given:
        if each.blind:
            continue
        newest.pop((each.criterion, each.by), None)  # so that the one given last stands last
        newest[each.criterion, each.by] = each
    return {each.criterion: each for each in newest.values() if each.verdict is not None}


def why_not_over(brief: Brief, transcript: Transcript, override: Override) -> str | None:
    """Why an override cannot stand over a grade of this transcript, or None."""
    if override.criterion not in brief.criteria:
        return "The round has no such criterion."
    if override.verdict is None:
        return None
    stands = checked(brief, transcript, override.criterion, as_verdict(override), why_not_graded(transcript))
    return None if stands.verdict is override.verdict else stands.reason


def open_criteria(brief: Brief, transcript: Transcript, grade: Grade) -> tuple[OpenCriterion, ...]:
    """The criteria that the judge could not tell, those first whose answer narrows the range most: core ones, then
    by the weight of their dimension for the role, then those with words near them."""
    if grade.result.kind is ResultKind.NOT_GRADED:
        return ()
    names = [v.criterion for v in grade.verdicts if v.verdict is Outcome.UNJUDGED]
    near = nearest(brief, transcript, names)
    weights = brief.rubric.roles[grade.role]
    emphasis = brief.scenario.emphasis

    def place(name: str) -> tuple[bool, float, int, bool]:
        id_ = _dimension(name)
        weight = weights.get(id_, 0.0) * emphasis.get(id_, 1.0)
        return brief.criteria[name].tier != "core", -weight, brief.rubric.dimension_ids.index(id_), not near[name]

    return tuple(OpenCriterion(name, near[name]) for name in sorted(names, key=place))


def standing_levels(given: Iterable[LevelFound]) -> dict[str, LevelFound]:
    """By dimension, the level that counts of those given in this order."""
    newest: dict[tuple[str, str], LevelFound] = {}
    for each in given:
        if each.blind:
            continue
        newest.pop((each.dimension, each.by), None)
        newest[each.dimension, each.by] = each
    return {each.dimension: each for each in newest.values() if each.level is not None}


def standing_flags(given: Iterable[FlagFound]) -> dict[str, FlagFound]:
    """By flag, the finding that counts of those given in this order."""
    newest: dict[tuple[str, str], FlagFound] = {}
    for each in given:
        newest.pop((each.flag, each.by), None)
        newest[each.flag, each.by] = each
    return {each.flag: each for each in newest.values() if each.found is not None}


def why_not_over_flag(brief: Brief, transcript: Transcript, grade: Grade, found: FlagFound) -> str | None:
    """Why a finding on a flag cannot stand over a grade of this transcript, or None."""
    if found.flag not in brief.flags:
        return "The round has no such flag."
    if found.found is FlagStanding.STANDS:
        if not next(score.opened for score in grade.dimensions if score.id == _dimension(found.flag)):
            return "The round did not reach its dimension."
        if as_flag(transcript, found).stands is None:
            return "The words given for it do not stand in the candidate's."
    return None


def as_flag(transcript: Transcript, found: FlagFound) -> FlagFinding:
    """The finding as a judge would have given it: without words of the candidate's a flag cannot stand."""
    quotes = tuple(quote for quote in found.quotes if is_verbatim(transcript, quote))
    stands = None if found.stands and not quotes else found.stands
    return FlagFinding(flag=found.flag, stands=stands, quotes=quotes)


def as_verdict(override: Override) -> Verdict | None:
    """The finding as a judge would have given it; None where it takes one back."""
    if override.verdict is None:
        return None
    return Verdict(
        criterion=override.criterion,
        verdict=override.verdict,
        confidence=Confidence.HIGH,
        reason=override.note,
        quotes=override.quotes,
    )


def _nobody_judged(verdict: Verdict) -> Verdict:
    return Verdict(
        criterion=verdict.criterion, verdict=Outcome.UNJUDGED, reason="Opened by a review; not judged yet."
    )


def _dimension(name: str) -> str:
    return name.split(".", maxsplit=1)[0]
