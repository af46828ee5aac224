"""Numbers as people say and write them: `point nine`, `thirty thousand`, `four to five million`, `p95`, `2%`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: float(i) for i, word in enumerate(_ONES)} | {word: 10.0 * (i + 2) for i, word in enumerate(_TENS)}
_SCALES = {"k": 1e3, "grand": 1e3, "thousand": 1e3, "m": 1e6, "mio": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_ORDINALS = dict(
    zip(
        "third fourth fifth sixth seventh eighth ninth tenth".split(),
        (3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0),
        strict=True,
    )
)
_PARTS = {"half": 2.0, "quarter": 4.0} | _ORDINALS
_TOKEN = re.compile(
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\w)\.\d+)|(?P<word>[^\W\d_]+)|(?P<sign>%)"
)
_UNITS = {"%": "percent", "percent": "percent", "percentile": "percentile"}


class Number(NamedTuple):
    """A number at [start, end) of a text, in code points. `unit` is percent, percentile or None."""

    value: float
    unit: str | None
    start: int
    end: int


class _Token(NamedTuple):
    text: str
    start: int
    end: int
    tight: bool
    """Nothing but white space or a hyphen stands between this and the token before."""


@lru_cache(maxsize=8_192)
def numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text, in order. A lone `one` or `a` is a word, not a number."""
    tokens = _tokens(text)
    found: list[Number] = []
    i = 0
    while i < len(tokens):
        value, after = _number(tokens, i)
        if value is None:
            i += 1
            continue
        last = after
        unit = None
        if after < len(tokens) and tokens[after].tight and tokens[after].text in _UNITS:
            unit = _UNITS[tokens[after].text]
            last = after + 1
        elif i and tokens[i - 1].text == "p" and tokens[i - 1].end == tokens[i].start:
            unit = "percentile"
        found.append(Number(value, unit, tokens[i].start, tokens[last - 1].end))
        i = last
    return tuple(_with_shared_scale(text, found))


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(text.lower()):
        gap = text[end : match.start()]
        tokens.append(_Token(match[0], match.start(), match.end(), tight=not gap.strip(" -\n\u2011")))
        end = match.end()
    return tokens


def _number(tokens: list[_Token], i: int) -> tuple[float | None, int]:
    """The number that begins at token `i` and the token after it; None where none begins."""
    first = tokens[i].text
    article = first in {"a", "an"}
    start = i + 1 if article else i
    if article and not (start < len(tokens) and tokens[start].tight and _counts_after_article(tokens[start].text)):
        return None, i
    value, after = _cardinal(tokens, start)
    if value is None:
        if article and tokens[start].text in _PARTS:
            return 1.0 / _PARTS[tokens[start].text], start + 1
        return _scaled(tokens, 0.5, i + 1) if first == "half" else (None, i)
    ended = _with_part(tokens, value, after)
    if ended is not None:
        return ended
    if first == "one" and after == i + 1 and not _is_measured(tokens, after):
        return None, i
    return value, after


def _with_part(tokens: list[_Token], value: float, after: int) -> tuple[float, int] | None:
    """The number with what follows it: `two` thirds, `ninety` fifth, `95` th, `four` and a half."""
    if after >= len(tokens) or not tokens[after].tight:
        return None
    part = tokens[after].text
    if part.removesuffix("s") in _PARTS and 0 < value < 20:
        return value / _PARTS[part.removesuffix("s")], after + 1
    if part in _ORDINALS and value % 10 == 0:
        return value + _ORDINALS[part], after + 1
    if part in {"st", "nd", "rd", "th"}:
        return value, after + 1
    if part == "and" and after + 2 < len(tokens) and tokens[after + 1].text == "a":
        half = tokens[after + 2].text
        if half in {"half", "quarter"}:
            return _scaled(tokens, value + 1 / _PARTS[half], after + 3)
    return None


def _scaled(tokens: list[_Token], value: float, after: int) -> tuple[float, int]:
    """The number times the scale that follows it, `million` or `a million`."""
    scale = after + 1 if after < len(tokens) and tokens[after].text == "a" else after
    if scale < len(tokens) and tokens[scale].tight and tokens[scale].text in _SCALES:
        return value * _SCALES[tokens[scale].text], scale + 1
    return value, after


def _counts_after_article(word: str) -> bool:
    return word == "hundred" or word in _PARTS or (word in _SCALES and len(word) > 2)


def _is_measured(tokens: list[_Token], after: int) -> bool:
    if after >= len(tokens):
        return False
    return tokens[after].text in _UNITS | {"in": "", "to": ""} or (
        tokens[after].text == "and" and _small_follows(tokens, after + 1)
    )


def _cardinal(tokens: list[_Token], i: int) -> tuple[float | None, int]:
    total, current, start = 0.0, None, i
    while i < len(tokens) and (i == start or tokens[i].tight):
        word = tokens[i].text
        step = _figure(word) if word[0] in "0123456789." else _SMALL.get(word)
        if step is not None:
            joined = _join(current, step, figure=word not in _SMALL)
            if joined is None:
                break
            current = joined
        elif word == "hundred":
            current = (1.0 if current is None else current) * 100
        elif word in _SCALES and (current is not None or (i == start and len(word) > 2)):
            total += (1.0 if current is None else current) * _SCALES[word]
            current = None
        elif word == "point" and (decimals := _decimals(tokens, i + 1))[1] > i + 1:
            current = (current or 0.0) + decimals[0]
            i = decimals[1]
            continue
        elif not (word == "and" and (total or (current or 0) >= 100) and _small_follows(tokens, i + 1)):
            break
        i += 1
    if i == start or (current is None and not total):
        return None, start
    return total + (current or 0.0), i


def _figure(word: str) -> float:
    return float(word.replace(",", ""))


def _join(current: float | None, step: float, *, figure: bool) -> float | None:
    """`twenty` `five` is 25, `a hundred` `twenty` is 120, `three` `fifty` is 350; None where they do not join."""
    if current is None:
        return step
    if figure or current != int(current):
        return None
    if current % 100 == 0 and step < 100:
        return current + step
    if current % 10 == 0 and current % 100 >= 20 and 0 < step < 10:
        return current + step
    if current < 10 and 10 <= step < 100:
        return current * 100 + step
    return None


def _decimals(tokens: list[_Token], i: int) -> tuple[float, int]:
    digits = ""
    while i < len(tokens) and tokens[i].tight and _SMALL.get(tokens[i].text, 100.0) < 100:
        digits += str(int(_SMALL[tokens[i].text]))
        i += 1
    return (float(f"0.{digits}") if digits else 0.0), i


def _small_follows(tokens: list[_Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].tight and tokens[i].text in _SMALL


def _with_shared_scale(text: str, found: list[Number]) -> list[Number]:
    """`four to five million` means four million: a range's first number takes the scale of its second."""
    shared = list(found)
    for i in range(len(shared) - 1):
        low, high = shared[i], shared[i + 1]
        between = text[low.end : high.start].strip().lower()
        if between not in {"to", "or", "-", "\u2013"} or low.value >= 1_000 or low.value >= high.value:
            continue
        scale = next((s for s in (1e9, 1e6, 1e3) if high.value >= s and low.value < high.value / s * 10), None)
        if scale and high.value / scale < 1_000:
            shared[i] = low._replace(value=low.value * scale)
        if low.unit is None and high.unit:
            shared[i] = shared[i]._replace(unit=high.unit)
    return shared
