"""Says when the server has stopped answering, and lets the candidate go on typing meanwhile."""

from __future__ import annotations

import streamlit as st

from coach.domain.round import Round
from coach.ui.components import beside
from coach.ui.drawing.cards import counted

_lifeline = st.components.v2.component(
    "coach.lifeline", html=beside(__file__, "html"), css=beside(__file__, "css"), js=beside(__file__, "js")
)


def lifeline(round_: Round) -> None:
    """Watch over the answer box of a running round."""
    _lifeline(key="lifeline", data={"kept": counted(len(round_.transcript.candidate), "answer")})
