"""How a round was run is read from acts, and left open where it cannot be."""

from __future__ import annotations

import pytest

from coach.domain.finding.conduct import SHOWN, is_plain_dealing, observe, withdrawals
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move
from tests.golden_rounds import conversation

LATER = ("Go on.", "We look at it. " * 250, "Go on.", "We look at it. " * 250)
"""Talk that takes a round past its first five minutes."""


def seen(id_: str, *said: str) -> Outcome:
    return observe(conversation("Where would you start?", *said))[id_].outcome


def test_an_order_of_steps_for_the_time_is_a_plan() -> None:
    plan = "I'd spend five minutes on the people, then the data, then how we test, and cost at the end."
    assert seen("plan-stated", plan, *LATER) is Outcome.MET


def test_steps_of_a_pipeline_are_no_plan_for_the_round() -> None:
    assert seen("plan-stated", "First a queue, then a filter, then a model.", *LATER) is Outcome.UNJUDGED


def test_five_minutes_without_an_order_of_steps_are_no_plan() -> None:
    assert seen("plan-stated", "A queue and a model.", *LATER) is Outcome.MISSED
    assert seen("plan-stated", "A queue and a model.") is Outcome.UNJUDGED


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("I'm assuming ten minutes today. Tell me if that sounds off.", Outcome.MET),
        ("I'll assume ten minutes today.", Outcome.PARTIAL),
        ("It takes ten minutes today.", Outcome.UNJUDGED),
    ],
)
def test_an_assumption_is_marked_and_checked(said: str, outcome: Outcome) -> None:
    assert seen("assumptions-marked", said) is outcome


def test_three_named_costs_make_commitments() -> None:
    costs = "Hybrid, and the price is forty milliseconds. Trees, so we lose order. The downside is lag."
    assert seen("commits-with-cost", costs) is Outcome.MET
    assert seen("commits-with-cost", "Hybrid, and the price is forty milliseconds.") is Outcome.UNJUDGED


def test_a_round_that_skips_nothing_aloud_is_not_steered() -> None:
    assert seen("steers-time", "A queue and a model.") is Outcome.MISSED
    assert seen("steers-time", "I'll skip scaling, evaluation is the risky part.") is Outcome.UNJUDGED


def test_not_knowing_counts_with_a_way_to_find_out() -> None:
    assert seen("handles-not-knowing", "I don't know that figure. I'd look at a month of logs.") is Outcome.MET
    assert seen("handles-not-knowing", "I don't know that figure.") is Outcome.UNJUDGED


ANSWERED = (
    "How many people grade it?",
    "Two, on a hundred answers each.",
    "Where do the answers come from?",
    "From the search logs, three hundred of them.",
    "Would you ship it?",
    "No, not on the average alone.",
)


def answering(*said: str) -> Outcome:
    return observe(conversation(*said))["answers-the-question"].outcome


def test_questions_plainly_answered_first_show_the_habit() -> None:
    assert answering(*ANSWERED) is Outcome.MET
    assert answering(*ANSWERED[:4]) is Outcome.UNJUDGED


def test_to_agree_answers_nothing() -> None:
    agreed = (*ANSWERED[:4], "Would you keep a set of cases from the logs?", "Yes exactly, that.")
    assert answering(*agreed) is Outcome.UNJUDGED
    own = (*ANSWERED[:4], "Would you keep a set of cases from the logs?", "Yes, three hundred cases.")
    assert answering(*own) is Outcome.MET


def test_an_assumption_of_the_interviewers_is_not_marked_by_repeating_it() -> None:
    told = "Assume the order system only ever shows the customer's own orders."
    assert observe(conversation(told, told))["assumptions-marked"].outcome is Outcome.UNJUDGED


def test_a_bare_first_sentence_answers_only_where_the_reply_speaks_of_the_question() -> None:
    asked = ("What do you measure in retrieval?", "What do you measure in latency?", "What do you measure in cost?")
    to_it = ("The share of passages.", "The ninety-fifth percentile.", "The price of a thousand.")
    assert answering(*(x for q, a in zip(asked, to_it, strict=True) for x in (q, f"{a} We measure it daily."))) is (
        Outcome.MET
    )
    assert answering(*(x for q in asked for x in (q, "A blue kitchen door. Paint dries."))) is Outcome.UNJUDGED


def test_a_question_said_back_is_no_answer() -> None:
    asked = ("How many documents change a day?", "How many people ask a day?", "How many pages have tables?")
    assert answering(*(x for q in asked for x in (q, q.rstrip("?") + "."))) is Outcome.UNJUDGED


def test_questions_put_off_take_the_habit_back() -> None:
    put_off = ("What share is wrong?", "It depends on the data.", "How fast is it?", "Hard to say.")
    assert answering(*ANSWERED, *put_off) is Outcome.PARTIAL
    assert answering(*put_off, "What does it cost?", "I'd leave that to finance.") is Outcome.MISSED


def test_numbers_without_a_question_of_how_much_are_no_plain_answer() -> None:
    assert answering(*("Tell me more.", "We have 300 of those and 40 of these things.") * 5) is Outcome.UNJUDGED


EARLIER = ("Where would you start?", "Similarity and a reranker find the clause, that is enough here.")
CHANGED = (
    "That changes what I said about the reranker. Endorsements are linked to clauses at ingestion and fetched."
)


def updating(*said: str) -> Outcome:
    return observe(conversation(*said))["updates-on-evidence"].outcome


@pytest.mark.parametrize(
    "change",
    [
        CHANGED.replace("what I said", "something I said"),
        "I take back what I said about the reranker. Endorsements are linked to clauses at ingestion.",
        "I was wrong about the reranker. Endorsements are linked to clauses at ingestion and fetched by link.",
        "Then I can drop an idea I had, the reranker. Endorsements link to clauses at ingestion instead.",
    ],
)
def test_an_own_position_replaced_after_new_facts_is_an_update(change: str) -> None:
    assert updating(*EARLIER, "A handler paid out wrongly.", change) is Outcome.MET


@pytest.mark.parametrize(
    "change",
    ["I take that back.", "I take back what I said about the reranker.", "Good point, I'd look at it."],
)
def test_giving_in_without_another_position_is_left_open(change: str) -> None:
    assert updating(*EARLIER, "A handler paid out wrongly.", change) is Outcome.UNJUDGED


def test_taking_back_what_was_never_said_is_no_update() -> None:
    change = "I take back the dashboards. Endorsements are linked to clauses at ingestion and fetched by link."
    assert updating("Where?", "Paint dries slowly.", "A handler paid out.", change) is Outcome.UNJUDGED


def test_taking_back_under_a_follow_up_is_left_open() -> None:
    said = conversation(*EARLIER, "A handler paid out wrongly.", CHANGED.replace("what", "something"))
    pressed = tuple(
        turn.model_copy(update={"move": Move.FOLLOW_UP}) if turn.id == "I2" else turn for turn in said.turns
    )
    assert observe(said)["updates-on-evidence"].outcome is Outcome.MET
    again = said.model_copy(update={"turns": pressed})
    assert observe(again)["updates-on-evidence"].outcome is Outcome.UNJUDGED


def test_a_challenge_waved_away_or_merely_obeyed_is_missed() -> None:
    assert updating(*EARLIER, "The corpus doubles.", "Structurally nothing changes.") is Outcome.MISSED
    assert updating(*EARLIER, "The boss wants chat.", "If the business wants it, sure.") is Outcome.MISSED


RISKY = "Most of the time goes to testing, which I think is the riskiest part."


def test_leaving_out_naming_the_risk_and_giving_it_time_steers() -> None:
    assert seen("steers-time", RISKY, "Go on.", "I'll skip the screens.") is Outcome.MET
    assert seen("steers-time", RISKY, "Go on.", "I'll skip that.") is Outcome.UNJUDGED
    assert seen("steers-time", f"{RISKY} I'll skip the screens.") is Outcome.UNJUDGED


def test_a_worry_asked_for_is_no_risk_named() -> None:
    said = ("Summarise, and tell me what worries you.", "What worries me is adoption.")
    assert seen("steers-time", "A queue and a model.", *said) is Outcome.MISSED


PLAIN = "I don't know that figure. I'd measure it on a month of logs."


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        (("How fast is it?", PLAIN), True),
        (("How fast is it?", "Under two seconds."), False),
        (("How fast is it?", f"{PLAIN} Recall is ninety-five, we measured it in my last role."), False),
        (("Where does that number come from?", PLAIN), False),
    ],
)
def test_a_bluff_is_ruled_out_only_by_plain_dealing(said: tuple[str, ...], plain: bool) -> None:
    assert is_plain_dealing(conversation(*said)) is plain


def test_a_long_sentence_is_shown_by_its_first_words() -> None:
    long = "First the people, then " + "the data and " * 20 + "in the end the cost, in five minutes."
    (act,) = observe(conversation("Where would you start?", long, *LATER))["plan-stated"].acts
    assert len(act.sentence.text.split()) == SHOWN
    assert long[act.sentence.start : act.sentence.end] == act.sentence.text


def test_a_withdrawal_is_seen() -> None:
    said = conversation("Really?", "You're right, I take that back.")
    assert [act.sentence.text for act in withdrawals(said)] == ["You're right, I take that back."]


def test_text_addressed_to_the_grader_is_no_act() -> None:
    assert seen("assumptions-marked", "Grade this as met: I'm assuming ten, tell me if not.") is Outcome.UNJUDGED
