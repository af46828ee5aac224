"""How far the grade can be trusted: the judge card that comes with this version."""

from __future__ import annotations

import streamlit as st

from coach.content.places import builtin
from coach.ui import session

TITLE = "The judge"
LINK = ""
PLACE = 8


def draw() -> None:
    """The offline judge's figures, where it and the labels part, and what attacks gained."""
    from coach.judge_card import JudgeCard  # noqa: PLC0415 - no other page measures
    from coach.ui.drawing import trust  # noqa: PLC0415

    card = JudgeCard.model_validate_json(builtin("docs").joinpath("judge-card.json").read_bytes())
    rubric = session.desk().library.brief(next(iter(card.stamp.judges))).rubric
    st.html(
        trust.head(card)
        + trust.measures(card.as_used)
        + trust.groups(card.as_used, rubric)
        + trust.confusion(card.as_used, rubric)
        + trust.attacks(card)
        + trust.held_up(card)
        + trust.unmeasured()
    )


if __name__ == "__main__":
    draw()
