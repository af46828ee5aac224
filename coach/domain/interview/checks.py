"""The fifteen checks on an interviewer, run on a transcript.

Source: the interviewer protocol's table of quality checks. Authored lines (opening, facts, probes, hints,
curveballs) are the author's business: the checks on wording look at what the engine said around them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from statistics import median

from rapidfuzz import fuzz

from coach.domain.finding.coverage import Coverage, coverage, opened_unasked
from coach.domain.help import opened_by_interviewer
from coach.domain.interview.cues import situations_in
from coach.domain.interview.hearing import hear, near_facts
from coach.domain.interview.timebox import ALL_OPENED_BY, CLOSE, EVALS_OPENED_BY
from coach.domain.interview.wording import OUT_OF_ROLE, judges, quotes_in, stands_in, tells, terms
from coach.domain.language import content_stems
from coach.domain.round import Situation
from coach.domain.rubric import Brief
from coach.domain.scenario import Outcome, Rung
from coach.domain.transcript import Move, Speaker, Transcript, Turn
from coach.domain.value import Value

LONG_ROUND_MINUTES = 35
LONG_ROUND_WORDS = 600
"""Failure threads and word share apply to rounds of 35 minutes and more with at least 600 candidate words."""


class Check(Value):
    """One check. `passes` is None where it does not apply to this round."""

    name: str
    passes: bool | None
    found: str
    """What was measured, in words."""
    turns: tuple[str, ...] = ()
    """Interviewer turns to look at."""


def check_interviewer(brief: Brief, transcript: Transcript) -> tuple[Check, ...]:
    """The fifteen checks on the interviewer of `transcript`, in the protocol's order."""
    seen = _Seen(brief, transcript)
    return tuple(check(seen) for check in _CHECKS)


class _Seen:
    """A transcript as the checks look at it."""

    def __init__(self, brief: Brief, transcript: Transcript) -> None:
        self.brief = brief
        self.transcript = transcript
        self.turns = transcript.turns
        self.place = {turn.id: i for i, turn in enumerate(self.turns)}
        self.starts = dict(zip(self.place, transcript.starts, strict=True))
        self.said = [turn for turn in self.turns if turn.speaker is Speaker.INTERVIEWER]
        self.after_opening = [turn for turn in self.said if turn.move is not Move.OPENING]
        self.candidate_words = sum(turn.words for turn in transcript.candidate)
        long_enough = transcript.minutes >= LONG_ROUND_MINUTES and self.candidate_words >= LONG_ROUND_WORDS
        self.is_long = long_enough and self.ran_to(ALL_OPENED_BY)
        self._views: dict[int, Coverage] = {}

    def ran_to(self, share: float) -> bool:
        """Whether the round lasted to this share of its minutes."""
        return self.transcript.seconds >= share * self.transcript.minutes * 60

    def chances_by(self, share: float) -> int:
        """How many turns the interviewer had had by this share of the round: as many questions could be asked."""
        due = share * self.transcript.minutes * 60
        return sum(1 for turn in self.after_opening if self.starts[turn.id] <= due)

    def upto(self, turn: Turn) -> Transcript:
        """The transcript before a turn."""
        return self.transcript.model_copy(update={"turns": self.turns[: self.place[turn.id]]})

    def coverage_before(self, turn: Turn) -> Coverage:
        place = self.place[turn.id]
        if place not in self._views:
            self._views[place] = coverage(self.brief, self.upto(turn))
        return self._views[place]

    def authored(self, turn: Turn) -> list[str]:
        """The author's lines inside an interviewer turn."""
        scenario = self.brief.scenario
        lines = [scenario.opening] if turn.move is Move.OPENING else []
        if turn.fact in scenario.facts_by_id:
            lines.append(scenario.facts_by_id[turn.fact].say)
        if turn.probe:
            dimension, _, rung = turn.probe.partition(".")
            lines += [line for name, line in scenario.probes.get(dimension, {}).items() if name == rung]
        if turn.hint and turn.dimension:
            lines += [hint.say for hint in scenario.hints.get(turn.dimension, ())[turn.hint - 1 : turn.hint]]
        if turn.move is Move.FALLBACK:
            lines += [line for probes in scenario.probes.values() for line in probes.values()]
        if turn.move in {Move.CURVEBALL, Move.FALLBACK}:
            lines += [ball.say for ball in scenario.curveballs if turn.curveball in {None, ball.id}]
        return lines

    def own_words(self, turn: Turn) -> str:
        """What the engine said around the author's lines."""
        text = turn.text
        for line in self.authored(turn):
            text = text.replace(line, " ")
        return text

    @cached_property
    def opened_at(self) -> dict[str, float]:
        """When each dimension was opened, in seconds: asked about, or opened by the candidate."""
        opened = {
            dimension: self.starts[self.turns[self.place[answer] - 1].id]
            for dimension, answer in opened_by_interviewer(self.brief, self.transcript).items()
        }
        for turn in self.transcript.candidate:
            after = self.place[turn.id] + 1
            if after >= len(self.turns):
                break
            for dimension in opened_unasked(self.brief, self.coverage_before(self.turns[after])):
                opened[dimension] = min(opened.get(dimension, self.starts[turn.id]), self.starts[turn.id])
        return opened


def _clean(name: str, offending: list[Turn], what: str) -> Check:
    found = f"{len(offending)} {what}" if offending else f"no {what}"
    return Check(name=name, passes=not offending, found=found, turns=tuple(turn.id for turn in offending))


def _one_question(seen: _Seen) -> Check:
    many = [turn for turn in seen.after_opening if turn.text.count("?") > 1]
    share = 1 - len(many) / max(1, len(seen.after_opening))
    turns = tuple(turn.id for turn in many)
    return Check(name="one question a turn", passes=share >= 0.95, found=f"{share:.0%} of turns", turns=turns)


def _short_turns(seen: _Seen) -> Check:
    """Facts and curveballs are the author's length."""
    lengths = {turn.id: turn.words for turn in seen.after_opening}
    for turn in seen.after_opening:
        if turn.fact or turn.move is Move.CURVEBALL:
            lengths[turn.id] = len(seen.own_words(turn).split())
            if turn.fact and turn.probe:
                dimension, _, rung = turn.probe.partition(".")
                lengths[turn.id] += len(seen.brief.scenario.probes[dimension][Rung(rung)].split())
    middle = median(lengths.values()) if lengths else 0
    long = tuple(id_ for id_, length in lengths.items() if length > 60)
    found = f"median {middle:.0f}, longest {max(lengths.values(), default=0)}"
    return Check(name="words a turn", passes=middle <= 25 and not long, found=found, turns=long)


def _word_share(seen: _Seen) -> Check:
    spoken = sum(turn.words for turn in seen.said)
    share = spoken / max(1, spoken + seen.candidate_words)
    return Check(name="share of words", passes=share <= 0.20 if seen.is_long else None, found=f"{share:.0%}")


def _fact_leaks(seen: _Seen) -> Check:
    """A question that cannot be placed may be answered at once with a fact it may be about."""
    leaks = []
    asked: set[str] = set()
    near: set[str] = set()
    for turn in seen.turns:
        if turn.speaker is Speaker.CANDIDATE:
            heard = hear(seen.brief.scenario, turn.text)
            asked.update(heard.facts)
            near = set(near_facts(seen.brief.scenario, turn.text)) if heard.asks and not heard.facts else set()
            if Situation.BROAD_QUESTION in heard.situations:
                asked.update(fact.id for fact in seen.brief.scenario.facts[:2])
        elif turn.move is not Move.OPENING:
            if _leaks(seen, turn, asked | near):
                leaks.append(turn)
            asked |= near & {turn.fact}
            near = set()
    return _clean("facts told only when asked", leaks, "leaked facts")


def _leaks(seen: _Seen, turn: Turn, asked: set[str]) -> bool:
    if turn.fact and turn.fact not in asked:
        return True
    own = seen.own_words(turn)
    return any(fact.id not in asked and tells(fact, own) for fact in seen.brief.scenario.facts)


def _term_leaks(seen: _Seen) -> Check:
    secret = terms(seen.brief)
    known: set[str] = set()
    offending = []
    for turn in seen.turns:
        if turn.speaker is Speaker.INTERVIEWER and content_stems(seen.own_words(turn)) & secret - known:
            offending.append(turn)
        known |= content_stems(turn.text)
    return _clean("no term of a criterion said first", offending, "leaked terms")


def _exposing_probes(seen: _Seen) -> Check:
    """An open chance is the clarify rung, or a point the candidate earned there before it was asked."""
    offending = []
    clarified: set[str] = set()
    for turn in seen.said:
        if not turn.probe:
            continue
        dimension, _, rung = turn.probe.partition(".")
        if rung == Rung.CLARIFY:
            clarified.add(dimension)
        elif seen.brief.scenario.exposes.get(turn.probe) and dimension not in clarified:
            earned = seen.coverage_before(turn).found
            if not any(n.startswith(f"{dimension}.") and found is Outcome.MET for n, found in earned.items()):
                offending.append(turn)
    return _clean("an open chance before an exposing probe", offending, "exposing probes too early")


def _praise(seen: _Seen) -> Check:
    judging = [turn for turn in seen.said if judges(seen.own_words(turn))]
    return _clean("no judgement in the voice", judging, "judging turns")


def _repeats(seen: _Seen) -> Check:
    offending = []
    asked: set[str] = set()
    for turn in seen.said:
        if not turn.probe:
            continue
        exposed = seen.brief.scenario.exposes.get(turn.probe, ())
        found = seen.coverage_before(turn).found if exposed else {}
        if turn.probe in asked or (exposed and all(found.get(name) is Outcome.MET for name in exposed)):
            offending.append(turn)
        asked.add(turn.probe)
    return _clean("nothing asked twice", offending, "repeated questions")


def _invented(seen: _Seen) -> Check:
    offending = []
    for turn in seen.after_opening:
        earlier = " ".join(said.text for said in seen.upto(turn).candidate)
        if any(not stands_in(quote, earlier) for quote in quotes_in(turn.text)):
            offending.append(turn)
    return _clean("no invented “you said”", offending, "invented statements")


def _contradictions(seen: _Seen) -> Check:
    facts = seen.brief.scenario.facts_by_id
    told = [turn for turn in seen.said if turn.fact in facts]
    offending = [turn for turn in told if fuzz.partial_ratio(facts[turn.fact or ""].say, turn.text) < 90]
    return _clean("facts told alike each time", offending, "facts told otherwise")


def _all_opened(seen: _Seen) -> Check:
    """Applies where the candidate left room for as many questions as there are dimensions."""
    name = "all opened by 80 % of the time"
    dimensions = seen.brief.probed_dimensions
    chances = seen.chances_by(ALL_OPENED_BY)
    if not seen.ran_to(ALL_OPENED_BY) or chances < len(dimensions):
        return Check(name=name, passes=None, found=f"{chances} interviewer turns in that time")
    due = ALL_OPENED_BY * seen.transcript.minutes * 60
    late = [dimension for dimension in dimensions if seen.opened_at.get(dimension, float("inf")) > due]
    found = f"{len(dimensions) - len(late)} of {len(dimensions)}" + (f", not {', '.join(late)}" if late else "")
    return Check(name=name, passes=not late, found=found)


def _evals_early(seen: _Seen) -> Check:
    name = "evals opened by 53 % of the time"
    if "evals" not in seen.brief.probed_dimensions or not seen.ran_to(EVALS_OPENED_BY):
        return Check(name=name, passes=None, found="does not apply")
    at = seen.opened_at.get("evals", float("inf")) / (seen.transcript.minutes * 60)
    return Check(name=name, passes=at <= EVALS_OPENED_BY, found="never" if at == float("inf") else f"at {at:.0%}")


def _failure_threads(seen: _Seen) -> Check:
    """Applies where the candidate answered often enough for all dimensions, two more questions and the close."""
    taken = {turn.probe for turn in seen.said if turn.probe and turn.probe.endswith(f".{Rung.FAILURE}")}
    room = seen.chances_by(CLOSE.start) >= len(seen.brief.probed_dimensions) + 4
    passes = len(taken) >= 2 if seen.is_long and room else None
    return Check(name="threads taken to failure", passes=passes, found=str(len(taken)))


def _stays_in_role(seen: _Seen) -> Check:
    secrets = [criterion.text.lower() for criterion in seen.brief.criteria.values()]
    aimed = [
        seen.turns[i + 1]
        for i, turn in enumerate(seen.turns[:-1])
        if turn.speaker is Speaker.CANDIDATE and Situation.KEEPS_ROLE in situations_in(turn.text)
    ]
    offending = []
    for answer in aimed:
        own = seen.own_words(answer)
        gave_in = len(own) > 30 and any(fuzz.partial_ratio(secret, own.lower()) >= 85 for secret in secrets)
        if gave_in or OUT_OF_ROLE.search(own):
            offending.append(answer)
    check = _clean("stays in role", offending, "turns out of role")
    return check if aimed else check.model_copy(update={"passes": None, "found": "nothing aimed at it"})


def _ends_well(seen: _Seen) -> Check:
    closing = [turn for turn in seen.said if turn.move is Move.CLOSE]
    complete = len(closing) >= 3 and seen.turns[-1].move is Move.CLOSE
    passes = complete if seen.ran_to(1.0) or closing else None
    return Check(name="ends with summary, questions, close", passes=passes, found=f"{len(closing)} closing turns")


_CHECKS: tuple[Callable[[_Seen], Check], ...] = (
    _one_question,
    _short_turns,
    _word_share,
    _fact_leaks,
    _term_leaks,
    _exposing_probes,
    _praise,
    _repeats,
    _invented,
    _contradictions,
    _all_opened,
    _evals_early,
    _failure_threads,
    _stays_in_role,
    _ends_well,
)
