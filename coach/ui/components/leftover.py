"""Words that were typed and never sent before a round ended: shown until they are dismissed."""

from __future__ import annotations

import streamlit as st

from coach.domain.round import Round
from coach.ui.components import beside

_leftover = st.components.v2.component(
    "coach.leftover", html=beside(__file__, "html"), css=beside(__file__, "css"), js=beside(__file__, "js")
)


def leftover(round_: Round) -> None:
    """Show what this browser still holds of a round that is over."""
    said = round_.transcript.candidate
    _leftover(key="leftover", data={"round": round_.id, "saved": said[-1].text if said else ""})
