"""Search: one box over everything said in every round, each hit leading to its moment."""

from __future__ import annotations

import streamlit as st

from coach.domain.rubric import Rubric
from coach.domain.search import read_search
from coach.ports import Hit
from coach.ui import session
from coach.ui.drawing import search as drawn
from coach.ui.drawing.cards import as_markdown, nothing_played
from coach.ui.session.address import ask_for

TITLE = "Search"
LINK = ""
PLACE = 9

SHOWN = 20
LONGEST = 300  # characters of a query


def draw() -> None:
    """The box, then what was found for what the address asks."""
    st.html(drawn.head())
    desk = session.desk()
    if not desk.archive.rounds(1):
        st.html(nothing_played())
        st.page_link(session.page("home"), label="Begin a round", width="content")
        return
    typed = st.text_input(
        "Words, and filters such as evals<=1",
        value=session.asked_for("q")[:LONGEST],
        max_chars=LONGEST,
        key="query",
        on_change=_ask,
    )
    shelf = desk.library.shelf()
    rubric = desk.library.brief(shelf.scenarios[0].id).rubric if shelf.scenarios else None
    search = read_search(typed or "", rubric.dimension_ids if rubric else ())
    if search.is_empty:
        st.html(drawn.unread(search.unread) + drawn.ways())
        return
    hits = desk.archive.search(search, SHOWN + 1)
    st.html(drawn.found(search, len(hits[:SHOWN]), more=len(hits) > SHOWN))
    for hit in hits[:SHOWN]:
        _hit(hit, rubric)


def _ask() -> None:
    ask_for("q", st.session_state.get("query") or None)


def _hit(hit: Hit, rubric: Rubric | None) -> None:
    line = hit.line
    page = session.page("result" if line.ended_at else "room")
    role = rubric.role_names.get(line.role, line.role) if rubric else line.role
    with st.container(gap="xxsmall", key=f"hit-{line.id}"):
        label = f"**{as_markdown(line.title)}**"
        st.page_link(page, label=label, query_params={"round": line.id}, width="content")
        st.html(drawn.hit_line(hit, role, session.local(line.started_at)))
        for moment in hit.moments:
            there = {"round": line.id, "turn": moment.turn}
            st.page_link(page, label=drawn.moment_label(moment), query_params=there)


if __name__ == "__main__":
    draw()
