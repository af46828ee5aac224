"""Which fact a question asks for, told by the author's own topics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.interview.recognition import Topics, rank, recognise

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


def test_everyday_words_the_author_did_not_write_are_understood() -> None:
    assert recognise(SHEET, "How much money is there?") == "money"


def test_a_word_nobody_knows_speaks_against_every_fact() -> None:
    assert recognise(SHEET, "Which accountant signs the budget of the gardener?") is None


def test_of_a_given_whole_the_part_is_asked_for() -> None:
    assert recognise(SHEET, "How many books are there?") == "shelves"
    assert recognise(SHEET, "How many of the books are signed?") is None


def test_what_a_fact_says_nothing_about_is_not_asked_of_it() -> None:
    assert recognise(SHEET, "How many readers resigned?") is None
    assert recognise(SHEET, "How many shelves of the gardener are there?") is None


@pytest.mark.parametrize(
    "question",
    [
        "Why is the budget a hundred?",
        "Who sets the budget?",
        "How was the budget calculated?",
        "Which shelves hold the oldest books?",
        "When was the budget decided?",
        "How many books did readers lose?",
        "Which shelves are we in?",
    ],
)
def test_who_why_how_and_which_most_are_not_told_by_a_fact_of_the_same_things(question: str) -> None:
    assert recognise(SHEET, question) is None


@pytest.mark.parametrize("question", ["What are the oldest shelves?", "How old are the shelves?"])
def test_an_age_or_the_most_is_not_told_by_a_fact_that_only_knows_the_words(question: str) -> None:
    sheet: Topics = (*SHEET[::2], ("shelves", ("old shelves", "are the shelves old", "shelves"), "Of oak."))
    assert recognise(sheet, "Are there old shelves?") == "shelves"
    assert recognise(sheet, question) is None


def test_a_word_said_in_any_question_tells_less_than_one_that_names_something() -> None:
    sheet: Topics = (
        ("cats", ("cats",), ""),
        ("work", ("work", "the work", "our work"), ""),
        ("dogs", ("dogs",), ""),
    )
    scores = dict(rank(sheet, "What work do the cats do?"))
    assert scores["cats"] > scores["work"]


def test_a_word_known_by_an_idea_only_leaves_doubt() -> None:
    sheet: Topics = (("books", ("books", "price"), ""), ("desks", ("desks", "price"), ""))
    known, meant = (dict(rank(sheet, question))["books"] for question in ("Books and price?", "Books and funding?"))
    assert meant < known


def test_a_question_that_ends_by_pointing_back_is_read_with_what_it_points_to() -> None:
    sheet: Topics = (
        ("rules", ("rules", "are there rules"), "Silence."),
        ("dogs", ("rules for dogs", "dogs"), "On a lead."),
    )
    assert recognise(sheet, "Are there rules for that?", "People bring their dogs.") == "dogs"


def test_two_ways_a_thing_may_be_are_one_question() -> None:
    assert recognise(SHEET, "Does the garden sleep or what is the budget?") is None


def test_how_long_a_thing_is_asks_for_no_time() -> None:
    sheet: Topics = (
        ("wait", ("how long may it take",), "A day."),
        ("pages", ("length of a book",), "Ninety pages."),
    )
    assert recognise(sheet, "How long is a book?") == "pages"


def test_where_something_goes_wrong_asks_for_no_place() -> None:
    sheet: Topics = (*SHEET, ("trouble", ("when do readers fail", "readers fail"), "At the door."))
    assert recognise(sheet, "Where do most young readers fail?") == "trouble"


def test_who_is_told_by_a_fact_that_is_asked_for_by_who() -> None:
    sheet: Topics = (*SHEET, ("desk", ("desk", "who sits at the desk"), "Two librarians."))
    assert recognise(sheet, "Who sits at the desk?") == "desk"


def test_a_question_that_names_nothing_is_read_with_what_was_said_before_it() -> None:
    assert recognise(SHEET, "And how many are there?", "The books stand in shelves.") == "shelves"


def test_a_question_about_the_talk_is_no_fact() -> None:
    assert recognise(SHEET, "Does that budget make sense?") is None


def test_what_was_said_before_tells_what_a_question_points_back_to() -> None:
    best, _ = rank(SHEET, "How many of those?", "The readers come daily.")[0]
    assert best == "readers"


@given(st.text(max_size=200), st.text(max_size=100))
def test_any_question_scores_every_fact_or_none(question: str, context: str) -> None:
    ranked = rank(SHEET, question, context)
    assert {fact for fact, _ in ranked} in (set(), {"readers", "shelves", "money"})
    assert all(score >= 0 for _, score in ranked)


def test_the_same_question_always_means_the_same() -> None:
    asked = "How many people borrow books?"
    assert {recognise(SHEET, asked) for _ in range(3)} == {"readers"}
