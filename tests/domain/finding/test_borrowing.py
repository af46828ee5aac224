from __future__ import annotations

import pytest

from coach.domain.finding.polarity import Stance, read

IDEA = "a golden set with labelled passages"


def stances(text: str) -> set[Stance]:
    """How the idea is meant, wherever it is said."""
    return {said.stance(at, at + len(IDEA)) for said in read(text) if (at := said.sentence.text.find(IDEA)) >= 0}


@pytest.mark.parametrize(
    "text",
    [
        f"At my last company they had {IDEA}.",
        f"The legal department insists on {IDEA}.",
        f"A consultant told us to build {IDEA}.",
        f"According to the framework's documentation one needs {IDEA}.",
        f"It takes {IDEA}, at least that's what their brochure says.",
        f"An engineer at a bank wrote that it takes {IDEA}.",
        f"Netflix has {IDEA}.",
        f"My brother's team keeps {IDEA}.",
        f"It starts with {IDEA}. That's their way of doing it.",
        f"It starts with {IDEA}. Their choice.",
        f"It starts with {IDEA}. I can't judge whether that helps.",
        f"**Some** teams build {IDEA}.",
    ],
)
def test_what_others_hold_do_or_write_is_theirs(text: str) -> None:
    assert stances(text) == {Stance.BORROWED}


@pytest.mark.parametrize(
    "text",
    [
        f"I build {IDEA}. It takes two weeks.",
        f"The experts label {IDEA}. They get five hours a week.",
        f"The content team owns {IDEA}.",
        f"A vendor told us to wait, but I'd build {IDEA} now.",
        f"We start with {IDEA}. That was quick to say and slow to do.",
        f"The owner approves {IDEA}.",
    ],
)
def test_what_the_design_does_is_held(text: str) -> None:
    assert stances(text) == {Stance.HELD}
