"""Microphone, speaker and where sound goes, before the clock of a spoken round runs. Nothing has to succeed."""

from __future__ import annotations

from html import escape

import streamlit as st
from pydantic import ValidationError

from coach.domain.round import Setup
from coach.errors import CoachError, NotFoundError
from coach.settings import Settings
from coach.ui import session
from coach.ui.components.voice import voice_trial
from coach.ui.drawing.cards import note
from coach.ui.drawing.sound import SENTENCE, WORDS, cost, goes_to, in_use, named

TITLE = "Sound check"
LINK = ""
PLACE = 3


def draw() -> None:
    """What is tried on the left; what is used, where it goes and what is kept on the right."""
    setup = _setup()
    brief = session.desk().library.brief(setup.scenario)
    lead = "A minute before the clock runs. You can type at any moment of the round, whatever does not work here."
    st.html(f'<h1>Sound check</h1><p class="coach-lead">{lead}</p>')
    if trouble := session.take_trouble():
        st.html(note(trouble))
    left, right = st.columns([6, 5], gap="large")
    with right:
        spec = _service()
        keeps = _keeps()
    with left:
        st.html(f"<h2>Say: “{WORDS}”</h2>")
        try:
            right.html(in_use(spec) + goes_to(spec) + cost(spec, setup.minutes))
            voice_trial(session.trial_seat(), SENTENCE)
        except CoachError as error:
            st.html(note(f"{error} Choose the browser's speech, or go on by typing."))
        st.html(f'<p class="coach-small">{escape(brief.scenario.title)}, {setup.minutes} minutes.</p>')
        with st.container(horizontal=True, gap="small"):
            spoken = setup.model_copy(update={"mode": "voice", "keeps_sound": keeps})
            _start("Start the round", "start", spoken, "primary")
            _start("Go on by typing", "type", setup.model_copy(update={"mode": "chat"}), "tertiary")


def _setup() -> Setup:
    """The round that was chosen, as the address carries it."""
    try:
        return Setup.model_validate_json(session.asked_for("setup"))
    except ValidationError as error:
        raise NotFoundError("No round is chosen: begin from the list of scenarios.") from error


def _service() -> str:
    offers = session.voice_offers()
    chosen = st.selectbox("Speech", offers, index=offers.index(session.voice()), key="speech", format_func=named)
    spec = str(chosen or offers[0])
    session.choose_voice(spec)
    return spec


def _keeps() -> bool:
    days = Settings().sound_days
    if not days:
        st.html(
            '<p class="coach-small">Sound is removed as soon as it has become words (COACH_SOUND_DAYS is 0).</p>'
        )
        return False
    keeps = st.toggle("Keep my recording", key="keeps-sound")
    st.caption(
        f"Then a quote in your result can be heard again. Removed after {days} days, or when you say so."
        if keeps
        else "Sound is removed as soon as it has become words."
    )
    return keeps


def _start(words: str, key: str, setup: Setup, kind: str) -> None:
    st.button(words, type=kind, key=key, on_click=session.begin, args=(session.next_id(), setup))  # type: ignore[arg-type]


if __name__ == "__main__":
    draw()
