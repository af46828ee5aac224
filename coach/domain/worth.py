"""What each missed or partly met criterion would be worth: where a fix moves the result most."""

from __future__ import annotations

from collections.abc import Mapping

from coach.domain.grade import DimensionScore, Grade, Verdict
from coach.domain.rubric import Brief, Help
from coach.domain.scenario import Outcome
from coach.domain.scoring import score_dimension
from coach.domain.value import FullName, Slug, Value

_ADVANCED = 0.4
"""What an advanced criterion is worth beside a core one that adds as much: the basics come first."""
_LEAST_GAP = 0.1
"""Distance to the bar at which a dimension that has reached it still counts."""


class Weighed(Value):
    """A criterion worth a fix, and how much it would bring."""

    criterion: FullName
    dimension: Slug
    worth: float
    """Role weight × distance to the bar × what it alone would add to the dimension's score; less for an advanced
    one."""


def worth_fixing(brief: Brief, grade: Grade) -> tuple[Weighed, ...]:
    """Missed and partial criteria of opened dimensions that would add to the score, the one worth most first."""
    verdicts = {verdict.criterion: verdict for verdict in grade.verdicts}
    scores = {score.id: score for score in grade.dimensions}
    found = []
    for name, verdict in verdicts.items():
        dimension = name.split(".")[0]
        score = scores[dimension]
        if verdict.verdict not in {Outcome.MISSED, Outcome.PARTIAL} or not score.opened:
            continue
        weight = brief.rubric.roles[grade.role][dimension] * brief.scenario.emphasis.get(dimension, 1.0)
        gap = max(_LEAST_GAP, score.bar - _stands_at(score))
        tier = 1.0 if brief.criteria[name].tier == "core" else _ADVANCED
        if worth := round(weight * gap * tier * _gain(brief, dimension, verdicts, name), 4):
            found.append(Weighed(criterion=name, dimension=dimension, worth=worth))
    return tuple(sorted(found, key=lambda each: (-each.worth, each.criterion)))


def _stands_at(score: DimensionScore) -> float:
    """The score, or the middle of the range of a dimension that was not assessed."""
    return ((score.low or 0.0) + (score.high or 0.0)) / 2 if score.score is None else score.score


def _gain(brief: Brief, dimension: str, verdicts: Mapping[str, Verdict], name: str) -> float:
    """What the dimension's score would be more, 0 to 4, had the criterion been met unaided; flags aside."""
    met = verdicts[name].model_copy(update={"verdict": Outcome.MET, "help": Help.UNPROMPTED})
    was, would = (
        low if score is None else score
        for score, low, _ in (
            score_dimension(brief, dimension, each, {}, {}) for each in (verdicts, {**verdicts, name: met})
        )
    )
    return would - was
