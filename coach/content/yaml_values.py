"""YAML as plain values with the line of every key and item, in one pass over the parser's events.

Reading events instead of loading has three reasons: lines come for free, mistakes such as a key written
twice are all found at once, and depth, size and repetition are bounded before anything is built.
Plain words follow YAML 1.2 (`no` and `on` are text), numbers may have underscores.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from coach.errors import ContentError, Problem

Place = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value: ("criteria", "evals", 0, "text")."""

DEEPEST = 40
MOST_VALUES = 250_000
_LONGEST_NUMBER = 40
_LONGEST_WORD = 80
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    spelling: word == "true" for word in ("true", "false") for spelling in (word, word.title(), word.upper())
}
_INTEGER = re.compile(r"[-+]?[0-9][0-9_]*", re.ASCII)
_FLOAT = re.compile(
    r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    re.ASCII,
)


@dataclass(slots=True)
class Composed:
    """A file's value, the line of each place in it, and what was wrong on the way."""

    path: str
    value: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def number(text: str) -> int | float:
    """A number as written, underscores allowed. Raises ValueError where it is endless, undefined or too long."""
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(f"a number has at most {_LONGEST_NUMBER} characters")
    plain = text.replace("_", "")
    if _INTEGER.fullmatch(plain):
        return int(plain)
    value = float(plain.lower().replace(".inf", "inf").replace(".nan", "nan"))
    if not math.isfinite(value):
        raise ValueError(f"{text} is not a number to calculate with; write a finite one")
    return value


def in_a_line(text: object) -> str:
    """Something out of a file as it may stand in a line of a report: short, and nothing a terminal obeys."""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in str(text)[:200]).split())
    return words if len(words) <= _LONGEST_WORD else f"{words[: _LONGEST_WORD - 3]}..."


def compose(text: str, path: str) -> Composed:
    """The value of a YAML text. Raises ContentError where it cannot be read to its end."""
    composer = _Composer(path)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            composer.take(event)
    except yaml.YAMLError as error:
        raise ContentError([*composer.composed.problems, _syntax(error, text, path)]) from None
    return composer.composed


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being read."""

    value: Any
    place: Place
    anchor: str | None
    first: int
    """How many values had been read when it began: what an alias to it repeats."""
    key: str | int = ""
    has_key: bool = False
    skips: bool = False
    """The value of this key is read and thrown away: the key stands further up already."""


class _Composer:
    def __init__(self, path: str) -> None:
        self.composed = Composed(path)
        self._frames: list[_Frame] = []
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._values = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        line = mark.line + 1 if mark else 0
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._open(event, line)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event, line)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(line, "a second document starts here; keep one document in a file")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        text = event.value
        self._refuse_tag(event, line)
        is_key = self._awaits_key()
        value = text if event.style else self._plain(text, line)
        if is_key:
            self._take_key(value if isinstance(value, int) and not isinstance(value, bool) else text, line)
        else:
            self._count(1, line)
            self._add(value, line)
            if event.anchor:
                self._anchors[event.anchor] = (value, 1)

    def _plain(self, text: str, line: int) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if not _FLOAT.fullmatch(text):
            return text
        try:
            return number(text)
        except ValueError as error:
            self._note(line, str(error), self._next_place())
            return 0

    def _open(self, event: yaml.CollectionStartEvent, line: int) -> None:
        self._refuse_tag(event, line)
        if self._awaits_key():
            self._stop(line, "a key must be a word, not a list or a mapping")
        if len(self._frames) >= DEEPEST:
            self._stop(line, f"nested more than {DEEPEST} levels deep")
        self._count(1, line)
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        place = self._add(value, line)
        self._frames.append(_Frame(value, place, event.anchor, self._values - 1))

    def _close(self) -> None:
        frame = self._frames.pop()
        if frame.anchor:
            self._anchors[frame.anchor] = (frame.value, self._values - frame.first)

    def _alias(self, event: yaml.AliasEvent, line: int) -> None:
        known = self._anchors.get(event.anchor or "")
        if known is None or self._awaits_key():
            self._stop(line, f"*{in_a_line(event.anchor)} repeats nothing that was finished above it")
        value, size = known
        self._count(size, line)
        self._add(value, line)

    def _awaits_key(self) -> bool:
        return bool(self._frames) and isinstance(self._frames[-1].value, dict) and not self._frames[-1].has_key

    def _take_key(self, key: str | int, line: int) -> None:
        frame = self._frames[-1]
        frame.key, frame.has_key, frame.skips = key, True, key in frame.value
        if frame.skips:
            self._note(line, "is written twice; keep one", (*frame.place, key))
        else:
            frame.value[key] = None
            self.composed.lines[(*frame.place, key)] = line

    def _next_place(self) -> Place:
        if not self._frames:
            return ()
        frame = self._frames[-1]
        if isinstance(frame.value, list):
            return (*frame.place, len(frame.value))
        return (*frame.place, frame.key) if frame.has_key else frame.place

    def _add(self, value: Any, line: int) -> Place:
        place = self._next_place()
        frame = self._frames[-1] if self._frames else None
        if frame is None:
            self.composed.value = value
            self.composed.lines[place] = line
        elif isinstance(frame.value, list):
            frame.value.append(value)
            self.composed.lines[place] = line
        else:
            frame.has_key = False
            if not frame.skips:
                frame.value[frame.key] = value
        return place

    def _count(self, values: int, line: int) -> None:
        self._values += values
        if self._values > MOST_VALUES:
            self._stop(line, f"holds more than {MOST_VALUES:,} values, repetitions counted")

    def _refuse_tag(self, event: yaml.NodeEvent, line: int) -> None:
        if tag := getattr(event, "tag", None):
            self._note(line, f"the tag {in_a_line(tag)} has no meaning here; remove it", self._next_place())

    def _note(self, line: int, message: str, place: Place = ()) -> None:
        where = ".".join(in_a_line(part) for part in place)
        self.composed.problems.append(Problem(self.composed.path, line, where, message))

    def _stop(self, line: int, message: str) -> NoReturn:
        self._note(line, message)
        raise ContentError(self.composed.problems)


_HINTS = {
    "mapping values are not allowed": "a colon followed by a space inside text: put the text in quotes",
    "found character that cannot start any token": "indent with spaces, and quote text that starts with %, @ or `",
    "found a tab character": "indent with spaces",
    "could not find expected ':'": "a key needs a colon and a space after it; text over several lines needs `>-`",
    "did not find expected key": "check the indentation, and put text with quotes or commas in quotes",
    "did not find expected '-' indicator": "items of one list start in the same column",
    "did not find expected ',' or ']'": "a list opened with [ is not closed; put text with brackets in quotes",
    "did not find expected ',' or '}'": "a mapping opened with { is not closed; put text with braces in quotes",
    "found unexpected end of stream": "a quote is opened and not closed",
    "found undefined alias": "put text that starts with * in quotes",
    "did not find expected alphabetic": "put text that starts with * or & in quotes",
}


def _syntax(error: yaml.YAMLError, text: str, path: str) -> Problem:
    if not isinstance(error, yaml.MarkedYAMLError):
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position if isinstance(position, int) else 0) + 1
        return Problem(path, line, "", "holds a character that no text file needs; remove it")
    mark = error.problem_mark or error.context_mark
    problem = (error.problem or "cannot be read").rstrip(".")
    context = error.context_mark
    if problem == "found unexpected end of stream" and context:
        mark = context
    hint = next((f" ({hint})" for start, hint in _HINTS.items() if problem.startswith(start)), "")
    return Problem(path, mark.line + 1 if mark else 0, "", f"not valid YAML: {problem}{hint}")
