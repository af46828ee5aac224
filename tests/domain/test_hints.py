"""Words a recogniser should expect: the round's own, the unusual ones first, never too many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.hints import LONGEST, hints
from coach.domain.transcript import Move
from tests.builders import SCENARIOS, asks, says, shipped, tiny, transcript

ASKED = transcript(
    asks(Move.OPENING, "Where would you start?"), says("With the goal."), asks(Move.PROBE, "Why there?")
)
TRADE = {"RAG", "BM25", "HNSW", "embedding", "reranker", "kappa", "p95"}


def _terms(text: str) -> list[str]:
    return text.removesuffix(". Why there?").split(", ")


@pytest.mark.parametrize(
    ("scenario", "expected"),
    [
        ("content-moderation", {"OCR", "GPU", "DSA", "precision", "prevalence", "perceptual hash", "reviewers"}),
        ("document-qa", {"OCR", "PDF", "GDPR", "BM25", "golden set", "citation", "prompt injection", "passages"}),
        ("internal-copilot", {"HR", "SQL", "ACL", "tool call", "idempotent", "allow-list", "ticket"}),
        ("recommendation", {"NDCG", "AUC", "two-tower", "cold start", "position bias", "sellers", "listing"}),
        ("semantic-search", {"NDCG", "SKU", "int8", "cross-encoder", "reciprocal rank fusion", "interleaving"}),
        ("support-assistant", {"API", "handover", "idempotent", "escalation", "prompt injection", "refund"}),
    ],
)
def test_each_scenario_yields_its_own_terms_and_those_of_the_trade(scenario: str, expected: set[str]) -> None:
    found = set(_terms(hints(shipped(scenario), ASKED)))
    assert expected - found == set()
    assert TRADE - found == set()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_acronyms_come_before_ordinary_words(scenario: str) -> None:
    found = _terms(hints(shipped(scenario), ASKED))
    assert all(any(sign.isupper() or sign.isdigit() for sign in term) for term in found[:3])


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_term_comes_twice_not_even_in_the_plural(scenario: str) -> None:
    found = [term.casefold().rstrip("s") for term in _terms(hints(shipped(scenario), ASKED))]
    assert len(found) == len(set(found))


def test_the_question_that_is_being_answered_comes_last() -> None:
    assert hints(shipped(), ASKED).endswith(". Why there?")
    assert "Where would you start" not in hints(shipped(), ASKED)


def test_before_the_first_question_there_are_only_terms() -> None:
    assert hints(shipped(), transcript()).count(". ") == 0


def test_of_a_long_question_the_end_is_kept_in_whole_words() -> None:
    asked = transcript(asks(Move.PROBE, "unimportant " * 60 + "so what would you measure?"))
    found = hints(shipped(), asked)
    assert found.endswith(" so what would you measure?")
    assert len(found) <= LONGEST
    assert set(found.rpartition(". ")[2].split()[:-5]) == {"unimportant"}


@given(st.integers(60, 1_500))
def test_hints_are_never_longer_than_asked_for_and_cut_no_term(longest: int) -> None:
    brief = tiny()
    found = hints(brief, ASKED, longest)
    assert len(found) <= longest
    assert set(_terms(found)) <= set(_terms(hints(brief, ASKED, 10_000)))


@pytest.mark.parametrize("longest", [0, 1, 5, 20])
def test_a_small_room_is_kept_to(longest: int) -> None:
    assert len(hints(tiny(), ASKED, longest)) <= longest


def test_the_same_round_has_the_same_hints() -> None:
    assert hints(shipped(), ASKED) == hints(shipped(), ASKED)
