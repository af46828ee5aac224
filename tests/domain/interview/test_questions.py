"""Where a turn asks something."""

from __future__ import annotations

import pytest

from coach.domain.interview.questions import questions


def asked(text: str) -> list[str]:
    return [question.text for question in questions(text)]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("How many people borrow books?", "How many people borrow books?"),
        ("I'd keep one index per branch. How many branches are there?", "How many branches are there?"),
        ("I'd put shelves on wheels, so how wide are the aisles?", "so how wide are the aisles?"),
        ("I'd like to know how many people borrow books.", "how many people borrow books."),
        ("Tell me about the opening hours.", "Tell me about the opening hours."),
        ("um so how many how many people borrow books", "so how many people borrow books"),
        ("And the shelves, they are full already?", "And the shelves, they are full already?"),
        ("I'd count them and have the shelves moved; how many books are there?", "how many books are there?"),
        ("Does what you pay depend on where you live?", "Does what you pay depend on where you live?"),
        ("I'm not sure yet how many people borrow books.", "how many people borrow books."),
    ],
)
def test_the_part_of_a_turn_that_asks_is_found(text: str, asks: str) -> None:
    assert asked(text) == [asks]


@pytest.mark.parametrize(
    "text",
    [
        "How many people borrow books, because that decides the number of desks?",
        "How many people borrow books, so that I can count the desks?",
    ],
)
def test_why_something_is_asked_is_no_part_of_the_question(text: str) -> None:
    assert asked(text) == ["How many people borrow books"]


def test_a_case_the_question_is_about_belongs_to_it() -> None:
    assert asked("If a book is lost, who pays?") == ["If a book is lost, who pays?"]


@pytest.mark.parametrize(
    "text",
    [
        "I'd put shelves on wheels.",
        "So what stops a thief? The gate does.",
        "And why not lock them up? Because then nobody reads.",
        "Who can see it? Well, only the readers.",
        "Could you repeat the question?",
        "How am I doing?",
        "",
    ],
)
def test_what_a_candidate_answers_themselves_or_asks_about_the_talk_is_no_question(text: str) -> None:
    assert asked(text) == []


def test_saying_why_it_is_asked_answers_nothing() -> None:
    assert asked("What happens to lost books? If we buy them again I'd plan for that.") != []


def test_a_question_announced_is_the_one_asked_after_it() -> None:
    assert asked("Let me ask something. How many people borrow books?") == ["How many people borrow books?"]


def test_a_question_that_points_back_brings_what_was_said_before() -> None:
    (question,) = questions("Some readers never come back. How many of those are there?")
    assert question.context == "Some readers never come back."


def test_a_question_that_asks_only_whether_takes_its_matter_along() -> None:
    assert asked("I'd move if there are many readers. Are there?") == [
        "I'd move if there are many readers. Are there?"
    ]


def test_a_question_that_stands_alone_brings_nothing_along() -> None:
    (question,) = questions("I'd start with the desk. How many readers visit?")
    assert question.context == ""


@pytest.mark.parametrize(
    "text",
    [
        "Do you want me to use wood?",
        "Which wood should I pick, in your view?",
        "Is steel okay with you?",
        "Wood or steel, do you have a preference?",
        "Should this be one desk or two?",
        "How would I chunk the tables?",
        "Should I cache the popular ones?",
    ],
)
def test_what_the_interviewer_is_asked_to_decide_defers(text: str) -> None:
    assert [question.defers for question in questions(text)] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "Should I expect many readers?",
        "How many readers should I plan for?",
        "Does it matter whether a book is on the shelf?",
        "What do I have to build on?",
    ],
)
def test_what_to_expect_is_for_the_interviewer_to_say(text: str) -> None:
    assert [question.defers for question in questions(text)] == [False]


def test_a_figure_asked_with_should_is_for_the_interviewer_to_say() -> None:
    assert [question.defers for question in questions("How quickly should it begin?")] == [False]


def test_two_questions_joined_in_one_sentence_are_its_parts() -> None:
    (question,) = questions("How many readers are there, and what do they pay?")
    assert question.parts == ("How many readers are there", "what do they pay?")
