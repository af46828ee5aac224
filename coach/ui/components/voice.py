"""The voice of a round: microphone, turn detection, playback and captions in the browser; and their trial.

Its script is put together from small ones in `voice/`, in the order in which they need each other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import streamlit as st

from coach.ui.components import shared

_HERE = Path(__file__).with_name("voice")
PARTS = ("detection", "microphone", "recogniser", "playback", "line", "view", "room", "trial", "voice")


def script() -> str:
    """The script of both elements. The worklet, which runs apart from the page, goes along as a text."""
    worklet = f"const WORKLET = {json.dumps(_read('worklet.js'))};\n"
    return shared() + worklet + "\n".join(_read(f"{part}.js") for part in PARTS)


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


_room = st.components.v2.component("coach.voice", html=_read("room.html"), css=_read("voice.css"), js=script())
_trial = st.components.v2.component(
    "coach.voice_trial", html=_read("trial.html"), css=_read("voice.css"), js=script()
)


def voice(seat: dict[str, Any]) -> None:
    """Speak in a round. `seat` is what `session.voice_seat` says; the page is drawn anew whenever the round has
    moved on."""
    _room(key="voice", data=seat, on_drawn_change=_nothing, on_renew_change=_nothing)


def voice_trial(seat: dict[str, Any], sentence: str) -> None:
    """Try the microphone, and the speaker with `sentence`."""
    _trial(key="voice-trial", data={**seat, "sentence": sentence}, on_renew_change=_nothing)


def _nothing() -> None:
    """The run that follows is all that is wanted."""
