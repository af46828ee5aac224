"""Which fact a question asks for, told by the author's own topics."""

from __future__ import annotations

import pytest

from coach.domain.interview.recognition import Topics, recognise

SHEET: Topics = (
    ("readers", ("readers", "how many people borrow books"), "Nine hundred readers, half of them children."),
    ("shelves", ("shelves", "how many books are there"), "Four thousand books on two floors."),
    ("money", ("budget", "how much can we spend"), "A hundred dollars a month."),
)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("How many people borrow books?", "readers"),
        ("How many books are there?", "shelves"),
        ("What is the budget?", "money"),
        ("How much can we pay?", "money"),
        ("How many folks borrow?", "readers"),
        ("what budget do we have", "money"),
    ],
)
def test_the_fact_whose_topic_fits_best_is_meant(question: str, fact: str) -> None:
    assert recognise(SHEET, question) == fact


@pytest.mark.parametrize(
    "question", ["What is the weather like?", "Is there a cat in the library?", "Why?", "", "Can I ask about that?"]
)
def test_a_question_no_topic_knows_is_no_fact(question: str) -> None:
    assert recognise(SHEET, question) is None


def test_a_question_between_two_facts_is_no_fact() -> None:
    twins: Topics = (("a", ("opening hours",), "Nine to five."), ("b", ("opening hours",), "Ten to four."))
    assert recognise(twins, "What are the opening hours?") is None


def test_the_same_question_always_means_the_same() -> None:
    asked = "How many people borrow books?"
    assert {recognise(SHEET, asked) for _ in range(3)} == {"readers"}
