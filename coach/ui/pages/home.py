"""The home: start, look at a graded round, choose a scenario, go back to a round."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach.domain.round import BASELINE_LENGTH, Setup
from coach.domain.rubric import Rubric, SeniorityLevel
from coach.domain.scenario import Scenario
from coach.errors import Problem
from coach.ports import RoundLine, Shelf
from coach.practice import LLM
from coach.ui import session
from coach.ui.components.forget import forget
from coach.ui.drawing.cards import as_markdown, counted, note, nothing_played, round_line, scenario_card
from coach.ui.drawing.ledger import short
from coach.ui.drawing.strip import thumbnail

TITLE = "Coach"
LINK = "Coach"
PLACE = 0

ROUNDS_SHOWN = 12
HANDFUL = 5  # rounds that are found without a search
AT_ONCE = 100  # rounds of all that are drawn on one page

_PAGE = "rounds_page"  # counted from 0

_SENT = "In a live round, what you say is sent to the model that leads it."
_KEYLESS = "With a key of yours, a model can lead."


def draw() -> None:
    """What can be played, then what has been."""
    lines = session.desk().archive.rounds(ROUNDS_SHOWN + 1)
    shelf = session.desk().library.shelf()
    if gone := session.deletion():
        forget(*gone)
    picture = _hero(shelf, lines)
    if trouble := session.take_trouble():
        st.html(note(trouble))
    if news := session.take_news():
        st.html(f'<p class="coach-ribbon" role="status">{escape(news)}</p>')
    rubric = session.desk().library.brief(shelf.scenarios[0].id).rubric if shelf.scenarios else None
    if rubric:
        _scenarios(shelf, rubric)
    _problems(shelf.problems)
    _rounds(lines, dict(rubric.role_names) if rubric else {})
    _house(anything_kept=bool(lines))
    _example(picture)


def _hero(shelf: Shelf, lines: list[RoundLine]) -> DeltaGenerator:
    """The promise, the one primary button and, beside it, what a grade looks like."""
    with st.container(key="hero"):
        words, picture = st.columns([6, 5], gap="large", vertical_alignment="center")
        with words:
            st.html(
                "<h1>Practise the AI system design interview.</h1>"
                '<p class="coach-lead">An interviewer who follows up on what you say. '
                "A grade that quotes you to the letter, and says so where it could not tell.</p>"
            )
            if shelf.scenarios:
                _baseline(_next_scenario(shelf.scenarios, lines), lines)
            else:
                st.html(
                    note("No scenario can be played: put one into the scenarios folder, or run `coach doctor`.")
                )
        return picture.container(key="picture")


def _baseline(scenario: Scenario, lines: list[RoundLine]) -> None:
    last = lines[0] if lines else None
    setup = Setup(
        scenario=scenario.id,
        role=last.role if last else "product",
        level=SeniorityLevel(last.level) if last else SeniorityLevel.SENIOR,
        minutes=BASELINE_LENGTH,
        rehearse=True,
        engine=session.usual_engine(),
    )
    st.button(
        f"Start a {BASELINE_LENGTH}-minute baseline",
        type="primary",
        key="baseline",
        on_click=session.begin,
        args=(session.next_id(), setup),
    )
    st.html(
        f'<p class="coach-small">{escape(scenario.title)}. One question in each dimension; scores with ranges. '
        f"{_runs(setup.engine)}</p>"
    )


def _runs(engine: str) -> str:
    if engine == LLM:
        return f"A live interviewer: {escape(short(session.models().interviewers[0]))}."
    return "Runs on this machine, offline, with no key and no account."


def _next_scenario(scenarios: tuple[Scenario, ...], lines: list[RoundLine]) -> Scenario:
    """The first one not played yet, else the one played longest ago."""
    played = [line.scenario for line in lines]
    fresh = (scenario for scenario in scenarios if scenario.id not in played)
    return next(fresh, None) or max(scenarios, key=lambda scenario: played.index(scenario.id))


def _example(picture: DeltaGenerator) -> None:
    """Drawn last: the first one of a process is graded for it, and nothing should wait for that."""
    if found := session.example():
        with picture:
            st.html(thumbnail(*found))
            st.page_link(session.page("example"), label="Look at a graded round")


def _scenarios(shelf: Shelf, rubric: Rubric) -> None:
    st.html("<h2>Choose a scenario</h2>")
    with st.grid(min_column_width=290, gap="small", key="scenarios"):
        for scenario in shelf.scenarios:
            with st.container(key=f"card-{scenario.id}", border=True, height="stretch"):
                st.page_link(
                    session.page("choose"),
                    label=as_markdown(scenario.title),
                    query_params={"scenario": scenario.id},
                )
                st.html(scenario_card(scenario, rubric))


def _problems(problems: tuple[Problem, ...]) -> None:
    if not problems:
        return
    files = sorted({problem.path for problem in problems})
    with st.expander(f"{counted(len(files), 'scenario')} cannot be played: {counted(len(problems), 'mistake')}"):
        st.code("\n".join(str(problem) for problem in problems), language=None, wrap_lines=True)


def _rounds(lines: list[RoundLine], roles: dict[str, str]) -> None:
    everything = bool(st.session_state.get("all_rounds")) and len(lines) > ROUNDS_SHOWN
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="rounds-head"):
        st.html("<h2>Your rounds</h2>", width="content")
        if len(lines) > HANDFUL:
            st.page_link(session.page("search"), label="Search them", width="content")
    if not lines:
        st.html(nothing_played())
        return
    page, shown = _page() if everything else (0, lines)
    for line in shown[: AT_ONCE if everything else ROUNDS_SHOWN]:
        _round(line, roles.get(line.role, line.role))
    if everything:
        _through(page, len(shown))
    with st.container(horizontal=True, vertical_alignment="center", key="beyond"):
        if len(lines) > ROUNDS_SHOWN:
            st.toggle("Show every round", key="all_rounds", on_change=_turn_to, args=(0,))
        if any(line.graded for line in lines):
            st.page_link(session.page("progress"), label="Progress over your graded rounds", width="content")


def _page() -> tuple[int, list[RoundLine]]:
    """The page of all rounds that was turned to, or the last one before it that still has any; its rounds, and one
    more where there are others behind it."""
    for page in range(int(st.session_state.get(_PAGE, 0)), 0, -1):
        if lines := session.desk().archive.rounds(AT_ONCE + 1, page * AT_ONCE):
            return page, lines
    return 0, session.desk().archive.rounds(AT_ONCE + 1)


def _through(page: int, found: int) -> None:
    """Which of all rounds are shown, and the ways to the others."""
    if not page and found <= AT_ONCE:
        return
    first, last = page * AT_ONCE + 1, page * AT_ONCE + min(found, AT_ONCE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="through"):
        st.button("Newer rounds", key="newer", disabled=not page, on_click=_turn_to, args=(page - 1,))
        st.button("Older rounds", key="older", disabled=found <= AT_ONCE, on_click=_turn_to, args=(page + 1,))
        st.html(f'<p class="coach-small" role="status">Rounds {first} to {last}, the newest first.</p>')
        st.page_link(session.page("search"), label="Search all of them", width="content")


def _turn_to(page: int) -> None:
    st.session_state[_PAGE] = page


def _round(line: RoundLine, role: str) -> None:
    page, does = ("result", "Open" if line.graded else "Grade") if line.ended_at else ("room", "Continue")
    with st.container(horizontal=True, vertical_alignment="center", key=f"round-{line.id}"):
        with st.container(gap="xxsmall"):
            link = f"**{does}:** {as_markdown(line.title)}"
            st.page_link(session.page(page), label=link, query_params={"round": line.id}, width="content")
            st.html(round_line(line, role, session.local(line.started_at)))
        with st.popover("Delete", type="tertiary"):
            st.markdown("Delete this round, its transcript, board and grade for good?")
            st.button("Delete for good", key=f"delete-{line.id}", on_click=session.delete, args=(line.id,))


def _house(*, anything_kept: bool) -> None:
    """What runs where, and how to leave no trace."""
    live = session.is_live()
    with st.container(horizontal=True, vertical_alignment="center", key="house"):
        st.html(
            '<p class="coach-small">Offline, interviewer and judge work from what the scenario\'s author wrote: '
            f"nothing you say leaves this machine. {_SENT if live else _KEYLESS}</p>",
            width="stretch",
        )
        if not live:
            st.page_link(session.page("models"), label="Add a key", width="content")
        if anything_kept:
            with st.popover("Delete everything", type="tertiary"):
                st.markdown("Delete every round, transcript, board and grade on this machine for good?")
                st.button("Delete everything for good", key="delete-all", on_click=session.delete_everything)


if __name__ == "__main__":
    draw()
