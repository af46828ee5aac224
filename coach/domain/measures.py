"""How far two raters agree, from counts: point figures and, by resampling whole rounds, their uncertainty.

Every measure is a function of a few small tables of counts that add up over rounds. So one function gives a figure,
and, on the sums of five thousand resampled sets of rounds at once, its interval.

Sources: kappa, Cohen 1960 (Educ Psychol Meas 20:37), with quadratic weights Cohen 1968 (Psychol Bull 70:213); phi,
the correlation of two yes-or-no ratings; alpha with ordinal differences, Krippendorff 2004 (Content Analysis,
ch. 11); standardised mean difference, over the pooled standard deviation; percentile intervals of a cluster
bootstrap, Davison and Hinkley 1997 (ch. 3.8), where the rounds are the clusters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
"""A table of counts in the last two axes; the axes before are the sets it was counted over."""

MISSED, PARTIAL, MET, UNJUDGED = range(4)
"""Rows and columns of the table of verdicts; only a judge leaves something unjudged."""
LEVELS = 5
UNASSESSED = LEVELS
"""The row of a dimension that the judge gave no level."""
SHAPES = {"verdicts": (4, 3), "levels": (LEVELS + 1, LEVELS), "ranges": (1, 2), "help": (5, 5), "flags": (3, 2)}
"""Tables by name, judge's rows by rater's columns. `ranges`: levels outside and inside the judge's range. `flags`:
not standing, standing, could not tell."""

RESAMPLES = 5_000
SEED = 1
_PART = 250
"""Resampled sets summed at a time, which bounds the memory."""


class Interval(NamedTuple):
    """The middle 95 % of what resampling gives."""

    low: float
    high: float


def empty() -> dict[str, Counts]:
    """Tables in which nothing has been counted."""
    return {name: np.zeros(shape) for name, shape in SHAPES.items()}


def total(tables: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The sum of several rounds' tables."""
    known = list(tables)
    return {name: np.sum([each[name] for each in known], axis=0) if known else empty()[name] for name in SHAPES}


def measure(tables: Mapping[str, Counts]) -> dict[str, Counts]:
    """Every measure by name, over the leading axes of the tables; NaN where the counts leave it undefined."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return {**_of_verdicts(tables["verdicts"]), **_of_levels(tables), **_of_help(tables), **_of_flags(tables)}


def figures(tables: Mapping[str, Counts]) -> dict[str, float | None]:
    """The measures of one set; None where undefined."""
    return {name: _known(value) for name, value in measure(tables).items()}


def intervals(rounds: Sequence[Mapping[str, Counts]]) -> dict[str, Interval | None]:
    """95 % intervals of every measure, resampling rounds with replacement; the same rounds give the same intervals.
    None for fewer than two rounds, or where more than one set in twenty leaves the measure undefined."""
    return _spread(rounds, measure)


def differences(
    new: Sequence[Mapping[str, Counts]], old: Sequence[Mapping[str, Counts]]
) -> dict[str, Interval | None]:
    """95 % intervals of every measure's change from `old` to `new`, both over the same rounds in the same order."""
    if len(new) != len(old):
        raise ValueError(f"{len(new)} new and {len(old)} old rounds; give the same rounds for both")
    both = [
        {f"{era}{name}": each[name] for era, each in (("new ", a), ("old ", b)) for name in SHAPES}
        for a, b in zip(new, old, strict=True)
    ]

    def change(tables: Mapping[str, Counts]) -> dict[str, Counts]:
        after, before = (measure({name: tables[f"{era} {name}"] for name in SHAPES}) for era in ("new", "old"))
        return {name: after[name] - before[name] for name in after}

    return _spread(both, change)


def _spread(
    rounds: Sequence[Mapping[str, Counts]], function: Callable[[Mapping[str, Counts]], dict[str, Counts]]
) -> dict[str, Interval | None]:
    if len(rounds) < 2:
        return dict.fromkeys(function(rounds[0])) if rounds else {}
    tables = {name: np.stack([each[name] for each in rounds]) for name in rounds[0]}
    chance = np.random.default_rng(SEED)
    drawn: dict[str, list[Counts]] = {}
    for _ in range(RESAMPLES // _PART):
        times = chance.multinomial(len(rounds), np.full(len(rounds), 1 / len(rounds)), size=_PART).astype(float)
        for name, values in function({n: np.tensordot(times, t, axes=1) for n, t in tables.items()}).items():
            drawn.setdefault(name, []).append(values)
    return {name: _middle(np.concatenate(values)) for name, values in drawn.items()}


def _middle(values: Counts) -> Interval | None:
    known = values[~np.isnan(values)]
    if len(known) < 0.95 * len(values):
        return None
    low, high = np.percentile(known, [2.5, 97.5])
    return Interval(float(low), float(high))


def _of_verdicts(table: Counts) -> dict[str, Counts]:
    """Met against not met over all criteria (unjudged counts as not met), then over the decided ones alone."""
    everything = _two_by_two(table)
    decided = table[..., :UNJUDGED, :]
    judged_met, rated_met = everything[..., 1, :].sum(-1), everything[..., :, 1].sum(-1)
    criteria = table.sum((-2, -1))
    return {
        "criteria": criteria,
        "kappa": kappa(everything),
        "phi": phi(everything),
        "accuracy": _diagonal(everything) / criteria,
        "sensitivity": everything[..., 1, 1] / rated_met,
        "specificity": everything[..., 0, 0] / everything[..., :, 0].sum(-1),
        "false_credit": table[..., [PARTIAL, MET], MISSED].sum(-1) / table[..., :, MISSED].sum(-1),
        "met_gap": (judged_met - rated_met) / criteria,
        "coverage": decided.sum((-2, -1)) / criteria,
        "kappa_decided": kappa(_two_by_two(decided)),
        "accuracy_decided": _diagonal(_two_by_two(decided)) / decided.sum((-2, -1)),
        "kappa_three_way": kappa(decided, quadratic=True),
    }


def _of_levels(tables: Mapping[str, Counts]) -> dict[str, Counts]:
    table = tables["levels"]
    both = table[..., :LEVELS, :]
    assessed, labelled = both.sum((-2, -1)), table.sum((-2, -1))
    judged, rated = np.indices((LEVELS, LEVELS))
    apart = np.abs(judged - rated)
    outside, inside = tables["ranges"][..., 0, 0], tables["ranges"][..., 0, 1]
    return {
        "dimensions": assessed,
        "level_coverage": assessed / labelled,
        "qwk": kappa(both, quadratic=True),
        "alpha": alpha(both),
        "mae": (both * apart).sum((-2, -1)) / assessed,
        "exact": _diagonal(both) / assessed,
        "within_one": (both * (apart <= 1)).sum((-2, -1)) / assessed,
        "smd": _standardised_difference(both.sum(-1), both.sum(-2)),
        "ranges": outside + inside,
        "inside": inside / (outside + inside),
    }


def _of_help(tables: Mapping[str, Counts]) -> dict[str, Counts]:
    table = tables["help"]
    pairs = table.sum((-2, -1))
    return {"help_pairs": pairs, "help_agreement": _diagonal(table) / pairs}


def _of_flags(tables: Mapping[str, Counts]) -> dict[str, Counts]:
    decided = tables["flags"][..., :2, :]
    return {
        "flags_decided": decided.sum((-2, -1)),
        "flags_kappa": kappa(decided),
        "flags_precision": decided[..., 1, 1] / decided[..., 1, :].sum(-1),
        "flags_recall": decided[..., 1, 1] / tables["flags"][..., :, 1].sum(-1),
    }


def kappa(table: Counts, *, quadratic: bool = False) -> Counts:
    """Cohen's kappa of square tables; NaN for no items or where chance leaves nothing to gain. With `quadratic`,
    disagreement weighs by its squared distance; without, every disagreement weighs 1."""
    rows, columns = np.indices(table.shape[-2:])
    weights = (rows - columns) ** 2 if quadratic else (rows != columns)
    expected = table.sum(-1)[..., :, None] * table.sum(-2)[..., None, :] / table.sum((-2, -1))[..., None, None]
    by_chance = (weights * expected).sum((-2, -1))
    return _without_infinite(1 - (weights * table).sum((-2, -1)) / by_chance)


def phi(table: Counts) -> Counts:
    """Correlation of two yes-or-no ratings, of 2 by 2 tables. Phi above kappa means they differ in how often."""
    right = table[..., 0, 0] * table[..., 1, 1] - table[..., 0, 1] * table[..., 1, 0]
    return _without_infinite(right / np.sqrt(table.sum(-1).prod(-1) * table.sum(-2).prod(-1)))


def alpha(table: Counts) -> Counts:
    """Krippendorff's alpha of two raters with ordinal differences, of square tables."""
    pairs = table + np.swapaxes(table, -1, -2)
    each = pairs.sum(-1)
    upto = np.cumsum(each, axis=-1) - each / 2  # values below, and half of those that are equal
    squared = (upto[..., :, None] - upto[..., None, :]) ** 2
    values = each.sum(-1)
    observed = (pairs * squared).sum((-2, -1))
    expected = (each[..., :, None] * each[..., None, :] * squared).sum((-2, -1)) / (values - 1)
    return _without_infinite(1 - observed / expected)


def _two_by_two(table: Counts) -> Counts:
    """Not met and met, of tables of verdicts with or without a row for unjudged."""
    met = table[..., MET, :]
    other = table.sum(-2) - met
    columns = [np.stack([part[..., :MET].sum(-1), part[..., MET]], axis=-1) for part in (other, met)]
    return np.stack(columns, axis=-2)


def _standardised_difference(judged: Counts, rated: Counts) -> Counts:
    """Mean judged level less the mean rated one, over the pooled standard deviation."""
    values = np.arange(judged.shape[-1])
    many = judged.sum(-1)
    means = [(counts * values).sum(-1) / many for counts in (judged, rated)]
    spread = [
        (counts * values**2).sum(-1) / many - mean**2 for counts, mean in zip((judged, rated), means, strict=True)
    ]
    return _without_infinite((means[0] - means[1]) / np.sqrt((spread[0] + spread[1]) / 2))


def _diagonal(table: Counts) -> Counts:
    return np.asarray(np.trace(table, axis1=-2, axis2=-1))


def _without_infinite(values: Counts) -> Counts:
    return np.where(np.isfinite(values), values, np.nan)


def _known(value: Counts) -> float | None:
    return None if np.isnan(value) else float(value)
