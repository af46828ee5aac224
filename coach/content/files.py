"""Files as values of the domain, read once and again only when they change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, Generic

from coach.content.places import shown
from coach.content.plain_text import compose, is_plain_text
from coach.content.reading import Document, Signature, decoded, parse, read, read_bytes, signature
from coach.content.shape import Model, validate
from coach.content.yaml_values import in_a_line
from coach.domain.round import Setup
from coach.domain.transcript import Transcript
from coach.errors import ContentError, Problem


@dataclass(frozen=True)
class Loaded(Generic[Model]):
    """A file as a value, or what keeps it from being one."""

    document: Document | None
    value: Model | None
    problems: tuple[Problem, ...]


class Files:
    """Reads files. One that has not changed on disk gives the same frozen value again."""

    def __init__(self) -> None:
        self._documents: dict[Path, tuple[Signature | None, Document | ContentError]] = {}
        self._values: dict[tuple[Path, type[Any]], tuple[Document, Loaded[Any]]] = {}
        self._lock = RLock()

    def document(self, path: Path) -> Document:
        """The file as it was read. Raises ContentError."""
        with self._lock:
            version = signature(path)
            known = self._documents.get(path)
            if known is None or version is None or known[0] != version:
                known = (version, _read(path))
                self._documents[path] = known
        if isinstance(known[1], ContentError):
            raise ContentError(known[1].problems)
        return known[1]

    def value(self, path: Path, model: type[Model]) -> Model:
        """The file as `model`. Raises ContentError with every problem of it."""
        loaded = self.load(path, model)
        if loaded.value is None:
            raise ContentError(loaded.problems)
        return loaded.value

    def load(self, path: Path, model: type[Model]) -> Loaded[Model]:
        """The file as `model`. Problems with the file are in the answer, not raised."""
        with self._lock:
            try:
                document = self.document(path)
            except ContentError as error:
                return Loaded(None, None, error.problems)
            known = self._values.get((path, model))
            if known is None or known[0] is not document:
                loaded = _loaded(document, model)
                known = (document, loaded)
                self._values[path, model] = known
            return known[1]


SHARED = Files()
"""For files that all of a process look at."""


def _read(path: Path) -> Document | ContentError:
    try:
        return read(path)
    except ContentError as error:
        return error


def _loaded(document: Document, model: type[Model]) -> Loaded[Model]:
    """The document as `model`, or every problem on the way and in its shape; one place is told of once."""
    value, problems = validate(document, model)
    known_places = {(problem.line, problem.where) for problem in document.problems}
    problems = [one for one in problems if (one.line, one.where) not in known_places]
    problems += document.problems
    return Loaded(document, None if problems else value, tuple(sorted(problems)))


def read_transcript(path: Path, *, scenarios: Iterable[str] = ()) -> Transcript:
    """A transcript file for grading: YAML, JSON or plain text (`coach.content.plain_text`).

    Plain text without a `Scenario:` line is a problem that names `scenarios`, the ids to choose from. Raises
    ContentError with everything wrong in the file's shape.
    """
    return _transcript(path, shown(path), read_bytes(path), None, scenarios)


def parse_transcript(name: str, data: bytes, defaults: Setup | None = None) -> Transcript:
    """An uploaded transcript, as `read_transcript` would read it from a file called `name`; nothing is written.

    Plain text takes from `defaults` what its own first lines leave out; YAML and JSON name their own setup.
    Raises ContentError, whose problems call the file by `name`.
    """
    return _transcript(Path(name), in_a_line(name) or "transcript", data, defaults, ())


def _transcript(path: Path, name: str, data: bytes, defaults: Setup | None, scenarios: Iterable[str]) -> Transcript:
    """An ending of YAML or JSON is believed, so that a broken file is told as what it was meant to be; under
    any other name the first line that shows it tells what the text is."""
    ending = path.suffix.lower()
    believed = ending in {".yaml", ".yml", ".json"}
    text = decoded(data, name, utf_16=not believed)
    json_only = ending == ".json" if believed else text.lstrip().startswith("{")
    if believed or json_only or not is_plain_text(text):
        document = parse(path, name, text, json_only=json_only)
    else:
        document = Document(path, compose(text, name, defaults, scenarios), "")
    loaded = _loaded(document, Transcript)
    if loaded.value is None:
        raise ContentError(loaded.problems)
    return loaded.value
