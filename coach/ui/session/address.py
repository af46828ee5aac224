"""The page and the round that the address names, and the way to another."""

from __future__ import annotations

from pathlib import Path
from secrets import token_hex
from typing import NoReturn

import streamlit as st

from coach.domain.round import Round
from coach.errors import NotFoundError
from coach.ui import pages
from coach.ui.session.installation import desk

_DESTINATION = "destination"
_NAME = "session-name"


def session_name() -> str:
    """What the page it draws calls this session: another one after the server was started anew."""
    return str(st.session_state.setdefault(_NAME, token_hex(8)))


def page(name: str) -> str:
    """The page in `coach/ui/pages/NAME.py`, for a link to it."""
    return str(Path(pages.__path__[0]) / f"{name}.py")


def open_page(name: str, **query: str) -> None:
    """For a click: go to the page `name`, with `?query` in its address, as soon as the pages are known."""
    st.session_state[_DESTINATION] = (name, query)


def travel() -> None:
    """Go where the last click wanted to, if anywhere. The pages must be known by now."""
    name, query = st.session_state.pop(_DESTINATION, (None, None))
    if name:
        turn_to(name, **query)


def turn_to(name: str, **query: str) -> NoReturn:
    """For a page: leave it for another at once."""
    st.switch_page(page(name), query_params=query)


def round_() -> Round:
    """The round the address names. Raises NotFoundError."""
    try:
        return desk().archive.round(asked_for("round"))
    except NotFoundError as error:
        raise NotFoundError("This round is not here: it was deleted, or the address is wrong.") from error


def asked_for(name: str) -> str:
    """What the address says after `?name=`, or nothing."""
    return st.query_params.get(name) or ""


def ask_for(name: str, value: str | None) -> None:
    """Have the address say `?name=value`, or nothing of it."""
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
