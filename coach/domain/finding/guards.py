"""Words that cannot be evidence by themselves: echoes, terms strung together, lists."""

from __future__ import annotations

import re
from functools import lru_cache

from coach.domain.language import STOPWORDS, Span, content_stems, words
from coach.domain.numbers import numbers

SOUP = 0.18
"""Share of function words below which a sentence of eight words or more, without a number, says nothing."""
LISTED = 0.34
"""The same, below which a sentence of six short items or more names terms without deciding anything."""


@lru_cache(maxsize=8_192)
def is_soup(sentence: str) -> bool:
    """Whether the sentence is terms strung together: no grammar, no number."""
    said = words(sentence)
    if len(said) < 8 or any(number.unit != "percentile" for number in numbers(sentence)):
        return False
    return _function_share(said) < SOUP and sentence.count(",") + sentence.count(";") >= 3


@lru_cache(maxsize=8_192)
def is_list_of_terms(sentence: str) -> bool:
    """Whether the sentence names terms one after the other, which is worth partial credit at most."""
    said = words(sentence)
    items = [words(part) for part in re.split(r"[,;:]|\band\b", sentence)]
    short = sum(0 < len(item) <= 4 for item in items)
    many = short >= 6 and short / len(items) >= 0.75
    return is_soup(sentence) or (many and _function_share(said) < LISTED and len(numbers(sentence)) < 2)


def _function_share(said: tuple[Span, ...]) -> float:
    return sum(word.text in STOPWORDS for word in said) / max(1, len(said))


ECHO = 0.8
"""Share of a sentence's content words that another text already held, above which it only repeats them."""
READ_OUT = 0.7
"""Share of a criterion's content words that such a sentence holds when it reads the criterion out."""
LEAST_TO_ECHO = 3


def echoes(sentence: str, question: str) -> bool:
    """Whether the sentence only says the interviewer's words back."""
    said = content_stems(sentence)
    if len(said) < LEAST_TO_ECHO:
        return bool(said) and said <= content_stems(question)
    return len(said & content_stems(question)) / len(said) >= ECHO


def reads_out(sentence: str, criterion: str) -> bool:
    """Whether the sentence is the criterion's own text."""
    said, stated = content_stems(sentence), content_stems(criterion)
    shared = len(said & stated)
    return len(said) >= LEAST_TO_ECHO and shared / len(said) >= ECHO and shared / len(stated) >= READ_OUT
