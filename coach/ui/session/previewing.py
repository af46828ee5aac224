"""From a review to the result as its candidate reads it, and back to where the review was left."""

from __future__ import annotations

from coach.ui.session.address import asked_for, open_page
from coach.ui.session.reviewing import name
from coach.ui.session.settling import asked_criterion


def preview(item: str) -> None:
    """For a click on the item `item`: read the result as the candidate would."""
    _open("preview", item)


def back() -> None:
    """For a click: go on with the review."""
    _open("review", asked_criterion())


def _open(page: str, item: str) -> None:
    """Blind reviews that were chosen stay chosen for the rounds after this one."""
    chosen = {"blind": "1"} if asked_for("blind") == "1" else {}
    open_page(page, round=asked_for("round"), by=name(), criterion=item, **chosen)
