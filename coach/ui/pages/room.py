"""The room: the conversation, the answer box, the clock and help; beside them board, prices and what is covered."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach import practice
from coach.domain.interview.agenda import Wish, ledger_of
from coach.domain.round import Round
from coach.domain.transcript import Turn
from coach.errors import CoachError, RoundClosedError
from coach.practice import LLM, OFFLINE
from coach.ui import session
from coach.ui.components.announcer import announce
from coach.ui.components.board import board
from coach.ui.components.clock import clock
from coach.ui.components.draft import draft
from coach.ui.components.leftover import leftover
from coach.ui.components.lifeline import lifeline
from coach.ui.components.voice import voice
from coach.ui.drawing.cards import as_markdown, counted, covered, facts_told, note, price_card, round_head
from coach.ui.drawing.conversation import transcript
from coach.ui.drawing.ledger import capped, lead, ledger

TITLE = "Room"
LINK = ""
PLACE = 2


def draw() -> None:
    """A running round. Where the interviewer's turn is missing, after an answer or a crash, it is said now."""
    round_ = session.round_()
    st.set_page_config(page_title=f"{round_.brief.scenario.title} · Coach")
    if round_.is_over:
        _over(round_)
        return
    head = _head(round_)
    main, side = st.columns([7, 5], gap="large")
    with main:
        page = st.container(autoscroll=True, height=420, key="conversation").empty()
        page.html(transcript(round_, moves=round_.setup.rehearse, saved=True))
        trouble = st.empty()
        if round_.setup.mode == "voice":
            _voice(round_)
        _answer_box(round_)
        draft(round_)
        actions = st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions")
    with side:
        tabs = _tabs(round_)
    with tabs["Board"]:
        _board(round_.id)
    tabs["Prices"].html(price_card(round_.brief.prices))
    round_ = _hear(round_, page)
    head.html(_title(round_), width="stretch")
    _trouble(round_, trouble)
    with actions:
        _actions(round_)
    if "Covered so far" in tabs:
        told = ledger_of(round_, round_.elapsed(session.now()))
        tabs["Covered so far"].html(covered(round_.brief, told.coverage, told.opened) + facts_told(round_))
    if "Cost" in tabs:
        tabs["Cost"].html(ledger(session.desk().calls.calls(round_.id), session.caps()))
    announce(round_)
    lifeline(round_)


def _tabs(round_: Round) -> dict[str, DeltaGenerator]:
    """What stands beside the conversation, by name. Costs are read only where a model has a part in the round."""
    names = ["Board", "Prices"]
    if round_.setup.rehearse:
        names.append("Covered so far")
    live = round_.setup.engine == LLM
    if live or (session.is_live() and session.desk().calls.calls(round_.id)):
        names.append("Cost")
    return dict(zip(names, st.tabs(names), strict=True))


def _over(round_: Round) -> None:
    """What stands here once the round is over, wherever it was ended: the way on, and words that came too late."""
    st.html(round_head(round_))
    if line := session.take_trouble():
        st.html(note(line))
    if unsent := session.unsent(round_.id):
        st.code(unsent, language=None, wrap_lines=True)
    st.html('<p class="coach-empty">This round is over.</p>')
    st.page_link(session.page("result"), label="Read its result", query_params={"round": round_.id})
    leftover(round_)


def _head(round_: Round) -> DeltaGenerator:
    """Title and clock; who leads may change while the page is drawn, so the title's place is given back."""
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        title = st.empty()
        title.html(_title(round_), width="stretch")
        with st.container(width="content", key="clock-place"):
            clock(round_, session.now())
    return title


def _title(round_: Round) -> str:
    models = session.models().interviewers
    return round_head(round_, lead(round_.setup.engine == LLM, models[0] if models else None))


def _hear(round_: Round, page: DeltaGenerator) -> Round:
    """Have the interviewer say what is owed or was asked for, and return the round as it then stands. What a model
    failed to say is asked for again only when a person says so."""
    wish = session.wish_for(round_)
    if (wish is None and not practice.owes_reply(round_)) or session.failed_reply(round_):
        return round_
    if session.speaks(round_):
        try:
            session.have_said(round_, wish)
        except CoachError as error:
            _not_heard(round_, error)
        return round_
    moves = round_.setup.rehearse
    desk = session.desk()
    said = ""
    heard = round_
    try:
        page.html(transcript(round_, moves=moves, saying=said, saved=True))
        for piece in practice.reply(desk, round_.id, session.now(), wish):
            said += piece
            page.html(transcript(round_, moves=moves, saying=said, saved=True))
        heard = desk.archive.round(round_.id)
        if heard.setup.engine != round_.setup.engine:
            session.tell(f"The cap of {capped(session.caps())} is reached; the round goes on offline.")
    except CoachError as error:
        _not_heard(round_, error)
    if heard.is_over:
        session.turn_to(session.after(heard), round=round_.id)
    page.html(transcript(heard, moves=moves, saved=True))
    return heard


def _not_heard(round_: Round, error: CoachError) -> None:
    if round_.setup.engine == OFFLINE or isinstance(error, RoundClosedError):
        session.report(error, "Your words are saved; the next question is not. Reload the page to try again")
    else:
        session.fail_reply(round_, error)


def _trouble(round_: Round, place: DeltaGenerator) -> None:
    """What went wrong, in one line, and the ways on."""
    line = session.take_trouble()
    failed = session.failed_reply(round_)
    with place.container(gap="small"):
        if line:
            st.html(note(line))
        if failed:
            st.html(note(f"Your words are saved; the next question is not. {failed.line}"))
            with st.container(horizontal=True, gap="small", key="way-on"):
                st.button("Try again", type="primary", key="try-again", on_click=session.try_again)
                st.button("Switch model", key="switch", on_click=_switch, args=(round_.id,))
                st.button("Go on offline", key="offline", on_click=session.go_offline, args=(round_.id,))


def _voice(round_: Round) -> None:
    """Speech where it can be had; the answer box is there whatever becomes of it."""
    try:
        voice(session.voice_seat(round_))
    except CoachError as error:
        st.html(note(f"{error} Until then, answer by typing."))
    if turns := session.misheard(round_):
        with st.popover("Correct what was heard"):
            _correction(round_, turns)


def _correction(round_: Round, turns: list[Turn]) -> None:
    """The words of a spoken turn in a box; what was heard stays beside what was said."""
    by_id = {turn.id: turn for turn in turns}
    chosen = st.selectbox(
        "Answer", list(by_id)[::-1], format_func=lambda id_: f"{id_}: {by_id[id_].text[:60]}", key="misheard"
    )
    turn = by_id[chosen or turns[-1].id]
    key = f"said-{turn.id}-{len(turn.text)}"
    st.text_area("What you said", turn.text, key=key, height=120)
    if turn.heard:
        st.caption(as_markdown(f"Heard: {turn.heard}"))
    st.button("Keep these words", key="correct", on_click=session.correct, args=(round_.id, turn.id, key))


def _answer_box(round_: Round) -> None:
    """The box belongs to the answers given so far: a saved answer opens a new one, a hint leaves a draft alone."""
    answers = len(round_.transcript.candidate)
    key = f"answer-{answers}"
    st.session_state.setdefault(key, session.unsaved(round_.id, answers))
    with (
        st.form(f"form-{answers}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="box"),
    ):
        st.text_area(
            "Your answer",
            key=key,
            height=118,
            placeholder="Think aloud, ask, decide. Ctrl+Enter sends.",
            label_visibility="collapsed",
        )
        sent = (round_.id, answers, len(round_.turns), key)
        st.form_submit_button("Send", type="primary", key="send", on_click=_send, args=sent)


def _send(round_id: str, answers: int, turns: int, key: str) -> None:
    session.send(round_id, answers, turns, str(st.session_state.get(key) or ""))


def _switch(round_id: str) -> None:
    session.open_page("models", round=round_id)


def _actions(round_: Round) -> None:
    turns = len(round_.turns)
    for wish, words in ((Wish.HINT, "Hint"), (Wish.THINK, "Let me think"), (Wish.REPEAT, "Repeat")):
        st.button(words, key=f"wish-{wish.value}", on_click=session.ask, args=(round_.id, wish, turns))
    if round_.setup.rehearse:
        words = "Resume" if round_.is_paused else "Pause"
        st.button(words, key="pause", on_click=session.pause_or_resume, args=(round_.id,))
    with st.container(key="end-place", width="content"), st.popover("End the round"):
        st.markdown("End the round now and read the grade? What you have typed and not sent is not part of it.")
        st.button("End and grade", type="primary", key="end", on_click=session.finish, args=(round_.id,))
    answers = len(round_.transcript.candidate)
    saved = f"Saved ✓ {counted(answers, 'answer')}." if answers else "Every answer is saved as you send it."
    price = f"A hint is recorded: what it names then earns {round_.brief.rubric.help_credit.hinted:.0%}."
    st.html(f'<span class="coach-small"><span role="status">{saved}</span> {price}</span>')


@st.fragment
def _board(round_id: str) -> None:
    """The design board: drawn anew by itself, so that the conversation beside it stays as it is."""
    try:
        kept = session.desk().archive.round(round_id).board
    except CoachError as error:
        st.html(note(str(error)))
        return
    board(round_id, kept)
    if line := session.take_board_trouble():
        st.html(note(line))
    if kept.mermaid.strip():
        st.mermaid_chart(kept.mermaid, alt="Your drawing")


if __name__ == "__main__":
    draw()
