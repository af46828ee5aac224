"""From a quote to the sound of it, where a candidate wanted it kept."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach.ui.components import beside

_listen = st.components.v2.component(
    "coach.listen",
    html='<div class="listen" role="region" aria-label="Sound" hidden><span role="status"></span>'
    '<button type="button" class="play">Listen</button><audio controls hidden></audio>'
    '<button type="button" class="close">Close</button></div>',
    css=beside(__file__, "css"),
    js=beside(__file__, "js"),
)


def listen(sounds: dict[str, Any]) -> None:
    """Offer the sound of the turns that `session.sounds` names."""
    _listen(key="listen", data=sounds)
