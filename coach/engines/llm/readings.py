"""One reply read against the record, and several readings made one verdict. All of it code: no model is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from coach.domain.finding.bearing import Bearing, Criteria
from coach.domain.grade import Confidence, FlagFinding, Quote, Verdict
from coach.domain.scenario import Outcome
from coach.engines.llm.record import Record
from coach.engines.llm.reply import CitedReply, CriterionReply, FlagReply

MOST_QUOTES = 3
SUPPORTS = 2
"""Criteria that one piece of the candidate's words can be the evidence of."""
LONGEST_REASON = 80
"""Words; asked for are 50."""

UNPROVED = "The quote given for it does not stand in the candidate's words."
EMPTY = "The quote given for it shows nothing of it: another matter, an echo, a string of terms or a fragment."
UNREAD = "The judge gave no verdict that can be used."
SPLIT = {2: "Two readings disagree.", 3: "Three readings disagree."}
OVERUSED = "Its only evidence already supports two other criteria."
SWEEPING = "The words given for it are given for one criterion after the other."


class Reading(NamedTuple):
    """What one reply comes to for one criterion, its quotes checked."""

    outcome: Outcome
    confidence: Confidence
    reason: str
    quotes: tuple[Quote, ...] = ()
    proved: bool = True
    """False where it gave credit and no quote of it stands: then the outcome is missed."""
    spoken: bool = False
    """Some quote, for or against, stands in the candidate's words."""
    cited: tuple[Quote, ...] = ()
    """All words given for credit that stand in a candidate's turn, whatever they show."""


NOTHING = Reading(Outcome.UNJUDGED, Confidence.LOW, UNREAD, proved=False)


def read_criterion(record: Record, criteria: Criteria, name: str, said: CriterionReply | None) -> Reading:
    """A reply on the criterion called `name`; NOTHING where there is none."""
    if said is None:
        return NOTHING
    cited = _found(record, said.quotes)
    quotes = tuple(quote for quote in cited if record.is_evidence(quote))[:MOST_QUOTES]
    is_about = not criteria.has_signals(name) or _bearing(record, criteria, name, quotes).is_about
    if record.only_lists(quotes) or not is_about:
        quotes = ()
    against = _found(record, said.against)
    spoken = bool(quotes) or any(record.is_evidence(quote) for quote in against)
    reason = " ".join(said.reason.split()[:LONGEST_REASON])
    outcome = Outcome(said.verdict)
    if outcome is Outcome.MISSED:
        return Reading(outcome, said.confidence, reason, spoken=spoken)
    if not quotes:
        why = EMPTY if cited else UNPROVED
        return Reading(Outcome.MISSED, Confidence.LOW, why, proved=False, spoken=spoken, cited=tuple(cited))
    return Reading(outcome, said.confidence, reason, quotes, spoken=True, cited=tuple(cited))


def without_sweeping(record: Record, criteria: Criteria, readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """The readings of one reply, less what it credits to words it gives for criterion after criterion: those prove
    only what they are clearly about. Who believes a sentence whatever is asked has not read it."""
    uses = Counter(place for reading in readings.values() for place in _places(record, reading.cited))
    kept = dict(readings)
    for name, reading in readings.items():
        places = _places(record, reading.quotes)
        swept = bool(places) and all(uses[place] > SUPPORTS for place in places)
        if swept and not _bearing(record, criteria, name, reading.quotes).is_clearly_about:
            kept[name] = Reading(Outcome.MISSED, Confidence.LOW, SWEEPING, proved=False, spoken=reading.spoken)
    return kept


def _places(record: Record, quotes: Iterable[Quote]) -> set[tuple[str, str | None, int]]:
    """The sentences that quotes are taken from."""
    return {(quote.turn, quote.source, said.sentence.start) for quote in quotes for said in record.said(quote)}


def _bearing(record: Record, criteria: Criteria, name: str, quotes: Iterable[Quote]) -> Bearing:
    return criteria.bearing(name, (said for quote in quotes for said in record.said(quote)))


def read_flag(record: Record, name: str, said: FlagReply | None) -> FlagFinding:
    """A flag stands with a quote; claimed without one, or not answered, it is left open."""
    if said is None:
        return FlagFinding(flag=name, stands=None)
    if not said.stands:
        return FlagFinding(flag=name, stands=False)
    quotes = tuple(_found(record, said.quotes))[:MOST_QUOTES]
    return FlagFinding(flag=name, stands=True if quotes else None, quotes=quotes)


def _found(record: Record, cited: Iterable[CitedReply]) -> list[Quote]:
    found = (record.find(quote.text, quote.turn) for quote in cited)
    return list(dict.fromkeys(quote for quote in found if quote is not None))


def majority(first: Reading, others: Sequence[Reading]) -> Reading:
    """What most of the readings that can be used found; unjudged where they disagree."""
    usable = [reading for reading in (first, *others) if reading is not NOTHING]
    counts = Counter(reading.outcome for reading in usable)
    if not counts:
        return NOTHING
    outcome, votes = counts.most_common(1)[0]
    if len(usable) == 1:
        return usable[0]._replace(confidence=Confidence.LOW)
    if votes * 2 <= len(usable):
        return Reading(
            Outcome.UNJUDGED, Confidence.LOW, SPLIT[len(usable)], spoken=any(each.spoken for each in usable)
        )
    agreed = [reading for reading in usable if reading.outcome is outcome]
    chosen = max(agreed, key=lambda reading: reading.proved)
    if votes < len(usable):
        return chosen._replace(confidence=Confidence.LOW)
    unsure = chosen.confidence is Confidence.LOW and chosen.proved
    return chosen._replace(confidence=Confidence.MEDIUM) if unsure else chosen


def verdicts(readings: Mapping[str, Reading]) -> tuple[Verdict, ...]:
    """Verdicts by full name. One piece of evidence supports two criteria at most: the surest keep it."""
    order = list(Confidence)
    uses: Counter[Quote] = Counter()
    kept = dict(readings)
    for name in sorted(readings, key=lambda name: order.index(readings[name].confidence), reverse=True):
        quotes = readings[name].quotes
        if not quotes or any(uses[quote] < SUPPORTS for quote in quotes):
            uses.update(quotes)
        else:
            kept[name] = Reading(Outcome.UNJUDGED, Confidence.LOW, OVERUSED)
    return tuple(
        Verdict(criterion=name, verdict=r.outcome, confidence=r.confidence, reason=r.reason, quotes=r.quotes)
        for name, r in kept.items()
    )
