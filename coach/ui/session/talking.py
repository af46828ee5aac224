"""What a person says aloud: the seat of their tab, the speech service they chose, and words that were misheard."""

from __future__ import annotations

from typing import Any

import streamlit as st

from coach import talking, voices
from coach.domain.interview.agenda import Wish
from coach.domain.round import Round
from coach.domain.talk import Talk
from coach.domain.transcript import Speaker, Style, Turn
from coach.domain.utterance import Utterance
from coach.settings import Settings
from coach.ui.serving.voice.seats import SEATS
from coach.ui.session.installation import caps, desk, keys
from coach.ui.session.telling import reporting
from coach.wiring import BROWSER, connect_voice, usual_voice

_VOICE = "voice_spec"
_SEAT = "seat"
_SERVICE = "voice_service"

SILENCE = {Style.SUPPORTIVE: 10, Style.NEUTRAL: 15, Style.CHALLENGING: 25}
"""Seconds of silence before the interviewer says something, hands-free: those of the interviewer's protocol."""


def voice() -> str:
    """The speech service of this tab, by its spec."""
    return str(st.session_state.get(_VOICE) or usual_voice(Settings(), keys()))


def choose_voice(spec: str) -> None:
    """Use this speech service in this tab from now on."""
    st.session_state[_VOICE] = spec


def voice_offers() -> list[str]:
    """The speech services one can choose from here: that of the installation, and the browser's own."""
    return list(dict.fromkeys((usual_voice(Settings(), keys()), voice(), BROWSER)))


def trial_seat() -> dict[str, Any]:
    """What the trial of microphone and speaker needs. Raises CoachError."""
    return _seat(None)


def voice_seat(round_: Round) -> dict[str, Any]:
    """What the voice element of a round needs. Raises CoachError."""
    asked = [turn.id for turn in round_.turns if turn.speaker is Speaker.INTERVIEWER]
    return _seat(round_.id) | {
        "round": round_.id,
        "turn": asked[-1] if asked else None,
        "silence": SILENCE[round_.setup.style],
    }


def _seat(round_id: str | None) -> dict[str, Any]:
    spec = voice()
    wanted = (spec, keys(), caps(), round_id)
    known, service = st.session_state.get(_SERVICE, (None, None))
    if known != wanted:
        service = connect_voice(*wanted[:2], desk().calls, *wanted[2:])
        st.session_state[_SERVICE] = (wanted, service)
    seat = SEATS.take(st.session_state.get(_SEAT), desk(), round_id, service)
    st.session_state[_SEAT] = seat.id
    return {"token": SEATS.token(seat), "inBrowser": voices.in_browser(spec)}


def speaks(round_: Round) -> bool:
    """Whether a line is open over which the interviewer says what is owed: then no page has to."""
    return round_.setup.mode == "voice" and SEATS.line(round_.id) is not None


def have_said(round_: Round, wish: Wish | None) -> None:
    """Have the interviewer say what is owed or wished for, over the open line. Raises CoachError where that has
    just failed: it is tried again when this is called again."""
    if line := SEATS.line(round_.id):
        if failed := line.take_failure():
            raise failed
        line.wake(wish)


def misheard(round_: Round) -> list[Turn]:
    """Turns whose words can be put right."""
    return talking.can_correct(desk(), round_) if round_.setup.mode == "voice" else []


def correct(round_id: str, turn: str, key: str) -> None:
    """For a click: put the words in the box `key` in the place of what was heard."""
    with reporting():
        talking.correct(desk(), round_id, turn, str(st.session_state.get(key) or ""))


def sounds(round_: Round) -> dict[str, Any]:
    """The turns whose sound is kept, with their seconds, and the pass to hear them."""
    seconds: dict[str, float] = {}
    for each in desk().archive.utterances(round_.id) if round_.setup.mode == "voice" else ():
        if each.turn and each.has_sound:
            seconds[each.turn] = round(seconds.get(each.turn, 0.0) + each.seconds, 1)
    return {"seconds": seconds, "token": _pass(round_.id)} if seconds else {}


def unclear(round_: Round) -> list[Utterance]:
    """What was said and never became words: it is no part of the grade."""
    return talking.open_utterances(desk(), round_.id) if round_.setup.mode == "voice" else []


def how_talked(round_: Round) -> Talk:
    return talking.how_talked(desk(), round_)


def _pass(round_id: str) -> str:
    seat = SEATS.take(st.session_state.get(_SEAT), desk(), round_id, None)
    st.session_state[_SEAT] = seat.id
    return SEATS.token(seat)


def forget_sound(round_id: str) -> None:
    """For a click: remove the sound of a round for real."""
    with reporting():
        desk().archive.forget_sounds(round_id)
