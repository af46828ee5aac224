"""The ways from a result to a moment answered once more."""

from __future__ import annotations

import streamlit as st

from coach.domain.debrief import Debrief
from coach.domain.grade import Grade, ResultKind
from coach.domain.round import Round
from coach.ui import session


def can_retry(round_: Round, settled: Grade) -> bool:
    """Whether a result has anything to answer again."""
    return settled.result.kind is not ResultKind.NOT_GRADED and bool(session.retryable(round_, settled))


def retrying(round_: Round, settled: Grade, made: Debrief, number: int) -> None:
    """The one fix once more, or any other criterion that was missed or met in part. `number` is the grade's."""
    first = next((fix.criterion for fix in made.fixes if fix.asked), None)
    others = [name for name in session.retryable(round_, settled) if name != first]
    with st.container(horizontal=True, gap="small", key="retry-place"):
        if first:
            label = "Retry this moment (2 min)"
            st.button(label, type="primary", key="retry", on_click=session.open_retry, args=(round_, number, first))
        if others:
            with st.popover("Retry another"):
                _another(round_, number, others)


def _another(round_: Round, number: int, names: list[str]) -> None:
    criteria, rubric = round_.brief.criteria, round_.brief.rubric
    chosen = st.selectbox(
        "What was missed or met in part",
        names,
        format_func=lambda name: f"{rubric.dimension(name.split('.')[0]).name}: {criteria[name].text}",
        key="retry-which",
    )
    st.button("Retry it (2 min)", key="retry-other", on_click=session.open_retry, args=(round_, number, chosen))
