"""The design board: notes and a Mermaid drawing, kept while they are written."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from coach.domain.transcript import Board
from coach.ui import session
from coach.ui.components import beside

_board = st.components.v2.component(
    "coach.board",
    html=beside(__file__, "html"),
    js=beside(__file__, "js"),
    isolate_styles=False,  # its boxes look like the page's own
)


def board(round_id: str, kept: Board) -> None:
    """Show the board as it is kept; what is written on it is kept a moment later."""
    key = f"board-{sha256(round_id.encode()).hexdigest()[:16]}"  # an id may hold "__", which is Streamlit's
    _board(
        key=key,
        data={
            "round": round_id,
            **kept.model_dump(),
            "revision": session.revision(kept),
            "sending": session.board_sending(),
        },
        default={"board": None},
        on_board_change=lambda: keep(round_id, st.session_state[key]["board"]),
    )


def keep(round_id: str, written: object) -> None:
    """Keep what the browser sent, if it is a board at all."""
    if isinstance(written, dict):
        session.keep_board(round_id, written)
