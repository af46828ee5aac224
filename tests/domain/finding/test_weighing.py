"""What was found becomes a verdict only where the rules can tell."""

from __future__ import annotations

import pytest

from coach.domain.finding.finder import search
from coach.domain.finding.weighing import Weighed, weigh
from coach.domain.scenario import Criterion, Estimate, Outcome
from tests.golden_rounds import conversation

GATE = Criterion(
    core="gate",
    text="Sets numeric thresholds and makes them block a release.",
    hear="Recall at ten above point nine or the change doesn't ship.",
    signals=(("gate", "block", "ship"), ("recall",)),
)
COST = Criterion(
    core="cost",
    text="Lands between one and four and a half cents a question.",
    signals=(("cent",), ("tokens",)),
)
ESTIMATE = Estimate(id="cost", ask="One?", working="1", answer=0.021, unit="USD", accept=(0.01, 0.045))
OWNED = Criterion(
    core="owned",
    text="Names an owner for the orchard and its surplus kumquats with a harvest calendar.",
    signals=(("owner",), ("quarterly",)),
)
PLAIN = Criterion(advanced="owner", text="Names an orchard for surplus kumquats with a harvest calendar.")


def weighed(
    criterion: Criterion, said: str, *, wary: bool = False, estimates: tuple[Estimate, ...] = ()
) -> Weighed:
    transcript = conversation("What stops you?", said)
    trace = search({"evals.it": criterion}, transcript).get("evals.it")
    return weigh(criterion, trace, estimates, answered=True, wary=wary)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Recall is the gate.", Outcome.MET),
        ("Maybe we could gate on recall one day.", Outcome.MISSED),
        ("We'd ship on recall.", Outcome.MET),
        ("We won't gate on recall.", Outcome.MISSED),
        ("Some teams gate on recall.", Outcome.MISSED),
        ("The gate is shut at night.", Outcome.UNJUDGED),
        ("We look at it.", Outcome.UNJUDGED),
    ],
)
def test_signals_decide_by_what_is_held(said: str, outcome: Outcome) -> None:
    assert weighed(GATE, said).outcome is outcome


def test_a_part_of_the_signals_counts_only_in_fitting_words() -> None:
    assert (
        weighed(
            OWNED,
            "The orchard gets an owner, surplus kumquats follow a calendar, pinned up for pickers before harvest.",
        ).outcome
        is Outcome.MET
    )
    assert weighed(OWNED, "An owner, I think.").outcome is Outcome.UNJUDGED


def test_terms_only_named_in_a_list_are_left_open() -> None:
    listed = (
        "We'd have recall, gates, golden sets, human judges, canary users, drift alarms, cost caps, good traces."
    )
    assert weighed(GATE, listed).outcome is Outcome.UNJUDGED


def test_a_speaker_who_often_reports_others_earns_partial_at_most_by_signals() -> None:
    assert weighed(GATE, "Recall is the gate.", wary=True).outcome is Outcome.PARTIAL
    assert weighed(GATE, "Recall is good. Some teams ship by it.", wary=True).outcome is Outcome.MISSED


def test_a_match_beside_its_own_rejection_is_not_met() -> None:
    said = "Recall would be the gate. We don't block on recall, though."
    assert weighed(GATE, said).outcome is not Outcome.MET


def test_rejections_elsewhere_count_against_a_speaker_who_reports_more_than_decides() -> None:
    far = "Recall is the gate. One. Two. Three. Four. Five. Some teams block."
    assert weighed(GATE, far).outcome is Outcome.MET
    assert weighed(GATE, far, wary=True).outcome is Outcome.PARTIAL


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Five thousand tokens in, so about two cents.", Outcome.MET),
        ("Ten thousand tokens in, a third of a cent.", Outcome.MISSED),
        ("Tokens cost cents.", Outcome.UNJUDGED),
    ],
)
def test_a_calculation_is_judged_by_its_result(said: str, outcome: Outcome) -> None:
    assert weighed(COST, said, estimates=(ESTIMATE,)).outcome is outcome


def test_words_of_the_text_locate_but_never_award() -> None:
    said = "In that far orchard somebody keeps a calendar, and each kumquat is watched until the harvest moon."
    assert weighed(PLAIN, said).outcome is Outcome.UNJUDGED


def test_an_advanced_point_is_missed_where_none_of_its_words_come_near() -> None:
    assert weighed(PLAIN, "We look at dashboards every morning.").outcome is Outcome.MISSED


def test_a_core_point_is_never_missed_by_silence_alone() -> None:
    core = PLAIN.model_copy(update={"advanced": None, "core": "owner"})
    assert weighed(core, "We look at dashboards every morning.").outcome is Outcome.UNJUDGED


def test_an_advanced_point_is_left_open_where_nobody_asked() -> None:
    assert weigh(PLAIN, None, (), answered=False, wary=False).outcome is Outcome.UNJUDGED
