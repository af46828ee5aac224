"""How candidates put things: the phrases by which a situation of the round is recognised.

Each line is one way to say it, as a regular expression over lower-case text with straight apostrophes.
"""

from __future__ import annotations

import re

from coach.domain.round import Situation

_CUES: dict[Situation, tuple[str, ...]] = {
    Situation.KEEPS_ROLE: (
        r"ignore (?:all |any |your |the |my |these )*(?:previous |prior |earlier )?(?:instructions|rules"
        r"|prompt)",
        r"(?:show|give|tell|read|send|share|print|reveal|paste|see|what(?:'s| is| are)) (?:me |us )"
        r"?(?:the |your )*(?:full |hidden |exact )?(?:rubric|grading criteria|marking scheme|scoring"
        r" (?:criteria|guide)|system prompt|instructions|answer key|model answer|fact sheet|hidden facts)",
        r"(?:just |please )+(?:tell|give) me the (?:right |correct |best )?answer",
        r"you are now (?:a|an|my)",
        r"pretend (?:to be|you are|you're)",
        r"(?:tell|give) me the (?:right|correct|expected|ideal) (?:answer|solution|design)",
        r"what (?:answer|answers) (?:are you|do you) (?:look|want)",
        r"mark (?:me|this|every|all)\b.{0,30}\bmet",
        r"give me full marks",
    ),
    Situation.IS_THAT_RIGHT: (
        r"\b(?:is|was|does) (?:that|this|it)(?: all| sound)? (?:right|correct|ok|okay|good|fine|make"
        r" sense|reasonable|what you)",
        r"\bdoes (?:that|this) (?:sound|look|seem) (?:right|good|okay|ok|reasonable|sensible)",
        r"am i (?:right|on the right track|correct|way off)",
        r"\bis (?:that|this) (?:the )?(?:right|correct) (?:answer|approach|way|direction)",
        r",? right\?$",
    ),
    Situation.WHAT_WOULD_YOU_DO: (
        r"what would you (?:do|use|pick|choose|suggest|recommend|go with|say|prefer)",
        r"how would you (?:do|solve|design|approach|build|handle) (?:it|this|that)",
        r"what(?:'s| is) your (?:view|opinion|recommendation|preference)",
        r"which (?:one )?would you (?:pick|choose|use|go with)",
    ),
    Situation.HOW_AM_I_DOING: (
        r"how am i doing",
        r"how(?:'s| is) (?:it|this) going so far",
        r"am i doing (?:ok|okay|well|fine|alright)",
        r"how (?:did|have) i (?:do|done)",
        r"am i (?:passing|failing|on time|too slow)",
        r"how are we (?:doing )?(?:for|on) time",
        r"am i (?:going |being |talking )?too (?:fast|slow|deep|shallow|long|detailed|vague|high[- ]level)",
        r"(?:level|amount) of detail you",
    ),
    Situation.REPEAT: (
        r"(?:can|could|would|will) you (?:please )?(?:repeat|rephrase|say (?:that|it)|ask (?:that|it))"
        r" ?(?:again|once more|the question|differently|another way)?",
        r"(?:repeat|rephrase) (?:that|the question|it)",
        r"what was the question",
        r"(?:didn't|did not|couldn't) (?:catch|hear|get) (?:that|the question|you)",
        r"say (?:that|it) again",
        r"^(?:pardon|sorry|come again)\??[.!]?$",
    ),
    Situation.THINKING_TIME: (
        r"(?:let me|i(?:'d| would)? (?:like|need|want) to|can i|could i|may i|give me|i need|just)"
        r" (?:think|take|have|get|a|one)? ?(?:about (?:it|that|this) )?(?:a |one |some )?(?:for a )"
        r"?(?:moment|minute|second|sec|time to think|few seconds|bit of time|beat)",
        r"let me think",
        r"\b(?:a|one) (?:moment|minute|second|sec) to think\b",
        r"(?:one|a) (?:moment|minute|second|sec)(?: please)?[.!]?$",
        r"bear with me",
        r"\bhold on\b(?! to)",
    ),
    Situation.HINT_OFFER: (
        r"(?:can|could|may) (?:i|you) (?:have|get|give me|use|ask for) (?:a |some |another )?(?:hint"
        r"|pointer|clue|nudge|help)",
        r"(?:any|another|need a|want a|take a|like a|have a) (?:hint|pointer|clue|nudge)\b",
        r"\bgive me a (?:hint|pointer|clue|nudge)",
        r"point me (?:in|to)",
        r"i(?:'m| am) (?:completely |totally |a bit |really )?stuck",
    ),
    Situation.DONT_KNOW: (
        r"\bi (?:really |honestly |just )?(?:don't|do not|dont) (?:really |actually )?know\b",
        r"\bno idea\b",
        r"\bi(?:'m| am) not sure\b",
        r"\bi have(?:n't| not) (?:got )?(?:a clue|any idea|done|worked|used|thought)",
        r"\bnot my area\b",
        r"\bi can't (?:answer|think of)",
        r"\bi wouldn't know\b",
        r"\bnothing comes to mind\b",
        r"\bbeats me\b",
        r"\bdunno\b",
    ),
    Situation.SKIPS: (
        r"\b(?:(?:can|could|may|shall) (?:we|i|you)|let's|i'd (?:like|prefer|rather)(?: to)?|i would (?:rather"
        r"|prefer to)) (?:please |just )?(?:skip|leave|park|come back to|move on|pass)\b",
        r"\bnext question\b",
        r"\bpass\b[.!]?$",
    ),
    Situation.DISTRESS: (
        r"\bi(?:'m| am) (?:panicking|freaking out|so nervous|really nervous|overwhelmed|losing it"
        r"|blanking|going blank|very anxious)",
        r"\bmy mind(?:'s| is| has| just| went)* (?:gone )?blank",
        r"\bi can't do this\b",
        r"\bi(?:'m| am) (?:so |really )?sorry,? i(?:'m| am) (?:terrible|awful|useless)",
        r"\bi want to (?:cry|give up|quit)",
    ),
    Situation.ASKS_LEAVE: (
        r"(?:^|[,;:.?!] ?|\b(?:so|and|but|then|or|ok|okay|now|well|right|maybe) )(?:shall|should|may|can|could"
        r"|would it be (?:ok|okay|fine|alright) if|is it (?:ok|okay|fine"
        r"|alright) if|mind if|do you mind if|happy for me if) (?:i|we) (?:just )?(?:start|begin|go"
        r"|continue|carry on|move|talk|keep|draw|write|sketch|assume|take|jump|dive|use)\b",
        r"(?:do|would) you (?:want|like|prefer)(?: me| us)? to (?:go|talk|cover|dive|start|continue|move"
        r"|focus|do|expand|elaborate|see|hear)",
        r"\b(?:where|how) (?:should|shall|can|do) (?:i|we) (?:start|begin|go|focus|continue)\b",
        r"(?:did|does) (?:i|that) (?:answer|cover|address)",
        r"is that what you (?:meant|mean|wanted|want|asked|had in mind)",
        r"(?:want|like) me to (?:go|continue|expand)",
        r"which (?:one|part|way|direction|area)s? (?:do|would|should) (?:you|i|we) (?:like|want|prefer"
        r"|start|go|focus|begin)",
        r"am i allowed to (?:draw|write|sketch|use|look|ask|start|skip|take)",
        r"(?:do|would) you (?:want|like|need|prefer) (?:more |any |some |less |fewer )?(?:numbers|details?|depth"
        r"|code|examples?|a (?:diagram|sketch|number)|an example)\b",
    ),
    Situation.BROAD_QUESTION: (
        r"what (?:are|is) (?:the |your |our )?(?:(?:main|key|basic|exact|other|functional"
        r"|business|product|system) )?(?:requirements?|constraints?|assumptions|scope)"
        r"\b(?! (?:for|on|around|about|of) (?!(?:this|it|the (?:system|project|product))\b))",
        r"(?:any|what) (?:other )?(?:requirements|constraints|details|information|context|background)"
        r"\b(?: (?:i should|should i|do you|can you|that i|to know|you can).{0,40})?\??$",
        r"tell me (?:more )?about (?:the|your|our) (?:system|company|problem|requirements|project"
        r"|business|situation|context)",
        r"what (?:else )?(?:can you|do you have to|should i) (?:tell|know|share)",
        r"what do (?:we|you|i) know (?:so far|already|about (?:it|this|the problem))",
    ),
}
NOT_ABOUT_FACTS = frozenset(
    {
        Situation.ASKS_LEAVE,
        Situation.HOW_AM_I_DOING,
        Situation.REPEAT,
        Situation.WHAT_WOULD_YOU_DO,
        Situation.SKIPS,
        Situation.KEEPS_ROLE,
        Situation.HINT_OFFER,
    }
)
"""A question that puts one of these is to the interviewer, but to no fact."""
_COMPILED = {situation: re.compile("|".join(ways)) for situation, ways in _CUES.items()}


_SENTENCE_START = re.compile(r"[.?!\n]")
_OTHERS = re.compile(
    r"\b(?:someone|somebody|users?|customers?|sellers?|buyers?|attackers?|people|experts?|raters?|documents?|pdfs?"
    r"|files?|pages?|emails?|posts?|tickets?|texts?|passages?|model|agent|assistant|bot|judge|system prompt|says?"
    r"|saying|tells?|telling|types?|typing|asks?|writes?|injection|attack)\b"
)
"""Before an order in the same sentence, these make it a report of what others may say."""


def situations_in(text: str) -> frozenset[Situation]:
    """The situations a turn's words point to. What the candidate says others may ask for is no request."""
    plain = text.replace("’", "'").replace("“", '"').replace("”", '"').lower()
    return frozenset(situation for situation in _COMPILED if _is_put(situation, plain))


def _is_put(situation: Situation, plain: str) -> bool:
    places = (match.start() for match in _COMPILED[situation].finditer(plain))
    if situation is Situation.KEEPS_ROLE:
        return any(not _is_reported(plain, place) for place in places)
    return any(True for _ in places)


def _is_reported(plain: str, at: int) -> bool:
    before = _SENTENCE_START.split(plain[:at])[-1]
    return before.count('"') % 2 == 1 or _OTHERS.search(before) is not None
