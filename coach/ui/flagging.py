"""A flag under the judge's finding, for a reviewer to settle."""

from __future__ import annotations

import streamlit as st

from coach.domain.review import FlagStanding
from coach.reviewing import Case
from coach.ui.choosing import choosing
from coach.ui.drawing import reviewing as drawn
from coach.ui.drawing import settling
from coach.ui.session import finding

_STANDINGS = (
    (FlagStanding.STANDS, "met", "It stands `1`"),
    (FlagStanding.FALLS, "missed", "Does not stand `3`"),
    (FlagStanding.UNJUDGED, "unjudged", "Can't tell `4`"),
)
"""What can be found on a flag, the key of a verdict's button that it shares, and how it reads."""


def flagging(case: Case, name: str, items: tuple[str, ...]) -> None:
    """A flag under the judge's finding: does it stand?"""
    st.html(settling.flag_question(name, items.index(name) + 1, len(items), case.round))
    st.html(drawn.judge_on_flag(case.review.judged_flag(name), case.round))
    found = case.sheet.flags.get(name)
    if told := drawn.my_flag(found):
        st.html(told)
    quotes = finding.quotes(case, name)
    choosing(case, name, quotes)
    with st.container(horizontal=True, gap="small", key="review-verdicts"):
        for standing, key, label in _STANDINGS:
            st.button(
                label,
                key=f"review-{key}-{name}",
                disabled=standing is FlagStanding.STANDS and not quotes,
                on_click=finding.find_flag,
                args=(name, standing),
            )
        st.button(
            "Agree `a`",
            key=f"review-accept-{name}",
            type="tertiary",
            on_click=finding.find_flag,
            args=(name, None),
        )
    st.text_input(
        "Note",
        value=found.note if found else "",
        max_chars=2_000,
        key=f"{finding.NOTE}{name}",
        on_change=finding.note,
        args=(name,),
    )
