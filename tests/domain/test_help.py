"""How much a candidate was aided, from the recorded moves."""

from __future__ import annotations

import pytest

from coach.content.files import Files
from coach.domain.help import help_at, opened_by_interviewer
from coach.domain.labels import Labels
from coach.domain.rubric import Help
from coach.domain.transcript import Move, Transcript, Turn
from tests.builders import GOLDEN, asks, probes, says, shipped, tiny, transcript


def help_of(criterion: str, *turns: Turn, at: str | None = None) -> Help:
    """Help for a criterion in the last answer of these turns, or in the one called `at`."""
    said = transcript(*turns)
    return help_at(tiny(), said, criterion, at or said.candidate[-1].id)


def hint(level: int, *criteria: str, dimension: str = "evals") -> Turn:
    return asks(Move.HINT, dimension=dimension, hint=level, criteria=criteria)


@pytest.mark.parametrize("rung", ["clarify", "depth", "tradeoff", "failure"])
def test_the_answer_to_a_ladder_probe_of_the_same_dimension_is_probed(rung: str) -> None:
    assert help_of("evals.set", probes(f"evals.{rung}"), says()) is Help.PROBED


def test_the_answer_to_a_follow_up_of_the_same_dimension_is_probed() -> None:
    assert help_of("evals.set", asks(Move.FOLLOW_UP, dimension="evals"), says()) is Help.PROBED


def test_a_criterion_the_probe_exposes_is_exposed() -> None:
    assert help_of("evals.gate", probes("evals.failure"), says()) is Help.EXPOSED


def test_another_rung_of_the_ladder_exposes_nothing() -> None:
    assert help_of("evals.gate", probes("evals.clarify"), says()) is Help.PROBED


def test_the_answer_to_another_dimensions_question_is_unprompted() -> None:
    assert help_of("data.returns", probes("evals.failure"), says()) is Help.UNPROMPTED


@pytest.mark.parametrize(
    "move", [Move.FACT, Move.GO_ON, Move.MOVE_ON, Move.OPENING, Move.CLARIFY, Move.CLOSE, Move.FALLBACK]
)
def test_what_asks_nothing_about_the_design_leaves_the_answer_unprompted(move: Move) -> None:
    answers = (probes("evals.clarify"), says(), asks(move, dimension="evals"), says())
    assert help_of("evals.set", *answers) is Help.UNPROMPTED


def test_the_answer_to_a_fact_is_unprompted_even_about_the_dimension_asked_before() -> None:
    assert (
        help_of("evals.set", probes("evals.clarify"), says(), asks(Move.FACT, fact="money"), says())
        is Help.UNPROMPTED
    )


@pytest.mark.parametrize("criterion", ["evals.set", "framing.goal", "safety.access"])
def test_the_answer_to_a_curveball_is_probed_whatever_the_dimension(criterion: str) -> None:
    assert help_of(criterion, asks(Move.CURVEBALL, curveball="flood"), says()) is Help.PROBED


@pytest.mark.parametrize("level", [1, 2])
def test_what_a_level_one_or_two_hint_exposes_is_hinted(level: int) -> None:
    assert help_of("evals.set", hint(level, "evals.set"), says()) is Help.HINTED


def test_what_a_level_three_hint_exposes_is_told() -> None:
    assert help_of("evals.set", hint(3, "evals.set"), says()) is Help.TOLD


def test_what_the_interviewer_said_first_is_told() -> None:
    leak = asks(Move.FOLLOW_UP, dimension="evals", criteria=("evals.gate",))
    assert help_of("evals.gate", leak, says()) is Help.TOLD


def test_hinted_lasts_for_the_rest_of_the_round() -> None:
    later = (probes("data.clarify"), says(), asks(Move.FACT, fact="money"), says())
    assert help_of("evals.set", hint(1, "evals.set"), says(), *later) is Help.HINTED


def test_told_lasts_for_the_rest_of_the_round() -> None:
    assert help_of("evals.set", hint(3, "evals.set"), says(), asks(Move.GO_ON), says()) is Help.TOLD


def test_a_hint_does_not_reach_back_to_what_was_said_before_it() -> None:
    turns = (probes("evals.clarify"), says(), hint(1, "evals.set"), says())
    assert help_of("evals.set", *turns, at="C1") is Help.PROBED


def test_told_outweighs_an_earlier_hint() -> None:
    assert help_of("evals.set", hint(1, "evals.set"), says(), hint(3, "evals.set"), says()) is Help.TOLD


def test_hinted_outweighs_a_later_probe_that_exposes() -> None:
    assert help_of("evals.gate", hint(1, "evals.gate"), says(), probes("evals.failure"), says()) is Help.HINTED


def test_other_criteria_of_a_hints_dimension_are_probed() -> None:
    assert help_of("evals.measure", hint(1, "evals.set"), says()) is Help.PROBED


def test_other_criteria_of_a_hints_dimension_are_not_helped_for_the_rest_of_the_round() -> None:
    assert help_of("evals.measure", hint(1, "evals.set"), says(), asks(Move.GO_ON), says()) is Help.UNPROMPTED


def test_a_hint_of_another_dimension_leaves_the_answer_unprompted() -> None:
    assert help_of("data.source", hint(1, "evals.set"), says()) is Help.UNPROMPTED


@pytest.mark.parametrize(
    "question", [probes("evals.failure"), asks(Move.CURVEBALL, curveball="flood"), asks(Move.FOLLOW_UP)]
)
def test_communication_is_unprompted_whatever_was_asked(question: Turn) -> None:
    assert help_of("communication.commits-with-cost", question, says()) is Help.UNPROMPTED


def test_communication_can_be_hinted_and_told() -> None:
    criterion = "communication.plan-stated"
    assert help_of(criterion, hint(1, criterion, dimension="communication"), says()) is Help.HINTED
    assert help_of(criterion, hint(3, criterion, dimension="communication"), says()) is Help.TOLD


def test_a_follow_up_without_dimension_inherits_it_from_the_latest_probe() -> None:
    turns = (probes("data.clarify"), says(), probes("evals.clarify"), says(), asks(Move.FOLLOW_UP), says())
    assert help_of("evals.set", *turns) is Help.PROBED
    assert help_of("data.source", *turns) is Help.UNPROMPTED


def test_a_follow_up_without_dimension_inherits_it_from_the_latest_hint() -> None:
    turns = (probes("data.clarify"), says(), hint(1, "evals.set"), says(), asks(Move.FOLLOW_UP), says())
    assert help_of("evals.measure", *turns) is Help.PROBED


def test_a_fact_in_between_gives_no_dimension_to_inherit() -> None:
    aside = (asks(Move.FACT, fact="money", dimension="data"), says())
    assert (
        help_of("evals.set", probes("evals.clarify"), says(), *aside, asks(Move.FOLLOW_UP), says()) is Help.PROBED
    )


def test_a_follow_up_before_any_probe_is_about_framing() -> None:
    turns = (asks(Move.OPENING), says(), asks(Move.FOLLOW_UP), says())
    assert help_of("framing.goal", *turns) is Help.PROBED
    assert help_of("evals.set", *turns) is Help.UNPROMPTED


def test_a_probe_names_its_dimension_by_itself() -> None:
    assert help_of("evals.gate", asks(Move.PROBE, probe="evals.failure"), says()) is Help.EXPOSED


def test_help_comes_from_the_question_answered_even_in_a_second_turn_in_a_row() -> None:
    assert help_of("evals.set", probes("evals.clarify"), says(), says("And one more thing.")) is Help.PROBED


def test_what_is_said_before_any_question_is_unprompted() -> None:
    assert help_of("evals.set", says()) is Help.UNPROMPTED


def test_without_moves_a_question_about_the_same_dimension_makes_it_probed() -> None:
    question = asks(None, "So how do you know that it works?")
    assert help_of("evals.set", question, says()) is Help.PROBED
    assert help_of("data.source", question, says()) is Help.UNPROMPTED


def test_without_moves_only_the_question_just_before_counts() -> None:
    turns = (asks(None, "How do you know it works?"), says(), asks(None, "Okay. Go on."), says())
    assert help_of("evals.set", *turns) is Help.UNPROMPTED


def test_without_moves_a_remark_is_no_question() -> None:
    assert help_of("evals.set", asks(None, "You know how it works."), says()) is Help.UNPROMPTED


def test_an_unknown_turn_is_an_error() -> None:
    with pytest.raises(KeyError, match="C9"):
        help_of("evals.set", probes("evals.clarify"), says(), at="C9")


def test_a_dimension_is_opened_by_the_first_question_about_it_and_the_turn_that_answers() -> None:
    said = transcript(probes("data.clarify"), says(), probes("evals.clarify"), says(), probes("data.depth"), says())
    assert opened_by_interviewer(tiny(), said) == {"data": "C1", "evals": "C2"}


def test_a_question_nobody_answered_opens_nothing() -> None:
    said = transcript(probes("data.clarify"), says(), probes("evals.clarify"))
    assert opened_by_interviewer(tiny(), said) == {"data": "C1"}


def test_a_hint_opens_its_dimension_and_a_fact_or_curveball_none() -> None:
    said = transcript(
        asks(Move.FACT, fact="money"),
        says(),
        asks(Move.CURVEBALL, curveball="flood"),
        says(),
        hint(1, "evals.set"),
        says(),
    )
    assert opened_by_interviewer(tiny(), said) == {"evals": "C3"}


def test_without_moves_a_question_that_shares_a_word_with_a_probe_is_not_that_probe() -> None:
    said = transcript(asks(None, "Would you like to see how works of the old painters were kept dry?"), says())
    assert opened_by_interviewer(tiny(), said) == {}


def test_without_moves_a_recognisable_question_opens_its_dimension() -> None:
    said = transcript(asks(None, "Who may see a loan, then?"), says(), asks(None, "Nice weather?"), says())
    assert opened_by_interviewer(tiny(), said) == {"safety": "C1"}


def test_over_the_golden_set_the_rule_gives_334_of_the_359_first_rater_labels() -> None:
    files, labelled, alike = Files(), 0, 0
    for path in sorted(GOLDEN.glob("*/p?.labels.yaml")):
        labels = files.load(path, Labels).value
        said = files.load(path.with_name(path.name.replace(".labels", "")), Transcript).value
        assert labels is not None
        assert said is not None
        for criterion, found in labels.verdicts.items():
            if found.help and found.turn:
                labelled += 1
                alike += help_at(shipped(said.scenario), said, criterion, found.turn) is found.help
    assert (alike, labelled) == (334, 359)
