"""A graded round to look at before the first one: an expert's walkthrough, judged like any other round."""

from __future__ import annotations

import streamlit as st

from coach.domain.referee import rulings
from coach.domain.review import Review
from coach.errors import NotFoundError
from coach.ui import session
from coach.ui.drawing import debrief
from coach.ui.drawing.referee import your_numbers
from coach.ui.drawing.scorecard import body, head

TITLE = "A graded round"
LINK = "A graded round"
PLACE = 4


def draw() -> None:
    """The example, as its result would look."""
    found = session.example()
    if found is None:
        raise NotFoundError("No scenario here has a walkthrough: write one, or play a round and read its grade.")
    round_, grade = found
    made = session.debrief(round_, Review(grade=grade, overrides=(), settled=grade))
    st.html(
        '<p class="coach-ribbon">An example. An expert\'s answers, written by hand and condensed, judged offline '
        "like yours will be.</p>" + head(grade, round_)
    )
    with st.container(key="actions"):
        st.page_link(
            session.page("choose"), label="Play this scenario", query_params={"scenario": round_.setup.scenario}
        )
    st.html(debrief.first(made, round_) + debrief.rest(made, round_))
    st.html(body(grade, round_) + your_numbers(rulings(round_.brief, round_.transcript), round_))


if __name__ == "__main__":
    draw()
