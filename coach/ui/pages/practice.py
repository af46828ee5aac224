"""Practise: choose a round, play it, read its grade. The round's id in the URL says which of the three."""

from __future__ import annotations

from coach.ui import home, result, room, session
from coach.ui.components.top import top

TITLE = "Practice"
PLACE = 1


def draw() -> None:
    """The home, or the round that `?round=` names: its room while it runs, its result afterwards."""
    round_id = session.round_id()
    if round_id is None:
        top("home")
        home.draw()
        return
    round_ = session.desk().archive.round(round_id)
    if round_.is_over:
        top(f"result {round_id}")
        result.draw(round_)
    else:
        top(f"room {round_id}")
        room.draw(round_)


if __name__ == "__main__":
    draw()
