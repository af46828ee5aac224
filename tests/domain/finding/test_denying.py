"""Denials, and plans that nobody has decided on, are told from what is held."""

from __future__ import annotations

import pytest

from coach.domain.finding.polarity import Stance, read

IDEA = "golden set"


def stance(text: str) -> Stance:
    said = next(said for said in read(text) if IDEA in said.sentence.text)
    at = said.sentence.text.index(IDEA)
    return said.stance(at, at + len(IDEA))


@pytest.mark.parametrize(
    "text",
    [
        "The plan doesn't have a golden set.",
        "The golden set isn't refreshed at all.",
        "No golden set for me, thanks.",
        "There's no golden set.",
        "Nobody needs to label a golden set.",
    ],
)
def test_a_denial_reaches_over_its_clause_whoever_its_subject_is(text: str) -> None:
    assert stance(text) is Stance.DENIED


@pytest.mark.parametrize(
    "text",
    [
        "If the change doesn't pass the golden set, it stays out.",
        "It doesn't get the golden set alone, it gets the logs too.",
        "The judge isn't just run on the golden set.",
        "Recall isn't enough, so there is a golden set.",
        "What the logs don't show, the golden set does.",
    ],
)
def test_a_case_a_contrast_or_another_clause_is_no_denial(text: str) -> None:
    assert stance(text) is Stance.HELD


@pytest.mark.parametrize(
    "text",
    ["The customer doesn't write again about the golden set.", "Good is when users don't miss the golden set."],
)
def test_what_people_outside_do_not_do_is_no_denial(text: str) -> None:
    assert stance(text) is Stance.HELD


def test_what_is_not_worth_its_price_is_rejected() -> None:
    assert stance("The golden set isn't worth the money.") is Stance.REJECTED


@pytest.mark.parametrize(
    "text",
    [
        "A golden set might help. I haven't decided.",
        "Perhaps a golden set.",
        "Somebody could label a golden set.",
    ],
)
def test_a_possibility_is_one_whoever_its_subject_is(text: str) -> None:
    assert stance(text) is Stance.IMAGINED


def test_a_rough_number_is_no_possibility() -> None:
    assert stance("We take perhaps three hundred for the golden set.") is Stance.HELD
