"""Grade a round that was held elsewhere: its transcript as a file or pasted."""

from __future__ import annotations

import streamlit as st

from coach.content.files import parse_transcript
from coach.domain.round import LONGEST, SHORTEST, Setup
from coach.domain.rubric import SeniorityLevel
from coach.errors import ContentError, NotFoundError
from coach.ui import session
from coach.ui.drawing.cards import mistakes, note, transcript_formats, transcript_found

TITLE = "Grade a transcript"
LINK = "Grade a transcript"
PLACE = 5


def draw() -> None:
    """The transcript on the left, what a plain text leaves out on the right."""
    st.html(
        "<h1>Grade a transcript</h1>"
        '<p class="coach-lead">An interview you held with a friend or another tool, graded like a round played '
        "here: with the candidate's own words as evidence. It stays on this machine.</p>"
    )
    if trouble := session.take_trouble():
        st.html(note(trouble))
    words, rest = st.columns([7, 5], gap="large")
    with rest:
        setup = _setup()
    if setup is None:
        words.html(note("No scenario can be graded: put one into the scenarios folder, or run `coach doctor`."))
        return
    with words:
        given = _given()
        if given:
            _check(*given, setup)
        else:
            st.html(transcript_formats())


def _given() -> tuple[str, bytes] | None:
    """The file that was chosen, or else the text that was pasted, and what to call it."""
    with st.form("given", border=False):
        file = st.file_uploader(
            "A file: plain text, or transcript/v1 as YAML or JSON", key="file", max_upload_size=5
        )
        pasted = st.text_area("Or paste it", key="pasted", height=180, placeholder="Interviewer: …\nCandidate: …")
        st.form_submit_button("Read it", key="read")
    if file is not None:
        return file.name, file.getvalue()
    return ("the pasted text", pasted.encode()) if pasted.strip() else None


def _setup() -> Setup | None:
    """What a plain text leaves out; None where there is no scenario to grade by."""
    shelf = session.desk().library.shelf()
    if not shelf.scenarios:
        return None
    titles = {scenario.id: scenario.title for scenario in shelf.scenarios}
    rubric = session.desk().library.brief(shelf.scenarios[0].id).rubric
    scenario = st.selectbox(
        "Scenario", list(titles), format_func=lambda id_: titles.get(id_, id_), key="upload-scenario"
    )
    role = st.selectbox(
        "Role", list(rubric.roles), format_func=lambda id_: rubric.role_names.get(id_, id_), key="upload-role"
    )
    level = st.selectbox(
        "Level",
        list(SeniorityLevel),
        index=1,
        format_func=lambda value: SeniorityLevel(value).value.capitalize(),
        key="upload-level",
    )
    minutes = st.number_input("Minutes", SHORTEST, LONGEST, value=45, key="upload-minutes")
    st.caption("A plain text is graded by these. A file that says so itself goes by what it says.")
    return Setup(scenario=scenario, role=role, level=level, minutes=int(minutes))


def _check(name: str, data: bytes, setup: Setup) -> None:
    """Everything wrong with the transcript at once, or what was found in it and the button that grades."""
    try:
        found = parse_transcript(name, data, setup)
        brief = session.desk().library.brief(found.scenario)
    except (ContentError, NotFoundError) as error:
        st.html(mistakes(name, error))
        return
    st.html(transcript_found(found, brief))
    st.button("Grade it", type="primary", key="grade", on_click=session.take_in, args=(session.next_id(), found))


if __name__ == "__main__":
    draw()
