"""The interviewer's ledger: what has been asked, told, hinted and found so far."""

from __future__ import annotations

import pytest

from coach.domain.finding.coverage import Coverage
from coach.domain.interview.ledger import Ledger
from coach.domain.round import Situation, Step
from coach.domain.scenario import Outcome
from coach.domain.transcript import Move
from tests.builders import ask_for, begun, played, seen, shipped, tiny

OPENING = Step(move=Move.OPENING, situation=Situation.GREETING)
SILENCE = Step(move=Move.FALLBACK, situation=Situation.FIRST_SILENCE)


def test_the_talk_begins_with_the_first_dimension_and_stays_where_it_was_last_asked() -> None:
    assert seen(begun(tiny()), 0).dimension == "framing"
    fact = Step(move=Move.FACT, fact="money")
    assert seen(played(tiny(), ask_for("evals.clarify"), "A set.", fact, "Fine."), 0).dimension == "evals"
    hint = Step(move=Move.HINT, dimension="data", hint=1)
    assert seen(played(tiny(), ask_for("evals.clarify"), "Hm.", hint), 0).dimension == "data"


def test_a_dimension_is_opened_by_a_question_or_by_two_core_points_the_candidate_earned() -> None:
    round_ = played(tiny(), OPENING, "Hello.", ask_for("data.clarify"), "From the desk.")
    assert seen(round_, 200).opened == {"data"}
    assert seen(round_, 200, found=["evals.set", "evals.kappa"]).opened == {"data"}
    assert seen(round_, 200, found=["evals.set", "evals.gate"]).opened == {"data", "evals"}
    assert seen(round_, 200, found=["evals.set", "evals.gate"]).unopened == ("framing", "safety")


def test_what_the_candidate_opened_has_still_not_been_asked() -> None:
    ledger = seen(played(tiny(), ask_for("data.clarify"), "So."), 100, found=["evals.set", "evals.gate"])
    assert ledger.unasked == ("framing", "evals", "safety")


def test_follow_ups_and_hints_count_as_questions_and_facts_do_not() -> None:
    follow = Step(move=Move.FOLLOW_UP, dimension="data", situation=Situation.TOO_THIN)
    hint = Step(move=Move.HINT, dimension="data", hint=1)
    fact = Step(move=Move.FACT, fact="money")
    ledger = seen(played(tiny(), ask_for("data.clarify"), "A.", follow, "B.", fact, "C.", hint, "D."), 400)
    assert (ledger.questions_in("data"), ledger.questions_in("evals")) == (3, 0)
    assert (ledger.hints, ledger.hints_in("data"), ledger.hints_in("evals")) == (1, 1, 0)


def test_situations_are_counted_in_the_round_and_in_a_dimension() -> None:
    stuck = Step(move=Move.FOLLOW_UP, dimension="data", situation=Situation.DONT_KNOW)
    ledger = seen(played(tiny(), ask_for("data.clarify"), "Hm.", stuck, "Hm."), 200)
    assert ledger.times(Situation.DONT_KNOW) == ledger.times(Situation.DONT_KNOW, "data") == 1
    assert ledger.times(Situation.DONT_KNOW, "evals") == 0


def test_silences_are_counted_since_the_last_thing_to_answer() -> None:
    assert seen(played(tiny(), ask_for("data.clarify")), 60).silences == 0
    assert seen(played(tiny(), ask_for("data.clarify"), SILENCE, SILENCE), 60).silences == 2
    assert seen(played(tiny(), ask_for("data.clarify"), SILENCE, "Well."), 60).silences == 0
    assert seen(played(tiny(), SILENCE, ask_for("data.clarify")), 60).silences == 0


def test_two_turns_that_brought_nothing_are_stale_and_one_is_not() -> None:
    round_ = begun(tiny())
    assert seen(round_, 0, gains=(0, 0)).is_stale
    assert not seen(round_, 0, gains=(0,)).is_stale
    assert not seen(round_, 0, gains=(1, 0)).is_stale
    assert seen(round_, 0, gains=(0, 1)).gained
    assert not seen(round_, 0, gains=(1, 0)).gained


def test_a_dimension_is_saturated_with_all_core_and_one_advanced() -> None:
    round_ = begun(tiny())
    core = ["data.source", "data.returns"]
    assert not seen(round_, 0, found=core).is_saturated("data")
    assert not seen(round_, 0, found=["data.source", "data.size"]).is_saturated("data")
    assert seen(round_, 0, found=[*core, "data.size"]).is_saturated("data")
    assert seen(round_, 0, found=["data.source"]).unmet_core("data") == ["data.returns"]


def test_an_open_chance_is_the_clarify_rung_or_a_point_earned() -> None:
    assert not seen(played(tiny(), ask_for("data.depth"), "A."), 60).had_open_chance("data")
    assert seen(played(tiny(), ask_for("data.clarify"), "A."), 60).had_open_chance("data")
    assert seen(begun(tiny()), 60, found=["data.size"]).had_open_chance("data")


def test_a_probe_is_answered_when_all_it_exposes_is_met() -> None:
    assert not seen(begun(tiny()), 0).is_answered("evals.failure")
    assert seen(begun(tiny()), 0, found=["evals.gate"]).is_answered("evals.failure")
    assert seen(begun(tiny()), 0).exposes("evals.failure") == ("evals.gate",)


def test_a_probe_whose_points_are_found_in_part_is_answered_unless_it_is_wanted_in_full() -> None:
    half = Coverage(found={"evals.gate": Outcome.PARTIAL}, touched=frozenset({"evals"}))
    ledger = Ledger(round=begun(tiny()), coverage=half, at=0)
    assert ledger.is_answered("evals.failure")
    assert not ledger.is_answered("evals.failure", in_full=True)


def test_an_opening_question_is_answered_once_the_candidate_has_opened_the_dimension() -> None:
    assert seen(begun(tiny()), 0, found=["evals.set", "evals.measure"]).is_answered("evals.clarify")
    assert not seen(begun(tiny()), 0, found=["evals.set"]).is_answered("evals.clarify")
    assert not seen(begun(tiny()), 0, found=["evals.set", "evals.measure"]).is_answered("evals.depth")


def test_an_exchange_takes_what_it_took_so_far_and_at_least_twenty_seconds() -> None:
    assert seen(begun(tiny()), 0).seconds_an_exchange == 45.0
    assert seen(played(tiny(), "A.", "B."), 120).seconds_an_exchange == 60.0
    assert seen(played(tiny(), "A.", "B."), 4).seconds_an_exchange == 20.0


def test_the_share_is_of_the_minutes_set() -> None:
    assert seen(begun(tiny(), minutes=20), 600).share == 0.5


def test_weight_is_the_roles_times_the_scenarios_emphasis() -> None:
    ledger = seen(begun(shipped("internal-copilot")), 0)
    assert ledger.weight("safety") == pytest.approx(12 * 1.3)
    assert ledger.weight("evals") == pytest.approx(18)


def test_the_last_thing_said_is_what_is_heard() -> None:
    ledger = seen(played(tiny(), "What is the budget?"), 60)
    assert ledger.last_said is not None
    assert ledger.heard.facts == ("money",)
    assert seen(begun(tiny()), 0).heard.words == 0
