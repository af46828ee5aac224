"""The offline interviewer: written lines, never the same one twice running, and a round that keeps its times."""

from __future__ import annotations

import pytest

from coach.domain.interview.agenda import Wish
from coach.domain.interview.checks import check_interviewer
from coach.domain.round import Round, Setup, Situation, Step
from coach.domain.transcript import Move, Style
from coach.simulation import SILENCE_SECONDS, play_out
from tests.builders import ask_for, begun, converse, interviewer, last, played, shipped, steps
from tests.candidates import CANDIDATES, Scripted

TALK = "I would start from the person at the other end and work backwards, since that is who lives with the result."


def words(step: Step, round_: Round) -> str:
    return "".join(interviewer().say(step, round_))


def test_a_greeting_names_the_minutes_and_comes_before_the_scenarios_opening() -> None:
    text = words(Step(move=Move.OPENING, situation=Situation.GREETING), begun(shipped(), minutes=35))
    greeting, opening = text.split("\n\n")
    assert "35 minutes" in greeting
    assert opening == shipped().scenario.opening


def test_a_new_dimension_gets_a_bridge_and_a_later_rung_an_acknowledgement() -> None:
    first = played(shipped(), TALK)
    assert words(ask_for("evals.clarify"), first).startswith("Let's look at how you'd know it works.")
    second = played(shipped(), TALK, ask_for("evals.clarify"), TALK)
    assert words(ask_for("evals.depth"), second).startswith(("Okay.", "Understood.", "I see."))
    back = played(shipped(), ask_for("evals.clarify"), TALK, ask_for("cost.clarify"), TALK)
    assert words(ask_for("evals.depth"), back).startswith("Back to how you'd know it works.")


def test_the_challenging_style_acknowledges_nothing_and_the_supportive_one_thanks() -> None:
    lines = {}
    for style in Style:
        asked = played(shipped(), ask_for("evals.clarify"), TALK, style=style)
        lines[style] = words(ask_for("evals.depth"), asked)
    probe = shipped().scenario.probes["evals"][next(r for r in shipped().scenario.probes["evals"] if r == "depth")]
    assert lines[Style.CHALLENGING] == probe
    assert lines[Style.NEUTRAL] != lines[Style.SUPPORTIVE]
    assert all(line.endswith(probe) for line in lines.values())


def test_a_pushback_quotes_the_candidate_and_asks_what_it_costs() -> None:
    step = Step(
        move=Move.FOLLOW_UP, situation=Situation.PUSHBACK, dimension="data", said="we'll store everything twice"
    )
    text = words(step, begun(shipped()))
    assert text == 'You said "we\'ll store everything twice". What does that cost you?'


@pytest.mark.parametrize(
    "situation",
    [
        Situation.UNKNOWN_QUESTION,
        Situation.YOUR_CALL,
        Situation.DONT_KNOW,
        Situation.TOO_THIN,
        Situation.NEUTRAL_HELP,
    ],
)
def test_the_same_situation_is_not_answered_twice_in_the_same_words(situation: Situation) -> None:
    step = Step(move=Move.FOLLOW_UP, situation=situation, dimension="evals")
    assert words(step, played(shipped(), TALK)) != words(step, played(shipped(), TALK, step, TALK))


def test_a_repeat_says_the_last_question_again_not_the_last_remark() -> None:
    round_ = converse(begun(shipped()), TALK, Wish.THINK, "Could you repeat the question?")
    question = next(turn for turn in round_.turns if turn.move is Move.PROBE)
    assert round_.turns[-1].text == question.text


def test_a_repeat_of_the_opening_leaves_the_greeting_out() -> None:
    round_ = converse(begun(shipped()), Wish.REPEAT)
    assert round_.turns[-1].text == shipped().scenario.opening


def test_after_giving_up_on_a_question_it_moves_on_kindly() -> None:
    said = [TALK, "I don't know.", "No idea, really."]
    assert converse(begun(shipped()), *said).turns[-1].text.startswith("That's fine.")


def test_a_fact_that_cannot_wait_comes_before_the_question() -> None:
    step = ask_for("evals.clarify").model_copy(update={"fact": "budget"})
    text = words(step, begun(shipped()))
    assert text.startswith(shipped().scenario.facts_by_id["budget"].say)
    assert text.endswith("How do you know it works?")


# Whole rounds on the virtual clock: a sample here, all of them in tests/quality

SAMPLE = [c for c in CANDIDATES if c.name in {"strong", "volunteers_nothing", "seeks_answers", "silent"}]


@pytest.mark.parametrize("candidate", SAMPLE, ids=lambda c: c.name)
@pytest.mark.parametrize(("style", "minutes"), [("neutral", 45), ("challenging", 35), ("supportive", 12)])
def test_a_simulated_round_passes_every_check(candidate: Scripted, style: Style, minutes: int) -> None:
    setup = Setup(scenario="document-qa", style=style, minutes=minutes, seed=1)
    round_ = play_out(shipped(), setup, interviewer(), candidate)
    assert [c for c in check_interviewer(round_.brief, round_.transcript) if c.passes is False] == []
    assert last(round_).ends


@pytest.mark.parametrize("minutes", [12, 35, 45])
def test_all_eight_are_opened_by_80_percent_and_evals_by_53_whatever_is_said(minutes: int) -> None:
    quiet = Scripted("quiet", lambda brief, step, n: f"{TALK} {TALK}")
    round_ = play_out(shipped(), Setup(scenario="document-qa", minutes=minutes, seed=1), interviewer(), quiet)
    opened = {
        step.dimension: turn.at or 0.0
        for turn, step in reversed([(t, round_.steps[t.id]) for t in round_.turns if t.id in round_.steps])
        if step.dimension
    }
    assert opened.keys() == set(shipped().probed_dimensions)
    assert max(opened.values()) <= 0.8 * minutes * 60
    assert opened["evals"] <= 0.53 * minutes * 60


def test_a_baseline_asks_one_clarify_probe_a_dimension_at_most_one_follow_up_and_no_curveball() -> None:
    quiet = Scripted("quiet", lambda brief, step, n: TALK)
    round_ = play_out(shipped(), Setup(scenario="document-qa", minutes=12, seed=1), interviewer(), quiet)
    asked = [step for step in steps(round_) if step.move in {Move.PROBE, Move.FOLLOW_UP}]
    for dimension in shipped().probed_dimensions:
        here = [step for step in asked if step.dimension == dimension]
        assert here[0].probe == f"{dimension}.clarify"
        assert len(here) <= 2
    assert not any(step.move is Move.CURVEBALL for step in steps(round_))


def test_style_changes_neither_facts_nor_the_ladder_nor_the_hints() -> None:
    asks = ("How many people use this?", "Can I have a hint?", "What's the budget?", "Can I have another hint?")
    rounds = {style: converse(begun(shipped(), style=style), *asks) for style in Style}
    told = {style: [(s.fact, s.hint, s.criteria) for s in steps(round_)] for style, round_ in rounds.items()}
    assert told[Style.SUPPORTIVE] == told[Style.NEUTRAL] == told[Style.CHALLENGING]


def test_a_candidate_who_says_nothing_at_all_is_led_to_the_end() -> None:
    mute = Scripted("mute", lambda brief, step, n: "")
    round_ = play_out(shipped(), Setup(scenario="document-qa", minutes=12, seed=1), interviewer(), mute)
    assert last(round_).ends
    assert not round_.transcript.candidate
    assert (round_.turns[-1].at or 0.0) <= 12 * 60 + 3 * SILENCE_SECONDS
