"""A calculation is right by its result."""

from __future__ import annotations

import pytest

from coach.domain.finding.estimates import any_right, asked_by
from coach.domain.scenario import Criterion, Estimate

COST = Estimate(id="cost", ask="One question?", working="1", answer=0.021, unit="USD", accept=(0.01, 0.045))
SIZE = Estimate(id="size", ask="How big?", working="1", answer=4_700_000, unit="chunks", accept=(2e6, 12e6))


def test_an_estimate_belongs_to_the_criterion_that_names_its_answer_or_its_bounds() -> None:
    size = Criterion(core="size", text="Computes the index within a factor of 2.5 of 4.7 million chunks.")
    cost = Criterion(core="cost", text="Lands between one and four and a half cents on the large model.")
    other = Criterion(core="other", text="Names two levers with an effect.")
    assert asked_by(size, (COST, SIZE)) == (SIZE,)
    assert asked_by(cost, (COST, SIZE)) == (COST,)
    assert asked_by(other, (COST, SIZE)) == ()


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("So one point four cents a question.", True),
        ("Call it two cents.", True),
        ("About $0.02 each.", True),
        ("Roughly 0.02 dollars.", True),
        ("A third of a cent, near enough.", False),
        ("At three dollars a million that's three tenths of a cent.", False),
        ("Two percent of the budget.", False),
        ("It is cheap.", False),
    ],
)
def test_small_money_may_be_said_in_cents(sentence: str, right: bool) -> None:
    assert any_right([COST], [sentence]) is right


def test_other_figures_are_taken_as_they_are_said() -> None:
    assert any_right([SIZE], ["say four and a half million pieces"])
    assert not any_right([SIZE], ["thirty-two million vectors, at 1,024 dimensions"])
