"""Short quotes of the candidate for the interviewer's next question."""

from __future__ import annotations

import re

from coach.domain.language import content_stems, sentences, words

LONGEST = 10
"""Words of a quote: a longer one would be a summary."""

_DECISION = re.compile(
    r"\b(?:i'd|i would|i'll|we'd|we would|we'll|i|we|let's) (?:just |probably |simply )?"
    r"(?:use|go with|pick|choose|keep|run|store|split|cache|route|train|block|start with|build|skip|index"
    r"|sample)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;:.!?()–—]| - | because\b| so\b| but\b| which\b| and (?:then|i|we)\b", re.IGNORECASE)


def decision_worth_pushing(text: str) -> str | None:
    """A decision the candidate just stated, verbatim and at most ten words long, or None.

    The last one in the turn, since that is what they are still thinking about.
    """
    for sentence in reversed(sentences(text)):
        if sentence.text.endswith("?"):
            continue
        match = _DECISION.search(sentence.text.replace("’", "'"))
        if match is None:
            continue
        rest = sentence.text[match.start() :]
        end = _CLAUSE_END.search(rest, match.end() - match.start())
        clause = rest[: end.start()] if end else rest.rstrip(".!")
        if 4 <= len(words(clause)) <= LONGEST and len(content_stems(clause)) >= 2:
            return clause.strip()
    return None
