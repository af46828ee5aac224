"""How far a judge agrees with reference labels, pooled and by dimension, profile or scenario.

Kappa is Cohen's (1960, Educ Psychol Meas 20:37), the weighted one with quadratic weights (Cohen 1968, Psychol
Bull 70:213); sensitivity, specificity and met-rate gap are over criteria, met against not met. A measure that its
data leave undefined is None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from coach.domain.grade import Grade
from coach.domain.labels import Labels
from coach.domain.rubric import Rubric
from coach.domain.scenario import Outcome
from coach.domain.scoring import level_of
from coach.domain.value import Value

_STEPS = {Outcome.MET: 2, Outcome.PARTIAL: 1}
"""Three-way scale of verdicts; all others are 0."""


class VerdictPair(NamedTuple):
    """One criterion: the judge's verdict and the label."""

    transcript: str
    criterion: str
    judged: Outcome
    label: Outcome


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
    """A grade beside the labels of the same transcript."""

    verdicts: tuple[VerdictPair, ...]
    flags: tuple[FlagPair, ...]
    levels: tuple[LevelPair, ...]


class Agreement(Value):
    """Measures over a set of comparisons; each between 0 and 1, kappas and gap between -1 and 1."""

    criteria: int
    kappa: float | None
    """Met against not met over all criteria, unjudged counted as not met."""
    coverage: float | None
    """Share of criteria that the judge decided."""
    kappa_decided: float | None
    """The same kappa over the decided criteria alone."""
    kappa_three_way: float | None
    """Missed, partial, met with quadratic weights, over the decided criteria."""
    accuracy: float | None
    """Met against not met, over all criteria."""
    sensitivity: float | None
    specificity: float | None
    met_gap: float | None
    """Share the judge calls met less share the rater does."""
    flags_decided: int
    flags_kappa: float | None
    dimensions: int
    """Dimensions that both gave a level."""
    qwk: float | None
    """Quadratic weighted kappa of their levels 0 to 4."""
    ranges: int
    inside: float | None
    """Share of the rater's levels inside the judge's range of levels."""


def kappa(judged: Sequence[int], labels: Sequence[int], *, quadratic: bool = False) -> float | None:
    """Cohen's kappa of two raters over the same items; None for no items or where chance leaves nothing to gain.

    With `quadratic`, disagreement weighs by its squared distance; without, every disagreement weighs 1.
    """
    if len(judged) != len(labels):
        raise ValueError(f"{len(judged)} judged and {len(labels)} labelled items; give one label for each")
    if not judged:
        return None

    def weight(a: int, b: int) -> int:
        return (a - b) ** 2 if quadratic else int(a != b)

    observed = sum(weight(a, b) for a, b in zip(judged, labels, strict=True))
    rows, columns = Counter(judged), Counter(labels)
    expected = sum(weight(a, b) * n * m for a, n in rows.items() for b, m in columns.items()) / len(judged)
    return 1 - observed / expected if expected else None


def compare(grade: Grade, labels: Labels, rubric: Rubric) -> Comparison:
    """The grade's verdicts, flags and levels beside the rater's. What the rater did not label is left out."""
    name = labels.transcript
    return Comparison(
        verdicts=tuple(
            VerdictPair(name, verdict.criterion, verdict.verdict, labels.verdicts[verdict.criterion].verdict)
            for verdict in grade.verdicts
            if verdict.criterion in labels.verdicts
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
                label,
            )
            for score in grade.dimensions
            if (label := labels.levels.get(score.id)) is not None
        ),
    )


def agreement(comparisons: Iterable[Comparison]) -> Agreement:
    """The measures over all of the comparisons together."""
    known = tuple(comparisons)
    verdicts = [pair for each in known for pair in each.verdicts]
    decided = [pair for pair in verdicts if pair.judged is not Outcome.UNJUDGED]
    flags = [pair for each in known for pair in each.flags if pair.judged is not None]
    levels = [pair for each in known for pair in each.levels]
    assessed = [(pair.judged, pair.label) for pair in levels if pair.judged is not None]
    ranged = [
        pair.low <= pair.label <= pair.high for pair in levels if pair.low is not None and pair.high is not None
    ]
    met = Counter((pair.judged is Outcome.MET, pair.label is Outcome.MET) for pair in verdicts)
    right, of_met, of_other = (
        met[True, True],
        met[True, True] + met[False, True],
        met[False, False] + met[True, False],
    )
    return Agreement(
        criteria=len(verdicts),
        kappa=_met_kappa(verdicts),
        coverage=_share(len(decided), len(verdicts)),
        kappa_decided=_met_kappa(decided),
        kappa_three_way=kappa(
            [_STEPS.get(pair.judged, 0) for pair in decided],
            [_STEPS.get(pair.label, 0) for pair in decided],
            quadratic=True,
        ),
        accuracy=_share(right + met[False, False], len(verdicts)),
        sensitivity=_share(right, of_met),
        specificity=_share(met[False, False], of_other),
        met_gap=(met[True, False] - met[False, True]) / len(verdicts) if verdicts else None,
        flags_decided=len(flags),
        flags_kappa=kappa([int(bool(pair.judged)) for pair in flags], [int(pair.label) for pair in flags]),
        dimensions=len(assessed),
        qwk=kappa([judged for judged, _ in assessed], [label for _, label in assessed], quadratic=True),
        ranges=len(ranged),
        inside=_share(sum(ranged), len(ranged)),
    )


def by_dimension(comparisons: Iterable[Comparison]) -> dict[str, Agreement]:
    """Agreement on each dimension, in the order met."""
    known = tuple(comparisons)
    ids = dict.fromkeys(pair.criterion.split(".")[0] for each in known for pair in each.verdicts)
    return {id_: agreement(_only(each, id_) for each in known) for id_ in ids}


def by_profile(comparisons: Iterable[Comparison]) -> dict[str, Agreement]:
    """Agreement on each profile: what follows the slash in a transcript's name."""
    return _grouped(comparisons, lambda name: name.rpartition("/")[2])


def by_scenario(comparisons: Iterable[Comparison]) -> dict[str, Agreement]:
    """Agreement on each scenario: what stands before the slash in a transcript's name."""
    return _grouped(comparisons, lambda name: name.partition("/")[0])


def _grouped(comparisons: Iterable[Comparison], key: Callable[[str], str]) -> dict[str, Agreement]:
    groups: dict[str, list[Comparison]] = {}
    for each in comparisons:
        if each.verdicts:
            groups.setdefault(key(each.verdicts[0].transcript), []).append(each)
    return {name: agreement(groups[name]) for name in sorted(groups)}


def _only(comparison: Comparison, dimension: str) -> Comparison:
    return Comparison(
        verdicts=tuple(pair for pair in comparison.verdicts if pair.criterion.startswith(f"{dimension}.")),
        flags=tuple(pair for pair in comparison.flags if pair.flag.startswith(f"{dimension}.")),
        levels=tuple(pair for pair in comparison.levels if pair.dimension == dimension),
    )


def _met_kappa(pairs: list[VerdictPair]) -> float | None:
    return kappa([int(p.judged is Outcome.MET) for p in pairs], [int(p.label is Outcome.MET) for p in pairs])


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
