"""How a thing was said: held, rejected, only imagined, or other people's.

A rejection reaches from its cue to the end of the clause (NegEx; Chapman et al. 2001, J Biomed Inform 34:301).
Words of other people, and words taken back in the next sentence, are not the candidate's position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from coach.domain.finding.borrowing import BORROWS, COMMENTS, DISOWNS, FIRST_PERSON, OUTSIDE, REMARKS
from coach.domain.finding.denying import (
    DENIES,
    HEDGES,
    NO_FIRST,
    OF_SUBJECT,
    OUTSIDER_ACTS,
    SUBORDINATE,
    UNDECIDED,
    WORTHLESS_BEFORE,
)
from coach.domain.finding.marks import unmarked
from coach.domain.finding.patterns import any_of, either
from coach.domain.language import Span, sentences


class Stance(IntEnum):
    """What a stretch of words commits the speaker to, least first."""

    BORROWED = 0
    REJECTED = 1
    DENIED = 2
    """Said not to be so, which a phrase that says no itself means."""
    IMAGINED = 3
    HELD = 4


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
_FEELING = either("vibes?|feel|feeling|gut|hunch|intuition|impressions?|faith|hope|demos?")
_HARM = (
    r"(?:(?:any|some)(?:one|body)(?! (?:to )?(?:label|grad|annotat|mark|review|maintain)) (?:to|\w+ing)\b|"
    r"(?:the |a )?\w+ (?:to )?(?:see|wait|lose|losing|guess|invent|leak|promis|decid|mak(?:e|ing) up)|"
    r"(?:a |an |any |two )?(?:\w+ )?(?:leaks?|duplicates?|regressions?|outages?|surprises?|refunds)\b)"
)
"""Not wanting this is a safeguard wanted."""
_NEEDLESS = either("redundant|unnecessary|pointless|obsolete")
_BEYOND_NEED = either("overkill|overrated|a non-issue|a waste|not needed|not necessary")
_WORTHLESS = either(f"{_NEEDLESS}|{_BEYOND_NEED}")
_ALONE = either("without|until|unless|by itself|by themselves|on its own|on their own|alone")
"""After `means nothing`: it says what a thing needs."""
_FUNCTION = either(
    "to|for|that|when|if|here|in|at|and|or|by|of|with|so|is|are|was|were|from|on|because|before|after"
)
_STALE = either("older|old|true of|a patch|legacy|noise|noisy|theatre|theater|a myth|dated|stale|terribly")
_ALLOWED = (
    r"(?:only|see|read|open|view|edit|call|spend|refund|access|write|send|start|approve|touch|enter|do|ask|pay|"
    r"be (?:shown|sent|read|seen|opened|called|used|quoted)|use (?:only|nothing|no|these|those|the))\b"
)
"""After `it may`: what is allowed, which is a rule held. Anything else it may do is a possibility."""

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
    (?:i|we|you|let's|let us) (?:{_WEAKLY} )?{_NOT}(?! {_RELEASE}| want {_HARM})
    (?:i|we)(?:'d|'ll|'m|'re| would| will) (?:{_WEAKLY} )?(?:not|never)(?! {_RELEASE}| want {_HARM})
    {_RELEASE} (?:it |this |anything )?(?:on|by|off) (?:a |the |my |our )?{_FEELING}
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
    nor (?:would|will|do|did|should|can|could) (?:i|we)
    {_BEYOND_NEED}
    {_NEEDLESS}(?= (?:to|for|that|when|if|here|in|at)\b)
    """
)
_WORTHLESS_AFTER = any_of(
    rf"""
    means? nothing(?! {_ALONE})
    (?:is|are|was|were|becomes?|be|seems?|feels?|it's|that's)\b[^,;.]{{0,24}}?\b{_WORTHLESS}
    """
)
_BELITTLES = any_of(
    rf"""
    (?:is|are) (?:just |only |mostly )?(?:a (?:vendor|marketing) word|a buzzword|a fad|hype|a distraction|noise)
    (?:is|are) (?:just |only |mostly )?(?:theatre|theater|for people who)
    just (?:teaches|slows|adds|creates)
    (?:proves?|buys?|changes?) nothing
    (?:they|it|that|this|those|these) means? nothing(?! {_ALONE})
    create[sd]? noise
    a step backwards?
    swear by
    """
)
_IMAGINES = any_of(
    rf"""
    (?:i|we|you|one|it|they|that) (?:could|might)(?! not)
    (?:i|we|you) may(?! (?:not|only)\b)
    (?:one|it|they|that) may(?! (?:not|{_ALLOWED}))
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
_BRANCHES = any_of(
    r"""
    (?:if|when|whenever|where|once) [^;]{3,80}?,? (?:i|we)(?:'ll| will)? (?:skip|drop|leave) (?:it|that|this|them)
    (?:i|we)(?:'ll| will)? (?:skip|drop|leave) (?:it|that|this|them) (?:if|when|whenever|where|once)
    """
)
"""A step left out in some cases is a branch of the design, not a step rejected."""
_NEEDLESS_THING = any_of(rf"{_NEEDLESS}(?: (?!{_FUNCTION}\b)\w+){{1,2}}")
_NEVER_WITHOUT = any_of(r"(?:no|not|nobody|nothing|never|\w+n't)(?: \w+){0,6} without", after=r"$")
"""`Nothing ships without a canary` holds the canary."""
_IMPERSONAL = any_of("there(?: are| is|'s)", before="^(?:(?:and|so|now),? )?")
_JOTTED_NO = any_of(
    rf"""
    no (?!{_RELEASE})(?![^;,.]*(?:->|=>|[\u2192\u21d2=]))
    (?:not|never|don't|do not|won't|will not|cannot|can't) (?!{_RELEASE}|found\b)
    (?:skip|avoid|ditch|scrap|reject(?:ed)?|ruled out|considered|without)\b:?
    drop\b(?! (?:in|of|below|under|rate)\b):?
    [\u2717\u2718\u274c\u2715]
    ~~(?=.*~~)
    """,
    before=r"(?:^\W*|[:;,(\u2014]\s*)",
    after="",
)
_JOTTED_NO_AFTER = any_of(
    r"""
    [:=(\u2014-]\s*(?:no|nope|rejected|skip(?:ped)?|not (?:now|needed|worth it))\W*$
    [\u2717\u2718\u274c\u2715]\s*$
    """,
    before="",
    after="",
)
_JOTTED_LATER = any_of(
    r"(?:out of scope|later|someday|future(?: work)?|v2|version two|phase (?:2|two)|nice to have|maybe)\b",
    before=r"^\W*",
    after="",
)
"""Cues of notes, which leave out who decides. `no passage -> "not found"` is a case, not a rejection."""
LOOK_BACK = 100
"""Characters around a cue in which what turns it may stand."""
TAKES_BACK = 2
"""Sentences that a dismissal reaches back over, where they are borrowed or impersonal; always over one."""


@lru_cache(maxsize=4_096)
def read(text: str) -> tuple[Said, ...]:
    """The sentences of a turn, each with what its speaker does not hold."""
    return _with_dismissals(
        [Said(sentence, tuple(_placed(sentence.text, _stretches))) for sentence in sentences(text)]
    )


@lru_cache(maxsize=512)
def read_lines(lines: tuple[Span, ...]) -> tuple[Said, ...]:
    """Lines of a board in order, each with what its writer does not hold: as in speech, and as notes put it."""
    return _with_dismissals([Said(line, _line_stretches(line.text)) for line in lines])


@lru_cache(maxsize=4_096)
def _line_stretches(line: str) -> tuple[Stretch, ...]:
    return (*_placed(line, _stretches), *_jotted_stretches(_plain(line)))


def _placed(text: str, look: Callable[[str], Iterator[Stretch]]) -> Iterator[Stretch]:
    """What is found in the text as it would be read aloud, at its places in the text as it stands."""
    aloud = unmarked(text)
    for start, end, stance in look(aloud.text):
        if end > start:
            yield Stretch(*aloud.span(start, end), stance)


def _with_dismissals(said: list[Said]) -> tuple[Said, ...]:
    for i, here in enumerate(said):
        text = unmarked(here.sentence.text).text
        dismisses = _DISMISSES.search(text) and not _BRANCHES.search(text)
        if dismisses:
            for k in range(max(0, i - TAKES_BACK), i):
                if k == i - 1 or _is_impersonal(said[k]):
                    rejected = Stretch(0, len(said[k].sentence.text), Stance.REJECTED)
                    said[k] = said[k]._replace(stretches=(*said[k].stretches, rejected))
        if not i or dismisses:
            continue
        if DISOWNS.search(text) or (REMARKS.search(text) and not _speaks_for_self(said[i - 1])):
            said[i - 1] = _whole(said[i - 1], Stance.BORROWED)
        elif UNDECIDED.search(text) and any(s.stance is Stance.IMAGINED for s in said[i - 1].stretches):
            said[i - 1] = _whole(said[i - 1], Stance.IMAGINED)
    return tuple(said)


def _speaks_for_self(said: Said) -> bool:
    return FIRST_PERSON.search(unmarked(said.sentence.text).text) is not None


def _whole(said: Said, stance: Stance) -> Said:
    """The sentence, all of it said with `stance`."""
    return said._replace(stretches=(*said.stretches, Stretch(0, len(said.sentence.text), stance)))


def _plain(text: str) -> str:
    return text.replace("\u2019", "'")


def _is_impersonal(said: Said) -> bool:
    borrowed = any(stretch.stance is Stance.BORROWED for stretch in said.stretches)
    return borrowed or _IMPERSONAL.search(unmarked(said.sentence.text).text) is not None


def _stretches(text: str) -> Iterator[Stretch]:
    for match in BORROWS.finditer(text):
        own = _OWN_AGAIN.search(text, match.end())
        yield Stretch(match.start(), own.start() if own else len(text), Stance.BORROWED)
    outside = OUTSIDE.search(text)
    if outside:
        own = _OWN_AGAIN.search(text, outside.end())
        yield Stretch(0, own.start() if own else len(text), Stance.BORROWED)
    if COMMENTS.search(text):
        yield Stretch(0, len(text), Stance.BORROWED)
    for pattern, stance in ((_IMAGINES, Stance.IMAGINED), (HEDGES, Stance.IMAGINED), (_REJECTS, Stance.REJECTED)):
        reached = 0
        for match in pattern.finditer(text):
            if match.start() >= reached and not _only_looks_rejected(text, match):
                reached = _clause_end(text, match.end())
                yield Stretch(match.start(), reached, stance)
    for match in _NEEDLESS_THING.finditer(text):
        yield Stretch(match.start(), match.end(), Stance.REJECTED)
    for match in _WORTHLESS_AFTER.finditer(text):
        yield Stretch(_clause_start(text, match.start()), match.end(), Stance.REJECTED)
    for match in WORTHLESS_BEFORE.finditer(text):
        yield Stretch(_clause_start(text, match.start()), match.end(), Stance.REJECTED)
    yield from _denials(text)
    if _BELITTLES.search(text):
        yield Stretch(0, len(text), Stance.REJECTED)


def _denials(text: str) -> Iterator[Stretch]:
    first = NO_FIRST.match(text)
    if first:
        yield Stretch(0, _clause_end(text, first.end()), Stance.DENIED)
    for match in DENIES.finditer(text):
        begin = _clause_start(text, match.start())
        opened = text[max(0, begin - 9) : match.start()]
        acts = OUTSIDER_ACTS.search(text, begin, match.end() + 1)
        if not SUBORDINATE.search(opened) and not acts and not _only_looks_rejected(text, match):
            whole = OF_SUBJECT.search(text, match.start(), match.end() + LOOK_BACK // 4)
            start = begin if whole and whole.start() < match.end() else match.start()
            yield Stretch(start, _clause_end(text, match.end()), Stance.DENIED)


def _only_looks_rejected(text: str, match: re.Match[str]) -> bool:
    """Whether the cue is a branch of the design, or one of two negations."""
    start = max(0, match.start() - LOOK_BACK)
    branch = _BRANCHES.search(text, start, match.end() + LOOK_BACK)
    within = branch is not None and branch.start() <= match.start() < branch.end()
    return within or _NEVER_WITHOUT.search(text, start, match.end()) is not None


def _jotted_stretches(line: str) -> Iterator[Stretch]:
    """What notes reject or put off without a subject: `no reranker`, `fine-tuning: no`, `later: voice`."""
    for match in _JOTTED_NO.finditer(line):
        yield Stretch(match.start(), _clause_end(line, match.end()), Stance.REJECTED)
    for match in _JOTTED_NO_AFTER.finditer(line):
        yield Stretch(0, match.end(), Stance.REJECTED)
    if _JOTTED_LATER.match(line):
        yield Stretch(0, len(line), Stance.IMAGINED)


def _clause_end(text: str, at: int) -> int:
    match = _CLAUSE.search(text, at)
    return match.start() if match else len(text)


def _clause_start(text: str, at: int) -> int:
    return max((match.end() for match in _CLAUSE.finditer(text, 0, at)), default=0)
