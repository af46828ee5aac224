"""The room: the conversation, the answer box, the clock, and help in one place."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach import practice
from coach.domain.interview.agenda import Wish, ledger_of
from coach.domain.round import Round
from coach.errors import CoachError
from coach.ui import session
from coach.ui.components.announcer import announce
from coach.ui.components.clock import clock
from coach.ui.components.draft import draft
from coach.ui.drawing.cards import counted, dimensions_opened, facts_told, note, price_card
from coach.ui.drawing.conversation import transcript

_WISHES = {
    Wish.HINT: ("Hint", "Recorded as help: what it gives away earns less."),
    Wish.THINK: ("Let me think", "Take a minute. It costs nothing."),
    Wish.REPEAT: ("Repeat", "Hear the question again."),
}


def draw(round_: Round) -> None:
    """A running round. Where the interviewer's turn is missing, after an answer or a crash, it is said now."""
    main, side = st.columns([7, 3], gap="large")
    with main:
        _head(round_)
        page = st.container(height=420, autoscroll=True, key="conversation").empty()
        page.html(transcript(round_, moves=round_.setup.rehearse))
        trouble = st.empty()
        _answer_box(round_)
        draft(round_)
        actions = st.container(horizontal=True, vertical_alignment="center", key="actions")
    round_ = _hear(round_, page)
    if line := session.take_trouble():
        trouble.html(note(line))
    with actions:
        _actions(round_)
    with side:
        _side(round_)
        announce(round_)


def _head(round_: Round) -> None:
    setup = round_.setup
    role = round_.brief.rubric.role_names.get(setup.role, setup.role)
    about = f"{role} · {setup.level.value} · {setup.style.value} · {'Rehearse' if setup.rehearse else 'Real'}"
    with st.container(horizontal=True, wrap=False, vertical_alignment="top", key="head"):
        st.html(
            f'<h1 class="coach-title">{escape(round_.brief.scenario.title)}</h1>'
            f'<p class="coach-small">{escape(about)}</p>',
            width="stretch",
        )
        with st.container(width=130):
            clock(round_, session.now())


def _hear(round_: Round, page: DeltaGenerator) -> Round:
    """Have the interviewer say what is owed or was asked for, and return the round as it then stands."""
    wish = session.wish_for(round_)
    if wish is None and not practice.owes_reply(round_):
        return round_
    moves = round_.setup.rehearse
    desk = session.desk()
    said = ""
    try:
        page.html(transcript(round_, moves=moves, saying=said))
        for piece in practice.reply(desk, round_.id, session.now(), wish):
            said += piece
            page.html(transcript(round_, moves=moves, saying=said))
        round_ = desk.archive.round(round_.id)
    except CoachError as error:
        session.report(error, "Your words are saved; the next question is not. Reload the page to try again")
    if round_.is_over:
        st.rerun()
    page.html(transcript(round_, moves=moves))
    return round_


def _answer_box(round_: Round) -> None:
    """The box belongs to the answers given so far: a saved answer opens a new one, a hint leaves a draft alone."""
    answers = len(round_.transcript.candidate)
    key = f"answer-{answers}"
    st.session_state.setdefault(key, session.unsaved(round_.id, answers))
    with st.form(f"form-{answers}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_area(
            "Your answer",
            key=key,
            height=118,
            placeholder="Think aloud, ask, decide. Ctrl+Enter sends.",
            label_visibility="collapsed",
        )
        st.form_submit_button("Send", type="primary", on_click=_send, args=(round_.id, answers, key))


def _send(round_id: str, answers: int, key: str) -> None:
    session.send(round_id, answers, str(st.session_state.get(key) or ""))


def _actions(round_: Round) -> None:
    turns = len(round_.turns)
    for wish, (label, help_) in _WISHES.items():
        st.button(label, key=f"wish-{wish.value}", help=help_, on_click=session.ask, args=(round_.id, wish, turns))
    with st.popover("End the round"):
        st.markdown("End the round now and read the grade?")
        st.button("End and grade", type="primary", key="end", on_click=session.finish, args=(round_.id,))
    answers = len(round_.transcript.candidate)
    saved = f"Saved ✓ {counted(answers, 'answer')}" if answers else "Every answer is saved as you send it"
    st.html(f'<span class="coach-small" role="status">{saved}</span>')


def _side(round_: Round) -> None:
    st.html(f"<h2>Price card</h2>{price_card(round_.brief.prices)}")
    if round_.setup.rehearse:
        opened = ledger_of(round_, round_.elapsed(session.now())).opened
        st.html(
            f"<h2>Facts uncovered</h2>{facts_told(round_)}"
            f"<h2>Dimensions opened</h2>{dimensions_opened(round_.brief, opened)}"
        )
    st.button("All rounds", key="home", on_click=session.go_home, type="tertiary")
