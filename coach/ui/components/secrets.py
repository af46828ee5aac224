"""Keys of model providers, typed into this tab: kept in the tab and in this process's memory, never sent back.

The browser tells the server by triggers. A component's state would stay in the browser's list of widget values and
travel with every click; the protocol has no way to send either back, and what is sent to the browser here says
only which keys there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import streamlit as st

from coach.keys import Keys, Source
from coach.ui import session
from coach.ui.components import beside

VARIABLES = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_COMPATIBLE_API_KEY")
"""Keys that can be typed in; any other comes from the environment or the secrets file."""
LONGEST = 500
"""Characters of a key or of a model's name."""
MOST_MODELS = 12
"""Models of one role: the first choice and what is asked where it fails."""

_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{0,40}_API_KEY")

_form = st.components.v2.component(
    "coach.secrets", html=beside(__file__, "html"), css=beside(__file__, "css"), js=beside(__file__, "js")
)
_resend = st.components.v2.component("coach.resend", html="<span></span>", js=beside(__file__, "js"))


def secrets(keys: Keys) -> None:
    """A field for each key, or a button that forgets it. `keys` are those of this tab."""
    found = ((name, str(keys.source(name))) for name in VARIABLES if keys.source(name) not in {None, Source.PAGE})
    _form(
        key="secrets",
        data={"has": session.typed_keys(), "elsewhere": tuple(found)},
        on_kept_change=lambda: keep(st.session_state["secrets"]["kept"]),
    )


def resend() -> None:
    """Have the browser send its keys and models again where this session has lost them, as after a reload. For
    every page; draws nothing, and runs the page again only where there is something to send."""
    models = session.chosen_models()
    _resend(
        key="resend",
        data={"has": session.typed_keys(), "models": models and tuple(models)},
        on_kept_change=lambda: keep(st.session_state["resend"]["kept"]),
    )


def keep(sent: object) -> None:
    """Use what the browser sent, as far as it is keys and models."""
    if not isinstance(sent, Mapping):
        return
    if isinstance(keys := sent.get("keys"), Mapping):
        session.take_keys(read_keys(keys))
    if isinstance(models := sent.get("models"), Mapping):
        session.choose_models(
            session.Models(read_models(models.get("interviewers")), read_models(models.get("judges")))
        )


def read_keys(sent: Mapping[object, object]) -> dict[str, str]:
    """The keys among what was sent, by environment variable."""
    texts = {name: key.strip() for name, key in sent.items() if isinstance(name, str) and isinstance(key, str)}
    return {name: key for name, key in texts.items() if _VARIABLE.fullmatch(name) and 0 < len(key) <= LONGEST}


def read_models(sent: object) -> tuple[str, ...]:
    """The models among what was sent."""
    specs = sent if isinstance(sent, list | tuple) else ()
    return tuple(spec for spec in specs if isinstance(spec, str) and 0 < len(spec) <= LONGEST)[:MOST_MODELS]
