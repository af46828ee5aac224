"""Settle what a judge could not tell: one criterion at a time, with the candidate's words nearest to it."""

from __future__ import annotations

import streamlit as st

from coach import practice
from coach.domain.grade import Grade, Quote
from coach.domain.review import LONGEST_NAME, SELF, OpenCriterion, Review
from coach.domain.round import Round
from coach.domain.scenario import Outcome
from coach.errors import NotFoundError
from coach.ui import session
from coach.ui.drawing import settling
from coach.ui.drawing.cards import as_markdown, note

TITLE = "Settle"
LINK = ""
PLACE = 6

_VERDICTS = ((Outcome.MET, "Met `1`"), (Outcome.PARTIAL, "Partial `2`"), (Outcome.MISSED, "Missed `3`"))


def draw() -> None:
    """The criterion that the address names, or the first that nobody has settled; the end once all are."""
    round_ = session.round_()
    st.set_page_config(page_title=f"Settle · {round_.brief.scenario.title} · Coach")
    grades = session.desk().archive.grades(round_.id)
    if not grades:
        raise NotFoundError("This round has no grade yet: open its result to have it graded.")
    number = session.opened_grade(len(grades))
    grade = grades[number - 1]
    criteria = session.to_settle(round_, grade)
    if line := session.take_trouble():
        st.html(note(line))
    if not criteria:
        st.html(settling.nothing_open(round_))
        _back_to_result(round_, number)
        return
    review = practice.review(session.desk(), round_, grade)
    names = [each.name for each in criteria]
    at = session.asked_criterion()
    if at not in names:
        at = "" if at == session.END else _next_open(review, names, -1)
    if at in names:
        _one(round_, grade, review, criteria, names.index(at))
    else:
        _end(round_, review, names, number)


def _one(round_: Round, grade: Grade, review: Review, criteria: tuple[OpenCriterion, ...], place: int) -> None:
    """One criterion on the left; what it does to the range, and the transcript, on the right."""
    open_ = criteria[place]
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.html(settling.question(open_.name, place + 1, len(criteria), round_))
        quotes = _words(open_, round_)
        _buttons(round_, grade, review, criteria, place, quotes)
        st.html(settling.found(review, open_.name))
        _who()
    right.html(settling.narrowed(review, open_.name, round_) + settling.words(open_, round_))


def _words(open_: OpenCriterion, round_: Round) -> tuple[Quote, ...]:
    """The words that credit would rest on: the nearest ones, or others of the candidate's."""
    whose = "Your words" if session.reviewer() == SELF else "The candidate's words"
    near = open_.nearest
    if near:
        texts = [*(f"“{as_markdown(' '.join(quote.text.split()))}”" for quote in near), "Other words"]
        chosen = st.radio(
            f"{whose} nearest to it",
            range(len(texts)),
            format_func=texts.__getitem__,
            captions=[*(_link(quote, round_) for quote in near), "Choose the sentence yourself."],
            key=f"near-{open_.name}",
        )
        if chosen < len(near):
            return (near[chosen],)
    else:
        st.html('<p class="coach-empty">Nothing near it was found. It may still have been said in other words.</p>')
    said = session.choices(round_)
    other = st.selectbox(
        "The sentence that shows it",
        range(len(said)),
        index=None,
        format_func=lambda i: f"{settling.where(said[i], round_)}: {said[i].text}",
        placeholder="Type a word of it, or choose",
        key=f"said-{open_.name}",
    )
    return () if other is None else (said[other],)


def _link(quote: Quote, round_: Round) -> str:
    return f"[{as_markdown(settling.where(quote, round_))}](#turn-{quote.turn})"


def _buttons(
    round_: Round,
    grade: Grade,
    review: Review,
    criteria: tuple[OpenCriterion, ...],
    place: int,
    quotes: tuple[Quote, ...],
) -> None:
    names = [each.name for each in criteria]
    name, after = names[place], _next_open(review, names, place)
    with st.container(horizontal=True, gap="small", key="verdicts"):
        for verdict, label in _VERDICTS:
            given = () if verdict is Outcome.MISSED else quotes
            st.button(
                label,
                key=f"settle-{verdict.value}",
                disabled=verdict is not Outcome.MISSED and not quotes,
                on_click=session.settle,
                args=(round_, grade, name, verdict, given, after),
            )
        st.button("Skip `s`", key="settle-skip", on_click=session.go_to, args=(after,), type="tertiary")
        before = names[max(place - 1, 0)]
        st.button(
            "Back `b`",
            key="settle-back",
            on_click=session.go_to,
            args=(before,),
            disabled=not place,
            type="tertiary",
        )
        if review.override(name):
            take_back = (round_, grade, name, None, (), name)
            st.button("Take back", key="settle-undo", on_click=session.settle, args=take_back, type="tertiary")
    if not quotes:
        st.caption("Credit needs the words it rests on: choose them first.")


def _who() -> None:
    """Under whose name it is kept."""
    name = session.reviewer()
    with st.popover(
        "Settling as the candidate" if name == SELF else f"Settling as {as_markdown(name)}", type="tertiary"
    ):
        st.text_input(
            "A reviewer's name",
            value="" if name == SELF else name,
            max_chars=LONGEST_NAME,
            key="reviewer-name",
            on_change=session.be_reviewer,
            args=("reviewer-name",),
        )
        st.caption(
            "Leave it empty if this is your own round. Either is kept beside the judge's verdict, never over it."
        )


def _end(round_: Round, review: Review, names: list[str], number: int) -> None:
    st.html(settling.done(review, len(names), round_))
    first = _next_open(review, names, -1)
    again = names[0] if first == session.END else first
    label = "Look through them again" if first == session.END else "Go through the open ones"
    with st.container(horizontal=True, gap="small"):
        _back_to_result(round_, number)
        st.button(label, key="settle-again", on_click=session.go_to, args=(again,))


def _back_to_result(round_: Round, number: int) -> None:
    st.button(
        "Back to the result", type="primary", key="to-result", on_click=_open_result, args=(round_.id, number)
    )


def _open_result(round_id: str, number: int) -> None:
    session.open_page("result", round=round_id, grade=str(number))


def _next_open(review: Review, names: list[str], place: int) -> str:
    """The next criterion that nobody has settled, or the END."""
    return next((name for name in names[place + 1 :] if not review.override(name)), session.END)


if __name__ == "__main__":
    draw()
