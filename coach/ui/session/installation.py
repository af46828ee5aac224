"""The installation as one tab sees it: the Desk, with the models and keys chosen here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from threading import Thread
from typing import NamedTuple, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from coach import practice, talking
from coach.domain.calls import Caps
from coach.domain.grade import Grade
from coach.domain.round import Round
from coach.keys import Keys
from coach.practice import LLM, OFFLINE, Desk
from coach.settings import Settings
from coach.wiring import build_desk, read_keys, warm_voice, with_models
from coach.wiring import warm as load_models

_MODELS = "models"
_KEYS = "typed_keys"
_OWN_DESK = "own_desk"


class Models(NamedTuple):
    """Models as `provider:model[@base_url]`, the first choice first; none is offline."""

    interviewers: tuple[str, ...]
    judges: tuple[str, ...]


def desk() -> Desk:
    """The installation's Desk, built once a process, with the models and keys of this tab. Raises CoachError, and
    tries again on the next run."""
    settings = Settings()
    shared = _desk(settings)
    if _MODELS not in st.session_state and _KEYS not in st.session_state:
        return shared
    wanted = (models(), keys())
    known, own = st.session_state.get(_OWN_DESK, (None, shared))
    if known != wanted:
        own = with_models(shared, *wanted[0], wanted[1], settings.caps)
        st.session_state[_OWN_DESK] = (wanted, own)
    return cast("Desk", own)


def models() -> Models:
    """The models of this tab: those chosen in it, else the installation's."""
    settings = Settings()
    chosen: Models = st.session_state.get(_MODELS, Models(settings.interviewers, settings.judges))
    return chosen


def choose_models(chosen: Models) -> None:
    """Use these models in this tab from now on."""
    st.session_state[_MODELS] = chosen
    Thread(target=load_models, args=((*chosen.interviewers, *chosen.judges), keys()), daemon=True).start()


def get_ready() -> None:
    """Build what the first page needs and load what models need, before anybody waits for it; remove sound that is
    older than it is kept. Raises CoachError."""
    settings = Settings()
    shared = _desk(settings)
    keys_read = read_keys(settings)
    load_models((*settings.interviewers, *settings.judges), keys_read)
    warm_voice(settings, keys_read)
    talking.forget_old(shared, now(), settings.sound_days)


def chosen_models() -> Models | None:
    """The models chosen in this tab; None where none were, and the installation's are used."""
    chosen: Models | None = st.session_state.get(_MODELS)
    return chosen


def keys() -> Keys:
    """The keys of this tab: those typed into it, over the environment's and the file's. Raises SetupError."""
    return read_keys(Settings()).with_page_keys(st.session_state.get(_KEYS, {}))


def take_keys(typed: Mapping[str, str]) -> None:
    """Use the keys typed into this tab. They stay in its memory, and in the browser's, until it is closed."""
    st.session_state[_KEYS] = dict(typed)


def typed_keys() -> tuple[str, ...]:
    """Environment variables of the keys typed into this tab. Never a key."""
    return tuple(st.session_state.get(_KEYS, {}))


def is_live() -> bool:
    """Whether rounds of this tab can be led by a model."""
    return LLM in desk().interviewers


def usual_engine() -> str:
    """The engine that leads a round where nothing else is asked for."""
    return LLM if is_live() else OFFLINE


def caps() -> Caps:
    """The most that models may cost."""
    return Settings().caps


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


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr})
def _example(settings: Settings) -> tuple[Round, Grade] | None:
    return practice.example(_desk(settings), now())


def example() -> tuple[Round, Grade] | None:
    """The graded round to look at, graded once a process; None where no scenario has a walkthrough."""
    return _example(Settings())
