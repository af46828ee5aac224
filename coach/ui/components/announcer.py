"""Says the interviewer's newest words to a screen reader. Draws nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from coach.domain.round import Round
from coach.domain.transcript import Speaker

_announcer = st.components.v2.component(
    "coach.announcer",
    html='<span role="status"></span>',
    css="span { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }",
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
)


def announce(round_: Round) -> None:
    """Announce the last thing the interviewer said."""
    _announcer(key="announcer", data={"words": newest(round_)})


def newest(round_: Round) -> str:
    """The interviewer's newest words, or nothing."""
    said = [turn.text for turn in round_.turns if turn.speaker is Speaker.INTERVIEWER]
    return f"Interviewer: {said[-1]}" if said else ""
