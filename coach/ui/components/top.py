"""Begins a view at its top. Draws nothing."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

_top = st.components.v2.component(
    "coach.top", html="<span></span>", js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
)


def top(view: str) -> None:
    """Scroll to the top where `view` is not the one shown before."""
    _top(key="top", data={"view": view})
