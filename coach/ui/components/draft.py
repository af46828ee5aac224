"""Keeps a half-written answer over a reload or a crash and the cursor in the answer box. Draws nothing."""

from __future__ import annotations

import streamlit as st

from coach.domain.round import Round
from coach.ui.components import beside

_draft = st.components.v2.component("coach.draft", js=beside(__file__, "js"), html="<span></span>")


RETRIES = "retry:"
"""What drafts of fresh answers begin with, so that they are none of the round's."""


def draft(round_: Round) -> None:
    """Look after the answer box of the round as it stands (`answer-N`, N answers saved)."""
    said = round_.transcript.candidate
    saved = said[-1].text if said else ""
    _draft(
        key="draft",
        data={"round": round_.id, "answers": len(said), "saved": saved, "takesFocus": round_.setup.mode == "chat"},
    )


def draft_again(round_: Round, criterion: str, box: str, saved: str) -> None:
    """Look after the box `answer-BOX` of a fresh answer; `saved` is the last one that was sent."""
    _draft(
        key="draft",
        data={"round": f"{RETRIES}{round_.id}.{criterion}", "answers": box, "saved": saved, "takesFocus": True},
    )
