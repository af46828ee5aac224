"""How the candidate ran the round, from acts that can be pointed at. Never accent, grammar, fillers or pace.

Each rule finds sentences. Whether a reply is right is judged elsewhere; here, only whether it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from coach.domain.finding.addressing import addressed
from coach.domain.finding.finder import reports_more_than_decides
from coach.domain.finding.guards import LEAST_TO_ECHO, echoes, is_soup
from coach.domain.finding.marks import unmarked
from coach.domain.finding.patterns import (
    ANSWERS,
    ASKS_FOR_SOURCE,
    ASKS_FOR_WORRIES,
    ASSUMES,
    CHECKS,
    CLAIMS_PROOF,
    COSTS,
    EVADES,
    FINDS_OUT,
    GIVES_TIME,
    GREETS,
    HOW_MUCH,
    RETRACTS,
    RISK,
    RISKIEST,
    ROUND,
    SKIPS,
    SKIPS_ALOUD,
    STAYS_PUT,
    STEP,
    TAKES_IN,
    UNKNOWN,
)
from coach.domain.finding.signals import signs, spoken
from coach.domain.language import EVERYDAY, Span, content_stems, sentences, stem, words
from coach.domain.numbers import numbers
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move, Speaker, Transcript, Turn

PLAN_SECONDS = 300.0
"""A plan for the round is stated within the first five minutes."""
COMMITMENTS = 3
"""Decision points at which an option is chosen and its cost named."""
OPENING = 2
"""Sentences of a reply within which a question is answered."""
SOON = 3
"""Sentences of a reply within which a bare answer shows what it is about."""
FRAGMENT = 7
"""Words at most of a first sentence that is the bare answer: `Of statements, not of replies.`"""
ANSWERED = 3
"""Plain answers that show a habit of answering first."""
ANSWERED_SHARE = 0.25
"""The share of questions they are at least: most direct answers take no form that a rule can see."""
EVASIONS = 2
"""Replies that put the answer off, from which on the habit is not kept."""
AGREEING = frozenset("exactly precisely agree agreed correct absolutely indeed same".split())
"""Words that answer nothing by themselves."""
NEW_POSITION = 4
"""Words of content beside a withdrawal that say what holds instead."""

SHOWN = 40
"""Words of a sentence that are shown as the act."""


class Act(NamedTuple):
    """A sentence of a candidate turn."""

    turn: str
    sentence: Span


class Seen(NamedTuple):
    """What the acts of a round come to for one criterion, the sentences that show it, and why."""

    outcome: Outcome
    acts: tuple[Act, ...]
    reason: str


class Reply(NamedTuple):
    """What the candidate said to one turn of the interviewer."""

    question: Turn
    acts: tuple[Act, ...]

    @property
    def opening(self) -> str:
        return " ".join(_plain(act) for act in self.acts[:OPENING])

    @property
    def own(self) -> tuple[Act, ...]:
        """What does not only say the interviewer's words back."""
        return tuple(
            act
            for act in self.acts
            if len(content_stems(_plain(act))) < LEAST_TO_ECHO or not echoes(_plain(act), self.question.text)
        )


_UNDECIDED = Seen(Outcome.UNJUDGED, (), "Cannot be told from words alone.")
_QUESTIONS = {Move.PROBE, Move.FOLLOW_UP, Move.CURVEBALL, Move.HINT}


def observe(transcript: Transcript) -> dict[str, Seen]:
    """What the acts of a round come to, by the criterion's id."""
    said = list(_acts(transcript))
    replies = list(_replies(transcript, said))
    wary = reports_more_than_decides(transcript)
    seen = {
        "plan-stated": _plan(transcript),
        "assumptions-marked": _assumptions([act for reply in replies for act in reply.own]),
        "commits-with-cost": _commitments(said),
        "steers-time": _steering(said, replies),
        "handles-not-knowing": _not_knowing(said),
        "updates-on-evidence": _updates(said, replies, wary=wary),
        "answers-the-question": _UNDECIDED if wary else _answers(replies),
    }
    return {id_: each._replace(acts=tuple(map(_shortened, each.acts))) for id_, each in seen.items()}


def _shortened(act: Act) -> Act:
    """The act as it is shown: of a long sentence its first words."""
    said = act.sentence
    ends = [match.end() for match in re.finditer(r"\S+", said.text)]
    if len(ends) <= SHOWN:
        return act
    end = ends[SHOWN - 1]
    return Act(act.turn, Span(said.text[:end], said.start, said.start + end))


def withdrawals(transcript: Transcript) -> list[Act]:
    """Sentences in which the candidate takes something back or takes in a challenge."""
    return _matching(list(_acts(transcript)), TAKES_IN)


def is_plain_dealing(transcript: Transcript) -> bool:
    """Whether a bluff can be ruled out: the limits of what is known are said, no proof is claimed that nobody can
    look at, and no figure had to be accounted for."""
    said = list(_acts(transcript))
    if any(ASKS_FOR_SOURCE.search(turn.text) for turn in transcript.turns if turn.speaker is Speaker.INTERVIEWER):
        return False
    if reports_more_than_decides(transcript) or _matching(said, CLAIMS_PROOF):
        return False
    return _not_knowing(said).outcome is Outcome.MET


def _acts(transcript: Transcript) -> Iterator[Act]:
    for turn in transcript.candidate:
        aside = addressed(turn.text)
        for sentence in sentences(turn.text):
            if not any(span.start < sentence.end and sentence.start < span.end for span in aside):
                yield Act(turn.id, sentence)


def _replies(transcript: Transcript, said: list[Act]) -> Iterator[Reply]:
    question: Turn | None = None
    for turn in transcript.turns:
        if turn.speaker is Speaker.INTERVIEWER:
            question = turn
        elif question is not None:
            yield Reply(question, tuple(act for act in said if act.turn == turn.id))


def _plain(act: Act) -> str:
    return unmarked(act.sentence.text).text


def _matching(said: list[Act], pattern: re.Pattern[str]) -> list[Act]:
    return [act for act in said if pattern.search(_plain(act))]


def _plan(transcript: Transcript) -> Seen:
    early = {turn.id for turn, at in zip(transcript.turns, transcript.starts, strict=True) if at <= PLAN_SECONDS}
    by_turn: dict[str, list[Act]] = {}
    for act in _acts(transcript):
        if act.turn in early:
            by_turn.setdefault(act.turn, []).append(act)
    best: list[Act] = []
    ranked = (False, 0)
    for acts in by_turn.values():
        telling = _matching(acts, STEP)
        count = sum(len(STEP.findall(_plain(act))) for act in telling)
        rank = (count >= 2 and bool(_matching(acts, ROUND)), count)
        if rank > ranked:
            best, ranked = telling, rank
    about, steps = ranked
    if about:
        return Seen(Outcome.MET, tuple(best[:3]), f"{steps} steps of a plan in one early turn.")
    if steps >= 2 or transcript.seconds < PLAN_SECONDS:
        return _UNDECIDED
    return Seen(Outcome.MISSED, (), "No order of steps in the first five minutes.")


def _answers(replies: list[Reply]) -> Seen:
    asked = [reply for reply in replies if reply.acts and _is_question(reply.question)]
    plain = [reply.acts[0] for reply in asked if _answers_first(reply)]
    evaded = [reply.acts[0] for reply in asked if EVADES.search(reply.opening)]
    if len(evaded) >= EVASIONS and plain:
        return Seen(Outcome.PARTIAL, tuple(plain[:3]), f"Some questions are answered first, {len(evaded)} put off.")
    if len(evaded) > EVASIONS:
        return Seen(Outcome.MISSED, (), f"{len(evaded)} of {len(asked)} questions are put off.")
    if len(plain) < ANSWERED or len(plain) < ANSWERED_SHARE * len(asked):
        return _UNDECIDED
    return Seen(Outcome.MET, tuple(plain[:3]), f"{len(plain)} of {len(asked)} questions plainly answered first.")


def _is_question(turn: Turn) -> bool:
    return turn.move in _QUESTIONS or (turn.move is None and "?" in turn.text)


def _answers_first(reply: Reply) -> bool:
    """Whether the reply opens with what the question asks for, in a form that shows it."""
    question, first = reply.question.text, _plain(reply.acts[0])
    if is_soup(first) or echoes(first, question) or EVADES.search(reply.opening):
        return False
    if not any(_own_content(_plain(act)) or numbers(_plain(act)) for act in reply.acts):
        return False
    if HOW_MUCH.search(question) and numbers(reply.opening):
        return True
    if any(asks.search(question) and gives.match(reply.opening) for asks, gives in ANSWERS):
        return True
    return _is_bare_answer(first) and bool(_about(question) & _about(" ".join(map(_plain, reply.acts[:SOON]))))


def _about(text: str) -> set[str]:
    return {sign.name for sign in signs(spoken(text))}


def _is_bare_answer(sentence: str) -> bool:
    said = [word.text for word in words(sentence)]
    says = bool(numbers(sentence)) or not _own_content(sentence) <= _everyday()
    return 2 <= len(said) <= FRAGMENT and says and not sentence.endswith("?") and not GREETS.search(sentence)


def _own_content(text: str) -> frozenset[str]:
    """Stems of what a sentence says beyond agreeing."""
    return content_stems(text) - {stem(word) for word in AGREEING}


def _assumptions(said: list[Act]) -> Seen:
    assumed = _matching(said, ASSUMES)
    checked = [act for act in said if CHECKS.search(_plain(act)) and act.turn in {known.turn for known in assumed}]
    if assumed and checked:
        return Seen(Outcome.MET, (assumed[0], checked[0]), "An assumption is marked and checked.")
    if assumed:
        return Seen(Outcome.PARTIAL, (assumed[0],), "An assumption is marked, none checked.")
    return _UNDECIDED


def _commitments(said: list[Act]) -> Seen:
    costs = _matching(said, COSTS)
    if len(costs) >= COMMITMENTS:
        return Seen(Outcome.MET, tuple(costs[:3]), f"The cost of a choice is named {len(costs)} times.")
    return _UNDECIDED


def _steering(said: list[Act], replies: list[Reply]) -> Seen:
    """Three acts in more than one turn: a part left out aloud, one called the risky one unasked, time for it."""
    asked = {act for reply in replies if ASKS_FOR_WORRIES.search(reply.question.text) for act in reply.acts}
    unasked = [act for act in said if act not in asked]
    skips, risks, time = _matching(said, SKIPS_ALOUD), _matching(unasked, RISKIEST), _matching(said, GIVES_TIME)
    if skips and risks and time and len({act.turn for act in (*skips, *risks, *time)}) > 1:
        acts = tuple(dict.fromkeys((skips[0], risks[0], time[0])))
        return Seen(Outcome.MET, acts, "Says what is left out, what is risky, and gives that part the time.")
    if not skips and not time and not _matching(said, SKIPS) and not _matching(unasked, RISK):
        return Seen(Outcome.MISSED, (), "Nothing is skipped aloud and no part is called the risky one.")
    return _UNDECIDED


def _updates(said: list[Act], replies: list[Reply], *, wary: bool) -> Seen:
    """An own position taken back for a new one. Given in to a follow-up, or by one who often reports others, it may
    be folding: that stays open."""
    earlier: frozenset[str] = frozenset()
    for reply in replies:
        taken_back = _matching(list(reply.acts), RETRACTS)
        unforced = not wary and reply.question.move is not Move.FOLLOW_UP
        if taken_back and unforced and _replaces(reply, taken_back[0], earlier):
            return Seen(Outcome.MET, (taken_back[0],), "A position is taken back and another put in its place.")
        earlier |= _own_words(reply.acts)
    waved = [reply.acts[0] for reply in replies if reply.acts and STAYS_PUT.search(reply.opening)]
    if waved and not _matching(said, RETRACTS) and not _matching(said, TAKES_IN):
        return Seen(Outcome.MISSED, (), "A challenge is waved away, and nothing is ever taken back.")
    return _UNDECIDED


def _replaces(reply: Reply, withdrawal: Act, earlier: frozenset[str]) -> bool:
    """Whether what is taken back was the candidate's, and the reply says what holds instead."""
    at = reply.acts.index(withdrawal)
    near = _own_words(reply.acts[max(0, at - 1) : at + 2])
    instead = _own_words(act for act in reply.acts if act is not withdrawal)
    return not near.isdisjoint(earlier) and len(instead - content_stems(reply.question.text)) >= NEW_POSITION


def _own_words(acts: Iterable[Act]) -> frozenset[str]:
    return frozenset().union(*(content_stems(_plain(act)) for act in acts)) - _everyday()


@cache
def _everyday() -> frozenset[str]:
    return frozenset(map(stem, EVERYDAY))


def _not_knowing(said: list[Act]) -> Seen:
    for i, act in enumerate(said):
        if UNKNOWN.search(_plain(act)):
            for after in said[i : i + 2]:
                if after.turn == act.turn and FINDS_OUT.search(_plain(after)):
                    acts = (act,) if after is act else (act, after)
                    return Seen(Outcome.MET, acts, "Says what is not known and how to find out.")
    return _UNDECIDED
