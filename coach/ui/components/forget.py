"""Drops drafts and boards of deleted rounds from this browser. Draws nothing."""

from __future__ import annotations

import streamlit as st

from coach.ui.components import beside

_forget = st.components.v2.component("coach.forget", html="<span></span>", js=beside(__file__, "js"))


def forget(deletion: str, round_id: str | None) -> None:
    """Forget a round, or every one where `round_id` is None. `deletion` tells one deletion from the next."""
    _forget(key="forget", data={"deletion": deletion, "round": round_id or "", "every": round_id is None})
