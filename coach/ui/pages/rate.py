"""Rate yourself before you read the grade; grading runs meanwhile."""

from __future__ import annotations

import streamlit as st

from coach.domain.round import Round
from coach.domain.rubric import Dimension
from coach.domain.self_rating import SelfRating
from coach.ui import session
from coach.ui.components.leftover import leftover
from coach.ui.drawing import rating
from coach.ui.drawing.cards import as_markdown, note

TITLE = "Rate yourself"
LINK = ""
PLACE = 7


def draw() -> None:
    """A row for each dimension, kept at each click, and the way to the result, which waits for none of them."""
    round_ = session.round_()
    st.set_page_config(page_title=f"Rate yourself · {round_.brief.scenario.title} · Coach")
    if not round_.is_over:
        session.turn_to("room", round=round_.id)
    session.grade_meanwhile(round_)
    st.html(rating.head(round_))
    st.button("Skip", type="tertiary", key="skip", on_click=_open_result, args=(round_.id,))
    _rows(round_)
    st.button("Read the result", type="primary", key="to-result", on_click=_open_result, args=(round_.id,))
    leftover(round_)


@st.fragment
def _rows(round_: Round) -> None:
    """Drawn anew by themselves, so that a click waits for nothing else."""
    kept = session.self_ratings(round_)
    scale = {score: f"{score} {as_markdown(level.name)}" for score, level in round_.brief.rubric.scale.items()}
    if line := session.take_trouble():
        st.html(note(f"Not saved: {line}"))
    with st.container(key="ratings", gap="small"):
        for dimension in round_.brief.rubric.dimensions:
            _row(round_, dimension, scale, kept.get(dimension.id))
    st.html(rating.saved(len(kept), len(round_.brief.rubric.dimensions)))


def _row(round_: Round, dimension: Dimension, scale: dict[int, str], kept: SelfRating | None) -> None:
    score, unsure = f"rate-{round_.id}-{dimension.id}", f"unsure-{round_.id}-{dimension.id}"
    if kept:
        st.session_state.setdefault(score, kept.score)
        st.session_state.setdefault(unsure, not kept.sure)
    what = (round_.id, dimension.id, score, unsure)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"row-{dimension.id}"):
        st.radio(
            as_markdown(dimension.name),
            list(scale),
            index=None,
            format_func=scale.__getitem__,
            horizontal=True,
            key=score,
            on_change=session.rate,
            args=what,
        )
        st.checkbox("unsure", key=unsure, on_change=session.rate, args=what)


def _open_result(round_id: str) -> None:
    session.open_page("result", round=round_id)


if __name__ == "__main__":
    draw()
