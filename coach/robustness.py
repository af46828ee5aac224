"""How a judge holds up: whether a verdict follows what was planted, and levels stay where nothing was said anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coach.domain.grade import Grade, Quote, Verdict
from coach.domain.grading import CREDITED, settle
from coach.domain.invariance import Invariance, Shift, Variation, invariance_of, vary
from coach.domain.planted import (
    WRITTEN,
    Change,
    PairFigures,
    PairResult,
    Plant,
    Planted,
    Played,
    credit,
    figures,
    said_in,
    with_hint,
    with_words,
    with_words_later,
    without_answers,
    without_words,
)
from coach.domain.rubric import Help
from coach.domain.transcript import Transcript
from coach.ports import Judge
from coach.practice import grade_transcript

PAIRS_A_ROUND = 5
"""Criteria of a round that sentences are removed, moved and hinted at for, and said elsewhere."""
SAID_AT_MOST = 2
"""Places of a round that may earn the same criterion: where it is said, and where it is summed up."""


def planted_pairs(judge: Judge, planted: Iterable[Planted], rounds: Sequence[Played]) -> PairFigures:
    """Every pair that can be made: what `planted` says, and what earned a criterion in one of the `rounds`, said in
    another of the same scenario; and the evidence of every round removed, moved and hinted at. What is said
    elsewhere is said where the answers on its dimension have been taken out, and only where the criterion is not
    earned then. Raises ModelError or CapReachedError."""
    pairs: list[PairResult] = []
    for each in planted:
        mine = [played for played in rounds if played.brief.scenario.id == each.scenario]
        for plant in each.plants:
            base = _base(judge, plant.criterion, mine)
            if base is not None:
                pairs += _written(judge, base, plant)
    for played in rounds:
        grade = grade_transcript(played.brief, played.transcript, judge)
        others = [p for p in rounds if p.brief.scenario.id == played.brief.scenario.id and p is not played]
        for verdict in _earned(played, grade):
            pairs += _made(judge, played, verdict)
            base = _base(judge, verdict.criterion, others)
            if base is not None:
                pairs.append(_inserted(judge, base, played.transcript, verdict))
    return figures(pairs)


def invariances(
    judge: Judge, rounds: Sequence[Played], variations: Iterable[Variation] = tuple(Variation)
) -> tuple[Invariance, ...]:
    """The levels of every round under each variation. Raises ModelError or CapReachedError."""
    before = {played.name: grade_transcript(played.brief, played.transcript, judge) for played in rounds}
    measured = []
    for variation in variations:
        shifts: list[Shift] = []
        dimensions = 0
        for number, played in enumerate(rounds):
            brief, transcript = vary(played.brief, played.transcript, variation, number)
            after = grade_transcript(brief, transcript, judge)
            for dimension, was, is_ in _levels(played, before[played.name], after, variation):
                dimensions += was is not None or is_ is not None
                if was != is_:
                    shifts.append(Shift(round=played.name, dimension=dimension, before=was, after=is_))
        measured.append(invariance_of(variation, len(rounds), dimensions, shifts))
    return tuple(measured)


def _levels(
    played: Played, before: Grade, after: Grade, variation: Variation
) -> Iterator[tuple[str, int | None, int | None]]:
    for was, is_ in zip(before.dimensions, after.dimensions, strict=True):
        if variation.keeps_conduct or was.id in played.brief.probed_dimensions:
            yield was.id, was.level, is_.level


class _Base(NamedTuple):
    """A round without the answers on a criterion's dimension, and the verdict on the criterion there."""

    played: Played
    verdict: Verdict

    def with_words(self, text: str) -> Transcript:
        return with_words(self.played.brief, self.played.transcript, self.verdict.criterion, text)


def _base(judge: Judge, criterion: str, rounds: Iterable[Played]) -> _Base | None:
    """The first of the rounds, in an order that varies with the criterion, that does not earn it elsewhere."""
    for played in sorted(rounds, key=lambda played: _scrambled(played, criterion)):
        bare = played._replace(transcript=without_answers(played.brief, played.transcript, criterion))
        verdict = _judged(judge, bare, bare.transcript, criterion)
        if verdict.verdict not in CREDITED:
            return _Base(bare, verdict)
    return None


def _scrambled(played: Played, criterion: str) -> str:
    return hashlib.sha256(f"{played.name}/{criterion}".encode()).hexdigest()


def _written(judge: Judge, base: _Base, plant: Plant) -> Iterator[PairResult]:
    for change in WRITTEN:
        after = _judged(judge, base.played, base.with_words(plant.words(change)), plant.criterion)
        earns = credit(after.verdict) > 0
        yield _result(change, base.played, base.verdict, after, holds=earns is (change is Change.EARNS))


def _earned(played: Played, grade: Grade) -> list[Verdict]:
    """Some of the criteria earned in words, the same ones every time. How the round was run is no claim."""
    earned = [
        verdict
        for verdict in grade.verdicts
        if verdict.verdict in CREDITED
        and verdict.criterion.split(".", maxsplit=1)[0] in played.brief.probed_dimensions
        and all(quote.source is None for quote in verdict.quotes)
    ]
    earned.sort(key=lambda verdict: _scrambled(played, verdict.criterion))
    return earned[:PAIRS_A_ROUND]


def _made(judge: Judge, played: Played, verdict: Verdict) -> Iterator[PairResult]:
    """Pairs by code: the evidence removed, said later, and hinted at before."""
    criterion, transcript = verdict.criterion, played.transcript
    removed, rest = verdict, transcript
    for _ in range(SAID_AT_MOST):
        rest = without_words(rest, removed.quotes)
        removed = _judged(judge, played, rest, criterion)
        if not _is_credited_as(removed, verdict):
            break
    yield _result(Change.REMOVED, played, verdict, removed, holds=not _is_credited_as(removed, verdict))
    later = with_words_later(transcript, verdict.quotes)
    if later is not None:
        moved = _judged(judge, played, later, criterion)
        yield _result(Change.MOVED, played, verdict, moved, holds=moved.verdict is verdict.verdict)
    exposed = with_hint(played.brief, transcript, criterion, _first(transcript, verdict.quotes))
    if exposed is not None:
        hinted = _judged(judge, played, exposed.transcript, criterion)
        holds = hinted.verdict is verdict.verdict and hinted.help in {exposed.help, Help.TOLD}
        yield _result(Change.HINTED, played, verdict, hinted, holds=holds)


def _is_credited_as(verdict: Verdict, before: Verdict) -> bool:
    return credit(verdict.verdict) >= credit(before.verdict)


def _inserted(judge: Judge, base: _Base, source: Transcript, verdict: Verdict) -> PairResult:
    words = " ".join(said_in(source, verdict.quotes).values())
    after = _judged(judge, base.played, base.with_words(words), verdict.criterion)
    return _result(Change.INSERTED, base.played, base.verdict, after, holds=after.verdict in CREDITED)


def _judged(judge: Judge, played: Played, transcript: Transcript, criterion: str) -> Verdict:
    """The verdict on one criterion, quotes checked and help taken. Only its dimension is asked about."""
    found = judge.judge(played.brief, transcript, (criterion.split(".", maxsplit=1)[0],))
    return _verdict(settle(played.brief, transcript, found, judge.stamp(played.brief)), criterion)


def _verdict(grade: Grade, criterion: str) -> Verdict:
    return next(verdict for verdict in grade.verdicts if verdict.criterion == criterion)


def _first(transcript: Transcript, quotes: Iterable[Quote]) -> str:
    """The candidate turn in which the earliest of the quotes stands."""
    turns = {quote.turn for quote in quotes}
    return next(turn.id for turn in transcript.candidate if turn.id in turns)


def _result(change: Change, played: Played, before: Verdict, after: Verdict, *, holds: bool) -> PairResult:
    return PairResult(
        change=change,
        round=played.name,
        criterion=after.criterion,
        before=before.verdict,
        after=after.verdict,
        help=after.help,
        holds=holds,
    )
