"""How far a judge agrees with labelled rounds, and what fitting its thresholds to some says about the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from coach.domain import measures
from coach.domain.agreement import Agreement, agreement, tables
from coach.domain.comparison import (
    Comparison,
    by_criterion,
    by_dimension,
    by_profile,
    by_scenario,
    compare,
    compare_raters,
)
from coach.domain.finding.thresholds import USED, Thresholds, choices
from coach.domain.golden import GoldenRound
from coach.domain.grade import Grade
from coach.domain.grading import is_verbatim, settle
from coach.domain.labels import Labels
from coach.domain.value import Value
from coach.engines.offline.judge import Looked, OfflineJudge, look
from coach.ports import Judge
from coach.practice import grade_transcript

LEAST_SPECIFICITY = 0.95
"""What a fit must keep on the rounds it is fitted to: credit that was not earned is the worse mistake."""
WORTH_A_CHANGE = 0.01
"""Kappa by which other thresholds must be better than the ones in use."""
STRONGER = (("p1", "p2"), ("p1", "p3"), ("p2", "p3"), ("p1", "p5"), ("p2", "p5"), ("p6", "p5"))
"""Profiles of the golden rounds, the stronger first, where the order is beyond doubt."""


class Graded(NamedTuple):
    """A golden round and the grade a judge gave it."""

    round: GoldenRound
    grade: Grade

    @property
    def comparison(self) -> Comparison:
        return compare(self.grade, self.round.labels, self.round.brief.rubric)


class Order(Value):
    """Two rounds of a scenario, one of them the stronger, by mean scores over dimensions assessed in both."""

    stronger: str
    weaker: str
    means: tuple[float, float]

    @property
    def holds(self) -> bool:
        return self.means[0] >= self.means[1]


class Report(Value):
    """What a judge is worth, measured on labelled rounds."""

    engine: str
    model: str | None
    rubrics: tuple[str, ...]
    labels: str
    """Where the labels come from: constructed, model or human; several where they differ."""
    rounds: int
    pooled: Agreement
    raters: Agreement | None
    """The second raters beside the first, on the rounds that have both."""
    raters_labels: str | None
    groups: Mapping[str, Mapping[str, Agreement]]
    """By dimension, scenario, profile and criterion."""
    verdicts: tuple[tuple[int, ...], ...]
    """Judged missed, partial, met, unjudged (rows) by labelled missed, partial, met."""
    levels: Mapping[str, tuple[tuple[int, ...], ...]]
    """By dimension, and pooled: judged level 0 to 4 and no level (rows) by labelled level 0 to 4."""
    quotes: int
    verbatim: int
    order: tuple[Order, ...]
    means: Mapping[str, float | None]
    """Mean score of each round over its assessed dimensions."""
    comparisons: tuple[Comparison, ...]

    @property
    def provenance(self) -> str:
        """Said wherever a figure is shown."""
        return f"agreement with reference labels ({self.labels}), {self.rounds} transcripts"

    @property
    def raters_provenance(self) -> str:
        return f"two raters among themselves ({self.labels} and {self.raters_labels})"


def graded(rounds: Iterable[GoldenRound], judge: Judge) -> Iterator[Graded]:
    """Every round with the judge's grade. Raises ModelError or CapReachedError."""
    for each in rounds:
        yield Graded(each, grade_transcript(each.brief, each.transcript, judge))


def report(known: Sequence[Graded]) -> Report:
    """What the grades come to, beside the labels. There must be one at least."""
    comparisons = tuple(each.comparison for each in known)
    both = [compare_raters(each.round.second, each.round.labels) for each in known if each.round.second]
    counted = measures.total(tables(each) for each in comparisons)
    dimensions = by_dimension(comparisons)
    quotes = [(each.round.transcript, q) for each in known for v in each.grade.verdicts for q in v.quotes]
    quotes += [(each.round.transcript, q) for each in known for flag in each.grade.flags for q in flag.quotes]
    return Report(
        engine=known[0].grade.judge.engine,
        model=known[0].grade.judge.model,
        rubrics=tuple(sorted({each.grade.judge.rubric for each in known})),
        labels=_sources(each.round.labels for each in known),
        rounds=len(known),
        pooled=agreement(comparisons, with_intervals=True),
        raters=agreement(both, with_intervals=True) if both else None,
        raters_labels=_sources(each.round.second for each in known) if both else None,
        groups={
            "dimension": _measured(dimensions),
            "scenario": _measured(by_scenario(comparisons)),
            "profile": _measured(by_profile(comparisons)),
            "criterion": {name: agreement(of) for name, of in by_criterion(comparisons).items()},
        },
        verdicts=_rows(counted["verdicts"]),
        levels={"pooled": _rows(counted["levels"])}
        | {name: _rows(measures.total(map(tables, of))["levels"]) for name, of in dimensions.items()},
        quotes=len(quotes),
        verbatim=sum(is_verbatim(transcript, quote) for transcript, quote in quotes),
        order=tuple(_order(known)),
        means={each.round.name: _mean(_scores(each.grade)) for each in known},
        comparisons=comparisons,
    )


def held_out(rounds: Sequence[GoldenRound]) -> Iterator[tuple[str, Thresholds, list[Graded]]]:
    """Each scenario in turn: the offline judge's thresholds as fitted on all others, and its grades of this one's
    rounds with them. With a single scenario there is nothing to fit on, and the thresholds in use stay."""
    looked = {each.name: look(each.brief, each.transcript) for each in rounds}
    candidates = [(chosen, [_grade(each, looked[each.name], chosen) for each in rounds]) for chosen in choices()]
    for scenario in dict.fromkeys(each.transcript.scenario for each in rounds):
        others = [i for i, each in enumerate(rounds) if each.transcript.scenario != scenario]
        chosen, grades = _fitted([(c, grades, [grades[i].comparison for i in others]) for c, grades in candidates])
        yield scenario, chosen, [each for each in grades if each.round.transcript.scenario == scenario]


def _fitted(
    candidates: Sequence[tuple[Thresholds, list[Graded], list[Comparison]]],
) -> tuple[Thresholds, list[Graded]]:
    """The thresholds with the best kappa that keep the specificity; those in use where none are clearly better."""
    best = next((chosen, grades, of) for chosen, grades, of in candidates if chosen == USED)
    highest = agreement(best[2]).kappa or 0.0
    highest += WORTH_A_CHANGE
    for chosen, grades, of in candidates:
        found = agreement(of)
        if (found.specificity or 0.0) >= LEAST_SPECIFICITY and (found.kappa or 0.0) > highest:
            best, highest = (chosen, grades, of), found.kappa or 0.0
    return best[0], best[1]


def _grade(each: GoldenRound, looked: Looked, thresholds: Thresholds) -> Graded:
    judge = OfflineJudge(thresholds)
    found = judge.decide(each.brief, looked, each.brief.rubric.dimension_ids)
    return Graded(each, settle(each.brief, each.transcript, found, judge.stamp(each.brief)))


def _order(known: Sequence[Graded]) -> Iterator[Order]:
    """Pairs of profiles whose order is beyond doubt, within each scenario."""
    by_name = {each.round.name: _scores(each.grade) for each in known}
    for scenario in dict.fromkeys(name.partition("/")[0] for name in by_name):
        for strong, weak in STRONGER:
            stronger, weaker = f"{scenario}/{strong}", f"{scenario}/{weak}"
            if not (stronger in by_name and weaker in by_name):
                continue
            both = by_name[stronger].keys() & by_name[weaker].keys()
            means = [_mean({d: by_name[name][d] for d in both}) for name in (stronger, weaker)]
            if means[0] is not None and means[1] is not None:
                yield Order(stronger=stronger, weaker=weaker, means=(means[0], means[1]))


def _scores(grade: Grade) -> dict[str, float]:
    return {dimension.id: dimension.score for dimension in grade.dimensions if dimension.score is not None}


def _mean(scores: Mapping[str, float]) -> float | None:
    return round(sum(scores.values()) / len(scores), 2) if scores else None


def _measured(groups: Mapping[str, Sequence[Comparison]]) -> dict[str, Agreement]:
    return {name: agreement(of, with_intervals=True) for name, of in groups.items()}


def _sources(labels: Iterable[Labels | None]) -> str:
    return ", ".join(sorted({each.label_source for each in labels if each}))


def _rows(table: measures.Counts) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(int(value) for value in row) for row in table)
