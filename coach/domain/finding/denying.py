"""Cues of what a sentence denies, whoever its subject is, and of plans that nobody has decided on.

`Chunks don't carry a version` denies as `I wouldn't` does; but `the model never sees it` may be the very thing a
criterion asks for. So a denial counts against those phrases only that do not say no themselves.
"""

from __future__ import annotations

import re

from coach.domain.finding.patterns import any_of, either

_VERB_NOT = either(
    r"isn't|aren't|wasn't|weren't|doesn't|don't|didn't|won't|wouldn't|shouldn't|needn't|hasn't|haven't|"
    r"is not|are not|was not|were not|does not|do not|did not|will not|would not|should not|need not"
)
_RELEASED = either("ship|shipped|released?|deploy|deployed|launch|merge|go live|go out|promoted?|fit|answer|load")
_NOT_SO = either(f"just|only|even|yet|necessarily|mean|know|found|interested|{_RELEASED}")
_NOT_ALONE = r"(?![^,;.]*\b(?:alone|only)\b)"
"""`It doesn't get the reply alone` says what it gets besides."""
DENIES = any_of(
    rf"""
    (?<!\bi )(?<!\bwe )(?<!\byou ){_VERB_NOT}(?! {_NOT_SO}\b){_NOT_ALONE}
    (?:it|they|we|i) never{_NOT_ALONE}
    (?:nobody|no one|nothing) (?:needs?|has|gets|is|should|will|would)
    neither
    (?:needs?|gets?|takes?|have|has|there's|there is|is|are|put|set|see|want|with|and|for) no
    no (?=(?:\w+[ -]){{1,6}}(?:for me|and no|, no|or)\b)
    """
)
"""To the end of its clause, unless the clause only sets a condition."""
OUTSIDER_ACTS = re.compile(
    r"\b(?:customers?|users?|buyers?|sellers?|callers?|shoppers?|persons?|people|employees?|handlers?|posters?|"
    r"authors?|he|she|somebody|someone)\s+(?:do|does|did)(?:n't| not)\s",
    re.IGNORECASE,
)
"""What those outside the system do not do is what the system brings about: `the customer doesn't write again`."""
OF_SUBJECT = re.compile(
    r"(?:n't|not) (?!(?:just|only|even|yet)\b)(?:be |get )?\w+(?:ed|en|pt|ne|wn|ld|nt)\b"
    r"|(?:don't|doesn't|won't|does not|do not|will not) \w",
    re.IGNORECASE,
)
"""A denial that takes its subject along: `card numbers aren't masked`, but not `the feed isn't stupid`."""
_NOT_NONE = either(f"one|matter|doubt|longer|more|less|later|answer|{_RELEASED}")
NO_FIRST = re.compile(
    rf"^(?:so |and |but |well,? )?no (?!{_NOT_NONE})(?!.*(?:->|=>|[→⇒]))",
    re.IGNORECASE,
)
"""A sentence that begins with what there is none of."""
SUBORDINATE = any_of(
    "if|when|whenever|unless|until|where|wherever|who|whom|whose|that|which|what|whatever|whether|once|so|because|"
    "since|as|while|nothing|nobody|than|even though|although|though"
)
"""A denial behind one of these describes a case, a thing or a reason."""

_ISNT = either("isn't|aren't|is not|are not|wasn't|not")
WORTHLESS_BEFORE = any_of(
    rf"""
    {_ISNT} (?:worth|needed|necessary|required|useful|our (?:concern|problem|job))
    (?:is|are) (?:none of our business|no issue|no problem|academic|pointless|insulting)
    (?:has|have) nothing to do with
    (?:doesn't|don't|does not|do not) (?:interest me|need (?:correcting|fixing))
    costs? more than (?:it|they) (?:gives?|brings?|saves?)
    takes? (?:far |much |way )?too long
    (?:is|are|'s) (?:a waste|money down the drain|overrated|overkill|unacceptable)
    """
)
"""What stands before it in its clause is not wanted."""

_SOME_NUMBER = either(
    r"[\d.]|an? (?:point|quarter|third|hundred|thousand|million|dozen|few)|half|some|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|eighty|ninety"
)
HEDGES = any_of(
    rf"""
    (?:perhaps|maybe|possibly)(?! {_SOME_NUMBER}\b)
    (?:[\w-]+) (?:might|could)(?! (?:not|have)\b)
    might be
        if [^,;.]{{1,60}}\b(?:were|was|turned out|came|ever)\b
    """
)
"""Possibilities, whoever the subject is; a rough number is none."""

_PUTS_OFF = either(
    "leave|keep|have to|want to|need to|see|ask around|decide|discuss|workshop|think|look|play|weigh|wait"
)
_NO_PLAN = either("a thought|an idea|on the wish list|theory|something|one of|nice|good to|interesting|one option")
UNDECIDED = any_of(
    rf"""
    i(?:'m| am) (?:undecided|not sure|unsure|on the fence|open|only thinking|just thinking|leaving|guessing)
    i (?:haven't|have not|hadn't) (?:decided|settled|made up|chosen|picked|thought|planned|run|looked|worked)
    i (?:can't|cannot|couldn't) (?:promise|say|tell)
    (?:not (?:sure|decided|settled)|nothing (?:i would|i'd)|no idea|open question)
    (?:i|we)(?:'d| would|'ll| will) {_PUTS_OFF}
    (?:i|we) (?:wouldn't|would not|won't) (?:commit|start|go there|fix)
    (?:we|you|one) (?:can|may) (?:come back|get to|figure|think)
    (?:let me think|let's see|let me see)
    (?:it|that)(?:'s| is|'d be| would be) {_NO_PLAN}
    (?:it|that) (?:would|could|might) (?:depend|need|be)
    (?:could be|whether|those would be|there are other|both would|maybe)
    """,
    before=r"^(?:(?:but|so|and|well|frankly|honestly),? )*",
    after="",
)
"""A sentence that begins like this leaves the possibility before it open."""
