"""Says the interviewer's newest words to a screen reader. Draws nothing."""

from __future__ import annotations

import streamlit as st

from coach.domain.round import Round
from coach.domain.transcript import Speaker
from coach.ui.components import beside

_announcer = st.components.v2.component(
    "coach.announcer",
    html='<span role="status"></span>',
    css="span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }",
    js=beside(__file__, "js"),
)


def announce(round_: Round) -> None:
    """Announce the last thing the interviewer said."""
    _announcer(key="announcer", data=newest(round_))


def newest(round_: Round) -> dict[str, str]:
    """The interviewer's newest words and their turn: the same words said again are a new turn."""
    said = [turn for turn in round_.turns if turn.speaker is Speaker.INTERVIEWER]
    return {"turn": said[-1].id, "words": f"Interviewer: {said[-1].text}"} if said else {"turn": "", "words": ""}
