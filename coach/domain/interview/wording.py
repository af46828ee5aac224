"""What an interviewer may not say: judgement, facts nobody asked for, words put into the candidate's mouth, terms
of the criteria, anything out of role.

Shared by the checks on a transcript and by the gate in front of a model's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from coach.domain.evidence import canonicalise
from coach.domain.language import EVERYDAY, STOPWORDS, content_stems, stem, words
from coach.domain.numbers import numbers
from coach.domain.rubric import Brief
from coach.domain.scenario import Fact

ALIKE = 90.0
"""Similarity (0 to 100) from which a wording is the author's line."""
LEAST_WORDS = 5
"""Fewer words say no fact by their likeness alone."""

PRAISE = re.compile(
    r"\b(?:great|exactly|good (?:point|question|answer|job|thinking)|excellent|perfect|nice|well done"
    r"|impressive|fantastic|awesome|brilliant|interesting|spot on|that's right|love (?:it|that)|absolutely"
    r"|amazing|(?:that|this|it|you)(?:'s|'re| is| are) (?:\w+ )?(?:wrong|correct))\b|^\W*(?:wrong|correct)\b",
    re.IGNORECASE,
)
OUT_OF_ROLE = re.compile(
    r"\b(?:language model|system prompt|as an ai|my instructions|rubric says|criteri(?:on|a))\b", re.IGNORECASE
)
_WARM = re.compile(
    r"\b(?:makes? (?:a lot of |perfect |good |total )?sense|i (?:really |do )?(?:like|agree)"
    r"|well (?:put|said|thought)|(?:solid|strong|thoughtful|clever|smart|sensible|reasonable|fair|clear) (?:\w+ )?"
    r"(?:answer|choice|point|idea|approach|plan|thinking|design|start|one)|(?:you )?nailed"
    r"|(?:very|so|really|quite) (?:thoughtful|clear|strong|solid|smart)|clearly (?:know|understand)"
    r"|you(?:'re| are) (?:absolutely )?right|full marks)\b"
    r"|^\W*right\b(?! (?:now|after|before))|\bright\?",
    re.IGNORECASE,
)
"""Praise and agreement in warmer words; what people say without judging may hold some, so only a model's are held
against it."""
OFF_STAGE = re.compile(
    r"\b(?:here(?:'s| is| are) (?:the|my) (?:\w+ )?(?:rubric|criteria|instructions?|prompt|facts?|answer)"
    r"|(?:the|my) (?:rubric|scoring|system prompt)|hidden facts?|fact sheet|your assistant|interview is over"
    r"|i(?:'m| am| was|'ve been| have been) (?:told|instructed|programmed) to"
    r"|(?:i'm|i am) (?:only |just )?an? (?:ai|bot|chatbot|model|assistant|machine))\b",
    re.IGNORECASE,
)
"""What is behind the scenes of a round, in a model's words."""
_YOU_DID = re.compile(
    r"\byou(?:'ve| have)? (?:\w+ )?(?:noted|explained|talked about|spoke of|went (?:for|with)|stated|argued|claimed"
    r"|decided|named|picked|brought up|pointed out|assumed|wrote|drew)\b(.*)|(.*)\bwere your words\b",
    re.IGNORECASE | re.DOTALL,
)
_YOU_SAID = re.compile(r"\byou (?:said|mentioned|told me)\b[^\"“]{0,20}[\"“]([^\"”]+)[\"”]", re.IGNORECASE)
_YOU_CLAIMED = re.compile(
    r"\byou(?:'ve| have)? (?:just )?(?:said|mentioned|told me|described|proposed|suggested|chose)\b(.*)",
    re.IGNORECASE | re.DOTALL,
)


def judges(text: str) -> bool:
    """Whether the words judge the candidate; a quote of theirs judges nothing."""
    return PRAISE.search(_YOU_SAID.sub("", text)) is not None


def praises(text: str) -> bool:
    """Whether a model's words praise or judge, in warmer words too."""
    return judges(text) or _WARM.search(_YOU_SAID.sub("", text)) is not None


def quotes_in(text: str) -> list[str]:
    """What the words claim, in quotation marks, that the candidate said."""
    return _YOU_SAID.findall(text)


def stands_in(quote: str, said: str) -> bool:
    """Whether the candidate's words `said` hold the quote."""
    return canonicalise(quote).text.strip() in canonicalise(said).text


def claim_in(text: str) -> str | None:
    """What the words claim, without quotation marks, that the candidate said or did."""
    if match := _YOU_CLAIMED.search(text):
        return match[1]
    wider = _YOU_DID.search(text)
    return wider and (wider[1] or wider[2])


def tells(fact: Fact, text: str) -> bool:
    """Whether the words tell the fact, in the author's words or nearly."""
    return len(words(text)) >= LEAST_WORDS and fuzz.partial_ratio(fact.say.lower(), text.lower()) >= ALIKE


def figures(text: str) -> frozenset[float]:
    """The numbers in a text."""
    return frozenset(number.value for number in numbers(text))


def terms(brief: Brief) -> frozenset[str]:
    """Stems of the criteria's words that nobody uses outside the craft and no authored line gives away."""
    plain = content_stems(" ".join(_public_texts(brief))) | {stem(word) for word in EVERYDAY | STOPWORDS}
    found = {s for c in brief.criteria.values() for s in content_stems(c.text) if len(s) > 2}
    return frozenset(found - plain)


def _public_texts(brief: Brief) -> Iterator[str]:
    """What a candidate may hear from an interviewer anyway."""
    scenario = brief.scenario
    yield from (scenario.opening, scenario.title, scenario.summary)
    yield from (fact.say for fact in scenario.facts)
    yield from (line for probes in scenario.probes.values() for line in probes.values())
    yield from (f"{dimension.name} {dimension.definition}" for dimension in brief.rubric.dimensions)
