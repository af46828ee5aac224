"""Begins a view at its top, or at the turn that the address names. Draws nothing."""

from __future__ import annotations

import streamlit as st

from coach.ui.components import beside

_top = st.components.v2.component("coach.top", html="<span></span>", js=beside(__file__, "js"))


def top(view: str, turn: str = "") -> None:
    """Scroll to the top where `view` is not the one shown before, or to a `turn` of the transcript there."""
    _top(key="top", data={"view": view, "turn": turn})
