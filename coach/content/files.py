"""Files as values of the domain, read once and again only when they change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, Generic

from coach.content.reading import Document, Signature, read, signature
from coach.content.shape import Model, validate
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

    def load(self, path: Path, model: type[Model]) -> Loaded[Model]:
        """The file as `model`. Problems with the file are in the answer, not raised."""
        with self._lock:
            try:
                document = self.document(path)
            except ContentError as error:
                return Loaded(None, None, error.problems)
            known = self._values.get((path, model))
            if known is None or known[0] is not document:
                value, problems = validate(document, model)
                known_places = {(problem.line, problem.where) for problem in document.problems}
                problems = [one for one in problems if (one.line, one.where) not in known_places]
                problems += document.problems
                loaded = Loaded(document, None if problems else value, tuple(sorted(problems)))
                known = (document, loaded)
                self._values[path, model] = known
            return known[1]


def _read(path: Path) -> Document | ContentError:
    try:
        return read(path)
    except ContentError as error:
        return error


def read_transcript(path: Path) -> Transcript:
    """A transcript file, YAML or JSON, for grading. Raises ContentError with everything wrong in its shape."""
    loaded = Files().load(path, Transcript)
    if loaded.value is None:
        raise ContentError(loaded.problems)
    return loaded.value
