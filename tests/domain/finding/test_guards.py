"""Echoes, soup and lists are told from answers."""

from __future__ import annotations

import pytest

from coach.domain.finding.guards import echoes, is_list_of_terms, is_soup, reads_out

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
