"""Choose how to play a scenario, and read what it is graded on. Criteria stay closed until the round is over."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from coach.chat_models.prices import price
from coach.domain.estimate import estimate
from coach.domain.round import BASELINE_LENGTH, Setup
from coach.domain.rubric import Brief, SeniorityLevel
from coach.domain.transcript import Style
from coach.practice import LLM, OFFLINE
from coach.ui import session
from coach.ui.drawing.cards import as_markdown, note, scenario_head
from coach.ui.drawing.graded_on import graded_on
from coach.ui.drawing.ledger import expected, who

TITLE = "Choose a round"
LINK = ""
PLACE = 1

_MANNERS = {
    "Rehearse": "Shows what the interviewer does, what you have covered and which facts you have uncovered. "
    "The clock can be paused.",
    "Real": "Shows none of it, and the clock runs on: as on the day.",
}
_ENGINES = {LLM: "Live interviewer", OFFLINE: "Offline"}
_MODES: dict[Literal["voice", "chat"], str] = {"chat": "By typing", "voice": "Out loud"}
_STYLES = {
    Style.SUPPORTIVE: "warm, gives you room",
    Style.NEUTRAL: "even, to the point",
    Style.CHALLENGING: "presses, disagrees",
}


def draw() -> None:
    """The setup on the left, what is graded on the right."""
    brief = session.desk().library.brief(_scenario())
    st.set_page_config(page_title=f"{brief.scenario.title} · Coach")
    st.html(scenario_head(brief.scenario))
    if trouble := session.take_trouble():
        st.html(note(trouble))
    controls, rubric = st.columns([5, 6], gap="large")
    with controls:
        setup = _setup(brief)
        if setup.mode == "voice":
            st.button("Sound check", type="primary", key="sound-check", on_click=_check_sound, args=(setup,))
        else:
            begin = (session.next_id(), setup)
            st.button("Start the round", type="primary", key="start", on_click=session.begin, args=begin)
    rubric.html(graded_on(brief, setup.role, setup.level))


def _check_sound(setup: Setup) -> None:
    session.open_page("sound_check", setup=setup.model_dump_json(exclude_defaults=True))


def _scenario() -> str:
    """The scenario the address names, or that of the round it names, as when one comes back from its room."""
    scenario = session.asked_for("scenario")
    if not scenario and session.asked_for("round"):
        scenario = session.round_().setup.scenario
    if not scenario:
        session.turn_to("home")
    return scenario


def _setup(brief: Brief) -> Setup:
    """What was chosen for the last round stands ready for this one."""
    last = next(iter(session.desk().archive.rounds(1)), None)
    roles = list(brief.rubric.roles)
    minutes = _length(brief)
    manner = st.segmented_control(
        "Rehearse or Real",
        list(_MANNERS),
        default="Real" if last and not last.rehearse else "Rehearse",
        required=True,
        key="manner",
    )
    st.caption(_MANNERS[manner or "Rehearse"])
    role = st.segmented_control(
        "Role",
        roles,
        default=last.role if last and last.role in roles else roles[0],
        required=True,
        format_func=lambda id_: as_markdown(brief.rubric.role_names.get(str(id_), str(id_))),
        key="role",
    )
    level = st.segmented_control(
        "Level",
        list(SeniorityLevel),
        default=SeniorityLevel(last.level) if last else SeniorityLevel.SENIOR,
        required=True,
        format_func=lambda value: value.value.capitalize(),
        key="level",
    )
    st.caption("Role and level set the bar you are held to. They never change the questions or the scores.")
    style = st.segmented_control(
        "Interviewer",
        list(Style),
        default=Style.NEUTRAL,
        required=True,
        format_func=lambda value: value.value.capitalize(),
        key="style",
    )
    st.caption(f"The tone only: {_STYLES[style or Style.NEUTRAL]}.")
    mode = st.segmented_control(
        "Answer", list(_MODES), default="chat", required=True, format_func=_MODES.__getitem__, key="mode"
    )
    st.caption(
        "You talk and are talked to; typing works at any moment." if mode == "voice" else "You type and read."
    )
    engine = _engine(brief, minutes)
    return Setup(
        scenario=brief.scenario.id,
        role=role or roles[0],
        level=level or SeniorityLevel.SENIOR,
        minutes=minutes,
        style=style or Style.NEUTRAL,
        rehearse=manner == "Rehearse",
        mode=mode or "chat",
        engine=engine,
    )


def _engine(brief: Brief, minutes: int) -> str:
    """Who leads the round, and what that is expected to cost."""
    if not session.is_live():
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="no-model"):
            st.html('<span class="coach-small">Runs offline.</span>', width="content")
            st.page_link(session.page("models"), label="Add a key for a live interviewer", width="content")
        return OFFLINE
    engine = st.segmented_control(
        "Led by", list(_ENGINES), default=LLM, required=True, format_func=_ENGINES.__getitem__, key="engine"
    )
    if engine == OFFLINE:
        st.caption("The author's words, and a grade without a model. Nothing you say leaves this machine.")
        return OFFLINE
    models = session.models()
    judge = models.judges[0] if models.judges else None
    cost = expected(_price(minutes, len(brief.rubric.dimensions)), session.caps())
    st.caption(as_markdown(f"{who(models.interviewers[0], judge)} What you say is sent there. {cost}"))
    return LLM


def _price(minutes: int, dimensions: int) -> float | None:
    """US dollars for the round and its grade; None where nobody says."""
    models, used = session.models(), estimate(minutes, dimensions)
    costs = [price(models.interviewers[0], used.interviewer)]
    if models.judges:
        costs.append(price(models.judges[0], used.judge))
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _length(brief: Brief) -> int:
    lengths = brief.scenario.minutes
    chosen = st.segmented_control(
        "Length",
        [BASELINE_LENGTH, lengths.short, lengths.full],
        default=BASELINE_LENGTH,
        required=True,
        format_func=lambda minutes: f"{minutes} min",
        key=f"length-{lengths.short}-{lengths.full}",
    )
    minutes = int(chosen or BASELINE_LENGTH)
    st.caption(
        "A baseline: one question in each dimension, scores with ranges, no band."
        if minutes == BASELINE_LENGTH
        else "The whole interview: every dimension in depth, a premise that changes late, and a band."
    )
    return minutes


if __name__ == "__main__":
    draw()
