"""Calibrating a reviewer on rounds of the golden set, as clicks and reruns bring it."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from coach import reviewing
from coach.content.golden import golden_rounds
from coach.content.places import builtin
from coach.domain.calibration_rounds import drawn
from coach.domain.golden import GoldenRound
from coach.errors import NotFoundError, SetupError
from coach.reviewing import Calibration
from coach.settings import Settings
from coach.ui.session.address import open_page
from coach.ui.session.installation import desk, now
from coach.ui.session.reviewing import case, name
from coach.ui.session.telling import reporting
from coach.wiring import open_library


def rounds() -> tuple[GoldenRound, ...]:
    """The rounds to calibrate on; none where no golden set comes with this installation. Read once a process.
    Raises ContentError."""
    try:
        return _drawn(builtin("golden"), Settings())
    except (NotFoundError, SetupError):
        return ()


@st.cache_resource(show_spinner=False, hash_funcs={Settings: repr})
def _drawn(folder: Path, settings: Settings) -> tuple[GoldenRound, ...]:
    return drawn(golden_rounds(folder, open_library(settings)))


def calibrations() -> tuple[Calibration, ...]:
    """How far this tab's reviewer is with each of them."""
    return reviewing.calibrations(desk(), rounds(), name())


def is_offered() -> bool:
    """Whether this tab's reviewer has some of them left."""
    return bool(name()) and any(each.comparison is None for each in calibrations())


def start(round_id: str) -> None:
    """For a click: open a round to calibrate on."""
    with reporting():
        golden = next((each.golden for each in calibrations() if each.round_id == round_id), None)
        if golden is None:
            raise NotFoundError("This round is no longer one to calibrate on: reload the page.")
        open_page("review", round=reviewing.begin_calibration(desk(), golden, now()), by=name())


def complete() -> None:
    """For a click: hold what was found against the labels, and read how far the two part."""
    with reporting():
        reviewing.complete_calibration(desk(), case(), now())
        open_page("agreement", by=name())


def leave() -> None:
    """For a click: go back to the rounds to calibrate on. What was found is kept."""
    open_page("agreement", by=name())
