"""The result of a round that has ended: graded here if it is not yet, then shown with its evidence."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach import practice
from coach.content.prompts import FilePrompts
from coach.domain.grade import Findings, Grade, ResultKind
from coach.domain.round import Round
from coach.errors import CoachError
from coach.export import round_json, round_markdown
from coach.ui import session
from coach.ui.drawing import scorecard
from coach.ui.drawing.cards import grading_progress, note
from coach.ui.drawing.conversation import transcript


def draw(round_: Round) -> None:
    """The grade above, the transcript below. The transcript is drawn first: it is there whatever grading does."""
    st.html(f'<h1 class="coach-title">{escape(round_.brief.scenario.title)}</h1>')
    trouble, page, actions = st.empty(), st.empty(), st.container(horizontal=True, key="actions")
    if unsent := session.take_unsent():
        st.html("<h2>Your last words came after the end and are not part of the round</h2>")
        st.code(unsent, language=None, wrap_lines=True)
    st.html(f"<h2>Transcript</h2>{transcript(round_, moves=True)}")
    grade = session.desk().archive.grade(round_.id) or _graded(round_, page)
    if line := session.take_trouble():
        trouble.html(note(line))
    with actions:
        _actions(round_, grade)
    if grade:
        page.html(_grade(grade, round_))


def _graded(round_: Round, page: DeltaGenerator) -> Grade | None:
    """Grade the round, ticking off the dimensions as their findings are stored. None where it failed."""
    rubric = round_.brief.rubric
    if session.has_failed(round_.id):
        page.html('<section class="coach-result"><h2>Not graded yet</h2><p>The transcript is safe.</p></section>')
        return None
    done: list[str] = []
    page.html(grading_progress(rubric, done))
    try:
        for found in practice.grade_round(session.desk(), round_.id):
            if isinstance(found, Findings):
                done.append(found.dimension)
                page.html(grading_progress(rubric, done))
            else:
                return found
    except CoachError as error:
        session.set_failed(round_.id)
        session.report(error, "Grading stopped; the transcript is safe")
    return None


def _grade(grade: Grade, round_: Round) -> str:
    rubric = round_.brief.rubric
    if grade.result.kind is ResultKind.NOT_GRADED:
        return scorecard.result(grade, rubric) + scorecard.notices(grade)
    return (
        scorecard.result(grade, rubric)
        + scorecard.not_reached(grade, rubric)
        + scorecard.help_used(round_)
        + scorecard.dimensions(grade, round_)
        + scorecard.notices(grade)
        + scorecard.judged_by(grade)
    )


def _actions(round_: Round, grade: Grade | None) -> None:
    if grade is None:
        st.button("Grade again", type="primary", key="grade", on_click=session.set_failed, args=(None,))
    st.button(
        "Play again",
        type="primary" if grade else "secondary",
        key="again",
        on_click=session.begin,
        args=(session.next_id(), round_.setup),
    )
    st.download_button(
        "Markdown",
        partial(round_markdown, round_, grade, FilePrompts()),
        file_name=f"{round_.setup.scenario}-{round_.started_at:%Y-%m-%d}.md",
        mime="text/markdown",
        on_click="ignore",
        help="The round and its grade, to read.",
    )
    st.download_button(
        "JSON",
        partial(round_json, round_, grade),
        file_name=f"{round_.setup.scenario}-{round_.started_at:%Y-%m-%d}.json",
        mime="application/json",
        on_click="ignore",
        help="transcript/v1 and grade/v1, for programs.",
    )
    st.button("All rounds", key="home", on_click=session.go_home)
