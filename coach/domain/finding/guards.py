"""Words that cannot be evidence by themselves: echoes, terms strung together, lists."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from coach.domain.language import STOPWORDS, Span, content_stems, words
from coach.domain.numbers import numbers

SOUP = 0.18
"""Share of function words below which a sentence of eight words or more, without a number, says nothing."""
LISTED = 0.34
"""The same, below which a sentence of six short items or more names terms without deciding anything."""
BARE = 3
"""Items of a bare list at least, and words of each at most."""
INNER = 6
"""Items of at most three words, between the first and the last of a list, from which on it only names them."""
_ITEMS = re.compile(r"[,;:]|\band\b")


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
    items = [words(part) for part in _ITEMS.split(sentence)]
    short = sum(0 < len(item) <= 4 for item in items)
    many = short >= 6 and short / len(items) >= 0.75
    if many and _function_share(said) < LISTED and len(numbers(sentence)) < 2:
        return True
    jotted = sentence[0] in "-*\u2022" and len(items) >= BARE and short == len(items)
    return is_soup(sentence) or jotted or _is_framed_list(sentence)


def is_bare_list(sentence: str) -> bool:
    """Whether the sentence is short items and nothing else, or without any grammar. Terse speech can be that too:
    it is only a list where all its words were looked for (`injection, even if, limit sits`)."""
    parts = [part for part in _ITEMS.split(sentence) if words(part)]
    if not parts or any(len(words(part)) > BARE for part in parts):
        return False
    figures = sum(map(_has_figure, parts))
    return len(parts) >= BARE or (2 * figures <= len(parts) and _function_share(words(sentence)) == 0)


def _is_framed_list(sentence: str) -> bool:
    """Terms between the words that announce them and those that end the list: `think of recall, cost, drift and so
    on`."""
    inner = [part for part in _ITEMS.split(sentence) if words(part)][1:-1]
    if len(inner) < INNER or any(len(words(part)) > BARE for part in inner):
        return False
    return sum(_has_figure(part) for part in inner) * TERMS_PER_FIGURE < len(inner)


STRUNG = 6
"""Terms in lines that follow one another on a board, from which on they are strung together and say nothing."""
SHORT_ITEM = 4
"""Words of an item of a list at most; longer ones are terms too where they hold no function word."""
TERMS_PER_FIGURE = 3
"""Items of a list that one figure speaks for, its own among them."""
_BETWEEN_ITEMS = re.compile(r"[,;:|/+&=()]|->|\u2192|\band\b")

_STEP = re.compile(r"^\W*(?:step|phase|stage|part|layer)?\W*(?:\d{1,2}[.)]\s|\d\W*$)", re.IGNORECASE)


def terms_in_runs(lines: Sequence[str]) -> list[int]:
    """For each line of a board, the terms in the run of lines it belongs to that only name terms; 0 where it
    says something: it has grammar, or figures. A list is the same list with an item a line."""
    alone = [_terms(line) for line in lines]
    runs = [0] * len(lines)
    for only_terms, numbered in itertools.groupby(range(len(lines)), key=lambda i: alone[i] > 0):
        run = list(numbered)
        said = tuple(word for i in run for word in words(lines[i]))
        if only_terms and _function_share(said) < LISTED:
            total = sum(alone[i] for i in run)
            for i in run:
                runs[i] = total
    return runs


def _terms(line: str) -> int:
    """Items of a line that only names terms; 0 where it says something."""
    parts = [part for part in _BETWEEN_ITEMS.split(line) if words(part)]
    figures = sum(_has_figure(part) for part in parts)
    if figures and figures * TERMS_PER_FIGURE >= len(parts):
        return 0
    items = [words(part) for part in parts]
    short = all(len(item) <= SHORT_ITEM or _function_share(item) == 0 for item in items)
    return len(items) if short else 0


def _has_figure(part: str) -> bool:
    """Whether a number is said that is no name (`BM25`, `p95`) and only numbers no step."""
    said = _STEP.sub("", part)
    return any(
        number.unit != "percentile" and not (number.start and said[number.start - 1].isalnum())
        for number in numbers(said)
    )


def _function_share(said: Sequence[Span]) -> float:
    return sum(word.text in STOPWORDS for word in said) / max(1, len(said))


ECHO = 0.8
"""Share of a sentence's content words that another text already held, above which it only repeats them."""
READ_OUT = 0.7
"""Share of a criterion's content words that such a sentence holds when it reads the criterion out."""
LEAST_TO_ECHO = 3
RUN = 5
"""Words in a row that a sentence shares with a criterion, from which on it may read it out among other words."""
RUN_SHARE = 0.6
"""Share of the criterion's words that such a row must hold. On the golden rounds none holds half of them."""


def echoes(sentence: str, question: str) -> bool:
    """Whether the sentence only says the interviewer's words back."""
    said = content_stems(sentence)
    if len(said) < LEAST_TO_ECHO:
        return bool(said) and said <= content_stems(question)
    return len(said & content_stems(question)) / len(said) >= ECHO


def reads_out(sentence: str, criterion: str) -> bool:
    """Whether the sentence is the criterion's own text, or holds most of it word for word."""
    said, stated = content_stems(sentence), content_stems(criterion)
    shared = len(said & stated)
    if not stated or shared / len(stated) < RUN_SHARE / 2:
        return False
    if len(said) >= LEAST_TO_ECHO and shared / len(said) >= ECHO and shared / len(stated) >= READ_OUT:
        return True
    return _shared_run(sentence, criterion) >= max(RUN, RUN_SHARE * len(words(criterion)))


def _shared_run(sentence: str, criterion: str) -> int:
    """Words in a row that both texts hold."""
    said, stated = ([word.text for word in words(text)] for text in (sentence, criterion))
    return SequenceMatcher(None, said, stated, autojunk=False).find_longest_match().size


_FULL_NAME = re.compile(r"[a-z0-9-]+\.[a-z0-9-]+")


def calls_by_name(sentence: str, names: Container[str]) -> bool:
    """Whether a criterion is called by its full name, which nobody has told the candidate."""
    return any(name in names for name in _FULL_NAME.findall(sentence))


def is_piece_of(line: str, around: str, criteria: Iterable[str]) -> bool:
    """Whether the line is a piece of criteria read out, one or more: `around`, the line and its neighbours, holds
    most of each. So neither a break in the middle of a criterion nor two in one line hide it."""
    said, near = content_stems(line), content_stems(around)
    stated = (content_stems(criterion) for criterion in criteria)
    told: frozenset[str] = frozenset().union(
        *(each for each in stated if each and len(near & each) / len(each) >= READ_OUT)
    )
    if len(said) < LEAST_TO_ECHO:
        return bool(said) and said <= told
    return len(said & told) / len(said) >= ECHO
