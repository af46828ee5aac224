"""The round's clock. It ticks in the browser: no rerun, no request."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from coach.domain.round import Round

_HERE = Path(__file__).parent

_clock = st.components.v2.component(
    "coach.clock",
    html='<div class="clock" role="timer"><span class="left"></span><span class="gone"></span></div>',
    css=(_HERE / "clock.css").read_text(encoding="utf-8"),
    js=(_HERE / "clock.js").read_text(encoding="utf-8"),
)


def clock(round_: Round, now: datetime) -> None:
    """Show the round's clock as it stands at `now`; from there the browser counts on."""
    _clock(key="clock", data=reading(round_, now))


def reading(round_: Round, now: datetime) -> dict[str, float]:
    """Seconds gone since the round began and seconds it lasts. A refresh reads the same clock."""
    return {"gone": round(round_.elapsed(now), 1), "total": round_.setup.minutes * 60.0}
