"""Settling what a judge could not tell: where one is, who one is, and what is said."""

from __future__ import annotations

import streamlit as st

from coach import practice
from coach.domain.finding.nearest import sentences_said
from coach.domain.grade import Grade, Quote
from coach.domain.review import SELF, OpenCriterion, Override, open_criteria
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.ui.session.address import asked_for
from coach.ui.session.installation import desk, now
from coach.ui.session.telling import reporting

END = "end"
"""Stands in the address where the walk is over."""

_OPEN = "open_criteria"
_REVIEWER = "reviewer"


def to_settle(round_: Round, grade: Grade) -> tuple[OpenCriterion, ...]:
    """The criteria that are open in a grade as its judge left it; looked for once."""
    which = (round_.id, grade)
    known, found = st.session_state.get(_OPEN, (None, ()))
    if known != which:
        found = open_criteria(round_.brief, round_.transcript, grade)
        st.session_state[_OPEN] = (which, found)
    return tuple(found)


def choices(round_: Round) -> tuple[Quote, ...]:
    """The candidate's sentences."""
    return sentences_said(round_.transcript)


def reviewer() -> str:
    """Who settles in this tab: SELF, or a reviewer's name."""
    return str(st.session_state.get(_REVIEWER, SELF))


def be_reviewer(key: str) -> None:
    """For the box `key`: settle under the name in it, or as the candidate where it is empty."""
    name = " ".join(str(st.session_state.get(key) or "").split())
    st.session_state[_REVIEWER] = name or SELF


def settle(
    round_: Round, grade: Grade, name: str, verdict: Outcome | None, quotes: tuple[Quote, ...], then: str
) -> None:
    """For a click: lay a verdict over the judge's, or with None take it back, and go on to the criterion `then`."""
    with reporting():
        finding = Override(criterion=name, verdict=verdict, by=reviewer(), at=now(), quotes=quotes)
        practice.override(desk(), round_.id, grade.judge, finding)
        go_to(then)


def go_to(criterion: str) -> None:
    """For a click: go to a criterion, or to the END."""
    st.query_params["criterion"] = criterion


def asked_criterion() -> str:
    """The criterion the address names."""
    return asked_for("criterion")
