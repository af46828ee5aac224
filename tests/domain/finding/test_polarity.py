"""What is only rejected, imagined or other people's is not held."""

from __future__ import annotations

import pytest

from coach.domain.finding.polarity import Stance, read, read_lines
from coach.domain.language import Span


def stance(text: str, words: str) -> Stance:
    """The stance of `words` where they stand in `text`."""
    for said in read(text):
        at = said.sentence.text.find(words)
        if at >= 0:
            return said.stance(at, at + len(words))
    raise AssertionError(f"{words!r} is not in {text!r}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'd gate every release on recall at ten.", "recall at ten"),
        ("The change doesn't ship under point nine.", "point nine"),
        ("If recall drops we don't ship the change.", "ship"),
        ("The model can't call anything.", "call anything"),
        ("People paste form codes like HO-3.", "form codes"),
        ("We don't blend them, but recall is its own number.", "recall"),
        ("Some teams skip it, but I'd build a golden set.", "golden set"),
    ],
)
def test_a_plain_statement_is_held(text: str, words: str) -> None:
    assert stance(text, words) is Stance.HELD


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We would not monitor drift.", "drift"),
        ("We don't need a golden set here.", "golden set"),
        ("I'd skip reranking altogether.", "reranking"),
        ("I'm deliberately not tracking zero results.", "zero results"),
        ("One index instead of two versions.", "two versions"),
        ("I use the vectors rather than keywords.", "keywords"),
        ("It goes out without a canary.", "canary"),
        ("The exact-match leg is redundant.", "exact-match"),
        ("Output length is a non-issue.", "Output length"),
        ("A threshold that blocks the train just teaches people to game it.", "threshold"),
    ],
)
def test_a_rejection_reaches_to_the_end_of_its_clause(text: str, words: str) -> None:
    assert stance(text, words) is Stance.REJECTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We could have every chunk carry the version.", "version"),
        ("Ideally a canary.", "canary"),
        ("At some point we might add a reranker.", "reranker"),
    ],
)
def test_a_possibility_is_only_imagined(text: str, words: str) -> None:
    assert stance(text, words) is Stance.IMAGINED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Some teams build a golden set with double labelling.", "golden set"),
        ("The textbook has you build a golden set.", "golden set"),
        ("They'll tell you to hold retrieval apart.", "retrieval"),
        ("You'll hear a strong case for hybrid search.", "hybrid"),
        ("The purists put the permission groups in the key.", "permission groups"),
        ("There's a school of thought that says label them.", "label them"),
        ("Consultants will sell you OCR confidence.", "OCR confidence"),
        ("I've seen teams run two hundred permission tests.", "permission tests"),
        ("The usual advice is to fall back to keyword results.", "keyword results"),
        ("People will talk about circuit breakers.", "circuit breakers"),
    ],
)
def test_other_peoples_words_are_borrowed(text: str, words: str) -> None:
    assert stance(text, words) is Stance.BORROWED


@pytest.mark.parametrize(
    "dismissal",
    ["We'd skip that.", "I don't go there.", "That was true of older models.", "Tidy, but it hurts recall."],
)
def test_a_dismissal_takes_the_sentence_before_back(dismissal: str) -> None:
    assert stance(f"A reranker cuts fifty down to eight. {dismissal}", "reranker") is Stance.REJECTED


def test_a_dismissal_reaches_further_back_over_what_is_impersonal() -> None:
    text = "There are event-driven designs with tombstones. I've run such a thing. It drifts."
    assert stance(text, "tombstones") is Stance.REJECTED


def test_a_dismissal_leaves_what_was_decided_before_it() -> None:
    text = "I'd put the group filter in the search. Some add another check. I don't need that."
    assert stance(text, "group filter") is Stance.HELD


def test_curly_apostrophes_read_like_straight_ones() -> None:
    assert stance("We don’t need a golden set.", "golden set") is Stance.REJECTED


@pytest.mark.parametrize(
    ("held", "words", "not_held", "missed", "stance_there"),
    [
        (
            "A line of chat means nothing by itself, so the exchange is the unit.",
            "A line of chat",
            "Slices by language get so thin that they mean nothing.",
            "Slices",
            Stance.REJECTED,
        ),
        (
            "A line of chat means nothing, so the whole exchange is the unit.",
            "whole exchange",
            "To a user, recall at ten means nothing.",
            "recall at ten",
            Stance.REJECTED,
        ),
        (
            "It may only call two functions with typed arguments.",
            "typed arguments",
            "It may be worth having typed arguments.",
            "typed arguments",
            Stance.IMAGINED,
        ),
        (
            "Each piece carries the groups that may read it.",
            "groups that may read",
            "It may catch groups that read too much.",
            "groups",
            Stance.IMAGINED,
        ),
        (
            "Two experts say for each answer whether the passage backs it.",
            "passage backs",
            "Experts say you need a passage for each answer.",
            "passage",
            Stance.BORROWED,
        ),
        (
            "The experts mark the passages, experts say which one settles it.",
            "passages",
            "Many experts recommend marking the passages.",
            "passages",
            Stance.BORROWED,
        ),
        (
            "The articles carry a country and a version.",
            "version",
            "The articles all say you need a version.",
            "version",
            Stance.BORROWED,
        ),
        (
            "Other articles in the help centre are linked by topic.",
            "topic",
            "Other articles recommend linking by topic.",
            "topic",
            Stance.BORROWED,
        ),
        (
            "A rewrite makes it stand alone. When there is no history we skip it.",
            "rewrite",
            "A rewrite makes it stand alone. We skip it.",
            "rewrite",
            Stance.REJECTED,
        ),
        (
            "A rewrite makes it stand alone. We skip it when there is no history.",
            "rewrite",
            "A rewrite makes it stand alone. I'd skip it when I can.",
            "rewrite",
            Stance.REJECTED,
        ),
        (
            "I don't want anyone to see another customer's order.",
            "another customer's order",
            "I don't want to look up another customer's order.",
            "another customer's order",
            Stance.REJECTED,
        ),
        (
            "I don't want two refunds for one order line.",
            "order line",
            "I don't want a key for each order line.",
            "order line",
            Stance.REJECTED,
        ),
        (
            "I cut unnecessary calls by caching the prefix.",
            "caching the prefix",
            "It's unnecessary to keep caching the prefix.",
            "caching the prefix",
            Stance.REJECTED,
        ),
        (
            "Less unnecessary retries and a step limit of six.",
            "step limit",
            "That's an unnecessary step limit.",
            "step limit",
            Stance.REJECTED,
        ),
        (
            "We'd never ship below point nine.",
            "point nine",
            "We would never ship on vibes around point nine.",
            "point nine",
            Stance.REJECTED,
        ),
        ("Nothing ships without a canary.", "canary", "It ships without a canary.", "canary", Stance.REJECTED),
    ],
)
def test_a_form_that_only_looks_like_a_rejection_is_held(
    held: str, words: str, not_held: str, missed: str, stance_there: Stance
) -> None:
    assert stance(held, words) is Stance.HELD
    assert stance(not_held, missed) is stance_there


def jotted(line: str, words: str) -> Stance:
    """The stance of `words` in a line of notes."""
    (said,) = read_lines((Span(line, 0, len(line)),))
    at = line.index(words)
    return said.stance(at, at + len(words))


@pytest.mark.parametrize(
    ("line", "stance_of_rerank"),
    [
        ("no rerank", Stance.REJECTED),
        ("skip rerank, use fusion", Stance.REJECTED),
        ("fusion, not rerank", Stance.REJECTED),
        ("rerank: no", Stance.REJECTED),
        ("~~rerank~~", Stance.REJECTED),
        ("\u2717 rerank", Stance.REJECTED),
        ("v2: rerank", Stance.IMAGINED),
        ("skip: fusion; rerank to 8", Stance.HELD),
        ("no hits -> rerank again", Stance.HELD),
        ("not found -> rerank again", Stance.HELD),
        ("no ship before rerank eval", Stance.HELD),
        ("rerank top 50", Stance.HELD),
    ],
)
def test_notes_reject_and_put_off_without_a_subject(line: str, stance_of_rerank: Stance) -> None:
    assert jotted(line, "rerank") is stance_of_rerank
