"""Cues written one to a line, read as one pattern; and those of how a round is run."""

from __future__ import annotations

import re


def any_of(lines: str, before: str = r"\b", after: str = r"\b") -> re.Pattern[str]:
    """A pattern that matches any of the lines, each a regular expression, whatever the case.

    `before` and `after` stand around all of them: word edges unless told otherwise.
    """
    cues = "|".join(line.strip() for line in lines.splitlines() if line.strip())
    return re.compile(f"{before}(?:{cues}){after}", re.IGNORECASE)


def either(words: str) -> str:
    """One of these, as a piece of a pattern; `|` stands between them, or else white space does."""
    parts = words.split("|") if "|" in words else words.split()
    return f"(?:{'|'.join(parts)})"


STEP = any_of(
    r"""
    first(?:ly)?
    second(?:ly)?
    then
    next
    after that
    finally
    lastly
    at the end
    to finish
    finish on
    start (?:with|by|on)
    before that
    last
    """
)
ROUND = any_of(
    r"""
    minutes?
    our time
    the time
    (?:my|the|this|an) order (?:would|is|i'd|for)
    in (?:this|that) order
    plan
    agenda
    structure
    spend
    walk (?:you )?through
    i'll cover
    how i'd like
    questions? (?:about|on|first)
    """
)
ASSUMES = any_of(
    r"""
    i'?m assuming
    i'?ll assume
    i'?d assume
    i assume
    (?:that's|it's) (?:an|my) assumption
    let me assume
    let's assume
    assuming
    assume
    i(?:'d)? guess
    """
)
CHECKS = any_of(
    r"""
    tell me if
    correct me
    stop me if
    shout if
    let me know if
    is (?:it|that) (?:fair|right|ok(?:ay)?|fine|reasonable|about right)
    is that about (?:right|the)
    does that (?:sound|hold|match|fit)
    am i (?:right|wrong|far off)
    is that a fair
    say if
    if (?:that's|i'm) (?:wrong|off)
    """
)
COSTS = any_of(
    r"""
    the price (?:is|of)
    (?:what )?i(?:'d)? pay
    we pay (?:with|for)
    (?:it|that|this|which)(?:'ll| will)? costs? (?:me|us|a|an|about|some|\w+ milli)
    cost of that
    (?:we|you|i)(?:'d|'ll| will| would)? (?:lose|give up|be slower|live with|accept)
    i live with
    at the (?:cost|price|expense) of
    (?:the )?downside(?:'s| is)
    the downside
    what i give up
    i(?:'d| would| will|'ll)? (?:pay|accept) (?:that|it|this)
    the catch
    in exchange
    in return
    trade-?off
    (?:it|that)'s (?:slower|more expensive|unfair)
    """
)
SKIPS = any_of(
    r"""
    (?:i'm going to|i'll|i'd|let me|i would|we can) (?:skip|leave out)
    (?:i'm going to|i'll|i'd|let me|i would|we can) not (?:go into|cover)
    (?:i'm going to|i'll|i'd|let me|i would|we can) (?:park|keep short|do quickly|rush)
    skip(?:ping)? (?:over )?\w+
    i'm giving up on
    i won't (?:go into|spend|cover)
    not going to spend
    """
)
RISK = any_of(
    r"""
    risk(?:y|iest)
    biggest slice
    most (?:of the )?time
    what (?:sinks|kills|breaks)
    where (?:projects|it) (?:die|dies|fail)
    hardest
    matters? most
    the (?:hard|dangerous|interesting|difficult) part
    worr(?:y|ies) me
    """
)
UNKNOWN = any_of(
    r"""
    i (?:really |honestly )?(?:don't|do not) (?:know|have a (?:clean|good) (?:fix|answer))
    i(?:'ve| have) (?:no|never|not)\b
    i haven't
    i'm not sure
    not sure
    i(?:'ve)? no (?:idea|view)
    no view worth
    i can't (?:say|tell)
    i don't remember
    from (?:the )?(?:head|memory)
    """
)
FINDS_OUT = any_of(
    r"""
    i(?:'d|'ll| would| will)(?: \w+)? (?:look|measure|calculate|load ?test|test|go and|ask|check|read|shadow|find)
    i(?:'d|'ll| would| will) [^.]{0,60}\band (?:ask|measure|check|test|count)
    i(?:'d|'ll| would| will)(?: \w+)? (?:get|try|start|run|estimate|sample|count|compute|want)
    """
)
TAKES_IN = any_of(
    r"""
    i(?:'d|'ll| will| would)? take (?:that |it |this )?back
    i'd change
    i(?:'ll| will| can)? (?:drop|change|switch|revise)\b[^.]{0,30}\b(?:then|definition|idea|design|mind)
    then i can drop
    that (?:breaks|changes|kills) (?:my|the)
    you're right
    good (?:point|challenge|catch)
    fair (?:point|enough)?\b
    so i'd (?:change|now)
    """,
    after="",
)
SKIPS_ALOUD = any_of(
    r"""
    (?:i'll|i will|i'm going to|i am going to|let me) (?:skip|skim|rush|leave out|keep short)(?! (?:that|it|them)\b)
    (?:i'll|i will|i'm going to|let me) [^.,;]{1,40}, and (?:skip|skim|leave out)
    (?:i'll|i will|i'm going to) leave [^.,;]{1,40} out
    (?:the rest|(?:any|every)thing else [^.,;]{1,30}) i'll (?:skip|leave out)
    i(?:'ve)? (?:\w+ ){0,6}?(?:skipped|skimmed|left out)
    i (?:[^.,;]{1,40} )?and (?:skipped|left [^.,;]{1,40} out)
    i'll (?:do quickly|be (?:quick|quicker|brief|short) (?:there|here|on|about|with))
    """
)
"""A part of the round left out or kept short by the speaker's own choice; not a piece of the design."""
GIVES_TIME = any_of(
    r"""
    (?:biggest|largest|longest|bigger|larger|longer) (?:slice|stretch|part|share|block) (?:goes|for|on)
    (?:the )?most (?:of (?:the|our|my) )?(?:time|minutes)
    stay (?:here|there|with (?:it|this|that)) (?:a bit |a little )?longer
    (?:spend|spent|spending) (?:the|our|my|most|more)(?: \w+){0,3} (?:time|minutes) on
    (?:spend|spent|spending) what's left (?:of the time )?on
    to (?:have|leave|keep) (?:more )?time for
    to spend the time on
    i spent the time on
    a good (?:five|ten|fifteen) minutes on
    park for a while on
    """
)
RISKIEST = any_of(
    r"""
    risk(?:y|iest)
    biggest risk
    what (?:i think )?(?:sinks|kills|breaks)
    where (?:\w+ ){1,4}(?:die|dies|died|fail|fails|failed)
    the (?:hard|hardest|dangerous|difficult|critical) (?:part|bit|piece)
    (?:the )?(?:part|bit|one|thing|what) that(?: \w+)? (?:worries me|goes wrong|sinks us|decides)
    goes wrong there first
    """
)
ASKS_FOR_WORRIES = any_of(
    r"""
    worr(?:y|ies) you
    biggest risk
    summari[sz]e
    sum (?:it )?up
    """
)
RETRACTS = any_of(
    r"""
    i(?:'d|'ll| would| will| do| have to)? take (?:\w+ ){1,4}?back
    (?:i(?:'d|'ll| would| will| do)?|and|so) take back (?:what|my|the)
    that (?:changes|breaks|kills) (?:my|something i|what i|the \w+ i)
    (?:that|this) contradicts (?:what i|my)
    i (?:said|treated|assumed|claimed) [^.?]{3,120}(?:that changes|and it's|that's wrong|it (?:isn't|is not))
    i was wrong
    i (?:got|had) (?:that|it|this) wrong
    i can drop (?:an|the|my|that) (?:\w+ )?(?:idea|plan|part|step|design)
    i(?:'d| would|'ll| will)? (?:now )?(?:change|revise) my
    you're right,? (?:that|it|this) (?:breaks|changes|kills)
    """
)
"""An own position named and taken back, not only a challenge greeted."""
STAYS_PUT = any_of(
    r"""
    (?:structurally|basically|really) nothing
    nothing (?:dramatic|changes|really)
    no drama
    it's well (?:established|known)
    i think the \w+ is solid
    sure,? why not
    if the business wants
    whatever you (?:think|prefer|want|like)
    """
)
"""A challenge waved away, or given in to without a reason."""
CLAIMS_PROOF = any_of(
    r"""
    well[ -](?:established|known|understood|proven)
    (?:every|all|the|several|many) (?:published )?(?:benchmarks?|papers|studies)
    (?:published|industry|public) (?:benchmark|standard|figure|number)s?
    we measured
    (?:in|at) my (?:last|previous|old|former) (?:role|job|company|team|place)
    i(?:'ve| have) (?:measured|seen) (?:that|it|this)
    (?:everybody|everyone) knows
    (?:it's|that's|is) (?:a |an )?(?:proven|known|standard)
    solved problem
    studies (?:show|say)
    """
)
"""Proof named that nobody in the room can look at: what a bluff leans on."""
ASKS_FOR_SOURCE = any_of(
    r"""
    where (?:do|does|did) (?:that|this)\b[^?]{0,40}\bcome from
    where (?:do|does|did) (?:the|your) (?:\w+ )?(?:numbers?|figures?|percentage|estimate) come from
    (?:how|where) do you know (?:that|this)
    says who
    where (?:is|was) that (?:measured|from)
    """
)
HOW_MUCH = any_of(
    r"""
    how (?:many|much|quickly|fast|big|large|often|soon)
    what (?:share|percentage|fraction)
    what (?:does|do|will|would) [^?.]{1,40} cost
    (?:can|could) (?:we|you) afford
    milliseconds
    """
)
GREETS = any_of(
    r"""
    i|i'd|i'm|i'll|you|it's|that's
    question|problem|point|pleasure|drama|classic|fav(?:ou)?rite|fair|sure|thanks?|right|topic
    """
)
"""Said before an answer, or about oneself: no bare answer."""
EVADES = any_of(
    r"""
    depends
    leave that to
    not my (?:area|field|job|topic)
    (?:a question|one|something) for (?:hr|legal|finance|the|whoever)
    hard to say
    i'd ask the
    an? (?:\w+ )?interesting (?:area|question|topic|one)
    (?:first |let me )(?:go|step|come) back to
    """
)
ANSWERS = (
    (
        any_of(
            r"""
        (?:is|are|do|does|did|can|could|would|will|has|have|should) (?:\w+ ){1,12}?\w+\?
        your view
        what do you say
        """,
            after="",
        ),
        any_of("yes|no|not|none|neither|never|nothing", before=r"^\W*(?:(?:well|honestly|so|then),? )?"),
    ),
    (any_of(r"where (?:do|does|did|would|will)\b[^?]*\bcome from"), any_of(r"(?:\w+ )?from", before=r"^\W*")),
    (any_of("of what"), any_of("of", before=r"^\W*")),
    (any_of("why|explain|how come"), any_of("because|since|that's why|reasons?", before=r"^.*?\b")),
    (any_of("first"), any_of("first", before=r"^.*?\b")),
    (any_of(r"today and this month|what do you do (?:now|today)"), any_of("today|first|now", before=r"^\W*")),
)
"""What a question asks for, and how a reply to it begins that gives it."""
SAYS_NO = any_of(r"no|not|never|without|instead|rather|nobody|nothing|none|neither|nor|\w+n't")
