"""Files as documents: bounded, UTF-8, YAML or JSON, with the line of every place."""

from __future__ import annotations

import json
import os
import stat
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from coach.content.places import shown
from coach.content.yaml_values import DEEPEST, Composed, Place, compose, in_a_line, number
from coach.errors import ContentError, Problem

LARGEST = 5_000_000
"""Bytes a file may have."""
NOT_UTF_8 = "is not UTF-8 text; save it as UTF-8"

Signature = tuple[int, int, int, int]
"""Changes when a file's content does: inode, size, and times of change in nanoseconds."""


def signature(path: Path) -> Signature | None:
    """What tells this version of a file from the next; None where there is no file to ask."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@dataclass(frozen=True)
class Document:
    """A file as it was read."""

    path: Path
    composed: Composed
    text: str

    @property
    def shown(self) -> str:
        return self.composed.path

    @property
    def root(self) -> Node:
        return Node(self, (), self.composed.value)

    @property
    def problems(self) -> list[Problem]:
        """What was wrong on the way, such as a key written twice."""
        return self.composed.problems

    @cached_property
    def _lines(self) -> dict[Place, int]:
        if self.composed.lines or not self.text:
            return self.composed.lines
        try:  # JSON is nearly YAML: read once more for the lines, only when something is wrong
            return compose(self.text.replace("\t", " "), self.shown).lines
        except ContentError:
            return {}

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it; 0 where none is known."""
        for length in range(len(place), -1, -1):
            if line := self._lines.get(place[:length]):
                return line
        return 0

    def problem(self, place: Place, message: str) -> Problem:
        """What is wrong at a place. The place is named as an author would: by ids rather than by positions."""
        return Problem(self.shown, self.line(place), self.where(place), message)

    def where(self, place: Place) -> str:
        """A place in words: `criteria.evals.golden-set.text`."""
        words: list[str] = []
        value = self.composed.value
        for part in place:
            in_list = isinstance(value, list) and isinstance(part, int)
            value = _step(value, part)
            position = f"[{part + 1}]" if in_list and isinstance(part, int) else ""
            words.append(in_a_line(_name(value) or position if in_list else part))
        return ".".join(words).replace(".[", "[")


def _step(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        for key in ("id", "core", "advanced", "flag"):
            if isinstance(value.get(key), str) and value[key]:
                return str(value[key])
    return None


@dataclass(frozen=True, slots=True)
class Node:
    """A value and its place in a document, for rules that read files as they are, right or wrong.

    Where a file does not have the expected shape a node is simply empty: the shape is reported elsewhere.
    """

    document: Document
    place: Place
    value: Any

    def __getitem__(self, key: str | int) -> Node:
        return Node(self.document, (*self.place, key), _step(self.value, key))

    def items(self) -> Iterator[tuple[str, Node]]:
        """Keys and nodes of a mapping."""
        if isinstance(self.value, dict):
            for key in self.value:
                yield str(key), self[key]

    def keys(self) -> list[str]:
        """Keys of a mapping."""
        return [key for key, _ in self.items()]

    def values(self) -> list[Node]:
        """Nodes of a mapping."""
        return [node for _, node in self.items()]

    def each(self) -> Iterator[Node]:
        """Nodes of a list."""
        if isinstance(self.value, list):
            for position in range(len(self.value)):
                yield self[position]

    @property
    def text(self) -> str:
        """The text, or nothing where it is not one."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def number(self) -> float | None:
        return self.value if isinstance(self.value, int | float) and not isinstance(self.value, bool) else None

    def has(self, key: str) -> bool:
        return isinstance(self.value, dict) and key in self.value

    def problem(self, message: str) -> Problem:
        return self.document.problem(self.place, message)


def read(path: Path) -> Document:
    """A YAML or JSON file. Raises ContentError with every problem that keeps it from being read."""
    name = shown(path)
    return parse(path, name, decoded(read_bytes(path), name), json_only=path.suffix == ".json")


def parse(path: Path, name: str, text: str, *, json_only: bool) -> Document:
    """YAML or JSON as a document; `name` is how problems call it. Raises ContentError as `read` does."""
    composed = Composed(name)
    if text.strip():
        composed = _json(text, name) if json_only else compose(text, name)
    if composed.value is None:
        raise ContentError([*composed.problems, Problem(name, 0, "", "the file is empty")])
    if not isinstance(composed.value, dict):
        kind = "a list" if isinstance(composed.value, list) else "a single value"
        message = f"holds {kind}; a file starts with lines of `key: value`"
        raise ContentError([*composed.problems, Problem(name, composed.lines.get((), 1), "", message)])
    return Document(path, composed, text if json_only else "")


def read_bytes(path: Path) -> bytes:
    """An ordinary file, at most one byte more than `LARGEST` of it. Raises ContentError."""
    name = shown(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise ContentError([Problem(name, 0, "", "is a folder, not a file; rename or remove it")])
        if not stat.S_ISREG(mode):
            raise ContentError([Problem(name, 0, "", "is not an ordinary file; remove it")])
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise ContentError([Problem(name, 0, "", f"cannot be read: {reason}")]) from None
    except ValueError:
        raise ContentError([Problem(name.replace("\0", "?"), 0, "", "is no name for a file")]) from None


def decoded(content: bytes, name: str, *, utf_16: bool = False) -> str:
    """The text of a file of bounded size: UTF-8, or UTF-16 that says so where allowed. Raises ContentError."""
    if len(content) > LARGEST:
        raise ContentError([Problem(name, 0, "", f"is larger than {LARGEST / 1e6:g} MB; no authored file is")])
    wide = utf_16 and content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = 0 if wide else content.count(b"\n", 0, error.start) + 1
        raise ContentError([Problem(name, line, "", NOT_UTF_8)]) from None


def _json(text: str, name: str) -> Composed:
    composed = Composed(name)
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in items:
            if key in found:
                twice.append(key)
            found.setdefault(key, value)
        return found

    def endless(word: str) -> None:
        raise ValueError(f"{word} is not a number to calculate with; write a finite one")

    try:
        composed.value = json.loads(
            text, object_pairs_hook=pairs, parse_constant=endless, parse_int=number, parse_float=number
        )
    except json.JSONDecodeError as error:
        raise ContentError([Problem(name, error.lineno, "", f"not valid JSON: {error.msg}")]) from None
    except ValueError as error:
        raise ContentError([Problem(name, 0, "", str(error))]) from None
    except RecursionError:
        raise ContentError([_too_deep(name)]) from None
    if _depth(composed.value) > DEEPEST:
        raise ContentError([_too_deep(name)])
    composed.problems += [Problem(name, 0, in_a_line(key), "is written twice; keep one") for key in twice]
    return composed


def _too_deep(name: str) -> Problem:
    return Problem(name, 0, "", f"nested more than {DEEPEST} levels deep")


def _depth(value: Any) -> int:
    depth = 0
    level = [value]
    while level := [
        inner
        for outer in level
        if isinstance(outer, dict | list)
        for inner in (outer.values() if isinstance(outer, dict) else outer)
    ]:
        depth += 1
        if depth > DEEPEST:
            break
    return depth


def files_below(folder: Path) -> Iterator[Path]:
    """YAML and JSON files of a folder and the folders in it, in order; hidden ones and linked folders aside."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.endswith((".yaml", ".yml", ".json")):
                yield Path(parent, name)
