"""How far the judge and people agree: from blind reviews alone, where nobody had seen the judge's verdicts."""

from __future__ import annotations

import streamlit as st

from coach import reviewing
from coach.ui import session

TITLE = "Agreement"
LINK = ""
PLACE = 11


def draw() -> None:
    """Agreement by dimension, by version of the judge and by reviewer, and where they part."""
    from coach.ui.drawing import agreement as drawn  # noqa: PLC0415 - brings numpy along

    reviews = reviewing.blind_reviews(session.desk())
    st.html(drawn.head(reviews))
    if reviews:
        rubric = reviews[-1].rubric
        st.html(drawn.dimensions(reviews, rubric) + drawn.judges(reviews) + drawn.reviewers(reviews))
        st.html(drawn.confusion(reviews, rubric))
    st.page_link(session.page("queue"), label="To the reviews", query_params={"by": session.asked_for("by")})
    st.page_link(session.page("judge"), label="The judge, measured on labelled rounds")


if __name__ == "__main__":
    draw()
