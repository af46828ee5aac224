"""The reviewer's queue: rounds that a person should look at, why, and one button to the next."""

from __future__ import annotations

from html import escape

import streamlit as st

from coach.domain.queue import Waiting, Why
from coach.domain.review import LONGEST_NAME
from coach.ui import session
from coach.ui.drawing import reviewing as drawn
from coach.ui.drawing.cards import as_markdown, note
from coach.ui.session import calibrating, reviewing

TITLE = "Reviews"
LINK = "Reviews"
PLACE = 9

SHOWN = 25


def draw() -> None:
    """How much waits, the next one, and the first of the list."""
    sizes = session.desk().archive.queue_sizes()
    why = _chosen(sizes)
    waiting = reviewing.waiting(why, SHOWN + 1)
    st.html(drawn.queue_head(session.desk().archive.queue_length(), reviewing.done_today()))
    if line := session.take_trouble():
        st.html(note(line))
    if news := session.take_news():
        st.html(f'<p class="coach-ribbon" role="status">{escape(news)}</p>')
    _start(why, anything=bool(waiting))
    if any(sizes.values()):
        st.pills(
            "Why they wait",
            [each for each in sizes if sizes[each]],
            format_func=lambda each: drawn.waits_for(each, sizes[each]),
            key="why",
            default=why,
        )
    if not waiting:
        st.html(drawn.nothing_waits(why is not None))
        st.page_link(session.page("agreement"), label="How far the judge and people agree")
    if calibrating.is_offered():
        label = "New here? Calibrate on rounds with known labels first"
        st.page_link(session.page("agreement"), label=label, query_params={"by": reviewing.name()}, width="content")
    for each in waiting[:SHOWN]:
        _row(each)
    if len(waiting) > SHOWN:
        st.caption(f"The first {SHOWN} are shown.")


def _chosen(sizes: dict[Why, int]) -> Why | None:
    """The reason picked below, as long as rounds wait for it."""
    why = st.session_state.get("why")
    return Why(why) if why and sizes.get(Why(why)) else None


def _start(why: Why | None, *, anything: bool) -> None:
    """Who reviews, asked once, and the way to the next round."""
    name = reviewing.name()
    if not name:
        st.text_input(
            "Your name, which stands beside what you find",
            max_chars=LONGEST_NAME,
            key="name",
            on_change=reviewing.be,
            args=("name",),
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key="next"):
        blind = st.toggle("Blind: my findings first", key="blind", disabled=not anything)
        st.button(
            "Start next `n`",
            type="primary",
            key="start-next",
            disabled=not (name and anything),
            on_click=reviewing.start_next,
            args=(why,),
            kwargs={"blind": blind},
        )
        if name:
            with st.popover(f"Reviewing as {as_markdown(name)}", type="tertiary"):
                st.text_input(
                    "Your name",
                    value=name,
                    max_chars=LONGEST_NAME,
                    key="rename",
                    on_change=reviewing.be,
                    args=("rename",),
                )


def _row(waits: Waiting) -> None:
    with st.container(gap="xxsmall"):
        query = {"round": waits.round_id, "by": reviewing.name()}
        label = f"**Review:** {as_markdown(waits.title)}"
        st.page_link(session.page("review"), label=label, query_params=query, width="content")
        st.html(drawn.queue_line(waits, session.now(), reviewing.name()))


if __name__ == "__main__":
    draw()
