"""Chance that is the same every time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.chance import share_of


@given(st.lists(st.text(), min_size=1))
def test_it_lies_between_nought_and_one_and_is_the_same_again(what: list[str]) -> None:
    assert 0 <= share_of(*what) < 1
    assert share_of(*what) == share_of(*what)


def test_it_is_spread_evenly_and_differs_by_what_it_is_about() -> None:
    drawn = [share_of("blind", f"round-{number}") for number in range(2_000)]
    assert [sum(low <= one < low + 0.25 for one in drawn) > 440 for low in (0, 0.25, 0.5, 0.75)] == [True] * 4
    assert share_of("blind", "r1") != share_of("sampled", "r1")
