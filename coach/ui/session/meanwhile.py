"""Grading that runs while the candidate does something else: once a round and process, whatever a page does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock, Thread

import streamlit as st

from coach import practice
from coach.domain.round import Round
from coach.errors import CoachError
from coach.practice import Desk
from coach.ui.session.grading import fail_grading, usual_judge
from coach.ui.session.installation import desk

_LOOKS_EVERY = 0.2
"""Seconds between two looks at how far it is."""


@dataclass
class _Work:
    """The grading of one round by one engine."""

    desk: Desk
    id: str
    engine: str
    error: CoachError | None = None
    done: list[str] = field(default_factory=list)
    """Dimensions judged and kept."""

    def run(self) -> None:
        try:
            for found in practice.grade_round(self.desk, self.id, self.engine):
                self.done += [dimension] if (dimension := getattr(found, "dimension", "")) else []
        except CoachError as error:
            self.error = error


class _Gradings:
    """All that run or have ended since somebody asked after them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._works: dict[str, tuple[_Work, Thread]] = {}

    def begin(self, work: _Work) -> None:
        with self._lock:
            if work.id not in self._works:
                thread = Thread(target=work.run, daemon=True)
                self._works[work.id] = work, thread
                thread.start()

    def get(self, id_: str) -> tuple[_Work, Thread] | None:
        return self._works.get(id_)

    def forget(self, id_: str) -> None:
        with self._lock:
            self._works.pop(id_, None)


@st.cache_resource(show_spinner=False)
def _gradings() -> _Gradings:
    return _Gradings()


def grade_meanwhile(round_: Round) -> None:
    """Have a round that has no grade graded while the page goes on. Asked for twice, it is done once."""
    if desk().archive.grade(round_.id) is None:
        _gradings().begin(_Work(desk(), round_.id, usual_judge(round_)))


def graded_meanwhile(round_: Round) -> Iterator[tuple[str, ...]]:
    """Wait for the grading that was begun so, if one was: the dimensions done so far, again and again until it has
    ended. Where it failed, `failed_grading` says why from then on."""
    found = _gradings().get(round_.id)
    if found is None:
        return
    work, thread = found
    yield tuple(work.done)
    while thread.is_alive():
        thread.join(_LOOKS_EVERY)
        yield tuple(work.done)
    _gradings().forget(round_.id)
    if work.error:
        fail_grading(work.id, work.engine, work.error, len(work.done))
