"""The candidate's say on a grade: disputing a verdict, and reading what people said."""

from __future__ import annotations

import streamlit as st

from coach.domain.grade import Grade, ResultKind
from coach.domain.round import Round
from coach.ui import session
from coach.ui.drawing.reviewing import said_by_people
from coach.ui.drawing.verdicts import OUTCOMES
from coach.ui.session import reviewing


def disputing(round_: Round, grade: Grade) -> None:
    """Dispute a verdict with a sentence, which brings the round to a reviewer."""
    if grade.result.kind is ResultKind.NOT_GRADED:
        return
    verdicts = {verdict.criterion: verdict for verdict in grade.verdicts}

    def told(name: str) -> str:
        return f"{round_.brief.criteria[name].text} ({OUTCOMES[verdicts[name].verdict][1].lower()})"

    with st.popover("Dispute a verdict", key="disputing"):
        st.selectbox(
            "Which one",
            [name for name in round_.brief.criteria if name in verdicts],
            index=None,
            format_func=told,
            placeholder="Type a word of it, or choose",
            key="dispute-criterion",
        )
        st.text_input("What was missed or misread", max_chars=2_000, key="dispute-text")
        st.button(
            "Send it to a reviewer",
            key="dispute",
            on_click=reviewing.dispute,
            args=(round_, grade, "dispute-criterion", "dispute-text"),
        )


def said(round_: Round, grade: Grade) -> None:
    """What people said about the round, and the candidate's own disputes."""
    if lines := said_by_people(session.desk().archive.remarks(round_.id, grade.judge), round_):
        st.html(lines)
