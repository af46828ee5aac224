"""The words of the candidate's that a reviewer's finding would rest on."""

from __future__ import annotations

import streamlit as st

from coach.domain.finding.nearest import sentences_said
from coach.domain.grade import Quote
from coach.reviewing import Case
from coach.ui.components.evidence import evidence
from coach.ui.drawing import reviewing as drawn
from coach.ui.session import finding, reviewing


def choosing(case: Case, name: str, quotes: tuple[Quote, ...]) -> None:
    """The words a finding on a criterion or a flag would rest on, and the way to others."""
    first = quotes[0] if quotes else None
    said = sentences_said(case.round.transcript)
    evidence(case.round.id, name, said, first, lambda words: finding.take_words(name, words))
    if not reviewing.is_blind(case) and quotes and quotes == judges_words(case, name):
        st.html(drawn.judges_words())
        return
    st.html(drawn.chosen(quotes, case.round, for_flag=name in case.round.brief.flags))
    if quotes:
        st.button("Other words", key="review-drop", type="tertiary", on_click=finding.drop_words, args=(name,))


def judges_words(case: Case, name: str) -> tuple[Quote, ...]:
    """The words that the judge's finding on a criterion or a flag rests on."""
    on_flag = name in case.round.brief.flags
    return case.review.judged_flag(name).quotes if on_flag else case.review.judged(name).quotes
