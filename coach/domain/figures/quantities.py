"""Quantities as people state them: a number with what it counts or measures, in one unit of each kind.

`four kilobytes` is 4,000 bytes, `a third of a cent` 0.0033 dollars, `thirty ms` 0.03 seconds, `two percent` and
`two in a hundred` a share of 0.02; everything else is a count, with the word it counts.
"""

from __future__ import annotations

import re
from collections.abc import Set
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from coach.domain.language import FILLERS, STOPWORDS, stem, words
from coach.domain.numbers import Number, numbers


class Kind(StrEnum):
    """What a quantity measures, and the unit its value is in."""

    MONEY = "USD"
    SECONDS = "s"
    BYTES = "bytes"
    SHARE = "share"
    COUNT = ""


class Quantity(NamedTuple):
    """A quantity at [start, end) of a text, in code points."""

    value: float
    """In dollars, seconds, bytes, as a share of 1, or counted."""
    kind: Kind
    unit: float
    """What one of the unit that was said is worth: 0.01 for cents."""
    per: str
    """A stretch of time (`second`, `day`, `month`), an amount of things (`million`), `each`, or nothing."""
    nouns: tuple[str, ...]
    """Stems of the words right after it: what is counted."""
    start: int
    end: int
    digits_end: int
    """Where the number alone ends."""

    @property
    def said(self) -> float:
        """The number as it was said, in the unit that was said."""
        return self.value / self.unit

    @property
    def price_of(self) -> float:
        """How many things the price is for: a million of `three dollars a million`; else one."""
        return AMOUNTS.get(self.per, 1.0)

    @property
    def is_price(self) -> bool:
        """Money for an amount of things."""
        return self.kind is Kind.MONEY and self.per in AMOUNTS

    @property
    def is_bare(self) -> bool:
        """Neither a unit nor a word that it counts: what it means is known from elsewhere."""
        return self.kind is Kind.COUNT and not self.nouns


LONGEST = 20_000
"""Characters that are read: half an hour of talking."""
MOST = 300
"""Quantities that are read."""
SMALLEST, LARGEST = 1e-30, 1e30
"""Numbers beyond these count nothing."""
BYTES = {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "peta": 1e15}
_UNITS: dict[str, tuple[Kind, float]] = {
    **dict.fromkeys("dollar dollars bucks usd euro euros eur".split(), (Kind.MONEY, 1.0)),
    **dict.fromkeys("cent cents ¢".split(), (Kind.MONEY, 0.01)),
    **dict.fromkeys("byte bytes".split(), (Kind.BYTES, 1.0)),
    **{
        name: (Kind.BYTES, size)
        for prefix, size in BYTES.items()
        for name in (prefix, f"{prefix}byte", f"{prefix}bytes", f"{prefix[0]}b", f"{prefix[0]}ib", f"{prefix}s")
    },
    **dict.fromkeys("gig gigs".split(), (Kind.BYTES, 1e9)),
    **dict.fromkeys("meg megs".split(), (Kind.BYTES, 1e6)),
    **dict.fromkeys("ms millisecond milliseconds milli millis".split(), (Kind.SECONDS, 1e-3)),
    **dict.fromkeys("s sec secs second seconds".split(), (Kind.SECONDS, 1.0)),
    **dict.fromkeys("min mins minute minutes".split(), (Kind.SECONDS, 60.0)),
    **dict.fromkeys("hour hours".split(), (Kind.SECONDS, 3_600.0)),
    **dict.fromkeys("day days night nights".split(), (Kind.SECONDS, 86_400.0)),
    **dict.fromkeys("week weeks".split(), (Kind.SECONDS, 604_800.0)),
    **dict.fromkeys("month months".split(), (Kind.SECONDS, 2_592_000.0)),
    **dict.fromkeys("year years".split(), (Kind.SECONDS, 31_536_000.0)),
}
PERIODS = {
    **dict.fromkeys("s sec second".split(), "second"),
    **dict.fromkeys("min minute".split(), "minute"),
    "hour": "hour",
    **dict.fromkeys("day night".split(), "day"),
    "week": "week",
    **dict.fromkeys("month mo".split(), "month"),
    **dict.fromkeys("year yr".split(), "year"),
}
AMOUNTS = {"m": 1e6, "million": 1e6, "thousand": 1e3, "k": 1e3, "billion": 1e9}
_OF_A = r"(?:\s+of\s+(?:an?|one)\s+|(?<=\bhalf)\s+an?\s+|(?<=\bquarter)\s+an?\s+)"
_UNIT = re.compile(
    rf"(?:{_OF_A}|[\s-]*)(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?![^\W_])",
    re.IGNORECASE,
)
_PER = re.compile(
    rf"(?P<between>\s*(?:[^\W\d_]+\s+){{0,3}}?)(?:(?:an?|per|every|each|/)\s*/?\s*|/\s*|in\s+(?:an?\s+)?(?=sec))"
    rf"(?P<per>{'|'.join((*PERIODS, *AMOUNTS))})(?![^\W_])",
    re.IGNORECASE,
)
_OF_THOSE_A = re.compile(r"\s+of\s+(?:those|them|these)", re.IGNORECASE)
_EACH = re.compile(
    r"\s*(?:[^\W\d_]+\s+){0,2}?(?:each|apiece|a\s+piece|per\s+(?:vector|item|row|head))\b(?!\s+time)", re.IGNORECASE
)
_SHARE = re.compile(r"\s+(?:in|out of|of)\s+(?:a\s+|every\s+)?$", re.IGNORECASE)
_OUT_OF = {10.0, 20.0, 50.0, 100.0, 1_000.0, 10_000.0, 100_000.0, 1_000_000.0}
_TEN_TO_THE = re.compile(
    r"\s*(?:times|x|×|\*)\s*(?:ten|10)\s*(?:to the|\^|\*\*)\s*(?P<minus>minus\s+|negative\s+|[-−])?(?P<power>\w+)",
    re.IGNORECASE,
)
_EXPONENT = re.compile(r"[eE](?P<power>[-+]?\d{1,2})\b")
_A_UNIT = re.compile(
    r"\b(?:around|about|roughly|nearly|almost|under|is|say)\s+(?P<figure>an?|one)\s+"
    r"(?=(?:second|minute|hour|day|week|cent|dollar|gigabyte|gig|terabyte|kilobyte|megabyte)\b)",
    re.IGNORECASE,
)
_DIGIT = "zero one two three four five six seven eight nine".split()
_IS_POWER = re.compile(r"(?:\^|\*\*)\s*$")
_BILLION = re.compile(r"(?<=\d)b(?![^\W_])", re.IGNORECASE)
_BYTES_OF_A_NUMBER = {1.0, 2.0, 4.0, 8.0}
"""What `4B` means where it counts nothing: bytes of a number, not billions."""
_A_DOLLAR = re.compile(r"\b(?:a|one) dollar (?:and )?$", re.IGNORECASE)
_COUPLE = re.compile(r"(?:a )?couple (?:of )?$", re.IGNORECASE)
_SPELT = re.compile(
    rf"\b(?:zero (?:{'|'.join(_DIGIT[1:])})|(?:{'|'.join(_DIGIT)})(?: (?:{'|'.join(_DIGIT)})){{2,}})\b",
    re.IGNORECASE,
)
_ONE_AND_HALF = re.compile(r"\bone and half\b", re.IGNORECASE)
_NO_NOUNS = STOPWORDS | FILLERS | frozenset("times x by over plus minus divided multiplied squared".split())
_PARTS = frozenset({"half", "quarter"})
_POWERS = {
    word: i for i, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


@lru_cache(maxsize=4_096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, in order; of a very long one those it begins with."""
    found: list[Quantity] = []
    for figure in _figures(text[:LONGEST])[:MOST]:
        if not found or figure.start >= found[-1].end:
            found.append(_measured(text, figure))
    return tuple(_in_shares(text, found))


def _before(text: str, at: int) -> str:
    """The last few words before a place."""
    return text[max(0, at - 30) : at]


def _figures(text: str) -> list[Number]:
    """The numbers of a text, with those that are said in a way of their own put together."""
    own = [Number(_spelt(match[0]), None, *match.span()) for match in _SPELT.finditer(text)]
    own += [Number(1.0, None, *match.span("figure")) for match in _A_UNIT.finditer(text)]
    own += [Number(1.5, None, *match.span()) for match in _ONE_AND_HALF.finditer(text)]
    plain = [
        n
        for n in numbers(text)
        if n.unit != "percentile"
        and not _IS_POWER.search(_before(text, n.start))
        and (n.value == 0 or SMALLEST < n.value < LARGEST)
        and not any(n.start < o.end and o.start < n.end for o in own)
    ]
    joined: list[Number] = []
    for number in sorted((*plain, *own), key=lambda n: n.start):
        if joined and (whole := _together(text, joined[-1], number)):
            joined[-1] = whole
        else:
            joined.append(_powered(text, number))
    return [n for i, n in enumerate(joined) if not i or n.start >= joined[i - 1].end]


def _spelt(said: str) -> float:
    digits = "".join(str(_DIGIT.index(word)) for word in said.lower().split())
    return float(f"0.{digits[1:]}" if digits.startswith("0") else digits)


def _together(text: str, before: Number, after: Number) -> Number | None:
    """Two numbers that are one: `twenty-odd million`, `two and half percent`, `half of a tenth`."""
    between = " ".join(text[before.end : after.start].lower().split())
    said = text[after.start : after.end].lower()
    if between in {"-odd", "odd", "or so"} and said in {"thousand", "million", "billion"}:
        return Number(before.value * after.value, after.unit, before.start, after.end)
    if between == "and" and said.startswith(("half", "quarter")) and after.value < 1 and before.value < 100:
        return Number(before.value + after.value, after.unit, before.start, after.end)
    if between == "of" and before.value < 1 and after.value < 1 and said.startswith("a "):
        return Number(before.value * after.value, after.unit, before.start, after.end)
    return None


def _powered(text: str, number: Number) -> Number:
    """`six point four times ten to the minus seven`, `6.4e-7`, `a couple of hundred`."""
    if match := _TEN_TO_THE.match(text, number.end):
        word = match["power"].lower().removesuffix("th")
        power = _POWERS.get(word, int(word) if word.isdigit() and len(word) < 3 else None)
        if power is not None:
            return number._replace(
                value=number.value * 10.0 ** (-power if match["minus"] else power), end=match.end()
            )
    if match := _EXPONENT.match(text, number.end):
        return number._replace(value=number.value * 10.0 ** int(match["power"]), end=match.end())
    if number.value >= 100 and (match := _COUPLE.search(_before(text, number.start))):
        return number._replace(value=number.value * 2, start=number.start - len(match[0]))
    return number


def _measured(text: str, number: Number) -> Quantity:
    """A number with its unit and what follows it."""
    kind, unit, end = Kind.COUNT, 1.0, number.end
    is_money = _before(text, number.start).rstrip().endswith(("$", "€"))
    value = number.value
    if number.unit == "percent":
        kind, unit = Kind.SHARE, 0.01
    elif match := _BILLION.match(text, number.end):
        end = match.end()
        is_size = value in _BYTES_OF_A_NUMBER and not is_money and not _nouns(text, end)
        kind, value = (Kind.BYTES, value) if is_size else (Kind.MONEY if is_money else Kind.COUNT, value * 1e9)
    elif is_money:
        kind = Kind.MONEY
    elif match := _UNIT.match(text, number.end):
        (kind, unit), end = _UNITS[match["unit"].lower()], match.end()
    value *= unit
    if kind is Kind.COUNT and number.value < 100 and _A_DOLLAR.search(_before(text, number.start)):
        kind, value = Kind.MONEY, 1 + value / 100
    nouns = _nouns(text, end)
    per, end = _per(text, end, {*PERIODS, *AMOUNTS} if kind is Kind.MONEY else {*PERIODS})
    return Quantity(value, kind, unit, per, nouns, number.start, end, number.end)


def _per(text: str, end: int, known: Set[str]) -> tuple[str, int]:
    """What a quantity is for: a time, an amount of things or each of something; and where that ends."""
    start = match.end() if (match := _OF_THOSE_A.match(text, end)) else end
    match = _PER.match(text, start)
    if match and match["per"].lower() in known and not (STOPWORDS | _PARTS) & set(match["between"].lower().split()):
        unit = match["per"].lower()
        return PERIODS.get(unit) or {"m": "million", "k": "thousand"}.get(unit, unit), match.end()
    if _EACH.match(text, end):
        return "each", end
    return "", end


def _nouns(text: str, end: int) -> tuple[str, ...]:
    """The next words in the same breath, up to two that carry content; none where a small word comes first."""
    found: list[str] = []
    at = end
    for word in words(text[end : end + 60]):
        start = end + word.start
        if text[at:start].strip() or word.text in _NO_NOUNS or numbers(word.text):
            break
        found.append(stem(word.text))
        at = end + word.end
        if len(found) == 2:
            break
    return tuple(found)


def _in_shares(text: str, found: list[Quantity]) -> list[Quantity]:
    """`eight in ten thousand` is one share."""
    shared: list[Quantity] = []
    for quantity in found:
        before = shared[-1] if shared else None
        if (
            before
            and before.kind is Kind.COUNT
            and quantity.kind is Kind.COUNT
            and quantity.value in _OUT_OF
            and before.value < quantity.value
            and _SHARE.fullmatch(text[before.digits_end : quantity.start])
        ):
            shared[-1] = quantity._replace(
                value=before.value / quantity.value, kind=Kind.SHARE, start=before.start, unit=1.0
            )
        else:
            shared.append(quantity)
    return shared
