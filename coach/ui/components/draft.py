"""Keeps a half-written answer over a reload and the cursor in the answer box. Draws nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from coach.domain.round import Round

_draft = st.components.v2.component(
    "coach.draft", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"), html="<span></span>"
)


def draft(round_: Round) -> None:
    """Look after the answer box of the round as it stands (`answer-N`, N answers saved)."""
    _draft(key="draft", data={"round": round_.id, "answers": len(round_.transcript.candidate)})
