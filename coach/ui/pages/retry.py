"""Answer a moment of a round once more: two minutes, the same question, then before and after."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from coach import learning, practice
from coach.domain.reopening import Question
from coach.domain.retry import SECONDS, Retry
from coach.domain.review import Review
from coach.domain.round import Round
from coach.errors import NotFoundError
from coach.ui import session
from coach.ui.components.clock import countdown
from coach.ui.components.draft import draft_again
from coach.ui.drawing import retry
from coach.ui.drawing.cards import note

TITLE = "Retry"
LINK = ""
PLACE = 8


def draw() -> None:
    """The question with its clock, or what came of the last try."""
    round_ = session.round_()
    st.set_page_config(page_title=f"Retry · {round_.brief.scenario.title} · Coach")
    grades = session.desk().archive.grades(round_.id)
    if not grades:
        raise NotFoundError("This round has no grade yet: open its result to have it graded.")
    number = session.opened_grade(len(grades))
    review = practice.review(session.desk(), round_, grades[number - 1])
    criterion = session.asked_criterion()
    tries = session.retries_of(round_, criterion)
    if line := session.take_trouble():
        st.html(note(line))
    question = _question(round_, review, criterion)
    if session.since() is None and tries:
        _compare(round_, review, tries)
        _after(round_, number, can_go_on=question is not None)
    elif question is None:
        st.html(retry.nothing_to_retry(round_))
        _after(round_, number, can_go_on=False)
    else:
        _ask(round_, number, criterion, question, len(tries))
    box = _box(criterion, len(tries))
    draft_again(round_, criterion, box, tries[-1].answer if tries else "")


def _question(round_: Round, review: Review, criterion: str) -> Question | None:
    """The question that the debrief names for it, else the one that leads to it."""
    named = (fix.asked for fix in session.debrief(round_, review).fixes if fix.criterion == criterion)
    return next(named, None) or learning.question_again(round_, review.settled, criterion)


def _ask(round_: Round, number: int, criterion: str, question: Question, tries: int) -> None:
    """The question, the clock, a box; beside them what it asks for."""
    if session.since() is None:
        session.once_more()
    left, right = st.columns([7, 4], gap="large")
    with left:
        st.html(retry.head(round_, criterion, question))
        countdown(session.since() or 0.0, SECONDS)
        key = f"answer-{_box(criterion, tries)}"
        with st.form(f"form-{key}", border=False):
            st.text_area(
                "Your answer",
                key=key,
                height=190,
                placeholder="Answer as you would now. Ctrl+Enter sends.",
                label_visibility="collapsed",
            )
            st.form_submit_button(
                "Send", type="primary", key="send", on_click=_send, args=(round_, criterion, question, key)
            )
        _back(round_, number, "tertiary")
    right.html(retry.beside(round_, criterion, question))


def _compare(round_: Round, review: Review, tries: list[Retry]) -> None:
    """The last try, judged now where it is not yet."""
    last = tries[-1]
    st.html(retry.head(round_, last.criterion, last.question))
    place = st.empty()
    if last.outlook is None and not session.failed_retry(last):
        place.html(retry.waiting())
    last = session.judge_retry(round_, review.settled, last)
    if last.outlook:
        place.html(retry.compared(round_, last, last.outlook, tries[:-1]))
        return
    with place.container():
        st.html(note(f"Your answer is saved; it is not judged yet. {session.failed_retry(last)}"))
        st.button("Try again", type="primary", key="judge", on_click=session.judge_again)


def _after(round_: Round, number: int, *, can_go_on: bool) -> None:
    with st.container(horizontal=True, gap="small"):
        if can_go_on:
            st.button("Once more (2 min)", type="primary", key="once-more", on_click=session.once_more)
        _back(round_, number, "secondary")


def _back(round_: Round, number: int, kind: Literal["secondary", "tertiary"]) -> None:
    st.button("Back to the result", type=kind, key="to-result", on_click=_open_result, args=(round_.id, number))


def _box(criterion: str, tries: int) -> str:
    return f"again-{criterion.replace('.', '-')}-{tries}"


def _send(round_: Round, criterion: str, question: Question, key: str) -> None:
    session.send_again(round_, criterion, question, str(st.session_state.get(key) or ""))


def _open_result(round_id: str, number: int) -> None:
    session.open_page("result", round=round_id, grade=str(number))


if __name__ == "__main__":
    draw()
