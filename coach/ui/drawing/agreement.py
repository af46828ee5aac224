"""The judge beside people, from blind reviews: how far they agree, which way each leans, and where they part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from statistics import median

from coach.domain import measures
from coach.domain.agreement import agreement, tables
from coach.domain.comparison import Comparison, by_dimension
from coach.domain.rubric import Rubric
from coach.reviewing import BlindReview
from coach.ui.drawing.cards import counted
from coach.ui.drawing.trust import LEVELS_JUDGED, VERDICTS, figure, matrix, plain_table

LEAST = 2
"""Blind reviews, below which no figure is given."""


def head(reviews: Sequence[BlindReview]) -> str:
    """What is measured, and on how much."""
    people = len({each.by for each in reviews})
    told = (
        f"From <strong>{counted(len(reviews), 'blind review')}</strong> by {counted(people, 'person', 'people')}, "
        "who gave their findings before they saw the judge's. What was found with the judge in sight counts "
        "nowhere here."
    )
    if len(reviews) < LEAST:
        told += " With fewer than two there is nothing to tell: n/a."
    return f'<h1>The judge and people</h1><p class="coach-lead">{told}</p>'


def dimensions(reviews: Sequence[BlindReview], rubric: Rubric) -> str:
    """Kappa of the verdicts and QWK of the levels, of each dimension and of all."""
    comparisons = [each.comparison for each in reviews]
    known = by_dimension(comparisons)
    rows = [_row(rubric.dimension(id_).name, known[id_]) for id_ in rubric.dimension_ids if id_ in known]
    headings = ("", "Verdicts", "Kappa", "Levels", "QWK", "Judge says met more often by", "Judge's level higher by")
    return "<h2>By dimension</h2>" + plain_table(headings, [*rows, _row("All", comparisons)])


def judges(reviews: Sequence[BlindReview]) -> str:
    """Bias and drift: the same for each version of the judge, the oldest first."""
    return "<h2>By version of the judge</h2>" + _grouped(
        reviews, lambda each: f"{each.grade.judge.model or each.grade.judge.engine} {each.grade.judge.version[:8]}"
    )


def reviewers(reviews: Sequence[BlindReview]) -> str:
    """Which way each reviewer leans, beside the same judge, and how long their reviews take."""
    return "<h2>By reviewer</h2>" + _grouped(reviews, lambda each: each.by, with_minutes=True)


def confusion(reviews: Sequence[BlindReview], rubric: Rubric) -> str:
    """Where the judge's verdicts and levels lie beside people's."""
    comparisons = [each.comparison for each in reviews]
    counts = measures.total(tables(each) for each in comparisons)
    levels = [rubric.scale[step].name for step in sorted(rubric.scale)]
    rows = [*levels, LEVELS_JUDGED]
    each_dimension = "".join(
        matrix(rubric.dimension(id_).name, rows, levels, _whole(measures.total(map(tables, of))["levels"]))
        for id_, of in by_dimension(comparisons).items()
        if any(each.levels for each in of)
    )
    return (
        f"<h2>Where they part</h2>{matrix('Verdicts', VERDICTS, VERDICTS[:3], _whole(counts['verdicts']))}"
        f"{matrix('Levels, all dimensions', rows, levels, _whole(counts['levels']))}"
        f"<details><summary>Levels of each dimension</summary>{each_dimension}</details>"
    )


def _grouped(
    reviews: Sequence[BlindReview], key: Callable[[BlindReview], str], *, with_minutes: bool = False
) -> str:
    groups: dict[str, list[BlindReview]] = {}
    for each in reviews:
        groups.setdefault(key(each), []).append(each)
    headings = ["", "Reviews", "Kappa", "QWK", "Judge says met more often by", "Judge's level higher by"]
    headings += ["Median minutes"] if with_minutes else []
    rows = []
    for name, of in groups.items():
        comparisons = [each.comparison for each in of]
        found = _figures(comparisons)
        rows.append(
            [
                escape(name),
                str(len(of)),
                *(figure(found[measure]) for measure in ("kappa", "qwk", "met_gap", "higher")),
                *([_median_minutes(of)] if with_minutes else []),
            ]
        )
    return plain_table(headings, rows)


def _median_minutes(reviews: Sequence[BlindReview]) -> str:
    known = [each.minutes for each in reviews if each.minutes is not None]
    return f"{median(known):.0f}" if known else figure(None)


def _row(name: str, comparisons: Sequence[Comparison]) -> list[str]:
    found = _figures(comparisons)
    verdicts = sum(len(each.verdicts) for each in comparisons)
    levels = sum(len(each.levels) for each in comparisons)
    return [
        name,
        str(verdicts),
        figure(found["kappa"]),
        str(levels),
        figure(found["qwk"]),
        figure(found["met_gap"]),
        figure(found["higher"]),
    ]


def _figures(comparisons: Sequence[Comparison]) -> dict[str, float | None]:
    """Kappa, QWK, the judge's share of met less people's, and its mean level less theirs; n/a of fewer than two."""
    if len(comparisons) < LEAST:
        return dict.fromkeys(("kappa", "qwk", "met_gap", "higher"))
    found = agreement(comparisons)
    return {"kappa": found.kappa, "qwk": found.qwk, "met_gap": found.met_gap, "higher": _higher(comparisons)}


def _higher(comparisons: Iterable[Comparison]) -> float | None:
    apart = [pair.judged - pair.label for each in comparisons for pair in each.levels if pair.judged is not None]
    return sum(apart) / len(apart) if apart else None


def _whole(table: measures.Counts) -> list[list[int]]:
    return [[int(value) for value in row] for row in table]
