"""Where a turn asks something: the spans of it that put a question to the interviewer.

People ask inside an answer, and long before its end. Only the words of the question say which fact is meant; why it
is asked is cut off, and what stands before it is kept as context where the question points back ("how many of
those?"). A question about the candidate's own design that the next sentence answers is rhetorical, and is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from coach.domain.interview.cues import NOT_ABOUT_FACTS, situations_in
from coach.domain.language import sentences, words
from coach.domain.round import Situation


def _phrases(*ways: str) -> str:
    return f"(?:{'|'.join(ways)})"


_WH = r"(?:what|who|whose|whom|how|when|where|which|why)(?:'s|'re|'ll|'d|s)?"
_VERB = (
    r"(?:do|does|did|is|are|was|were|am|has|have|had|can|could|may|might|must|shall|should|will|would|isn't|aren't"
    r"|don't|doesn't|didn't|haven't|hasn't|can't|won't|wouldn't)"
)
_SUBJECT = (
    r"(?:i|we|you|they|it|he|she|this|that|these|those|there|the|a|an|any|all|some|each|every\w*|people|folks|our|my"
    r"|anyone|anybody|someone|somebody|either|most|both|its|their|one|\w+s)"
)
_OPENING = _phrases(
    rf"{_WH}\b(?! i'?d\b)",
    rf"{_VERB} (?:\w+ly |not )?{_SUBJECT}\b",
    r"any (?:idea|sense|constraints|limits?|rules|chance|news|numbers?|figures?|particular)\b",
    r"(?:roughly|about) (?:how|what)\b",
    r"got (?:any|a)\b",
)
"""How a question opens: a question word, or a verb before its subject."""
_JOINS = r"(?:and|so|but|okay|ok|then|also|or|now|well|right|first|next|actually|sorry|please|quick question)"
_OPENS = re.compile(rf"^(?:{_JOINS}[,\s:-]+)*{_OPENING}", re.IGNORECASE)
_OPENS_LATER = re.compile(
    rf"(?:^|(?<=[,;:–—-] )|\b(?:{_JOINS}|because|here|like|say|just|me|of|on|to|in|know|sure|is)\s+){_OPENING}",
    re.IGNORECASE,
)
_VERB_FIRST = re.compile(
    rf"^(?:{_JOINS}[,\s:-]+)*(?:do|does|did|is|are|was|were|can|could|must|may|will|would)\b", re.IGNORECASE
)
"""How a question opens that asks to its end, whatever question word it holds."""
_FIGURE = r"how (?:many|much|big|large|often|fast|quickly|soon|long)\b"
_OPENS_UNPUNCTUATED = re.compile(
    rf"(?:^|\b(?:{_JOINS}|like)\s+){_OPENING}|^(?:the )?(?:number|amount|size) of\b"
    rf"|(?<!\bon )(?<!\bof )(?<!\bby )(?<!\bknow )(?<!\bknows )\b{_FIGURE}",
    re.IGNORECASE,
)
_OFTEN = r"(?: (?:also|really|just|first|still|only|probably|a bit))*"
_SENSE = r"(?:rough |better |clear )?(?:feel|sense|idea|handle|picture|numbers?|figures?|estimate|breakdown)"
_WANTS = rf"(?:i|we)(?:'d|'ll| would| will)?{_OFTEN} (?:like|want|need|love)"
_INDIRECT = re.compile(
    r"\b"
    + _phrases(
        rf"{_WANTS} (?:you )?to (?:know|ask|understand|hear|learn|find out|check|clarify|be told)",
        rf"{_WANTS} to (?:get|have) (?:a |an |some |the )?{_SENSE}",
        rf"{_WANTS} (?:a|an|some|the|two|three) {_SENSE}",
        r"i(?:'d| would) love to see",
        r"(?:what|all|the (?:bit|thing|part|number|piece|figure)) (?:that )?i(?:'d|'m| would)?(?: really| still)?"
        r" (?:need|want|don't (?:know|have)|can't (?:tell|guess|know|judge)|missing|like)",
        rf"(?:i|we)(?:'m| am|'re| are){_OFTEN} (?:curious|wondering|interested in|unsure|unclear)",
        r"i (?:was )?wonder(?:ing|ed)?",
        r"let me (?:ask|check (?:\w+ )*with)",
        r"(?:may|can|could|might) i (?:just )?(?:ask|check|clarify|know)",
        r"(?:(?:can|could|would|will|do) you|(?:somebody|someone) should|you(?:'d)? have to)(?: just| please)*"
        r" (?:know|tell|say|give|share|remind|confirm)",
        r"(?:tell|remind|help) me (?:\w+ )?(?:how|what|who|when|where|which|whether|if|why|about|the|something"
        r"|more|understand|roughly)",
        r"(?:so|please) give me \w+",
        r"give me (?:an?|the|some|those|these|two|your) (?!(?:second|sec|minute|moment|hint|pointer|clue|nudge|bit"
        r"|little|beat|sign|few)\b)",
        r"(?:not (?:sure|clear)|don't know|no idea|can't tell|any idea|do we know)(?: yet| on| about| of)*"
        r" (?:how|what|who|when|where|which|whether|if|the)",
        r"my (?:\w+ )?question (?:is|was|would be)",
        r"(?:it|that)(?:'d| would) (?:help|be (?:good|useful|helpful|nice)) (?:me )?to know",
        r"(?:comes|boils) down to (?:how|what|who|whether|the)",
        r"(?:once|until|as soon as|before) (?:i|we) know (?:how|what|who|which|whether|if|where|when)",
    ),
    re.IGNORECASE,
)
"""Ways to ask without a question mark."""
_HOW_IT_IS_PUT = re.compile(
    rf"^(?:{_WANTS} (?:you )?to \w+|(?:i(?:'m| am| have)? ?(?:really )?)?(?:don't know|not (?:sure|clear)"
    r"|can't tell|no idea)(?: yet)?(?: about| of)?"
    r"|(?:a |some )?(?:rough |better |clear )?(?:feel|sense|idea|handle|picture) (?:for|of|on|about)) ",
    re.IGNORECASE,
)
_WHY_IT_IS_ASKED = re.compile(
    r"[,;:]? \b(?:because|so that|since|otherwise|given that|as (?:i|that|it)\b|(?:and )?(?:that|it|this|which)"
    r" (?:changes|decides|limits|matters|tells)|so i (?:can|know)|before i|if (?:it|they|that|not|so)\b|then i)\b"
    r".*$",
    re.IGNORECASE,
)
_NEEDS_ITS_CASE = re.compile(
    r"\b(?:right|okay|ok|fine|alright|bad|worse|acceptable|tolerable|matter|matters|happens|mind|enough|problem)\W*$",
    re.IGNORECASE,
)
"""How a question ends that says nothing without the case after it."""
_CASE = re.compile(
    rf"^(?:{_JOINS}[, ]+)*(?:if|when|once|for|out of|apart|besides|as for|regarding|on|after|suppose|say|assuming"
    r"|of)\b",
    re.IGNORECASE,
)
"""What a question is asked about or of, said before it: it belongs to the question."""
_HUM = re.compile(
    r"\b(?:u+h+m*|u+m+|e+r+m*|hm+|you know|would you say(?! (?:that|it|this)\b(?! ?'))(?! ?\?))\b,?\s*",
    re.IGNORECASE,
)
_TWICE = re.compile(r"(?<![\w'])((?:[\w']++ ){0,3}[\w']++)(?: \1(?![\w']))+", re.IGNORECASE)
_AND_ALSO = re.compile(
    rf",? (?:and|or|plus|like)(?: also)?,? (?:while [^,?]{{0,20}}, )?(?:(?:in|for|by|with|of|to|on|at|from) )?"
    rf"(?={_OPENING})",
    re.IGNORECASE,
)
_OWN_DESIGN = re.compile(
    rf"^(?:{_JOINS}[,\s]+)*(?:(?:how|what|why|where|when|which|who)\b.{{0,25}}?\b"
    r"(?:do|would|should|can|could|will|did|does|if) (?:we|i|you|it|the|one)\b|(?:what|how) about\b|why\b"
    r"|what(?:'s)? (?:stops|stopping|prevents|happens|if|keeps|makes|goes)\b|who (?!are|is|uses)\w+|where\b"
    r"|how (?:do|does|would|is|are)\b)",
    re.IGNORECASE,
)
_FIGURES = re.compile(
    r"\bhow (?:many|much|big|large|often|fast|long)\b|\bwhat(?:'s| is| are) (?:the|our)\b", re.IGNORECASE
)
_SAYS_WHY_IT_ASKS = re.compile(
    r"^(?:(?:and|but|so|well),? )*(?:if|because (?!then\b)|since|otherwise|depending|i(?:'m| am)? ask|that"
    r"(?:'s|'d)? (?:what|decides|changes|would|matters|tells|is the)|that'd|(?:it|this) (?:decides|changes|matters)"
    r"|so that|nothing|with that|i(?:'d| would) (?:rather|need|like|guess|assume|hope)|i can|i guess|i mean|in my"
    r"|or|i only|once i|my)\b",
    re.IGNORECASE,
)
_ANSWERS = re.compile(r"^(?:well|because then|simple|easy|easily)\b", re.IGNORECASE)
_ASKS_WHY = re.compile(rf"^(?:{_JOINS}[,\s]+)*why\b", re.IGNORECASE)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|that|that's|those|them|they|there|this|these|such|same|ones?|both|either|some|figure|number|right"
    r"|so|he|she|their)\b",
    re.IGNORECASE,
)
_DEFERS = re.compile(
    r"\b"
    + _phrases(
        r"(?:would|do|did|could) you (?:want|like|prefer|rather|expect|need|suggest|recommend)"
        r" (?:me|us|i|that i|if i)\b",
        r"(?:(?:should|shall|would|must) (?:i|we)(?: (?:have|need) to)?|(?<!what )do (?:i|we) (?:have|need) to)"
        r" (?:use|take|pick|choose|go (?:with|for)|put|set|start|begin|build|buy|split|word|phrase"
        r"|connect|pass)\b(?! from| for)",
        r"(?:is|are|would|be) .{0,25}\b(?:okay|ok|fine|alright|all right) (?:with|for|by) you",
        r"preference|in your (?:view|opinion|mind|experience)|up to me",
        r"(?<!many )(?<!much )(?<!often )(?<!long )do you (?:think|care|mind|reckon)",
        r"you(?:'d| would)? (?:prefer|rather|favou?r|pick|choose|suggest|recommend)|you(?:'d| would) like me",
        r"(?:supposed|expected|meant) to (?:use|pick|choose)|you have in mind|(?:must i|i must) use|want me to",
        r"would you (?:\w+ )?(?:give|use|go|put|set|have me|split|retrain|want\b.{0,20}\?)",
        r"(?:should|ought) (?:this|it|that|there) (?:to )?be\b(?= (?:an?|one|two|the|only|just|in|on|part)\b)",
        r"(?:does it not|does it|doesn't it) matter(?! (?:if|whether|where|when|that|to)\b)",
        r"(?:(?:how|where) (?:would|should|do|can|could)|(?:^|[,;:] |\band |\bso )(?:should|shall|would)) (?:i|we)"
        r" (?:cache|chunk|rerank|re-rank|embed|encode|fine-tune|blend|fuse|weigh|combine|shard|batch|cluster|detect"
        r"|evaluate|deploy|prompt|parse|tokeni[sz]e)\b",
    ),
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"^(?:{_JOINS}[,\s]+)*(?:(?:or )?{_VERB} (?:it|they|there|that|this|those|these|we|i|you|he|she)"
    r"(?: (?:any|many|much|a lot|lots|so|some|have|need|enough|one|that|those))*|or not|yes or no)\W*$",
    re.IGNORECASE,
)
"""A question that has its matter in what was said just before ("… if there are many tables. Are there?")."""
_MAY_BE_DATA = re.compile(
    r"\b(?:can|may|could|shall|should) (?:i|we) (?:just )?(?:keep|use|take|move|write|assume)\b", re.IGNORECASE
)
"""Asks leave, for a step of the talk or for something the sheet rules."""
_LATER = 12
"""Words after a question from which on the turn has moved on from it."""
_SHORT = 3
"""Words up to which a question leans on what was said before it."""


class Question(NamedTuple):
    """A question of a turn."""

    text: str
    context: str = ""
    """What it points back to, where it does."""
    midway: bool = False
    defers: bool = False
    """It asks the interviewer to decide on the design."""
    addressed: bool = False
    """It is put to somebody in so many words."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The questions it joins with "and"."""
        return tuple(part.strip() for part in _AND_ALSO.split(self.text) if part.strip())


def questions(text: str) -> list[Question]:
    """The questions a turn puts to the interviewer, in order."""
    spoken = [span.text for span in sentences(_plain(text))]
    unpunctuated = not re.search(r"[.?!]", text)
    found = []
    for i, sentence in enumerate(spoken):
        asks, following = _asking(sentence, unpunctuated=unpunctuated), spoken[i + 1 :]
        if not asks or _is_about_the_talk(asks) or _leads_on(sentence, following[:1]):
            continue
        previous = spoken[i - 1] if i else ""
        before = f"{previous} {sentence[: max(0, sentence.find(asks))]}".strip()
        if _BARE.match(asks) and before:
            asks, before = f"{before} {asks}", ""
        found.append(
            Question(
                text=asks,
                context=before if _POINTS_BACK.search(asks) or len(words(asks)) <= _SHORT else "",
                midway=sum(len(words(later)) for later in following) > _LATER,
                defers=bool(_DEFERS.search(sentence)),
                addressed=bool(_OPENS.match(asks) or _INDIRECT.search(sentence)),
            )
        )
    return found


def _is_about_the_talk(asks: str) -> bool:
    about = situations_in(asks) & NOT_ABOUT_FACTS
    if about == {Situation.ASKS_LEAVE} and _MAY_BE_DATA.search(asks):
        return False
    return bool(about)


def _plain(text: str) -> str:
    """Speech without its hums and false starts."""
    return _TWICE.sub(r"\1", _HUM.sub("", text.replace("’", "'")))


def _asking(sentence: str, *, unpunctuated: bool) -> str:
    """The part of a sentence that asks, empty where none does. What is before a semicolon only leads up to it."""
    last = sentence.rpartition("; ")[2]
    if _OPENS_LATER.search(last) or _INDIRECT.search(last):
        sentence = last
    start = _start(sentence, unpunctuated=unpunctuated)
    if start is None:
        return ""
    asks = sentence[start:]
    for aside, least in ((_WHY_IT_IS_ASKED, 4), (_HOW_IT_IS_PUT, 2), (_HOW_IT_IS_PUT, 2)):
        without = aside.sub("", asks)
        asks = without if len(words(without)) >= least and not _NEEDS_ITS_CASE.search(without) else asks
    return asks if len(words(asks)) >= 2 else sentence


def _start(sentence: str, *, unpunctuated: bool) -> int | None:
    """Where the question begins. Where a recogniser gave no punctuation, openings are all there is to go by."""
    indirect = _INDIRECT.search(sentence)
    if sentence.endswith("?"):
        found = [match.start() for match in (_OPENS_LATER.search(sentence), indirect) if match]
        start = min(found, default=0)
        before = sentence[:start]
        return 0 if _VERB_FIRST.match(sentence) or _CASE.match(before) or len(words(before)) <= 3 else start
    opening = indirect or (_OPENS_UNPUNCTUATED.search(sentence) if unpunctuated else None)
    if opening is None:
        return None
    return 0 if unpunctuated and len(words(sentence[: opening.start()])) <= _SHORT + 1 else opening.start()


def _leads_on(question: str, following: list[str]) -> bool:
    """Whether the next sentence takes a question up: by asking it in full, or by answering it."""
    if not following:
        return False
    after = following[0]
    if after.endswith("?"):
        return not question.endswith("?")
    if _ASKS_WHY.match(question) and after.lower().startswith("because"):
        return True
    if _SAYS_WHY_IT_ASKS.match(after) or _INDIRECT.search(after):
        return False
    return bool(_ANSWERS.match(after) or (_OWN_DESIGN.match(question) and not _FIGURES.search(question)))
