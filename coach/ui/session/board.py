"""The design board as the browser sends it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import streamlit as st
from pydantic import ValidationError

from coach import practice
from coach.domain.transcript import Board
from coach.errors import CoachError
from coach.ui.session.installation import desk

_BOARD_SENDING = "board_sending"
_BOARD_TROUBLE = "board_trouble"


def keep_board(id_: str, written: Mapping[str, object]) -> None:
    """Keep the board as the browser sent it. The browser keeps it too until it hears that this worked."""
    try:
        board = Board.model_validate({part: written.get(part, "") for part in Board.model_fields})
        kept = desk().archive.round(id_).board
        if written.get("revision") != revision(kept):  # another tab has drawn since
            board = both(kept, board)
        practice.draw(desk(), id_, board)
        st.session_state[_BOARD_SENDING] = written.get("sending")
    except ValidationError:
        st.session_state[_BOARD_TROUBLE] = "Board not saved: notes and drawing hold 100,000 characters each."
    except CoachError as error:
        st.session_state[_BOARD_TROUBLE] = f"Board not saved: {error}"


def revision(board: Board) -> str:
    """What tells one state of a board from another."""
    return sha256(board.text.encode()).hexdigest()[:16]


def both(kept: Board, written: Board) -> Board:
    """What two tabs drawn at once hold together: one below the other, the older drawing as comments."""
    if kept.notes in written.notes and kept.mermaid in written.mermaid:
        return written
    notes = "\n\n".join(dict.fromkeys(filter(None, (kept.notes, written.notes))))
    older = "\n".join(f"%% {line}" for line in kept.mermaid.splitlines()) if kept.mermaid != written.mermaid else ""
    return Board(
        notes=notes, mermaid="\n".join(filter(None, (written.mermaid or kept.mermaid, written.mermaid and older)))
    )


def board_sending() -> object:
    """Which of its sendings the board is kept from, so that the browser can tell a late reply from the last one."""
    return st.session_state.get(_BOARD_SENDING)


def take_board_trouble() -> str | None:
    """Why the board could not be saved; shown once, beside the board."""
    trouble = st.session_state.pop(_BOARD_TROUBLE, None)
    return None if trouble is None else str(trouble)
