"""Which question comes next."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.interview.asking import ask
from coach.domain.interview.ledger import Ledger
from coach.domain.interview.timebox import CURVEBALL, box
from coach.domain.round import Situation, Step
from coach.domain.transcript import Move
from tests.builders import ask_for, played, seen, tiny

OPENING = Step(move=Move.OPENING, situation=Situation.GREETING)
FACT = Step(move=Move.FACT, fact="money")
ANSWER = "It would be written in the book at the desk, since everyone passes there twice a day."
DECISION = "I'd keep one card for each reader."
ALL_ASKED = [f"{d}.{r}" for d, rungs in tiny().scenario.probes.items() for r in rungs]


def ledger(
    *probes: str,
    at: float = 120.0,
    found: tuple[str, ...] = (),
    gains: tuple[int, ...] = (1,),
    answer: str = ANSWER,
    **setup: Any,
) -> Ledger:
    """The opening, facts told up to about an exchange a minute, and these ladder questions, each answered."""
    facts = max(0, round(at / 60) - len(probes) - 1)
    said: list[Step | str] = [OPENING, answer]
    said += [item for _ in range(facts) for item in (FACT, answer)]
    said += [item for probe in probes for item in (ask_for(probe), answer)]
    every = at / len(said)
    return seen(played(tiny(), *said, every=every, **setup), at, found, gains)


def probe_after(*probes: str, **kwargs: Any) -> str | None:
    return ask(ledger(*probes, **kwargs)).probe


def test_the_first_question_opens_the_first_dimension() -> None:
    assert probe_after() == "framing.clarify"


def test_the_ladder_climbs_one_rung_at_a_time() -> None:
    assert probe_after("evals.clarify", at=1_250) == "evals.depth"
    assert probe_after("evals.clarify", "evals.depth", at=1_300) == "evals.tradeoff"
    assert probe_after("evals.clarify", "evals.depth", "evals.tradeoff", at=1_400) == "evals.failure"


def test_the_ladder_starts_above_what_the_candidate_has_opened() -> None:
    assert probe_after(found=("framing.goal", "framing.readers")) == "framing.depth"


def test_a_probe_whose_points_are_all_met_is_not_asked() -> None:
    asked = ("framing.clarify", "framing.depth", "data.clarify", "data.depth")
    assert probe_after(*asked, at=600) == "data.failure"
    assert probe_after(*asked, at=600, found=("data.returns",)) == "evals.clarify"


def test_no_probe_is_asked_twice() -> None:
    assert probe_after("framing.clarify", "framing.depth", at=300) == "data.clarify"


def test_an_exposing_probe_waits_for_an_open_chance() -> None:
    hint = Step(move=Move.HINT, dimension="safety", hint=1)
    round_ = played(tiny(), OPENING, ANSWER, hint, ANSWER)
    assert ask(seen(round_, 1_950, gains=(1,))).probe != "safety.failure"
    everything_else = [p for p in ALL_ASKED if not p.startswith("safety.")]
    assert probe_after(*everything_else, at=1_000) == "safety.clarify"
    assert probe_after(*everything_else, "safety.clarify", at=1_100) == "safety.failure"


def test_a_failure_rung_waits_for_an_open_chance_even_where_it_exposes_nothing() -> None:
    blank = tiny().model_copy(update={"scenario": tiny().scenario.model_copy(update={"exposes": {}})})
    asked: list[Step | str] = [OPENING, ANSWER, Step(move=Move.FOLLOW_UP, dimension="data"), ANSWER]
    assert ask(seen(played(blank, *asked), 600, gains=(1,))).probe == "data.clarify"


def test_a_saturated_dimension_is_left() -> None:
    found = ("framing.goal", "framing.readers", "framing.scope")
    assert probe_after("framing.clarify", at=200, found=found) == "data.clarify"
    assert probe_after("framing.clarify", at=200, found=found[:2]) == "framing.depth"


def test_two_turns_that_brought_nothing_are_enough() -> None:
    asked = ("data.clarify", "data.depth")
    assert probe_after(*asked, at=700, gains=(0, 0), found=("data.source",)) == "framing.clarify"
    assert probe_after(*asked, at=700, gains=(0, 1), found=("data.source",)) == "data.failure"


def test_three_follow_ups_are_enough_on_one_thread() -> None:
    more = Step(move=Move.FOLLOW_UP, dimension="evals", situation=Situation.TOO_THIN)
    said: list[Step | str] = [ask_for("evals.clarify"), ANSWER, more, ANSWER, ask_for("evals.depth"), ANSWER]
    before: list[Step | str] = [item for _ in range(20) for item in (FACT, ANSWER)]
    assert ask(seen(played(tiny(), *before, *said), 1_300, gains=(1,))).probe == "evals.tradeoff"
    assert ask(seen(played(tiny(), *before, *said, more, ANSWER), 1_300, gains=(1,))).dimension != "evals"


def test_a_box_that_is_over_by_a_minute_is_left() -> None:
    end = box("framing", tiny().probed_dimensions).end * 2_700
    assert probe_after("framing.clarify", at=end + 50) == "framing.depth"
    assert probe_after("framing.clarify", at=end + 61) != "framing.depth"


def test_a_box_that_is_over_is_not_left_while_nothing_else_waits() -> None:
    asked = ("framing.clarify", "data.clarify", "safety.clarify", "evals.clarify")
    assert probe_after(*asked, at=1_700) == "evals.depth"


def test_with_little_time_left_dimensions_still_unopened_come_first() -> None:
    assert probe_after("framing.clarify", "data.clarify", "evals.clarify", at=1_900) == "safety.clarify"


def test_evals_is_opened_before_its_last_call_whatever_else_is_open() -> None:
    said: list[Step | str] = [OPENING, ANSWER]
    said += [item for _ in range(9) for item in (FACT, ANSWER)]
    assert ask(seen(played(tiny(), *said), 600, gains=(1,))).dimension == "framing"
    late = ask(seen(played(tiny(), *said, ask_for("framing.clarify"), ANSWER), 1_250, gains=(1,)))
    assert late.probe == "evals.clarify"


def test_of_overdue_dimensions_the_one_with_most_weight_and_unmet_core_comes_first() -> None:
    def next_in(**more: Any) -> str | None:
        rambled = ("framing.clarify", "framing.depth", "evals.clarify")
        return ask(ledger(*rambled, at=2_140, gains=(0, 0), **more)).dimension

    assert next_in() == "data"
    assert next_in(found=("data.source",)) == "safety"
    assert next_in(found=("data.source",), role="applied") == "data"


def test_a_hint_before_any_question_leaves_the_opening_question_to_be_asked() -> None:
    hint = Step(move=Move.HINT, dimension="framing", hint=1, criteria=("framing.goal",))
    assert ask(seen(played(tiny(), OPENING, ANSWER, hint, ANSWER), 120, gains=(0,))).probe == "framing.clarify"


def test_the_ladder_is_not_climbed_down() -> None:
    assert probe_after("evals.depth", at=1_250) == "evals.tradeoff"


def test_when_all_are_opened_it_goes_back_to_where_most_is_to_be_learnt() -> None:
    asked = ("framing.clarify", "framing.depth", "data.clarify", "evals.clarify", "safety.clarify")
    step = ask(ledger(*asked, at=1_200, gains=(0, 0), found=("safety.access", "safety.audit")))
    assert step.dimension == "evals"


def test_two_threads_are_taken_to_failure_before_time_is_up() -> None:
    asked = ("framing.clarify", "data.clarify", "evals.clarify", "safety.clarify")
    probes = [asked, (*asked, "data.failure"), (*asked, "data.failure", "evals.failure")]
    rungs = [(probe_after(*so_far, at=2_000, gains=(0, 0)) or "").split(".")[1] for so_far in probes]
    assert rungs[:2] == ["failure", "failure"]
    assert rungs[2] != "failure"


def test_every_third_question_asks_what_a_decision_costs_in_the_candidates_words() -> None:
    step = ask(ledger("evals.clarify", "evals.depth", at=1_300, answer=DECISION))
    assert (step.move, step.situation, step.dimension) == (Move.FOLLOW_UP, Situation.PUSHBACK, "evals")
    assert step.said == "I'd keep one card for each reader"
    assert probe_after("evals.clarify", at=1_300, answer=DECISION) == "evals.depth"


@pytest.mark.parametrize(("style", "questions"), [("supportive", 3), ("neutral", 2), ("challenging", 1)])
def test_how_often_a_decision_is_pushed_depends_on_the_style(style: str, questions: int) -> None:
    rungs = ("evals.clarify", "evals.depth", "evals.tradeoff")
    for n in range(1, 4):
        step = ask(ledger(*rungs[:n], at=1_300, answer=DECISION, style=style))
        assert (step.situation is Situation.PUSHBACK) == ((n + 1) % (questions + 1) == 0)


def test_a_thread_owed_to_failure_goes_before_a_pushback() -> None:
    asked = ("framing.clarify", "data.clarify", "safety.clarify", "evals.clarify", "evals.depth")
    assert probe_after(*asked, at=2_240, answer=DECISION) == "evals.failure"
    pushed = ask(ledger(*asked, "data.failure", "safety.failure", at=2_240, answer=DECISION, style="challenging"))
    assert pushed.situation is Situation.PUSHBACK


def test_the_same_decision_is_not_pushed_twice() -> None:
    pushed = ask(ledger("evals.clarify", "evals.depth", at=1_300, answer=DECISION))
    facts = [item for _ in range(18) for item in (FACT, DECISION)]
    more = [item for p in ("data.clarify", "evals.clarify") for item in (ask_for(p), DECISION)]
    first, again = [OPENING, DECISION, *facts], [pushed, DECISION, *facts[:2]]
    assert ask(seen(played(tiny(), *first, *more), 1_300, gains=(1,))).situation is Situation.PUSHBACK
    five = [*more, *again, ask_for("safety.clarify"), DECISION, ask_for("evals.depth"), DECISION]
    assert ask(seen(played(tiny(), *first, *five), 1_400, gains=(1,))).situation is not Situation.PUSHBACK


def test_a_curveball_comes_in_its_box_once_all_are_opened() -> None:
    opened = ("framing.clarify", "data.clarify", "evals.clarify", "safety.clarify")
    assert ask(ledger(*opened, at=CURVEBALL.start * 2_700 - 1)).move is not Move.CURVEBALL
    assert ask(ledger(*opened, at=CURVEBALL.start * 2_700)).move is Move.CURVEBALL


@pytest.mark.parametrize(("style", "most"), [("supportive", 1), ("neutral", 1), ("challenging", 2)])
def test_a_style_has_so_many_curveballs_each_another_one(style: str, most: int) -> None:
    said = [item for step in (OPENING, *[ask_for(p) for p in ALL_ASKED]) for item in (step, ANSWER)]
    thrown: list[str | None] = []
    for _ in range(3):
        step = ask(seen(played(tiny(), *said, style=style), 2_400, gains=(1,)))
        if step.move is Move.CURVEBALL:
            thrown.append(step.curveball)
        said += [step, ANSWER]
    assert len(thrown) == len(set(thrown)) == most


def test_a_thread_owed_to_failure_goes_before_a_second_curveball() -> None:
    asked = [ask_for(p) for p in ("framing.clarify", "data.clarify", "evals.clarify", "safety.clarify")]
    thrown = Step(move=Move.CURVEBALL, curveball="flood")
    said = [item for step in (OPENING, *[FACT] * 35, *asked, thrown) for item in (step, ANSWER)]
    step = ask(seen(played(tiny(), *said, style="challenging"), 2_450, gains=(1,)))
    assert (step.probe or "").endswith(".failure")
    enough = [item for p in ("data.failure", "evals.failure") for item in (ask_for(p), ANSWER)]
    step = ask(seen(played(tiny(), *said, *enough, style="challenging"), 2_450, gains=(1,)))
    assert step.move is Move.CURVEBALL


def test_the_seed_decides_which_curveball_comes() -> None:
    at = CURVEBALL.start * 2_700 + 1
    thrown = [ask(ledger(*ALL_ASKED, at=at, seed=seed)).curveball for seed in range(6)]
    assert thrown == ["flood", "merger", "strike"] * 2


def test_without_a_seed_the_rounds_id_decides() -> None:
    at = CURVEBALL.start * 2_700 + 1
    balls = {ask(ledger(*ALL_ASKED, at=at, id_=f"round-{n}")).curveball for n in range(20)}
    assert len(balls) == 3
    assert len({ask(ledger(*ALL_ASKED, at=at, id_="round-1")).curveball for _ in range(3)}) == 1


def test_a_candidate_who_has_answered_everything_gets_the_curveball_early() -> None:
    assert ask(ledger(*ALL_ASKED, at=1_200)).move is Move.CURVEBALL


def test_when_nothing_is_left_to_ask_the_round_closes() -> None:
    said: list[Step | str] = [OPENING, ANSWER]
    said += [item for p in ALL_ASKED for item in (ask_for(p), ANSWER)]
    said += [item for b in ("flood", "merger") for item in (Step(move=Move.CURVEBALL, curveball=b), ANSWER)]
    step = ask(seen(played(tiny(), *said, every=40), 2_000, gains=(1,)))
    assert (step.move, step.situation) == (Move.CLOSE, Situation.SUMMARY)


def test_a_preface_goes_before_the_question_and_elsewhere_leaves_the_dimension() -> None:
    here = ledger("framing.clarify", at=200)
    assert ask(here, Situation.SKIPS, elsewhere=True).situation is Situation.SKIPS
    assert ask(here, elsewhere=True).dimension != "framing"
    assert ask(here).dimension == "framing"


# The 12-minute baseline


def test_in_a_baseline_each_dimension_gets_its_clarify_probe_and_at_most_one_more_question() -> None:
    assert probe_after("framing.clarify", at=60, gains=(0,), minutes=12) == "framing.depth"
    assert probe_after("framing.clarify", "framing.depth", at=90, gains=(0,), minutes=12) == "data.clarify"
    assert probe_after("framing.clarify", at=60, gains=(1,), minutes=12) == "data.clarify"


def test_a_baseline_has_no_curveball_and_no_pushback() -> None:
    for at in (300, CURVEBALL.start * 720 + 1):
        step = ask(ledger(*ALL_ASKED, at=at, minutes=12, style="challenging", answer=DECISION))
        assert (step.move, step.situation) == (Move.CLOSE, Situation.SUMMARY)


def test_a_baseline_that_is_behind_asks_no_second_question() -> None:
    assert probe_after("framing.clarify", at=300, gains=(0,), minutes=12) == "evals.clarify"
