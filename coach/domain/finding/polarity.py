"""How a thing was said: held, rejected, only imagined, or other people's.

A rejection reaches from its cue to the end of the clause (NegEx; Chapman et al. 2001, J Biomed Inform 34:301).
Words of other people, and words taken back in the next sentence, are not the candidate's position.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from coach.domain.finding.patterns import any_of, either
from coach.domain.language import Span, sentences


class Stance(IntEnum):
    """What a stretch of words commits the speaker to, least first."""

    BORROWED = 0
    REJECTED = 1
    IMAGINED = 2
    HELD = 3


class Stretch(NamedTuple):
    """The characters [start, end) of a sentence said with one stance other than HELD."""

    start: int
    end: int
    stance: Stance


class Said(NamedTuple):
    """A sentence of a turn and the stretches of it that the speaker does not hold."""

    sentence: Span
    stretches: tuple[Stretch, ...]

    def stance(self, start: int, end: int) -> Stance:
        """The stance of the sentence's characters [start, end): the least committed that touches them."""
        touching = [s.stance for s in self.stretches if s.start < end and start < s.end]
        return min(touching, default=Stance.HELD)


_WEAKLY = either("really just simply deliberately also certainly definitely probably honestly rather happily")
_NOT = either(
    "would not|will not|do not|did not|am not|are not|can not|cannot|wouldn't|won't|don't|didn't|aren't|shouldn't|"
    "needn't|never"
)
_RELEASE = either("ship|release|deploy|launch|merge|go live|promote")
"""Not doing this is a decision held, not an idea rejected."""
_WORTHLESS = either(
    "redundant|overkill|unnecessary|pointless|obsolete|overrated|a non-issue|a waste|not needed|not necessary"
)
_STALE = either("older|old|true of|a patch|legacy|noise|noisy|theatre|theater|a myth|dated|stale|terribly")
_SOME = either("some|many|most|other|certain|plenty of|lots of|a lot of|enough|few|several")
_ANY = either("the|those|a|one|these")
_GROUPS = either("teams?|shops|companies|engineers|architects|colleagues|practitioners|others")
_OPINE = either(
    "say|argue|recommend|suggest|swear|insist|claim|think|believe|build|would|will tell you|put|reach for"
)
_VOICES = either(
    "consultants?|vendors?|purists?|textbooks?|papers?|blogs?|books|articles|researchers|academics|critics|"
    "literature|camp|school of thought|industry|regulators"
)
_CLAIM = either("say|talk|argue|recommend|suggest|swear|insist|worry|sell|tell|put|want|love|like|tend|do|keep")
_NORMAL = either("conventional|received|common|usual|standard|classic|textbook|orthodox|heavyweight")
_CUSTOM = either("advice|wisdom|answer|recommendation|approach|practice|playbook|recipe|story|pattern")
_FASHION = either("school|camp|ritual|fashion|temptation|tradition|argument|orthodoxy|view|trend|crowd")

_CLAUSE = any_of(
    r"""
    [;:\u2014]
    ,(?!\s*(?:or|nor)\b)
    \s-\s
    \b(?:but|however|although|though|whereas|because|since|until|unless|so that)\b
    """,
    before="",
    after="",
)
_REJECTS = any_of(
    rf"""
    (?:i|we|you|let's|let us) (?:{_WEAKLY} )?{_NOT}(?! {_RELEASE})
    (?:i|we)(?:'d|'ll|'m|'re) (?:{_WEAKLY} )?(?:not|never)
    (?:i|we)(?:'d|'ll| would| will)? (?:{_WEAKLY} )?(?:skip|avoid|drop|ditch|scrap|retire|replace)
    (?:i|we)(?:'d|'ll| would| will)? (?:{_WEAKLY} )?refuse(?! to {_RELEASE})
    (?:i|we)(?:'d|'ll| would| will)? (?:{_WEAKLY} )?(?:leave out|stay away from|do without)
    (?:there is|there's|that's|it's|is|are) no (?:need|point|reason|value|use)
    no (?:need|point)
    instead of
    rather than
    as opposed to
    without
    not (?:going to|worth)
    {_WORTHLESS}
    """
)
_WORTHLESS_AFTER = any_of(
    rf"""
    (?:is|are|was|were|becomes?|be|seems?|feels?|it's|that's)\b[^,;.]{{0,24}}?\b{_WORTHLESS}
    """
)
_BELITTLES = any_of(
    r"""
    (?:is|are) (?:just |only |mostly )?(?:a (?:vendor|marketing) word|a buzzword|a fad|hype|a distraction|noise)
    (?:is|are) (?:just |only |mostly )?(?:theatre|theater|for people who)
    just (?:teaches|slows|adds|creates)
    (?:mean|means|proves?|buys?|changes?) nothing
    create[sd]? noise
    a step backwards?
    swear by
    """
)
_IMAGINES = any_of(
    r"""
    (?:i|we|you|one|it|they|that) (?:could|might|may)(?! not)
    could (?:also|perhaps|maybe|potentially)
    if (?:we|i|you|there) (?:had|have|was|were|is) (?:more |the |enough |any )?(?:time|budget|money|people)
    (?:maybe one|some) day
    in an ideal world
    ideally
    at some point
    eventually
    in (?:theory|principle)
    down the (?:road|line)
    nice to have
    you can spend
    """
)
_BORROWS = any_of(
    rf"""
    {_SOME} {_GROUPS}
    (?<!how )(?:some|many|most|a lot of|lots of|other) (?:people|folks) {_OPINE}
    (?:{_SOME}|{_ANY}) (?:\w+ ){{0,2}}?{_VOICES}
    there(?:'s| is| are) (?:also )?(?:(?:a|an|the|this|that) )?(?:\w+ )?{_FASHION}
    (?:teams|shops|companies) (?:often|usually|always|will|would|{_CLAIM})
    (?<!many )people (?:often |usually |always |will |would )*{_OPINE}
    (?<!many )people (?:often |usually |always |will |would )*(?:talk about|tell you)
    (?:consultants|vendors|purists|academics|regulators|critics|experts) (?:\w+ ){{0,2}}(?:will|would|{_CLAIM})
    they(?:'ll| will| would|'d)? (?:also |always )?(?:say|tell you|argue|sell you|recommend|swear)
    you(?:'ll| will|'d)? (?:often |always |also )?(?:hear|read|find|be told|see people)
    (?:i've|i have|we've|i) (?:also )?(?:seen|heard|read|known|met) (?:\w+ ){{0,2}}?(?:{_GROUPS}|about|that|of|it)
    i know (?:teams|people|companies|shops)
    {_NORMAL} {_CUSTOM}
    as you (?:say|said|mentioned)
    like you said
    you (?:said|mentioned|told me)
    the textbook
    best practice (?:says|is)
    (?:some|others) (?:would|will|say|argue|prefer|put|do|use|build)
    """
)
_OWN_AGAIN = any_of(
    r"""
    \b(?:so|but|and|hence|therefore|that's why)\b[^.;]{0,12}\b(?:i|we)(?:'d|'ll|'m|'re)?\b
    [,;] (?:i|we)(?:'d|'ll| will| would| do)\b
    """,
    before="",
    after="",
)
_DISMISSES = any_of(
    rf"""
    (?:i|we)(?:'d| would|'ll| will)? (?:{_WEAKLY} )?(?:skip|avoid|drop|leave) (?:that|it|this|those|them|all)
    (?:i|we) (?:don't|do not|won't|wouldn't|didn't|never) (?:do|go|need|want|buy|believe|see|use|bother|think)\b
    (?:that|it|this|those|they|these)(?:'s| is| was|'re| are| were) (?:\w+ ){{0,3}}?(?:{_WORTHLESS}|{_STALE})
    (?:it|that|this) (?:drifts|slows|hurts|costs more than|doesn't (?:scale|work|pay|help|matter))
    (?:it|that|this) (?:never (?:works|pays|helps)|just (?:slows|adds))
    i (?:respect|understand|get|see) [^.;]{{0,40}}\bbut\b
    (?:users|nobody|no one) (?:\w+ ){{0,3}}?(?:find (?:that|it|this)|asks|cares|needs|looks)
    tidy,? but
    nice (?:in theory|on paper)
    sounds (?:good|nice|great),? but
    """,
    before=r"^(?:(?:but|so|and|well|frankly|honestly|to me|personally),? )*",
    after="",
)
_IMPERSONAL = any_of("there(?: are| is|'s)", before="^(?:(?:and|so|now),? )?")
TAKES_BACK = 2
"""Sentences that a dismissal reaches back over, where they are borrowed or impersonal; always over one."""


@lru_cache(maxsize=4_096)
def read(text: str) -> tuple[Said, ...]:
    """The sentences of a turn, each with what its speaker does not hold."""
    said = [Said(sentence, tuple(_stretches(_plain(sentence.text)))) for sentence in sentences(text)]
    for i, here in enumerate(said):
        if _DISMISSES.search(_plain(here.sentence.text)):
            for k in range(max(0, i - TAKES_BACK), i):
                if k == i - 1 or _is_impersonal(said[k]):
                    rejected = Stretch(0, len(said[k].sentence.text), Stance.REJECTED)
                    said[k] = said[k]._replace(stretches=(*said[k].stretches, rejected))
    return tuple(said)


def _plain(text: str) -> str:
    return text.replace("\u2019", "'")


def _is_impersonal(said: Said) -> bool:
    borrowed = any(stretch.stance is Stance.BORROWED for stretch in said.stretches)
    return borrowed or _IMPERSONAL.search(_plain(said.sentence.text)) is not None


def _stretches(text: str) -> Iterator[Stretch]:
    for match in _BORROWS.finditer(text):
        own = _OWN_AGAIN.search(text, match.end())
        yield Stretch(match.start(), own.start() if own else len(text), Stance.BORROWED)
    for pattern, stance in ((_IMAGINES, Stance.IMAGINED), (_REJECTS, Stance.REJECTED)):
        for match in pattern.finditer(text):
            yield Stretch(match.start(), _clause_end(text, match.end()), stance)
    for match in _WORTHLESS_AFTER.finditer(text):
        yield Stretch(_clause_start(text, match.start()), match.end(), Stance.REJECTED)
    if _BELITTLES.search(text):
        yield Stretch(0, len(text), Stance.REJECTED)


def _clause_end(text: str, at: int) -> int:
    match = _CLAUSE.search(text, at)
    return match.start() if match else len(text)


def _clause_start(text: str, at: int) -> int:
    return max((match.end() for match in _CLAUSE.finditer(text, 0, at)), default=0)
