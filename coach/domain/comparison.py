"""A judge's findings beside a rater's labels, or one rater's beside another's, and parts of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from coach.domain.grade import Grade
from coach.domain.labels import LabelledVerdict, Labels
from coach.domain.rubric import Help, Rubric
from coach.domain.scenario import Outcome
from coach.domain.scoring import level_of
from coach.domain.value import Value


class VerdictPair(NamedTuple):
    """One criterion: the judge's verdict and help, and the label's."""

    transcript: str
    criterion: str
    judged: Outcome
    label: Outcome
    judged_help: Help | None = None
    label_help: Help | None = None


class FlagPair(NamedTuple):
    """One flag: whether it stands to the judge (None where it could not tell) and to the rater."""

    transcript: str
    flag: str
    judged: bool | None
    label: bool


class LevelPair(NamedTuple):
    """One dimension that the rater gave a level: the judge's level and range of levels, None where not given."""

    transcript: str
    dimension: str
    judged: int | None
    low: int | None
    high: int | None
    label: int


class Comparison(Value):
    """A grade beside the labels of the same transcript, or one rater's labels beside another's."""

    transcript: str
    verdicts: tuple[VerdictPair, ...] = ()
    flags: tuple[FlagPair, ...] = ()
    levels: tuple[LevelPair, ...] = ()

    @property
    def scenario(self) -> str:
        return self.transcript.partition("/")[0]

    @property
    def profile(self) -> str:
        return self.transcript.rpartition("/")[2]


def compare(grade: Grade, labels: Labels, rubric: Rubric) -> Comparison:
    """The grade's verdicts, flags and levels beside the rater's. What the rater did not label, or could
    not tell, is left out."""
    name = labels.transcript
    return Comparison(
        transcript=name,
        verdicts=tuple(
            VerdictPair(name, said.criterion, said.verdict, label.verdict, said.help, label.help)
            for said in grade.verdicts
            if (label := _told(labels, said.criterion)) is not None
        ),
        flags=tuple(
            FlagPair(name, flag.flag, flag.stands, labels.flags[flag.flag].stands)
            for flag in grade.flags
            if flag.flag in labels.flags
        ),
        levels=tuple(
            LevelPair(
                name,
                score.id,
                score.level,
                None if score.low is None else level_of(rubric, score.low),
                None if score.high is None else level_of(rubric, score.high),
                level,
            )
            for score in grade.dimensions
            if (level := labels.levels.get(score.id)) is not None
        ),
    )


def compare_raters(rater: Labels, reference: Labels) -> Comparison:
    """One rater's labels in the judge's place, beside another's of the same transcript. Raters give no ranges."""
    name = reference.transcript
    return Comparison(
        transcript=name,
        verdicts=tuple(
            VerdictPair(name, criterion, said.verdict, label.verdict, said.help, label.help)
            for criterion in reference.verdicts
            if (label := _told(reference, criterion)) and (said := rater.verdicts.get(criterion))
        ),
        flags=tuple(
            FlagPair(name, flag, rater.flags[flag].stands, label.stands)
            for flag, label in reference.flags.items()
            if flag in rater.flags
        ),
        levels=tuple(
            LevelPair(name, dimension, rater.levels.get(dimension), None, None, level)
            for dimension, level in reference.levels.items()
            if level is not None
        ),
    )


def _told(labels: Labels, criterion: str) -> LabelledVerdict | None:
    """What the rater found on a criterion, where they could tell."""
    label = labels.verdicts.get(criterion)
    return None if label is None or label.verdict is Outcome.UNJUDGED else label


def by_dimension(comparisons: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    """The part of each comparison about one dimension, in the order met."""
    known = list(comparisons)
    ids = dict.fromkeys(pair.criterion.split(".")[0] for each in known for pair in each.verdicts)
    return {id_: [_only(each, id_) for each in known] for id_ in ids}


def by_criterion(comparisons: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    """The pairs of each criterion, by `scenario/criterion`; a criterion of the rubric by its name alone."""
    pairs: dict[str, dict[str, VerdictPair]] = {}
    for each in comparisons:
        for pair in each.verdicts:
            pairs.setdefault(pair.criterion, {})[each.transcript] = pair
    grouped: dict[str, list[Comparison]] = {}
    for criterion, of in pairs.items():
        scenarios = {transcript.partition("/")[0] for transcript in of}
        for transcript, pair in of.items():
            name = criterion if len(scenarios) > 1 else f"{transcript.partition('/')[0]}/{criterion}"
            grouped.setdefault(name, []).append(Comparison(transcript=transcript, verdicts=(pair,)))
    return grouped


def by_profile(comparisons: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    """Comparisons of each profile: what follows the slash in a transcript's name."""
    return _grouped(comparisons, lambda each: each.profile)


def by_scenario(comparisons: Iterable[Comparison]) -> dict[str, list[Comparison]]:
    """Comparisons of each scenario: what stands before the slash in a transcript's name."""
    return _grouped(comparisons, lambda each: each.scenario)


def _grouped(comparisons: Iterable[Comparison], key: Callable[[Comparison], str]) -> dict[str, list[Comparison]]:
    groups: dict[str, list[Comparison]] = {}
    for each in comparisons:
        groups.setdefault(key(each), []).append(each)
    return {name: groups[name] for name in sorted(groups)}


def _only(comparison: Comparison, dimension: str) -> Comparison:
    return Comparison(
        transcript=comparison.transcript,
        verdicts=tuple(pair for pair in comparison.verdicts if pair.criterion.startswith(f"{dimension}.")),
        flags=tuple(pair for pair in comparison.flags if pair.flag.startswith(f"{dimension}.")),
        levels=tuple(pair for pair in comparison.levels if pair.dimension == dimension),
    )
