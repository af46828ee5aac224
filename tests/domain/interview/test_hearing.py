"""What a candidate's turn asks of the interviewer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.interview.hearing import Heard, hear
from coach.domain.round import Situation
from tests.builders import shipped


def heard(text: str, scenario: str = "document-qa") -> Heard:
    return hear(shipped(scenario).scenario, text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("how many folks would use this thing?", "users-traffic"),
        ("How many people use this?", "users-traffic"),
        ("Okay, and how busy does it get at peak?", "users-traffic"),
        ("How many documents are there?", "corpus"),
        ("Are there scanned documents, or spreadsheets?", "formats"),
        ("How often do the documents change?", "freshness"),
        ("I'd like to know who may see what.", "permissions"),
        ("What does a wrong answer cost?", "quality-bar"),
        ("What's the latency target?", "latency"),
        ("Can you tell me the budget?", "budget"),
        ("how much can we spend", "budget"),
        ("Which languages are the documents in?", "compliance"),
        ("What do they use today?", "starting-point"),
        ("I don't know how many people use it, can you tell me?", "users-traffic"),
        ("I would start with the users. I'm not sure yet how many people use it.", "users-traffic"),
    ],
)
def test_a_question_to_the_fact_sheet_is_recognised(text: str, fact: str) -> None:
    assert heard(text).facts == (fact,)


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("How many documents are there, and how often do they change?", ("corpus", "freshness")),
        ("How much can we spend? And how fast must it be?", ("budget", "latency")),
        ("how much can we spend and how fast must it be", ("budget", "latency")),
    ],
)
def test_two_questions_in_one_turn_are_both_heard_in_the_order_asked(text: str, facts: tuple[str, ...]) -> None:
    assert heard(text).facts == facts


def test_the_same_fact_asked_for_twice_is_heard_once() -> None:
    assert heard("What's the budget? I mean, what is the budget per month?").facts == ("budget",)


@pytest.mark.parametrize(
    "text",
    [
        "We have a budget, I assume, and I'd spend it on the large model.",
        "How do we know it works? We would label three hundred questions with the experts.",
        "What happens when it's wrong? Then I'd show a not found.",
        "Latency is what people notice first.",
        "What is your favourite colour?",
        "Give me a second.",
        "Can I have a hint?",
        "Can you show me the rubric?",
        "",
    ],
)
def test_what_asks_for_no_fact_tells_none(text: str) -> None:
    assert heard(text).facts == ()


def test_a_fact_of_another_scenario_is_not_on_the_sheet() -> None:
    assert heard("Are there scanned documents, or spreadsheets?", "recommendation").facts == ()


@pytest.mark.parametrize("text", ["Which vector store should I use?", "What chunk size do you want?"])
def test_what_is_the_candidates_to_decide_is_their_call(text: str) -> None:
    found = heard(text)
    assert found.your_call
    assert found.asks
    assert found.facts == ()


def test_a_fact_goes_before_what_is_theirs_to_decide() -> None:
    found = heard("What chunk size do you want? And what's the budget?")
    assert (found.facts, found.your_call) == (("budget",), False)


@pytest.mark.parametrize(
    "text", ["What is your favourite colour?", "Do they like the office coffee?", "Is that right?"]
)
def test_a_question_that_is_not_on_the_sheet_still_asks(text: str) -> None:
    assert heard(text).asks


@pytest.mark.parametrize(
    "text", ["I'd use two indexes.", "Who can see it? Only the group. Then I store it.", "Go on.", "I don't know."]
)
def test_what_puts_no_question_to_anybody_does_not_ask(text: str) -> None:
    assert not heard(text).asks


def test_questions_asked_midway_through_a_long_answer_come_after_the_last_one() -> None:
    text = (
        "What's the budget? I would keep the path short, since everyone who has run one of these at night "
        "knows that each hop is one more thing to page somebody. How many people use this?"
    )
    assert heard(text).facts == ("users-traffic", "budget")


def test_a_fact_asked_for_is_no_broad_question_and_no_dont_know() -> None:
    assert not heard("I don't know the budget, what's the budget?").situations


def test_in_a_long_answer_a_passing_dont_know_is_not_the_point() -> None:
    long = (
        "I don't know the exact number. "
        + "I would measure it on a sample of loans and read it apart by branch. " * 4
    )
    assert Situation.DONT_KNOW in heard("I don't know the exact number.").situations
    assert Situation.DONT_KNOW not in heard(long).situations


@pytest.mark.parametrize("text", ["Yes please.", "Sure, go ahead.", "Okay", "That would help."])
def test_a_yes_agrees(text: str) -> None:
    assert heard(text).agrees


def test_a_no_does_not_agree() -> None:
    assert not heard("No thanks, I'm fine.").agrees


def test_five_terms_between_commas_and_little_else_are_a_list() -> None:
    terms = "RAG, embeddings, guardrails, vector search, fine tuning, canary and drift."
    assert heard(terms).lists_terms
    assert not heard("I'd use a keyword index, because codes matter, and rerank, since order is all.").lists_terms
    assert not heard(terms + " What matters is that each of them has a reason in this problem. " * 3).lists_terms


def test_words_are_counted() -> None:
    assert heard("Four words in all.").words == 4


CLEAR = (
    ("How many people use this?", "users-traffic"),
    ("How many documents are there?", "corpus"),
    ("What is the budget per month?", "budget"),
    ("How quickly must it answer?", "latency"),
    ("Which languages are the documents in?", "compliance"),
)
STATEMENTS = (
    "I'd keep the front end dull.",
    "The parser writes one structure for every kind of input.",
    "Retries go through a queue with a limit.",
    "We ship it behind a flag.",
    "Nobody wants a pager at night.",
    "That part is boring on purpose.",
)


@given(
    st.sampled_from(CLEAR), st.lists(st.sampled_from(STATEMENTS)), st.lists(st.sampled_from(STATEMENTS), max_size=2)
)
def test_statements_around_a_clear_question_change_no_fact(
    asked: tuple[str, str], before: list[str], after: list[str]
) -> None:
    question, fact = asked
    assert heard(" ".join([*before, question, *after])).facts == (fact,)


@given(st.lists(st.sampled_from(STATEMENTS)))
def test_statements_alone_ask_for_no_fact(said: list[str]) -> None:
    found = heard(" ".join(said))
    assert (found.facts, found.asks) == ((), False)


@pytest.mark.parametrize(
    "text",
    [
        "Do you want me to go for the cheaper model on a monthly budget?",
        "Am I going too fast?",
        "Would you like more detail on latency?",
        "And why would the budget matter? Because every passage is paid for.",
    ],
)
def test_what_is_asked_about_the_talk_or_of_oneself_tells_no_fact(text: str) -> None:
    assert heard(text).facts == ()


@given(st.text(max_size=300))
def test_any_text_can_be_heard(text: str) -> None:
    found = heard(text)
    assert set(found.facts) <= shipped().scenario.facts_by_id.keys()
    assert len(set(found.facts)) == len(found.facts)
