"""Gradings and debriefs that were asked for, and those that failed: nothing is asked again by itself."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from coach import practice
from coach.domain.debrief import Debrief
from coach.domain.grade import Grade
from coach.domain.review import Review
from coach.domain.round import Round
from coach.errors import CoachError
from coach.practice import LLM, OFFLINE
from coach.ui.session.address import ask_for, asked_for
from coach.ui.session.installation import desk, is_live
from coach.ui.session.telling import Failure

_FAILED = "failed_grading"
_GRADING = "asked_grading"
_DEBRIEF = "debrief_trouble"
_WANTS_DEBRIEF = "wants_debrief"


class Grading(NamedTuple):
    """A grading that was asked for."""

    id: str
    engine: str
    grades: int
    """How many grades the round had then: one more, and it is done."""
    afresh: bool


def usual_judge(round_: Round) -> str:
    """The engine whose judge grades the round where nothing else is asked for: its own, or the offline one where
    models are set to interview only."""
    judges_live = LLM in desk().judges or not is_live()
    return round_.setup.engine if judges_live else OFFLINE


def ask_grading(id_: str, engine: str, grades: int, *, afresh: bool) -> None:
    """For a click: grade the round by this engine's judge, on top of its `grades` so far. The second of a double
    click asks for nothing more."""
    try_grading_again()
    asked: Grading | None = st.session_state.get(_GRADING)
    if asked is None or asked[:3] != (id_, engine, grades):
        st.session_state[_GRADING] = Grading(id_, engine, grades, afresh)


def take_grading(id_: str, grades: int) -> Grading | None:
    """The grading that was asked for and is not done. What is to be judged afresh is forgotten once: an interrupted
    grading resumes."""
    asked: Grading | None = st.session_state.get(_GRADING)
    if asked is None or (asked.id, asked.grades) != (id_, grades):
        return None
    st.session_state[_GRADING] = asked._replace(afresh=False)
    return asked


def fail_grading(id_: str, engine: str, error: CoachError, done: int) -> None:
    """Remember that grading the round failed, with so many dimensions judged and kept."""
    st.session_state[_FAILED] = Failure(_grading(id_, engine), str(error), done)


def failed_grading(id_: str, engine: str) -> Failure | None:
    """Why grading this round by this engine's judge has failed in this session: it is tried again on request."""
    found: Failure | None = st.session_state.get(_FAILED)
    return found if found and found.what == _grading(id_, engine) else None


def try_grading_again() -> None:
    """For a click: grade the round whose grading failed."""
    st.session_state.pop(_FAILED, None)


def _grading(id_: str, engine: str) -> tuple[object, ...]:
    return id_, engine, desk().judges.get(engine)


def open_grade(number: int | None) -> None:
    """Have the address open a grade of the round, counted from 1, or the newest."""
    ask_for("grade", None if number is None else str(number))


def opened_grade(grades: int) -> int:
    """Which of a round's `grades`, counted from 1, the address opens: the newest, unless it names another."""
    asked = asked_for("grade")
    return int(asked) if asked.isdecimal() and 1 <= int(asked) <= grades else grades


def debrief(round_: Round, review: Review) -> Debrief:
    """What a grade means: as a model has written it, else put together without one."""
    return practice.debrief(desk(), round_, review)


def write_debrief(round_: Round, grade: Grade) -> None:
    """Have a model write the debrief of a grade. Where that fails, `debrief_trouble` says why."""
    writer = desk().debriefer
    if writer is None:
        return
    try:
        writer.write(round_, grade)
    except CoachError as error:
        st.session_state[_DEBRIEF] = (round_.id, str(error))
        return
    st.session_state.pop(_DEBRIEF, None)


def ask_debrief(id_: str) -> None:
    """For a click: have the debrief written as the page is drawn."""
    st.session_state[_WANTS_DEBRIEF] = id_


def wants_debrief(id_: str) -> bool:
    """Whether that was asked for; said once, so that a failure is not repeated by itself."""
    return bool(st.session_state.pop(_WANTS_DEBRIEF, None) == id_)


def debrief_trouble(id_: str) -> str | None:
    """Why the debrief could not be written in this session."""
    round_id, line = st.session_state.get(_DEBRIEF, ("", ""))
    return str(line) if round_id == id_ else None
