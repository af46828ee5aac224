"""The page about the judge opens without a round."""

from __future__ import annotations

from tests.ui.page import Page


def test_it_opens_without_a_round_and_says_what_was_not_measured() -> None:
    page = Page.opened("judge")
    assert not page.app.exception
    assert "How far to trust the grade" in page.html
    assert "Where they part" in page.html
    assert "no labels by people exist yet" in page.html
