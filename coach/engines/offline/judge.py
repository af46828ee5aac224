"""The judge without a model: found, not found or can't tell, each with the candidate's sentence."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from types import ModuleType

from coach.domain import evidence, grade, grading, language, numbers, scenario, scoring
from coach.domain import help as help_
from coach.domain.finding import (
    addressing,
    conduct,
    craft,
    estimates,
    finder,
    guards,
    patterns,
    polarity,
    signals,
    weighing,
)
from coach.domain.finding.conduct import observe, withdrawals
from coach.domain.finding.estimates import asked_by
from coach.domain.finding.finder import Heard, Trace, notices, reports_more_than_decides, search
from coach.domain.finding.signals import locators, spoken
from coach.domain.finding.weighing import HALF, MOST, NEAR_GROUPS, likeness, weigh
from coach.domain.grade import Confidence, Findings, FlagFinding, JudgeStamp, Quote, Verdict
from coach.domain.help import opened_by_interviewer
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome
from coach.domain.transcript import Transcript, speaking_seconds

LONGEST_QUOTE = 40
"""Words of a quote at most."""
MOST_QUOTES = 3
SUPPORTS = 2
"""Criteria that one sentence can be the evidence of."""
MONOLOGUE_SECONDS = 180.0
MONOLOGUES = 2
"""More turns than this of over three minutes may be monologues; up to this many are not."""
_DEPENDS_ON: tuple[ModuleType, ...] = (
    addressing,
    conduct,
    craft,
    estimates,
    evidence,
    finder,
    grade,
    grading,
    guards,
    help_,
    language,
    numbers,
    patterns,
    polarity,
    scenario,
    scoring,
    signals,
    weighing,
)
"""Modules whose change makes another judge: what findings and their arithmetic come from."""


class OfflineJudge:
    """Finds evidence by the author's signals, and acts by their words. The same round always judges the same."""

    def stamp(self, brief: Brief) -> JudgeStamp:
        """Which judge this is: its code, the rubric, and the criteria as this scenario states them."""
        content = json.dumps(
            {
                "rubric": brief.rubric.model_dump(mode="json"),
                "criteria": {name: entry.model_dump(mode="json") for name, entry in brief.criteria.items()},
                "flags": {name: entry.model_dump(mode="json") for name, entry in brief.flags.items()},
                "math": [estimate.model_dump(mode="json") for estimate in brief.scenario.math],
            },
            sort_keys=True,
        )
        version = hashlib.sha256(f"{_code()}\n{content}".encode()).hexdigest()
        return JudgeStamp(engine="offline", model=None, version=version, rubric=brief.rubric.name)

    def judge(self, brief: Brief, transcript: Transcript, dimensions: Sequence[str]) -> Iterator[Findings]:
        """Findings for each of `dimensions`, in the order given."""
        verdicts, talked = _verdicts(brief, transcript)
        flags = _flags(brief, transcript)
        to_grader = notices(transcript)
        for dimension in dimensions:
            last = dimension == brief.rubric.dimension_ids[-1]
            yield Findings(
                dimension=dimension,
                verdicts=tuple(v for name, v in verdicts.items() if _is_in(dimension, name)),
                flags=tuple(flag for name, flag in flags.items() if _is_in(dimension, name)),
                notices=tuple(to_grader) if last else (),
                opened=dimension in talked,
            )


@cache
def _code() -> str:
    """Fingerprint of everything the findings and the arithmetic depend on."""
    here = inspect.getmodule(_code)
    sources = [inspect.getsource(module) for module in (*_DEPENDS_ON, here) if module]
    return hashlib.sha256("\n".join(sources).encode()).hexdigest()


def _is_in(dimension: str, name: str) -> bool:
    return name.split(".", maxsplit=1)[0] == dimension


def _verdicts(brief: Brief, transcript: Transcript) -> tuple[dict[str, Verdict], set[str]]:
    """Every criterion's verdict by full name, and the dimensions the candidate spoke about."""
    traces = search(brief.criteria, transcript)
    talked = {name.split(".")[0] for name, trace in traces.items() if _is_in_sight(brief, name, trace)}
    answered = opened_by_interviewer(brief, transcript).keys()
    acts = observe(transcript)
    wary = reports_more_than_decides(transcript)
    verdicts: dict[str, Verdict] = {}
    for name, criterion in brief.criteria.items():
        dimension, id_ = name.split(".", maxsplit=1)
        if brief.rubric.dimension(dimension).criteria and id_ in acts:
            seen = acts[id_]
            quotes = tuple(_quote(act.turn, act.sentence.text, act.sentence.start) for act in seen.acts)
            verdicts[name] = Verdict(
                criterion=name, verdict=seen.outcome, confidence=Confidence.LOW, reason=seen.reason, quotes=quotes
            )
            continue
        trace = traces.get(name)
        sums = asked_by(criterion, brief.scenario.math)
        found = weigh(criterion, trace, sums, answered=dimension in answered, wary=wary)
        shown = _quotes(brief, name, trace) if found.shown and trace else ()
        verdicts[name] = Verdict(
            criterion=name, verdict=found.outcome, confidence=found.confidence, reason=found.reason, quotes=shown
        )
    return _without_overused(brief, verdicts, traces), talked


def _is_in_sight(brief: Brief, name: str, trace: Trace) -> bool:
    """Whether a criterion's words show that its dimension was spoken about: a part of them may be said anywhere."""
    if brief.criteria[name].signals:
        return trace.share >= MOST
    return trace.groups >= NEAR_GROUPS


def _without_overused(brief: Brief, verdicts: dict[str, Verdict], traces: dict[str, Trace]) -> dict[str, Verdict]:
    """One sentence is the evidence of two criteria at most: the fullest and most alike matches keep it."""
    credited = [v for v in verdicts.values() if v.quotes and v.criterion in traces]
    credited.sort(key=lambda v: _fit(brief, v.criterion, traces[v.criterion]), reverse=True)
    uses: Counter[tuple[str, int]] = Counter()
    kept = dict(verdicts)
    for verdict in credited:
        free = [quote for quote in verdict.quotes if uses[quote.turn, quote.start] < SUPPORTS]
        if free:
            uses.update((quote.turn, quote.start) for quote in verdict.quotes)
        else:
            kept[verdict.criterion] = Verdict(
                criterion=verdict.criterion,
                verdict=Outcome.UNJUDGED,
                reason="Its only evidence already supports two other criteria.",
            )
    return kept


def _fit(brief: Brief, name: str, trace: Trace) -> tuple[float, int]:
    return trace.share, likeness(brief.criteria[name], trace)


def _quotes(brief: Brief, name: str, trace: Trace) -> tuple[Quote, ...]:
    return tuple(_around_hits(brief, name, said) for said in trace.window[:MOST_QUOTES])


def _around_hits(brief: Brief, name: str, said: Heard) -> Quote:
    """The sentence, or of a long one the part in which the criterion was heard."""
    words = spoken(said.sentence.text)
    heard = [hit for hit in locators(brief.criteria).hits(words) if hit.name == name]
    first = min((hit.first for hit in heard), default=0)
    last = max((hit.last for hit in heard), default=0)
    if len(words) <= LONGEST_QUOTE:
        return _quote(said.turn, said.sentence.text, said.sentence.start)
    begin = max(0, min(first, last - LONGEST_QUOTE))
    end = min(len(words), begin + LONGEST_QUOTE)
    start = words[begin].start
    return _quote(said.turn, said.sentence.text[start : words[end - 1].end], said.sentence.start + start)


def _quote(turn: str, text: str, start: int) -> Quote:
    return Quote(turn=turn, start=start, end=start + len(text), text=text)


def _flags(brief: Brief, transcript: Transcript) -> dict[str, FlagFinding]:
    """Flags stand only on a full match of their author's signals that is not taken back later."""
    signalled = {name: flag for name, flag in brief.flags.items() if flag.signals}
    traces = search(signalled, transcript) if signalled else {}
    order = {turn.id: i for i, turn in enumerate(transcript.turns)}
    taken_back = max((order[act.turn] for act in withdrawals(transcript)), default=-1)
    findings: dict[str, FlagFinding] = {}
    for name in brief.flags:
        stands: bool | None = None
        quotes: tuple[Quote, ...] = ()
        trace = traces.get(name)
        if name == "communication.monologue":
            stands = False if _long_turns(transcript) <= MONOLOGUES else None
        elif trace is not None and trace.share >= MOST and trace.unheld < HALF and not trace.imagined:
            if taken_back <= order[trace.window[-1].turn]:
                stands = True
                quotes = tuple(
                    _quote(h.turn, h.sentence.text, h.sentence.start) for h in trace.window[:MOST_QUOTES]
                )
        elif name in signalled and trace is None:
            stands = False
        findings[name] = FlagFinding(flag=name, stands=stands, quotes=quotes)
    return findings


def _long_turns(transcript: Transcript) -> int:
    return sum(speaking_seconds(turn.text) > MONOLOGUE_SECONDS for turn in transcript.candidate)
