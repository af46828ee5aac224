"""The round's clock and phase. They tick in the browser: no rerun, no request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from coach.domain.interview.timebox import PHASES
from coach.domain.round import Round
from coach.ui.components import beside

_clock = st.components.v2.component(
    "coach.clock",
    html='<ol class="phases" aria-label="Phases"></ol>'
    '<div class="clock" role="timer"><span class="left"></span><span class="gone"></span></div>'
    '<span class="said" role="status"></span>',
    css=beside(__file__, "css"),
    js=beside(__file__, "js"),
)


def clock(round_: Round, now: datetime) -> None:
    """Show the round's clock as it stands at `now`; from there the browser counts on."""
    _clock(key="clock", data=reading(round_, now))


def countdown(gone: float, total: float) -> None:
    """Show a clock of `total` seconds, `gone` of which are over. Nothing happens when it has run out."""
    _clock(key="clock", data={"gone": round(gone, 1), "total": total, "paused": False, "phases": ()})


def reading(round_: Round, now: datetime) -> dict[str, Any]:
    """Seconds gone since the round began, seconds it lasts, whether it stands still, and from which second on each
    phase is due. A refresh reads the same clock."""
    total = round_.setup.minutes * 60.0
    return {
        "gone": round(round_.elapsed(now), 1),
        "total": total,
        "paused": round_.is_paused,
        "phases": tuple({"name": name, "from": start * total} for name, start in PHASES.items()),
    }
