"""A reviewed round as its candidate reads it, under what people found, and the way back to the review."""

from __future__ import annotations

import streamlit as st

from coach.domain.grade import ResultKind
from coach.domain.referee import rulings
from coach.reviewing import Case
from coach.ui import session
from coach.ui.disputing import said
from coach.ui.drawing import debrief, scorecard, settling
from coach.ui.drawing.referee import your_numbers
from coach.ui.session import previewing, reviewing

TITLE = "As the candidate sees it"
LINK = ""
PLACE = 12


def draw() -> None:
    """The newest grade as it stands now. Nothing can be pressed here that the candidate would press."""
    if not reviewing.name():
        session.turn_to("queue")
    case = reviewing.case()
    if reviewing.is_blind(case):
        session.turn_to("review", round=case.round.id, by=case.by, blind="1")
    st.set_page_config(page_title=f"As the candidate sees it · {case.round.brief.scenario.title} · Coach")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="preview-head"):
        st.button(
            "Back to the review `v`",
            type="primary",
            key="preview-back",
            on_click=previewing.back,
        )
        st.html(
            '<p class="coach-small" role="status">What the candidate reads, with all that was found so far. Their '
            "buttons are left out.</p>"
        )
    _result(case)


def _result(case: Case) -> None:
    round_, review = case.round, case.review
    shown = review.settled
    st.html(scorecard.head(shown, round_) + settling.settled_by(review, review.grade.result))
    if shown.result.kind is not ResultKind.NOT_GRADED:
        made = session.debrief(round_, review)
        st.html(debrief.first(made, round_) + debrief.rest(made, round_))
    numbers = your_numbers(rulings(round_.brief, round_.transcript), round_)
    st.html(scorecard.body(shown, round_, review, session.self_ratings(round_)) + numbers)
    said(round_, review.grade)


if __name__ == "__main__":
    draw()
