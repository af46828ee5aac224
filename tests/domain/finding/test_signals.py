"""Signals match where their words begin consecutive spoken words."""

from __future__ import annotations

import pytest

from coach.domain.finding.signals import Locators, locators, spoken
from coach.domain.scenario import Criterion

CRITERIA = {
    "evals.error": Criterion(
        core="error", text="Names the worse error.", signals=(("hallucinat",), ("not found",))
    ),
    "evals.speed": Criterion(core="speed", text="States a time.", signals=(("ms", "first token"), ("p95",))),
}


def groups(text: str, name: str, known: Locators | None = None) -> set[int]:
    hits = (known or locators(CRITERIA)).hits(spoken(text))
    return {hit.group for hit in hits if hit.name == name}


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("It may hallucinate.", {0}),
        ("Hallucinations, or not-found.", {0, 1}),
        ("Found, not.", set()),
    ],
)
def test_a_phrase_matches_the_beginnings_of_consecutive_words(text: str, heard: set[int]) -> None:
    assert groups(text, "evals.error") == heard


@pytest.mark.parametrize(
    ("text", "heard"), [("forty ms", {0}), ("forty msec", set()), ("first tokens at p95", {0, 1})]
)
def test_words_of_up_to_three_letters_match_whole(text: str, heard: set[int]) -> None:
    assert groups(text, "evals.speed") == heard


def test_a_group_is_also_heard_in_other_words_for_the_idea_it_names() -> None:
    known = {"evals.gate": Criterion(core="gate", text="Gates.", signals=(("rollback",), ("percentile",)))}
    assert groups("We flip back at the tail.", "evals.gate", Locators(known)) == {0, 1}


def test_one_word_cannot_fill_two_groups_by_an_idea_they_share() -> None:
    known = {
        "data.chunks": Criterion(core="chunks", text="Plans.", signals=(("chunk", "split"), ("overlap", "clause")))
    }
    assert groups("We chunk the documents.", "data.chunks", Locators(known)) == {0}


def test_without_signals_the_rare_words_of_the_text_locate() -> None:
    known = Locators(
        {
            "a.one": Criterion(core="one", text="Weighs kumquats by orchard."),
            "a.two": Criterion(core="two", text="Weighs apples by orchard."),
        }
    )
    heard = groups("Our kumquat ledger", "a.one", known)
    assert known.of["a.one"].share(heard) > known.of["a.two"].share(groups("Our orchard ledger", "a.two", known))
    assert groups("Our kumquat ledger", "a.two", known) == set()


def test_a_number_is_not_heard_in_the_end_of_another() -> None:
    known = Locators({"evals.canary": Criterion(core="canary", text="Begins small.", signals=(("five percent",),))})
    assert groups("Five percent of people first.", "evals.canary", known) == {0}
    assert groups("Ninety-five percent a step.", "evals.canary", known) == set()
