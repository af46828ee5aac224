"""State in one place: the Desk, the round the URL names, what the last click asked for and what went wrong.

The database is the truth; everything in `st.session_state` may be lost at any moment without losing a word.
Callbacks run before the page is drawn, so what fails in one is kept as `trouble` until the page can show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from secrets import token_urlsafe
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from coach import practice
from coach.domain.interview.agenda import Wish
from coach.domain.round import Round, Setup
from coach.domain.transcript import LONGEST_TEXT
from coach.errors import CoachError, NotFoundError, RoundClosedError
from coach.practice import Desk
from coach.settings import Settings
from coach.wiring import build_desk

_ROUND = "round"
_NEXT_ID = "next_round_id"
_TROUBLE = "trouble"
_UNSENT = "unsent"
_UNSAVED = "unsaved"
_WISH = "wish"
_FAILED = "failed_grading"


def desk() -> Desk:
    """The installation's Desk, built once a process. Raises CoachError, and tries again on the next run."""
    return _desk(Settings())


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr})
def _desk(settings: Settings) -> Desk:
    return build_desk(settings)


def now() -> datetime:
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The moment on the candidate's clock, as far as the browser tells."""
    try:
        return moment.astimezone(ZoneInfo(st.context.timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return moment.astimezone(UTC)


def round_id() -> str | None:
    """The round the URL names; None is the home."""
    return st.query_params.get(_ROUND) or None


def go_to(id_: str) -> None:
    st.query_params[_ROUND] = id_


def go_home() -> None:
    st.query_params.clear()


def next_id() -> str:
    """The id the next round will get: the same until it is used, so that a double click begins one round."""
    return str(st.session_state.setdefault(_NEXT_ID, token_urlsafe(16)))


def begin(id_: str, setup: Setup) -> None:
    """Begin a round and go there. Called twice with one id, it begins one round."""
    with reporting():
        try:
            desk().archive.round(id_)
        except NotFoundError:
            practice.begin(desk(), id_, setup, now())
        st.session_state.pop(_NEXT_ID, None)
        go_to(id_)


def delete(id_: str) -> None:
    with reporting():
        desk().archive.delete_round(id_)


def send(id_: str, answers: int, text: str) -> None:
    """Save an answer given when `answers` had been saved. The box keeps the text where that fails."""
    if len(text) > LONGEST_TEXT:
        st.session_state[_TROUBLE] = (
            f"Not saved: {len(text):,} characters in one answer, at most {LONGEST_TEXT:,}. Send it in parts."
        )
        return
    try:
        practice.say(desk(), id_, text, now(), submission(answers, text))
    except RoundClosedError as error:
        st.session_state[_UNSENT] = text
        report(error, "Not saved")
    except CoachError as error:
        st.session_state[_UNSAVED] = (id_, answers, text)
        report(error, "Not saved")


def unsaved(id_: str, answers: int) -> str:
    """The answer that could not be saved, for its box, should the page have been without it for a while."""
    round_id, given, text = st.session_state.get(_UNSAVED, ("", 0, ""))
    return str(text) if (round_id, given) == (id_, answers) else ""


def submission(answers: int, text: str) -> str:
    """What makes two submissions the same: the answers saved when it was written, and its words.

    A double click or a resent request repeats both; the same words said again later find one answer more.
    """
    return f"{answers}:{sha256(text.strip().encode()).hexdigest()[:32]}"


def ask(id_: str, wish: Wish, turns: int) -> None:
    """Ask for a hint, time or a repeat. `turns` is how many turns the page showed: a click on a page that has
    moved on, such as the second of a double click, asks for nothing."""
    st.session_state[_WISH] = (id_, wish, turns)


def wish_for(round_: Round) -> Wish | None:
    """What was asked for and not said yet. It stays until it is said, so an interrupted reply is made again."""
    id_, wish, turns = st.session_state.get(_WISH, ("", None, 0))
    return wish if id_ == round_.id and turns == len(round_.turns) else None


def finish(id_: str) -> None:
    with reporting():
        practice.finish(desk(), id_, now())


def has_failed(id_: str) -> bool:
    """Whether grading this round has failed in this session; it is then tried again on request only."""
    return st.session_state.get(_FAILED) == id_


def set_failed(id_: str | None) -> None:
    st.session_state[_FAILED] = id_


def report(error: CoachError, what: str = "") -> None:
    """Keep what went wrong for the page to show."""
    st.session_state[_TROUBLE] = f"{what}: {error}" if what else str(error)


def take_trouble() -> str | None:
    """What went wrong since the page was last drawn; shown once."""
    trouble = st.session_state.pop(_TROUBLE, None)
    return None if trouble is None else str(trouble)


def take_unsent() -> str | None:
    """An answer that came after the round had ended; shown once so that it can be copied."""
    unsent = st.session_state.pop(_UNSENT, None)
    return None if unsent is None else str(unsent)


@contextmanager
def reporting() -> Iterator[None]:
    """Keep a CoachError for the page to show."""
    try:
        yield
    except CoachError as error:
        report(error)
