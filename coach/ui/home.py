"""Choose a round, or go back to one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coach.domain.round import Setup
from coach.domain.rubric import Rubric, SeniorityLevel
from coach.domain.scenario import Scenario
from coach.domain.transcript import Style
from coach.errors import CoachError, Problem
from coach.ports import RoundLine
from coach.ui import session
from coach.ui.drawing.cards import counted, note, round_line

BASELINE = 12
"""Minutes of the short round that gives scores with ranges and no band."""

ROUNDS_SHOWN = 20

_MARKDOWN = str.maketrans({sign: f"\\{sign}" for sign in r"\`*_{}[]()<>#+-.!|~:$&"})


def draw() -> None:
    """The home: what can be played, then what has been."""
    st.html(
        "<h1>Practise a system design interview</h1>"
        '<p class="coach-lead">An interviewer follows up on what you say; '
        "a judge grades it with your own words as evidence.</p>"
        '<p class="coach-small">Runs on this machine, offline. No key and no account needed.</p>'
    )
    if trouble := session.take_trouble():
        st.html(note(trouble))
    shelf = session.desk().library.shelf()
    rounds = session.desk().archive.rounds()
    roles: dict[str, str] = {}
    if shelf.scenarios:
        roles = _choose(shelf.scenarios)
    else:
        st.html(note("No scenario can be played: put one into the scenarios folder, or run `coach doctor`."))
    _show_problems(shelf.problems)
    if rounds:
        _show_rounds(rounds, roles)


def _choose(scenarios: tuple[Scenario, ...]) -> dict[str, str]:
    """Everything a round is set up with. Gives back what the roles are called."""
    by_id = {scenario.id: scenario for scenario in scenarios}
    chosen = st.radio(
        "Scenario",
        list(by_id),
        format_func=lambda id_: f"**{_plain(by_id[id_].title)}**",
        captions=[f"{_plain(s.summary)} {s.minutes.short} or {s.minutes.full} minutes" for s in scenarios],
        key="scenario",
    )
    scenario = by_id.get(chosen, scenarios[0]) if chosen else scenarios[0]
    try:
        rubric = session.desk().library.brief(scenario.id).rubric
    except CoachError as error:
        st.html(note(str(error)))
        return {}
    _choose_setup(scenario, rubric)
    return dict(rubric.role_names)


def _choose_setup(scenario: Scenario, rubric: Rubric) -> None:
    lengths = {
        BASELINE: f"{BASELINE} min, baseline",
        scenario.minutes.short: f"{scenario.minutes.short} min, short",
        scenario.minutes.full: f"{scenario.minutes.full} min, full",
    }
    with st.container(horizontal=True, gap="medium"):
        minutes = st.segmented_control(
            "Length",
            list(lengths),
            default=BASELINE,
            required=True,
            format_func=lengths.__getitem__,
            key=f"length-{scenario.minutes.short}-{scenario.minutes.full}",
            help="A baseline asks one question in each dimension and gives scores with ranges, no band.",
        )
        manner = st.segmented_control(
            "Rehearse or Real",
            ["Rehearse", "Real"],
            default="Rehearse",
            required=True,
            key="manner",
            help="Rehearse shows what the interviewer does and which facts you have uncovered. Real shows neither.",
        )
    with st.container(horizontal=True, gap="medium"):
        role = st.selectbox(
            "Role",
            list(rubric.roles),
            format_func=lambda id_: rubric.role_names.get(id_, id_),
            key="role",
            width=240,
        )
        levels = list(SeniorityLevel)
        level = st.selectbox(
            "Level", levels, index=1, format_func=lambda value: value.value.capitalize(), key="level", width=160
        )
        style = st.selectbox(
            "Interviewer",
            list(Style),
            index=1,
            format_func=lambda value: value.value.capitalize(),
            key="style",
            width=180,
            help="The tone. It never changes facts, questions, hints or scores.",
        )
    setup = Setup(
        scenario=scenario.id,
        role=role,
        level=level,
        minutes=minutes or BASELINE,
        style=style,
        rehearse=manner == "Rehearse",
    )
    st.button(
        "Start the round", type="primary", key="start", on_click=session.begin, args=(session.next_id(), setup)
    )


def _show_problems(problems: tuple[Problem, ...]) -> None:
    if not problems:
        return
    files = sorted({problem.path for problem in problems})
    with st.expander(f"{counted(len(files), 'scenario')} cannot be played: {counted(len(problems), 'mistake')}"):
        st.code("\n".join(str(problem) for problem in problems), language=None, wrap_lines=True)


def _show_rounds(rounds: list[RoundLine], roles: dict[str, str]) -> None:
    st.html("<h2>Your rounds</h2>")
    everything = len(rounds) > ROUNDS_SHOWN and st.toggle(f"Show all {len(rounds)}", key="all_rounds")
    for line in rounds if everything else rounds[:ROUNDS_SHOWN]:
        _show_round(line, roles.get(line.role, line.role))


def _show_round(line: RoundLine, role: str) -> None:
    over = line.ended_at is not None
    status = "graded" if line.graded else "ended" if over else "running"
    with st.container(horizontal=True, vertical_alignment="center", key=f"round-{line.id}"):
        st.html(round_line(line, role, status, session.local(line.started_at)), width="stretch")
        st.button("Open" if over else "Continue", key=f"open-{line.id}", on_click=partial(session.go_to, line.id))
        with st.popover("Delete", type="tertiary"):
            st.markdown("Delete this round, its transcript and its grade for good?")
            st.button("Delete for good", key=f"delete-{line.id}", on_click=session.delete, args=(line.id,))


def _plain(text: str) -> str:
    """Authored text for a label that would read Markdown in it."""
    return text.translate(_MARKDOWN)
