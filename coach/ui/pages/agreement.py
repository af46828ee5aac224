"""How far the judge and people agree: from blind reviews alone, where nobody had seen the judge's verdicts; and how
far a reviewer and the golden set's labels do."""

from __future__ import annotations

import streamlit as st

from coach import reviewing
from coach.domain.review import LONGEST_NAME
from coach.reviewing import Calibration
from coach.ui import session
from coach.ui.drawing.cards import as_markdown, note
from coach.ui.session import calibrating
from coach.ui.session import reviewing as tab

TITLE = "Agreement"
LINK = ""
PLACE = 11


def draw() -> None:
    """Agreement by dimension, by version of the judge and by reviewer, and where they part."""
    from coach.ui.drawing import agreement as drawn  # noqa: PLC0415 - brings numpy along

    if line := session.take_trouble():
        st.html(note(line))
    reviews = reviewing.blind_reviews(session.desk())
    st.html(drawn.head(reviews))
    if reviews:
        rubric = reviews[-1].rubric
        st.html(drawn.dimensions(reviews, rubric) + drawn.judges(reviews) + drawn.reviewers(reviews))
        st.html(drawn.confusion(reviews, rubric))
    _calibrating()
    st.page_link(session.page("queue"), label="To the reviews", query_params={"by": tab.name()})
    st.page_link(session.page("judge"), label="The judge, measured on labelled rounds")


def _calibrating() -> None:
    """Rounds of the golden set to review blind, and how far this reviewer and their labels agree."""
    from coach.ui.drawing import calibration as drawn  # noqa: PLC0415 - brings numpy along

    rounds = calibrating.rounds()
    if not rounds:
        return
    known = calibrating.calibrations()
    st.html(drawn.head(known))
    if not tab.name():
        st.text_input(
            "Your name, which stands beside what you find",
            max_chars=LONGEST_NAME,
            key="name",
            on_change=tab.be,
            args=("name",),
        )
    with st.container(key="calibration"):
        for each in known:
            _round(each, drawn.line(each))
    if told := drawn.result(known) + drawn.everybody(reviewing.calibrated(session.desk(), rounds)):
        st.html(told)


def _round(known: Calibration, line: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if known.comparison is None:
            does = "Go on with" if known.is_begun else "Review blind"
            st.button(
                f"{does}: {as_markdown(known.golden.brief.scenario.title)}",
                key=f"calibrate-{known.round_id}",
                disabled=not tab.name(),
                on_click=calibrating.start,
                args=(known.round_id,),
            )
        else:
            st.markdown(as_markdown(known.golden.brief.scenario.title), width="content")
        st.html(line, width="content")


if __name__ == "__main__":
    draw()
