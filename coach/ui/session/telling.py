"""What a page has to tell once: what went wrong, what has been done, what was deleted.

Callbacks run before the page is drawn, so what fails in one is kept as trouble until the page can show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_urlsafe
from typing import NamedTuple

import streamlit as st

from coach.errors import CoachError

_TROUBLE = "trouble"
_DELETION = "deletion"
_NEWS = "news"


class Failure(NamedTuple):
    """What has failed in this session and waits for a person: asking a model again is never done unasked."""

    what: object
    """What was tried, and by whom: with another model it has not failed yet."""
    line: str
    """What went wrong."""
    done: int = 0
    """How many dimensions were judged and are kept."""


def tell_deleted(id_: str | None, news: str) -> None:
    """Keep that a round, or with None every one, was deleted."""
    st.session_state[_DELETION] = (token_urlsafe(8), id_)
    st.session_state[_NEWS] = news


def tell_done(news: str) -> None:
    """Keep what has been done, for the page to say once."""
    st.session_state[_NEWS] = news


def deletion() -> tuple[str, str | None] | None:
    """What was deleted last in this session: which deletion it was, and the round, or None for every one.
    The browser is to forget it too, once."""
    found: tuple[str, str | None] | None = st.session_state.get(_DELETION)
    return found


def take_news() -> str | None:
    """What has been done since the page was last drawn; said once."""
    news = st.session_state.pop(_NEWS, None)
    return None if news is None else str(news)


def report(error: CoachError, what: str = "") -> None:
    """Keep what went wrong for the page to show."""
    st.session_state[_TROUBLE] = f"{what}: {error}" if what else str(error)


def tell(line: str) -> None:
    """Keep a line for the page to show, once."""
    st.session_state[_TROUBLE] = line


def take_trouble() -> str | None:
    """What went wrong since the page was last drawn; shown once."""
    trouble = st.session_state.pop(_TROUBLE, None)
    return None if trouble is None else str(trouble)


@contextmanager
def reporting() -> Iterator[None]:
    """Keep a CoachError for the page to show."""
    try:
        yield
    except CoachError as error:
        report(error)
