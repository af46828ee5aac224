"""Text as it is read aloud: cut into sentences while it still grows, free of Markdown, its numbers in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from coach.domain.value import Value

CODE_ON_SCREEN = "The code is on the screen."
TABLE_ON_SCREEN = "The table is on the screen."
ON_SCREEN = (CODE_ON_SCREEN, TABLE_ON_SCREEN)
"""What is said in place of what nobody can listen to."""
LONGEST_SENTENCE = 300
"""Characters of a sentence before it is cut at a clause."""
CUT = " —"
"""What a text ends in that was not heard to its end."""

_SHORTEST_CLAUSE = 80
_STOP = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s)|\n")
_CLAUSE = re.compile(r"[,;:–—)][\"'”’]?\s")
_FENCE = re.compile(r"(`{3,}|~{3,})(?![`~])[^`\n]*\n")
_MAYBE_FENCE = re.compile(r"(`{1,2}|~{1,2}|`{3,}[^`\n]*|~{3,}[^`\n]*)")
_ROWS = re.compile(r"(?:[ \t]*\|[^\n]*\n)+")
_BLOCK = re.compile(
    r"[ \t\r]*(?:\n|\||>|[-*+•]\s|\d{1,2}[.)]\s|#{1,6}\s|```|~~~|(?:-{3,}|={3,}|_{3,}|\*{3,})[ \t]*(?:\n|$))"
)
_MAYBE_BLOCK = re.compile(r"[ \t\r]*(?:[+•]|\d{1,2}[.)]?|#{1,6}|[`~]{1,2}|(?:-+|=+|_+|\*+)[ \t]*)?")
_LIST_NUMBER = re.compile(r"\s*(?:[-*+•]\s+)?\d{1,2}[.)]")
_NO_STOP = frozenset("e.g i.e vs cf approx incl fig mr mrs ms dr prof st".split())
_UNSURE_STOP = re.compile(r"(?:etc|no|[ap]\.m|u\.s|e\.u|(?<!\w)p\d+|\.{2,}|…)$", re.IGNORECASE)
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘*_]*$")


class Sentence(Value):
    """A piece of a text, with the white space around it, and what is said of it."""

    text: str
    """As written. The texts of all sentences, joined, are the whole text."""
    spoken: str
    """Empty where there is nothing to say."""


class Sentences:
    """Cuts a text into sentences as its pieces arrive. How the text is cut into pieces makes no difference."""

    def __init__(self) -> None:
        self._open = ""
        self._on_new_line = True

    def feed(self, piece: str) -> list[Sentence]:
        """The sentences that are whole now that `piece` has come."""
        self._open += piece
        return self._whole(ended=False)

    def rest(self) -> list[Sentence]:
        """What is left once nothing more comes."""
        return self._whole(ended=True)

    def _whole(self, *, ended: bool) -> list[Sentence]:
        found = []
        while (end := _end(self._open, ended=ended, on_new_line=self._on_new_line)) is not None:
            text, self._open = self._open[: end.at], self._open[end.at :]
            self._on_new_line = text.endswith("\n")
            found.append(Sentence(text=text, spoken=end.instead or _said(text)))
        return found


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text that is there as a whole."""
    reader = Sentences()
    return reader.feed(text) + reader.rest()


def spoken(text: str) -> str:
    """What is read aloud of a text: no Markdown, numbers and units in words, links and emoji left out."""
    while (said := " ".join(each.spoken for each in sentences_of(text) if each.spoken)) != text:
        text = said
    return text


def heard_part(sentences: Sequence[Sentence], played: int, fraction: float) -> str:
    """What was heard of a turn. `played` counts whole sentences, of those that have something to say; of the next
    as many whole words were heard as `fraction` (0 to 1) of it holds. Ends in `CUT` where something was not heard;
    empty where nothing was."""
    said = [i for i, each in enumerate(sentences) if each.spoken]
    whole = "".join(each.text for each in sentences)
    if played >= len(said):
        return whole if whole.strip() else ""
    following = sentences[said[played]]
    words = _words_within(following.text, fraction if following.spoken not in ON_SCREEN or fraction >= 1 else 0)
    until = said[played] if words else said[played - 1] + 1 if played else 0
    heard = ("".join(each.text for each in sentences[:until]) + words).rstrip()
    return heard if heard == whole.rstrip() or not heard else heard + CUT


def _words_within(text: str, fraction: float) -> str:
    begin = len(text) - len(text.lstrip())
    last = begin + fraction * len(text.strip())
    ends = [word.end() for word in re.finditer(r"\S+", text) if word.end() <= last]
    return text[: ends[-1]] if ends else ""


class _End(NamedTuple):
    """Where a sentence ends, and what is said instead of its words."""

    at: int
    instead: str = ""


def _end(text: str, *, ended: bool, on_new_line: bool) -> _End | None:
    """Where the first sentence of `text` ends; None where that cannot be told before more comes."""
    whole = _End(len(text)) if ended and text else None
    body = text.lstrip()
    begin = len(text) - len(body)
    if not body:
        return whole
    on_new_line = on_new_line or "\n" in text[:begin]
    if on_new_line and body[0] == "|":
        return _table_end(text, begin, ended=ended)
    if on_new_line and (opening := _FENCE.match(text, begin)):
        return _fence_end(text, opening, ended=ended)
    if on_new_line and _MAYBE_FENCE.fullmatch(body):
        return _End(len(text), CODE_ON_SCREEN) if ended else None
    at = _sentence_end(body, ended=ended, on_new_line=on_new_line)
    if at is None:
        return whole
    return _End(begin + at) if at else None


def _fence_end(text: str, opening: re.Match[str], *, ended: bool) -> _End | None:
    mark, last = opening[1], r"(?:\n|\Z)" if ended else r"\n"
    closing = re.compile(rf"^[ \t]*{mark}{mark[0]}*[ \t]*{last}", re.MULTILINE)
    if found := closing.search(text, opening.end()):
        return _End(found.end(), CODE_ON_SCREEN)
    return _End(len(text), CODE_ON_SCREEN) if ended else None


def _table_end(text: str, begin: int, *, ended: bool) -> _End | None:
    rows = _ROWS.match(text, begin)
    after = text[rows.end() :].lstrip(" \t") if rows else "|"
    if after and after[0] != "|":
        return _End(rows.end() if rows else len(text), TABLE_ON_SCREEN)
    return _End(len(text), TABLE_ON_SCREEN) if ended else None


def _sentence_end(body: str, *, ended: bool, on_new_line: bool) -> int | None:
    """Where the first sentence of `body` ends: 0 where more must come first, None where it is still open."""
    for stop in _STOP.finditer(body, 0, LONGEST_SENTENCE):
        before, after = body[: stop.start()], body[stop.end() :]
        if stop[0] != "\n":
            is_end = _is_end(before, stop[0], after, ended=ended, on_new_line=on_new_line)
            end = stop.end() + 1
        else:
            is_end = _is_line_end(before, after, ended=ended, on_new_line=on_new_line)
            end = stop.end()
        if is_end is None:
            return 0
        if is_end:
            return end
    return _clause_end(body) if len(body) > LONGEST_SENTENCE else None


def _clause_end(body: str) -> int:
    window = body[:LONGEST_SENTENCE]
    clauses = [clause.end() for clause in _CLAUSE.finditer(window, _SHORTEST_CLAUSE)]
    spaces = [space.end() for space in re.finditer(r"\s", window)]
    return (clauses or spaces or [LONGEST_SENTENCE])[-1]


def _is_line_end(before: str, after: str, *, ended: bool, on_new_line: bool) -> bool | None:
    """Whether a sentence ends with its line; None where the next line must come first."""
    if on_new_line and "\n" not in before and re.match(r"#{1,6}\s", before):
        return True
    if not ended and _MAYBE_BLOCK.fullmatch(after):
        return None
    return _BLOCK.match(after) is not None


def _is_end(before: str, mark: str, after: str, *, ended: bool, on_new_line: bool) -> bool | None:
    """Whether a mark that white space follows ends a sentence; None where the next word must come first."""
    line = before.rsplit("\n", maxsplit=1)[-1]
    if (on_new_line or line != before) and _LIST_NUMBER.fullmatch(line + mark):
        return False
    if before.count("`") % 2 or (before.rfind("[") > before.rfind("]") and "]" not in mark):
        return False
    if not mark.startswith(".") and mark[0] != "…":
        return True
    word = _LAST_WORD.search(before)
    last = word[0] if word else ""
    if last.lower() in _NO_STOP or (len(last) == 1 and last.isupper() and last != "I"):
        return False
    if _UNSURE_STOP.search(last + (mark if len(mark) > 1 or mark == "…" else "")):
        follows = after.lstrip()
        return not follows[0].islower() if follows else (True if ended else None)
    return True


_SCALES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion"}
_SCALE_WORD = "thousand|million|billion|trillion"
_COINS = {"$": "dollar", "€": "euro", "£": "pound"}
_UNITS = dict(
    pair.split(":")
    for pair in """ms:millisecond µs:microsecond μs:microsecond ns:nanosecond s:second sec:second secs:second
    min:minute mins:minute h:hour hr:hour hrs:hour d:day KB:kilobyte kB:kilobyte MB:megabyte GB:gigabyte
    TB:terabyte PB:petabyte MiB:mebibyte GiB:gibibyte req:request tok:token""".split()
)
_PER = {"s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day", "mo": "month"}
_PER |= {"yr": "year", "req": "request", "tok": "token"}
_TAGS = (
    "br|p|b|i|em|strong|u|s|sub|sup|code|pre|kbd|span|div|a|img|ul|ol|li|h[1-6]|hr|table|tr|td|th|details|summary"
)
_UNSAID = frozenset({"So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn", "Me"})
"""Unicode categories of emoji and of what cannot be seen."""


def _money(found: re.Match[str]) -> str:
    parts = [found["low"], _scale(found["scale"])]
    if found["high"]:
        parts += ["to", found["high"], _scale(found["high_scale"])]
    coin = _COINS[found["coin"]]
    said = " ".join(part for part in parts if part)
    return f"{said} {coin if said == '1' else f'{coin}s'}"


def _scale(sign: str | None) -> str:
    return _SCALES.get((sign or "").lower(), sign or "")


def _measured(found: re.Match[str]) -> str:
    unit = _UNITS[found[2]]
    return f"{found[1]} {unit if found[1] == '1' else f'{unit}s'}"


def _rate(found: re.Match[str]) -> str:
    return f" per {_PER.get(found[1], found[1])}"


_NUMBER = r"(?<![\w.])(?<!\w-)(?!(?:1[89]|20)\d0s\b)((?:\d+(?:\.\d+)?|\.\d+)"
"""A number that is no part of a name or a decade; its group is open, for what else belongs to it."""
_AMOUNT = r"(?:\d+(?:\.\d+)?|\.\d+)"
_BIG = rf"(?:\s?(?P<{{}}>k|K|M|B|bn|{_SCALE_WORD})\b)?"
_RULES: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), words)
    for pattern, words in (
        # Markdown, and what HTML may stand in it
        (r"<!--.*?-->|[\ufe00-\ufe0f]", ""),
        (rf"</?(?:{_TAGS})\b[^<>]*>", " "),
        (r"^[ \t|:=*_-]{3,}$", ""),
        (r"^\s*\[[^\]\n]+\]:\s+\S+.*$", ""),
        (r"^\s*(?:>\s?)+(?!\s?[\d$~.=])", ""),
        (r"^\s*#{1,6}\s+", ""),
        (r"^(?:\s*(?:[-*+•]|\d{1,2}[.)])\s+(?=\S))+(?:\[[ xX]\]\s)?", ""),
        (r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)|\[([^\[\]]+)\]\[[^\[\]]*\]", r"\1\2"),
        (r"\[\^?\d+\]|(?<=\])\([^()\s]*\)", ""),
        (r"<?(?:https?://|www\.)[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'\"*_`]>?", "a link"),
        (r"(?<!\w)_{1,3}(?=\S)(.+?)(?<=\S)_{1,3}(?!\w)", r"\1"),
        # signs between numbers and words
        (r"<->|↔", " and "),
        (r"[-=]>|[→⇒]", " to "),
        (r"<=|[≤⩽]", " at most "),
        (r">=|[≥⩾]", " at least "),
        (r"!=|≠", " is not "),
        (r"<\s?(?=[$€£~]?\.?\d)|(?<=\s)<(?=\s)", " under "),
        (r">\s?(?=[$€£~]?\.?\d)|(?<=\s)>(?=\s)", " over "),
        (r"(?<![\w~])~\s?(?=[$€£]?\.?\d)|≈\s?", " about "),
        (r"(?<=[\w)])\s?={1,3}\s?(?=[\w$(.-])", " equals "),
        (r"(?<=\s)&(?=\s)", "and"),
        (r"(?<=\w)@(?=\d|[kK]\b)", " at "),
        (r"(?<=\d)\^(?=\d)", " to the "),
        (r"(?<!\S)([^\s*]*\w)\*(\w[^\s*]*)(?!\S)", r"\1 times \2"),
        (r"(?<=[\w)])\s[*×]\s(?=[\w$(])|(?<=\d)×(?=\d)", " times "),
        (r"(?<![\w#])#(?=\d)", "number "),
        (r"\b([CF])#(?!\w)", r"\1 sharp"),
        (r"\s?°\s?(?:[CF]\b)?", " degrees "),
        (r"\u2212(?=[$€£]?\d)", "minus "),
        # numbers and what they are of
        (r"(?<![\d,.])(\d{1,3})((?:,\d{3})+)(?![\d,]*\d)", lambda found: found[0].replace(",", "")),
        (r"(?<=[\dkKMBs$])/(s|sec|min|h|hr|d|mo|yr|req|tok|[a-z]{3,})\b(?!/)", _rate),
        (r"(?<=\breq|\btok)/(s|sec|min|h|hr|d)\b", _rate),
        (r"(?<=[A-Z]B|PS)/(s|sec|min|h|hr|d)\b", _rate),
        (r"(?<=\d)/(?:1\s?)?([kKM])\b", lambda found: f" per {_scale(found[1])}"),
        (
            rf"(?:US)?(?P<coin>[$€£])\s?(?P<low>{_AMOUNT}){_BIG.format('scale')}"
            rf"(?:\s?[–-]\s?[$€£]?(?P<high>{_AMOUNT}){_BIG.format('high_scale')}(?!-?\w))?",
            _money,
        ),
        (r"(?<=[\d%A-Za-z])–(?=~?\.?\d)", " to "),
        (
            r"(?<![\w.-])(\d+(?:\.\d+)?(?:%|[a-zA-Z]{1,2})?)-(?=\d+(?:\.\d+)?(?:%|[a-zA-Z]{1,2})?(?!\w|-\d))",
            r"\1 to ",
        ),
        (r"\b[pP](\d{2,}(?:\.\d+)?)\b", r"p \1"),
        (r"\s?%", " percent"),
        (rf"{_NUMBER})\s?[x×](?![\w×])", r"\1 times"),
        (r"(?<!\w)[x×](?!86\b|64\b)(\d+(?:\.\d+)?)\b", r"\1 times"),
        (rf"{_NUMBER})(k|K|M|B|bn|T)\b", lambda found: f"{found[1]} {_scale(found[2])}"),
        (rf"{_NUMBER}(?: (?:{_SCALE_WORD}))?)[\s-]?({'|'.join(_UNITS)})\b(?!['’])", _measured),
        (r"\b(?:QPS|qps)\b", "queries per second"),
        (r"\b(?:RPS|rps)\b", "requests per second"),
        (r"\b(req|tok)s?(?= per )", lambda found: f"{_PER[found[1]]}s"),
        # between words
        (r"(?<!\w)w/o\b", "without"),
        (r"(?<!\w)w/(?=\s)", "with"),
        (r"(?<![\w/.:@~-])([a-z]{3,})/([a-z]{3,})(?![\w/-]|\.\w)", r"\1 or \2"),
    )
)


def _said(piece: str) -> str:
    """One sentence as it is said: the rules in order, again until nothing changes."""
    while (said := _without_signs(_in_words(piece))) != piece:
        piece = said
    return piece


def _in_words(text: str) -> str:
    for pattern, words in _RULES:
        text = pattern.sub(words, text)
    return text


def _without_signs(text: str) -> str:
    """The text without emoji, marks of Markdown and signs that cannot be seen."""
    seen = "".join(sign for sign in text if sign.isspace() or unicodedata.category(sign) not in _UNSAID)
    bare = " ".join(re.sub(r"[_#|<>]", " ", re.sub(r"[*`\\]", "", seen)).split())
    return re.sub(r" (?=[.,;:!?)](?:\s|$))|(?<=\() |\(\s*\)", "", bare).strip()
