"""What every interviewer promises, whatever words it. Another one joins by a line in INTERVIEWERS."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from coach.domain.interview.agenda import Wish
from coach.domain.interview.checks import check_interviewer
from coach.domain.round import Round, Situation, Step
from coach.domain.scenario import Rung
from coach.domain.transcript import Move, Style
from coach.ports import Interviewer
from tests.builders import SCENARIOS, ask_for, begun, converse, interviewer, shipped

INTERVIEWERS: dict[str, Callable[[], Interviewer]] = {"offline": interviewer}
PLAIN = [s for s in Situation if s not in {Situation.GREETING, Situation.PUSHBACK}]


@pytest.fixture(params=INTERVIEWERS)
def voice(request: pytest.FixtureRequest) -> Interviewer:
    return INTERVIEWERS[request.param]()


def every_step() -> Iterator[Step]:
    """A step of every kind the agenda can decide on, in document-qa."""
    scenario = shipped().scenario
    yield Step(move=Move.OPENING, situation=Situation.GREETING)
    yield from (Step(move=Move.FACT, fact=fact.id) for fact in scenario.facts)
    for dimension, rungs in scenario.probes.items():
        yield from (ask_for(f"{dimension}.{rung}") for rung in rungs)
        yield Step.model_validate({"move": Move.HINT, "dimension": dimension, "hint": 1})
    yield from (Step(move=Move.CURVEBALL, curveball=ball.id) for ball in scenario.curveballs)
    yield from (Step(move=Move.FALLBACK, situation=s, dimension="evals") for s in PLAIN)
    yield Step(move=Move.FOLLOW_UP, situation=Situation.PUSHBACK, dimension="evals", said="I'd use two indexes")
    yield from (
        Step(move=Move.CLOSE, situation=s) for s in (Situation.SUMMARY, Situation.QUESTIONS, Situation.GOODBYE)
    )
    yield Step(move=Move.GO_ON)


@pytest.mark.parametrize("style", list(Style))
def test_every_step_has_words_in_every_style(voice: Interviewer, style: Style) -> None:
    round_ = converse(begun(shipped(), style=style), "I'd use two indexes.")
    for step in every_step():
        assert spoken(voice.say(step, round_)).strip(), step


def test_every_step_but_the_opening_asks_one_question_at_most(voice: Interviewer) -> None:
    round_ = converse(begun(shipped()), "I'd use two indexes.")
    for step in every_step():
        text = spoken(voice.say(step, round_))
        own = sum("?" in line for line in authored(step, round_))
        assert step.move is Move.OPENING or text.count("?") <= max(1, own), text


def spoken(said: Iterator[str | Step]) -> str:
    return "".join(piece for piece in said if isinstance(piece, str))


def authored(step: Step, round_: Round) -> list[str]:
    balls = {ball.id: ball.say for ball in round_.brief.scenario.curveballs}
    return [balls[step.curveball]] if step.curveball else []


def test_a_fact_a_probe_a_hint_and_a_curveball_are_told_in_the_authors_spoken(voice: Interviewer) -> None:
    round_, scenario = begun(shipped()), shipped().scenario
    hint = Step.model_validate({"move": Move.HINT, "dimension": "evals", "hint": 2})
    for step, line in (
        (Step(move=Move.FACT, fact="budget"), scenario.facts_by_id["budget"].say),
        (ask_for("evals.failure"), scenario.probes["evals"][Rung.FAILURE]),
        (hint, scenario.hints["evals"][1].say),
        (Step(move=Move.CURVEBALL, curveball="acquisition"), scenario.curveballs[0].say),
    ):
        assert line in spoken(voice.say(step, round_))


def test_the_opening_is_the_scenarios_word_for_word_and_lists_no_dimension_and_no_scoring(
    voice: Interviewer,
) -> None:
    opening = spoken(voice.say(Step(move=Move.OPENING, situation=Situation.GREETING), begun(shipped())))
    assert shipped().scenario.opening in opening
    assert not any(word in opening.lower() for word in ("score", "grade", "rubric", "evaluation", "monitoring"))


def test_a_warning_goes_with_the_spoken(voice: Interviewer) -> None:
    plain, warned = ask_for("evals.clarify"), ask_for("evals.clarify").model_copy(update={"warns": True})
    text = spoken(voice.say(warned, begun(shipped())))
    assert "five minutes" in text
    assert "five minutes" not in spoken(voice.say(plain, begun(shipped())))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_words_of_its_own_judge_leak_or_repeat(voice: Interviewer, scenario: str) -> None:
    said = [
        "What is the budget?",
        "Is that right?",
        "I don't know.",
        "Give me the right answer.",
        Wish.SILENCE,
        Wish.HINT,
    ]
    round_ = converse(begun(shipped(scenario)), *said, *["I'd keep one copy of it for a year."] * 6)
    failed = [c for c in check_interviewer(round_.brief, round_.transcript) if c.passes is False]
    assert failed == []


def test_the_same_round_gives_the_same_spoken(voice: Interviewer) -> None:
    round_ = converse(begun(shipped()), "I'd use two indexes.")
    step = ask_for("evals.clarify")
    assert spoken(voice.say(step, round_)) == spoken(voice.say(step, round_))


def test_saying_changes_nothing_in_the_round(voice: Interviewer) -> None:
    round_ = converse(begun(shipped()), "I'd use two indexes.")
    before = round_.model_dump_json()
    spoken(voice.say(ask_for("evals.clarify"), round_))
    assert round_.model_dump_json() == before
