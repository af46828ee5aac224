"""Progress: each dimension over the graded rounds, oneself and the judge, attempts at one scenario side by side."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from coach import learning
from coach.domain.progress import Attempt
from coach.domain.rubric import Rubric
from coach.ui import session
from coach.ui.drawing import progress
from coach.ui.drawing.cards import as_markdown, note

TITLE = "Progress"
LINK = ""
PLACE = 9


def draw() -> None:
    """Read from the newest graded rounds; what there is not enough of says how much more it needs."""
    desk = session.desk()
    attempts = _local(learning.progress(desk))
    if line := session.take_trouble():
        st.html(note(line))
    if not attempts:
        st.html(progress.nothing_yet())
        st.button("Begin a round", type="primary", key="home", on_click=session.open_page, args=("home",))
        return
    rubric = desk.archive.round(attempts[-1].round_id).brief.rubric
    st.html(progress.head(len(attempts), learning.LOOKS_BACK))
    st.html(progress.courses(attempts, rubric))
    st.html(progress.knows_self(attempts))
    _attempts(attempts, rubric)


def _attempts(attempts: tuple[Attempt, ...], rubric: Rubric) -> None:
    """One scenario's attempts beside each other: that with most of them, unless another is chosen."""
    st.html("<h2>Attempts at one scenario</h2>")
    titles = {each.scenario: each.title for each in attempts}
    several = [scenario for scenario, _ in Counter(each.scenario for each in attempts).most_common()]
    chosen = st.selectbox(
        "Scenario", several, format_func=titles.__getitem__, key="progress-scenario", label_visibility="collapsed"
    )
    found = _local(learning.progress(session.desk(), chosen))
    st.html(progress.attempts_at(found, rubric))
    with st.container(horizontal=True, gap="small", key="attempts"):
        for each in found[-progress.SHOWN :]:
            label = as_markdown(f"Result of {each.started_at:%d %b, %H:%M}")
            st.page_link(session.page("result"), label=label, query_params={"round": each.round_id})


def _local(attempts: tuple[Attempt, ...]) -> tuple[Attempt, ...]:
    """With their beginnings on the candidate's clock."""
    return tuple(each.model_copy(update={"started_at": session.local(each.started_at)}) for each in attempts)


if __name__ == "__main__":
    draw()
