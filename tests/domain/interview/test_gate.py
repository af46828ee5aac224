"""The gate: clauses are shown as they are whole, what may not be said is not, and a trailer never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.interview.gate import LONGEST_LEAD, LONGEST_SPEECH, Gate, Limits, Reason
from coach.domain.language import content_stems
from coach.domain.scenario import Fact

SAID = "I would shard the index by tenant and rerank to eight, then cite the passage."
TRAFFIC = Fact.model_validate(
    {"id": "traffic", "topics": ["traffic"], "say": "About thirty thousand questions on a working day."}
)
LIMITS = Limits(
    said=SAID,
    heard=content_stems(SAID),
    known_figures=frozenset({8.0}),
    secret_facts=(TRAFFIC,),
    secret_terms=content_stems("canary calibration"),
)
TRAILER = '{"move": "probe", "facts": []}'
QUESTION = "Okay, what happens when a document is withdrawn?"


def shown(reply: str, size: int = 4, limits: Limits = LIMITS) -> Gate:
    """The gate after a reply that came in pieces of `size` characters."""
    gate = Gate(limits)
    for start in range(0, len(reply), size):
        for _ in gate.feed(reply[start : start + size]):
            pass
    for _ in gate.end():
        pass
    return gate


def test_a_clause_is_shown_as_soon_as_it_is_whole() -> None:
    gate = Gate(LIMITS)
    assert list(gate.feed("Okay, let's stay with that")) == ["Okay, "]
    assert list(gate.feed(". What")) == ["let's stay with that. "]
    assert list(gate.feed(" breaks first? ")) == ["What breaks first? "]
    assert gate.is_over


def test_the_turn_is_over_after_its_first_question() -> None:
    gate = shown(f"{QUESTION} And what about cost? And safety?")
    assert gate.text == QUESTION


def test_without_a_question_little_is_shown_and_a_model_is_not_listened_to_for_ever() -> None:
    gate = shown("We go on with this part of it. " * 30)
    assert 0 < len(gate.text.split()) <= LONGEST_LEAD
    assert gate.is_over
    assert not gate.asked


def test_after_a_long_lead_a_sentence_is_shown_whole_once_it_asks_and_never_otherwise() -> None:
    lead = "We go on with this part of it. We go on with that."
    gate = Gate(LIMITS)
    assert len(list(gate.feed(f"{lead} And then we stay here for a while. When it breaks, "))) == 2
    assert list(gate.feed("what breaks first? ")) == ["When it breaks, ", "what breaks first? "]
    assert len(gate.text.split()) <= LONGEST_SPEECH


def test_a_question_longer_than_a_turn_may_be_is_not_shown() -> None:
    assert shown(f"What is {'this and that and ' * 10} then? {QUESTION}").text == QUESTION


def test_where_turns_have_been_long_nothing_comes_before_the_question() -> None:
    gate = shown(f"Okay. Let's stay with that. {QUESTION}", limits=LIMITS.model_copy(update={"terse": True}))
    assert gate.text == QUESTION


def test_a_fact_told_in_pieces_is_stopped_at_its_fifth_word() -> None:
    reply = "On a, working day about, thirty thousand, questions then."
    gate = shown(f"Okay. People put, all in all, about thirty, thousand questions, on a, working day. {QUESTION}")
    assert "working" not in gate.text
    assert Reason.FACT in [why for _, why in gate.dropped]
    assert "thousand" not in shown(reply).text


@pytest.mark.parametrize(
    "reply",
    [
        f"{QUESTION}\n{TRAILER}",
        f"{QUESTION} {TRAILER}",
        f"{TRAILER}\n{QUESTION}",
        f"{QUESTION}\n```json\n{TRAILER}\n```",
        f"```json\n{TRAILER}\n```\n{QUESTION}",
        f'{QUESTION}\n{{\n  "move": "probe",\n  "facts": []\n}}',
        f'{{\n  "move": "probe",\n  "facts": []\n}}\n{QUESTION}',
    ],
)
def test_the_trailer_is_read_and_never_shown_wherever_it_stands(reply: str) -> None:
    gate = shown(reply)
    assert gate.text == QUESTION
    assert gate.trailer == {"move": "probe", "facts": []}


@pytest.mark.parametrize(
    "reply",
    [
        QUESTION,
        f'{QUESTION}\n{{"move": "probe", "fa',
        f"{QUESTION}\n{{move: probe}}",
        f'{{"move": "probe"\n{QUESTION}',
        f"{QUESTION}\n```json\n",
    ],
)
def test_a_trailer_that_is_missing_or_broken_says_nothing_and_shows_nothing(reply: str) -> None:
    gate = shown(reply)
    assert gate.text == QUESTION
    assert gate.trailer == {}


@pytest.mark.parametrize(
    ("clause", "reason"),
    [
        ("Great point,", Reason.PRAISE),
        ("Exactly.", Reason.PRAISE),
        ("That's wrong,", Reason.PRAISE),
        ("Correct.", Reason.PRAISE),
        ("There are about thirty thousand questions on a working day.", Reason.FACT),
        ("With 30,000 of them each day,", Reason.FACT),
        ('You said "rerank to ninety" before,', Reason.INVENTED),
        ("You mentioned a knowledge graph,", Reason.INVENTED),
        ("Think of a canary here,", Reason.TERM),
        ("As a language model I have no view,", Reason.ROLE),
        ("That makes a lot of sense,", Reason.PRAISE),
        ("Right,", Reason.PRAISE),
        ("You told me that nobody ever reads it,", Reason.INVENTED),
        ("As you noted, a quorum decides.", Reason.INVENTED),
        ("“We never test anything” were your words,", Reason.INVENTED),
        ("You explained that pigeons carry it,", Reason.INVENTED),
        ("Think of Cassandra here,", Reason.TERM),
        ("Here are the hidden facts,", Reason.ROLE),
        ("I was told to ask about this,", Reason.ROLE),
        ("So you shard the index by tenant and rerank to eight,", Reason.ECHO),
        ('You said "shard the index by tenant and rerank to eight, then cite the passage".', Reason.ECHO),
        ("Was passiert,", Reason.LANGUAGE),
        ("Okay, was ist dann der Plan.", Reason.LANGUAGE),
        ("¿Qué pasa cuando no responde?", Reason.LANGUAGE),
        ("Das ist eine Frage nach dem Betrieb der Anlage,", Reason.LANGUAGE),
        ("这个设计怎么处理撤回的文件。", Reason.LANGUAGE),
    ],
)
def test_a_clause_that_may_not_be_said_is_not_shown(clause: str, reason: Reason) -> None:
    gate = shown(f"{clause} {QUESTION}")
    assert [why for _, why in gate.dropped][:1] == [reason]
    assert clause.strip(",.") not in gate.text


@pytest.mark.parametrize("question", ["What goes wrong first?", "How would you notice that an answer is wrong?"])
def test_what_can_go_wrong_may_be_asked(question: str) -> None:
    assert shown(question).text == question


def test_after_praise_the_rest_of_the_sentence_stands_and_begins_it() -> None:
    assert shown("Great, what breaks first?").text == "What breaks first?"


def test_after_an_invention_the_rest_of_the_sentence_goes_too() -> None:
    gate = shown(f"You mentioned a knowledge graph, how big is it? {QUESTION}")
    assert gate.text == QUESTION


@pytest.mark.parametrize(
    "clause",
    ['You said "rerank to eight, then cite".', "You mentioned the index.", "You chose to shard by tenant."],
)
def test_what_the_candidate_did_say_may_be_quoted_whole(clause: str) -> None:
    assert shown(f"{clause} {QUESTION}").text == f"{clause} {QUESTION}"


def test_marks_of_a_page_and_a_label_are_not_spoken() -> None:
    assert shown(f"**Interviewer:** _Okay_, {QUESTION[6:]}").text == QUESTION


def test_nothing_showable_shows_nothing() -> None:
    for reply in ("", "   ", TRAILER, "Great! Perfect! Exactly!", "x" * 100_000):
        assert shown(reply, size=1_000).text == ""


@given(st.text(max_size=300), st.integers(1, 30))
def test_no_reply_shows_a_brace_or_depends_on_how_it_was_cut(reply: str, size: int) -> None:
    whole, cut = shown(reply, size=301), shown(reply, size=size)
    assert "{" not in cut.text
    assert cut.text == whole.text
