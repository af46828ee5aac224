"""Echoes, soup and lists are told from answers."""

from __future__ import annotations

import pytest

from coach.domain.finding.guards import (
    STRUNG,
    calls_by_name,
    echoes,
    is_bare_list,
    is_list_of_terms,
    is_piece_of,
    is_soup,
    reads_out,
    terms_in_runs,
)

SOUP = "golden set, inter-annotator agreement, canary, drift, guardrails, redaction, cost per token, fallback"
BUZZWORDS = (
    "We'd have a golden set, LLM-as-judge, human in the loop, regression tests, A/B tests, recall at k, NDCG, "
    "faithfulness, groundedness, the whole RAG triad, with CI gating and continuous evaluation."
)


def test_terms_strung_together_are_soup() -> None:
    assert is_soup(SOUP)
    assert not is_soup("Fifty from each side, fuse, rerank to eight, and those eight go in the prompt.")


def test_naming_terms_one_after_the_other_is_a_list() -> None:
    assert is_list_of_terms(BUZZWORDS)


@pytest.mark.parametrize(
    "answer",
    [
        "Recall at ten above point nine, unsupported claims under two percent, or the change doesn't ship.",
        "Thirty for permissions, twenty to embed, forty for both searches, a hundred and twenty to rerank.",
        "What was asked, what came back and how it scored, which prompt, which model and index build, the reply.",
    ],
)
def test_an_answer_that_lists_what_it_decides_is_no_list_of_terms(answer: str) -> None:
    assert not is_list_of_terms(answer)


def test_a_fact_said_back_is_an_echo() -> None:
    fact = "They want something on screen inside two seconds and the whole answer inside eight."
    assert echoes("So something on screen in two seconds, the whole answer in eight.", fact)
    assert not echoes("So I'd stream, cap the length at three hundred tokens and show passages first.", fact)


def test_a_criterion_read_out_is_not_an_answer() -> None:
    criterion = "Names a golden set built from real queries with labelled passages, and says how it is refreshed."
    assert reads_out(criterion, criterion)
    assert not reads_out(
        "Three hundred logged queries, experts mark the passage, twenty replaced a month.", criterion
    )


@pytest.mark.parametrize(
    "line",
    [
        "recall@10 >= 0.9 or no release",
        "Users: 6k claims staff, 30k questions a day",
        "chunk on headings, ~400 tokens, parent pointer",
        "scans go through OCR, tables stay as rows",
        "Retriever, top 20, Reranker",
    ],
)
def test_a_line_with_figures_or_grammar_says_something(line: str) -> None:
    assert terms_in_runs([line]) == [0]


@pytest.mark.parametrize(
    "line",
    [
        "golden set",
        "golden set, refreshed monthly",
        "1, golden set, 2, kappa",
        "1. golden set",
        "Step 1: kappa",
        "BM25, p95",
    ],
)
def test_a_line_of_names_alone_says_nothing(line: str) -> None:
    assert terms_in_runs([line])[0] > 0


def test_a_list_with_an_item_a_line_is_one_list() -> None:
    items = ["golden set", "recall at k", "human in the loop", "LLM as judge", "kappa", "canary", "drift"]
    assert terms_in_runs(items) == [len(items)] * len(items)
    assert len(items) >= STRUNG
    assert terms_in_runs(["golden set", "we replace twenty of it every month", "kappa"]) == [1, 0, 1]


def test_a_piece_of_a_criterion_is_recognised_by_its_neighbours() -> None:
    criterion = "Names a golden set built from real queries with labelled passages, and says how it is refreshed."
    head, tail = criterion[:45], criterion[46:]
    assert is_piece_of(head, criterion, [criterion])
    assert is_piece_of(tail, f"{head} {tail}", [criterion])
    assert is_piece_of(f"{criterion} {BUZZWORDS}", criterion, [criterion, BUZZWORDS]) is False
    assert is_piece_of(f"{criterion} {BUZZWORDS}", f"{criterion} {BUZZWORDS}", [criterion, BUZZWORDS])
    assert not is_piece_of("golden set of 300 logged queries, 20 swapped a month", head, [criterion])


@pytest.mark.parametrize(
    "sentence",
    [
        "We have to think of judge, rubric, grade, precision, recall, latency, cost, drift, fallback and so on.",
        "- p95, time to first token, streaming",
    ],
)
def test_a_list_is_a_list_with_words_around_it_and_as_a_bullet(sentence: str) -> None:
    assert is_list_of_terms(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ten to parse, twenty to embed, thirty for both searches, five to merge, twenty for facets.",
        "Wiki goes first, most trusted, easiest.",
    ],
)
def test_items_with_figures_and_terse_decisions_are_no_list(sentence: str) -> None:
    assert not is_list_of_terms(sentence)


def test_short_items_and_nothing_else_are_a_bare_list() -> None:
    assert is_bare_list("injection, even if, limit sits")
    assert is_bare_list("Rollback.")
    assert not is_bare_list("So thirty million to eight hundred.")
    assert not is_bare_list("Person twenty.")


def test_a_criterion_is_read_out_among_other_words_too() -> None:
    criterion = "Compares predicted and observed rates by segment daily."
    assert reads_out(f"So in this design the candidate {criterion}", criterion)
    assert not reads_out("I compare what it predicted with the rates we saw, each day, per country.", criterion)


def test_nobody_but_an_author_knows_a_criterions_name() -> None:
    assert calls_by_name("So evals.golden-set holds.", {"evals.golden-set"})
    assert not calls_by_name("See wiki.home-page for that.", {"evals.golden-set"})
