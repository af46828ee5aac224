"""How far a judge agrees with reference labels, or two raters with each other.

The measures themselves, and where they come from: `measures`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import Field

from coach.domain import measures
from coach.domain.comparison import Comparison
from coach.domain.measures import Counts, Interval
from coach.domain.rubric import Help
from coach.domain.scenario import Outcome
from coach.domain.value import Value

_ROWS = {Outcome.PARTIAL: measures.PARTIAL, Outcome.MET: measures.MET, Outcome.UNJUDGED: measures.UNJUDGED}
"""Place of a verdict in the table; all others count as missed."""
_HELP = tuple(Help)

MEASURES = {
    "kappa": "Criterion kappa, met or not",
    "phi": "Phi of the same",
    "accuracy": "Accuracy",
    "sensitivity": "Sensitivity",
    "specificity": "Specificity",
    "false_credit": "Missed but credited",
    "met_gap": "Met-rate gap",
    "coverage": "Decided",
    "kappa_decided": "Kappa on those",
    "accuracy_decided": "Accuracy on those",
    "kappa_three_way": "Three-way kappa on those",
    "qwk": "Level QWK",
    "alpha": "Level alpha, ordinal",
    "mae": "Level MAE",
    "exact": "Levels exact",
    "within_one": "Levels within one",
    "smd": "Level difference, SDs",
    "level_coverage": "Levels given",
    "inside": "Levels inside the range",
    "help_agreement": "Same help",
    "flags_kappa": "Flag kappa",
    "flags_precision": "Flag precision",
    "flags_recall": "Flag recall",
}
"""Every measure that is shown, in order, and what it is called."""


class Agreement(Value):
    """Measures over a set of comparisons; shares between 0 and 1, kappas, phi, alpha and gap between -1 and 1. A
    measure that its data leave undefined is None. Each has its 95 % interval by its name, over rounds resampled."""

    criteria: int
    kappa: float | None
    """Met against not met over all criteria, unjudged counted as not met."""
    phi: float | None
    """Their correlation; above kappa by as much as the two differ in how often they say met."""
    accuracy: float | None
    """Met against not met, over all criteria."""
    sensitivity: float | None
    """Share of what the rater calls met that the judge does too."""
    specificity: float | None
    """Share of what the rater does not call met that the judge does not either."""
    false_credit: float | None
    """Share of what the rater calls missed that the judge credits, in part or in full."""
    met_gap: float | None
    """Share the judge calls met less share the rater does."""
    coverage: float | None
    """Share of criteria that the judge decided."""
    kappa_decided: float | None
    """Kappa over the decided criteria alone."""
    accuracy_decided: float | None
    kappa_three_way: float | None
    """Missed, partial, met with quadratic weights, over the decided criteria."""
    dimensions: int
    """Dimensions that both gave a level."""
    level_coverage: float | None
    """Share of the rater's levels beside which the judge gave one."""
    qwk: float | None
    """Quadratic weighted kappa of their levels 0 to 4."""
    alpha: float | None
    """Krippendorff's, ordinal, of their levels."""
    mae: float | None
    """Mean distance of their levels."""
    exact: float | None
    within_one: float | None
    smd: float | None
    """The judge's mean level less the rater's, in standard deviations."""
    ranges: int
    inside: float | None
    """Share of the rater's levels inside the judge's range of levels."""
    help_pairs: int
    """Criteria that both credit."""
    help_agreement: float | None
    """Share of those with the same help."""
    flags_decided: int
    flags_kappa: float | None
    flags_precision: float | None
    flags_recall: float | None
    """Of the flags that stand to the rater; could not tell counts as not found."""
    intervals: Mapping[str, Interval] = Field(default_factory=dict)


def tables(comparison: Comparison) -> dict[str, Counts]:
    """The comparison as counts."""
    counted = measures.empty()
    for pair in comparison.verdicts:
        counted["verdicts"][_place(pair.judged), _place(pair.label)] += 1
        if pair.judged_help and pair.label_help:
            counted["help"][_HELP.index(pair.judged_help), _HELP.index(pair.label_help)] += 1
    for flag in comparison.flags:
        counted["flags"][2 if flag.judged is None else int(flag.judged), int(flag.label)] += 1
    for level in comparison.levels:
        counted["levels"][measures.UNASSESSED if level.judged is None else level.judged, level.label] += 1
        if level.low is not None and level.high is not None:
            counted["ranges"][0, int(level.low <= level.label <= level.high)] += 1
    return counted


def _place(verdict: Outcome) -> int:
    return _ROWS.get(verdict, measures.MISSED)


def agreement(comparisons: Iterable[Comparison], *, with_intervals: bool = False) -> Agreement:
    """The measures over all of the comparisons together, with their intervals where wanted."""
    known = [tables(each) for each in comparisons]
    found = measures.figures(measures.total(known))
    spread = measures.intervals(known) if with_intervals else {}
    intervals = {name: one for name, one in spread.items() if one and name not in _COUNTED}
    return Agreement.model_validate(
        {name: int(value or 0) if name in _COUNTED else value for name, value in found.items()}
        | {"intervals": intervals}
    )


_COUNTED = frozenset(name for name, field in Agreement.model_fields.items() if field.annotation is int)
