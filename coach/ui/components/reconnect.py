"""Has a server that came back draw the page at once. Draws nothing.

A server that was started anew, or has forgotten a tab that was away for long, does not know what the buttons drawn
before are for: the first press would only teach it.
"""

from __future__ import annotations

import streamlit as st

from coach.ui import session
from coach.ui.components import beside

_reconnect = st.components.v2.component("coach.reconnect", html="<span></span>", js=beside(__file__, "js"))


def reconnect() -> None:
    """For every page. In the page, `data-session` says which session drew it last."""
    _reconnect(key="reconnect", data={"session": session.session_name()}, on_back_change=lambda: None)
