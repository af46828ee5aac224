"""The judge without a model: found, not found or can't tell, each with the candidate's sentence.

What stands on the board is read as what was said is; how the round was run shows in speech alone.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import NamedTuple

from coach.domain import evidence, grade, grading, language, numbers, scenario, scoring
from coach.domain import help as help_
from coach.domain import transcript as transcript_
from coach.domain.finding import (
    addressing,
    board,
    borrowing,
    conduct,
    craft,
    denying,
    estimates,
    finder,
    guards,
    marks,
    mermaid,
    patterns,
    polarity,
    reading,
    signals,
    thresholds,
    weighing,
)
from coach.domain.finding.conduct import Act, Seen, is_plain_dealing, observe, withdrawals
from coach.domain.finding.estimates import asked_by
from coach.domain.finding.finder import HALF, MOST, Trace, notices, reports_more_than_decides, search
from coach.domain.finding.patterns import SAYS_NO
from coach.domain.finding.reading import Heard
from coach.domain.finding.signals import locators, spoken
from coach.domain.finding.thresholds import USED, Thresholds
from coach.domain.finding.weighing import NEAR_GROUPS, likeness, weigh
from coach.domain.grade import Confidence, Findings, FlagFinding, JudgeStamp, Notice, Quote, Verdict
from coach.domain.help import opened_by_interviewer
from coach.domain.rubric import Brief
from coach.domain.scenario import Flag, Outcome
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
    board,
    borrowing,
    conduct,
    craft,
    denying,
    estimates,
    evidence,
    finder,
    grade,
    grading,
    guards,
    help_,
    language,
    marks,
    mermaid,
    numbers,
    patterns,
    polarity,
    reading,
    scenario,
    scoring,
    signals,
    thresholds,
    transcript_,
    weighing,
)
"""Modules whose change makes another judge: what findings and their arithmetic come from."""


class Looked(NamedTuple):
    """What a round holds, before anything is decided."""

    traces: Mapping[str, Trace]
    """By full name of a criterion, where anything of it was heard."""
    acts: Mapping[str, Seen]
    answered: frozenset[str]
    """Dimensions the interviewer asked about and the candidate answered."""
    wary: bool
    """The candidate reports more than they decide."""
    flags: Mapping[str, FlagFinding]
    notices: tuple[Notice, ...]


def look(brief: Brief, transcript: Transcript) -> Looked:
    """Everything the judge reads in a round."""
    return Looked(
        traces=search(brief.criteria, transcript),
        acts=observe(transcript),
        answered=frozenset(opened_by_interviewer(brief, transcript)),
        wary=reports_more_than_decides(transcript),
        flags=_flags(brief, transcript),
        notices=tuple(notices(transcript)),
    )


class OfflineJudge:
    """Finds evidence by the author's signals, and acts by their words. The same round always judges the same."""

    def __init__(self, thresholds: Thresholds = USED) -> None:
        self._thresholds = thresholds

    def stamp(self, brief: Brief) -> JudgeStamp:
        """Which judge this is: its code, the rubric, and the criteria as this scenario states them."""
        content = json.dumps(
            {
                "rubric": brief.rubric.model_dump(mode="json"),
                "criteria": {name: entry.model_dump(mode="json") for name, entry in brief.criteria.items()},
                "flags": {name: entry.model_dump(mode="json") for name, entry in brief.flags.items()},
                "math": [estimate.model_dump(mode="json") for estimate in brief.scenario.math],
                "thresholds": self._thresholds.model_dump(),
            },
            sort_keys=True,
        )
        version = hashlib.sha256(f"{_code()}\n{content}".encode()).hexdigest()
        return JudgeStamp(engine="offline", model=None, version=version, rubric=brief.rubric.name)

    def judge(
        self, brief: Brief, transcript: Transcript, dimensions: Sequence[str], round_id: str | None = None
    ) -> Iterator[Findings]:
        """Findings for each of `dimensions`, in the order given."""
        yield from self.decide(brief, look(brief, transcript), dimensions)

    def decide(self, brief: Brief, looked: Looked, dimensions: Sequence[str]) -> Iterator[Findings]:
        """Findings for each of `dimensions` from what was read."""
        verdicts = _verdicts(brief, looked, self._thresholds)
        talked = {name.split(".")[0] for name, trace in looked.traces.items() if _is_in_sight(brief, name, trace)}
        for dimension in dimensions:
            last = dimension == brief.rubric.dimension_ids[-1]
            yield Findings(
                dimension=dimension,
                verdicts=tuple(v for name, v in verdicts.items() if _is_in(dimension, name)),
                flags=tuple(flag for name, flag in looked.flags.items() if _is_in(dimension, name)),
                notices=looked.notices if last else (),
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


def _verdicts(brief: Brief, looked: Looked, thresholds: Thresholds) -> dict[str, Verdict]:
    """Every criterion's verdict by full name."""
    verdicts: dict[str, Verdict] = {}
    for name, criterion in brief.criteria.items():
        dimension, id_ = name.split(".", maxsplit=1)
        if brief.rubric.dimension(dimension).criteria and id_ in looked.acts:
            seen = looked.acts[id_]
            quotes = tuple(_spoken(act) for act in seen.acts)
            verdicts[name] = Verdict(
                criterion=name, verdict=seen.outcome, confidence=Confidence.LOW, reason=seen.reason, quotes=quotes
            )
            continue
        trace = looked.traces.get(name)
        sums = asked_by(criterion, brief.scenario.math)
        answered = dimension in looked.answered
        found = weigh(criterion, trace, sums, answered=answered, wary=looked.wary, thresholds=thresholds)
        shown = _quotes(brief, name, trace) if found.shown and trace else ()
        verdicts[name] = Verdict(
            criterion=name, verdict=found.outcome, confidence=found.confidence, reason=found.reason, quotes=shown
        )
    return _without_overused(brief, verdicts, looked.traces)


def _is_in_sight(brief: Brief, name: str, trace: Trace) -> bool:
    """Whether a criterion's words show that its dimension was spoken about: a part of them may be said anywhere."""
    if brief.criteria[name].signals:
        return trace.share >= MOST
    return trace.groups >= NEAR_GROUPS


def _without_overused(
    brief: Brief, verdicts: dict[str, Verdict], traces: Mapping[str, Trace]
) -> dict[str, Verdict]:
    """One sentence is the evidence of two criteria at most: the fullest and most alike matches keep it."""
    credited = [v for v in verdicts.values() if v.quotes and v.criterion in traces]
    credited.sort(key=lambda v: _fit(brief, v.criterion, traces[v.criterion]), reverse=True)
    uses: Counter[tuple[str, str | None, int]] = Counter()
    kept = dict(verdicts)
    for verdict in credited:
        places = [(quote.turn, quote.source, quote.start) for quote in verdict.quotes]
        if any(uses[place] < SUPPORTS for place in places):
            uses.update(places)
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
        return _quote(said, 0, len(said.sentence.text))
    begin = max(0, min(first, last - LONGEST_QUOTE))
    end = min(len(words), begin + LONGEST_QUOTE)
    return _quote(said, words[begin].start, words[end - 1].end)


def _quote(said: Heard, start: int, end: int) -> Quote:
    """The characters [start, end) of a sentence, to the letter."""
    written = said.sentence.text if said.on_board is None else said.on_board
    return Quote(
        turn=said.turn,
        start=said.sentence.start + start,
        end=said.sentence.start + end,
        text=written[start:end],
        source=None if said.on_board is None else "board",
    )


def _spoken(act: Act) -> Quote:
    return Quote(turn=act.turn, start=act.sentence.start, end=act.sentence.end, text=act.sentence.text)


def _flags(brief: Brief, transcript: Transcript) -> dict[str, FlagFinding]:
    """Flags stand only on a full match of their author's signals that is not taken back, or wiped, later."""
    signalled = {name: flag for name, flag in brief.flags.items() if flag.signals}
    traces = search(signalled, transcript) if signalled else {}
    order = {turn.id: i for i, turn in enumerate(transcript.turns)}
    taken_back = max((order[act.turn] for act in withdrawals(transcript)), default=-1)
    last = next((turn.board.text for turn in reversed(transcript.candidate) if turn.board), "")
    findings: dict[str, FlagFinding] = {}
    for name, flag in brief.flags.items():
        stands: bool | None = None
        quotes: tuple[Quote, ...] = ()
        trace = traces.get(name)
        if name == "communication.monologue":
            stands = False if _long_turns(transcript) <= MONOLOGUES else None
        elif name == "communication.bluffs":
            stands = False if is_plain_dealing(transcript) else None
        elif trace is not None and trace.share >= MOST and trace.unheld < HALF and not trace.imagined:
            if taken_back <= order[trace.window[-1].turn] and all(_is_still_there(h, last) for h in trace.window):
                stands = True
                quotes = tuple(_quote(h, 0, len(h.sentence.text)) for h in trace.window[:MOST_QUOTES])
        elif name in signalled and (trace is None or _is_only_rejected(flag, trace)):
            stands = False
        findings[name] = FlagFinding(flag=name, stands=stands, quotes=quotes)
    return findings


def _is_only_rejected(flag: Flag, trace: Trace) -> bool:
    """Whether all of a flag is said, and never as the candidate's position. A flag whose own signals say no
    (`no appeal`) would look rejected where it is held: of such a flag it cannot be told."""
    says_no = any(SAYS_NO.search(phrase) for group in flag.signals for phrase in group)
    return trace.unheld >= MOST and trace.share < HALF and not says_no


def _is_still_there(said: Heard, board: str) -> bool:
    """Whether nobody has wiped it off the board, as it stood last."""
    return said.on_board is None or said.on_board in board


def _long_turns(transcript: Transcript) -> int:
    return sum(speaking_seconds(turn.text) > MONOLOGUE_SECONDS for turn in transcript.candidate)
